//! Three values: what is decided as soon as it can be, and what blank equals.

use counterfoil_semantics::{Form, value};

/// Two questions that must be answered and one that may be left out, with values over them.
fn form(values: &[&str]) -> Form {
    let mut text = "
pages:
  - page: one
    title: One
    fields:
      - field: p
        type: boolean
        label: P
      - field: q
        type: boolean
        label: Q
      - field: n
        type: integer
        min: 0
        max: 9
        label: N
      - field: m
        type: integer
        min: 0
        max: 9
        label: M
        required: false
      - field: k
        type: integer
        min: 0
        max: 9
        label: K
        required: false
values:
"
    .to_owned();
    for (index, expr) in values.iter().enumerate() {
        text.push_str(&format!("  v{index}: |\n    {expr}\n"));
    }
    Form::new(&text)
}

fn results(answers: &str, pairs: &[(&str, &str)]) {
    let exprs: Vec<&str> = pairs.iter().map(|(expr, _)| *expr).collect();
    let report = form(&exprs).report(answers);
    for (index, (expr, expected)) in pairs.iter().enumerate() {
        let found = value(&report, &format!("v{index}"));
        assert_eq!(found, *expected, "{expr} of {answers}");
    }
}

#[test]
fn and_and_or_are_decided_by_one_side_whichever_it_is() {
    // The truth tables of Kleene's strong logic; nothing stands for what is not known.
    let known = [("true", Some(true)), ("false", Some(false)), ("", None)];
    let form = form(&["p and q", "p or q", "not(p)", "q and p", "q or p"]);
    for (p, a) in known {
        for (q, b) in known {
            let answer = |name: &str, value: &str| match value {
                "" => String::new(),
                _ => format!(r#""{name}": {value},"#),
            };
            let report = form.report(&format!(
                r#"{{{} {} "n": 1}}"#,
                answer("p", p),
                answer("q", q)
            ));
            let both = match (a, b) {
                (Some(false), _) | (_, Some(false)) => "false",
                (Some(true), Some(true)) => "true",
                _ => "absent",
            };
            let either = match (a, b) {
                (Some(true), _) | (_, Some(true)) => "true",
                (Some(false), Some(false)) => "false",
                _ => "absent",
            };
            let not = a.map_or("absent", |a| if a { "false" } else { "true" });
            let found: Vec<String> = (0..5).map(|i| value(&report, &format!("v{i}"))).collect();
            assert_eq!(found, [both, either, not, both, either], "{p} and {q}");
        }
    }
}

#[test]
fn if_and_in_are_decided_as_soon_as_they_can_be_and_strict_operators_wait() {
    results(
        r#"{"p": true, "m": 3}"#,
        &[
            // The branch that is not taken may be open.
            ("if p { 1 } else { n }", "1"),
            ("if p { n } else { 1 }", "absent"),
            // One member that is there decides; one that is open leaves the rest open.
            ("m in [3, n]", "true"),
            ("m in [n, 3]", "true"),
            ("m in [4, n]", "absent"),
            ("n in [1, 2]", "absent"),
            // All other operators wait for their operands.
            ("n * 0", "absent"),
            ("n == n", "absent"),
            ("max(n, 9)", "absent"),
            ("answered(n)", "absent"),
            ("(m ?? n) + 0", "3"),
            ("(k ?? n) + 0", "absent"),
        ],
    );
    results(
        r#"{"n": 1}"#,
        &[
            ("if p { 1 } else { 1 }", "absent"),
            ("if q { n } else { 2 }", "absent"),
        ],
    );
}

#[test]
fn blank_equals_only_blank() {
    results(
        r#"{"p": true, "q": true, "n": 0, "k": 0}"#,
        &[
            ("m == n", "false"),
            ("m != n", "true"),
            ("m == 0", "false"),
            ("m != 0", "true"),
            ("m in [0, 1]", "false"),
            ("m == k", "false"),
            ("m", "null"),
            ("answered(m)", "false"),
            ("m ?? 7", "7"),
        ],
    );
    results(
        r#"{"p": true, "q": true, "n": 0}"#,
        &[("m == k", "true"), ("m != k", "false")],
    );
}
