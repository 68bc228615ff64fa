//! Diagnostics as people and programs read them.

mod human;
mod json;

pub use human::human;
pub use json::json;
