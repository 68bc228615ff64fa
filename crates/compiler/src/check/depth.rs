//! How deep an expression is nested.

use counterfoil_engine::plan::Expr;

use crate::proofs::walk;

/// How deep an expression is nested.
pub fn depth(expr: &Expr) -> usize {
    1 + deepest(expr, &depth)
}

/// The greatest measure of an expression's operands.
pub(super) fn deepest(expr: &Expr, measure: &dyn Fn(&Expr) -> usize) -> usize {
    walk::operands(expr)
        .into_iter()
        .map(measure)
        .max()
        .unwrap_or(0)
}
