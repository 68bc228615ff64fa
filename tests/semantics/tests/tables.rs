//! Tables with several outputs, written as rows and as CSV; and exact quotients.

use counterfoil_engine::{Answers, explain};
use counterfoil_semantics::{Form, errors, value};

const PAGES: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: n
        type: integer
        min: -99
        max: 99
        label: N
      - field: d
        type: integer
        min: -99
        max: 99
        label: D
        required: false
  - page: rows
    title: Rows
    group: rows
    max: 4
    required: false
    fields:
      - field: size
        type: integer
        min: -99
        max: 99
        label: Size
";

const VALUES: &str = "values:
  rate: credits(n).rate
  pay: credits(n).pay
  name: credits(n).name
  since: credits(n).since
  open: credits(n).open
  paid: sum(credits(rows.size).pay)
  some_open: any(credits(rows.size).open)
  product: credits(n).pay * credits(n).rate
";

const OUTPUTS: &str = "    inputs:
      n:
        same_as: n
    outputs:
      rate: decimal
      pay: money
      name: text
      since: date
      open: boolean
";

const ROWS: &str = "    rows:
      - n: < 0
        rate: 0.5
        pay: 12.50
        name: below
        since: 2026-01-01
        open: true
      - n: '>= 0'
        rate: 0.125
        pay: 3
        name: a, \"b\"
        since: 2025-02-28
        open: false
";

/// The columns stand in another order than they are declared in.
const CSV: &str = "pay,n,name,open,rate,since
12.50,< 0,below,true,0.5,2026-01-01
3,>= 0,\"a, \"\"b\"\"\",false,0.125,2025-02-28
";

fn forms() -> [Form; 2] {
    let head = format!("{PAGES}{VALUES}tables:\n  credits:\n{OUTPUTS}");
    [
        Form::new(&format!("{head}{ROWS}")),
        Form::with_files(
            &format!("{head}    csv: tables/credits.csv\n"),
            &[("tables/credits.csv", CSV)],
        ),
    ]
}

#[test]
fn every_output_of_a_row_can_be_read_by_its_name() {
    for form in forms() {
        let report = form.report(r#"{"n": -1, "rows": [{"size": -5}, {"size": 5}]}"#);
        for (id, expected) in [
            ("rate", r#""0.5""#),
            ("pay", r#""12.50""#),
            ("name", r#""below""#),
            ("since", r#""2026-01-01""#),
            ("open", "true"),
            ("paid", r#""15.50""#),
            ("some_open", "true"),
            ("product", r#""6.25""#),
        ] {
            assert_eq!(value(&report, id), expected, "{id}");
        }
        let report = form.report(r#"{"n": 0, "rows": [{"size": 5}]}"#);
        for (id, expected) in [
            ("rate", r#""0.125""#),
            ("name", r#""a, \"b\"""#),
            ("since", r#""2025-02-28""#),
            ("some_open", "false"),
        ] {
            assert_eq!(value(&report, id), expected, "{id}");
        }
        // Pending in, pending out, for every output.
        let report = form.report(r#"{"rows": [{}]}"#);
        for id in ["rate", "pay", "name", "since", "open", "paid", "some_open"] {
            assert_eq!(value(&report, id), "absent", "{id}");
        }
    }
}

#[test]
fn an_output_is_explained_with_its_row() {
    let answers = Answers::from_json(r#"{"n": 7}"#).unwrap();
    let context = Form::context();
    let texts = forms().map(|form| {
        ["values.pay", "values.name"].map(|node| {
            explain(&form.plan, "en", &answers, &context, node)
                .unwrap()
                .to_text()
        })
    });
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0][0].starts_with("pay: €3.00\n"), "{}", texts[0][0]);
    assert!(texts[0][0].contains("N: 7"), "{}", texts[0][0]);
    assert!(
        texts[0][1].starts_with("name: a, \"b\"\n"),
        "{}",
        texts[0][1]
    );
}

#[test]
fn quotients_are_exact_until_they_are_rounded() {
    let form = Form::new(&format!(
        "{PAGES}values:
  back: n / 7 * 7 == n
  thirds: n / 3 + n / 3 + n / 3 == n
  against: n / 7 < n / 6.99
  smaller: min(n / 3, n / 7) == n / 7
  size_of: abs(n / 3) > 0.333333333333
  chosen: (if n > 0 {{ n / 3 }} else {{ n / 7 }}) == n / 3
  listed: n / 3 in [0, 1, 2]
  up: round_up(n / 2, 1)
  down: round_down(n / 2, 1)
  nearest: round(n / 2, 1)
  even: round_even(n / 2, 1)
  fives: round(n / 3, 5)
  added: round(n / 3 + 0.005, 0.01)
  shares: round(sum(rows.size) / 3, 0.01)
"
    ));
    let of = |answers: &str, expected: &[(&str, &str)]| {
        let report = form.report(answers);
        assert_eq!(errors(&report), []);
        for (id, expected) in expected {
            assert_eq!(value(&report, id), *expected, "{id} of {answers}");
        }
    };
    of(
        r#"{"n": 1, "rows": [{"size": 1}, {"size": 1}, {"size": -1}]}"#,
        &[
            ("back", "true"),
            ("thirds", "true"),
            ("against", "true"),
            ("smaller", "true"),
            ("size_of", "true"),
            ("chosen", "true"),
            ("listed", "false"),
            ("fives", "0"),
            ("added", r#""0.34""#),
            ("shares", r#""0.33""#),
        ],
    );
    of(
        r#"{"n": -5}"#,
        &[
            ("back", "true"),
            ("thirds", "true"),
            ("chosen", "false"),
            ("up", "-2"),
            ("down", "-3"),
            ("nearest", "-3"),
            ("even", "-2"),
            ("shares", r#""0""#),
        ],
    );
    of(
        r#"{"n": 5}"#,
        &[("up", "3"), ("down", "2"), ("nearest", "3"), ("even", "2")],
    );
    of(r#"{"n": 3}"#, &[("listed", "true"), ("even", "2")]);
}

#[test]
fn a_division_by_zero_is_an_error_at_its_place_and_spreads_like_pending() {
    let form = Form::new(&format!(
        "{PAGES}values:
  share: round(n / (d ?? 0), 0.01)
  reader: share + 1
  guarded: if (d ?? 0) == 0 {{ 0 }} else {{ round(n / (d ?? 1), 0.01) }}
"
    ));
    let report = form.report(r#"{"n": 5, "d": 0}"#);
    assert_eq!(errors(&report), [("values.share", "arithmetic")]);
    assert_eq!(value(&report, "share"), "absent");
    assert_eq!(value(&report, "reader"), "absent");
    assert_eq!(value(&report, "guarded"), r#""0""#);
    let report = form.report(r#"{"n": 5, "d": 3}"#);
    assert_eq!(value(&report, "share"), r#""1.67""#);
    assert_eq!(value(&report, "guarded"), r#""1.67""#);
}

#[test]
fn the_form_says_how_halves_are_rounded() {
    let form = Form::new(&format!(
        "rounding: half_even\n{PAGES}values:\n  x: round(n / 2, 1)\n"
    ));
    for (n, rounded) in [(5, "2"), (3, "2"), (1, "0"), (-1, "0"), (-3, "-2")] {
        let report = form.report(&format!(r#"{{"n": {n}}}"#));
        assert_eq!(value(&report, "x"), rounded, "{n}");
    }
}
