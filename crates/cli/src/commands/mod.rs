//! The commands, one a module. Each turns arguments into calls of the libraries and prints the result.

pub mod build;
pub mod check;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod i18n;
pub mod new;
pub mod receipt;
pub mod schema;
pub mod serve;
pub mod test;
pub mod types;
pub mod verify;
