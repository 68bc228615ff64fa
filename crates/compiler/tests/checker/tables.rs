//! Decision tables.

use counterfoil_compiler::{Files, compile};

use crate::{BASE, compiled, findings, is_about_the_whole};

fn with_table(table: &str) -> String {
    format!("{BASE}tables:\n  t:\n{table}")
}

fn messages(text: &str) -> Vec<String> {
    compiled(text)
        .diagnostics
        .into_iter()
        .filter(|found| !is_about_the_whole(found))
        .map(|d| d.message)
        .collect()
}

/// A unique table over `area` (0 to 1,000 by hundredths).
fn by_area(cells: &[&str]) -> String {
    let rows: String = cells
        .iter()
        .map(|cell| format!("      - area: \"{cell}\"\n        amount: 10\n"))
        .collect();
    with_table(&format!(
        "    outputs:\n      amount: money\n    rows:\n{rows}"
    ))
}

#[test]
fn gaps_and_overlaps_are_found_with_a_case() {
    let none: [&str; 0] = [];
    assert_eq!(messages(&by_area(&["< 10", "[10..100)", ">= 100"])), none);
    assert_eq!(messages(&by_area(&["<= 10", "(10..100]", "> 100"])), none);
    assert_eq!(messages(&by_area(&["[0..9.99]", "[10..1000]"])), none);
    assert_eq!(messages(&by_area(&["-"])), none);
    assert_eq!(
        messages(&by_area(&["< 10", "(10..100)", ">= 100"])),
        ["the table `t` has no row for area 10"]
    );
    assert_eq!(
        messages(&by_area(&["[0..9.9]", "[10..1000]"])),
        ["the table `t` has no row for area 9.91 to 9.99"]
    );
    assert_eq!(
        messages(&by_area(&["< 10", "[9..100)", ">= 100"])),
        ["this row and an earlier one both apply to area 9 to 9.99"]
    );
    assert_eq!(
        messages(&by_area(&["< 10", ">= 10", "> 2000"])),
        ["this row never applies"]
    );
}

#[test]
fn columns_of_options_and_dates_are_proved_together() {
    let table = |last: &str| {
        with_table(&format!(
            "    outputs:
      amount: integer
    rows:
      - organiser: charity
        born: \"-\"
        amount: 1
      - organiser: neighbours
        born: \"< 2000-01-01\"
        amount: 2
      - organiser: neighbours
        born: \"{last}\"
        amount: 3
"
        ))
    };
    assert_eq!(messages(&table(">= 2000-01-01")), Vec::<String>::new());
    assert_eq!(
        messages(&table(">= 2000-01-03")),
        [
            "the table `t` has no row for organiser is “Neighbours” (neighbours) and born 2000-01-01 to 2000-01-02"
        ]
    );
    let slip = table(">= 2000-01-01").replace("organiser: charity\n", "organiser: charty\n");
    assert_eq!(findings(&slip), ["CF0206 charty"]);
}

#[test]
fn dates_that_a_spreadsheet_has_rewritten_are_named_as_such() {
    let table = "    inputs:
      day:
        type: date
    outputs:
      high: boolean
    rows:
      - day: \"< 01/05/2026\"
        high: false
      - day: \">= 01/05/2026\"
        high: true
";
    let found = findings(&with_table(table));
    assert_eq!(
        found
            .iter()
            .filter(|found| found.contains("CF0133"))
            .count(),
        2,
        "{found:?}"
    );
}

#[test]
fn first_lets_rows_overlap_and_finds_those_that_never_apply() {
    let table = "    hit: first
    outputs:
      amount: integer
    rows:
      - age: \"< 18\"
        amount: 1
      - age: \"< 12\"
        amount: 2
      - age: \"-\"
        amount: 3
";
    assert_eq!(messages(&with_table(table)), ["this row never applies"]);
}

#[test]
fn blank_inputs_need_rows_for_blank() {
    let table = |extra: &str| {
        with_table(&format!(
            "    outputs:
      amount: integer
    rows:
      - guests: \"< 5\"
        amount: 1
      - guests: \">= 5\"
        amount: 2
{extra}values:
  x: t(guests)
"
        ))
    };
    assert_eq!(findings(&table("")), ["CF0401 guests"]);
    let covered = table("      - guests: blank\n        amount: 0\n");
    assert_eq!(findings(&covered), Vec::<String>::new());
}

#[test]
fn calls_fit_the_columns() {
    let base = by_area(&["< 10", ">= 10"]);
    for (expr, expected) in [
        ("t(area)", ""),
        ("t(5)", "CF1007 area: \">= 10\""),
        ("t(age)", ""),
        ("t(area, age)", "CF0303 t(area, age)"),
        ("t(area * 2)", "CF0505 area * 2"),
        ("t(-1)", "CF0505 -1"),
        ("t(0.005)", "CF0505 0.005"),
        ("t(min(area * 2, 1000))", ""),
        ("t(price)", "CF0302 price"),
        ("t(organiser)", "CF0301 organiser"),
        ("t(area).amount", ""),
        ("t(area).amont", "CF0205 amont"),
        ("t(round(area / 3, 0.01))", ""),
        ("t(area / 3)", "CF0603 area / 3"),
        ("t", "CF0207 t"),
    ] {
        let text = format!("{base}values:\n  x: {expr}\n");
        let expected: Vec<&str> = Some(expected)
            .filter(|e| !e.is_empty())
            .into_iter()
            .collect();
        assert_eq!(findings(&text), expected, "{expr}");
    }
    let mapped = with_table(
        "    inputs:
      metres:
        same_as: streets.metres
    outputs:
      amount: money
    rows:
      - metres: \"-\"
        amount: 10
values:
  x: sum(t(streets.metres))
",
    );
    assert_eq!(findings(&mapped), Vec::<String>::new());
}

#[test]
fn several_outputs_are_named() {
    let table = "    outputs:
      low: integer
      high: money
    rows:
      - sells_food: \"true\"
        low: 1
        high: 2
      - sells_food: \"false\"
        low: 3
        high: 4.50
values:
  x: t(sells_food)
  y: t(sells_food).high + fee
";
    assert_eq!(findings(&with_table(table)), ["CF0303 t(sells_food)"]);
}

#[test]
fn a_column_of_a_csv_file_that_nothing_declares_is_one_mistake() {
    let table = "    inputs:
      sells_food:
        same_as: sells_food
    outputs:
      low: integer
      high: money
    csv: t.csv
values:
  x: t(sells_food).low
";
    let form = with_table(table);
    let found = |csv: &str| {
        let files = [("form.yaml", form.as_str()), ("t.csv", csv)];
        let compiled = compile(&Files::in_memory(files));
        let found = compiled
            .diagnostics
            .into_iter()
            .filter(|found| !is_about_the_whole(found));
        found
            .map(|found| format!("{}; {}", found.message, found.help.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found("high,sells_food,low\n2,true,1\n4.50,false,3\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("sells_food,low,higher\ntrue,1,2\nfalse,3,4.50\n"),
        ["the table has no column `high`; Did you mean `higher`?"]
    );
    assert_eq!(
        found("sells_food,low,high,more\ntrue,1,2,x\nfalse,3,4.50,y\n"),
        ["the column `more` is neither an input nor an output; \
          Declare it under `inputs` or `outputs`, or take it out of the table."]
    );
}

#[test]
fn marginal_bands_meet_and_cover_the_input() {
    let table = |bands: &[&str]| {
        let rows: String = bands
            .iter()
            .map(|band| format!("      - price: \"{band}\"\n        rate: 0.01\n"))
            .collect();
        with_table(&format!(
            "    hit: marginal\n    outputs:\n      rate: decimal\n    rows:\n{rows}values:\n  x: t(price)\n"
        ))
    };
    for (bands, expected) in [
        (&["[0..100]", "(100..500]", "> 500"][..], ""),
        (&["< 100", "[100..)"], ""),
        (&["-"], ""),
        (&["[0..100]", "[200..)"], "CF0506"),
        (&["[0..100]", "[50..)"], "CF0506"),
        (&["[10..100]", "[100..)"], "CF0506"),
        (&["[0..100]", "[100..500]"], "CF0506"),
        (&["[0..100]", "[100..1000]"], ""),
        (&["100", "[100..)"], "CF0506"),
    ] {
        let found = findings(&table(bands));
        let codes: Vec<&str> = found.iter().map(|f| &f[..6]).collect();
        let expected: Vec<&str> = Some(expected)
            .filter(|e| !e.is_empty())
            .into_iter()
            .collect();
        assert_eq!(codes, expected, "{bands:?} {found:?}");
    }
}

#[test]
fn a_column_may_take_the_type_of_a_value_that_is_computed_later() {
    let text = format!(
        "{BASE}\
values:
  x: t(total)
  total: sum(streets.metres)
tables:
  t:
    inputs:
      total:
        same_as: total
    outputs:
      amount: integer
    rows:
      - total: \"< 100\"
        amount: 1
      - total: \"[100..11999.9]\"
        amount: 2
"
    );
    assert_eq!(
        messages(&text),
        ["the table `t` has no row for total 12000"]
    );
    let circle = text.replace("total: sum(streets.metres)", "total: x + 1");
    let found = messages(&circle);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("depends on itself"), "{found:?}");
}
