//! What is said of small forms against trying all of their answers.

use std::collections::BTreeMap;

use counterfoil_compiler::{Files, Severity, compile};
use counterfoil_engine::{
    Answers, Context, Plan,
    answers::{AnswersOf, Data},
    date::Day,
    evaluate,
    report::Verdict,
};
use proptest::prelude::*;

/// A form of few questions with few answers, and conditions in all places.
#[derive(Clone, Debug)]
struct Form {
    field_when: String,
    option_when: String,
    page_when: String,
    rules: Vec<(Option<String>, String)>,
    line_when: String,
    pair: (String, String),
    check: String,
}

fn number() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("n"),
        Just("(m ?? 1)"),
        Just("0"),
        Just("1"),
        Just("2"),
        Just("3"),
        Just("count(g)"),
        Just("sum(g.k)"),
        Just("limit"),
        Just("v"),
        Just("days_between(2026-01-01, today)"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} * {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            inner.clone().prop_map(|a| format!("round_down({a}, 2)")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("(if flag {{ {a} }} else {{ {b} }})")),
        ]
    })
    .boxed()
}

/// A condition; `early` ones read nothing that hangs on a condition itself.
fn condition(early: bool) -> BoxedStrategy<String> {
    let comparison = |number: BoxedStrategy<String>| {
        let op = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
        (number.clone(), op, number).prop_map(|(a, op, b)| format!("{a} {op} {b}"))
    };
    let simple = prop::sample::select(vec!["n", "0", "1", "2", "3", "limit"])
        .prop_map(str::to_owned)
        .boxed();
    let leaf = if early {
        prop_oneof![
            Just("flag".to_owned()),
            Just("not(flag)".to_owned()),
            comparison(simple),
            comparison(Just("n".to_owned()).boxed()),
        ]
        .boxed()
    } else {
        prop_oneof![
            Just("flag".to_owned()),
            Just("c == \"x\"".to_owned()),
            Just("c in [\"x\", \"z\"]".to_owned()),
            Just("answered(m)".to_owned()),
            Just("any(g.k > 1)".to_owned()),
            Just("all(g.k > limit)".to_owned()),
            comparison(number()),
            comparison(simple),
        ]
        .boxed()
    };
    leaf.prop_recursive(2, 5, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|a| format!("not({a})")),
        ]
    })
    .boxed()
}

fn forms() -> impl Strategy<Value = Form> {
    (
        condition(true),
        condition(true),
        condition(true),
        prop::collection::vec((prop::option::of(condition(false)), condition(false)), 2),
        condition(false),
        (condition(false), condition(false)),
        condition(false),
    )
        .prop_map(
            |(field_when, option_when, page_when, rules, line_when, pair, check)| Form {
                field_when,
                option_when,
                page_when,
                rules,
                line_when,
                pair,
                check,
            },
        )
}

impl Form {
    fn text(&self) -> String {
        let mut text = format!(
            "form: small\ntitle: Small\ncurrency: GBP\ntimezone: Europe/London\nlanguages: [en]\neffective: \
             2026-01-01..2026-01-02\nparameters:\n  limit:\n    type: integer\n    periods:\n      - value: 1\n      \
             - from: 2026-01-02\n        value: 2\npages:\n  - page: p\n    title: P\n    fields:\n      - field: \
             flag\n        type: boolean\n        label: Flag\n      - field: n\n        type: integer\n        min: 0\n        \
             max: 3\n        label: N\n      - field: m\n        type: integer\n        min: 1\n        max: 2\n        label: \
             M\n        when: '{}'\n      - field: c\n        type: choice\n        label: C\n        options:\n          x: \
             X\n          y: Y\n          z:\n            label: Z\n            when: '{}'\n  - page: q\n    title: Q\n    \
             when: '{}'\n    group: g\n    min: 0\n    max: 1\n    fields:\n      - field: k\n        type: integer\n        \
             min: 1\n        max: 2\n        label: K\nvalues:\n  v: n + limit\ndecisions:\n  - decision: d\n    title: \
             D\n    rules:\n",
            quoted(&self.field_when),
            quoted(&self.option_when),
            quoted(&self.page_when)
        );
        for (index, (when, require)) in self.rules.iter().enumerate() {
            text.push_str(&format!("      - rule: r{index}\n"));
            if let Some(when) = when {
                text.push_str(&format!("        when: '{}'\n", quoted(when)));
            }
            text.push_str(&format!(
                "        require: '{}'\n        say: No\n",
                quoted(require)
            ));
        }
        // The parts of a pair stand by themselves too, so that a report shows them.
        text.push_str(&format!(
            "  - decision: pair\n    title: Pair\n    rules:\n      - rule: first\n        require: '{0}'\n        say: \
             No\n      - rule: second\n        require: '{1}'\n        say: No\n      - rule: both\n        require: \
             '({0}) and ({1})'\n        say: No\n",
            quoted(&self.pair.0),
            quoted(&self.pair.1)
        ));
        text.push_str(&format!(
            "checks:\n  - check: k\n    at: n\n    require: '{}'\n    say: No\nfees:\n  - fee: f\n    label: F\n    \
             when: '{}'\n    amount: 1\n",
            quoted(&self.check),
            quoted(&self.line_when)
        ));
        text
    }
}

fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

/// What has been seen: whether it came out true, and whether false.
type Seen = BTreeMap<String, (bool, bool)>;

fn see(seen: &mut Seen, what: impl Into<String>, value: bool) {
    let entry = seen.entry(what.into()).or_default();
    if value {
        entry.0 = true;
    } else {
        entry.1 = true;
    }
}

/// Every way to answer the form, on both of its days.
fn everything() -> Vec<(Answers, Day)> {
    let number = |n: i32| Data::number(n.to_string());
    let options = |mut data: Vec<Option<Data>>| {
        data.push(None);
        data
    };
    let flags = options(vec![Some(Data::Bool(false)), Some(Data::Bool(true))]);
    let ns = options((0..4).map(|n| Some(number(n))).collect());
    let ms = options((1..3).map(|n| Some(number(n))).collect());
    let cs = ["x", "y", "z"].map(|c| Some(Data::text(c.to_owned())));
    let cs = options(cs.to_vec());
    let record = |k: i32| Data::List(vec![Data::Record(vec![("k".into(), number(k))])]);
    let gs = vec![None, Some(record(1)), Some(record(2))];
    let mut cases = Vec::new();
    for day in ["2026-01-01", "2026-01-02"] {
        let day: Day = day.parse().unwrap();
        for flag in &flags {
            for n in &ns {
                for m in &ms {
                    for c in &cs {
                        for g in &gs {
                            let entries = [("flag", flag), ("n", n), ("m", m), ("c", c), ("g", g)];
                            let entries = entries.into_iter().filter_map(|(key, data)| {
                                data.clone().map(|data| (key.into(), data))
                            });
                            cases.push((AnswersOf(entries.collect()), day));
                        }
                    }
                }
            }
        }
    }
    cases
}

fn observe(plan: &Plan) -> Seen {
    let mut seen = Seen::new();
    for (answers, day) in everything() {
        let report = evaluate(plan, &answers, &Context::on(day)).unwrap();
        // What hangs on a condition that is still open is not asked either.
        let decided = answers.get("flag").is_some() && answers.get("n").is_some();
        for (key, what) in [("m", "field m"), ("g", "page q")] {
            if decided && answers.get(key).is_some() {
                if report.answers.get(key).is_some() {
                    see(&mut seen, what, true);
                }
                if report.ignored.iter().any(|path| path == key) {
                    see(&mut seen, what, false);
                }
            }
        }
        if answers.get("c") == Some(&Data::text("z")) {
            if report.answers.get("c").is_some() {
                see(&mut seen, "option z", true);
            }
            if report
                .errors
                .iter()
                .any(|e| e.path == "c" && e.code == "option")
            {
                see(&mut seen, "option z", false);
            }
        }
        if report.errors.iter().any(|e| e.code == "check") {
            see(&mut seen, "check k", false);
        }
        match report.fees.as_ref().unwrap().lines.first() {
            None => see(&mut seen, "line f", false),
            Some(line) if line.amount.is_some() => see(&mut seen, "line f", true),
            Some(_) => {}
        }
        for decision in &report.decisions {
            let id = &decision.decision;
            match decision.verdict {
                Verdict::Eligible => see(&mut seen, format!("decision {id}"), true),
                Verdict::Ineligible => see(&mut seen, format!("decision {id}"), false),
                Verdict::Undetermined => {}
            }
            let holds: BTreeMap<&str, Option<bool>> = decision
                .rules
                .iter()
                .map(|rule| (&*rule.rule, rule.holds))
                .collect();
            for (rule, holds) in &holds {
                if let Some(holds) = holds {
                    see(&mut seen, format!("rule {id}.{rule}"), *holds);
                    see(&mut seen, format!("applies {id}.{rule}"), true);
                }
            }
            for rule in ["r0", "r1"] {
                if id == "d" && !holds.contains_key(rule) {
                    see(&mut seen, format!("applies d.{rule}"), false);
                }
            }
            // The second of a pair counts where the first holds.
            if let (Some(Some(true)), Some(Some(second))) =
                (holds.get("first"), holds.get("second"))
            {
                see(&mut seen, "second where first", *second);
            }
        }
    }
    seen
}

/// Whether a condition can be false and true, as the compiler has it; none where it says that it does not
/// know.
fn claims(form: &Form) -> Option<(Plan, Seen, usize)> {
    let text = form.text();
    let compiled = compile(&Files::in_memory([("form.yaml", text.as_str())]));
    let plan = Plan::load(compiled.plan?).unwrap();
    let pair = quoted(&format!("({}) and ({})", form.pair.0, form.pair.1));
    let second = text.find(&pair)? + pair.len() - quoted(&form.pair.1).len() - 1;
    let mut claims = BTreeMap::new();
    let mut notes = 0;
    for found in &compiled.diagnostics {
        let message = &found.message;
        let id = message.split('`').nth(1).unwrap_or_default();
        let line = compiled.sources.position(found.span).line;
        let part = message.starts_with("this part") || message.contains("branch is never taken");
        let place = if found.span.start == second {
            "second where first".to_owned()
        } else if part {
            // Of other parts nothing is seen by itself.
            format!("part {}", found.span.start)
        } else {
            place_of(&text, line)
        };
        match found.code.id {
            "CF1001" => drop(claims.insert(place, (true, false))),
            "CF1002" | "CF1003" => drop(claims.insert(place, (false, true))),
            "CF1004" => drop(claims.insert(format!("decision {id}"), (false, true))),
            "CF1005" => drop(claims.insert(format!("decision {id}"), (true, false))),
            "CF1006" => notes += 1,
            _ => assert!(found.severity < Severity::Error, "{found:?}"),
        }
    }
    Some((plan, claims, notes))
}

/// What the condition on a line decides.
fn place_of(text: &str, line: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let here = lines[line - 1].trim();
    let above = |key: &str| {
        lines[..line]
            .iter()
            .rev()
            .find_map(|line| line.trim().trim_start_matches("- ").strip_prefix(key))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let part = here.split(": ").next().unwrap_or_default();
    let kind = lines[..line]
        .iter()
        .rev()
        .map(|line| line.trim())
        .find(|line| {
            ["- rule:", "- field:", "- page:", "- check:", "- fee:", "z:"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .unwrap_or_default();
    let kind = kind
        .trim_start_matches("- ")
        .split(':')
        .next()
        .unwrap_or_default();
    match (kind, part) {
        ("rule", "require") => format!("rule {}.{}", above("decision:"), above("rule:")),
        ("rule", _) => format!("applies {}.{}", above("decision:"), above("rule:")),
        ("field", _) => format!("field {}", above("field:")),
        ("page", _) => format!("page {}", above("page:")),
        ("check", _) => "check k".to_owned(),
        ("fee", _) => "line f".to_owned(),
        _ => "option z".to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_global_rejects: 20_000,
        ..ProptestConfig::with_cases(60)
    })]

    #[test]
    fn what_is_said_is_so_and_what_is_not_said_is_not(form in forms()) {
        let Some((plan, claims, notes)) = claims(&form) else {
            return Err(TestCaseError::reject("refused"));
        };
        let seen = observe(&plan);
        for (what, &(yes, no)) in &claims {
            let (seen_yes, seen_no) = seen.get(what).copied().unwrap_or_default();
            prop_assert!(yes || !seen_yes, "{what} is said never to hold\n{}", form.text());
            prop_assert!(no || !seen_no, "{what} is said always to hold\n{}", form.text());
        }
        if notes > 0 {
            return Ok(());
        }
        for what in ["field m", "page q", "line f", "rule d.r0", "rule d.r1", "decision d"] {
            // What is claimed of a part or of what it hangs on is not claimed again.
            if claims.contains_key(what) || !claims.is_empty() {
                continue;
            }
            let (yes, no) = seen.get(what).copied().unwrap_or_default();
            prop_assert!(yes && no, "nothing is said of {what}: {yes} {no}\n{}", form.text());
        }
    }
}
