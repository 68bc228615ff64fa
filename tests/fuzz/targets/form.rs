//! The files of a form: compiling them, running their tests and showing what was found always ends well.
#![no_main]

use counterfoil_compiler::{Files, Severity, compile, form_tests, render};
use counterfoil_engine::Plan;
use libfuzzer_sys::fuzz_target;

/// Separates the files within an input, in this order.
const SEPARATOR: &[u8] = b"\n=====\n";
const NAMES: &[&str] = &[
    "form.yaml",
    "tables/table.csv",
    "locales/cy.yaml",
    "tests.yaml",
];

fuzz_target!(|input: &[u8]| {
    let mut files = Vec::new();
    let mut rest = input;
    for name in NAMES {
        let end = rest
            .windows(SEPARATOR.len())
            .position(|window| window == SEPARATOR);
        let (file, behind) = match end {
            Some(end) => (&rest[..end], &rest[end + SEPARATOR.len()..]),
            None => (rest, &[][..]),
        };
        files.push((*name, file.to_vec()));
        rest = behind;
        if end.is_none() {
            break;
        }
    }
    let files = Files::in_memory(files);
    let compiled = compile(&files);
    render::human(&compiled.diagnostics, &compiled.sources, true);
    render::json(&compiled.diagnostics, &compiled.sources);
    render::github(&compiled.diagnostics, &compiled.sources);
    let errors = compiled
        .diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error);
    assert_eq!(compiled.plan.is_none(), errors);
    if let Some(published) = compiled.plan {
        let plan = Plan::load(published).expect("a plan of the compiler loads");
        let run = form_tests::run(&files, &plan);
        render::human(&run.diagnostics, &run.sources, false);
    }
});
