//! Days counted over several ranges, and parameters of other days.

use counterfoil_engine::report::Status;
use counterfoil_semantics::{Form, value};

/// Mondays for which benefit is paid, as in the United Kingdom's tax charge on Child Benefit.
const CHILD_BENEFIT: &str = "
parameters:
  first_child:
    type: money
    periods:
      - from: 2024-04-06
        value: 25.60
      - from: 2025-04-06
        value: 26.05
  further_child:
    type: money
    periods:
      - from: 2024-04-06
        value: 16.95
      - from: 2025-04-06
        value: 17.25
pages:
  - page: claim
    title: Claim
    fields:
      - field: tax_year
        type: integer
        min: 2024
        max: 2025
        label: Tax year
      - field: whole_year
        type: integer
        min: 0
        max: 30
        label: Children for whom you claim the whole year
  - page: children
    title: Children for part of the year
    group: children
    max: 30
    required: false
    fields:
      - field: start_date
        type: date
        min: 2024-04-06
        max: 2026-04-05
        label: From
      - field: end_date
        type: date
        min: 2024-04-06
        max: 2026-04-05
        label: To
        required: false
    values:
      paid: range(start_date, end_date ?? date(tax_year + 1, 4, 5))
      mondays: weekday_count(monday, paid)
values:
  year: range(date(tax_year, 4, 6), date(tax_year + 1, 4, 5))
  weeks: weekday_count(monday, year)
  first_rate: first_child.on(year.start)
  further_rate: further_child.on(year.start)
  child_weeks: sum(children.mondays)
  weeks_with_a_child: weekday_count(monday, children.paid)
  for_whole_year: |
    if whole_year > 0 { weeks * (first_rate + (whole_year - 1) * further_rate) } else { 0 }
  for_part: |
    if whole_year > 0 { child_weeks * further_rate }
    else { weeks_with_a_child * first_rate + (child_weeks - weeks_with_a_child) * further_rate }
  received: for_whole_year + for_part
";

#[test]
fn mondays_of_overlapping_claims_count_once() {
    let form = Form::new(CHILD_BENEFIT);
    // Two children for overlapping parts of 2024-25: 6 May to 30 June, and 3 June to 5 April.
    let report = form.report(
        r#"{"tax_year": 2024, "whole_year": 0, "children": [
            {"start_date": "2024-05-06", "end_date": "2024-06-30"},
            {"start_date": "2024-06-03"}
        ]}"#,
    );
    assert_eq!(report.status, Status::Complete);
    assert_eq!(value(&report, "weeks"), "52");
    // 8 Mondays and 44, of which 4 are the same.
    assert_eq!(value(&report, "child_weeks"), "52");
    assert_eq!(value(&report, "weeks_with_a_child"), "48");
    // 48 x 25.60 + 4 x 16.95
    assert_eq!(value(&report, "received"), "\"1296.60\"");
    let report = form.report(r#"{"tax_year": 2025, "whole_year": 2, "children": []}"#);
    // 52 x (26.05 + 17.25)
    assert_eq!(value(&report, "received"), "\"2251.60\"");
    // Counts wait for a date that is still to come, and for the records themselves.
    let report = form.report(r#"{"tax_year": 2024, "whole_year": 0, "children": [{}]}"#);
    assert_eq!(value(&report, "weeks_with_a_child"), "absent");
    assert_eq!(report.status, Status::Incomplete);
}

/// Interest on a tax that is paid late, day by day at the rate of each day.
const INTEREST: &str = "
parameters:
  interest_rate:
    type: decimal
    label: Interest rate
    periods:
      - value: 3.25
        source: before April 2020
      - from: 2020-04-07
        value: 2.6
      - from: 2022-01-04
        value: 2.75
      - from: 2022-02-21
        value: 3
        source: from 21 February 2022
      - from: 2022-04-05
        value: 3.25
pages:
  - page: only
    title: Only
    fields:
      - field: deadline
        type: date
        label: Deadline
      - field: paid_on
        type: date
        label: Paid on
      - field: bill
        type: money
        min: 0
        max: 1000000
        label: Bill
values:
  late: range(deadline, paid_on - days(2))
  interest: |
    if paid_on > deadline { round(bill * accrue(interest_rate, late) / 36500, 0.01) } else { 0 }
";

#[test]
fn interest_accrues_across_periods() {
    let form = Form::new(INTEREST);
    let interest = |deadline: &str, paid: &str| {
        let report = form.report(&format!(
            r#"{{"deadline": "{deadline}", "paid_on": "{paid}", "bill": "1000"}}"#
        ));
        value(&report, "interest")
    };
    // From 31 January to 30 April 2022: 21 days at 2.75, 43 at 3, 26 at 3.25; 271.25 in all.
    assert_eq!(interest("2022-01-31", "2022-05-02"), "\"7.43\"");
    // Paid one day late, the range is empty.
    assert_eq!(interest("2022-01-31", "2022-02-01"), "\"0.00\"");
    assert_eq!(interest("2022-01-31", "2022-01-31"), "\"0.00\"");
    let answers = r#"{"deadline": "2022-01-31", "paid_on": "2022-05-02", "bill": "1000"}"#;
    let answers = counterfoil_engine::Answers::from_json(answers).unwrap();
    let day = counterfoil_engine::date::Day::from_ymd(2026, 6, 1).unwrap();
    let context = counterfoil_engine::Context::on(day);
    let text = counterfoil_engine::explain(&form.plan, "en", &answers, &context, "values.interest")
        .unwrap()
        .to_text();
    for line in [
        "Interest rate, for every day in 31 January 2022 to 30 April 2022: 271.25\n",
        "Interest rate: 2.75 (since 4 January 2022)\n            21 days × 2.75 = 57.75\n",
        "Interest rate: 3 (since 21 February 2022) [from 21 February 2022]\n            43 days × 3 = 129\n",
        "Interest rate: 3.25 (since 5 April 2022)\n            26 days × 3.25 = 84.5\n",
        "late: 31 January 2022 to 30 April 2022\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

const OTHER_DAYS: &str = "
parameters:
  fee:
    type: money
    periods:
      - from: 2026-01-01
        to: 2026-06-30
        value: 10
      - from: 2026-08-01
        value: 12
pages:
  - page: only
    title: Only
    fields:
      - field: day
        type: date
        label: Day
      - field: spring
        type: date
        min: 2026-03-01
        max: 2026-05-31
        label: Spring
values:
  fee_then: fee.on(day) ?? 99
  fee_in_spring: fee.on(spring) * 2
  known: answered(fee.on(day))
  total: accrue(fee, range(spring, day)) ?? -1
";

#[test]
fn a_parameter_of_another_day_is_blank_outside_its_periods() {
    let form = Form::new(OTHER_DAYS);
    for (day, then, known, total) in [
        ("2026-06-30", "10", "true", "610.00"),
        ("2026-07-01", "99", "false", "-1.00"),
        ("2026-08-01", "12", "true", "-1.00"),
        ("2026-04-30", "10", "true", "0.00"),
        ("2025-12-31", "99", "false", "0.00"),
    ] {
        let report = form.report(&format!(r#"{{"day": "{day}", "spring": "2026-05-01"}}"#));
        assert_eq!(
            value(&report, "fee_then"),
            format!("\"{then}.00\""),
            "{day}"
        );
        assert_eq!(value(&report, "known"), known, "{day}");
        assert_eq!(value(&report, "fee_in_spring"), "\"20.00\"");
        assert_eq!(value(&report, "total"), format!("\"{total}\""), "{day}");
    }
}
