//! Diagnostics as people and programs read them.

mod github;
mod human;
mod json;

pub use github::{Annotation, github};
pub use human::human;
pub use json::json;
