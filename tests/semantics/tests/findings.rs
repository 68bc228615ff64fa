//! Which mistakes are told, in which order, and what they leave alone.

use std::borrow::Cow;

use counterfoil_engine::report::{Status, Verdict};
use counterfoil_semantics::{Form, errors, value};

const ONE: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: with_code
        type: boolean
        label: With a code
      - field: code
        type: text
        min_length: 4
        max_length: 4
        pattern: \"[0-9]*\"
        label: Code
        when: with_code
      - field: share
        type: decimal
        scale: 1
        min: 1
        max: 5
        label: Share
      - field: agreed
        type: boolean
        accepted: true
        label: Agreed
values:
  twice: share * 2
checks:
  - check: even
    at: share
    require: share == 2 or share == 4
    say: Two or four
  - check: small
    at: share
    require: share < 3
    say: Below three
  - check: known
    at: code
    require: code != \"0000\"
    say: Another code
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: large
        require: share > 4
        say: Above four
";

#[test]
fn each_path_has_one_own_error_the_first_of_a_fixed_order() {
    let form = Form::new(ONE);
    let of = |field: &str, answer: &str| {
        let report = form.report(&format!(r#"{{"with_code": true, "{field}": {answer}}}"#));
        let found: Vec<_> = report
            .errors
            .iter()
            .map(|error| error.code.clone())
            .collect();
        found.join(" ")
    };
    for (field, answer, code) in [
        // A length that is wrong goes before a pattern that is wrong.
        ("code", r#""abc""#, "length"),
        ("code", r#""abcd""#, "pattern"),
        ("code", "[1]", "type"),
        ("code", "1234", "type"),
        // A range that is wrong goes before digits that are too many.
        ("share", "0.55", "range"),
        ("share", "1.55", "scale"),
        ("share", r#""much""#, "type"),
        ("agreed", "false", "accepted"),
        ("agreed", r#""no""#, "type"),
    ] {
        assert_eq!(of(field, answer), code, "{field}: {answer}");
    }
}

#[test]
fn checks_at_a_question_come_in_order_and_never_make_it_unknown() {
    let form = Form::new(ONE);
    let report = form.report(r#"{"with_code": false, "share": 5, "agreed": true}"#);
    let of = |index: usize| format!("{:?}", report.errors[index].params);
    assert_eq!(errors(&report), [("share", "check"), ("share", "check")]);
    assert!(of(0).contains("even") && of(1).contains("small"));
    assert_eq!(value(&report, "twice"), r#""10""#);
    assert_eq!(report.decisions[0].verdict, Verdict::Eligible);
    // An error of its own does, and silences them.
    let report = form.report(r#"{"with_code": false, "share": 6, "agreed": true}"#);
    assert_eq!(errors(&report), [("share", "range")]);
    assert_eq!(value(&report, "twice"), "absent");
    assert_eq!(report.decisions[0].verdict, Verdict::Undetermined);
}

#[test]
fn a_check_at_a_question_that_is_not_asked_is_silent() {
    let form = Form::new(ONE);
    let sound = r#""share": 2, "agreed": true"#;
    let shown = form.report(&format!(
        r#"{{"with_code": true, "code": "0000", {sound}}}"#
    ));
    assert_eq!(errors(&shown), [("code", "check")]);
    let hidden = form.report(&format!(
        r#"{{"with_code": false, "code": "0000", {sound}}}"#
    ));
    assert_eq!(errors(&hidden), []);
    assert_eq!(hidden.status, Status::Complete);
}

#[test]
fn what_is_wrong_outranks_what_is_missing_and_that_what_is_done() {
    let form = Form::new(ONE);
    for (answers, status) in [
        (r#"{"share": 2.55}"#, Status::Invalid),
        (r#"{"share": 2}"#, Status::Incomplete),
        ("{}", Status::Incomplete),
        (
            r#"{"with_code": false, "share": 2, "agreed": true}"#,
            Status::Complete,
        ),
        // Neither a verdict nor what is ignored is a mistake.
        (
            r#"{"with_code": false, "code": "12", "share": 2, "agreed": true}"#,
            Status::Complete,
        ),
    ] {
        assert_eq!(form.report(answers).status, status, "{answers}");
    }
}

#[test]
fn what_is_not_an_answer_is_refused_with_code_and_path() {
    let form = Form::new(ONE);
    let report = form.report(
        r#"{"with_code": false, "share": 2, "agreed": true, "twice": 4, "colour": 1, "share": 3}"#,
    );
    let mut found = errors(&report);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("colour", "unknown"),
            ("share", "duplicate"),
            ("twice", "computed")
        ]
    );
}

#[test]
fn a_question_under_an_undecided_condition_is_told_by_its_deciders() {
    let form = Form::new(
        "
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
        max: 9
        label: C
        when: b ?? false
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: enough
        require: (c ?? 9) > 3
        say: Enough
",
    );
    let of = |answers: &str| {
        let report = form.report(answers);
        (report.decisions[0].needs.clone(), report.missing)
    };
    let list = |ids: &[&str]| {
        ids.iter()
            .map(|id| Cow::from((*id).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("{}"), (list(&["a"]), list(&["a"])));
    assert_eq!(of(r#"{"c": 1}"#), (list(&["a"]), list(&["a"])));
    assert_eq!(of(r#"{"a": true}"#), (list(&["b"]), list(&["b"])));
    assert_eq!(
        of(r#"{"a": true, "b": true}"#),
        (list(&["c"]), list(&["c"]))
    );
    assert_eq!(of(r#"{"a": false}"#), (list(&[]), list(&[])));
}

const ROWS: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: any_rows
        type: boolean
        label: Any rows
  - page: free
    title: Free
    group: free
    min: 0
    max: 2
    required: any_rows
    fields:
      - field: n
        type: integer
        min: 0
        max: 9
        label: N
  - page: pairs
    title: Pairs
    group: pairs
    min: 2
    max: 3
    required: any_rows
    fields:
      - field: m
        type: integer
        min: 0
        max: 9
        label: M
values:
  free_count: count(free)
  pairs_count: count(pairs)
checks:
  - check: rising
    at: pairs.m
    require: m > 1
    say: Above one
";

#[test]
fn groups_are_answered_from_their_least_number_on() {
    let form = Form::new(ROWS);
    let pairs = r#""pairs": [{"m": 2}, {"m": 3}]"#;
    // An explicit list answers a group whose least number is 0; without one a group that must be
    // answered is open.
    let report = form.report(&format!(r#"{{"any_rows": true, "free": [], {pairs}}}"#));
    assert_eq!(report.status, Status::Complete);
    assert_eq!(value(&report, "free_count"), "0");
    let report = form.report(&format!(r#"{{"any_rows": true, {pairs}}}"#));
    assert_eq!(report.missing, ["free"]);
    assert_eq!(value(&report, "free_count"), "absent");
    // Below the least number it is missing, at the group's own path.
    let report = form.report(r#"{"any_rows": true, "free": [], "pairs": [{"m": 2}]}"#);
    assert_eq!(report.missing, ["pairs"]);
    // Without need of any, none is none.
    let report = form.report(r#"{"any_rows": false}"#);
    assert_eq!(report.status, Status::Complete);
    assert_eq!(value(&report, "pairs_count"), "0");
}

#[test]
fn ids_of_records_move_with_them_and_paths_do_not() {
    let form = Form::new(ROWS);
    let of = |pairs: &str| {
        form.report(&format!(
            r#"{{"any_rows": true, "free": [], "pairs": [{pairs}]}}"#
        ))
    };
    let (first, second) = (r#"{"$id": "a", "m": 0}"#, r#"{"$id": "b", "m": 5}"#);
    let report = of(&format!("{first}, {second}"));
    assert_eq!(errors(&report), [("pairs[0].m", "check")]);
    let moved = of(&format!("{second}, {first}"));
    assert_eq!(errors(&moved), [("pairs[1].m", "check")]);
    let json = moved.to_json();
    assert!(
        json.contains(r#"[{"$id":"b","m":5},{"$id":"a","m":0}]"#),
        "{json}"
    );
}

#[test]
fn an_earlier_line_that_does_not_apply_reads_as_zero() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: express
        type: boolean
        label: Express
fees:
  - fee: extra
    label: Extra
    when: express
    amount: 5.00
  - fee: base
    label: Base
    amount: 10.00 + fees.extra
",
    );
    for (express, lines, total) in [
        ("true", "extra 5.00, base 15.00", "20.00"),
        ("false", "base 10.00", "10.00"),
    ] {
        let report = form.report(&format!(r#"{{"express": {express}}}"#));
        let fees = report.fees.expect("fees");
        let shown: Vec<String> = fees
            .lines
            .iter()
            .map(|line| format!("{} {}", line.id, line.amount.as_deref().unwrap_or("null")))
            .collect();
        assert_eq!(shown.join(", "), lines);
        assert_eq!(fees.total.as_deref(), Some(total));
    }
}
