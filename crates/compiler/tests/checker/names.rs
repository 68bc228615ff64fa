//! Names: unknown, taken, misplaced; circles; options.

use counterfoil_engine::{Answers, Context, Plan, date::Day, evaluate, report::Verdict};

use crate::{BASE, check_values, compiled, findings, value};

#[test]
fn unknown_names_are_answered_with_the_likely_one() {
    check_values(&[
        ("agee + 1", "CF0205 agee"),
        ("sqrt(age)", "CF0205 sqrt"),
        ("age(3)", "CF0207 age"),
        ("abs", "CF0205 abs"),
        ("subtotal", "CF0207 subtotal"),
        ("fees", "CF0207 fees"),
        ("rules.nothing", "CF0205 nothing"),
        ("decisions", "CF0207 decisions"),
        ("decisions.nothing", "CF0205 nothing"),
        ("agee + pricee", "CF0205 agee; CF0205 pricee"),
    ]);
    let (_, messages) = value("agee + 1");
    assert_eq!(
        messages,
        ["nothing in the form is called `agee`; Did you mean `age`?"]
    );
    let (_, messages) = value("metres");
    assert!(
        messages[0].contains("write `streets.metres`"),
        "{messages:?}"
    );
}

#[test]
fn options_exist() {
    check_values(&[
        ("organiser == \"charity\"", ""),
        ("organiser == \"charty\"", "CF0206 \"charty\""),
        ("\"charty\" == organiser", "CF0206 \"charty\""),
        (
            "organiser in [\"charity\", \"friends\"]",
            "CF0206 \"friends\"",
        ),
        ("\"pond\" in features", "CF0206 \"pond\""),
        ("front == \"red\"", ""),
        ("if sells_food { \"red\" } else { \"green\" }", ""),
        (
            "front == (if sells_food { \"red\" } else { \"green\" })",
            "",
        ),
        (
            "front == (if sells_food { \"red\" } else { \"blue\" })",
            "CF0206 if sells_food { \"red\" } else { \"blue\" }",
        ),
    ]);
}

#[test]
fn a_named_text_or_number_is_no_option_or_amount() {
    let with = |values: &str| findings(&format!("{BASE}values:\n{values}"));
    assert_eq!(
        with("  colour: '\"red\"'\n  x: front == colour\n"),
        ["CF0301 front == colour"]
    );
    assert_eq!(
        with("  ten: 10\n  x: price + ten\n"),
        ["CF0302 price + ten"]
    );
    assert_eq!(with("  ten: 10\n  x: age + ten\n"), Vec::<String>::new());
}

#[test]
fn names_are_unique() {
    let text = format!("{BASE}values:\n  age: limit + 1\n");
    assert_eq!(findings(&text), ["CF0203 age"]);
    let first = compiled(&text);
    let label = &first.diagnostics[0].labels[0];
    assert_eq!(first.sources.slice(label.span), "age");
    assert!(label.span < first.diagnostics[0].span);

    let shadowed = BASE.replace("- field: metres", "- field: age");
    assert!(findings(&shadowed).contains(&"CF0204 age".to_owned()));

    let twice = format!(
        "{BASE}\
checks:
  - check: same
    at: age
    require: age > 3
    say: One
  - check: same
    at: age
    require: age > 4
    say: Two
"
    );
    assert_eq!(findings(&twice), ["CF0203 same"]);
}

#[test]
fn circles_are_told_step_by_step() {
    let text = format!("{BASE}values:\n  a: b + 1\n  b: c + 1\n  c: a + 1\n  d: a + 1\n");
    let compiled = compiled(&text);
    let messages: Vec<_> = compiled
        .diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(messages, ["`a` depends on itself: `a` → `b` → `c` → `a`"]);

    let mutual = BASE
        .replace(
            "        label: Note\n        required: false\n",
            "        label: Note\n        required: not(answered(guests))\n",
        )
        .replace(
            "        label: Guests\n        required: false\n",
            "        label: Guests\n        required: not(answered(note))\n",
        );
    assert_eq!(findings(&mutual).len(), 1);
    assert!(findings(&mutual)[0].starts_with("CF0701"));

    let own = BASE.replace("when: sells_food\n", "when: stalls == 3\n");
    assert_eq!(findings(&own), ["CF0701 stalls"]);
}

#[test]
fn a_long_chain_of_values_is_no_circle() {
    let mut text = format!("{BASE}values:\n  v0: age\n");
    for index in 1..1_500 {
        text.push_str(&format!("  v{index}: v{} * 1\n", index - 1));
    }
    assert_eq!(findings(&text), Vec::<String>::new());
    // The other way round each value is asked for before it is worked out.
    let mut text = format!("{BASE}values:\n  v0: sells_food\n");
    for index in (1..1_500).rev() {
        text.push_str(&format!("  v{index}: not(v{})\n", index - 1));
    }
    assert_eq!(findings(&text), Vec::<String>::new());
}

const DECISIONS: &str = "\
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: old_enough
        require: age >= 18
        say: Eighteen
      - rule: few_stalls
        when: sells_food
        require: stalls <= 50
        say: Fifty stalls
  - decision: top_up
    title: Top-up
    rules:
      - rule: neighbours
        require: organiser == \"neighbours\"
        say: Neighbours
      - rule: with_grant
        require: decisions.grant
        say: A grant
";

#[test]
fn a_verdict_is_read_as_yes_or_no() {
    let text = format!(
        "{BASE}values:\n  granted: decisions.grant\n  topped: decisions.top_up\n{DECISIONS}"
    );
    let plan = Plan::from_json(&compiled(&text).plan.unwrap().to_json()).unwrap();
    let with = |answers: &str| {
        let answers = Answers::from_json(answers).unwrap();
        let day = Day::from_ymd(2026, 6, 1).unwrap();
        let report = evaluate(&plan, &answers, &Context::on(day)).unwrap();
        let verdict = |d: usize| report.decisions[d].verdict;
        let json = report.to_json();
        for (d, id) in [(0, "granted"), (1, "topped")] {
            let is = |value: bool| json.contains(&format!("\"{id}\":{value}"));
            assert_eq!(is(true), verdict(d) == Verdict::Eligible, "{id}");
            assert_eq!(is(false), verdict(d) == Verdict::Ineligible, "{id}");
        }
        (verdict(0), verdict(1))
    };
    use Verdict::{Eligible, Ineligible, Undetermined};
    assert_eq!(with("{}"), (Undetermined, Undetermined));
    assert_eq!(with(r#"{"age": 17}"#), (Ineligible, Ineligible));
    assert_eq!(with(r#"{"age": 18}"#), (Undetermined, Undetermined));
    assert_eq!(
        with(r#"{"age": 18, "sells_food": false, "organiser": "neighbours"}"#),
        (Eligible, Eligible)
    );
    assert_eq!(
        with(r#"{"age": 18, "sells_food": true, "stalls": 51}"#),
        (Ineligible, Ineligible)
    );
    assert_eq!(
        with(r#"{"age": 18, "sells_food": true, "stalls": 50, "organiser": "charity"}"#),
        (Eligible, Ineligible)
    );
}

#[test]
fn a_verdict_does_not_hang_on_itself() {
    let text = DECISIONS.replace("require: age >= 18", "require: decisions.top_up");
    assert_eq!(findings(&format!("{BASE}{text}")).len(), 1);
    assert!(findings(&format!("{BASE}{text}"))[0].starts_with("CF0701"));
}
