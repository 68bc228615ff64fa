//! A report in a language.

use serde::{Deserialize, Serialize};

use crate::{
    plan::Plan,
    report::{Report, Status, Verdict},
};

/// The words of a report in one locale: messages, labels, reasons and sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// BCP 47 tag of the language used.
    pub locale: String,
    /// Writing direction, `ltr` or `rtl`.
    pub direction: String,
    /// The form's title.
    pub title: String,
    /// The report's status.
    pub status: Status,
    /// A message for each error, in the report's order.
    pub errors: Vec<ErrorWords>,
    /// A message for each missing answer, in the report's order.
    pub missing: Vec<MissingWords>,
    /// The decisions.
    pub decisions: Vec<DecisionWords>,
    /// The fees.
    pub fees: Option<AccountWords>,
    /// The entitlements.
    pub entitlements: Option<AccountWords>,
}

/// What to tell about an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorWords {
    /// Where.
    pub path: String,
    /// The report's code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What to tell about a missing answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingWords {
    /// Where.
    pub path: String,
    /// What to enter or choose.
    pub message: String,
}

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionWords {
    /// The decision's id.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// The verdict in words.
    pub verdict_text: String,
    /// Its rules that apply.
    pub rules: Vec<RuleWords>,
    /// Questions that would decide it.
    pub needs: Vec<NeedWords>,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleWords {
    /// The rule's id.
    pub rule: String,
    /// Whether it holds; `null` while undecided.
    pub holds: Option<bool>,
    /// What the rule says.
    pub message: String,
    /// Where it is laid down.
    pub source: Option<String>,
}

/// A question that would decide something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedWords {
    /// The question's path.
    pub path: String,
    /// Its label.
    pub label: String,
}

/// Fees or entitlements in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountWords {
    /// The lines that apply.
    pub lines: Vec<LineWords>,
    /// The total, written out; `None` while undetermined.
    pub total: Option<String>,
}

/// A line in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineWords {
    /// The line's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its amount, written out; `None` while undetermined.
    pub amount: Option<String>,
    /// Where it is laid down.
    pub source: Option<String>,
}

/// Writes a report out in a locale; an unknown locale gives the form's first language.
pub fn words(plan: &Plan, locale: &str, report: &Report) -> Words {
    let _ = (plan, locale, report);
    unimplemented!()
}
