//! What people type: lines of `name=text`, as a page posts them. There are answers and a report, in
//! languages with other marks in their numbers too.
#![no_main]

use std::sync::LazyLock;

use counterfoil_engine::{Answers, Context, Plan, evaluate, input};
use libfuzzer_sys::fuzz_target;

#[path = "sample.rs"]
mod sample;

static PLAN: LazyLock<Plan> = LazyLock::new(sample::plan);

fuzz_target!(|text: &str| {
    let pairs: Vec<(String, String)> = text
        .split('\n')
        .filter_map(|line| line.split_once('='))
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    let context = Context::on("2026-06-01".parse().expect("a day"));
    let answers = input::from_text(&PLAN, "en", &pairs);
    let report = evaluate(&PLAN, &answers, &context).expect("the form is in force");
    let again = Answers::from_json(&answers.to_json()).expect("answers read back");
    let again = evaluate(&PLAN, &again, &context).expect("the form is in force");
    assert_eq!(again.to_json(), report.to_json());
});
