//! Which rows of a table can apply where its inputs lie within bounds.

use counterfoil_engine::plan::{Cell, Literal, Row};

use super::theory::literal_bounds;
use crate::types::Bounds;

/// Whether a row can apply; inputs of which nothing is known may be anything.
pub fn may_match(row: &Row, inputs: &[Option<Bounds>]) -> bool {
    row.when.iter().zip(inputs).all(|(cells, input)| {
        let Some(input) = input else { return true };
        cells.is_empty() || cells.iter().any(|cell| may_accept(cell, *input))
    })
}

fn may_accept(cell: &Cell, input: Bounds) -> bool {
    let end = |literal: &Option<Literal>| literal.as_ref().and_then(literal_bounds);
    match cell {
        // An input with bounds may be blank all the same.
        Cell::Blank => true,
        Cell::Equal(literal) => {
            literal_bounds(literal).is_none_or(|point| input.contains(point.min))
        }
        Cell::Range {
            from,
            after,
            to,
            before,
        } => {
            let above = end(from)
                .is_none_or(|from| input.max > from.min || (!after && input.max == from.min));
            let below =
                end(to).is_none_or(|to| input.min < to.min || (!before && input.min == to.min));
            above && below
        }
    }
}
