//! The engine in a browser or in Node: the surface that JavaScript sees.
//!
//! Nothing is decided here. What comes from JavaScript is read strictly, handed to
//! [`counterfoil_engine`], and what it returns is handed back; a mistake in the call throws an
//! `Error` whose `name` tells the kind, a mistake in the answers is in the report.

#[cfg(feature = "dom")]
mod dom;
mod error;
mod form;
mod session;
mod value;

#[cfg(feature = "dom")]
mod pages;

#[cfg(feature = "dom")]
pub use dom::PageBinding;
pub use form::{Form, report_sha256};
#[cfg(feature = "dom")]
pub use pages::Pages;
pub use session::Session;
