//! Bands of marginal tables.

use counterfoil_engine::{
    number::Number,
    plan::{Cell, Literal},
};

use super::TableInfo;
use crate::{
    check::Checker,
    codes,
    definition::{Constant, Table},
    diagnostic::Diagnostic,
    source::Span,
    types::{Bounds, NumberType, TooManyDigits, Type, Unit},
};

/// The bands of a marginal table.
#[derive(Clone, Debug)]
pub struct Bands {
    /// Start, end and rate of each band, in order; the last may have no end.
    bands: Vec<(Number, Option<Number>, Number)>,
}

impl Checker<'_> {
    /// The bands of a marginal table, if they meet and cover the input.
    pub(super) fn bands(&mut self, definition: &Table, table: &TableInfo) -> Option<Bands> {
        let span = definition.hit.span;
        let mut wrong = |span: Span, message: String, help: &str| {
            self.diagnostics
                .push(Diagnostic::error(codes::TABLE_BANDS, span, message).help(help));
            None
        };
        let [column] = table.inputs.as_slice() else {
            return wrong(
                span,
                "a marginal table has one input column".to_owned(),
                "make one table for each case, or use `hit: unique`",
            );
        };
        let (Type::Number(domain), [Type::Number(_)]) = (&column.type_, table.outputs.as_slice())
        else {
            return wrong(
                span,
                "a marginal table has a number as its input and one rate as its output".to_owned(),
                "write the rate as `type: decimal`, such as 0.05 for 5 %",
            );
        };
        let mut bands = Vec::new();
        for (row, cells) in definition.rows.iter().zip(&table.cells) {
            let band = match cells.first().map(Vec::as_slice) {
                Some([]) => Some((Number::ZERO, None)),
                Some([Cell::Range { from, to, .. }]) => Some((
                    end_of(from.as_ref()).unwrap_or(Number::ZERO),
                    end_of(to.as_ref()),
                )),
                _ => None,
            };
            let (Some((from, to)), Some(Constant::Number { value: rate, .. })) =
                (band, row.outputs.first().map(|output| &output.value))
            else {
                let message = "a row of a marginal table is one band with one rate".to_owned();
                return wrong(row.span, message, "write the band as a range: `[0..50000]`");
            };
            if to.is_some_and(|to| to <= from) {
                let message = format!("the band ends at {}, where it begins", to.unwrap_or(from));
                return wrong(row.span, message, "a band must end above its start");
            }
            bands.push((from, to, *rate, row.span));
        }
        bands.sort_by_key(|band| band.0);
        for pair in bands.windows(2) {
            let ((_, end, _, first), (start, _, _, second)) = (pair[0], pair[1]);
            let message = match end {
                Some(end) if end == start => continue,
                Some(end) if end < start => {
                    format!("no band covers what lies between {end} and {start}")
                }
                _ => format!("two bands cover what lies above {start}"),
            };
            self.diagnostics.push(
                Diagnostic::error(codes::TABLE_BANDS, second, message)
                    .label(first, "the band below")
                    .help("each band must begin where the one below ends"),
            );
            return None;
        }
        let (start, end) = (bands.first()?.0, bands.last()?.1);
        let base = start.max(Number::ZERO);
        if base > Number::ZERO.max(domain.bounds.min) || domain.bounds.min.is_negative() {
            let least = domain.bounds.min;
            let message = if least.is_negative() {
                format!("the input can be as low as {least}, and bands begin at 0")
            } else {
                format!("the lowest band begins at {start}, and the input can be {least}")
            };
            return wrong(
                bands[0].3,
                message,
                "begin the lowest band at 0, and give the input a `min` of at least 0",
            );
        }
        if let Some(end) = end.filter(|end| *end < domain.bounds.max) {
            let message = format!(
                "the highest band ends at {end}, and the input can be {}",
                domain.bounds.max
            );
            let last = bands[bands.len() - 1].3;
            return wrong(
                last,
                message,
                "leave the end of the highest band open: `[1000..)`",
            );
        }
        Some(Bands {
            bands: bands
                .into_iter()
                .map(|(from, to, rate, _)| (from, to, rate))
                .collect(),
        })
    }
}

fn end_of(literal: Option<&Literal>) -> Option<Number> {
    match literal {
        Some(Literal::Number(number)) => Some(*number),
        _ => None,
    }
}

impl Bands {
    /// The type of a marginal look-up, whose rates are of the given type.
    pub fn result(&self, input: NumberType, rate: &Type) -> Result<Type, TooManyDigits> {
        let Type::Number(rate) = rate else {
            return Ok(Type::Error);
        };
        let unit = input.unit.product(rate.unit).unwrap_or(Unit::Money);
        let ends = self
            .bands
            .iter()
            .flat_map(|(from, to, _)| [Some(*from), *to]);
        let ends: Vec<Number> = ends.flatten().collect();
        let finest = ends.iter().map(|end| end.normalized().scale()).max();
        let scale = input.scale.max(finest.unwrap_or(0)) + rate.scale;
        // The sum runs straight between the ends of the bands.
        let corners = ends
            .into_iter()
            .filter(|end| input.bounds.contains(*end))
            .chain([input.bounds.min, input.bounds.max]);
        let mut bounds: Option<Bounds> = None;
        for corner in corners {
            let sum = self.sum(corner).ok_or(TooManyDigits { digits: None })?;
            let point = Bounds::point(sum);
            bounds = Some(bounds.map_or(point, |bounds| bounds.hull(point)));
        }
        let bounds = bounds.unwrap_or(Bounds::of_ints(0, 0));
        NumberType {
            unit,
            scale,
            bounds,
        }
        .fitting()
        .map(Type::Number)
    }

    fn sum(&self, input: Number) -> Option<Number> {
        self.bands
            .iter()
            .try_fold(Number::ZERO, |sum, (from, to, rate)| {
                let top = to.map_or(input, |to| to.min(input));
                if top <= *from {
                    return Some(sum);
                }
                sum.checked_add(top.checked_sub(*from)?.checked_mul(*rate)?)
            })
    }
}
