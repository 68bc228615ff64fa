//! Renders a plan and its report as accessible HTML, alike on the server and in Wasm.
//!
//! ```text
//! plan, report, words, what was typed ──► View ──► page::… ──► Content ──► document ──► HTML
//!                                          └─────► live::… ──► fragments for a page being filled in
//! explanation ──► explanation_document ──► HTML that stands by itself
//! journey: the way from step to step, and what comes of a step that was sent
//! ```
//!
//! The crate decides nothing: what is asked, wrong, due or granted is read from the report. It knows
//! no HTTP, no clock and no script; addresses come in as [`Links`] and [`Site`]. Markup follows the
//! contract of `govuk-frontend`, so that any theme written for that contract fits.

pub mod journey;
pub mod live;
pub mod page;

mod answer;
mod component;
mod composite;
mod date_parts;
mod document;
mod explanation;
mod field;
mod pairs;
mod panel;
mod path;
mod place;
mod texts;
mod view;

pub use document::{Content, Followed, Frame, Language, Site, document};
pub use explanation::explanation_document;
pub use path::control_id;
pub use view::{Links, View, control};
