//! Repeated groups, lists and aggregates.

use counterfoil_engine::report::Status;
use counterfoil_semantics::{Form, errors, value};

const STREETS: &str = "
pages:
  - page: base
    title: Base
    fields:
      - field: closing
        type: boolean
        label: Closing
  - page: streets
    title: Streets
    group: streets
    record: street
    min: 1
    max: 3
    required: closing
    fields:
      - field: name
        type: text
        label: Street
      - field: metres
        type: decimal
        scale: 1
        min: 1
        max: 2000
        label: Length
      - field: busy
        type: boolean
        label: Busy
    values:
      cost: metres * 2
values:
  total: sum(streets.metres)
  total_cost: sum(streets.cost)
  streets_count: count(streets)
  busy_count: count(streets.busy)
  any_long: any(streets.metres > 100)
  all_long: all(streets.metres > 100)
  longest: max(streets.metres) ?? 0
";

fn street(metres: &str, busy: bool) -> String {
    format!(r#"{{"name": "High Street", "metres": {metres}, "busy": {busy}}}"#)
}

#[test]
fn aggregates_over_records() {
    let form = Form::new(STREETS);
    let report = form.report(&format!(
        r#"{{"closing": true, "streets": [{}, {}]}}"#,
        street("100.5", true),
        street("20", false)
    ));
    assert_eq!(report.status, Status::Complete);
    for (id, expected) in [
        ("total", r#""120.5""#),
        ("total_cost", r#""241""#),
        ("streets_count", "2"),
        ("busy_count", "1"),
        ("any_long", "true"),
        ("all_long", "false"),
        ("longest", r#""100.5""#),
        ("streets", r#"[{"cost":"201"},{"cost":"40"}]"#),
    ] {
        assert_eq!(value(&report, id), expected, "{id}");
    }
}

#[test]
fn aggregates_decide_as_soon_as_they_can() {
    let form = Form::new(STREETS);
    let report = form.report(&format!(
        r#"{{"closing": true, "streets": [{}, {}]}}"#,
        street("100.5", true),
        street(r#""long""#, false)
    ));
    assert_eq!(errors(&report), [("streets[1].metres", "type")]);
    assert_eq!(value(&report, "any_long"), "true");
    assert_eq!(value(&report, "all_long"), "absent");
    assert_eq!(value(&report, "total"), "absent");
    assert_eq!(value(&report, "streets"), r#"[{"cost":"201"},{}]"#);
}

#[test]
fn an_optional_group_left_empty_is_empty() {
    let form = Form::new(STREETS);
    for streets in ["", r#", "streets": []"#, r#", "streets": null"#] {
        let report = form.report(&format!(r#"{{"closing": false{streets}}}"#));
        assert_eq!(report.status, Status::Complete, "{streets}");
        assert_eq!(value(&report, "total"), r#""0""#);
        assert_eq!(value(&report, "all_long"), "true");
        assert_eq!(value(&report, "any_long"), "false");
    }
}

#[test]
fn a_required_group_without_records_is_missing_and_pending() {
    let form = Form::new(STREETS);
    for streets in ["", r#", "streets": []"#] {
        let report = form.report(&format!(r#"{{"closing": true{streets}}}"#));
        assert_eq!(report.missing, ["streets"], "{streets}");
        assert_eq!(value(&report, "streets_count"), "absent");
    }
}

#[test]
fn too_many_records_are_refused_unread() {
    let form = Form::new(STREETS);
    let report = form.report(r#"{"closing": true, "streets": [1, 2, 3, 4]}"#);
    assert_eq!(errors(&report), [("streets", "items")]);
    assert_eq!(value(&report, "streets_count"), "absent");
}

#[test]
fn what_is_no_list_or_no_record_is_refused_at_its_path() {
    let form = Form::new(STREETS);
    let report = form.report(r#"{"closing": true, "streets": {"name": "x"}}"#);
    assert_eq!(errors(&report), [("streets", "type")]);
    let report = form.report(r#"{"closing": true, "streets": [7]}"#);
    assert_eq!(errors(&report), [("streets[0]", "type")]);
    let report = form.report(
        r#"{"closing": true, "streets": [{"$id": "a", "name": "x", "metres": 2, "busy": true, "cost": 1, "colour": 2}]}"#,
    );
    assert_eq!(
        errors(&report),
        [
            ("streets[0].cost", "computed"),
            ("streets[0].colour", "unknown")
        ]
    );
    assert!(
        report
            .to_json()
            .contains(r#""streets":[{"$id":"a","name":"x""#)
    );
}
