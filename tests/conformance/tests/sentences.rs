//! What people read about checks and rules of the sample forms, decided or not.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_conformance::native::published_plan;
use counterfoil_engine::{Answers, Context, Plan, date::Day, evaluate, explain, words};

fn context() -> Context {
    Context::on(Day::from_ymd(2026, 6, 1).unwrap())
}

fn plan(form: &str) -> Plan {
    Plan::from_json(&published_plan(form).unwrap()).unwrap()
}

fn explained(plan: &Plan, answers: &str, node: &str) -> String {
    let answers = Answers::from_json(answers).unwrap();
    explain(plan, "en", &answers, &context(), node)
        .unwrap()
        .text
}

#[test]
fn a_rule_that_is_not_decided_shows_no_placeholder() {
    let plan = plan("street-party");
    let report = evaluate(&plan, &Answers::default(), &context()).unwrap();
    let closure = words(&plan, "en", &report).decisions.remove(0);
    assert_eq!(
        closure.rules[0].message,
        "At most 500 metres may be closed in all, and you ask for …"
    );
}

#[test]
fn a_check_is_explained_in_the_words_of_its_message() {
    let plan = plan("building-permit");
    let structures = r#""structures": [{"value": 1250000.5}]"#;
    let broken = format!(r#"{{{structures}, "works_declared_value": 5}}"#);
    assert_eq!(
        explained(&plan, &broken, "checks.sum"),
        "The declared value must be the sum of the values of the structures, which is €1,250,000.50: not met"
    );
    let kept = format!(r#"{{{structures}, "works_declared_value": 1250000.50}}"#);
    assert!(explained(&plan, &kept, "checks.sum").contains("which is €1,250,000.50:"));
    let open = explained(&plan, "{}", "checks.sum");
    assert!(open.contains("which is …:"), "{open}");
}
