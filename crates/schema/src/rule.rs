//! Checks, decisions and their rules.

use schemars::JsonSchema;

use crate::{
    message::Message,
    scalar::{Id, Path, Rule as Expression, Text},
};

/// What must hold between answers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Check {
    /// The name of the check.
    pub check: Id,
    /// The field or group at which it is shown: `event_date`, or `streets.metres` for each street.
    pub at: Path,
    /// When it applies. Without it, always.
    pub when: Option<Expression>,
    /// What must hold, such as `days_between(today, event_date) >= notice_days`.
    pub require: Expression,
    /// The message where it does not hold. `{notice_days}` puts in a figure.
    pub say: Message,
    /// Where the law says so.
    pub source: Option<Text>,
}

/// What the office decides: eligible where all of its rules hold.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Decision {
    /// The name of the decision.
    pub decision: Id,
    /// What is decided, as people read it.
    pub title: Text,
    /// What happens where a person does not qualify: `may_apply` or `stop`.
    pub if_ineligible: Option<IfIneligible>,
    /// `false` where people are not to be shown which other answers would make them eligible.
    pub suggest_changes: Option<bool>,
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// What happens where a person does not qualify.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum IfIneligible {
    /// They may apply all the same; the verdict is kept with the application.
    MayApply,
    /// They cannot apply.
    Stop,
}

/// A rule of a decision.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rule {
    /// The name of the rule.
    pub rule: Id,
    /// When it applies. Without it, always.
    pub when: Option<Expression>,
    /// What must hold, such as `closed_metres <= 500`.
    pub require: Expression,
    /// The reason that a person reads where it does not hold. `{limit}` puts in a figure.
    pub say: Message,
    /// Where the law says so.
    pub source: Option<Text>,
}
