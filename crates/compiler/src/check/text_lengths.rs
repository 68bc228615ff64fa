//! How long a text can be.

use counterfoil_engine::{
    number::Number,
    plan::{self, Expr, Literal, TextFunction},
};

use super::Checker;
use crate::definition::Constant;

/// More characters than any text has.
const UNKNOWN: u32 = u32::MAX;
/// How many parts of expressions are looked at before a text may have any length: values read values, and
/// the same one many times over.
const MAX_STEPS: u32 = 1_000;

impl Checker<'_> {
    /// The most characters that a text can have.
    pub(super) fn text_length(&mut self, expr: &Expr) -> u32 {
        self.length_within(expr, &mut { MAX_STEPS })
    }

    fn length_within(&mut self, expr: &Expr, steps: &mut u32) -> u32 {
        let Some(left) = steps.checked_sub(1) else {
            return UNKNOWN;
        };
        *steps = left;
        match expr {
            Expr::Literal(Literal::Text(text)) => length(text),
            Expr::Field(path) => {
                let position = self.names.fields.iter().position(|e| e.path == *path);
                position.map_or(UNKNOWN, |field| longest(&self.fields[field].limits))
            }
            Expr::Fact(id) => {
                let position = self.form.facts.iter().position(|f| f.fact.value == *id);
                position.map_or(UNKNOWN, |fact| longest(&self.facts[fact].limits))
            }
            Expr::Parameter(id) | Expr::ParameterOn { parameter: id, .. } => {
                let mut parameters = self.form.parameters.iter();
                let parameter = parameters.find(|p| p.parameter.value == *id);
                let values = parameter.into_iter().flat_map(|p| &p.periods);
                let lengths = values.map(|period| match &period.value.value {
                    Constant::Text(text) => length(text),
                    _ => UNKNOWN,
                });
                lengths.max().unwrap_or(UNKNOWN)
            }
            Expr::Value(path) => {
                let position = self.names.values.iter().position(|e| e.path == *path);
                position.map_or(UNKNOWN, |value| {
                    let typed = self.value(value);
                    self.length_within(&typed.expr, steps)
                })
            }
            Expr::Default(a, b)
            | Expr::If {
                then: a,
                otherwise: b,
                ..
            } => self
                .length_within(a, steps)
                .max(self.length_within(b, steps)),
            Expr::Text { function, operands } => match (function, operands.as_slice()) {
                (TextFunction::Upper | TextFunction::Digits, [text]) => {
                    self.length_within(text, steps)
                }
                (TextFunction::Characters, [text, from, to]) => {
                    let part = match (from, to) {
                        (
                            Expr::Literal(Literal::Number(from)),
                            Expr::Literal(Literal::Number(to)),
                        ) => part(*from, *to),
                        _ => UNKNOWN,
                    };
                    self.length_within(text, steps).min(part)
                }
                _ => UNKNOWN,
            },
            _ => UNKNOWN,
        }
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(UNKNOWN)
}

fn longest(limits: &plan::FieldType) -> u32 {
    match limits {
        plan::FieldType::Text { max_length, .. } => *max_length,
        _ => UNKNOWN,
    }
}

/// How many characters lie between two positions.
fn part(from: Number, to: Number) -> u32 {
    let (Some(from), Some(to)) = (from.to_i64(), to.to_i64()) else {
        return UNKNOWN;
    };
    let count = to.saturating_sub(from.max(1)).saturating_add(1);
    u32::try_from(count.max(0)).unwrap_or(UNKNOWN)
}
