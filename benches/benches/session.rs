//! What one changed answer costs in a session, beside a whole evaluation: `cargo bench -p counterfoil-benches
//! --bench session`. Only the ratios of one run mean something.

use std::path::Path;

use counterfoil_benches::{Size, answers, form};
use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, Session, answers::Data, evaluate, hidden};

fn main() {
    divan::main();
}

/// A form with answers, and a question with two answers that are given in turn.
struct Case {
    plan: Plan,
    answers: Answers,
    context: Context,
    path: &'static str,
    pair: [Data; 2],
}

const CASES: [&str; 4] = [
    "generated: number",
    "generated: condition",
    "permit: value of the works",
    "permit: description",
];

fn case(name: &str) -> Case {
    let (files, answers) = if name.starts_with("permit") {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms/building-permit");
        let example = std::fs::read_to_string(folder.join("example.json")).unwrap_or_default();
        (Files::on_disk(&folder).unwrap_or_default(), example)
    } else {
        let size = Size::of_fields(1_000);
        (form(size), answers(size))
    };
    let number = |text: &str| Data::number(text.to_owned());
    let text = |text: &str| Data::text(text.to_owned());
    let (path, pair) = match name {
        "generated: number" => ("f_503", [number("7"), number("8")]),
        "generated: condition" => ("f_500", [Data::Bool(false), Data::Bool(true)]),
        "permit: value of the works" => ("works_declared_value", [number("7"), number("725500.5")]),
        _ => ("project_description", [text("A shed"), text("A garage")]),
    };
    let plan = compile(&files).plan.map(Plan::load);
    Case {
        plan: plan.expect("the form is sound").expect("the plan loads"),
        answers: Answers::from_json(&answers).expect("the answers are read"),
        context: Context::on("2026-06-01".parse().expect("a day")),
        path,
        pair,
    }
}

/// Answers to report.
#[divan::bench(args = CASES)]
fn whole(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    bencher.bench_local(|| evaluate(&case.plan, &case.answers, &case.context));
}

/// Answers to report, and what is hidden, as a page needs them.
#[divan::bench(args = CASES)]
fn whole_with_hidden(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    bencher.bench_local(|| {
        let report = evaluate(&case.plan, &case.answers, &case.context);
        (report, hidden(&case.plan, &case.answers, &case.context))
    });
}

/// One answer to the report that has been brought up to date, and what differs in it.
#[divan::bench(args = CASES)]
fn change(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let mut session = Session::new(&case.plan, case.answers.clone(), &case.context)
        .expect("the form is in force");
    let mut turn = case.pair.iter().cycle();
    bencher.bench_local(|| {
        let answer = turn.next().cloned().unwrap_or(Data::Null);
        session.set(case.path, answer).expect("a path");
        (session.report().status, session.changed())
    });
}

/// All answers anew of which one differs, as a page hands them over.
#[divan::bench(args = CASES)]
fn replacement(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let mut session = Session::new(&case.plan, case.answers.clone(), &case.context)
        .expect("the form is in force");
    let place = case.answers.0.iter().position(|(key, _)| key == case.path);
    let others = case.pair.clone().map(|answer| {
        let mut answers = case.answers.clone();
        answers.0[place.expect("the question is answered")].1 = answer;
        answers
    });
    let mut turn = others.iter().cycle();
    bencher
        .with_inputs(|| turn.next().cloned().unwrap_or_default())
        .bench_local_values(|answers| {
            session.replace(answers);
            (session.report().status, session.changed())
        });
}

/// A session begun.
#[divan::bench(args = CASES)]
fn start(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    bencher
        .with_inputs(|| case.answers.clone())
        .bench_local_values(|answers| {
            Session::new(&case.plan, answers, &case.context).map(|mut session| session.changed())
        });
}

/// The report as text.
#[divan::bench(args = CASES)]
fn text(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let report = evaluate(&case.plan, &case.answers, &case.context).expect("the form is in force");
    bencher.bench_local(|| report.to_json());
}
