//! Field types of forms and of the library, through `compile` and `evaluate`.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod composites;
mod identifiers;
mod library;
mod own;

use counterfoil_compiler::{Compiled, Files, Severity, compile};
use counterfoil_engine::{Answers, Context, Plan, Report, evaluate};

const HEAD: &str = "\
form: sample
title: Sample
timezone: Europe/London
languages: [en]
";

/// A form that asks these fields, and has these further parts.
pub fn form(fields: &str, rest: &str) -> String {
    let fields = fields.replace('\n', "\n      ");
    format!(
        "{HEAD}pages:\n  - page: only\n    title: Only\n    fields:\n      {}\n{rest}",
        fields.trim_end()
    )
}

/// A form's files: `form.yaml` with that text.
pub fn compiled(text: &str) -> Compiled {
    compile(&Files::in_memory([("form.yaml", text)]))
}

/// The plan of a form, in which nothing was found but what could not be proved.
pub fn plan(text: &str) -> Plan {
    plan_of(compiled(text))
}

/// The plan of what was compiled.
pub fn plan_of(compiled: Compiled) -> Plan {
    let mut found = compiled.diagnostics.iter();
    assert!(
        found.all(|found| found.severity == Severity::Note),
        "{:#?}",
        compiled.diagnostics
    );
    Plan::load(compiled.plan.unwrap()).unwrap()
}

/// Findings as `CF0144 99`: the code and what is written at the place.
pub fn findings(text: &str) -> Vec<String> {
    let compiled = compiled(text);
    let found = compiled.diagnostics.iter();
    let found = found.filter(|found| found.severity > Severity::Note);
    let found = found.map(|found| {
        let place = compiled.sources.slice(found.span);
        let line = place.lines().next().unwrap_or_default();
        format!("{} {line}", found.code.id)
    });
    found.collect()
}

/// The report on some answers.
pub fn report(plan: &Plan, answers: &serde_json::Value) -> Report {
    let answers = Answers::from_json(&answers.to_string()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    evaluate(plan, &answers, &context).unwrap()
}

/// The errors of a report, as `iban pattern`.
pub fn errors(report: &Report) -> Vec<String> {
    let errors = report.errors.iter();
    errors.map(|e| format!("{} {}", e.path, e.code)).collect()
}
