//! The parts of a plan's expressions.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, Literal},
};

/// The parts of an expression in the order in which they are written: its operands, and what is made of rows
/// or of named results.
pub fn operands(expr: &Expr) -> Vec<&Expr> {
    let mut operands = expr.operands();
    if let Expr::OverRows { each: made, .. } | Expr::Let { result: made, .. } = expr {
        operands.push(made);
    }
    operands
}

/// The same, to be changed.
pub fn operands_mut(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::OverRows { inputs, each, .. } => inputs.iter_mut().chain([&mut **each]).collect(),
        Expr::Let { locals, result } => {
            let locals = locals.iter_mut().map(|local| &mut local.expr);
            locals.chain([&mut **result]).collect()
        }
        other => other.operands_mut(),
    }
}

/// The same expression with its parts rewritten from the inside out; deep ones first.
pub fn rewritten(mut expr: Expr, rewrite: &dyn Fn(Expr) -> Expr) -> Expr {
    for operand in operands_mut(&mut expr) {
        *operand = rewritten(std::mem::replace(operand, Expr::Blank), rewrite);
    }
    rewrite(expr)
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
