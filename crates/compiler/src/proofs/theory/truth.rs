//! How conditions can come out, by the bounds of what they compare.

use counterfoil_engine::plan::{CompareOp, Expr, Literal};

use super::{Known, MAX_PARTS, Theory, oriented};

impl Theory<'_, '_> {
    /// Whether a condition can come out false, and whether it can come out true.
    pub(super) fn truth(&mut self, expr: &Expr) -> Known<(bool, bool)> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Ok((true, true));
        }
        Ok(match expr {
            Expr::Literal(Literal::Boolean(value)) => (!value, *value),
            Expr::Not(operand) => {
                let (no, yes) = self.truth(operand)?;
                (yes, no)
            }
            Expr::And(operands) => {
                let mut result = (false, true);
                for operand in operands {
                    let (no, yes) = self.truth(operand)?;
                    result = (result.0 || no, result.1 && yes);
                }
                result
            }
            Expr::Or(operands) => {
                let mut result = (true, false);
                for operand in operands {
                    let (no, yes) = self.truth(operand)?;
                    result = (result.0 && no, result.1 || yes);
                }
                result
            }
            Expr::Compare { op, left, right } => {
                let (op, left, right) = oriented(*op, left, right, true);
                let (Some(a), Some(b)) = (self.range(left)?, self.range(right)?) else {
                    return Ok((true, true));
                };
                match op {
                    CompareOp::Less => (a.max >= b.min, a.min < b.max),
                    CompareOp::AtMost => (a.max > b.min, a.min <= b.max),
                    _ => (true, true),
                }
            }
            _ => (true, true),
        })
    }
}
