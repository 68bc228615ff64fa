//! Evaluates a Counterfoil plan: answers in, report out.
//!
//! ```text
//! plan JSON ─────► Plan ────┐
//! answers JSON ──► Answers ─┼─► evaluate ──► Report ──► words(locale) ──► Words
//! as_of, facts ──► Context ─┘        ├──► explain(node) ──► Explanation
//!                                    └──► observe ──► what was reached
//! ```
//!
//! A [`Session`] does the same for answers that change one by one: after each change it evaluates what
//! depends on it.
//!
//! Evaluation is pure (no clock, no locale, no random source), total (no input panics or loops) and
//! exact (scaled integers, never binary floating point). The crate knows no source text: what a
//! policy officer writes is the compiler's concern.

mod json;
mod names;
pub mod plan;
mod program;
mod sort;

pub mod answers;
pub mod context;
pub mod input;

pub mod evaluate;
pub mod report;
pub mod session;

pub mod changes;
pub mod explain;
pub mod format;
pub mod observe;
pub mod words;

pub mod date;
pub mod hash;
pub mod letters;
pub mod number;

pub use answers::{Answers, AnswersOf};
pub use changes::what_would_change;
pub use context::Context;
pub use evaluate::{evaluate, evaluate_borrowed, evaluate_metered, hidden, undecided_pages};
pub use explain::explain;
pub use observe::observe;
pub use plan::Plan;
pub use report::{Report, ReportOf};
pub use session::Session;
pub use words::{Words, words};
