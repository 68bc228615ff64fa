//! What the checker lets pass of dates, durations and ranges never fails: random expressions, evaluated
//! on random answers.

use counterfoil_compiler::{Files, Severity, compile};
use counterfoil_engine::{Answers, Context, Plan, date::Day, evaluate, report::Status};
use proptest::prelude::*;

const FORM: &str = "form: sample
title: Sample
timezone: Europe/London
languages: [en]
effective: 2026-01-01..2026-12-31
parameters:
  rate:
    type: decimal
    periods:
      - from: 2000-01-01
        value: 0.5
      - from: 2026-03-01
        to: 2030-12-31
        value: 0.25
pages:
  - page: first
    title: First
    fields:
      - field: a
        type: date
        min: 2025-01-01
        max: 2027-12-31
        label: A
      - field: b
        type: date
        min: 2024-01-31
        max: 2024-02-29
        label: B
      - field: maybe
        type: date
        min: 2026-01-01
        max: 2026-12-31
        label: Maybe
        required: false
      - field: stay
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
        label: Stay
      - field: n
        type: integer
        min: -3
        max: 31
        label: N
      - field: notice
        type: duration
        unit: weeks
        max: 8
        label: Notice
      - field: term
        type: duration
        unit: months
        max: 24
        label: Term
  - page: second
    title: Second
    group: spells
    max: 4
    fields:
      - field: spell
        type: date_range
        min: 2025-06-01
        max: 2026-12-31
        label: Spell
      - field: day
        type: date
        min: 2025-06-01
        max: 2026-12-31
        label: Day
";

fn text(texts: &[&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(texts.to_vec())
        .prop_map(str::to_owned)
        .boxed()
}

fn number() -> BoxedStrategy<String> {
    text(&[
        "n",
        "2",
        "year_of(a)",
        "month_of(b)",
        "weekday(a)",
        "days_between(a, b)",
        "months_between(b, a)",
        "days_in(stay)",
        "day_count(spells.spell, stay)",
        "weekday_count(monday, spells.spell)",
        "sum(days_in(overlap(spells.spell, stay)))",
        "working_days_between(a, b, spells.day)",
        "count(is_working_day(spells.day, [a, b]))",
    ])
}

fn duration() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        text(&["notice", "term", "-notice", "days(10)", "months(1)"]),
        (
            text(&["days", "weeks", "months", "years"]),
            text(&["n", "n - 1", "3"])
        )
            .prop_map(|(unit, count)| format!("{unit}({count})")),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            inner.prop_map(|a| format!("({a} * 2)")),
        ]
    })
    .boxed()
}

fn date() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        text(&[
            "a",
            "b",
            "maybe",
            "today",
            "stay.start",
            "stay.end",
            "max(spells.day)"
        ]),
        (
            text(&["year_of(a)", "2024"]),
            text(&["2", "month_of(a)", "n"]),
            text(&["28", "29", "n"])
        )
            .prop_map(|(y, m, d)| format!("date({y}, {m}, {d})")),
    ];
    leaf.prop_recursive(3, 10, 2, |inner| {
        prop_oneof![
            (inner.clone(), duration()).prop_map(|(a, d)| format!("({a} + {d})")),
            (inner.clone(), duration()).prop_map(|(a, d)| format!("({a} - {d})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} ?? {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("range({a}, {b}).end")),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| format!("(if {a} in stay {{ {a} }} else {{ {b} }})")),
            inner.clone().prop_map(|a| format!("end_of_month({a})")),
            inner.clone().prop_map(|a| format!("start_of_month({a})")),
            inner.prop_map(|a| format!("add_working_days({a}, n, spells.day)")),
        ]
    })
    .boxed()
}

/// Expressions that have a result whatever is answered, where the checker lets them pass.
fn result() -> BoxedStrategy<String> {
    prop_oneof![
        date(),
        (date(), number()).prop_map(|(d, n)| format!("days_between({d}, a) + {n}")),
        date().prop_map(|d| format!("rate.on({d}) * 2")),
        (date(), date()).prop_map(|(a, b)| format!("accrue(rate, range({a}, {b})) + 1")),
        (date(), date()).prop_map(|(a, b)| format!("rate.on({a}) ?? days_between({a}, {b})")),
        (duration(), duration()).prop_map(|(a, b)| format!("{a} > {b}")),
    ]
    .boxed()
}

fn day(from: &'static str, days: i64) -> impl Strategy<Value = Day> {
    let from: Day = from.parse().unwrap();
    (0..=days).prop_map(move |n| from.add_days(n).unwrap())
}

fn range(from: &'static str, days: i64) -> impl Strategy<Value = String> {
    (day(from, days), day(from, days))
        .prop_map(|(a, b)| format!("{{\"start\":\"{}\",\"end\":\"{}\"}}", a.min(b), a.max(b)))
}

fn answers() -> impl Strategy<Value = String> {
    let spell = (range("2025-06-01", 578), day("2025-06-01", 578))
        .prop_map(|(spell, day)| format!("{{\"spell\":{spell},\"day\":\"{day}\"}}"));
    (
        day("2025-01-01", 1094),
        day("2024-01-31", 29),
        prop::option::of(day("2026-01-01", 364)),
        range("2026-01-01", 364),
        -3..=31,
        0..=8,
        0..=24,
        prop::collection::vec(spell, 0..4),
    )
        .prop_map(|(a, b, maybe, stay, n, notice, term, spells)| {
            let maybe = maybe.map_or_else(String::new, |day| format!("\"maybe\":\"{day}\","));
            format!(
                "{{\"a\":\"{a}\",\"b\":\"{b}\",{maybe}\"stay\":{stay},\"n\":{n},\"notice\":\"P{notice}W\",\
                 \"term\":\"P{term}M\",\"spells\":[{}]}}",
                spells.join(",")
            )
        })
}

fn plan(expr: &str) -> Option<Plan> {
    let form = format!("{FORM}values:\n  x: '{expr}'\n");
    let compiled = compile(&Files::in_memory([("form.yaml", form)]));
    let refused = |d: &counterfoil_compiler::Diagnostic| d.severity == Severity::Error;
    assert_eq!(
        compiled.plan.is_none(),
        compiled.diagnostics.iter().any(refused)
    );
    compiled.plan.map(|plan| Plan::load(plan).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn nothing_fails_that_was_let_pass(
        expr in result(),
        answers in prop::collection::vec(answers(), 12),
    ) {
        let Some(plan) = plan(&expr) else {
            return Err(TestCaseError::reject("refused"));
        };
        let context = Context::on("2026-06-01".parse().unwrap());
        for text in answers {
            let report = evaluate(&plan, &Answers::from_json(&text).unwrap(), &context).unwrap();
            prop_assert_eq!(&report.errors, &[], "{}\n{}", expr, text);
            prop_assert_eq!(report.status, Status::Complete, "{}", text);
            prop_assert!(report.values.get("x").is_some(), "{}\n{}", expr, text);
            // What is still open leaves results open, and nothing fails for that.
            let partial = text.replacen("\"stay\":", "\"stays\":", 1).replacen("\"n\":", "\"ns\":", 1);
            let report = evaluate(&plan, &Answers::from_json(&partial).unwrap(), &context).unwrap();
            let failed = report.errors.iter().find(|error| error.code == "arithmetic");
            prop_assert_eq!(failed, None, "{}\n{}", expr, partial);
        }
    }
}
