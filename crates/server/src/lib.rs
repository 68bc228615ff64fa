//! The office: catalogue, pages, submissions API, storage, receipts.
//!
//! ```text
//! forms/ ─► Catalogue ─► plans ─┐
//! API, pages ─► submission::take ┴─► evaluate ─► Store, receipt
//! ```
//!
//! The server decides nothing about a case: it evaluates the answers under the plan that they name,
//! on today's date in the form's time zone, stores what it received with the report, and signs what
//! it found. [`receipt::verify`] proves a receipt without the office.

pub mod api;
pub mod catalogue;
pub mod clock;
pub mod embedding;
pub mod figures;
pub mod office;
pub mod pages;
pub mod problem;
pub mod receipt;
pub mod reference;
pub mod router;
pub mod security;
pub mod store;
pub mod submission;
pub mod theme;

mod private;
mod serve;

pub use embedding::{Origin, OriginError};
pub use office::{Office, OpenError, ServeOptions};
pub use router::router;
pub use serve::serve;
