//! What fuzzing has collected, and whatever it ever broke: compiling it ends, and without a panic.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::path::Path;

use counterfoil_compiler::{
    Files, Severity, SourceMap, compile, expression::Parser, form_tests, render, source::Text,
};
use counterfoil_engine::Plan;

/// The files of a form within an input of the target `form`, in this order.
const NAMES: &[&str] = &[
    "form.yaml",
    "tables/table.csv",
    "locales/cy.yaml",
    "tests.yaml",
];

/// The inputs of a target.
fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus");
    let entries = std::fs::read_dir(folder.join(target)).unwrap();
    let inputs: Vec<_> = entries
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert!(inputs.len() > 50, "{target}: {}", inputs.len());
    inputs
}

#[test]
fn forms() {
    for input in inputs("form") {
        let mut parts = Vec::new();
        let mut rest = input.as_slice();
        while let Some(end) = rest.windows(7).position(|window| window == b"\n=====\n") {
            parts.push(&rest[..end]);
            rest = &rest[end + 7..];
        }
        parts.push(rest);
        let files = Files::in_memory(NAMES.iter().copied().zip(parts));
        let compiled = compile(&files);
        render::human(&compiled.diagnostics, &compiled.sources, true);
        render::github(&compiled.diagnostics, &compiled.sources);
        let errors = compiled
            .diagnostics
            .iter()
            .any(|found| found.severity == Severity::Error);
        assert_eq!(compiled.plan.is_none(), errors);
        if let Some(plan) = compiled.plan {
            form_tests::run(&files, &Plan::load(plan).unwrap());
        }
    }
}

#[test]
fn expressions() {
    for input in inputs("expression") {
        let source = String::from_utf8_lossy(&input).into_owned();
        let mut sources = SourceMap::default();
        let file = sources.add("form.yaml", source.as_str());
        let mut found = Vec::new();
        Parser::new().parse(&Text::verbatim(file, 0, source.as_str()), &mut found);
        render::human(&found, &sources, true);
    }
}
