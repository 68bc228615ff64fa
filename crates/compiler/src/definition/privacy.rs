//! Why personal data are asked, and for how long they are kept.

use super::{Id, Template};
use crate::source::{Span, Spanned};

/// `privacy` of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Privacy {
    /// `controller`: who answers for the data.
    pub controller: Template,
    /// `purposes`, in order.
    pub purposes: Vec<Purpose>,
    /// The whole entry.
    pub span: Span,
}

/// A purpose for which data are asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Purpose {
    /// Its id.
    pub purpose: Id,
    /// `say`: what people read.
    pub say: Template,
    /// `retention`: how long the data are kept; none where it is missing or could not be read, the latter
    /// of which has been reported.
    pub retention: Option<Spanned<Retention>>,
    /// Whether `retention` is written at all.
    pub has_retention: bool,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
}

/// A length of time, such as `6 years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// How many.
    pub number: u32,
    /// Of what.
    pub unit: RetentionUnit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionUnit {
    /// `days`
    Days,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
}
