//! Why a figure or verdict is what it is.
//!
//! ```text
//! plan, answers, context, node ─► evaluation ─► Explainer ─► Explanation ─► text, JSON, HTML
//!                                                  ├─ accounts, decisions, questions  what has a name
//!                                                  ├─ expression, arithmetic, conditions, tables, rows, functions, calendar
//!                                                  └─ phrases                         the sentences
//! ```
//!
//! The explainer walks a published expression beside its lowered form: the one says what to call
//! things, the other what they come to. Sentences come from the plan's texts under `explain.…`; a plan
//! that was published without one of them gets figures and signs instead of words.

mod accounts;
mod arithmetic;
mod calendar;
mod changes;
mod conditions;
mod decisions;
mod explainer;
mod expression;
mod functions;
mod nodes;
mod phrases;
mod questions;
mod rows;
mod symbols;
mod tables;
mod text;
mod types;
mod years;

use std::fmt;

use serde::Serialize;

pub use nodes::explainable_nodes;

use crate::{
    answers::Answers,
    context::Context,
    evaluate::{EvaluateError, check_day},
    plan::Plan,
};
use explainer::Explainer;

/// A tree of reasons: what something is, and what it was worked out from.
///
/// As JSON every key is there, in this order, `null` where it does not apply. `text` is a sentence in
/// the form's language; `label` and `value` are its parts where it has such.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What this is.
    pub kind: Kind,
    /// The node of the form, such as `fees.base` or `streets[0].metres`; none for a step on the way.
    pub node: Option<String>,
    /// What it is called, such as `Stall licences`.
    pub label: Option<String>,
    /// What it comes to, such as `£23.60`; none while that is not known, or where it is no figure.
    pub value: Option<String>,
    /// All of it as a sentence, such as `Stall licences: £23.60`.
    pub text: String,
    /// The legal or published source that it rests on.
    pub source: Option<String>,
    /// The rule as the form states it, where [`Options::expressions`] asks for that.
    pub expression: Option<String>,
    /// What it was worked out from.
    pub because: Vec<Explanation>,
}

/// What an [`Explanation`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The total of the fees or entitlements.
    Total,
    /// A fee line.
    Fee,
    /// An entitlement line.
    Entitlement,
    /// The sum of the lines above.
    Subtotal,
    /// A computed value.
    Value,
    /// A decision.
    Decision,
    /// A rule of a decision.
    Rule,
    /// A cross-field check.
    Check,
    /// A question and its answer.
    Field,
    /// A repeated group, or the number of its records.
    Group,
    /// One record of a group.
    Record,
    /// What only the office knows.
    Fact,
    /// A call of one of the form's functions.
    Function,
    /// An argument of such a call.
    Argument,
    /// A row of a table that collects.
    Row,
    /// A dated constant.
    Parameter,
    /// A day: that of evaluation, or the one whose rules hold.
    Day,
    /// A decision table, or a look-up in one.
    Table,
    /// An input of a look-up, with what the row accepts.
    Cell,
    /// A band of a marginal table.
    Band,
    /// Arithmetic, or a function.
    Calculation,
    /// A rounding.
    Rounding,
    /// One result over the records of a group.
    Aggregate,
    /// A comparison that holds.
    Comparison,
    /// Why something applies, is asked, is required or was chosen.
    Condition,
    /// One value standing in for another that is blank.
    Default,
    /// What must be answered to decide something.
    Needs,
    /// Other answers that would make a decision eligible.
    Changes,
    /// One answer of those, or several that would have to be other together.
    Change,
    /// What is wrong with an answer.
    Error,
    /// Further reasons that are left out, there being too many.
    More,
}

/// What an explanation tells besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The expressions behind the figures, for those who know the form's rules.
    pub expressions: bool,
}

/// Why nothing could be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainError {
    /// The form has no such node; the message lists what there is.
    UnknownNode(String),
    /// The evaluation itself was refused.
    Evaluate(EvaluateError),
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNode(message) => f.write_str(message),
            Self::Evaluate(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExplainError {}

/// Explains a node for a citizen; see [`explain_with`].
///
/// # Errors
/// Where the form has no such node or cannot be evaluated on that day.
pub fn explain(
    plan: &Plan,
    locale: &str,
    answers: &Answers,
    context: &Context,
    node: &str,
) -> Result<Explanation, ExplainError> {
    explain_with(plan, locale, answers, context, node, Options::default())
}

/// Explains a node: `fees.total`, `fees.<line>`, `entitlements.…`, `values.<value>`,
/// `decisions.<decision>`, `rules.<decision>.<rule>`, `checks.<check>`, `fields.<field>`,
/// `groups.<group>`, `facts.<fact>`, `parameters.<parameter>`, `tables.<table>`. Fields and groups may
/// be named by their paths in the report as well, and decisions by their ids alone. What belongs to a group is explained for every
/// record, or for one: `values.streets[0].price`, `streets[0].metres`.
///
/// # Errors
/// Where the form has no such node or cannot be evaluated on that day.
pub fn explain_with(
    plan: &Plan,
    locale: &str,
    answers: &Answers,
    context: &Context,
    node: &str,
    options: Options,
) -> Result<Explanation, ExplainError> {
    check_day(plan, context).map_err(ExplainError::Evaluate)?;
    let mut explainer = Explainer::new(plan, locale, answers, context, options);
    let mut explanation = explainer
        .node(node)
        .ok_or_else(|| ExplainError::UnknownNode(nodes::unknown(plan, node)))?;
    if explanation.kind == Kind::Decision {
        explainer.add_changes(&mut explanation, answers, context);
    }
    Ok(explanation)
}

impl Explanation {
    /// The tree as JSON; equal trees give equal bytes.
    pub fn to_json(&self) -> String {
        // Texts alone: it always serialises.
        serde_json::to_string(self).unwrap_or_default()
    }
}
