//! Durations, ranges of days, working days and parameters of other days.

use counterfoil_engine::report::Status;
use counterfoil_semantics::{Form, errors, value};

/// A form with these values and no question that they read.
fn values(values: &[&str]) -> Form {
    let mut text = "
pages:
  - page: only
    title: Only
    fields:
      - field: start
        type: date
        label: Start
      - field: number
        type: integer
        min: -1000
        max: 1000
        label: Number
        required: false
values:
"
    .to_owned();
    for (index, expr) in values.iter().enumerate() {
        text.push_str(&format!("  v{index}: |\n    {expr}\n"));
    }
    Form::new(&text)
}

fn results(pairs: &[(&str, &str)], start: &str) {
    let exprs: Vec<&str> = pairs.iter().map(|(expr, _)| *expr).collect();
    let report = values(&exprs).report(&format!(r#"{{"start": "{start}"}}"#));
    for (index, (expr, expected)) in pairs.iter().enumerate() {
        let found = value(&report, &format!("v{index}"));
        assert_eq!(found.trim_matches('"'), *expected, "{expr}");
    }
}

#[test]
fn dates_move_by_durations() {
    results(
        &[
            ("start + months(1)", "2026-02-28"),
            ("start + months(1) + days(1)", "2026-03-01"),
            // Months before days, in whatever order they are written.
            ("start + (days(1) + months(1))", "2026-03-01"),
            ("months(1) + start", "2026-02-28"),
            ("start - months(2)", "2025-11-30"),
            ("start - (years(1) + weeks(2))", "2025-01-17"),
            ("start + months(3) * 2", "2026-07-31"),
            ("start - -days(1)", "2026-02-01"),
            ("years(1) + months(2) + weeks(1) + days(3)", "P14M10D"),
            ("days(1) - months(1)", "P-1M1D"),
            ("days(7) == weeks(1)", "true"),
            ("months(12) >= years(1)", "true"),
            ("max(days(3), weeks(1))", "P7D"),
            ("days(0)", "P0D"),
            (r#""2026-01-31" + days(1)"#, "2026-02-01"),
            ("start + days(number ?? 5)", "2026-02-05"),
        ],
        "2026-01-31",
    );
}

#[test]
fn parts_of_the_calendar() {
    results(
        &[
            ("date(2026, 2, 28)", "2026-02-28"),
            ("date(2024, 2, 29)", "2024-02-29"),
            ("date(year_of(start) + 1, 4, 5)", "2025-04-05"),
            (
                "date(year_of(start), 2, 29) ?? date(year_of(start), 2, 28)",
                "2024-02-29",
            ),
            (
                "date(year_of(start) - 1, 2, 29) ?? date(year_of(start), 2, 28)",
                "2024-02-28",
            ),
            ("start_of_month(start)", "2024-02-01"),
            ("end_of_month(start)", "2024-02-29"),
            (r#"months_between(start, "2025-02-28")"#, "11"),
            (r#"years_between(start, "2025-02-28")"#, "0"),
            (r#"years_between(start, "2025-03-01")"#, "1"),
            (r#"age_on(start, "2025-03-01")"#, "1"),
            ("weekday(start) == thursday", "true"),
            ("weekday(start) in [saturday, sunday]", "false"),
        ],
        "2024-02-29",
    );
}

#[test]
fn ranges_and_what_is_in_them() {
    results(
        &[
            ("days_in(range(start, start))", "1"),
            (r#"days_in(range(start, "2026-01-14"))"#, "0"),
            ("range(start, start + months(1)).end", "2026-02-15"),
            ("start in range(start, start)", "true"),
            (r#""2026-01-16" in range(start, start)"#, "false"),
            (
                r#"days_in(overlap(range(start, "2026-02-10"), range("2026-02-01", "2026-03-01")))"#,
                "10",
            ),
            (
                r#"range(start, start) == range("2026-01-15", "2026-01-15")"#,
                "true",
            ),
            (
                r#"day_count(range(start, "2026-01-20"), range("2026-01-18", "2026-01-22"))"#,
                "8",
            ),
            (
                r#"weekday_count(monday, range(start, "2026-02-02"), range("2026-02-02", "2026-02-09"))"#,
                "4",
            ),
        ],
        "2026-01-15",
    );
    let report =
        values(&[r#"overlap(range(start, "2026-02-10"), range("2026-02-01", "2026-03-01"))"#])
            .report(r#"{"start": "2026-01-15"}"#);
    assert_eq!(
        value(&report, "v0"),
        r#"{"start":"2026-02-01","end":"2026-02-10"}"#
    );
}

#[test]
fn working_days_step_over_weekends_and_holidays() {
    results(
        &[
            ("add_working_days(start, 1, [])", "2026-04-03"),
            (
                r#"add_working_days(start, 1, ["2026-04-03", "2026-04-06"])"#,
                "2026-04-07",
            ),
            (
                r#"add_working_days(start, -2, ["2026-04-01"])"#,
                "2026-03-30",
            ),
            ("add_working_days(start, 0, [])", "2026-04-02"),
            (
                r#"working_days_between(start, "2026-04-07", ["2026-04-03", "2026-04-06"])"#,
                "1",
            ),
            (r#"is_working_day(start, [start])"#, "false"),
            ("is_working_day(start, [])", "true"),
        ],
        "2026-04-02",
    );
}

#[test]
fn holidays_are_collected_from_a_table() {
    let form = Form::new(
        r#"
pages:
  - page: only
    title: Only
    fields:
      - field: region
        type: choice
        label: Region
        options:
          north: North
          south: South
values:
  everywhere: add_working_days("2026-04-02", 1, closures.day)
  here: add_working_days("2026-04-02", 1, regional(region).day)
  closed: is_working_day("2026-04-06", regional(region))
tables:
  closures:
    hit: collect
    inputs: {}
    outputs:
      day: date
    rows:
      - day: 2026-04-03
      - day: 2026-04-06
  regional:
    hit: collect
    inputs:
      region:
        same_as: region
    outputs:
      day: date
    rows:
      - region: "-"
        day: 2026-04-03
      - region: north
        day: 2026-04-06
"#,
    );
    let north = form.report(r#"{"region": "north"}"#);
    let south = form.report(r#"{"region": "south"}"#);
    let results = |report| ["everywhere", "here", "closed"].map(|id| value(report, id));
    assert_eq!(
        results(&north),
        [r#""2026-04-07""#, r#""2026-04-07""#, "false"]
    );
    assert_eq!(
        results(&south),
        [r#""2026-04-07""#, r#""2026-04-06""#, "true"]
    );
    let open = form.report("{}");
    assert_eq!(results(&open), [r#""2026-04-07""#, "absent", "absent"]);
}

const HEAD_WORDS: &str = "
leap_birthday: 28_february
weekend:
  - friday
  - saturday
pages:
  - page: only
    title: Only
    fields:
      - field: born
        type: date
        label: Born
values:
  age: age_on(born, \"2025-02-28\")
  next: add_working_days(\"2026-04-02\", 1, [])
";

#[test]
fn the_head_says_when_leap_children_turn_and_who_works_when() {
    let report = Form::new(HEAD_WORDS).report(r#"{"born": "2024-02-29"}"#);
    assert_eq!(value(&report, "age"), "1");
    assert_eq!(value(&report, "next"), "\"2026-04-05\"");
}

const STAY: &str = "
pages:
  - page: stay
    title: Stay
    fields:
      - field: stay
        type: date_range
        label: When do you stay?
        name: the stay
        min: 2026-01-01
        max: 2026-12-31
      - field: notice
        type: duration
        unit: weeks
        min: 1
        max: 52
        label: Notice
        name: the notice
      - field: arrival
        type: date
        label: Arrival
        required: false
values:
  nights: days_in(stay) - 1
  leaves: stay.end
  inside: arrival in stay
  warned: stay.start - notice
";

#[test]
fn fields_of_both_types_are_read_strictly() {
    let form = Form::new(STAY);
    let report =
        form.report(r#"{"stay": {"end": "2026-05-04", "start": "2026-05-01"}, "notice": "P14D"}"#);
    assert_eq!(report.status, Status::Complete);
    let json = report.to_json();
    assert!(
        json.contains(r#""stay":{"start":"2026-05-01","end":"2026-05-04"},"notice":"P14D""#),
        "{json}"
    );
    assert_eq!(value(&report, "nights"), "3");
    assert_eq!(value(&report, "leaves"), "\"2026-05-04\"");
    assert_eq!(value(&report, "inside"), "false");
    assert_eq!(value(&report, "warned"), "\"2026-04-17\"");
    for (stay, code) in [
        (r#"{"start": "2026-05-02", "end": "2026-05-01"}"#, "order"),
        (r#"{"start": "2026-05-32", "end": "2026-05-01"}"#, "date"),
        (r#"{"start": "2026-05-01"}"#, "date"),
        (r#"{"start": "2025-05-01", "end": "2026-05-01"}"#, "range"),
        (
            r#"{"start": "2026-05-01", "end": "2026-05-02", "note": 1}"#,
            "type",
        ),
        (
            r#"{"start": "2026-05-01", "end": "2026-05-02", "end": "2026-05-03"}"#,
            "type",
        ),
        (r#"["2026-05-01", "2026-05-02"]"#, "type"),
        (r#""2026-05-01/2026-05-02""#, "type"),
    ] {
        let report = form.report(&format!(r#"{{"stay": {stay}, "notice": "P1W"}}"#));
        assert_eq!(errors(&report), [("stay", code)], "{stay}");
        assert_eq!(value(&report, "nights"), "absent", "{stay}");
    }
    for (notice, code) in [
        (r#""P10D""#, "unit"),
        (r#""P1M""#, "unit"),
        (r#""P0D""#, "range"),
        (r#""P53W""#, "range"),
        (r#""P99999999999999999999D""#, "range"),
        (r#""2""#, "duration"),
        ("2", "type"),
    ] {
        let stay = r#"{"start": "2026-05-01", "end": "2026-05-02"}"#;
        let report = form.report(&format!(r#"{{"stay": {stay}, "notice": {notice}}}"#));
        assert_eq!(errors(&report), [("notice", code)], "{notice}");
    }
}

#[test]
fn what_is_typed_becomes_ranges_and_durations() {
    use counterfoil_engine::{input::from_text, words};

    let form = Form::new(STAY);
    let typed = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        from_text(&form.plan, "en", &pairs)
    };
    let answers = typed(&[
        ("stay.start.day", "1"),
        ("stay.start.month", "May"),
        ("stay.start.year", "2026"),
        ("stay.end", "4/5/2026"),
        ("notice", " 2 "),
    ]);
    assert_eq!(
        answers.to_json(),
        r#"{"stay":{"start":"2026-05-01","end":"2026-05-04"},"notice":"P2W"}"#
    );
    assert_eq!(
        typed(&[("stay.start.day", ""), ("notice", "")]).to_json(),
        "{}"
    );
    let half = typed(&[("stay.start", "1/5/2026"), ("notice", "two")]);
    assert_eq!(
        half.to_json(),
        r#"{"stay":{"start":"2026-05-01"},"notice":"two"}"#
    );
    let report = form.report(&half.to_json());
    let messages: Vec<String> = words(&form.plan, "en", &report)
        .errors
        .into_iter()
        .map(|error| error.message)
        .collect();
    assert_eq!(
        messages,
        [
            "The stay: the end must be a real date",
            "The notice must be a whole number of weeks, like 12",
        ]
    );
    let report =
        form.report(r#"{"stay": {"start": "2025-05-01", "end": "2026-05-02"}, "notice": "P53W"}"#);
    let words = words(&form.plan, "en", &report);
    assert_eq!(
        words.errors[0].message,
        "The stay: the start must be on or after 1 January 2026"
    );
    assert_eq!(
        words.errors[1].message,
        "The notice must be 52 weeks or less"
    );
}

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

const CLOSURES: &str = "
pages:
  - page: only
    title: Only
    fields:
      - field: received
        type: date
        label: Received
  - page: closures
    title: Closures
    group: closures
    max: 10
    required: false
    fields:
      - field: day
        type: date
        label: Day
values:
  answer_by: add_working_days(received, 20, closures.day)
decisions:
  - decision: in_time
    title: In time
    rules:
      - rule: soon
        require: answer_by <= \"2026-05-01\"
        say: Too late
";

#[test]
fn holidays_come_from_a_group() {
    let form = Form::new(CLOSURES);
    let report = form.report(
        r#"{"received": "2026-04-01", "closures": [{"day": "2026-04-06"}, {"day": "2026-04-03"}]}"#,
    );
    assert_eq!(value(&report, "answer_by"), "\"2026-05-01\"");
    let report = form.report(r#"{"received": "2026-04-01"}"#);
    assert_eq!(value(&report, "answer_by"), "\"2026-04-29\"");
    // What is still open in the list is what would decide.
    let report = form.report(r#"{"received": "2026-04-01", "closures": [{}]}"#);
    assert_eq!(value(&report, "answer_by"), "absent");
    assert_eq!(report.decisions[0].needs, ["closures[0].day"]);
}
