//! Answers as JSON: whatever they are, there is a report, which reads back as it was written, and what
//! a complete report keeps of them gives the same report again.
#![no_main]

use std::sync::LazyLock;

use counterfoil_engine::{Answers, Context, Plan, Report, evaluate, report::Status, words};
use libfuzzer_sys::fuzz_target;

#[path = "sample.rs"]
mod sample;

static PLAN: LazyLock<Plan> = LazyLock::new(sample::plan);

fuzz_target!(|input: &str| {
    let Ok(answers) = Answers::from_json(input) else {
        return;
    };
    let context = Context::on("2026-06-01".parse().expect("a day"));
    let report = evaluate(&PLAN, &answers, &context).expect("the form is in force");
    let text = report.to_json();
    let read = Report::from_json(&text).expect("a report reads back");
    assert_eq!(read.to_json(), text);
    words(&PLAN, "en", &report).to_json();
    if report.status == Status::Complete {
        let kept = serde_json::to_string(&report.answers).expect("answers are written");
        let kept = Answers::from_json(&kept).expect("they read back");
        let mut again = evaluate(&PLAN, &kept, &context).expect("the form is in force");
        again.ignored.clone_from(&report.ignored);
        assert_eq!(again.to_json(), text);
    }
});
