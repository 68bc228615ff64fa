//! What a published plan and a report are made of.

use counterfoil_engine::words;
use counterfoil_semantics::Form;
use serde_json::Value;

/// A form whose every text says `Prose`, so that one can see where it ends up.
const FORM: &str = "
introduction: Prose of the introduction
parameters:
  rate:
    type: decimal
    label: Prose of a parameter
    value: 0.175
    source: Prose of a source
pages:
  - page: one
    title: Prose of a page
    fields:
      - field: rent
        type: money
        min: 0
        max: 1000
        label: Prose of a question
      - field: kind
        type: choice
        label: Prose of a choice
        options:
          a: Prose of an option
          b: More prose
checks:
  - check: high_enough
    at: rent
    require: rent > 10
    say: Prose of a check about {rent}
decisions:
  - decision: grant
    title: Prose of a decision
    rules:
      - rule: kind_a
        require: kind == \"a\"
        say: Prose of a rule
        source: Prose of its source
fees:
  - fee: charge
    label: Prose of a line
    amount: round(rent * rate, 0.01)
    decisions: []
";

/// Every number of a JSON text, as it is written.
fn numbers(json: &Value, found: &mut Vec<String>) {
    match json {
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        Value::Object(entries) => entries.values().for_each(|value| numbers(value, found)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[test]
fn plans_are_canonical_json_with_whole_numbers_below_two_to_the_53() {
    let text = Form::new(FORM).plan.published().to_json();
    let json: Value = serde_json::from_str(&text).expect("a plan is JSON");
    // serde_json keeps the keys of an object in code-point order, writes no white space, and escapes
    // nothing that RFC 8785 does not.
    assert_eq!(json.to_string(), text);
    let mut all = Vec::new();
    numbers(&json, &mut all);
    assert!(!all.is_empty());
    for number in all {
        let whole: i64 = number.parse().unwrap_or_else(|_| panic!("{number}"));
        assert!(whole.unsigned_abs() < 1 << 53, "{whole}");
    }
    assert!(text.contains(r#""0.175""#), "decimals are texts");
}

#[test]
fn the_id_names_the_content_and_texts_alone_leave_the_rules_as_they_are() {
    let form = Form::new(FORM);
    assert_eq!(
        form.plan.published().id(),
        Form::new(FORM).plan.published().id()
    );
    let part = |form: &Form, part: &str| form.plan.published().manifest.parts[part].clone();
    let reworded = Form::new(&FORM.replace("Prose of a question", "Other prose"));
    assert_ne!(form.plan.published().id(), reworded.plan.published().id());
    assert_ne!(part(&form, "texts/en"), part(&reworded, "texts/en"));
    assert_eq!(part(&form, "rules"), part(&reworded, "rules"));
    let changed = Form::new(&FORM.replace("rent > 10", "rent > 11"));
    assert_ne!(part(&form, "rules"), part(&changed, "rules"));
    // The same answers come to the same under other words, but for the plan that is named.
    let answers = r#"{"rent": "99.99", "kind": "b"}"#;
    let without_plan = |form: &Form| {
        let report = form.report(answers).to_json();
        report.replace(&form.plan.published().id(), "")
    };
    assert_eq!(without_plan(&form), without_plan(&reworded));
}

#[test]
fn a_report_holds_no_prose_and_its_words_are_made_from_the_texts() {
    let form = Form::new(FORM);
    let report = form.report(r#"{"rent": 5, "kind": "b"}"#);
    let json = report.to_json();
    assert!(!json.to_lowercase().contains("prose"), "{json}");
    let words = words(&form.plan, "en", &report);
    assert_eq!(words.errors[0].message, "Prose of a check about €5.00");
    let said = serde_json::to_string(&words).expect("words are JSON");
    for text in ["Prose of a rule", "Prose of its source", "Prose of a line"] {
        assert!(said.contains(text), "{text}: {said}");
    }
}

#[test]
fn reports_have_their_keys_in_a_fixed_order_and_equal_inputs_give_equal_bytes() {
    let form = Form::new(FORM);
    let report = form.report(r#"{"rent": 50, "kind": "a"}"#).to_json();
    let other = form.report(r#"{ "kind": "a", "rent": "50.00" }"#).to_json();
    assert_eq!(report, other);
    let mut last = 0;
    for key in [
        "form",
        "plan",
        "semantics",
        "as_of",
        "status",
        "errors",
        "missing",
        "ignored",
        "answers",
        "values",
        "decisions",
        "fees",
    ] {
        let place = report.find(&format!("\"{key}\":"));
        let place = place.unwrap_or_else(|| panic!("{key}: {report}"));
        assert!(place >= last, "{key}: {report}");
        last = place;
    }
}
