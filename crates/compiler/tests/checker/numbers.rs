//! Units, scales, bounds, rounding, quotients.

use crate::{BASE, check_values, compiled, findings};

#[test]
fn units_go_together_or_are_refused() {
    check_values(&[
        ("price + 10", ""),
        ("price * 0.5 + fee", ""),
        ("price + age", "CF0302 price + age"),
        ("price * fee", "CF0302 price * fee"),
        ("age / price > 1", "CF0302 age / price"),
        ("price / fee > 1", ""),
        ("1000 / fee > 2", ""),
        ("price > 100 and age > 100", ""),
        ("price > age", "CF0302 price > age"),
        ("if sells_food { price } else { 0 }", ""),
        (
            "if sells_food { price } else { age }",
            "CF0302 if sells_food { price } else { age }",
        ),
        ("max(price, 0)", ""),
        ("max(price, age)", "CF0302 max(price, age)"),
        ("days_between(born, today) + age", ""),
        ("-price + fee", ""),
        ("abs(price - fee)", ""),
    ]);
}

#[test]
fn types_clash_with_a_word_about_both() {
    check_values(&[
        ("age + note", "CF0301 age + note"),
        ("born + 1", "CF0301 born + 1"),
        ("age and sells_food", "CF0301 age"),
        ("not(age)", "CF0301 age"),
        ("sells_food > sells_food", "CF0301 sells_food > sells_food"),
        ("organiser > \"charity\"", "CF0301 organiser > \"charity\""),
        ("organiser == front", "CF0301 organiser == front"),
        ("front == back", ""),
        ("born < \"2020-01-01\"", ""),
        ("born < \"2020-13-01\"", "CF0301 \"2020-13-01\""),
        (
            "if sells_food { 1 } else { \"one\" }",
            "CF0301 if sells_food { 1 } else { \"one\" }",
        ),
        ("features == \"pool\"", "CF0301 features == \"pool\""),
        ("\"pool\" in features", ""),
        ("age in [1, 2, 3]", ""),
        ("age in [1, \"two\"]", "CF0301 \"two\""),
        ("age in note", "CF0301 age in note"),
        ("add_days(born, area)", "CF0301 area"),
        ("add_days(age, 1)", "CF0301 age"),
        ("weekday(\"2026-01-01\")", ""),
    ]);
}

#[test]
fn quotients_are_compared_or_rounded() {
    check_values(&[
        ("area / 3", "CF0603 area / 3"),
        ("round(area / 3, 0.01)", ""),
        ("area / 3 > 1", ""),
        ("round(area / 3 * 100 + 1, 1)", ""),
        ("round(price / 3, 0.01)", ""),
        ("round_down(sum(streets.metres) / 100, 1)", ""),
        ("sum(streets.metres / 3)", "CF0603 streets.metres / 3"),
        ("round(area)", "CF0303 round(area)"),
        ("round(area, limit)", "CF0303 limit"),
        ("round(area, 0)", "CF0303 0"),
    ]);
}

#[test]
fn divisors_are_not_zero() {
    check_values(&[
        ("round(price / age, 0.01)", "CF0604 age"),
        ("if age > 0 { round(price / age, 0.01) } else { 0 }", ""),
        ("if age == 0 { 0 } else { round(price / age, 0.01) }", ""),
        ("round(price / (age + 1), 0.01)", ""),
        ("round(price / max(age, 1), 0.01)", ""),
        ("if age >= 1 { round(price / age, 0.01) } else { 0 }", ""),
        ("round(price / 0, 0.01)", "CF0604 0"),
    ]);
    // A case shows it, and bounds and conditions together rule it out.
    check_values(&[
        ("round(price / (age - 1), 0.01)", "CF0604 age - 1"),
        (
            "if age - 1 > 5 { round(price / (age - 1), 0.01) } else { 0 }",
            "",
        ),
        (
            "if age > 9 and area < age { round(price / (age - 9), 0.01) } else { 0 }",
            "",
        ),
        (
            "if area >= age and age > 3 { round(price / area, 0.01) } else { 0 }",
            "",
        ),
    ]);
}

#[test]
fn digits_are_counted() {
    check_values(&[
        ("area * area * area * area * area", ""),
        (
            "area * area * area * area * area * area * area",
            "CF0602 area * area * area * area * area * area",
        ),
        (
            "round(area * area * area * area, 0.01) * round(area * area, 0.01)",
            "",
        ),
    ]);
}

fn fee(amount: &str) -> Vec<String> {
    findings(&format!(
        "{BASE}fees:\n  - fee: base\n    label: Base\n    amount: '{}'\n",
        amount.replace('\'', "''")
    ))
}

#[test]
fn fees_are_rounded_money() {
    for (amount, expected) in [
        ("fee", ""),
        ("10", ""),
        ("-10.50", ""),
        ("10.505", "CF0601 10.505"),
        ("fee * limit", ""),
        ("fee * rate", "CF0601 fee * rate"),
        ("round(fee * rate, 0.01)", ""),
        ("round(fee * rate, 0.05)", ""),
        ("price / 3", "CF0601 price / 3"),
        ("age", "CF0302 age"),
        ("sells_food", "CF0301 sells_food"),
        ("stalls * fee", "CF0401 stalls"),
        ("(stalls ?? 0) * fee", ""),
        ("subtotal", ""),
        ("fees.base", "CF0207 fees.base"),
    ] {
        let expected: Vec<&str> = expected.split("; ").filter(|e| !e.is_empty()).collect();
        assert_eq!(fee(amount), expected, "{amount}");
    }
    let text = format!("{BASE}fees:\n  - fee: base\n    label: Base\n    amount: fee * rate\n");
    let found = &compiled(&text).diagnostics[0];
    let suggestion = found.suggestion.as_ref().unwrap();
    assert_eq!(suggestion.replacement, "round(fee * rate, 0.01)");
}

#[test]
fn lines_read_the_lines_above() {
    let text = format!(
        "{BASE}\
fees:
  - fee: base
    label: Base
    when: sells_food
    amount: stalls * fee
  - fee: half
    label: Half
    amount: -round(fees.base * 0.5, 0.01)
  - fee: more
    label: More
    amount: round(subtotal * 0.175, 0.01)
"
    );
    assert_eq!(findings(&text), Vec::<String>::new());
    let early = text.replace("fees.base * 0.5", "fees.more * 0.5");
    assert_eq!(findings(&early), ["CF0207 fees.more"]);
    let unknown = text.replace("fees.base * 0.5", "fees.bass * 0.5");
    assert_eq!(findings(&unknown), ["CF0205 bass"]);
}

#[test]
fn money_needs_a_currency() {
    let text = BASE.replace("currency: GBP\n", "");
    assert_eq!(findings(&text), ["CF0605 money"]);
}

#[test]
fn deep_expressions_are_refused_and_long_ones_are_not() {
    let long = (0..250).map(|_| "age").collect::<Vec<_>>().join(" + ");
    let deep = (0..250).map(|_| "age").collect::<Vec<_>>().join(" - ");
    let place = format!("CF0123 {deep}");
    check_values(&[(long.as_str(), ""), (deep.as_str(), place.as_str())]);
}

#[test]
fn fees_and_entitlements_do_not_read_each_other() {
    let text = format!(
        "{BASE}fees:
  - fee: base
    label: Base
    amount: fee
entitlements:
  - entitlement: grant
    label: Grant
    amount: fees.base
  - entitlement: more
    label: More
    amount: entitlements.grant + subtotal
"
    );
    assert_eq!(findings(&text), ["CF0207 fees.base"]);
    let sound = text.replace("amount: fees.base", "amount: fee");
    assert_eq!(findings(&sound), Vec::<String>::new());
    let other_way = sound.replacen("amount: fee\n", "amount: entitlements.grant\n", 1);
    assert_eq!(findings(&other_way), ["CF0207 entitlements.grant"]);
}
