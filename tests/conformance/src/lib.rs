//! Replays published cases through a form of this repository.
//!
//! ```text
//! FILE.ndjson ─► cases ─► native ─► Report ─► what the workload reads of it ─┐
//!                   └───► wasm ───► Report ─► what the workload reads of it ─┼─► replay ─► Outcome
//!                                     └── equal to the native one, byte for byte ┘
//! ```
//!
//! What a case expects are values of the form, by their ids. A set in words of its own has an adapter
//! that translates words and order. What a result *is*, the form alone decides.

pub mod building_permit;
pub mod cases;
pub mod difference;
pub mod native;
pub mod replay;
pub mod values;
pub mod wasm;
pub mod workload;

pub use workload::{Expects, Workload};
