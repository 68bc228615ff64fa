//! Functions of the form: against the same written out, and what is refused.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, evaluate, explain};
use proptest::prelude::*;

use crate::{BASE, findings};

/// A form in which `called` calls a function and `inlined` says the same without it.
fn twins(arguments: &str, body: &str, call: &str, inlined: &str) -> Plan {
    let text = format!(
        "{BASE}functions:
  - function: f
    label: Reduction
    arguments:
{arguments}    expr: |
{body}
values:
  called: {call}
  inlined: {inlined}
"
    );
    plan(&text)
}

fn plan(text: &str) -> Plan {
    let compiled = compile(&Files::in_memory([("form.yaml", text)]));
    let plan = compiled
        .plan
        .unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    Plan::from_json(&plan.to_json()).unwrap()
}

fn context() -> Context {
    Context::on("2026-06-01".parse().unwrap())
}

/// Pieces of bodies with what a call of them comes to when it is written out; `a` and `b` are numbers
/// from 0 to 1,000, `c` may be blank, `m` is money.
const BODIES: &[(&str, &str)] = &[
    ("      a + b", "(age + stalls0)"),
    (
        "      let d = a - b;\n      d * d",
        "((age - stalls0) * (age - stalls0))",
    ),
    (
        "      let d = max(a - b, 0);\n      let e = d + 1;\n      if d > 3 { e * 2 } else { e / 1 }",
        "(if max(age - stalls0, 0) > 3 { (max(age - stalls0, 0) + 1) * 2 } else { round((max(age - stalls0, 0) + 1) / 1, 1) })",
    ),
    (
        "      let share = a / (b + 1);\n      round(share * 3, 0.01)",
        "round(age / (stalls0 + 1) * 3, 0.01)",
    ),
    ("      (c ?? a) + limit", "((guests ?? age) + limit)"),
    (
        "      if answered(c) { c } else { b }",
        "(if answered(guests) { guests } else { stalls0 })",
    ),
    ("      sum(rooms.size) + a", "(sum(rooms.size) + age)"),
    (
        "      let n = count(rooms.size > a);\n      n + n",
        "(count(rooms.size > age) + count(rooms.size > age))",
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_call_is_the_same_written_out(
        body in 0..BODIES.len(),
        age in prop::option::of(0..120_i64),
        stalls in prop::option::of(1..200_i64),
        guests in prop::option::of(1..9_i64),
        sizes in prop::option::of(prop::collection::vec(prop::option::of(1..100_i64), 0..3)),
    ) {
        let (written, inlined) = BODIES[body];
        let written = written.replace("e / 1", "round(e / 1, 1)");
        let inlined = inlined.replace("stalls0", "(stalls ?? 0)");
        let plan = twins(
            "      a:\n        type: integer\n        min: 0\n        max: 1000\n      b:\n        type: integer\n        min: 0\n        max: 1000\n      c:\n        same_as: guests\n        optional: true\n",
            &written,
            "f(age, (stalls ?? 0), guests)",
            &inlined,
        );
        let mut parts = vec!["\"sells_food\": true".to_owned()];
        for (key, value) in [("age", age), ("stalls", stalls), ("guests", guests)] {
            parts.extend(value.map(|value| format!("\"{key}\": {value}")));
        }
        if let Some(sizes) = sizes {
            let rooms: Vec<_> = sizes
                .iter()
                .map(|size| size.map_or("{}".to_owned(), |size| format!("{{\"size\": {size}}}")))
                .collect();
            parts.push(format!("\"rooms\": [{}]", rooms.join(",")));
        }
        let answers = Answers::from_json(&format!("{{{}}}", parts.join(","))).unwrap();
        let report = evaluate(&plan, &answers, &context()).unwrap();
        prop_assert_eq!(report.values.get("called"), report.values.get("inlined"), "{}", written);
        let called = explain(&plan, "en", &answers, &context(), "values.called").unwrap();
        prop_assert!(called.to_text().contains("Reduction"));
    }
}

#[test]
fn calls_map_over_lists_and_functions_call_each_other() {
    let text = format!(
        "{BASE}functions:
  - function: outer
    arguments:
      length:
        same_as: streets.metres
    expr: inner(length) + 1
  - function: inner
    arguments:
      x:
        type: decimal
        scale: 1
        min: 0
        max: 5000
    expr: x * 2
values:
  total: sum(outer(streets.metres))
  long: any(inner(streets.metres) > 100)
"
    );
    let plan = plan(&text);
    let answers = Answers::from_json(r#"{"streets": [{"metres": 10.5}, {"metres": 60}]}"#).unwrap();
    let report = evaluate(&plan, &answers, &context()).unwrap();
    assert_eq!(report.values.get("total").unwrap().as_text(), Some("143"));
    let functions = &plan.rules().functions;
    assert_eq!(functions[0].function, "inner");
    let json = plan.published().to_json();
    assert!(json.contains(r#"{"call":{"arguments":[{"local":"length"}],"function":"inner"}}"#));
}

#[test]
fn an_explanation_shows_the_call() {
    let text = format!(
        "{BASE}functions:
  - function: reduction
    label: Reduction above the limit
    arguments:
      income:
        same_as: price
        label: Income
    expr: |
      let over = max(income - fee, 0);
      round(over * rate, 0.01)
    source: Order 1
values:
  due: reduction(price)
"
    );
    let answers = Answers::from_json(r#"{"price": 100}"#).unwrap();
    let tree = explain(&plan(&text), "en", &answers, &context(), "values.due").unwrap();
    assert_eq!(
        tree.to_text(),
        "due: £10.94
  Reduction above the limit: £10.94 [Order 1]
    Income: £100.00
      Price: £100.00
    The greatest of £87.50 and £0.00: £87.50
      £100.00 − £12.50 = £87.50
        fee: £12.50
    Rounded to whole pence: £10.94
      £87.50 × 0.125 = £10.9375
        rate: 0.125
"
    );
}

#[test]
fn what_is_open_in_a_function_is_what_it_reads() {
    let text = format!(
        "{BASE}functions:
  - function: pick
    arguments:
      sells: boolean
      yes:
        same_as: age
      no:
        same_as: area
    expr: |
      let grown = yes + 1;
      if sells {{ grown > 18 }} else {{ no > 10 }}
decisions:
  - decision: d
    title: D
    rules:
      - rule: r
        require: pick(sells_food, age, area)
        say: R
"
    );
    let plan = plan(&text);
    let needs = |answers: &str| {
        let answers = Answers::from_json(answers).unwrap();
        evaluate(&plan, &answers, &context()).unwrap().decisions[0]
            .needs
            .clone()
    };
    assert_eq!(needs("{}"), ["sells_food"]);
    assert_eq!(needs(r#"{"sells_food": true}"#), ["age"]);
    assert_eq!(needs(r#"{"sells_food": false}"#), ["area"]);
    assert!(needs(r#"{"sells_food": false, "area": 11}"#).is_empty());
}

fn with_function(arguments: &str, body: &str, value: &str) -> Vec<String> {
    findings(&format!(
        "{BASE}functions:\n  - function: f\n    arguments:\n{arguments}    expr: |\n      {body}\n{value}"
    ))
}

#[test]
fn functions_are_checked_once_and_calls_against_them() {
    const NUMBER: &str = "      x:\n        type: integer\n        min: 0\n        max: 100\n";
    let none: [&str; 0] = [];
    assert_eq!(
        with_function(NUMBER, "x + 1", "values:\n  v: f(stalls ?? 0)\n"),
        ["CF0321 stalls ?? 0"]
    );
    assert_eq!(
        with_function(NUMBER, "x + 1", "values:\n  v: f(limit)\n"),
        none
    );
    for (body, value, found) in [
        ("x + 1", "f(area)", "CF0321 area"),
        ("x + 1", "f(price)", "CF0302 price"),
        ("x + 1", "f(note ?? \"\")", "CF0301 note ?? \"\""),
        ("x + 1", "f(guests)", "CF0401 guests"),
        ("x + 1", "f(1, 2)", "CF0303 f(1, 2)"),
        ("x + 1", "f", "CF0207 f"),
        ("x + 1", "g(1)", "CF0205 g"),
        ("x / 3", "f(1)", "CF0603 x / 3"),
        ("f(x)", "1", "CF0701 f(x)"),
        ("fees.a", "1", "CF0205 a"),
        ("y + 1", "1", "CF0205 y"),
        ("metres + 1", "1", "CF0205 metres"),
        ("streets.metres", "1", "CF0305 streets.metres"),
        ("let age = x; age", "1", "CF0211 age"),
        ("let x = 1; x", "1", "CF0211 x"),
        ("let y = x;", "1", "CF0141"),
        ("let y = features; 1", "1", "CF0301 features"),
        ("let y = streets.metres; 1", "1", "CF0305 streets.metres"),
        ("let y = guests; y + 1", "1", "CF0401 y"),
        ("x + 1; x", "1", "CF0121 ;"),
    ] {
        let all = with_function(NUMBER, body, &format!("values:\n  v: {value}\n"));
        assert_eq!(all.len(), 1, "{body} | {value}: {all:?}");
        assert!(all[0].starts_with(found), "{body} | {value}: {all:?}");
    }
    let declared = |argument: &str| with_function(argument, "1", "");
    assert_eq!(declared("      age: integer\n"), ["CF0211 age"]);
    assert_eq!(declared("      x: number\n").len(), 1);
    assert_eq!(
        declared("      x:\n        same_as: features\n"),
        ["CF0504 features"]
    );
    assert_eq!(
        findings(&format!("{BASE}values:\n  v: let x = 1; x\n")),
        ["CF0121 let"]
    );
}

#[test]
fn functions_that_call_each_other_too_much_are_refused() {
    let mut text = format!("{BASE}functions:\n");
    for n in 0..12 {
        let body = if n == 0 {
            "x + 1".to_owned()
        } else {
            format!("(f{0}(x) + f{0}(x) + f{0}(x)) * 0", n - 1)
        };
        text += &format!(
            "  - function: f{n}\n    arguments:\n      x:\n        type: integer\n        min: 0\n        max: 9\n    expr: {body}\n"
        );
    }
    let found = findings(&text);
    assert!(
        !found.is_empty() && found.iter().all(|f| f.starts_with("CF0711")),
        "{found:?}"
    );
    let mut chain = format!("{BASE}functions:\n");
    for n in 0..120 {
        let body = if n == 0 {
            "x".to_owned()
        } else {
            format!("max(f{}(x), 0)", n - 1)
        };
        chain += &format!(
            "  - function: f{n}\n    arguments:\n      x:\n        type: integer\n        min: 0\n        max: 9\n    expr: {body}\n"
        );
    }
    let found = findings(&chain);
    assert!(
        !found.is_empty() && found.iter().all(|f| f.starts_with("CF0712")),
        "{found:?}"
    );
}

#[test]
fn durations_and_ranges_can_be_arguments() {
    let arguments = "      days_off:
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
";
    let call = |range: &str| {
        with_function(
            arguments,
            "days_in(days_off)",
            &format!("values:\n  v: f({range})\n"),
        )
    };
    let none: [&str; 0] = [];
    assert_eq!(call("range(\"2026-02-01\", \"2026-02-03\")"), none);
    let beyond = call("range(\"2026-02-01\", \"2027-02-03\")");
    assert_eq!(beyond, ["CF0321 range(\"2026-02-01\", \"2027-02-03\")"]);
}
