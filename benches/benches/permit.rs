//! The building permit: the engine beside the same rules written by hand. `cargo bench -p
//! counterfoil-benches --bench permit`. Each figure is for the 200 published submissions; only ratios of
//! one run mean something.

use std::path::Path;

use counterfoil_benches::permit::{self, Submission};
use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{AnswersOf, Context, Plan, evaluate_borrowed};
use serde::Deserialize;
use serde_json::value::RawValue;

fn main() {
    divan::main();
}

#[derive(Deserialize)]
struct Vector<'a> {
    #[serde(borrow, rename = "in")]
    submission: &'a RawValue,
}

fn submissions() -> Vec<String> {
    let file = "../tests/conformance/building-permit/vectors.ndjson";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(file).expect("the cases are there");
    text.lines()
        .map(|line| {
            let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
            vector.submission.get().to_owned()
        })
        .collect()
}

fn published() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms/building-permit");
    let files = Files::on_disk(&folder).expect("the form is there");
    compile(&files).plan.expect("the form is sound").to_json()
}

/// The day of evaluation.
const DAY: &str = "2026-06-01";

fn context() -> Context {
    Context::on(DAY.parse().expect("a day"))
}

/// By hand: text in, short result line out.
#[divan::bench]
fn text_by_hand(bencher: divan::Bencher<'_, '_>) {
    let submissions = submissions();
    bencher.bench_local(|| {
        submissions
            .iter()
            .map(|text| permit::line(text).map_or(0, |line| line.len()))
            .sum::<usize>()
    });
}

/// By hand: text in, whole report out.
#[divan::bench]
fn report_by_hand(bencher: divan::Bencher<'_, '_>) {
    let submissions = submissions();
    let plan = Plan::from_json(&published()).expect("the plan loads");
    bencher.bench_local(|| {
        submissions
            .iter()
            .map(|text| permit::report(text, plan.id(), DAY).map_or(0, |report| report.len()))
            .sum::<usize>()
    });
}

/// The engine: text in, whole report out.
#[divan::bench]
fn text_by_engine(bencher: divan::Bencher<'_, '_>) {
    let (submissions, context) = (submissions(), context());
    let plan = Plan::from_json(&published()).expect("the plan loads");
    bencher.bench_local(|| {
        submissions
            .iter()
            .filter_map(|text| {
                let answers = AnswersOf::borrow_json(text).ok()?;
                let report = evaluate_borrowed(&plan, &answers, &context).ok()?;
                Some(report.to_json().len())
            })
            .sum::<usize>()
    });
}

/// By hand: submission in, result out.
#[divan::bench]
fn evaluation_by_hand(bencher: divan::Bencher<'_, '_>) {
    let texts = submissions();
    let read = |text: &String| serde_json::from_str::<Submission<'_>>(text).ok().map(drop);
    assert!(texts.iter().all(|text| read(text).is_some()));
    let submissions: Vec<Submission<'_>> = texts
        .iter()
        .filter_map(|text| serde_json::from_str(text).ok())
        .collect();
    bencher.bench_local(|| {
        let results = submissions.iter().map(permit::evaluate);
        results.map(divan::black_box).count()
    });
}

/// The engine: answers in, report out.
#[divan::bench]
fn evaluation_by_engine(bencher: divan::Bencher<'_, '_>) {
    let context = context();
    let plan = Plan::from_json(&published()).expect("the plan loads");
    let submissions = submissions();
    let answers: Vec<AnswersOf<'_>> = submissions
        .iter()
        .filter_map(|text| AnswersOf::borrow_json(text).ok())
        .collect();
    bencher.bench_local(|| {
        let reports = answers
            .iter()
            .map(|answers| evaluate_borrowed(&plan, answers, &context));
        reports.map(divan::black_box).count()
    });
}

/// The published plan, from text to ready.
#[divan::bench]
fn load_the_plan(bencher: divan::Bencher<'_, '_>) {
    let published = published();
    bencher.bench_local(|| Plan::from_json(&published));
}
