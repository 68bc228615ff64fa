//! Expressions written out from a plan: read again, they are the same.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::plan::{Expr, Rules};
use proptest::prelude::*;

use crate::{BASE, soundness};

/// How many expressions go into one form.
const VALUES: usize = 8;

/// What the base form lacks: tables, facts, fee lines and rules to read.
const MORE: &str = "\
facts:
  arrears:
    type: money
    min: 0
    max: 1000
    label: Arrears
tables:
  size_fee:
    inputs:
      age:
        same_as: age
    outputs:
      fee: money
      share: decimal
    rows:
      - age: < 18
        fee: 1
        share: 0.5
      - age: '>= 18'
        fee: 2
        share: 0.25
  bands:
    hit: marginal
    inputs:
      price:
        same_as: price
    outputs:
      rate: decimal
    rows:
      - price: '[0..100]'
        rate: 0.1
      - price: '> 100'
        rate: 0.2
  reliefs:
    hit: collect
    inputs:
      age:
        same_as: age
    outputs:
      relief: integer
      kind: text
    rows:
      - age: < 18
        relief: 1
        kind: young
      - age: '>= 10'
        relief: 2
        kind: older
  days_off:
    hit: collect
    outputs:
      day: date
    rows:
      - day: 2026-01-01
      - day: 2026-12-25
functions:
  - function: twice
    arguments:
      number:
        type: integer
        min: 0
        max: 200
    expr: number * 2
fees:
  - fee: base
    label: Base
    amount: fee
decisions:
  - decision: d
    title: D
    rules:
      - rule: adult
        require: age >= 18
        say: Too young
checks:
  - check: last
    at: age
    require: fees.base > 0
    say: No
";

fn form(expressions: &[String]) -> String {
    let mut text = format!("{BASE}{MORE}values:\n");
    for (index, expression) in expressions.iter().enumerate() {
        text.push_str(&format!(
            "  x{index}: '{}'\n",
            expression.replace('\'', "''")
        ));
    }
    text
}

/// The rules of the form with these values; none where the checker has something against it.
fn rules(expressions: &[String]) -> Option<Rules> {
    let compiled = compile(&Files::in_memory([("form.yaml", form(expressions))]));
    compiled.plan.map(|plan| plan.rules)
}

fn exprs(rules: &Rules) -> Vec<&Expr> {
    rules.values.iter().map(|value| &value.expr).collect()
}

/// Holds what a plan's expressions are written as against reading them again. Returns how they are
/// written.
fn round_trip(expressions: &[String]) -> Option<Vec<String>> {
    let first = rules(expressions)?;
    let written: Vec<String> = exprs(&first)
        .iter()
        .map(|expr| first.expression_text(expr, None))
        .collect();
    let second = rules(&written).unwrap_or_else(|| panic!("not read again: {written:#?}"));
    assert_eq!(exprs(&first), exprs(&second), "{written:#?}");
    Some(written)
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn what_is_written_reads_the_same(
        numbers in prop::collection::vec(soundness::number(), VALUES),
        conditions in prop::collection::vec(soundness::condition_of(soundness::number()), VALUES),
    ) {
        // Of what the checker refuses alone, nothing can be said.
        let sound: Vec<String> = numbers
            .into_iter()
            .chain(conditions)
            .filter(|expression| rules(std::slice::from_ref(expression)).is_some())
            .collect();
        if round_trip(&sound).is_none() {
            return Err(TestCaseError::reject("refused together"));
        }
    }
}

#[test]
fn no_more_parentheses_than_are_needed() {
    let cases = [
        ("((age + 2) * 3)", "(age + 2) * 3"),
        ("(age * 2) + 3", "age * 2 + 3"),
        ("age - (2 - area)", "age - (2 - area)"),
        ("(age - 2) - area", "age - 2 - area"),
        ("age + (2 + area)", "age + (2 + area)"),
        ("(age + 2) + area", "age + 2 + area"),
        ("(age - 2) + area", "age - 2 + area"),
        ("-(age + 2)", "-(age + 2)"),
        ("-age * 2", "-age * 2"),
        ("-(-age)", "-(-age)"),
        ("age - (-5)", "age - -5"),
        ("-5 + age", "-5 + age"),
        ("(guests ?? 1) + 2", "(guests ?? 1) + 2"),
        ("guests ?? (age + 2)", "guests ?? (age + 2)"),
        // A chain of `??` is one whichever way it leans.
        (
            "guests ?? ((guests ?? (stalls ?? 1)) + age)",
            "guests ?? ((guests ?? stalls ?? 1) + age)",
        ),
        ("guests ?? (stalls ?? 1)", "guests ?? stalls ?? 1"),
        ("(guests ?? stalls) ?? 1", "guests ?? stalls ?? 1"),
        ("(guests ?? 1) > 2", "guests ?? 1 > 2"),
        (
            "round((age * 2) / (area + 1), 0.5)",
            "round(age * 2 / (area + 1), 0.5)",
        ),
        (
            "round(age / (1 / (area + 1)), 1)",
            "round(age / (1 / (area + 1)), 1)",
        ),
        ("round_even(area, 1)", "round_even(area, 1)"),
        ("(age > 2) == (area > 3)", "(age > 2) == (area > 3)"),
        ("sells_food == (age > 2)", "sells_food == (age > 2)"),
        (
            "(age > 1 and sells_food) or age > 3",
            "age > 1 and sells_food or age > 3",
        ),
        (
            "age > 1 and (sells_food or age > 3)",
            "age > 1 and (sells_food or age > 3)",
        ),
        (
            "age > 1 and (sells_food and age > 3)",
            "age > 1 and (sells_food and age > 3)",
        ),
        ("not(sells_food)", "not(sells_food)"),
        (
            "(organiser in [\"charity\"]) == true",
            "organiser in [\"charity\"] == true",
        ),
        ("not(\"pool\" in features)", "not(\"pool\" in features)"),
        (
            "if age > 1 { 1 } else { if age > 0 { 2 } else { 3 } }",
            "if age > 1 { 1 } else if age > 0 { 2 } else { 3 }",
        ),
        (
            "(if age > 1 { 1 } else { 2 }) + 3",
            "(if age > 1 { 1 } else { 2 }) + 3",
        ),
        (
            "if (if age > 1 { true } else { false }) { 1 } else { 2 }",
            "if (if age > 1 { true } else { false }) { 1 } else { 2 }",
        ),
        ("size_fee(age).share", "size_fee(age).share"),
        ("bands(price)", "bands(price)"),
        ("(arrears ?? 0) > 5", "arrears ?? 0 > 5"),
        ("twice(age) + 1", "twice(age) + 1"),
        (
            "sum(reliefs(age).relief * 2)",
            "sum(reliefs(age).relief * 2)",
        ),
        ("count(reliefs(age).relief)", "count(reliefs(age).relief)"),
        (
            "count(reliefs(age).relief > 1)",
            "count(reliefs(age).relief > 1)",
        ),
        ("note in reliefs(age).kind", "note in reliefs(age).kind"),
        (
            "is_working_day(today, days_off.day)",
            "is_working_day(today, days_off.day)",
        ),
        ("rules.adult", "rules.adult"),
        (
            "days_between(today + days(3), born)",
            "days_between(today + days(3), born)",
        ),
        (
            "weekday((today - weeks(age)) - days(1))",
            "weekday(today - weeks(age) - days(1))",
        ),
        (
            "born + (days(1) + days(2)) < today",
            "born + (days(1) + days(2)) < today",
        ),
        (
            "born in range(today, today + years(1))",
            "born in range(today, today + years(1))",
        ),
        (
            "not(range(born, today).start == today)",
            "not(range(born, today).start == today)",
        ),
        (
            "days_in(overlap(range(born, today), range(today, today)))",
            "days_in(overlap(range(born, today), range(today, today)))",
        ),
        ("limit.on(today) ?? 3", "limit.on(today) ?? 3"),
        (
            "accrue(limit, range(today, today + days(9))) ?? 0",
            "accrue(limit, range(today, today + days(9))) ?? 0",
        ),
        (
            "weekday_count(1, range(born, today))",
            "weekday_count(1, range(born, today))",
        ),
        (
            "date(age + 1900, 2, 28) > born",
            "date(age + 1900, 2, 28) > born",
        ),
        ("sum(streets.metres * 2)", "sum(streets.metres * 2)"),
        (
            "count(streets.lit) + count(rooms)",
            "count(streets.lit) + count(rooms)",
        ),
        ("born < \"2000-01-31\"", "born < \"2000-01-31\""),
        (
            "days_between(\"2000-01-31\", born)",
            "days_between(\"2000-01-31\", born)",
        ),
        (
            "note == \"a \\\"b\\\" \\\\ c\"",
            "note == \"a \\\"b\\\" \\\\ c\"",
        ),
    ];
    for (source, expected) in cases {
        let written = round_trip(&[source.to_owned()]);
        let written = written.as_deref().map(|all| all[0].as_str());
        assert_eq!(
            written,
            Some(expected).filter(|text| !text.is_empty()),
            "{source}"
        );
    }
}

#[test]
fn fields_of_the_record_at_hand_stand_without_their_group() {
    let rules = rules(&["1".to_owned()]).unwrap();
    let groups = rules.pages.iter().filter_map(|page| match &page.content {
        counterfoil_engine::plan::PageContent::Group(group) => Some(group),
        _ => None,
    });
    let streets = groups.into_iter().find(|group| group.group == "streets");
    let expr = &streets.unwrap().values[0].expr;
    assert_eq!(rules.expression_text(expr, Some("streets")), "metres * fee");
    assert_eq!(rules.expression_text(expr, None), "streets.metres * fee");
}
