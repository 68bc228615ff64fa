//! The parts of a plan's expressions.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, Literal},
};

/// The operands of an expression, shared or exclusive.
macro_rules! operands {
    ($expr:expr, $iter:ident $(, $mutable:tt)?) => {
        match $expr {
            Expr::Literal(_)
            | Expr::Blank
            | Expr::Field(_)
            | Expr::Value(_)
            | Expr::Parameter(_)
            | Expr::Fact(_)
            | Expr::Today
            | Expr::Fee(_)
            | Expr::FeeSubtotal
            | Expr::Entitlement(_)
            | Expr::EntitlementSubtotal
            | Expr::Rule { .. }
            | Expr::Column(_)
            | Expr::Local(_)
            | Expr::Count(_) => Vec::new(),
            Expr::Not(a)
            | Expr::Answered(a)
            | Expr::Negate(a)
            | Expr::Absolute(a)
            | Expr::Round { value: a, .. }
            | Expr::Aggregate { each: a, .. }
            | Expr::Each { each: a, .. }
            | Expr::ParameterOn { day: a, .. }
            | Expr::Accrue { range: a, .. }
            | Expr::Duration { count: a, .. }
            | Expr::YearOf(a)
            | Expr::MonthOf(a)
            | Expr::DayOf(a)
            | Expr::Weekday(a)
            | Expr::StartOfMonth(a)
            | Expr::EndOfMonth(a)
            | Expr::RangeStart(a)
            | Expr::RangeEnd(a)
            | Expr::DaysIn(a) => vec![a],
            Expr::Compare {
                left: a, right: b, ..
            }
            | Expr::Contains { set: a, item: b }
            | Expr::InRange { item: a, range: b }
            | Expr::Default(a, b)
            | Expr::Subtract(a, b)
            | Expr::Divide(a, b)
            | Expr::Remainder(a, b)
            | Expr::DaysBetween(a, b)
            | Expr::MonthsBetween(a, b)
            | Expr::AddDays(a, b)
            | Expr::AddMonths(a, b)
            | Expr::AddYears(a, b)
            | Expr::Move(a, b)
            | Expr::Range(a, b)
            | Expr::Overlap(a, b)
            | Expr::AgeOn(a, b) => vec![a, b],
            Expr::And(operands)
            | Expr::Or(operands)
            | Expr::Add(operands)
            | Expr::Multiply(operands)
            | Expr::Min(operands)
            | Expr::Max(operands)
            | Expr::DayCount(operands)
            | Expr::Text { operands, .. }
            | Expr::Table {
                inputs: operands, ..
            }
            | Expr::Collect {
                inputs: operands, ..
            }
            | Expr::Call {
                arguments: operands,
                ..
            } => operands.$iter().collect(),
            Expr::Date(parts) => parts.$iter().collect(),
            Expr::OneOf { item, list }
            | Expr::WeekdayCount {
                weekday: item,
                ranges: list,
            }
            | Expr::IsWorkingDay {
                date: item,
                holidays: list,
            } => std::iter::once(& $($mutable)? **item).chain(list.$iter()).collect(),
            Expr::AddWorkingDays {
                date: a,
                days: b,
                holidays,
            }
            | Expr::WorkingDaysBetween {
                from: a,
                to: b,
                holidays,
            } => [a, b]
                .into_iter()
                .map(|operand| & $($mutable)? **operand)
                .chain(holidays.$iter())
                .collect(),
            Expr::OverRows { inputs, each, .. } => inputs
                .$iter()
                .chain(std::iter::once(& $($mutable)? **each))
                .collect(),
            Expr::Let { locals, result } => locals
                .$iter()
                .map(|local| & $($mutable)? local.expr)
                .chain(std::iter::once(& $($mutable)? **result))
                .collect(),
            Expr::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
        }
    };
}

/// The operands of an expression, in the order in which they are written.
pub fn operands(expr: &Expr) -> Vec<&Expr> {
    operands!(expr, iter)
}

/// The same expression with its parts rewritten from the inside out; deep ones first.
pub fn rewritten(mut expr: Expr, rewrite: &dyn Fn(Expr) -> Expr) -> Expr {
    for operand in operands_mut(&mut expr) {
        *operand = rewritten(std::mem::replace(operand, Expr::Blank), rewrite);
    }
    rewrite(expr)
}

/// The operands of an expression, to be changed.
pub fn operands_mut(expr: &mut Expr) -> Vec<&mut Expr> {
    operands!(expr, iter_mut, mut)
}

/// The expression with `subtotal` written as the sum of the lines above, which are given.
pub fn without_subtotal(expr: Expr, fees: &[&str], entitlements: &[&str]) -> Expr {
    let sum = |lines: &[&str], line: fn(String) -> Expr| match lines {
        [] => Expr::Literal(Literal::Number(Number::ZERO)),
        [only] => line((*only).to_owned()),
        lines => Expr::Add(lines.iter().map(|id| line((*id).to_owned())).collect()),
    };
    rewritten(expr, &|part| match part {
        Expr::FeeSubtotal => sum(fees, Expr::Fee),
        Expr::EntitlementSubtotal => sum(entitlements, Expr::Entitlement),
        part => part,
    })
}

/// Calls for the expression and each of its parts.
pub fn each_part<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    visit(expr);
    for operand in operands(expr) {
        each_part(operand, visit);
    }
}
