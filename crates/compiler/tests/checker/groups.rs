//! Groups: lists, aggregates, records.

use crate::{BASE, check_values, findings};

#[test]
fn lists_are_aggregated() {
    check_values(&[
        ("sum(streets.metres)", ""),
        ("sum(streets.metres * 2)", ""),
        ("sum(streets.price_of)", ""),
        ("count(streets)", ""),
        ("count(streets.metres > 5)", ""),
        ("any(streets.lit)", ""),
        ("all(streets.metres <= limit * 3)", ""),
        ("min(streets.metres) + 1", ""),
        ("min(rooms.size)", ""),
        ("min(rooms.size) + 1", "CF0401 min(rooms.size)"),
        ("(min(rooms.size) ?? 0) + 1", ""),
        ("if count(rooms) > 0 { max(rooms.size) + 1 } else { 0 }", ""),
        (
            "if count(rooms) == 0 { 0 } else { max(rooms.size) + 1 }",
            "",
        ),
        ("max(min(streets.metres), 3)", ""),
        ("sum(if streets.lit { streets.lamps } else { 0 })", ""),
        ("sum(streets.lamps)", "CF0401 streets.lamps"),
        ("sum(streets.lamps ?? 0)", ""),
        ("any(streets.lamps > 3 and streets.lit)", ""),
    ]);
}

#[test]
fn lists_and_single_values_are_told_apart() {
    check_values(&[
        ("streets.metres", "CF0305 streets.metres"),
        ("streets.metres > 5", "CF0305 streets.metres > 5"),
        ("streets", "CF0305 streets"),
        ("streets + 1", "CF0305 streets"),
        ("sum(age)", "CF0304 age"),
        ("sum(streets.lit)", "CF0301 streets.lit"),
        ("any(streets.metres)", "CF0301 streets.metres"),
        ("count(streets.metres)", "CF0301 streets.metres"),
        (
            "sum(streets.metres * rooms.size)",
            "CF0306 streets.metres * rooms.size",
        ),
        ("sum(streets.metres) * sum(rooms.size)", ""),
        ("metres", "CF0205 metres"),
        ("streets.meters", "CF0205 meters"),
        ("sum(streets.metres, age)", "CF0303 sum"),
        ("age.metres", "CF0207 age.metres"),
        (
            "if age > 3 { streets.metres } else { 0 }",
            "CF0305 if age > 3 { streets.metres } else { 0 }",
        ),
    ]);
}

fn in_record(expr: &str) -> Vec<String> {
    let text = BASE.replace(
        "      price_of: metres * fee\n",
        &format!("      price_of: metres * fee\n      x: '{expr}'\n"),
    );
    findings(&text)
}

#[test]
fn a_record_reads_itself_and_the_form() {
    let none: [&str; 0] = [];
    assert_eq!(in_record("metres * age"), none);
    assert_eq!(in_record("price_of + fee"), none);
    assert_eq!(in_record("if lit { lamps } else { 0 }"), none);
    assert_eq!(in_record("lamps + 1"), ["CF0401 lamps"]);
    assert_eq!(in_record("round(metres / sum(streets.metres), 0.01)"), none);
    // The record at hand is not one of the list.
    assert_eq!(
        in_record("sum(streets.metres * metres)"),
        ["CF0306 streets.metres * metres"]
    );
    // What holds of the record at hand says nothing of the others.
    assert_eq!(
        in_record("if lit { sum(streets.lamps) } else { 0 }"),
        ["CF0401 streets.lamps"]
    );
    assert_eq!(in_record("sum(rooms.size)"), none);
}

#[test]
fn checks_at_a_field_of_a_group_run_for_each_record() {
    let text = format!(
        "{BASE}\
checks:
  - check: enough_lamps
    at: streets.lamps
    require: lamps * 40 >= metres
    say: 'Too few for {{metres}} metres in {{name}}'
  - check: outside
    at: streets
    require: sum(streets.metres) < 900
    say: 'Too long: {{sum(streets.metres)}}'
  - check: nowhere
    at: streets.lamp
    require: age > 3
    say: Nowhere
"
    );
    assert_eq!(findings(&text), ["CF0205 streets.lamp"]);
}
