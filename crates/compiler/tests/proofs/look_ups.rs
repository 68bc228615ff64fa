//! Rows of tables that no look-up reaches.

use crate::{QUESTIONS, findings};

/// The first entries of the rows of a table by age that are said to be out of reach.
fn unreached(functions: &str, value: &str) -> Vec<String> {
    let text = format!(
        "{QUESTIONS}{functions}tables:\n  t:\n    inputs:\n      age:\n        type: integer\n        min: 0\n        \
         max: 120\n    outputs:\n      amount: integer\n    rows:\n      - age: \"[0..18)\"\n        amount: 1\n      \
         - age: \"[18..65)\"\n        amount: 2\n      - age: \"[65..120]\"\n        amount: 3\nvalues:\n  x:\n    \
         label: X\n    expr: '{value}'\n"
    );
    let rows = findings(&text).into_iter().map(|found| {
        let row = found.strip_prefix("CF1007 warning ");
        row.unwrap_or_else(|| panic!("{found}"))
            .lines()
            .next()
            .unwrap()
            .to_owned()
    });
    rows.collect()
}

#[test]
fn rows_that_no_look_up_reaches_are_found() {
    let (young, middle, old) = (
        "age: \"[0..18)\"",
        "age: \"[18..65)\"",
        "age: \"[65..120]\"",
    );
    for (value, expected) in [
        ("t(age)", vec![]),
        ("t(min(age, 64))", vec![old]),
        ("if age >= 18 { t(age) } else { 0 }", vec![young]),
        ("if age >= 18 { t(age) } else { t(age) }", vec![]),
        ("if age > 64 { t(age) } else { t(70) }", vec![young, middle]),
        // Behind a condition that says nothing of it.
        ("if sells_food { t(age) } else { 0 }", vec![]),
    ] {
        let found = unreached("", value);
        let found: Vec<&str> = found
            .iter()
            .map(|row| row.trim_start_matches("- "))
            .collect();
        assert_eq!(found, expected, "{value}");
    }
}

#[test]
fn look_ups_within_functions_reach_what_their_calls_reach() {
    let function = "functions:\n  - function: f\n    label: F\n    arguments:\n      n:\n        type: integer\n        \
                    min: 0\n        max: 120\n    expr: t(n)\n";
    assert_eq!(unreached(function, "f(age)"), Vec::<String>::new());
    assert_eq!(unreached(function, "f(min(age, 17))").len(), 2);
    assert_eq!(
        unreached(function, "f(min(age, 17)) + f(max(age, 65))").len(),
        1
    );
}

#[test]
fn rows_of_a_list_are_told_by_options_too() {
    let text = |value: &str| {
        format!(
            "{QUESTIONS}tables:\n  t:\n    hit: collect\n    inputs:\n      organiser:\n        same_as: organiser\n    \
             outputs:\n      amount: integer\n    rows:\n      - organiser: charity\n        amount: 1\n      \
             - organiser: business\n        amount: 2\nvalues:\n  x:\n    label: X\n    expr: '{value}'\n"
        )
    };
    assert_eq!(findings(&text("sum(t(organiser))")), Vec::<String>::new());
    let value = "if organiser != \"business\" { sum(t(organiser)) } else { 0 }";
    let found = findings(&text(value));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("CF1007 warning organiser: business"),
        "{found:?}"
    );
}
