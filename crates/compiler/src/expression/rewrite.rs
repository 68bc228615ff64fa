//! Changes to the names of an expression before anything resolves them.

use super::{Expr, ExprKind};

impl Expr {
    /// Goes through the expression, operands before the expression that they stand in.
    pub(crate) fn rewrite(&mut self, change: &mut impl FnMut(&mut Self)) {
        match &mut self.kind {
            ExprKind::Boolean(_)
            | ExprKind::Number { .. }
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::Error => {}
            ExprKind::Member { base, .. } => base.rewrite(change),
            ExprKind::Call { arguments, .. } => rewrite_all(arguments, change),
            ExprKind::Method {
                base, arguments, ..
            } => {
                base.rewrite(change);
                rewrite_all(arguments, change);
            }
            ExprKind::Not(operand) | ExprKind::Negate(operand) => operand.rewrite(change),
            ExprKind::And(operands) | ExprKind::Or(operands) | ExprKind::List(operands) => {
                rewrite_all(operands, change);
            }
            ExprKind::Binary { left, right, .. } => {
                left.rewrite(change);
                right.rewrite(change);
            }
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                condition.rewrite(change);
                then.rewrite(change);
                otherwise.rewrite(change);
            }
        }
        change(self);
    }
}

fn rewrite_all(operands: &mut [Expr], change: &mut impl FnMut(&mut Expr)) {
    for operand in operands {
        operand.rewrite(change);
    }
}
