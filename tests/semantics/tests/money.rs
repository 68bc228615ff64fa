//! Fees, tables, parameters, rounding.

use counterfoil_engine::{
    Answers, Context,
    date::Day,
    evaluate, explain,
    report::{Account, Report},
};
use counterfoil_semantics::{Form, errors, value};

const FEES: &str = "
parameters:
  rate:
    type: decimal
    periods:
      - from: 2026-01-01
        value: 0.175
        source: Order 2026
      - from: 2027-01-01
        to: 2027-12-31
        value: 0.2
        source: Order 2027
pages:
  - page: one
    title: One
    fields:
      - field: area
        type: money
        min: 0
        max: 10000
        label: Value
      - field: express
        type: boolean
        label: Express
decisions:
  - decision: permit
    title: Permit
    rules:
      - rule: small
        require: area <= 9000
        say: At most 9000
fees:
  - fee: tiers
    label: Tiers
    amount: round(bands(area), 0.01)
  - fee: express
    label: Express
    when: express
    amount: round(subtotal * rate, 0.01)
  - fee: third
    label: A third of the tiers
    omit_zero: true
    amount: round(fees.tiers / 3, 0.01)
  - fee: floor
    label: Lowest fee
    when: subtotal < 10
    amount: 10 - subtotal
tables:
  bands:
    hit: marginal
    inputs:
      area:
        same_as: area
    outputs:
      rate: decimal
    rows:
      - area: \"[0..1000]\"
        rate: 0.006
      - area: \"(1000..5000]\"
        rate: 0.0045
      - area: \"> 5000\"
        rate: 0.00125
";

fn lines(report: &Report) -> Vec<(&str, &str)> {
    let fees: &Account = report.fees.as_ref().expect("fees");
    fees.lines
        .iter()
        .map(|line| (&*line.id, line.amount.as_deref().unwrap_or("null")))
        .collect()
}

fn total(report: &Report) -> Option<&str> {
    report.fees.as_ref().and_then(|fees| fees.total.as_deref())
}

#[test]
fn lines_build_on_those_above_and_round_where_the_form_says() {
    let form = Form::new(FEES);
    // 1000 × 0.006 + 4000 × 0.0045 + 3000.50 × 0.00125 = 27.750625
    let report = form.report(r#"{"area": "8000.50", "express": true}"#);
    assert_eq!(
        lines(&report),
        [("tiers", "27.75"), ("express", "4.86"), ("third", "9.25")]
    );
    assert_eq!(total(&report), Some("41.86"));
}

#[test]
fn a_line_that_does_not_apply_is_absent_and_zero_can_be_left_out() {
    let form = Form::new(FEES);
    let report = form.report(r#"{"area": 0, "express": false}"#);
    assert_eq!(lines(&report), [("tiers", "0.00"), ("floor", "10.00")]);
    assert_eq!(total(&report), Some("10.00"));
}

#[test]
fn the_total_waits_for_every_line_and_for_its_decisions() {
    let form = Form::new(FEES);
    let report = form.report(r#"{"area": 1000}"#);
    assert_eq!(
        lines(&report)[..2],
        [("tiers", "6.00"), ("express", "null")]
    );
    assert_eq!(total(&report), None);
    let report = form.report(r#"{"area": 9500, "express": false}"#);
    assert_eq!(total(&report), None);
}

#[test]
fn parameters_hold_in_their_periods_and_fail_outside() {
    let form = Form::new(FEES);
    let answers = Answers::from_json(r#"{"area": 1000, "express": true}"#).unwrap();
    let on = |year, month, day| {
        let day = Day::from_ymd(year, month, day).unwrap();
        evaluate(&form.plan, &answers, &Context::on(day)).unwrap()
    };
    assert_eq!(lines(&on(2026, 12, 31))[1], ("express", "1.05"));
    assert_eq!(lines(&on(2027, 1, 1))[1], ("express", "1.20"));
    for day in [on(2025, 12, 31), on(2028, 1, 1)] {
        assert_eq!(lines(&day)[1], ("express", "null"));
        assert_eq!(errors(&day), [("fees.express", "arithmetic")]);
        assert_eq!(total(&day), None);
    }
    let early = Day::from_ymd(2019, 12, 31).unwrap();
    assert!(evaluate(&form.plan, &answers, &Context::on(early)).is_err());
}

#[test]
fn every_figure_can_say_why() {
    let form = Form::new(FEES);
    let answers = Answers::from_json(r#"{"area": 1000, "express": true}"#).unwrap();
    let context = Form::context();
    let text = explain(&form.plan, "en", &answers, &context, "fees.express")
        .unwrap()
        .to_text();
    assert_eq!(
        text,
        "Express: €1.05
  This applies because: Express: Yes
  €6.00 × 0.175 = €1.05
    Sum of the lines above: €6.00
      Tiers: €6.00
    rate: 0.175 (since 1 January 2026) [Order 2026]
"
    );
    let unknown = explain(&form.plan, "en", &answers, &context, "fees.nothing").unwrap_err();
    assert!(unknown.to_string().contains("fees.tiers"), "{unknown}");
}

#[test]
fn tables_answer_by_row_and_quotients_compare_exactly() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: kind
        type: choice
        label: Kind
        options:
          a: A
          b: B
      - field: n
        type: integer
        min: 0
        max: 99
        label: N
values:
  factor: factors(kind, n).factor
  name: factors(kind, n).name
  third: n / 3 == 1
  down: round_down(n / 3, 1)
  up: round_up(n / 3, 1)
  even: round_even(n / 2, 1)
  nearest: round(n / 2, 1)
tables:
  factors:
    hit: first
    inputs:
      kind:
        same_as: kind
      n:
        same_as: n
    outputs:
      factor: decimal
      name: text
    rows:
      - kind: a
        n: \"[0..10)\"
        factor: 0.5
        name: low
      - kind: a | b
        n: 10 | 12 | > 50
        factor: 1
        name: some
      - kind: \"-\"
        n: \"-\"
        factor: 2
        name: rest
",
    );
    for (answers, factor, name) in [
        (r#"{"kind": "a", "n": 9}"#, r#""0.5""#, r#""low""#),
        (r#"{"kind": "b", "n": 10}"#, r#""1""#, r#""some""#),
        (r#"{"kind": "a", "n": 51}"#, r#""1""#, r#""some""#),
        (r#"{"kind": "b", "n": 11}"#, r#""2""#, r#""rest""#),
    ] {
        let report = form.report(answers);
        assert_eq!(value(&report, "factor"), factor, "{answers}");
        assert_eq!(value(&report, "name"), name, "{answers}");
    }
    let report = form.report(r#"{"n": 5}"#);
    for (id, expected) in [
        ("third", "false"),
        ("down", "1"),
        ("up", "2"),
        ("even", "2"),
        ("nearest", "3"),
    ] {
        assert_eq!(value(&report, id), expected, "{id}");
    }
    assert_eq!(value(&form.report(r#"{"n": 3}"#), "third"), "true");
    assert_eq!(value(&report, "factor"), "absent");
}
