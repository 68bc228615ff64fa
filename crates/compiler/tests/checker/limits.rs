//! Limits of fields, patterns, parameters' periods.

use crate::{BASE, findings};

fn with_field(lines: &str) -> Vec<String> {
    let field = format!("      - field: extra\n        label: Extra\n{lines}");
    findings(&BASE.replace(
        "  - page: streets_page\n",
        &format!("{field}  - page: streets_page\n"),
    ))
}

#[test]
fn limits_fit_the_type_and_each_other() {
    for (lines, expected) in [
        (
            "        type: integer\n        min: 5\n        max: 3\n",
            "CF0307 3",
        ),
        ("        type: integer\n        min: 0.5\n", "CF0307 0.5"),
        (
            "        type: integer\n        min: 1000000000\n",
            "CF0307 1000000000",
        ),
        (
            "        type: integer\n        max: 99999999999999999\n",
            "CF0307 integer",
        ),
        (
            "        type: money\n        max: 10.505\n",
            "CF0307 10.505",
        ),
        (
            "        type: decimal\n        scale: 1\n        min: 0.25\n",
            "CF0307 0.25",
        ),
        (
            "        type: date\n        min: 2026-01-02\n        max: 2026-01-01\n",
            "CF0307 2026-01-01",
        ),
        (
            "        type: text\n        min_length: 5\n        max_length: 3\n",
            "CF0307 3",
        ),
        ("        type: text\n        min_length: 2000\n", ""),
        (
            "        type: text\n        pattern: \"[A-Z]{2}[0-9]{6}\"\n",
            "",
        ),
        (
            "        type: text\n        pattern: \"^a$\"\n",
            "CF0308 ^a$",
        ),
        ("        type: text\n        format: email\n", ""),
        (
            "        type: text\n        format: phone\n",
            "CF0308 phone",
        ),
        (
            "        type: choice\n        options: colors\n",
            "CF0205 colors",
        ),
    ] {
        let expected: Vec<&str> = Some(expected)
            .filter(|e| !e.is_empty())
            .into_iter()
            .collect();
        assert_eq!(with_field(lines), expected, "{lines}");
    }
}

#[test]
fn groups_allow_some_number_of_records() {
    let text = BASE.replace("    min: 1\n    max: 6\n", "    min: 7\n    max: 6\n");
    assert_eq!(findings(&text), ["CF0307 6"]);
    let text = BASE.replace("    min: 1\n    max: 6\n", "    min: 1\n    max: 100000\n");
    assert_eq!(findings(&text), ["CF0307 100000"]);
}

fn with_periods(periods: &str) -> Vec<String> {
    findings(&BASE.replace(
        "  limit:\n    type: integer\n    value: 10\n",
        &format!("  limit:\n    type: integer\n    periods:\n{periods}"),
    ))
}

#[test]
fn periods_follow_each_other_and_cover_the_form() {
    for (periods, expected) in [
        (
            "      - value: 1\n      - from: 2027-01-01\n        value: 2\n",
            "",
        ),
        ("      - from: 2026-01-01\n        value: 1\n", ""),
        (
            "      - from: 2026-01-02\n        value: 1\n",
            "CF0606 limit",
        ),
        ("      - to: 2029-12-31\n        value: 1\n", "CF0606 limit"),
        (
            "      - to: 2026-12-31\n        value: 1\n      - from: 2027-01-02\n        value: 2\n",
            "CF0606 limit",
        ),
        (
            "      - to: 2026-12-31\n        value: 1\n      - from: 2027-01-01\n        value: 2\n",
            "",
        ),
        (
            "      - to: 2027-01-01\n        value: 1\n      - from: 2027-01-01\n        value: 2\n",
            "CF0606 2027-01-01",
        ),
        (
            "      - from: 2026-01-01\n        to: 2025-01-01\n        value: 2\n",
            "CF0606 limit; CF0606 2025-01-01",
        ),
    ] {
        let expected: Vec<&str> = expected.split("; ").filter(|e| !e.is_empty()).collect();
        assert_eq!(with_periods(periods), expected, "{periods}");
    }
}

#[test]
fn rules_of_names_a_date() {
    let text = |id: &str| {
        BASE.replace(
            "title: Sample\n",
            &format!("title: Sample\nrules_of: {id}\n"),
        )
    };
    assert_eq!(findings(&text("born")), Vec::<String>::new());
    assert_eq!(findings(&text("age")), ["CF0205 age"]);
    // The parameters of the day that was answered: `born` reaches back to 1900.
    let since = text("born").replace(
        "    type: integer\n    value: 10\n",
        "    type: integer\n    periods:\n      - from: 1950-01-01\n        value: 10\n",
    );
    assert_eq!(findings(&since), ["CF0606 limit"]);
}
