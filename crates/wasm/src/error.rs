//! Errors as JavaScript sees them.

use std::fmt::Display;

/// An `Error` with that name and message.
pub fn named(name: &str, message: &impl Display) -> js_sys::Error {
    let error = js_sys::Error::new(&message.to_string());
    error.set_name(name);
    error
}
