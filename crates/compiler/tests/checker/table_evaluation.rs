//! Tables as people write them: the proof and the engine against the plain meaning of their cells.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate};
use proptest::prelude::*;

use crate::is_about_the_whole;

/// A cell as written, and whether it accepts an input.
type Cell<T> = (&'static str, fn(T) -> bool);

/// Cells of a decimal column with what they accept, in tenths (twentieths for ends between tenths).
const CELLS: &[Cell<i32>] = &[
    ("-", |_| true),
    ("1", |x| x == 20),
    ("0.5 | 2", |x| x == 10 || x == 40),
    ("< 1", |x| x < 20),
    ("<= 1.5", |x| x <= 30),
    ("> 1.5", |x| x > 30),
    (">= 1", |x| x >= 20),
    ("[0.5..2)", |x| (10..40).contains(&x)),
    ("(1..2.5]", |x| x > 20 && x <= 50),
    ("< 1.25", |x| x < 25),
    ("> 1.25", |x| x > 25),
    ("[2..)", |x| x >= 40),
    ("1.25", |x| x == 25),
];
const ZONES: &[Cell<&str>] = &[
    ("-", |_| true),
    ("a", |zone| zone == "a"),
    ("b", |zone| zone == "b"),
    ("a | b", |_| true),
];

fn form(hit: &str, rows: &[(usize, usize)]) -> String {
    let rows: String = rows
        .iter()
        .enumerate()
        .map(|(index, (cell, zone))| {
            let (cell, zone) = (CELLS[*cell].0, ZONES[*zone].0);
            format!("      - size: \"{cell}\"\n        zone: \"{zone}\"\n        result: {index}\n")
        })
        .collect();
    format!(
        "form: t
title: T
timezone: Europe/London
languages: [en]
pages:
  - page: p
    title: P
    fields:
      - field: size
        type: decimal
        scale: 1
        min: 0
        max: 3
        label: Size
      - field: zone
        type: choice
        label: Zone
        options:
          a: A
          b: B
values:
  x: t(size, zone)
tables:
  t:
    hit: {hit}
    outputs:
      result: integer
    rows:
{rows}"
    )
}

fn matching(rows: &[(usize, usize)], twentieths: i32, zone: &'static str) -> Vec<usize> {
    let accepts =
        |(cell, of_zone): &(usize, usize)| CELLS[*cell].1(twentieths) && ZONES[*of_zone].1(zone);
    (0..rows.len()).filter(|&row| accepts(&rows[row])).collect()
}

fn check(hit: &str, rows: &[(usize, usize)]) -> Result<(), TestCaseError> {
    let compiled = compile(&Files::in_memory([("form.yaml", form(hit, rows))]));
    let found = |code: &str| compiled.diagnostics.iter().any(|d| d.code.id == code);
    let points: Vec<(i32, &'static str)> = (0..=30)
        .flat_map(|tenths| [(tenths, "a"), (tenths, "b")])
        .collect();
    let hits: Vec<Vec<usize>> = points
        .iter()
        .map(|(tenths, zone)| matching(rows, tenths * 2, zone))
        .collect();

    let gap = hits.iter().any(Vec::is_empty);
    let overlap = hits.iter().any(|rows| rows.len() > 1);
    prop_assert_eq!(found("CF0501"), gap);
    prop_assert_eq!(found("CF0502"), overlap && hit == "unique");
    prop_assert_eq!(
        compiled.plan.is_some(),
        !gap && (!overlap || hit == "first")
    );

    let Some(plan) = compiled.plan else {
        return Ok(());
    };
    let plan = Plan::load(plan).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    for ((tenths, zone), hits) in points.iter().zip(&hits) {
        let answers = format!(
            "{{\"size\":{}.{},\"zone\":\"{zone}\"}}",
            tenths / 10,
            tenths % 10
        );
        let report = evaluate(&plan, &Answers::from_json(&answers).unwrap(), &context).unwrap();
        let expected = Data::number(hits[0].to_string());
        prop_assert_eq!(report.values.get("x"), Some(&expected), "{}", answers);
    }
    Ok(())
}

fn row() -> impl Strategy<Value = (usize, usize)> {
    (0..CELLS.len(), 0..ZONES.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn cells_mean_what_they_say(rows in prop::collection::vec(row(), 1..6)) {
        check("unique", &rows)?;
        check("first", &rows)?;
    }
}

#[test]
fn tables_whose_rows_meet_exactly_are_sound() {
    let position = |text: &str| CELLS.iter().position(|(cell, _)| *cell == text).unwrap();
    let (below, from) = (position("< 1"), position(">= 1"));
    let (to, above) = (position("<= 1.5"), position("> 1.5"));
    let (any, a, b, both) = (0, 1, 2, 3);
    for rows in [
        vec![(below, a), (below, b), (from, a), (from, b)],
        vec![(above, any), (to, both)],
        vec![(below, a), (to, b), (above, b), (from, a)],
    ] {
        check("unique", &rows).unwrap();
        let compiled = compile(&Files::in_memory([("form.yaml", form("unique", &rows))]));
        let found = compiled.diagnostics.iter();
        let found: Vec<_> = found.filter(|found| !is_about_the_whole(found)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
