//! An oracle for expressions: the same text, computed by a compiled plan and by Rhai's own evaluator.
//!
//! ```text
//! generate ─► texts ─┬─► form ─► compile ─► evaluate ─► report ─┐
//!                    └─► rhai::Engine with the same operands ───┴─► equal?
//! ```
//!
//! The generator makes expressions that the checker lets pass and for which both sides define a
//! result: of whole numbers, decimals, money, texts, options, days and lengths of time; over the records of a
//! group, whose own values are generated too; with calls of declared functions, whose bodies are generated
//! too, and look-ups in tables. Rhai computes them with what [`mod@reference`] registers: days stand on `jiff`, and
//! what is done with a list is done by Rhai for each item.
//!
//! Where the two differ by design is not generated; `tests/differences.rs` asserts it. Left out besides,
//! because Rhai has nothing that could be given the same meaning:
//!
//! - pending and failed operands, sets of options, attributes of options: Rhai's values are known and plain;
//! - `if`, `??` and declared functions with a list as an operand: Rhai's `if` and `??` cannot be taught to map;
//!   the same expressions stand in the records' own values instead;
//! - parameters with periods, `.on` and `accrue`, which hang on a calendar of the law, and functions over texts:
//!   these have tests of their own.

pub mod form;
pub mod generate;
pub mod operands;
pub mod reference;

use rust_decimal::Decimal;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Yes or no.
    Bool(bool),
    /// An exact number; equality goes by value.
    Number(Decimal),
    /// A text, an option, a day or a length of time, as reports write it.
    Text(String),
    /// Blank.
    Blank,
    /// No result, with what was said about it.
    None(String),
}
