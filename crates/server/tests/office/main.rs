//! The office through its HTTP door.

mod api;
mod receipts;
mod support;
