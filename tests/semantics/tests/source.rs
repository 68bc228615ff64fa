//! What YAML says is what stands there, and which names may meet.

use counterfoil_compiler::{Files, compile};
use counterfoil_semantics::{Form, errors, findings, value};

#[test]
fn every_scalar_is_the_text_that_stands_there() {
    let form = Form::new(
        "
parameters:
  code:
    type: text
    value: 007
  rate:
    type: decimal
    value: 0.10
pages:
  - page: one
    title: No
    fields:
      - field: reply
        type: choice
        label: 12.50
        options:
          yes: On
          no: Off
          1e3: 1_000
values:
  zeros: code == \"007\"
  tenth: rate + rate + rate
  refused: reply == \"no\"
  odd: reply == \"1e3\"
",
    );
    let report = form.report(r#"{"reply": "no"}"#);
    assert_eq!(errors(&report), []);
    assert_eq!(value(&report, "zeros"), "true");
    assert_eq!(value(&report, "tenth"), r#""0.3""#);
    assert_eq!(value(&report, "refused"), "true");
    assert_eq!(value(&form.report(r#"{"reply": "1e3"}"#), "odd"), "true");
    // Neither a boolean nor a number of JSON is an option.
    for reply in ["false", "1000"] {
        let report = form.report(&format!(r#"{{"reply": {reply}}}"#));
        assert_eq!(errors(&report), [("reply", "type")], "{reply}");
    }
    let texts = &form.plan.published().texts["en"].texts;
    assert_eq!(texts["field.reply.label"], "12.50");
    assert_eq!(texts["field.reply.option.no"], "Off");
    assert_eq!(texts["field.reply.option.1e3"], "1_000");
}

/// One declaration of each kind with the name `x`, in the order in which a form may have them.
const SHARED: &[(&str, &str)] = &[
    (
        "field",
        "pages:
  - page: one
    title: One
    fields:
      - field: x
        type: boolean
        label: X
",
    ),
    (
        "group",
        "pages:
  - page: one
    title: One
    group: x
    max: 3
    fields:
      - field: inner
        type: boolean
        label: Inner
",
    ),
    ("value", "values:\n  x: 1 + 1\n"),
    (
        "parameter",
        "parameters:\n  x:\n    type: integer\n    value: 1\n",
    ),
    (
        "table",
        "tables:
  x:
    inputs:
      n:
        type: integer
        min: 0
        max: 9
    outputs:
      m: integer
    rows:
      - n: \"-\"
        m: 1
",
    ),
    (
        "function",
        "functions:
  - function: x
    arguments:
      n:
        type: integer
        min: 0
        max: 9
    expr: n + 1
",
    ),
    ("fact", "facts:\n  x:\n    type: boolean\n    label: X\n"),
];

const ASKED: &str = "pages:
  - page: asked
    title: Asked
    fields:
      - field: asked
        type: boolean
        label: Asked
";

/// A page of one kind of declaration and one of another, under one `pages`.
fn together(a: &str, b: &str) -> String {
    let both = format!("{a}{b}");
    match both.matches("pages:\n").count() {
        0 => format!("{ASKED}{both}"),
        1 => both,
        _ => format!("{a}{}", b.replacen("pages:\n", "", 1)).replacen("page: one", "page: two", 1),
    }
}

#[test]
fn what_a_rule_can_speak_of_shares_one_namespace() {
    for (index, (one, a)) in SHARED.iter().enumerate() {
        for (other, b) in &SHARED[index + 1..] {
            let found = findings(&together(a, b));
            let taken = found.iter().filter(|code| *code == "CF0203").count();
            assert_eq!(taken, 1, "a {one} and a {other} of one name: {found:?}");
        }
    }
}

#[test]
fn pages_checks_decisions_rules_and_lines_have_names_of_their_own() {
    let form = Form::new(
        "
parameters:
  each:
    type: money
    value: 1
pages:
  - page: x
    title: X
    fields:
      - field: x
        type: integer
        min: 0
        max: 9
        label: X
checks:
  - check: x
    at: x
    require: x > 1
    say: X
decisions:
  - decision: x
    title: X
    rules:
      - rule: x
        require: x > 2
        say: X
fees:
  - fee: x
    label: X
    amount: x * each
entitlements:
  - entitlement: x
    label: X
    amount: x * each * 2
",
    );
    let report = form.report(r#"{"x": 5}"#);
    let fees = report.fees.as_ref().and_then(|fees| fees.total.as_deref());
    assert_eq!(fees, Some("5.00"));
    let entitled = report.entitlements.as_ref();
    assert_eq!(entitled.and_then(|sum| sum.total.as_deref()), Some("10.00"));
}

#[test]
fn a_plan_comes_out_of_a_form_without_errors_only() {
    let head = "form: sample\ntitle: A\ntimezone: Europe/Dublin\nlanguages: [en]\n";
    for (line, sound) in [
        ("values:\n  v: 1 + 1\n", true),
        ("values:\n  v: 1 +\n", false),
    ] {
        let text = format!("{head}{ASKED}{line}");
        let compiled = compile(&Files::in_memory([("form.yaml", text)]));
        assert_eq!(compiled.plan.is_some(), sound, "{line}");
    }
}
