//! Fee and entitlement lines.

use super::{Id, Template};
use crate::{
    expression::Expr,
    source::{Span, Spanned},
};

/// A fee or entitlement line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its id, after `fee:` or `entitlement:`.
    pub line: Id,
    /// `label`.
    pub label: Template,
    /// `when` it applies.
    pub when: Option<Expr>,
    /// `amount`.
    pub amount: Expr,
    /// `omit_zero`: whether a zero line is left out.
    pub omit_zero: bool,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// `decisions` that it hangs on; by default every decision of the form.
    pub decisions: Option<Vec<Id>>,
    /// The whole entry.
    pub span: Span,
}
