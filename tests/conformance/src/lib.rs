//! Replays published cases through a form of this repository.
//!
//! ```text
//! FILE.ndjson ─► cases ─► native ─► Report ─► workload's adapter ─► result line ─┐
//!                   └───► wasm ───► Report ─► workload's adapter ─► result line ─┼─► replay ─► Outcome
//!                                     └── equal to the native one, byte for byte ┘
//! ```
//!
//! The adapters only translate words and order. What a result *is*, the form alone decides.

pub mod building_permit;
pub mod cases;
pub mod difference;
pub mod native;
pub mod replay;
pub mod wasm;

use counterfoil_engine::{Report, date::Day, plan::Rules};

/// A set of cases in words of its own, and the form that gives its results.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    /// The form's id, the name of its folder.
    pub form: &'static str,
    /// The day on which the cases are evaluated, as the form's README says.
    as_of: (i32, u8, u8),
    /// Writes a report as the workload's result line.
    pub result_line: fn(&Rules, &Report) -> String,
}

/// Every workload there is.
pub const WORKLOADS: &[Workload] = &[Workload {
    form: "building-permit",
    as_of: (2026, 6, 1),
    result_line: building_permit::result_line,
}];

impl Workload {
    /// The workload of a form.
    pub fn of(form: &str) -> Option<&'static Self> {
        WORKLOADS.iter().find(|workload| workload.form == form)
    }

    /// The day on which the cases are evaluated.
    ///
    /// # Panics
    /// Where [`WORKLOADS`] names a day that does not exist.
    pub fn as_of(&self) -> Day {
        let (year, month, day) = self.as_of;
        Day::from_ymd(year, month, day).expect("WORKLOADS names days of the calendar")
    }
}
