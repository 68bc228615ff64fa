//! How much work an evaluation of the form can take, from the sizes that it states.

use counterfoil_engine::Plan;

use crate::{codes, definition::FormDefinition, diagnostic::Diagnostic};

/// Work from which it is worth a note: some hundredths of a second on an office's server.
const LARGE: u64 = 1_000_000;
/// Work that no form may take: some seconds, during which a server does nothing else.
pub const CAP: u64 = 100_000_000;

/// A note where the form can take much work, an error where it can take too much.
pub fn prove(form: &FormDefinition, plan: &Plan) -> Vec<Diagnostic> {
    let most = plan.work().most;
    let span = form.form.span;
    let message = format!("one evaluation can take {} steps", grouped(most));
    let help = "lower the `max` of groups, and work out once, in a value, what every record needs";
    let diagnostic = match most {
        0..LARGE => return Vec::new(),
        LARGE..=CAP => Diagnostic::note(codes::COST, span, message),
        _ => Diagnostic::error(
            codes::COST,
            span,
            format!("{message}, and a form may take at most {}", grouped(CAP)),
        ),
    };
    vec![diagnostic.help(help)]
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
