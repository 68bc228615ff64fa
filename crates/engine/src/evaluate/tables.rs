//! Rows of decision tables: which of them accept what is looked up.

use std::{cmp::Ordering, slice};

use super::{
    expression::order,
    state::{Datum, State},
};
use crate::{
    number::Number,
    plan::Literal,
    program::{RowNode, TableNode, Test},
};

/// The first row whose every cell accepts its input.
pub(crate) fn matching_row(table: &TableNode, inputs: &[State<'_>]) -> Option<usize> {
    look_up(table, inputs).0
}

/// The first row whose every cell accepts its input, and how many rows were looked at, no more than there are.
pub(super) fn look_up(table: &TableNode, inputs: &[State<'_>]) -> (Option<usize>, usize) {
    let count = table.rows.len();
    match candidates(table, inputs) {
        Some(rows) => {
            let looked_at = rows.len().clamp(1, count);
            let matching = rows
                .iter()
                .filter(|row| matches(&table.rows[**row], inputs));
            (matching.min().copied(), looked_at)
        }
        None => {
            let row = table.rows.iter().position(|row| matches(row, inputs));
            (row, row.map_or(count, |row| row + 1))
        }
    }
}

/// The rows that may accept the inputs, in no order; none where all have to be looked at.
pub(super) fn candidates<'t>(table: &'t TableNode, inputs: &[State<'_>]) -> Option<&'t [usize]> {
    let index = table.index.as_ref()?;
    let datum = match &inputs[index.column] {
        // A quotient may be beyond what can be compared with some rows.
        State::Known(Datum::Quotient(_)) | State::Blank => return None,
        State::Known(datum) => datum,
        _ => return None,
    };
    Some(index.candidates(|literal| compare_literal(literal, datum)))
}

/// How a literal stands to what is known; what cannot be compared with any is below all.
fn compare_literal(literal: &Literal, datum: &Datum<'_>) -> Ordering {
    match (literal, datum) {
        (Literal::Text(literal), Datum::Text(text)) => (**literal).cmp(&**text),
        (Literal::Number(literal), Datum::Number(number)) => literal.cmp(number),
        (Literal::Date(literal), Datum::Date(day)) => literal.cmp(day),
        (Literal::Boolean(literal), Datum::Bool(value)) => literal.cmp(value),
        _ => Ordering::Less,
    }
}

/// Whether every cell of a row accepts its input.
pub(super) fn matches(row: &RowNode, inputs: &[State<'_>]) -> bool {
    row.when
        .iter()
        .zip(inputs)
        .all(|(cells, input)| cells.is_empty() || cells.iter().any(|cell| accepts(cell, input)))
}

fn accepts(cell: &Test, input: &State<'_>) -> bool {
    let datum = match input {
        State::Known(datum) => datum,
        _ => return matches!(cell, Test::Blank),
    };
    let against = |literal: &Literal| match (datum, literal) {
        (Datum::Text(text), Literal::Text(literal)) => Some((**text).cmp(literal)),
        (Datum::Number(number), Literal::Number(literal)) => Some(number.cmp(literal)),
        _ => match State::literal(literal) {
            State::Known(literal) => order(datum, &literal),
            _ => None,
        },
    };
    match cell {
        Test::Blank => false,
        Test::Equal(literal) => against(literal) == Some(Ordering::Equal),
        Test::Range {
            from,
            after,
            to,
            before,
        } => {
            let above = from.as_ref().is_none_or(|from| match against(from) {
                Some(Ordering::Greater) => true,
                Some(Ordering::Equal) => !after,
                _ => false,
            });
            let below = to.as_ref().is_none_or(|to| match against(to) {
                Some(Ordering::Less) => true,
                Some(Ordering::Equal) => !before,
                _ => false,
            });
            above && below
        }
    }
}

/// The sum over the bands of the part of the input that lies in each, times the band's rate.
pub(super) fn marginal(table: &TableNode, input: Number) -> Option<Number> {
    let mut sum = Number::ZERO;
    for row in &table.rows {
        let end = |literal: &Option<Literal>| match literal {
            Some(Literal::Number(number)) => Some(*number),
            _ => None,
        };
        let (from, to) = match row.when[0].first().map(slice::from_ref) {
            Some([Test::Range { from, to, .. }]) => (end(from), end(to)),
            _ => (None, None),
        };
        let Literal::Number(rate) = row.then[0] else {
            return None;
        };
        let from = from.unwrap_or(Number::ZERO);
        let top = to.map_or(input, |to| to.min(input));
        if top > from {
            sum = sum.checked_add(top.checked_sub(from)?.checked_mul(rate)?)?;
        }
    }
    Some(sum)
}
