//! Operations that need all their operands.
//!
//! They are apart from the other expressions so that what lowers one within another keeps little on the
//! stack.

use super::{Lowered, Lowering, Scope, unsound};
use crate::{
    plan::Expr,
    program::{Call, Node},
};

impl Lowering<'_> {
    pub(super) fn operation(&mut self, expr: &Expr, scope: Scope, depth: usize) -> Lowered<Node> {
        let (call, operands) = match expr {
            Expr::DayCount(ranges) => {
                return self.list_call(Call::DayCount, [], ranges, scope, depth);
            }
            Expr::WeekdayCount { weekday, ranges } => {
                return self.list_call(Call::WeekdayCount, [weekday], ranges, scope, depth);
            }
            Expr::IsWorkingDay { date, holidays } => {
                return self.list_call(Call::IsWorkingDay, [date], holidays, scope, depth);
            }
            Expr::AddWorkingDays {
                date,
                days,
                holidays,
            } => {
                let operands = [&**date, days];
                return self.list_call(Call::AddWorkingDays, operands, holidays, scope, depth);
            }
            Expr::WorkingDaysBetween { from, to, holidays } => {
                let operands = [&**from, to];
                return self.list_call(Call::WorkingDaysBetween, operands, holidays, scope, depth);
            }
            other => strict(other)?,
        };
        let operands = operands
            .into_iter()
            .map(|operand| self.expression(operand, scope, depth + 1));
        Ok(Node::Call(call, operands.collect::<Lowered<_>>()?))
    }
}

/// An operation on single values, with its operands.
fn strict(expr: &Expr) -> Lowered<(Call, Vec<&Expr>)> {
    Ok(match expr {
        Expr::Negate(a) => one(Call::Negate, a),
        Expr::Add(items) => (Call::Add, items.iter().collect()),
        Expr::Subtract(a, b) => two(Call::Subtract, a, b),
        Expr::Multiply(items) => (Call::Multiply, items.iter().collect()),
        Expr::Divide(a, b) => two(Call::Divide, a, b),
        Expr::Remainder(a, b) => two(Call::Remainder, a, b),
        Expr::Absolute(a) => one(Call::Absolute, a),
        Expr::Min(items) => (Call::Min, items.iter().collect()),
        Expr::Max(items) => (Call::Max, items.iter().collect()),
        Expr::DaysBetween(a, b) => two(Call::DaysBetween, a, b),
        Expr::AddDays(a, b) => two(Call::AddDays, a, b),
        Expr::AddMonths(a, b) => two(Call::AddMonths, a, b),
        Expr::AddYears(a, b) => two(Call::AddYears, a, b),
        Expr::AgeOn(a, b) => two(Call::AgeOn, a, b),
        Expr::YearOf(a) => one(Call::YearOf, a),
        Expr::MonthOf(a) => one(Call::MonthOf, a),
        Expr::DayOf(a) => one(Call::DayOf, a),
        Expr::Weekday(a) => one(Call::Weekday, a),
        Expr::MonthsBetween(a, b) => two(Call::MonthsBetween, a, b),
        Expr::Date(parts) => (Call::Date, parts.iter().collect()),
        Expr::StartOfMonth(a) => one(Call::StartOfMonth, a),
        Expr::EndOfMonth(a) => one(Call::EndOfMonth, a),
        Expr::Duration { unit, count } => one(Call::Duration(*unit), count),
        Expr::Move(a, b) => two(Call::Move, a, b),
        Expr::Range(a, b) => two(Call::Range, a, b),
        Expr::RangeStart(a) => one(Call::RangeStart, a),
        Expr::RangeEnd(a) => one(Call::RangeEnd, a),
        Expr::Overlap(a, b) => two(Call::Overlap, a, b),
        Expr::DaysIn(a) => one(Call::DaysIn, a),
        Expr::Text { function, operands } if function.takes(operands.len()) => {
            (Call::Text(*function), operands.iter().collect())
        }
        Expr::Text { .. } => {
            return unsound(
                "the plan calls a function of texts with the wrong operands".to_owned(),
            );
        }
        // Every other expression is lowered where it may stand.
        Expr::Literal(_)
        | Expr::Blank
        | Expr::Field(_)
        | Expr::Value(_)
        | Expr::Parameter(_)
        | Expr::ParameterOn { .. }
        | Expr::Accrue { .. }
        | Expr::Fact(_)
        | Expr::Today
        | Expr::Fee(_)
        | Expr::FeeSubtotal
        | Expr::Entitlement(_)
        | Expr::EntitlementSubtotal
        | Expr::Rule { .. }
        | Expr::Not(_)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::If { .. }
        | Expr::Compare { .. }
        | Expr::OneOf { .. }
        | Expr::Contains { .. }
        | Expr::Default(..)
        | Expr::Answered(_)
        | Expr::Round { .. }
        | Expr::Aggregate { .. }
        | Expr::Count(_)
        | Expr::Table { .. }
        | Expr::OverRows { .. }
        | Expr::Column(_)
        | Expr::Collect { .. }
        | Expr::Call { .. }
        | Expr::Local(_)
        | Expr::Let { .. }
        | Expr::InRange { .. }
        | Expr::DayCount(_)
        | Expr::WeekdayCount { .. }
        | Expr::IsWorkingDay { .. }
        | Expr::AddWorkingDays { .. }
        | Expr::WorkingDaysBetween { .. }
        | Expr::Each { .. } => {
            return unsound("the plan has a list where one value is wanted".to_owned());
        }
    })
}

fn one(call: Call, a: &Expr) -> (Call, Vec<&Expr>) {
    (call, vec![a])
}

fn two<'e>(call: Call, a: &'e Expr, b: &'e Expr) -> (Call, Vec<&'e Expr>) {
    (call, vec![a, b])
}
