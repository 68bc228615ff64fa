//! A change in a session does what hangs on the answer, however large the form: counted, not timed.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_benches::{Size, answers, form};
use counterfoil_compiler::compile;
use counterfoil_engine::{Answers, Context, Plan, Session, answers::Data, evaluate_metered};

#[test]
fn one_answer_of_a_thousand_takes_at_most_a_tenth_of_an_evaluation() {
    let size = Size::of_fields(1_000);
    let plan = Plan::load(compile(&form(size)).plan.unwrap()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    for start in [answers(size), "{}".to_owned()] {
        let start = Answers::from_json(&start).unwrap();
        let (_, whole) = evaluate_metered(&plan, &start, &context).unwrap();
        let mut session = Session::new(&plan, start, &context).unwrap();
        let mut parts = Vec::new();
        for field in 0..size.fields {
            let answer = match field % 10 {
                0 => Data::Bool(false),
                1 => Data::text("b"),
                2 => Data::text("another"),
                _ => Data::number("900"),
            };
            let before = session.work();
            session.set(&format!("f_{field}"), answer).unwrap();
            session.report();
            parts.push(session.work() - before);
            if field % 100 == 3 {
                let (report, _) = evaluate_metered(&plan, session.answers(), &context).unwrap();
                assert_eq!(report.to_json(), session.report().to_json());
            }
        }
        let most = parts.iter().max().unwrap();
        eprintln!(
            "whole {whole} most {most} mean {}",
            parts.iter().sum::<u64>() / 1000
        );
        assert!(10 * most <= whole, "{most} of {whole}");
    }
}
