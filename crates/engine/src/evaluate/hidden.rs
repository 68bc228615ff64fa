//! What a form does not ask at present.

use std::collections::BTreeSet;

use super::run::{Asked, Evaluation, RecordAt};
use crate::{
    answers::Answers,
    context::Context,
    plan::Plan,
    program::{Kind, PageItems},
};

/// Paths that are not asked, their conditions being false or not decided yet: fields (`stalls`,
/// `streets[0].metres`), groups (`streets`) and options (`organiser=charity`). A path inside a hidden
/// group or an option of a hidden field is not listed besides.
pub fn hidden(plan: &Plan, answers: &Answers, context: &Context) -> BTreeSet<String> {
    let program = plan.program();
    let evaluation = Evaluation::run(program, answers, context);
    let mut hidden = Vec::new();
    for page in &program.pages {
        match &page.items {
            PageItems::Fields(fields) => {
                for field in fields.clone() {
                    hidden_field(&evaluation, field, &mut hidden);
                }
            }
            PageItems::Group(group) => hidden_group(&evaluation, *group, &mut hidden),
        }
    }
    // Collecting sorts, which would be four kilobytes more for browsers to download.
    let mut paths = BTreeSet::new();
    for path in hidden {
        paths.insert(path);
    }
    paths
}

/// Lists a field of no group, or its options.
pub(crate) fn hidden_field(evaluation: &Evaluation<'_>, field: usize, hidden: &mut Vec<String>) {
    file(
        evaluation,
        field,
        None,
        evaluation.asked[field].shown,
        hidden,
    );
}

/// Lists a group, and fields of its records with their options.
pub(crate) fn hidden_group(evaluation: &Evaluation<'_>, group: usize, hidden: &mut Vec<String>) {
    let node = &evaluation.program.groups[group];
    let state = &evaluation.groups[group];
    for (record, known) in state.records.iter().enumerate() {
        let at = Some(RecordAt { group, record });
        for (field, asked) in node.fields.clone().zip(&known.asked) {
            file(evaluation, field, at, asked.shown, hidden);
        }
    }
    if state.asked.shown != Some(true) {
        hidden.push(node.id.clone());
    }
}

/// Ids of the pages of which nothing is asked yet, but may be once more questions are answered.
pub fn undecided_pages(plan: &Plan, answers: &Answers, context: &Context) -> BTreeSet<String> {
    let program = plan.program();
    let evaluation = Evaluation::run(program, answers, context);
    let mut undecided = BTreeSet::new();
    for (page, node) in plan.rules().pages.iter().zip(&program.pages) {
        let asked = match &node.items {
            PageItems::Fields(fields) => any(&evaluation.asked[fields.clone()]),
            PageItems::Group(group) => evaluation.groups[*group].asked.shown,
        };
        if asked.is_none() {
            undecided.insert(page.page.clone());
        }
    }
    undecided
}

/// Whether any of some questions is shown; `None` while that is open.
fn any(questions: &[Asked]) -> Option<bool> {
    let mut any = Some(false);
    for question in questions {
        match question.shown {
            Some(true) => return Some(true),
            Some(false) => {}
            None => any = None,
        }
    }
    any
}

/// Lists a field where it is hidden, or else its options that are.
fn file(
    evaluation: &Evaluation<'_>,
    field: usize,
    at: Option<RecordAt>,
    shown: Option<bool>,
    hidden: &mut Vec<String>,
) {
    let program = evaluation.program;
    let path = program.field_path(field, at);
    if shown != Some(true) {
        hidden.push(path.into_owned());
        return;
    }
    let (Kind::Choice(options) | Kind::Set(options)) = &program.fields[field].kind else {
        return;
    };
    for option in options {
        if !matches!(
            evaluation.condition(option.when.as_ref(), at),
            Ok(Some(true))
        ) {
            hidden.push(format!("{path}={}", option.id));
        }
    }
}
