//! Why data are asked and how long they are kept. Pages show it and offices go by it; no evaluation reads
//! it.

use serde::Serialize;

/// The purposes of a form. What people read of them are the texts `privacy.controller` and
/// `privacy.purpose.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Privacy {
    /// Purposes in order.
    pub purposes: Vec<Purpose>,
}

/// A purpose for which data are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Purpose {
    /// The purpose's id.
    pub purpose: String,
    /// How long the data are kept.
    pub retention: Retention,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// How many, at least 1.
    pub number: u32,
    /// Of what.
    pub unit: RetentionUnit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}
