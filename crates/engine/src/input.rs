//! The one lenient door: texts that people typed become strict answers.

use crate::{answers::Answers, plan::Plan};

/// Turns the name–value pairs of an HTML form into answers. Names are paths (`organiser`,
/// `streets[0].metres`); the parts of a date are `event_date.day`, `.month` and `.year`; a set
/// repeats its name. Stray spaces, the currency's sign and the locale's marks are taken off; what
/// still makes no sense is passed on as typed, for the evaluation to refuse.
pub fn from_text(plan: &Plan, locale: &str, pairs: &[(String, String)]) -> Answers {
    let _ = (plan, locale, pairs);
    unimplemented!()
}
