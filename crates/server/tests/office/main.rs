//! The office through its HTTP door.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod api;
mod browser;
mod languages;
mod pages;
mod privacy;
mod receipts;
mod support;
