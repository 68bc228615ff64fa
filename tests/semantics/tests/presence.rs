//! Answered, blank, pending, hidden.

use counterfoil_engine::report::{Status, Verdict};
use counterfoil_semantics::{Form, errors, value};

const CHAIN: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: a
        type: boolean
        label: A
      - field: b
        type: boolean
        label: B
        when: a
      - field: c
        type: integer
        min: 0
        max: 10
        label: C
        when: b ?? false
values:
  total: (c ?? 0) + 1
";

#[test]
fn hidden_is_absent_in_the_same_evaluation_however_long_the_chain() {
    let form = Form::new(CHAIN);
    let report = form.report(r#"{"a": false, "b": true, "c": 7}"#);
    assert_eq!(report.status, Status::Complete);
    assert_eq!(report.ignored, ["b", "c"]);
    assert_eq!(value(&report, "total"), "1");
    let report = form.report(r#"{"a": true, "b": true, "c": 7}"#);
    assert_eq!(value(&report, "total"), "8");
}

#[test]
fn hidden_answers_are_not_inspected() {
    let report = Form::new(CHAIN).report(r#"{"a": false, "b": "nonsense", "c": [1]}"#);
    assert_eq!(errors(&report), []);
    assert_eq!(report.ignored, ["b", "c"]);
}

#[test]
fn a_field_whose_condition_is_undecided_is_not_asked() {
    let report = Form::new(CHAIN).report(r#"{"c": 99}"#);
    assert_eq!(report.missing, ["a"]);
    assert_eq!(errors(&report), []);
    assert_eq!(report.status, Status::Incomplete);
    assert_eq!(value(&report, "total"), "absent");
}

#[test]
fn one_own_error_a_path_and_the_field_is_pending() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: n
        type: decimal
        scale: 1
        min: 1
        max: 5
        label: N
values:
  twice: n * 2
",
    );
    for (answer, code) in [
        (r#""12a""#, "type"),
        ("true", "type"),
        ("[[]]", "type"),
        ("0.55", "range"),
        ("9", "range"),
        ("1e400", "range"),
        ("2.55", "scale"),
        ("1e-400", "scale"),
    ] {
        let report = form.report(&format!(r#"{{"n": {answer}}}"#));
        assert_eq!(errors(&report), [("n", code)], "{answer}");
        assert_eq!(report.status, Status::Invalid);
        assert_eq!(value(&report, "twice"), "absent");
    }
    for answer in ["2.5", "2.50", "25e-1", r#""2.5""#] {
        let report = form.report(&format!(r#"{{"n": {answer}}}"#));
        assert_eq!(value(&report, "twice"), r#""5""#, "{answer}");
    }
    for blank in ["null", r#""""#, "[]"] {
        let report = form.report(&format!(r#"{{"n": {blank}}}"#));
        assert_eq!(report.missing, ["n"], "{blank}");
    }
}

#[test]
fn conditional_requirement_follows_its_condition() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: by_phone
        type: boolean
        label: By phone
      - field: phone
        type: text
        label: Phone
        required: by_phone
",
    );
    assert_eq!(form.report(r#"{"by_phone": true}"#).missing, ["phone"]);
    assert_eq!(
        form.report(r#"{"by_phone": false}"#).status,
        Status::Complete
    );
    assert_eq!(form.report("{}").missing, ["by_phone"]);
}

#[test]
fn text_is_trimmed_and_counts_code_points() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: name
        type: text
        min_length: 2
        max_length: 3
        label: Name
",
    );
    assert_eq!(form.report(r#"{"name": "  a "}"#).errors[0].code, "length");
    assert_eq!(form.report(r#"{"name": "   "}"#).missing, ["name"]);
    let report = form.report(r#"{"name": " 🏠é\r\n "}"#);
    assert_eq!(
        report.answers.get("name").and_then(|name| name.as_text()),
        Some("🏠é")
    );
    let report = form.report(r#"{"name": "a\r\nb"}"#);
    assert_eq!(
        report.answers.get("name").and_then(|name| name.as_text()),
        Some("a\nb")
    );
}

#[test]
fn unknown_is_not_false_and_says_what_would_decide() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: age
        type: integer
        min: 0
        max: 150
        label: Age
      - field: resident
        type: boolean
        label: Resident
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: adult_resident
        require: age >= 18 and resident
        say: Adults who live here
",
    );
    let verdict = |answers: &str| {
        let report = form.report(answers);
        (
            report.decisions[0].verdict,
            report.decisions[0].needs.clone(),
        )
    };
    assert_eq!(
        verdict("{}"),
        (Verdict::Undetermined, vec!["age".into(), "resident".into()])
    );
    assert_eq!(
        verdict(r#"{"resident": false}"#),
        (Verdict::Ineligible, vec![])
    );
    assert_eq!(
        verdict(r#"{"age": 30}"#),
        (Verdict::Undetermined, vec!["resident".into()])
    );
    assert_eq!(
        verdict(r#"{"age": 30, "resident": true}"#),
        (Verdict::Eligible, vec![])
    );
    // An answer in error decides nothing.
    assert_eq!(
        verdict(r#"{"age": 900, "resident": true}"#),
        (Verdict::Undetermined, vec!["age".into()])
    );
}

#[test]
fn a_set_with_an_option_off_the_list_is_known_as_far_as_it_goes() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: extras
        type: set
        label: Extras
        required: false
        options:
          pool: Pool
          lift: Lift
values:
  has_lift: '\"lift\" in extras'
  has_pool: '\"pool\" in extras'
",
    );
    let report = form.report(r#"{"extras": ["lift", "helipad"]}"#);
    assert_eq!(errors(&report), [("extras", "option")]);
    assert_eq!(value(&report, "has_lift"), "true");
    assert_eq!(value(&report, "has_pool"), "absent");
    let report = form.report("{}");
    assert_eq!(value(&report, "has_lift"), "false");
    // Chosen options are reported in the order of the list, once each.
    let report = form.report(r#"{"extras": ["lift", "pool", "lift"]}"#);
    assert!(report.to_json().contains(r#""extras":["pool","lift"]"#));
}

#[test]
fn checks_apply_while_their_field_is_shown_and_sound() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: start
        type: date
        label: Start
      - field: end
        type: date
        label: End
        required: false
checks:
  - check: order
    at: end
    require: answered(end) and end > start
    say: The end must be after the start
",
    );
    assert_eq!(
        errors(&form.report(r#"{"start": "2026-01-02", "end": "2026-01-01"}"#)),
        [("end", "check")]
    );
    // Blank or not: the check applies to a blank field too.
    assert_eq!(
        errors(&form.report(r#"{"start": "2026-01-02"}"#)),
        [("end", "check")]
    );
    // A missing answer is an error of the field's own, and the only one at its path.
    let other = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: a
        type: integer
        label: A
      - field: b
        type: integer
        label: B
checks:
  - check: enough
    at: a
    require: b > 5
    say: B must be more than 5
",
    );
    let report = other.report(r#"{"b": 3}"#);
    assert_eq!(errors(&report), []);
    assert_eq!(report.missing, ["a"]);
    // A pending operand leaves it undecided, never false.
    assert_eq!(errors(&form.report(r#"{"end": "2026-01-01"}"#)), []);
    assert_eq!(
        errors(&form.report(r#"{"start": "soon", "end": "2026-01-01"}"#)),
        [("start", "date")]
    );
    assert_eq!(
        errors(&form.report(r#"{"start": "2026-01-01", "end": "2026-02-30"}"#)),
        [("end", "date")]
    );
}
