//! Stated bounds, units of literals, how amounts are written, and what fails.

use counterfoil_engine::report::Status;
use counterfoil_semantics::{Form, errors, findings, value};

const UNLIMITED: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: whole
        type: integer
        label: Whole
        required: false
      - field: amount
        type: money
        label: Amount
        required: false
      - field: words
        type: text
        label: Words
        required: false
";

#[test]
fn types_without_limits_have_stated_bounds() {
    let form = Form::new(UNLIMITED);
    for (answers, found) in [
        (r#"{"whole": 999999999}"#.to_owned(), None),
        (r#"{"whole": -999999999}"#.to_owned(), None),
        (
            r#"{"whole": 1000000000}"#.to_owned(),
            Some(("whole", "range")),
        ),
        (
            r#"{"whole": -1000000000}"#.to_owned(),
            Some(("whole", "range")),
        ),
        (r#"{"amount": "1000000000000.00"}"#.to_owned(), None),
        (
            r#"{"amount": "1000000000000.01"}"#.to_owned(),
            Some(("amount", "range")),
        ),
        (
            r#"{"amount": "-1000000000000.01"}"#.to_owned(),
            Some(("amount", "range")),
        ),
        (format!(r#"{{"words": "{}"}}"#, "é".repeat(1_000)), None),
        (
            format!(r#"{{"words": "{}"}}"#, "é".repeat(1_001)),
            Some(("words", "length")),
        ),
    ] {
        let report = form.report(&answers);
        let expected: Vec<_> = found.into_iter().collect();
        assert_eq!(errors(&report), expected, "{}", &answers[..20]);
    }
    let group = "pages:
  - page: one
    title: One
    group: rows
    fields:
      - field: n
        type: integer
        label: N
";
    assert_eq!(findings(group), ["CF0108"]);
}

#[test]
fn whole_numbers_are_whole_by_their_value() {
    let form = Form::new(&format!("{UNLIMITED}values:\n  next: (whole ?? 0) + 0.5\n"));
    for whole in ["2", "2.0", "2.000", "20e-1"] {
        let report = form.report(&format!(r#"{{"whole": {whole}}}"#));
        assert_eq!(value(&report, "next"), r#""2.5""#, "{whole}");
    }
    for whole in ["2.5", "25e-1"] {
        let report = form.report(&format!(r#"{{"whole": {whole}}}"#));
        assert_eq!(errors(&report), [("whole", "type")], "{whole}");
    }
}

#[test]
fn literals_take_the_unit_of_their_place_and_amounts_the_digits_of_their_currency() {
    let text = |currency: &str| {
        format!(
            "currency: {currency}
timezone: Europe/Dublin
languages: [en]
form: sample
title: A sample
{UNLIMITED}values:
  more: (amount ?? 0) + 10
  plain: (whole ?? 0) * 1.50
  least: max(amount ?? 0, 3)
"
        )
    };
    for (currency, more, least) in [
        ("JPY", r#""17""#, r#""7""#),
        ("EUR", r#""17.00""#, r#""7.00""#),
        ("KWD", r#""17.000""#, r#""7.000""#),
    ] {
        let report = Form::whole(&text(currency)).report(r#"{"amount": 7, "whole": 2}"#);
        assert_eq!(value(&report, "more"), more, "{currency}");
        assert_eq!(value(&report, "least"), least, "{currency}");
        // No trailing zeros elsewhere.
        assert_eq!(value(&report, "plain"), r#""3""#, "{currency}");
    }
    // An amount finer than the currency is no answer.
    let report = Form::whole(&text("JPY")).report(r#"{"amount": "7.5"}"#);
    assert_eq!(errors(&report), [("amount", "scale")]);
}

#[test]
fn exact_money_is_compared_added_and_reported() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: rent
        type: money
        min: 0
        max: 1000
        label: Rent
values:
  share: rent * 0.175
  compared: rent * 0.175 > 1.75
  added: rent * 0.175 + 0.01
",
    );
    let report = form.report(r#"{"rent": "10.01"}"#);
    assert_eq!(value(&report, "share"), r#""1.75175""#);
    assert_eq!(value(&report, "compared"), "true");
    assert_eq!(value(&report, "added"), r#""1.76175""#);
}

#[test]
fn what_leaves_the_calendar_fails_at_its_own_place_and_spreads_like_pending() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: day
        type: date
        label: Day
      - field: more
        type: integer
        min: 0
        max: 1000000
        label: More
values:
  later: add_days(day, more)
  after: year_of(later) + 1
  either: more < 5 or later > \"2026-01-01\"
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: soon
        require: later < \"2030-01-01\"
        say: Soon
fees:
  - fee: charge
    label: Charge
    amount: if later > \"2026-01-01\" { 5.00 } else { 6.00 }
    decisions: []
",
    );
    let report = form.report(r#"{"day": "9999-12-31", "more": 9}"#);
    assert_eq!(report.status, Status::Invalid);
    assert_eq!(errors(&report), [("values.later", "arithmetic")]);
    for id in ["later", "after", "either"] {
        assert_eq!(value(&report, id), "absent", "{id}");
    }
    assert_eq!(report.decisions[0].rules[0].holds, None);
    assert_eq!(
        report.fees.as_ref().and_then(|fees| fees.total.as_deref()),
        None
    );
    // What is decided without it is decided.
    let report = form.report(r#"{"day": "9999-12-31", "more": 1}"#);
    assert_eq!(value(&report, "either"), "true");
    assert_eq!(errors(&report), [("values.later", "arithmetic")]);
    let report = form.report(r#"{"day": "9999-12-31", "more": 0}"#);
    assert_eq!(errors(&report), []);
    assert_eq!(value(&report, "later"), r#""9999-12-31""#);
}
