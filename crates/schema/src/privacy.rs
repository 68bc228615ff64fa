//! What personal data are for, and how long they are kept.

use schemars::JsonSchema;

use crate::scalar::{Id, Retention, Text};

/// What personal data are for, and how long they are kept.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Privacy {
    /// Who answers for the data, such as `Example City Council, Data Protection Officer`.
    pub controller: Text,
    /// The purposes, in order. Questions name them with `purpose`.
    pub purposes: Vec<Purpose>,
}

/// A purpose of personal data.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Purpose {
    /// The name of the purpose.
    pub purpose: Id,
    /// What the data are for, as people read it.
    pub say: Text,
    /// How long they are kept: a whole number of days, weeks, months or years, such as `6 years`.
    pub retention: Option<Retention>,
    /// Where the law says so.
    pub source: Option<Text>,
}
