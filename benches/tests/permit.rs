//! What is written by hand for comparison gives the published results: no one may be timed that does not.

use std::{collections::BTreeMap, path::Path};

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

/// What an evaluation gives on a day.
struct Engine {
    plan: Plan,
    context: Context,
}

impl Engine {
    const DAY: &str = "2026-06-01";

    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms/building-permit");
        let files = Files::on_disk(&folder).expect("the form is there");
        let plan = compile(&files).plan.expect("the form is sound");
        Self {
            plan: Plan::load(plan).expect("the plan loads"),
            context: Context::on(Self::DAY.parse().expect("a day")),
        }
    }

    fn assert_equal(&self, submission: &str) {
        let answers = Answers::from_json(submission).expect("answers");
        let report = evaluate(&self.plan, &answers, &self.context).expect("the form is in force");
        let found = permit::report(submission, self.plan.id(), Self::DAY);
        assert_eq!(found, Some(report.to_json()), "{submission}");
    }
}

#[test]
fn the_report_written_by_hand_is_the_engines_to_the_byte() {
    let engine = Engine::new();
    let mut cases_held = 0;
    for line in cases().lines() {
        let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
        engine.assert_equal(vector.submission.get());
        cases_held += 1;
    }
    assert_eq!(cases_held, 200);
}

#[test]
fn it_is_so_with_any_answer_left_out() {
    let engine = Engine::new();
    for line in cases().lines() {
        let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
        let answers: BTreeMap<&str, &RawValue> =
            serde_json::from_str(vector.submission.get()).expect("answers");
        for key in answers.keys() {
            let mut rest = answers.clone();
            rest.remove(key);
            engine.assert_equal(&serde_json::to_string(&rest).expect("JSON"));
        }
    }
}
