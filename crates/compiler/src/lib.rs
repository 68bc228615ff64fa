//! Compiles a form description to a proved plan, or to diagnostics.
//!
//! ```text
//! Files ─► yaml ─► definition ─► names ─► check ─► assemble ─► engine::plan
//!            │         ├─ expression      ├─ types     units, scales, bounds
//!            │         ├─ template        ├─ proofs    tables, implications
//!            │         └─ table           └─ patterns  small automata
//!            └──────── diagnostics, one list ────────► render
//! ```
//!
//! Every step turns its input into a value plus diagnostics and goes on where it can, so that one run
//! finds all independent mistakes. What could not be read is left as an `Error` node that later steps
//! pass over in silence, since it has been reported. The crate reads no disk: [`source::Files`] are
//! handed in.

pub mod codes;
pub mod diagnostic;
pub mod render;
pub mod source;

pub mod yaml;

pub mod definition;
pub mod expression;

pub mod patterns;
pub mod proofs;
pub mod types;

mod closest;
mod names;
mod other_words;

mod check;

mod assemble;
mod compile;
mod sections;

pub mod coverage;
pub mod diff;
pub mod form_tests;
pub mod schema;
pub mod search;
pub mod suggest;
pub mod typescript;

pub use assemble::{
    Form, Piece, Translation, Translations, as_template, default_texts, translations,
};
pub use check::FUNCTIONS;
pub use compile::{Compiled, check_shared, compile};
pub use diagnostic::{Diagnostic, Severity};
pub use source::{FileId, Files, SourceMap, Span, Spanned};
