//! Functions of texts and the remainder: types, bounds, presence, lists.

use crate::{BASE, check_values, findings, value};

#[test]
fn text_functions_take_texts() {
    check_values(&[
        ("mod97(note ?? \"\") == 1", ""),
        ("mod97(note)", "CF0401 note"),
        ("mod97()", "CF0303 mod97"),
        ("mod97(age)", "CF0301 age"),
        (
            "mod97(\"GB29\", note ?? \"\", organiser)",
            "CF0301 organiser",
        ),
        ("luhn(note ?? \"\") and sells_food", ""),
        ("luhn(note)", "CF0401 note"),
        ("luhn(note ?? \"\", 1)", "CF0303 luhn"),
        ("mod11_10(born)", "CF0301 born"),
        ("digits(note ?? \"\") == \"1\"", ""),
        (
            "digits(note ?? \"\") > 1",
            "CF0301 digits(note ?? \"\") > 1",
        ),
        ("upper(features)", "CF0301 features"),
        ("length(note ?? \"\") + age", ""),
        ("starts_with(note ?? \"\", \"A\")", ""),
        ("starts_with(note ?? \"\", 1)", "CF0301 1"),
        ("characters(note ?? \"\", 1, age)", ""),
        ("characters(note ?? \"\", 1)", "CF0303 characters"),
        ("characters(note ?? \"\", 1, area)", "CF0301 area"),
        ("characters(note ?? \"\", guests, 4)", "CF0401 guests"),
        ("mod11(note ?? \"\")", "CF0205 mod11"),
    ]);
}

#[test]
fn they_map_over_records() {
    check_values(&[
        ("all(luhn(streets.name))", ""),
        ("sum(length(streets.name))", ""),
        ("count(starts_with(streets.name, note ?? \"A\"))", ""),
        ("luhn(streets.name)", "CF0305 luhn(streets.name)"),
        (
            "sum(characters(streets.name, 1, rooms.size))",
            "CF0306 characters(streets.name, 1, rooms.size)",
        ),
        ("any(remainder(rooms.size, 2) == 1)", ""),
    ]);
}

#[test]
fn weights_are_whole_numbers_in_brackets() {
    check_values(&[
        ("weighted_sum(note ?? \"\", [7, 3, -1])", ""),
        ("weighted_sum(note ?? \"\", [limit, 1000000000])", ""),
        ("weighted_sum(note ?? \"\", [])", "CF0322 []"),
        ("weighted_sum(note ?? \"\", 7)", "CF0322 7"),
        (
            "weighted_sum(note ?? \"\", [1000000001])",
            "CF0322 1000000001",
        ),
        ("weighted_sum(note ?? \"\", [1.5])", "CF0322 1.5"),
        ("weighted_sum(note ?? \"\", [price])", "CF0322 price"),
        ("weighted_sum(note ?? \"\", [guests])", "CF0401 guests"),
        ("weighted_sum(note ?? \"\")", "CF0303 weighted_sum"),
    ]);
}

#[test]
fn a_remainder_is_of_whole_numbers_and_by_a_positive_one() {
    check_values(&[
        ("remainder(age, 11) == 0", ""),
        ("remainder(age, guests ?? 1)", ""),
        ("remainder(area, 11)", "CF0301 area"),
        ("remainder(price, 11)", "CF0301 price"),
        ("remainder(age, 0)", "CF0323 0"),
        ("remainder(age, -11)", "CF0323 -11"),
        ("remainder(age, guests)", "CF0401 guests"),
        ("remainder(age, limit - 11)", "CF0323 limit - 11"),
        ("remainder(stalls ?? 1, age)", "CF0604 age"),
        ("if age > 0 { remainder(stalls ?? 1, age) } else { 0 }", ""),
    ]);
}

/// Calls of a function whose argument goes from `min` to `max` show the bounds of what is given.
fn fits(expr: &str, min: &str, max: &str) -> bool {
    let text = format!(
        "{BASE}functions:
  - function: probe
    label: Probe
    arguments:
      n:
        type: decimal
        scale: 0
        min: {min}
        max: {max}
    expr: n + 0
values:
  x: 'probe({expr})'
"
    );
    match findings(&text).as_slice() {
        [] => true,
        [only] if only.starts_with("CF0321") => false,
        other => panic!("{expr}: {other:?}"),
    }
}

#[test]
fn bounds_are_as_narrow_as_the_text_allows() {
    for (expr, min, max) in [
        ("mod97(note ?? \"\")", 0, 97),
        ("length(note ?? \"\")", 0, 1_000),
        ("length(\"four\")", 0, 4),
        ("length(digits(characters(note ?? \"\", 5, 8)))", 0, 4),
        ("length(characters(note ?? \"\", -5, 8))", 0, 8),
        (
            "length(upper(if sells_food { note ?? \"\" } else { \"no\" }))",
            0,
            1_000,
        ),
        (
            "weighted_sum(characters(note ?? \"\", 1, 5), [10, -1])",
            -70,
            1_050,
        ),
        (
            "weighted_sum(characters(note ?? \"\", 1, 5), [10, limit, 3])",
            0,
            1_505,
        ),
        ("remainder(age, 11)", 0, 10),
        ("remainder(age, 1000)", 0, 120),
        ("remainder(age - 5, 1000)", 0, 999),
    ] {
        let (min, max) = (min.to_string(), max.to_string());
        assert!(fits(expr, &min, &max), "{expr}");
        let narrower = (max.parse::<i64>().unwrap() - 1).to_string();
        assert!(!fits(expr, &min, &narrower), "{expr} to {narrower}");
    }
}

#[test]
fn values_that_read_each_other_over_and_over_are_bounded_quickly() {
    let mut values = String::from("values:\n  a0: note ?? \"\"\n");
    for n in 1..60 {
        let before = n - 1;
        values += &format!("  a{n}: 'if sells_food {{ a{before} }} else {{ a{before} }}'\n");
    }
    values += "  x: length(a59)\n";
    assert_eq!(findings(&format!("{BASE}{values}")), Vec::<String>::new());
}

#[test]
fn a_name_that_is_nearly_right_is_suggested() {
    for (written, meant) in [
        ("mod79", "mod97"),
        ("lenght", "length"),
        ("start_with", "starts_with"),
    ] {
        let (_, messages) = value(&format!("{written}(note ?? \"\")"));
        assert!(
            messages[0].contains(&format!("Did you mean `{meant}`?")),
            "{messages:?}"
        );
    }
}
