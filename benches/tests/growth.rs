//! A generated form is sound and of the size asked for, up to 10,000 questions.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_benches::{Size, form};
use counterfoil_compiler::{Diagnostic, Severity, compile, definition, render};
use counterfoil_engine::{Answers, Context, Plan, evaluate_metered};

#[test]
fn generated_forms_are_sound() {
    let mut compiled = compile(&form(Size::of_fields(200)));
    // A note says what could not be proved, of which a form of this size has some.
    let graver = |found: &Diagnostic| found.severity > Severity::Note;
    compiled.diagnostics.retain(graver);
    let found = render::human(&compiled.diagnostics, &compiled.sources, false);
    assert_eq!(found, "");
    assert!(compiled.plan.is_some());
}

#[test]
fn they_are_read_at_every_size() {
    let reading = definition::read(&form(Size::of_fields(10_000)));
    assert!(reading.diagnostics.is_empty());
    let form = reading.definition.unwrap();
    let fields = form.pages.len() * 10;
    let rules: usize = form
        .decisions
        .iter()
        .map(|decision| decision.rules.len())
        .sum();
    let rows = form.tables.iter().map(|table| table.rows.len());
    assert_eq!((fields, rules), (10_000, 5_000));
    assert_eq!((form.tables.len(), rows.min()), (500, Some(50)));
}

#[test]
fn the_bound_on_the_work_of_an_evaluation_grows_as_the_form_does() {
    let bound = |fields| {
        let compiled = compile(&form(Size::of_fields(fields)));
        let plan = Plan::load(compiled.plan.unwrap()).unwrap();
        let context = Context::on("2026-06-01".parse().unwrap());
        let (_, work) = evaluate_metered(&plan, &Answers::default(), &context).unwrap();
        let most = plan.work().most;
        assert!(work <= most, "{work} {most}");
        // Nothing is answered, so that every decision follows all that it reads.
        assert!(most < 10 * work, "{work} {most}");
        most
    };
    let (small, large) = (bound(200), bound(800));
    assert!(large < 5 * small, "{small} {large}");
}
