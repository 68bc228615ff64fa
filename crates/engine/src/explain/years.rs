//! Years, which are written without a separator of thousands: 2027, not 2,027.

use crate::{
    evaluate::{Datum, State},
    plan::{Expr, Literal},
};

/// Whether an expression comes to a year of the calendar: that of a date, and so many years before or
/// after it.
fn is_year(expr: &Expr) -> bool {
    match expr {
        Expr::YearOf(_) => true,
        Expr::Add(operands) => {
            operands.iter().filter(|operand| is_year(operand)).count() == 1
                && operands
                    .iter()
                    .all(|operand| is_year(operand) || is_small(operand))
        }
        Expr::Subtract(from, less) => is_year(from) && is_small(less),
        _ => false,
    }
}

/// A plain number that is no year itself.
const fn is_small(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(Literal::Number(_)))
}

/// The year that an expression comes to, written out; none where it is none.
pub(super) fn year(expr: &Expr, state: &State<'_>) -> Option<String> {
    match state {
        State::Known(Datum::Number(number)) if is_year(expr) => Some(number.to_string()),
        _ => None,
    }
}

/// The year that stands first in `date(…)`.
pub(super) fn year_of_date(date: &Expr, position: usize, state: &State<'_>) -> Option<String> {
    match state {
        State::Known(Datum::Number(number)) if position == 0 && matches!(date, Expr::Date(_)) => {
            Some(number.to_string())
        }
        _ => None,
    }
}
