//! What may be blank, and what rules that out.

use crate::{BASE, check_values, compiled, findings};

#[test]
fn operands_that_may_be_blank_are_refused_unless_handled() {
    check_values(&[
        ("stalls * 2", "CF0401 stalls"),
        ("guests + 1", "CF0401 guests"),
        ("stalls == 3", ""),
        ("stalls != 3", ""),
        ("stalls in [1, 2]", ""),
        ("stalls > 3", "CF0401 stalls"),
        ("(stalls ?? 0) > 3", ""),
        ("(stalls ?? guests ?? 0) + 1", ""),
        ("stalls ?? guests", ""),
        ("(stalls ?? guests) + 1", "CF0401 stalls ?? guests"),
        ("answered(stalls)", ""),
        ("round(stalls, 10)", "CF0401 stalls"),
        ("max(stalls, 3)", "CF0401 stalls"),
        ("note == \"x\"", ""),
        ("stalls", ""),
        ("-stalls", "CF0401 stalls"),
        (
            "days_between(born, add_days(born, stalls))",
            "CF0401 stalls",
        ),
    ]);
}

#[test]
fn conditions_narrow() {
    check_values(&[
        ("if sells_food { stalls * 2 } else { 0 }", ""),
        ("if not(sells_food) { 0 } else { stalls * 2 }", ""),
        ("if sells_food == true { stalls * 2 } else { 0 }", ""),
        ("if true == sells_food { stalls * 2 } else { 0 }", ""),
        (
            "if sells_food == false { stalls * 2 } else { 0 }",
            "CF0401 stalls",
        ),
        ("if answered(stalls) { stalls * 2 } else { 0 }", ""),
        ("if stalls == 3 { stalls * 2 } else { 0 }", ""),
        ("if stalls != 3 { stalls * 2 } else { 0 }", "CF0401 stalls"),
        (
            "if age > 3 or sells_food { stalls * 2 } else { 0 }",
            "CF0401 stalls",
        ),
        ("if age > 3 and sells_food { stalls * 2 } else { 0 }", ""),
        ("if age > 3 or not(sells_food) { 0 } else { stalls }", ""),
        ("sells_food and stalls > 3", ""),
        ("stalls > 3 and sells_food", ""),
        ("not(sells_food) or stalls > 3", ""),
        ("stalls > 3 or not(sells_food)", ""),
        ("stalls > 3 or sells_food", "CF0401 stalls"),
        (
            "age > 3 and stalls > 3 and sells_food and guests > 2 and answered(guests)",
            "",
        ),
        ("stalls > 3 and guests > 2", "CF0401 stalls; CF0401 guests"),
        (
            "if (if age > 3 { sells_food } else { false }) { stalls * 2 } else { 0 }",
            "",
        ),
        (
            "if organiser in [\"charity\"] and (organiser != \"charity\" or sells_food) { stalls + 1 } else { 0 }",
            "",
        ),
    ]);
}

#[test]
fn values_and_rules_are_looked_into() {
    let text = format!(
        "{BASE}\
values:
  food: sells_food == true
  total: 'if food {{ stalls * 2 }} else {{ 0 }}'
  by_rule: 'if rules.small == true {{ stalls * 2 }} else {{ 0 }}'
  maybe: stalls
  more: 'maybe + 1'
decisions:
  - decision: permit
    title: Permit
    rules:
      - rule: small
        when: sells_food
        require: stalls < 9
        say: 'At most 8 stalls, not {{stalls}}'
"
    );
    assert_eq!(findings(&text), ["CF0401 maybe"]);
}

#[test]
fn the_construct_s_own_when_narrows() {
    let text = format!(
        "{BASE}\
checks:
  - check: few
    at: stalls
    require: stalls < 100
    say: 'Fewer than {{stalls}}'
  - check: with_food
    at: age
    when: sells_food
    require: stalls < 100
    say: Too many
  - check: wrong
    at: age
    require: stalls < 100
    say: Too many
  - check: optional
    at: guests
    require: guests < 100
    say: Too many
fees:
  - fee: stalls_fee
    label: Stalls
    when: sells_food
    amount: stalls * fee
"
    );
    assert_eq!(findings(&text), ["CF0401 stalls", "CF0401 guests"]);
}

#[test]
fn shown_questions_carry_the_conditions_of_those_before_them() {
    // `sign` is asked only where `stalls` is, and that only where `sells_food` holds.
    let fields = "      - field: sign
        type: choice
        label: Sign
        when: answered(stalls)
        options:
          small: Small
          large: Large
      - field: lamp
        type: integer
        min: 1
        max: 9
        label: Lamp
        when: sign == \"large\"
";
    let text = BASE.replace(
        "  - page: streets_page\n",
        &format!("{fields}  - page: streets_page\n"),
    );
    let with = |expr: &str| findings(&format!("{text}values:\n  x: '{expr}'\n"));
    let none: [&str; 0] = [];
    assert_eq!(
        with("if sign == \"large\" { lamp + stalls } else { 0 }"),
        none
    );
    assert_eq!(with("if answered(lamp) { lamp + stalls } else { 0 }"), none);
    assert_eq!(
        with("if answered(sign) { lamp + stalls } else { 0 }"),
        ["CF0401 lamp"]
    );
}

#[test]
fn questions_that_nobody_is_asked_are_found() {
    let never = BASE.replace(
        "when: sells_food\n",
        "when: organiser == \"charity\" and organiser == \"neighbours\"\n",
    );
    assert_eq!(
        findings(&never),
        ["CF0402 organiser == \"charity\" and organiser == \"neighbours\""]
    );
}

#[test]
fn messages_say_why_and_what_to_write() {
    let text = format!("{BASE}values:\n  x: stalls * 2\n");
    let compiled = compiled(&text);
    let found = &compiled.diagnostics[0];
    assert_eq!(found.message, "`stalls` is blank where it is not asked");
    assert_eq!(compiled.sources.slice(found.labels[0].span), "sells_food");
    assert!(found.help.as_ref().unwrap().contains("(stalls ?? 0)"));
}
