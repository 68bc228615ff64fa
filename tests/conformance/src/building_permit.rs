//! The reference workload's words for a report of `forms/building-permit`.

use counterfoil_engine::{
    Report,
    answers::DataOf,
    plan::{PageContent, Rules},
    report::{ReportError, Verdict},
};
use serde::Serialize;

/// The workload's result; keys in this order.
#[derive(Serialize)]
struct ResultLine {
    valid: bool,
    errors: Vec<(String, String)>,
    eligible: bool,
    reasons: Vec<String>,
    fee_cents: Option<i64>,
    lines: Vec<(String, i64)>,
}

/// Writes a report as the workload's result line.
///
/// # Panics
/// Where the report holds an amount that is no amount; the engine writes none.
pub fn result_line(rules: &Rules, report: &Report) -> String {
    let errors = errors_in_field_order(rules, report);
    let valid = errors.is_empty();
    let permit = &report.decisions[0];
    let eligible = valid && permit.verdict == Verdict::Eligible;
    let failed = permit.rules.iter().filter(|rule| rule.holds == Some(false));
    let fees = report.fees.as_ref().filter(|_| eligible);
    let line = ResultLine {
        errors,
        valid,
        eligible,
        reasons: if valid {
            failed.map(|rule| rule.rule.to_uppercase()).collect()
        } else {
            Vec::new()
        },
        fee_cents: fees.and_then(|fees| fees.total.as_deref()).map(cents),
        lines: fees
            .into_iter()
            .flat_map(|fees| &fees.lines)
            .filter_map(|line| Some((line.id.to_uppercase(), cents(line.amount.as_deref()?))))
            .collect(),
    };
    serde_json::to_string(&line).expect("texts and numbers always serialise")
}

/// Errors and missing answers together: for the workload, an unanswered question is an error.
fn errors_in_field_order(rules: &Rules, report: &Report) -> Vec<(String, String)> {
    let missing = report
        .missing
        .iter()
        .map(|path| (path.to_string(), "required".to_owned()));
    let wrong = report
        .errors
        .iter()
        .map(|error| (error.path.to_string(), code(error)));
    let mut all: Vec<_> = missing.chain(wrong).collect();
    let names = names_in_field_order(rules);
    all.sort_by_key(|(path, _)| place(&names, path));
    all
}

fn code(error: &ReportError) -> String {
    match (&*error.code, error.params.get("check")) {
        ("option", _) => "enum",
        ("format", _) => "email",
        ("check", Some(DataOf::Text(check))) => check,
        (code, _) => code,
    }
    .to_owned()
}

/// Fields, groups and, as `group.field`, the fields of groups.
pub fn names_in_field_order(rules: &Rules) -> Vec<String> {
    let mut names = Vec::new();
    for page in &rules.pages {
        match &page.content {
            PageContent::Fields(fields) => {
                names.extend(fields.iter().map(|field| field.field.clone()));
            }
            PageContent::Group(group) => {
                names.push(group.group.clone());
                let fields = group.fields.iter();
                names.extend(fields.map(|field| format!("{}.{}", group.group, field.field)));
            }
        }
    }
    names
}

/// Where a path such as `structures[1].value` stands: by group, then record, then field.
fn place(names: &[String], path: &str) -> (usize, Option<usize>, usize) {
    let of = |name: &str| names.iter().position(|n| n == name).unwrap_or(names.len());
    let record_and_field = path
        .split_once('[')
        .and_then(|(group, rest)| Some((group, rest.split_once("].")?)));
    match record_and_field {
        Some((group, (record, field))) => {
            let field = of(&format!("{group}.{field}"));
            (of(group), record.parse().ok(), field)
        }
        None => (of(path), None, 0),
    }
}

fn cents(amount: &str) -> i64 {
    amount
        .replace('.', "")
        .parse()
        .expect("the engine writes amounts with the currency's digits")
}
