//! Working days, over weekends and the holidays of a table or group.

use counterfoil_semantics::{Form, results, value};

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
