//! What evaluation is told besides the answers.

use crate::{
    answers::{AnswersError, Data, Entries},
    date::Day,
};

/// The day of evaluation and the office's facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// A civil day in the form's time zone, given by the caller.
    pub as_of: Day,
    /// Facts by name; one that is absent is pending.
    pub facts: Entries<'static>,
}

impl Context {
    /// A context of that day without facts.
    pub const fn on(as_of: Day) -> Self {
        Self {
            as_of,
            facts: Vec::new(),
        }
    }

    /// Reads `{"as_of": "2026-01-31", "facts": {…}}`.
    ///
    /// # Errors
    /// Where the text is not JSON, `as_of` is no day, or another key occurs.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        Self::from_data(Data::from_json(text)?)
    }

    /// Takes a context from a value of the same shape.
    ///
    /// # Errors
    /// Where `as_of` is no day, or another key occurs.
    pub fn from_data(data: Data) -> Result<Self, AnswersError> {
        let wrong = |message: &str| AnswersError {
            message: message.to_owned(),
            line: 1,
            column: 1,
        };
        let Data::Record(entries) = data else {
            return Err(wrong("the context must be one JSON object"));
        };
        let mut as_of = None;
        let mut facts = Vec::new();
        for (key, value) in entries {
            match (&*key, value) {
                ("as_of", Data::Text(day)) => as_of = day.parse().ok(),
                ("facts", Data::Record(entries)) => facts = entries,
                _ => {
                    return Err(wrong(
                        "a context holds `as_of`, a day, and `facts`, an object",
                    ));
                }
            }
        }
        let as_of =
            as_of.ok_or_else(|| wrong("the context's `as_of` must be a day such as 2026-01-31"))?;
        Ok(Self { as_of, facts })
    }
}
