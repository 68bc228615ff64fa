//! Tables that collect: lists out of tables, against the plain meaning of their cells.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate, explain};
use proptest::prelude::*;

use crate::{BASE, findings};

/// A cell as written, and whether it accepts an input.
type Cell = (&'static str, fn(i64) -> bool);

/// Cells of a whole-number column with what they accept.
const CELLS: &[Cell] = &[
    ("-", |_| true),
    ("3", |n| n == 3),
    ("1 | 4", |n| n == 1 || n == 4),
    ("< 2", |n| n < 2),
    ("[2..5)", |n| (2..5).contains(&n)),
    (">= 4", |n| n >= 4),
    ("> 9", |n| n > 9),
];

const FORM: &str = "form: t
title: T
currency: EUR
timezone: Europe/London
languages: [en]
pages:
  - page: p
    title: P
    fields:
      - field: n
        type: integer
        min: 0
        max: 6
        label: N
      - field: sought
        type: integer
        min: 0
        max: 9
        label: Sought
        required: false
  - page: rooms_page
    title: Rooms
    group: rooms
    min: 0
    max: 3
    required: false
    fields:
      - field: size
        type: integer
        min: 0
        max: 6
        label: Size
    values:
      for_room: sum(t(size).amount)
      small: any(t(size).points < size)
values:
  total: sum(t(n).amount)
  weighted: sum(t(n).amount * (t(n).points + n))
  rows: count(t(n).amount)
  many: count(t(n).points > 4)
  least: min(t(n).points) ?? -1
  most: max(t(n).points) ?? -1
  every: all(t(n).points >= n)
  has: sought in t(n).points
  has_double: sought in t(n).points * 2
  everything: sum(held.amount)
  rooms_total: sum(rooms.for_room)
tables:
  t:
    label: Rates
    hit: collect
    inputs:
      n:
        same_as: n
    outputs:
      amount: money
      points: integer
    rows:
";

fn plan(rows: &[(usize, i64, i64)]) -> Plan {
    let mut text = FORM.to_owned();
    let mut held =
        String::from("  held:\n    hit: collect\n    outputs:\n      amount: money\n    rows:\n");
    for (cell, amount, points) in rows {
        text += &format!(
            "      - n: \"{}\"\n        amount: {amount}\n        points: {points}\n",
            CELLS[*cell].0
        );
        held += &format!("      - amount: {amount}\n");
    }
    let compiled = compile(&Files::in_memory([("form.yaml", text + held.as_str())]));
    let plan = compiled
        .plan
        .unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    Plan::from_json(&plan.to_json()).unwrap()
}

fn value(report: &counterfoil_engine::Report, id: &str) -> String {
    let found = report.values.0.iter().find(|(key, _)| key == id);
    match found.map(|(_, data)| data) {
        Some(Data::Bool(value)) => value.to_string(),
        Some(Data::Number(text) | Data::Text(text)) => text.trim_end_matches(".00").to_owned(),
        other => format!("{other:?}"),
    }
}

fn report(plan: &Plan, answers: &str) -> counterfoil_engine::Report {
    let answers = Answers::from_json(answers).unwrap();
    evaluate(plan, &answers, &Context::on("2026-06-01".parse().unwrap())).unwrap()
}

proptest! {
    #[test]
    fn lists_are_those_of_the_rows_that_match(
        rows in prop::collection::vec((0..CELLS.len(), 0..20_i64, 0..10_i64), 1..7),
        n in 0..7_i64,
        sought in 0..10_i64,
        sizes in prop::collection::vec(0..7_i64, 0..3),
    ) {
        let plan = plan(&rows);
        let rooms: Vec<_> = sizes.iter().map(|size| format!("{{\"size\": {size}}}")).collect();
        let answers =
            format!(r#"{{"n": {n}, "sought": {sought}, "rooms": [{}]}}"#, rooms.join(","));
        let report = report(&plan, &answers);
        let matching = |n: i64| rows.iter().filter(move |row| CELLS[row.0].1(n));
        let points: Vec<i64> = matching(n).map(|row| row.2).collect();
        let sum = |n: i64| matching(n).map(|row| row.1).sum::<i64>();
        for (id, expected) in [
            ("total", sum(n).to_string()),
            ("weighted", matching(n).map(|row| row.1 * (row.2 + n)).sum::<i64>().to_string()),
            ("rows", points.len().to_string()),
            ("many", points.iter().filter(|&&p| p > 4).count().to_string()),
            ("least", points.iter().min().copied().unwrap_or(-1).to_string()),
            ("most", points.iter().max().copied().unwrap_or(-1).to_string()),
            ("every", points.iter().all(|&p| p >= n).to_string()),
            ("has", points.contains(&sought).to_string()),
            ("has_double", points.iter().any(|&p| p * 2 == sought).to_string()),
            ("everything", rows.iter().map(|row| row.1).sum::<i64>().to_string()),
            ("rooms_total", sizes.iter().map(|&size| sum(size)).sum::<i64>().to_string()),
        ] {
            prop_assert_eq!(value(&report, id), expected, "{}", id);
        }
    }
}

#[test]
fn what_is_not_known_stays_open_and_blank_is_in_no_list() {
    let plan = plan(&[(0, 1, 1), (3, 2, 2)]);
    let open = report(&plan, "{}");
    assert_eq!(value(&open, "total"), "None");
    assert_eq!(value(&open, "everything"), "3");
    let blank = report(&plan, r#"{"n": 1}"#);
    assert_eq!(value(&blank, "has"), "false");
    assert_eq!(value(&blank, "total"), "3");
}

#[test]
fn an_explanation_shows_the_rows() {
    let plan = plan(&[(0, 1, 1), (3, 2, 2), (6, 4, 4)]);
    let answers = Answers::from_json(r#"{"n": 1, "sought": 2}"#).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let tree = explain(&plan, "en", &answers, &context, "values.weighted").unwrap();
    assert_eq!(
        tree.to_text(),
        "weighted: €8.00
  Added up over “Rates”: €8.00
    Row 1: €2.00
      €1.00 × 2 = €2.00
        1 + 1 = 2
          N: 1
    Row 2: €6.00
      €2.00 × 3 = €6.00
        2 + 1 = 3
          N: 1
    N: 1
"
    );
    let tree = explain(&plan, "en", &answers, &context, "values.has").unwrap();
    assert_eq!(
        tree.to_text(),
        "has: Yes
  “Rates” (1 and 2) includes “Sought” (2)
    From the table “Rates”, rows that apply: 2
      Row 1: 1
      Row 2: 2
      N: 1
"
    );
}

fn with_table(value: &str, rooms: &str) -> Vec<String> {
    let table = "
tables:
  t:
    hit: collect
    inputs:
      age:
        same_as: age
    outputs:
      amount: money
      day: date
      quiet: boolean
    rows:
      - age: < 18
        amount: 1
        day: 2026-01-01
        quiet: true
  days:
    hit: collect
    outputs:
      day: date
    rows:
      - day: 2026-12-25
      - day: 2026-12-26
";
    let base = BASE.replace(
        "        label: Size\n",
        &format!("        label: Size\n{rooms}"),
    );
    findings(&format!("{base}values:\n  x: {value}\n{table}"))
}

#[test]
fn lists_of_rows_are_checked_like_lists_of_records() {
    let none: [&str; 0] = [];
    for fine in [
        "sum(t(age).amount)",
        "sum(t(age).amount * guests_or_one)",
        "count(t(age).quiet)",
        "born in days.day",
        "count(days.day)",
        "max(days.day)",
        "min(t(age).day) ?? today",
        "any(if t(age).quiet { t(age).amount > price } else { false })",
    ] {
        let value = fine.replace("guests_or_one", "(guests ?? 1)");
        assert_eq!(with_table(&value, ""), none, "{fine}");
    }
    for (wrong, finding) in [
        ("t(age).amount", "CF0305 t(age).amount"),
        ("t(age)", "CF0303 t(age)"),
        ("t(age).amuont", "CF0205 amuont"),
        ("days", "CF0207 days"),
        ("min(t(age).day) > today", "CF0401 min(t(age).day)"),
        (
            "sum(t(age).amount + t(limit).amount)",
            "CF0306 t(age).amount + t(limit).amount",
        ),
        ("sum(t(age).amount + rooms.size)", "CF0302"),
        ("sum(t(rooms.size).amount)", "CF0305 t(rooms.size).amount"),
        ("sum(t(age).quiet)", "CF0301 t(age).quiet"),
        ("sum(t(guests).amount)", "CF0401 guests"),
        ("age in t(age).amount", "CF0302"),
        ("born in t(age).amount", "CF0301"),
        ("sum(age)", "CF0304 age"),
    ] {
        let found = with_table(wrong, "");
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(found[0].starts_with(finding), "{wrong}: {found:?}");
    }
    let in_group = "    values:\n      due: sum(t(size).amount * size)\n";
    assert_eq!(with_table("sum(rooms.due)", in_group), none);
}
