//! Tables of expressions with their results.
//!
//! In a table whose first two headings are “Expression” and “Result”, each row is a rule on its own. In a
//! table all of whose headings are code, each heading that names a field, a fact or `as_of` is an answer,
//! and each other one an expression or a figure of the report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use counterfoil_compiler::Diagnostic;
use counterfoil_engine::{
    Report,
    answers::{Data, Entry},
    evaluate,
    plan::{PageContent, Rules},
};

use crate::{
    case::Case,
    markers::is_code,
    page::{Cell, Table},
    run::Outcome,
    shown::{Shown, data_of_text},
    source::Source,
};

/// What the value is called whose result is shown.
const NAME: &str = "shown_here";

/// Runs a table, if it is one of those.
pub fn run(form: &Source, shown: &Shown<'_>, table: &Table, outcome: &mut Outcome) {
    match table.header.as_slice() {
        [first, second, ..] if first.text == "Expression" && second.text == "Result" => {
            for row in &table.rows {
                if let [expression, result, ..] = row.as_slice() {
                    one(form, shown, expression, result, outcome);
                }
            }
        }
        header if header.len() > 1 && header.iter().all(|cell| cell.code) => {
            columns(form, shown, table, outcome);
        }
        _ => {}
    }
}

/// Compares a result with the one in a cell, or has it written.
fn compare(cell: &Cell, actual: &str, update: bool, outcome: &mut Outcome) {
    if cell.text == actual {
        return;
    }
    if update {
        let escaped = actual.replace('|', "\\|");
        outcome
            .edits
            .push((cell.range.clone(), format!("`{escaped}`")));
    } else {
        outcome.fail(
            cell.line,
            format!("this is `{actual}`, not `{}`", cell.text),
        );
    }
}

fn codes(diagnostics: &[Diagnostic]) -> String {
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code.id).collect();
    codes.join(", ")
}

fn compiled(form: &Source, files: &BTreeMap<String, Source>, expressions: &[&str]) -> Case {
    let values: Vec<(String, String)> = expressions
        .iter()
        .enumerate()
        .map(|(index, expression)| (format!("{NAME}_{index}"), (*expression).to_owned()))
        .collect();
    Case::compile(&form.clone().with_values(&values), files, false).into_part()
}

/// The files of a case but for its form and tests, whose results are not looked at here.
fn files(case: &Case) -> BTreeMap<String, Source> {
    let others = case
        .texts()
        .filter(|(name, _)| !matches!(*name, "form.yaml" | "tests.yaml"));
    others
        .map(|(name, text)| (name.to_owned(), Source::unseen(&text)))
        .collect()
}

fn one(form: &Source, shown: &Shown<'_>, expression: &Cell, result: &Cell, outcome: &mut Outcome) {
    let case = compiled(form, &files(shown.case), &[&expression.text]);
    let before: Vec<&str> = shown
        .case
        .diagnostics
        .iter()
        .map(|found| found.code.id)
        .collect();
    let expects_codes = result.text.split(", ").all(is_code);
    // What is proved of a whole form, such as that a condition of constants never changes, is looked at
    // where a row says so.
    let counts =
        |code: &str| !before.contains(&code) && (expects_codes || !code.starts_with("CF10"));
    let new: Vec<Diagnostic> = case
        .diagnostics
        .iter()
        .filter(|found| counts(found.code.id))
        .cloned()
        .collect();
    outcome
        .summary
        .codes
        .extend(new.iter().map(|found| found.code.id.to_owned()));
    if !new.is_empty() && (expects_codes || case.plan.is_some() || shown.update) {
        compare(result, &codes(&new), shown.update, outcome);
        return;
    }
    let Some(plan) = &case.plan else {
        outcome.fail(
            expression.line,
            format!("this is refused:\n{}", case.rendered()),
        );
        return;
    };
    let report = shown.given().and_then(|(answers, context)| {
        evaluate(plan, &answers, &context).map_err(|error| error.to_string())
    });
    match report {
        Ok(report) => compare(result, &value(&report, 0), shown.update, outcome),
        Err(message) => outcome.fail(expression.line, message),
    }
}

fn columns(form: &Source, shown: &Shown<'_>, table: &Table, outcome: &mut Outcome) {
    let Some(plain) = &shown.case.plan else {
        let line = table.header.first().map_or(0, |cell| cell.line);
        outcome.fail(
            line,
            "the form above has errors, so this is not worked out".to_owned(),
        );
        return;
    };
    let rules = plain.rules();
    let role = |cell: &Cell| {
        let is_figure = |kind: &str| cell.text.starts_with(kind);
        if cell.text == "as_of" || is_answer(rules, &cell.text) {
            Role::Answer
        } else if cell.text == "status"
            || ["fees.", "entitlements.", "decisions."]
                .into_iter()
                .any(is_figure)
        {
            Role::Figure
        } else {
            Role::Expression
        }
    };
    let roles: Vec<Role> = table.header.iter().map(role).collect();
    let expressions: Vec<&str> = (table.header.iter().zip(&roles))
        .filter(|(_, role)| **role == Role::Expression)
        .map(|(cell, _)| cell.text.as_str())
        .collect();
    let case = compiled(form, &files(shown.case), &expressions);
    let Some(plan) = &case.plan else {
        let line = table.header[0].line;
        outcome.fail(line, format!("this is refused:\n{}", case.rendered()));
        return;
    };
    for row in &table.rows {
        let given = shown.given().and_then(|(mut answers, mut context)| {
            for ((cell, header), role) in row.iter().zip(&table.header).zip(&roles) {
                if *role != Role::Answer {
                    continue;
                }
                if header.text == "as_of" {
                    context.as_of = cell.text.parse().map_err(|_| "that is no day".to_owned())?;
                    continue;
                }
                let is_fact = rules.facts.iter().any(|fact| fact.fact == header.text);
                let into = if is_fact {
                    &mut context.facts
                } else {
                    &mut answers.0
                };
                into.retain(|(name, _)| *name != header.text);
                if !cell.text.is_empty() {
                    into.push((header.text.clone().into(), data_of_text(&cell.text)?));
                }
            }
            evaluate(plan, &answers, &context).map_err(|error| error.to_string())
        });
        let report = match given {
            Ok(report) => report,
            Err(message) => {
                outcome.fail(row.first().map_or(1, |cell| cell.line), message);
                continue;
            }
        };
        let mut next = 0;
        for ((cell, header), role) in row.iter().zip(&table.header).zip(&roles) {
            let actual = match role {
                Role::Answer => continue,
                Role::Figure => figure(&report, &header.text),
                Role::Expression => {
                    next += 1;
                    value(&report, next - 1)
                }
            };
            compare(cell, &actual, shown.update, outcome);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Answer,
    Figure,
    Expression,
}

fn is_answer(rules: &Rules, name: &str) -> bool {
    let fields = rules.pages.iter().any(|page| match &page.content {
        PageContent::Fields(fields) => fields.iter().any(|field| field.field == name),
        PageContent::Group(group) => group.group == name,
    });
    fields || rules.facts.iter().any(|fact| fact.fact == name)
}

fn value(report: &Report, index: usize) -> String {
    let name = format!("{NAME}_{index}");
    match report.values.get(&name) {
        Some(data) => written(data),
        None if report
            .errors
            .iter()
            .any(|error| error.path == format!("values.{name}")) =>
        {
            "failed".to_owned()
        }
        None => "not determined".to_owned(),
    }
}

fn written(data: &Data) -> String {
    match data {
        Data::Null | Data::TooDeep => "blank".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Number(text) | Data::Text(text) => text.to_string(),
        Data::List(items) => items.iter().map(written).collect::<Vec<_>>().join(", "),
        Data::Record(entries) => {
            let entry = |(key, value): &Entry<'static>| format!("{key}: {}", written(value));
            entries.iter().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}

fn figure(report: &Report, path: &str) -> String {
    let open = || Cow::from("not determined");
    let (kind, id) = path.split_once('.').unwrap_or((path, ""));
    let name = |value: serde_json::Value| {
        value
            .as_str()
            .map_or_else(open, |name| name.to_owned().into())
    };
    match kind {
        "status" => name(serde_json::to_value(report.status).unwrap_or_default()).into_owned(),
        "decisions" => {
            let decision = report
                .decisions
                .iter()
                .find(|decision| decision.decision == id);
            let verdict = decision.map(|decision| serde_json::to_value(decision.verdict));
            name(verdict.and_then(Result::ok).unwrap_or_default()).into_owned()
        }
        _ => {
            let account = if kind == "fees" {
                &report.fees
            } else {
                &report.entitlements
            };
            let Some(account) = account else {
                return open().into_owned();
            };
            if id == "total" {
                return account.total.clone().unwrap_or_else(open).into_owned();
            }
            match account.lines.iter().find(|line| line.id == id) {
                Some(line) => line.amount.clone().unwrap_or_else(open).into_owned(),
                None => "does not apply".to_owned(),
            }
        }
    }
}
