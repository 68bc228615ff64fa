//! An oracle for expressions: the same text, computed by a compiled plan and by Rhai's own evaluator.
//!
//! ```text
//! generate ─► text ─┬─► form ─► compile ─► evaluate ─► report ─┐
//!                   └─► rhai::Engine with the same operands ───┴─► equal?
//! ```
//!
//! The generator makes expressions that the checker lets pass and for which both sides define a
//! result. Where they differ by design is not generated; `tests/differences.rs` asserts it.

pub mod form;
pub mod generate;
pub mod reference;

use rust_decimal::Decimal;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Yes or no.
    Bool(bool),
    /// An exact number; equality goes by value.
    Number(Decimal),
    /// A text or an option.
    Text(String),
    /// Blank.
    Blank,
    /// No result, with what was said about it.
    None(String),
}
