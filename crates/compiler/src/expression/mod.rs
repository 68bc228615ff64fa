//! Expressions: Rhai's syntax, our own tree.

mod ast;

pub use ast::{BinaryOp, Expr, ExprKind};
