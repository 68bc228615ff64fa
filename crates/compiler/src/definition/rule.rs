//! Checks, and decisions with their rules.

use super::{Id, Template};
use crate::{
    expression::Expr,
    source::{Span, Spanned},
};

/// A cross-field assertion.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its id.
    pub check: Id,
    /// `at`: the field or group where it reports; for a field of a group, once a record.
    pub at: Path,
    /// `when` it applies.
    pub when: Option<Expr>,
    /// `require`: what must hold.
    pub require: Expr,
    /// `say`: the message where it does not hold.
    pub say: Template,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// The path of a field, value or group: `event_date`, `streets`, `streets.metres`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The names between the points, one or two; empty where the path could not be read, which has
    /// been reported.
    pub names: Vec<Id>,
    /// The whole path.
    pub span: Span,
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its id.
    pub decision: Id,
    /// `title`.
    pub title: Template,
    /// `if_ineligible`: what an ineligible verdict means for submitting.
    pub if_ineligible: IfIneligible,
    /// `suggest_changes`: whether people are shown which other answers would make them eligible.
    pub suggest_changes: bool,
    /// `rules` in order.
    pub rules: Vec<Rule>,
    /// The whole entry.
    pub span: Span,
}

/// What an ineligible verdict means for submitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfIneligible {
    /// `may_apply`: the submission is stored with its verdict.
    #[default]
    MayApply,
    /// `stop`: no submission is taken.
    Stop,
}

/// A rule of a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub rule: Id,
    /// `when` it applies.
    pub when: Option<Expr>,
    /// `require`: what must hold.
    pub require: Expr,
    /// `say`: the reason given where it does not hold.
    pub say: Template,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}
