//! Conditions that are always true or never, and decisions that nobody wins or loses.

use crate::{QUESTIONS, findings};

/// The form with a rule beside one that can go either way.
fn with_rule(when: &str, require: &str) -> String {
    let when = if when.is_empty() {
        String::new()
    } else {
        format!("        when: '{when}'\n")
    };
    format!(
        "{QUESTIONS}decisions:\n  - decision: d\n    title: D\n    suggest_changes: false\n    rules:\n      - rule: other\n        \
         require: age > 60\n        say: No\n      - rule: r\n{when}        require: '{require}'\n        \
         say: No\n"
    )
}

#[test]
fn rules_that_all_or_none_satisfy_are_found() {
    for (require, expected) in [
        // Limits of fields.
        ("age >= 0", "CF1001 warning"),
        ("age > 120", "CF1002 warning"),
        ("age > 119", ""),
        ("price * 2 <= 2000", "CF1001 warning"),
        ("price * 2 < 2000", ""),
        ("price + 0.01 > 0", "CF1001 warning"),
        ("guests == 0 or age > 3", "CF1002 warning guests == 0"),
        // Dates.
        ("born < today", "CF1001 warning"),
        ("days_between(born, today) > 0", "CF1001 warning"),
        ("days_between(born, today) > 1", ""),
        ("age_on(born, today) <= 130", "CF1001 warning"),
        ("age_on(born, today) >= 18", ""),
        ("year_of(born) > 1899", "CF1001 warning"),
        ("add_days(born, 10) < add_days(today, 8)", ""),
        // Lists.
        ("sum(streets.metres) >= 1", "CF1001 warning"),
        ("sum(streets.metres) > 12000", "CF1002 warning"),
        ("sum(streets.metres) >= 12000", ""),
        ("count(streets) > 0", "CF1001 warning"),
        ("all(streets.metres > 0.9)", "CF1001 warning"),
        ("any(streets.lit)", ""),
        // Options, blanks and texts.
        (
            "organiser in [\"neighbours\", \"charity\", \"business\"]",
            "CF1001 warning",
        ),
        ("organiser == \"charity\"", ""),
        ("note == \"ab\"", "CF1002 warning"),
        ("note == \"abc\"", ""),
        ("agreed", "CF1001 warning"),
        ("answered(stalls) == sells_food", "CF1006 note"),
        ("(stalls ?? 0) > 0 or not(sells_food)", "CF1001 warning"),
        // Of two figures that hang together nothing is known but their bounds.
        ("age + 1 > age", "CF1006 note"),
    ] {
        let found = findings(&with_rule("", require));
        let as_expected = if expected.is_empty() {
            found.is_empty()
        } else {
            found.iter().any(|found| found.starts_with(expected))
        };
        assert!(
            as_expected,
            "{require}\n  expected {expected:?}\n  found {found:?}"
        );
    }
}

#[test]
fn conditions_count_where_they_stand() {
    for (when, require, expected) in [
        ("age > 65", "age >= 18", "CF1001 warning age >= 18"),
        ("age > 65", "age >= 70", ""),
        ("age > 65", "age < 66", "CF1002 warning age < 66"),
        ("sells_food", "stalls > 0", "CF1001 warning stalls > 0"),
        ("age > 200", "sells_food", "CF1003 warning age > 200"),
        ("age >= 0", "sells_food", "CF1001 warning age >= 0"),
        (
            "sells_food and stalls > 0",
            "age > 1",
            "CF1001 warning stalls > 0",
        ),
        // The part to the right is there for the sake of the one to the left.
        ("stalls > 3 and sells_food", "age > 1", ""),
        (
            "age > 20 and age > 10",
            "sells_food",
            "CF1001 warning age > 10",
        ),
        (
            "age < 20 or age > 10",
            "sells_food",
            "CF1001 warning age < 20 or age > 10",
        ),
        (
            "organiser == \"charity\" and organiser == \"business\"",
            "sells_food",
            "CF1003 warning organiser == \"charity\" and organiser == \"business\"",
        ),
        (
            "sum(streets.metres) > 500 and sum(streets.metres) < 400",
            "sells_food",
            "CF1003 warning sum(streets.metres) > 500 and sum(streets.metres) < 400",
        ),
        (
            "any(streets.lit and streets.metres > 0)",
            "age > 1",
            "CF1001 warning streets.metres > 0",
        ),
    ] {
        let found = findings(&with_rule(when, require));
        let expected: Vec<&str> = Some(expected)
            .filter(|e| !e.is_empty())
            .into_iter()
            .collect();
        assert_eq!(found, expected, "when {when}, require {require}");
    }
}

#[test]
fn branches_that_are_never_taken_are_found() {
    let with_value =
        |expr: &str| format!("{QUESTIONS}values:\n  x:\n    label: X\n    expr: '{expr}'\n");
    for (expr, expected) in [
        ("if age >= 0 { 1 } else { 2 }", "CF1001 warning age >= 0"),
        ("if age > 120 { 1 } else { 2 }", "CF1002 warning age > 120"),
        ("if age > 12 { 1 } else { 2 }", ""),
        (
            "if age > 12 { if age > 10 { 1 } else { 2 } } else { 3 }",
            "CF1001 warning age > 10",
        ),
        (
            "sum(if streets.metres > 0 { streets.metres } else { 0 })",
            "CF1001 warning streets.metres > 0",
        ),
    ] {
        let found = findings(&with_value(expr));
        let expected: Vec<&str> = Some(expected)
            .filter(|e| !e.is_empty())
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{expr}");
    }
}

#[test]
fn what_no_answers_lead_to_is_found() {
    let page = QUESTIONS.replace(
        "    title: Streets\n",
        "    title: Streets\n    when: age > 20 and age < 10\n",
    );
    let page = format!("{page}values:\n  x:\n    label: X\n    expr: 1\n");
    assert_eq!(findings(&page), ["CF1003 warning age > 20 and age < 10"]);
    let option = QUESTIONS.replace(
        "          business: A business\n",
        "          business:\n            label: A business\n            when: age > 120\n",
    );
    assert_eq!(findings(&option), ["CF1003 warning age > 120"]);
    let line = format!(
        "{QUESTIONS}fees:\n  - fee: base\n    label: Base\n    amount: 10\n  - fee: rest\n    label: \
         Rest\n    when: subtotal > 10\n    amount: 5\n"
    );
    assert_eq!(findings(&line), ["CF1003 warning subtotal > 10"]);
    let check = format!(
        "{QUESTIONS}checks:\n  - check: c\n    at: age\n    require: age < 121\n    say: No\n"
    );
    assert_eq!(findings(&check), ["CF1001 warning age < 121"]);
}

#[test]
fn a_parameter_by_itself_is_a_switch() {
    let text = with_rule("open", "age > 18").replace(
        "pages:\n",
        "parameters:\n  open:\n    type: boolean\n    value: true\npages:\n",
    );
    assert_eq!(findings(&text), Vec::<String>::new());
}

/// A form with a decision of that rule, and a parameter that is yes or no in these periods.
fn with_switch(periods: &str, require: &str) -> String {
    let text = format!(
        "{QUESTIONS}decisions:\n  - decision: d\n    title: D\n    rules:\n      - rule: r\n        require: {require}\n        \
         say: No\n"
    );
    let parameter =
        format!("parameters:\n  open:\n    type: boolean\n    periods:\n{periods}pages:\n");
    text.replace("pages:\n", &parameter)
}

#[test]
fn a_decision_on_a_switch_is_judged_by_how_it_stands() {
    let on = "      - value: true\n";
    let off = "      - value: false\n";
    let later = "      - value: false\n      - from: 2027-01-01\n        value: true\n";
    let too_late = "      - value: false\n      - from: 2031-01-01\n        value: true\n";
    for (periods, require, expected) in [
        (on, "open", None),
        (off, "open", Some("CF1004 warning d")),
        (later, "open", None),
        // The form ends before it is turned on.
        (too_late, "open", Some("CF1004 warning d")),
        (on, "open and age > 18", None),
        (off, "open and age > 18", Some("CF1004 warning d")),
        (later, "open and age > 18", None),
        (on, "open or age > 18", None),
        (off, "open or age > 200", Some("CF1004 warning d")),
    ] {
        let found = findings(&with_switch(periods, require));
        let decisions: Vec<&String> = found.iter().filter(|f| f.ends_with(" d")).collect();
        assert_eq!(
            decisions,
            expected.iter().collect::<Vec<_>>(),
            "{periods} {require}: {found:?}"
        );
        assert!(found.iter().all(|f| !f.starts_with("CF1006")), "{found:?}");
    }
}

#[test]
fn check_digits_come_out_right_and_wrong() {
    for condition in [
        "mod97(note) == 1",
        "mod97(note) != 1",
        "luhn(note)",
        "mod11_10(note)",
        "length(note) == 5",
        "remainder(weighted_sum(note, [3, 1]), 10) == 0",
        "remainder(age, 10) == 3",
        "digits(note) == \"12\"",
    ] {
        let text = with_rule("answered(note)", condition);
        assert_eq!(findings(&text), Vec::<String>::new(), "{condition}");
    }
    for (condition, expected) in [
        ("mod97(note) == 98", "CF1002"),
        ("mod97(note) <= 97", "CF1001"),
        ("length(note) > 20", "CF1002"),
        ("length(note) >= 3", "CF1001"),
        ("remainder(age, 10) == 10", "CF1002"),
        ("remainder(age, 10) < 10", "CF1001"),
    ] {
        let found = findings(&with_rule("answered(note)", condition));
        assert_eq!(found, [format!("{expected} warning {condition}")]);
    }
}

#[test]
fn what_is_not_proved_is_said_once() {
    let text = with_switch("      - value: true\n", "age + 1 > age");
    let found = findings(&text);
    let found: Vec<&String> = found.iter().filter(|f| f.starts_with("CF1006")).collect();
    assert_eq!(found, ["CF1006 note age + 1 > age"]);
}

#[test]
fn decisions_that_nobody_wins_or_loses_are_found() {
    let with_rules = |rules: &[&str]| {
        let rules: String = rules
            .iter()
            .enumerate()
            .map(|(index, rule)| {
                format!("      - rule: r{index}\n        require: '{rule}'\n        say: No\n")
            })
            .collect();
        format!("{QUESTIONS}decisions:\n  - decision: d\n    title: D\n    rules:\n{rules}")
    };
    assert_eq!(
        findings(&with_rules(&["age > 60", "sells_food", "age < 30"])),
        ["CF1004 warning d"]
    );
    let compiled = crate::compiled(&with_rules(&["age > 60", "sells_food", "age < 30"]));
    let labels: Vec<&str> = compiled.diagnostics[0]
        .labels
        .iter()
        .map(|label| compiled.sources.slice(label.span))
        .collect();
    assert_eq!(labels, ["age > 60", "age < 30"]);
    assert_eq!(
        findings(&with_rules(&["age > 30", "age < 60"])),
        Vec::<String>::new()
    );
    // What is said of the only rule is not said of the decision again.
    assert_eq!(
        findings(&with_rules(&["age >= 0"])),
        ["CF1001 warning age >= 0"]
    );
}
