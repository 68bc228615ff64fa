//! The parts of a plan's expressions.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, Literal},
};

/// The operands of an expression, in the order in which they are written.
pub fn operands(expr: &Expr) -> Vec<&Expr> {
    match expr {
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
        | Expr::Count(_) => Vec::new(),
        Expr::Not(a)
        | Expr::Answered(a)
        | Expr::Negate(a)
        | Expr::Absolute(a)
        | Expr::Round { value: a, .. }
        | Expr::Aggregate { each: a, .. }
        | Expr::YearOf(a)
        | Expr::MonthOf(a)
        | Expr::DayOf(a)
        | Expr::Weekday(a) => vec![a],
        Expr::Compare {
            left: a, right: b, ..
        }
        | Expr::Contains { set: a, item: b }
        | Expr::Default(a, b)
        | Expr::Subtract(a, b)
        | Expr::Divide(a, b)
        | Expr::DaysBetween(a, b)
        | Expr::AddDays(a, b)
        | Expr::AddMonths(a, b)
        | Expr::AddYears(a, b)
        | Expr::AgeOn(a, b) => vec![a, b],
        Expr::And(operands)
        | Expr::Or(operands)
        | Expr::Add(operands)
        | Expr::Multiply(operands)
        | Expr::Min(operands)
        | Expr::Max(operands)
        | Expr::Table {
            inputs: operands, ..
        } => operands.iter().collect(),
        Expr::OneOf { item, list } => std::iter::once(&**item).chain(list).collect(),
        Expr::If {
            condition,
            then,
            otherwise,
        } => vec![condition, then, otherwise],
    }
}

/// The same expression with its parts rewritten from the inside out; deep ones first.
pub fn rewritten(mut expr: Expr, rewrite: &dyn Fn(Expr) -> Expr) -> Expr {
    for operand in operands_mut(&mut expr) {
        *operand = rewritten(std::mem::replace(operand, Expr::Blank), rewrite);
    }
    rewrite(expr)
}

fn operands_mut(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
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
        | Expr::Count(_) => Vec::new(),
        Expr::Not(a)
        | Expr::Answered(a)
        | Expr::Negate(a)
        | Expr::Absolute(a)
        | Expr::Round { value: a, .. }
        | Expr::Aggregate { each: a, .. }
        | Expr::YearOf(a)
        | Expr::MonthOf(a)
        | Expr::DayOf(a)
        | Expr::Weekday(a) => vec![a],
        Expr::Compare {
            left: a, right: b, ..
        }
        | Expr::Contains { set: a, item: b }
        | Expr::Default(a, b)
        | Expr::Subtract(a, b)
        | Expr::Divide(a, b)
        | Expr::DaysBetween(a, b)
        | Expr::AddDays(a, b)
        | Expr::AddMonths(a, b)
        | Expr::AddYears(a, b)
        | Expr::AgeOn(a, b) => vec![a, b],
        Expr::And(operands)
        | Expr::Or(operands)
        | Expr::Add(operands)
        | Expr::Multiply(operands)
        | Expr::Min(operands)
        | Expr::Max(operands)
        | Expr::Table {
            inputs: operands, ..
        } => operands.iter_mut().collect(),
        Expr::OneOf { item, list } => std::iter::once(&mut **item).chain(list).collect(),
        Expr::If {
            condition,
            then,
            otherwise,
        } => vec![condition, then, otherwise],
    }
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
