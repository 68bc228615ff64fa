//! Why a figure or verdict is what it is.

use std::fmt;

use crate::{answers::Answers, context::Context, evaluate::EvaluateError, plan::Plan};

/// A tree of reasons: what was worked out, from what, under which source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What this node says, such as `Stall licences: £23.60`.
    pub text: String,
    /// The source it rests on.
    pub source: Option<String>,
    /// What it was worked out from.
    pub because: Vec<Explanation>,
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

/// Explains a node: `fees.total`, `fees.<line>`, `values.<value>`, `decisions.<decision>`,
/// `rules.<decision>.<rule>`, `checks.<check>`.
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
    let _ = (plan, locale, answers, context, node);
    unimplemented!()
}

impl Explanation {
    /// The tree as indented text.
    pub fn to_text(&self) -> String {
        unimplemented!()
    }
}
