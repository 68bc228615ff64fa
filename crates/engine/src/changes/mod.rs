//! What would change a verdict: the fewest answers that would have to be other.
//!
//! ```text
//! failing rules ─► reads ─► places (changeable answers, candidates) ─► search ─► evaluated proposals
//! ```
//!
//! Everything proposed has been evaluated: with those answers in place of the given ones, the decision is
//! eligible and nothing is wrong that was not wrong before.

mod places;
mod reads;
mod search;

use serde::Serialize;

use crate::{
    answers::{Answers, Data},
    context::Context,
    evaluate::{EvaluateError, evaluate},
    format,
    plan::{FieldType, Plan, Type},
    report::Verdict,
    words::key_path,
};
use places::Place;
use reads::Definitions;
use search::Search;

/// Most evaluations that a search takes.
pub const MAX_EVALUATIONS: u32 = 1_000;
/// Work, in the unit of [`Plan::work`], after which a search begins no further evaluation: it takes no
/// more than this and the most of one evaluation.
pub const MAX_WORK: u64 = 10_000_000;
/// Most proposals; a search that has them looks for no more.
pub const MAX_PROPOSALS: usize = 5;

/// What would make a decision eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatWouldChange {
    /// The decision.
    pub decision: String,
    /// Its verdict as things are.
    pub verdict: Verdict,
    /// For an undetermined verdict, the questions that would decide it.
    pub needs: Vec<String>,
    /// For an ineligible one, changes any one of which would make it eligible; each of one answer, or
    /// each of two where no single answer was found to do.
    pub proposals: Vec<Vec<Change>>,
    /// Whether the search went on until it had tried all that it would, or had as many proposals as are
    /// made.
    pub finished: bool,
    /// Evaluations that it took.
    pub evaluations: u32,
}

/// An answer that would have to be other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its path.
    pub path: String,
    /// Answers any one of which would do. For a number or day one alone, the nearest that was found to
    /// do: a step nearer to the answer as it is does not.
    pub values: Vec<Data>,
}

/// A [`Change`] in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeWords {
    /// The answer's path.
    pub path: String,
    /// Its question.
    pub label: String,
    /// What it would have to be.
    pub value: String,
}

/// Searches for what would make a decision eligible. `None` where the form has no such decision.
///
/// Nothing is proposed for a decision with `suggest_changes: false`, and no other answer to a `fixed`
/// question.
///
/// A call takes at most [`MAX_EVALUATIONS`] evaluations and [`MAX_WORK`] with the most of one evaluation on
/// top; for a decision that is not ineligible it takes one. Both are counted, so that the same answers cost
/// the same everywhere.
///
/// # Errors
/// Where `as_of` is outside the form's effective days.
pub fn what_would_change(
    plan: &Plan,
    answers: &Answers,
    context: &Context,
    decision: &str,
) -> Result<Option<WhatWouldChange>, EvaluateError> {
    let report = evaluate(plan, answers, context)?;
    let decisions = &report.decisions;
    let Some(index) = decisions.iter().position(|d| d.decision == decision) else {
        return Ok(None);
    };
    let found = &decisions[index];
    let mut result = WhatWouldChange {
        decision: decision.to_owned(),
        verdict: found.verdict,
        needs: found.needs.iter().map(|path| path.to_string()).collect(),
        proposals: Vec::new(),
        finished: true,
        evaluations: 1,
    };
    let declared = plan.rules().decisions.get(index);
    let Some(declared) = declared.filter(|declared| !declared.hides_changes) else {
        return Ok(Some(result));
    };
    if found.verdict != Verdict::Ineligible {
        return Ok(Some(result));
    }
    let names = Definitions::new(plan.rules());
    let fails = |rule: &str| {
        let mut rules = found.rules.iter();
        rules.any(|other| other.rule == rule && other.holds == Some(false))
    };
    let failing = declared.rules.iter().filter(|rule| fails(&rule.rule));
    let failing = names.reads(failing.flat_map(|rule| rule.when.iter().chain([&rule.require])));
    let all = declared.rules.iter();
    let all = names.reads(all.flat_map(|rule| rule.when.iter().chain([&rule.require])));
    let mut places = Place::all(plan.rules(), &report.answers, context.as_of);
    places.retain(|place| all.fields.get(&place.name).is_some());
    // Those that a failing rule reads come first: one of them has to change.
    let (mut first, others): (Vec<_>, Vec<_>) = places
        .into_iter()
        .partition(|place| failing.fields.get(&place.name).is_some());
    let leading = first.len();
    first.extend(others);
    let mut search = Search::new(plan, answers, context, index, &report.errors);
    result.finished = search.run(&first, leading, &all).is_some();
    result.evaluations = search.evaluations;
    result.proposals = search.proposals;
    Ok(Some(result))
}

/// Proposals in a locale's words; an unknown locale gives the form's first language.
pub fn change_words(plan: &Plan, locale: &str, proposals: &[Vec<Change>]) -> Vec<Vec<ChangeWords>> {
    let texts = plan.texts_or_default(locale);
    let word = |change: &Change| {
        let key = key_path(&change.path);
        let type_ = field_type(plan, &key).map_or(Type::Text, |type_| written_as(type_, &key));
        let values = change.values.iter().map(|value| match value {
            Data::List(items) if items.is_empty() => texts.text("changes.none").to_owned(),
            value => format::value(texts, value, &type_),
        });
        let either = |a: String, b: String| {
            texts.fill("changes.either", |name| match name {
                "a" => Some(a.clone()),
                "b" => Some(b.clone()),
                _ => None,
            })
        };
        ChangeWords {
            path: change.path.clone(),
            label: label(plan, locale, &change.path),
            value: values.reduce(either).unwrap_or_default(),
        }
    };
    let words = proposals.iter().map(|changes| changes.iter().map(word));
    words.map(Iterator::collect).collect()
}

/// The question, and which record it belongs to where there are several.
fn label(plan: &Plan, locale: &str, path: &str) -> String {
    let texts = plan.texts_or_default(locale);
    let key = key_path(path);
    let label = texts.get(&format!("field.{key}.label")).unwrap_or(path);
    let record = path
        .split_once('[')
        .and_then(|(group, rest)| Some((group, rest.split_once(']')?.0.parse::<u32>().ok()?)));
    match record {
        Some((group, index)) => {
            let record = texts.get(&format!("group.{group}.record")).unwrap_or(group);
            format!("{record} {}: {label}", index.saturating_add(1))
        }
        None => label.to_owned(),
    }
}

fn field_type<'a>(plan: &'a Plan, key: &str) -> Option<&'a FieldType> {
    use crate::plan::PageContent;
    plan.rules().pages.iter().find_map(|page| {
        let (fields, id) = match &page.content {
            PageContent::Fields(fields) => (fields, key),
            PageContent::Group(group) => {
                let rest = key.strip_prefix(group.group.as_str())?;
                (&group.fields, rest.strip_prefix('.')?)
            }
        };
        let field = fields.iter().find(|field| field.field == id)?;
        Some(&field.type_)
    })
}

fn written_as(type_: &FieldType, key: &str) -> Type {
    let labels = || format!("field.{key}");
    match type_ {
        FieldType::Boolean { .. } => Type::Boolean,
        FieldType::Integer { .. } => Type::Integer,
        FieldType::Decimal { .. } => Type::Decimal,
        FieldType::Money { .. } => Type::Money,
        FieldType::Text { .. } => Type::Text,
        FieldType::Date { .. } => Type::Date,
        FieldType::Duration { unit, .. } => Type::Duration { unit: Some(*unit) },
        FieldType::DateRange { .. } => Type::DateRange,
        FieldType::Choice { .. } => Type::Choice { labels: labels() },
        FieldType::Set { .. } => Type::Set { labels: labels() },
    }
}
