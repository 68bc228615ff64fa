//! Durations and ranges of days, as they are asked and worked out.

use counterfoil_engine::report::Status;
use counterfoil_semantics::{Form, errors, results, value, values};

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
