//! Digits after the point that results can have.

use std::cell::Cell;

use counterfoil_engine::plan::{AggregateOp, Expr, FieldType, Literal};

use super::Theory;

/// Parts of an expression beyond which its scale is not known.
const MAX_SCALE_PARTS: usize = 200;

impl Theory<'_, '_> {
    /// Digits after the point that results can have; none where that is not known.
    pub(super) fn scale(&self, expr: &Expr) -> Option<u8> {
        self.scale_within(expr, &Cell::new(MAX_SCALE_PARTS))
    }

    pub(super) fn scale_within(&self, expr: &Expr, left: &Cell<usize>) -> Option<u8> {
        left.set(left.get().checked_sub(1)?);
        let finest = |operands: &[Expr]| -> Option<u8> {
            operands.iter().try_fold(0, |scale: u8, operand| {
                Some(scale.max(self.scale_within(operand, left)?))
            })
        };
        let one = |operand: &Expr| self.scale_within(operand, left);
        match expr {
            Expr::Literal(literal) => literal_scale(literal),
            Expr::Field(path) => self.type_scale(&self.model.field_at(path)?.field.type_),
            Expr::Fact(id) => self.type_scale(self.model.fact(id)?),
            Expr::Value(path) => one(self.model.value(path)?),
            Expr::Parameter(id) => {
                let periods = &self.model.parameter(id)?.periods;
                periods.iter().try_fold(0, |scale: u8, (_, literal)| {
                    Some(scale.max(literal_scale(literal)?))
                })
            }
            Expr::Fee(_) | Expr::Entitlement(_) => {
                Some(self.model.rules.currency.as_ref().map_or(2, |c| c.digits))
            }
            Expr::Negate(operand) | Expr::Absolute(operand) => one(operand),
            Expr::Add(operands) | Expr::Min(operands) | Expr::Max(operands) => finest(operands),
            Expr::Subtract(a, b) => Some(one(a)?.max(one(b)?)),
            Expr::Multiply(operands) => operands.iter().try_fold(0_u8, |scale, operand| {
                scale.checked_add(self.scale_within(operand, left)?)
            }),
            Expr::Round { step, .. } => Some(step.normalized().scale()),
            Expr::Aggregate {
                op: AggregateOp::Sum | AggregateOp::Min | AggregateOp::Max,
                each,
                ..
            } => one(each),
            Expr::Today
            | Expr::Count(_)
            | Expr::Aggregate { .. }
            | Expr::Remainder(..)
            | Expr::Text { .. }
            | Expr::DaysBetween(..)
            | Expr::AddDays(..)
            | Expr::AddMonths(..)
            | Expr::AddYears(..)
            | Expr::AgeOn(..)
            | Expr::YearOf(_)
            | Expr::MonthOf(_)
            | Expr::DayOf(_)
            | Expr::Weekday(_) => Some(0),
            _ => None,
        }
    }

    pub(super) fn type_scale(&self, type_: &FieldType) -> Option<u8> {
        match type_ {
            FieldType::Integer { .. } | FieldType::Date { .. } => Some(0),
            FieldType::Decimal { scale, .. } => Some(*scale),
            FieldType::Money { .. } => {
                Some(self.model.rules.currency.as_ref().map_or(2, |c| c.digits))
            }
            _ => None,
        }
    }
}

fn literal_scale(literal: &Literal) -> Option<u8> {
    match literal {
        Literal::Number(number) => Some(number.normalized().scale()),
        Literal::Date(_) => Some(0),
        Literal::Boolean(_) | Literal::Text(_) => None,
    }
}
