//! How the cost of an evaluation grows with the form, with the records of a list and with the rows of a table:
//! `cargo bench -p counterfoil-benches --bench growth`. Text in, whole report out. Only the ratios of one run
//! mean something.

use counterfoil_benches::{Size, answers, form, growth};
use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{AnswersOf, Context, Plan, evaluate_borrowed};

fn main() {
    divan::main();
}

fn plan(files: &Files) -> Plan {
    let plan = compile(files).plan.expect("the form is sound");
    Plan::load(plan).expect("the plan loads")
}

fn evaluation(bencher: divan::Bencher<'_, '_>, plan: &Plan, answers: &str) {
    let context = Context::on("2026-06-01".parse().expect("a day"));
    let report = || {
        let answers = AnswersOf::borrow_json(answers).ok()?;
        let report = evaluate_borrowed(plan, &answers, &context).ok()?;
        Some(report.to_json().len())
    };
    assert!(report().is_some());
    bencher.bench_local(report);
}

/// Fields, with half as many rules and a table for every twenty.
#[divan::bench(args = [100, 1_000, 10_000])]
fn fields(bencher: divan::Bencher<'_, '_>, fields: usize) {
    let size = Size::of_fields(fields);
    evaluation(bencher, &plan(&form(size)), &answers(size));
}

/// Records of a list.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn records(bencher: divan::Bencher<'_, '_>, records: usize) {
    let plan = plan(&growth::list(10_000));
    evaluation(bencher, &plan, &growth::list_answers(records));
}

/// Rows of a table, of which the last is found.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn rows(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let answers = format!(r#"{{"amount":{}}}"#, growth::MOST);
    evaluation(bencher, &plan(&growth::table(rows)), &answers);
}
