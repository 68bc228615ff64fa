//! What is written by hand for comparison gives the published results: no one may be timed that does not.

use std::path::Path;

use counterfoil_benches::permit;
use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, evaluate};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Vector<'a> {
    #[serde(borrow, rename = "in")]
    submission: &'a RawValue,
    #[serde(borrow, rename = "out")]
    result: &'a RawValue,
}

fn cases() -> String {
    let file = "../tests/conformance/building-permit/vectors.ndjson";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(file).expect("the cases are there")
}

#[test]
fn the_program_written_by_hand_gives_the_published_results() {
    let mut cases_held = 0;
    for line in cases().lines() {
        let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
        let found = permit::line(vector.submission.get());
        assert_eq!(found.as_deref(), Some(vector.result.get()), "{line}");
        cases_held += 1;
    }
    assert_eq!(cases_held, 200);
}

#[test]
fn the_report_written_by_hand_is_the_engines_to_the_byte() {
    const DAY: &str = "2026-06-01";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms/building-permit");
    let files = Files::on_disk(&folder).expect("the form is there");
    let plan = compile(&files).plan.expect("the form is sound");
    let plan = Plan::load(plan).expect("the plan loads");
    let context = Context::on(DAY.parse().expect("a day"));
    let mut cases_held = 0;
    for line in cases().lines() {
        let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
        let submission = vector.submission.get();
        let answers = Answers::from_json(submission).expect("answers");
        let report = evaluate(&plan, &answers, &context).expect("the form is in force");
        let found = permit::report(submission, plan.id(), DAY);
        assert_eq!(found, Some(report.to_json()), "{line}");
        cases_held += 1;
    }
    assert_eq!(cases_held, 200);
}
