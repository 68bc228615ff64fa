//! Fee and entitlement lines.

use schemars::JsonSchema;

use crate::scalar::{Id, Rule, Text};

/// A line of what the applicant pays.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fee {
    /// The name of the line; later lines may read it as `fees.name`.
    pub fee: Id,
    /// What people read.
    pub label: Text,
    /// When it is due. Without it, always.
    pub when: Option<Rule>,
    /// How much it is, such as `stalls * stall_fee`. A fraction of the smallest coin must be rounded:
    /// `round(amount, 0.01)`.
    pub amount: Rule,
    /// `true` leaves the line out where it is zero.
    pub omit_zero: Option<bool>,
    /// Where the law says so.
    pub source: Option<Text>,
    /// The decisions on which it hangs. Without it, all of them.
    pub decisions: Option<Vec<Id>>,
}

/// A line of what the applicant receives.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Entitlement {
    /// The name of the line; later lines may read it as `entitlements.name`.
    pub entitlement: Id,
    /// What people read.
    pub label: Text,
    /// When it is due. Without it, always.
    pub when: Option<Rule>,
    /// How much it is. A fraction of the smallest coin must be rounded: `round(amount, 0.01)`.
    pub amount: Rule,
    /// `true` leaves the line out where it is zero.
    pub omit_zero: Option<bool>,
    /// Where the law says so.
    pub source: Option<Text>,
    /// The decisions on which it hangs. Without it, all of them.
    pub decisions: Option<Vec<Id>>,
}
