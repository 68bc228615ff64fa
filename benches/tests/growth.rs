//! A generated form is sound and of the size asked for, up to 10,000 questions.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_benches::{
    Size, answers, form,
    growth::{self, list, list_answers, table},
};
use counterfoil_compiler::{Diagnostic, Files, Severity, compile, definition, render};
use counterfoil_engine::{Answers, Context, Plan, evaluate_metered};

fn plan(files: &Files) -> Plan {
    let compiled = compile(files);
    let found = render::human(&compiled.diagnostics, &compiled.sources, false);
    Plan::load(compiled.plan.expect(&found)).unwrap()
}

/// The work of evaluating answers in which nothing is missing.
fn work(plan: &Plan, answers: &str) -> u64 {
    let answers = Answers::from_json(answers).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let (report, work) = evaluate_metered(plan, &answers, &context).unwrap();
    assert!(report.missing.is_empty());
    work
}

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

#[test]
fn the_work_grows_in_proportion_to_the_fields() {
    let of = |fields| {
        let size = Size::of_fields(fields);
        work(&plan(&form(size)), &answers(size))
    };
    let (small, large) = (of(200), of(800));
    // Four times as much, give or take what does not divide evenly among pages and tables.
    assert!(large < 5 * small && large > 3 * small, "{small} {large}");
}

#[test]
fn the_work_grows_by_the_same_amount_with_every_record() {
    let plan = plan(&list(10_000));
    // Every twelfth record is like the first.
    let of = |dozens: usize| work(&plan, &list_answers(12 * dozens));
    let (one, two) = (of(1), of(2));
    let dozen = two - one;
    for dozens in [10, 100, 800] {
        let found = of(dozens);
        assert_eq!(found, one + (dozens as u64 - 1) * dozen);
    }
}

#[test]
fn a_look_up_looks_at_a_few_rows_however_many_there_are() {
    const ROWS: [usize; 3] = [10, 100, 1_000];
    for rows in ROWS {
        let plan = plan(&table(rows));
        let of = |amount| work(&plan, &format!(r#"{{"amount":{amount}}}"#));
        for amount in [0, growth::MOST / 2, growth::MOST] {
            let steps = of(amount);
            assert!(steps < 14, "{steps} {rows}");
        }
    }
}
