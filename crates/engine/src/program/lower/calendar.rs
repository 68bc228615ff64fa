//! Operations on lists of ranges and of dates, and parameters of other days.

use super::{Lowered, Lowering, Scope, unsound};
use crate::{
    plan::{Expr, Rules},
    program::{Call, Node},
};

impl Lowering<'_> {
    /// An operation on single operands and, after them, a list of parts each of which may be one.
    pub(super) fn list_call<const N: usize>(
        &mut self,
        call: Call,
        operands: [&Expr; N],
        list: &[Expr],
        scope: Scope,
        depth: usize,
    ) -> Lowered<Node> {
        let mut nodes = Vec::with_capacity(N + list.len());
        for operand in operands {
            nodes.push(self.expression(operand, scope, depth + 1)?);
        }
        for part in list {
            nodes.push(match part {
                Expr::Each { group, each } => {
                    let group = self.group(group, scope)?;
                    let scope = Scope {
                        group: Some(group),
                        ..scope.going_through()?
                    };
                    Node::Each {
                        group,
                        each: Box::new(self.expression(each, scope, depth + 1)?),
                    }
                }
                single => self.expression(single, scope, depth + 1)?,
            });
        }
        Ok(Node::Call(call, nodes))
    }
}

/// A parameter's position. Read on another day, it hangs on no day of its own.
pub(super) fn parameter_position(rules: &Rules, id: &str) -> Lowered<usize> {
    let parameters = &rules.parameters;
    match parameters.iter().position(|p| p.parameter == id) {
        Some(position) => Ok(position),
        None => unsound(format!("the plan has no parameter `{id}`")),
    }
}
