//! The type of an expression, as far as writing its value out needs it.

use super::explainer::Explainer;
use crate::{
    plan::{AggregateOp, Expr, HitPolicy, Literal, TextFunction, Type},
    program::FieldNode,
};

impl Explainer<'_> {
    /// The type of an expression; none for a literal, which is of the type of what stands beside it.
    pub(super) fn type_of(&self, expr: &Expr) -> Option<Type> {
        let either = |operands: &[&Expr]| operands.iter().find_map(|expr| self.type_of(expr));
        let is_money = |expr: &Expr| self.type_of(expr) == Some(Type::Money);
        let is_duration = |expr: &Expr| matches!(self.type_of(expr), Some(Type::Duration { .. }));
        match expr {
            Expr::Literal(Literal::Boolean(_))
            | Expr::Rule { .. }
            | Expr::Not(_)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare { .. }
            | Expr::OneOf { .. }
            | Expr::Contains { .. }
            | Expr::Answered(_)
            | Expr::InRange { .. }
            | Expr::IsWorkingDay { .. }
            | Expr::Text {
                function: TextFunction::Luhn | TextFunction::Mod11_10 | TextFunction::StartsWith,
                ..
            } => Some(Type::Boolean),
            Expr::Text {
                function: TextFunction::Digits | TextFunction::Characters | TextFunction::Upper,
                ..
            } => Some(Type::Text),
            Expr::Remainder(..)
            | Expr::Text {
                function: TextFunction::Mod97 | TextFunction::WeightedSum | TextFunction::Length,
                ..
            } => Some(Type::Integer),
            Expr::Literal(Literal::Date(_))
            | Expr::Today
            | Expr::AddDays(..)
            | Expr::AddMonths(..)
            | Expr::AddYears(..)
            | Expr::Date(_)
            | Expr::StartOfMonth(_)
            | Expr::EndOfMonth(_)
            | Expr::Move(..)
            | Expr::RangeStart(_)
            | Expr::RangeEnd(_)
            | Expr::AddWorkingDays { .. } => Some(Type::Date),
            Expr::Duration { unit, .. } => Some(Type::Duration { unit: Some(*unit) }),
            Expr::Range(..) | Expr::Overlap(..) => Some(Type::DateRange),
            Expr::Literal(Literal::Number(_) | Literal::Text(_)) | Expr::Blank => None,
            Expr::Field(path) => self.field_at(path).map(|(_, field)| field_type(field)),
            Expr::Value(path) => Some(self.value_at(path)?.1.type_.clone()),
            Expr::Parameter(id)
            | Expr::ParameterOn { parameter: id, .. }
            | Expr::Accrue { parameter: id, .. } => {
                let mut parameters = self.plan.program().parameters.iter();
                Some(parameters.find(|p| p.id == *id)?.type_.clone())
            }
            Expr::Fact(id) => {
                let fact = self.plan.program().facts.iter().find(|f| f.id == *id)?;
                Some(fact.kind.type_(format!("fact.{id}")))
            }
            Expr::Fee(_) | Expr::FeeSubtotal | Expr::Entitlement(_) | Expr::EntitlementSubtotal => {
                Some(Type::Money)
            }
            Expr::If {
                then, otherwise, ..
            } => either(&[then, otherwise]),
            Expr::Default(a, b) | Expr::Subtract(a, b) => either(&[a, b]),
            Expr::Negate(a) | Expr::Absolute(a) | Expr::Round { value: a, .. } => self.type_of(a),
            Expr::Add(items) | Expr::Min(items) | Expr::Max(items) => {
                items.iter().find_map(|expr| self.type_of(expr))
            }
            Expr::Multiply(items) if items.iter().any(is_money) => Some(Type::Money),
            Expr::Multiply(items) if items.iter().any(is_duration) => {
                let mut types = items.iter().filter_map(|expr| self.type_of(expr));
                types.find(|type_| matches!(type_, Type::Duration { .. }))
            }
            Expr::Divide(a, b) if is_money(a) && !is_money(b) => Some(Type::Money),
            // A literal factor may be an amount.
            Expr::Multiply(items) if items.iter().any(|expr| self.type_of(expr).is_none()) => None,
            Expr::Multiply(_) | Expr::Divide(..) => Some(Type::Decimal),
            Expr::Aggregate { op, each, .. } => match op {
                AggregateOp::Sum
                | AggregateOp::SumDurations
                | AggregateOp::Min
                | AggregateOp::Max => self.type_of(each),
                AggregateOp::Count => Some(Type::Integer),
                AggregateOp::Any | AggregateOp::All => Some(Type::Boolean),
            },
            Expr::Table { table, output, .. } => {
                let (index, table) = self.table_at(table)?;
                let column = table
                    .outputs
                    .iter()
                    .position(|column| column.name == *output)?;
                // A sum over the bands of money, each times a share of it, is money.
                let of_money = table.hit == HitPolicy::Marginal
                    && table.inputs.iter().any(|input| input.type_ == Type::Money);
                if of_money {
                    return Some(Type::Money);
                }
                self.table_node(index).outputs.get(column).cloned()
            }
            Expr::Count(_)
            | Expr::DaysBetween(..)
            | Expr::AgeOn(..)
            | Expr::YearOf(_)
            | Expr::MonthOf(_)
            | Expr::DayOf(_)
            | Expr::Weekday(_)
            | Expr::MonthsBetween(..)
            | Expr::DaysIn(_)
            | Expr::DayCount(_)
            | Expr::WeekdayCount { .. }
            | Expr::WorkingDaysBetween { .. } => Some(Type::Integer),
            Expr::Each { each, .. } => self.type_of(each),
            Expr::OverRows {
                op, table, each, ..
            } => match op {
                AggregateOp::Sum
                | AggregateOp::SumDurations
                | AggregateOp::Min
                | AggregateOp::Max => self.row_type(table, each),
                AggregateOp::Count => Some(Type::Integer),
                AggregateOp::Any | AggregateOp::All => Some(Type::Boolean),
            },
            Expr::Column(name) => self.column_type(self.frame.table?, name),
            Expr::Collect { table, output, .. } => {
                self.column_type(self.table_at(table)?.0, output)
            }
            Expr::Call { function, .. } => {
                let mut functions = self.plan.program().functions.iter();
                Some(functions.find(|f| f.id == *function)?.type_.clone())
            }
            Expr::Local(name) => self.local_type(name),
            Expr::Let { result, .. } => self.type_of(result),
        }
    }
}

/// How the answer of a field is written out.
pub(super) fn field_type(field: &FieldNode) -> Type {
    field.kind.type_(format!("field.{}", field.path))
}
