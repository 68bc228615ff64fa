//! Expressions: Rhai's syntax, our own tree.
//!
//! ```text
//! text ─► tokens ─► refuse (what rules do not use) ─► Rhai's parser ─► lower ─► Expr
//! ```
//!
//! Only what is on the list of [`ExprKind`] passes; all else is refused by its name, with what to write
//! instead.

mod ast;
mod lower;
mod parse;
mod refuse;
mod rewrite;
mod statements;
mod syntax;
mod tokens;

pub use ast::{BinaryOp, Expr, ExprKind};
pub use parse::{MAX_DEPTH, MAX_TOKENS, Parser};
pub use statements::Statements;
