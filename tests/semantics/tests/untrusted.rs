//! Untrusted answers and plans: codes and paths, never a panic.

use counterfoil_engine::{
    Answers, Plan,
    changes::{MAX_EVALUATIONS, change_words, what_would_change},
    evaluate, explain,
    hash::sha256_hex,
    input, words,
};
use counterfoil_semantics::{Form, errors};
use proptest::prelude::*;
use serde_json::Value as Json;

const FORM: &str = "
facts:
  permit_on_file:
    type: boolean
    label: Permit on file
parameters:
  daily:
    type: decimal
    periods:
      - from: 2026-01-01
        value: 0.5
      - from: 2026-07-01
        value: 0.25
pages:
  - page: one
    title: One
    fields:
      - field: n
        type: integer
        min: 0
        max: 99
        label: N
      - field: day
        type: date
        label: Day
        required: false
      - field: note
        type: text
        label: Note
        required: false
        pattern: '[a-z]{1,8}'
      - field: kinds
        type: set
        label: Kinds
        required: false
        options:
          a: A
          b: B
      - field: band
        type: choice
        label: Band
        required: false
        attributes:
          starts: date
        options:
          low:
            label: Low
            starts: 2026-01-01
          high:
            label: High
            starts: 2026-04-01
      - field: stay
        type: date_range
        label: Stay
        required: false
      - field: notice
        type: duration
        unit: weeks
        max: 8
        label: Notice
        required: false
  - page: rows
    title: Rows
    group: rows
    record: row
    min: 0
    max: 4
    required: false
    fields:
      - field: m
        type: money
        min: 0
        max: 100
        label: M
values:
  total: sum(rows.m)
  ratio_ok: total / (n + 1) <= 10
  begins: band.starts
  given_up: (day ?? today) + (notice ?? days(2))
  nights: days_in(stay ?? range(today, today))
  rate_then: daily.on(day ?? today) ?? 0
  accrued: 'accrue(daily, overlap(stay ?? range(today, today), range(\"2026-02-01\", \"2026-08-31\")))'
  points: sum(steps(n).points * n)
  worked: working_days_between(today, today + days(9), closed.day)
  reduced: reduction(n) + 1
  ninety_seven: 'mod97(note ?? \"x\", \"GB29\")'
  weighed: 'remainder(weighted_sum(note ?? \"12\", [3, -1]), 11)'
  sound: 'luhn(digits(note ?? \"18\")) or mod11_10(characters(note ?? \"\", 1, n))'
  begun: 'starts_with(upper(note ?? \"\"), \"X\") or length(note ?? \"\") > 4'
functions:
  - function: twice
    label: Twice
    arguments:
      x:
        type: integer
        min: 0
        max: 99
    expr: x * 2
  - function: reduction
    label: Reduction
    arguments:
      x:
        type: integer
        min: 0
        max: 99
    expr: |
      let over = max(x - 10, 0);
      twice(over) + over
checks:
  - check: note_given
    at: note
    require: answered(note) or n < 50
    say: Explain numbers of {n} and more
decisions:
  - decision: d
    title: D
    rules:
      - rule: r
        require: '\"a\" in kinds or n > 3'
        say: Choose A
fees:
  - fee: f
    label: F
    amount: round(total * tax(n), 0.01)
tables:
  tax:
    inputs:
      n:
        same_as: n
    outputs:
      rate: decimal
    rows:
      - n: < 10
        rate: 0.1
      - n: '>= 10'
        rate: 0.2
  steps:
    hit: collect
    inputs:
      n:
        same_as: n
    outputs:
      points: integer
    rows:
      - n: < 10
        points: 1
      - n: '-'
        points: 2
  closed:
    hit: collect
    outputs:
      day: date
    rows:
      - day: 2026-06-03
      - day: 2026-06-08
";

#[test]
fn malformed_answers_get_codes_and_paths() {
    let form = Form::new(FORM);
    for (answers, expected) in [
        (r#"{"n": 1, "x": 1}"#, vec![("x", "unknown")]),
        (r#"{"n": 1, "total": 1}"#, vec![("total", "computed")]),
        (
            r#"{"n": 1, "permit_on_file": true}"#,
            vec![("permit_on_file", "fact")],
        ),
        (r#"{"n": 1, "n": 2}"#, vec![("n", "duplicate")]),
        (r#"{"n": "1"}"#, vec![("n", "type")]),
        (r#"{"n": 1.5}"#, vec![("n", "type")]),
        (r#"{"n": 2.0}"#, vec![]),
        (r#"{"n": {"deep": [[[[[[1]]]]]]}}"#, vec![("n", "type")]),
        (r#"{"n": 1, "day": "2026-02-30"}"#, vec![("day", "date")]),
        (r#"{"n": 1, "day": 20260201}"#, vec![("day", "type")]),
        (r#"{"n": 1, "kinds": "a"}"#, vec![("kinds", "type")]),
        (r#"{"n": 1, "kinds": ["a", 1]}"#, vec![("kinds", "type")]),
        (r#"{"n": 1, "note": "Ünïcode"}"#, vec![("note", "pattern")]),
        (
            r#"{"n": 1, "rows": [{"m": "1.005"}]}"#,
            vec![("rows[0].m", "scale")],
        ),
    ] {
        assert_eq!(errors(&form.report(answers)), expected, "{answers}");
    }
}

#[test]
fn enormous_answers_are_refused_without_harm() {
    let form = Form::new(FORM);
    let digits = "9".repeat(400);
    assert_eq!(
        errors(&form.report(&format!(r#"{{"n": {digits}}}"#))),
        [("n", "range")]
    );
    assert_eq!(
        errors(&form.report(&format!(r#"{{"n": -{digits}}}"#))),
        [("n", "range")]
    );
    let text = "x".repeat(10_000_000);
    let report = form.report(&format!(r#"{{"n": 1, "note": "{text}"}}"#));
    assert_eq!(errors(&report), [("note", "length")]);
    assert!(
        report.to_json().len() < 10_000,
        "the report must not repeat the answer"
    );
    let report = form.report(&format!(r#"{{"n": 1, "{text}": 1}}"#));
    assert_eq!(report.errors[0].code, "unknown");
    assert!(
        report.to_json().len() < 10_000,
        "the report must not repeat the key"
    );
    let nested = format!(r#"{{"n": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(errors(&form.report(&nested)), [("n", "type")]);
}

#[test]
fn text_that_is_no_json_object_is_refused() {
    for text in [
        "",
        "{",
        "[]",
        "7",
        "{\"n\": 01}",
        "{\"n\": NaN}",
        "{} {}",
        "\u{feff}{}",
    ] {
        assert!(Answers::from_json(text).is_err(), "{text:?}");
    }
}

/// A plan with its hashes put right after a change, so that only the content is unsound.
fn published_plan() -> Json {
    let published = Form::new(FORM).plan.published().to_json();
    serde_json::from_str(&published).expect("a plan is JSON")
}

#[test]
fn a_typed_number_beyond_all_limits_stays_beyond_them() {
    let form = Form::new(FORM);
    for typed in ["1e30", "1e99", "99999999999999999999999999999", "0.5e40"] {
        let answers = input::from_text(&form.plan, "en", &[("n".to_owned(), typed.to_owned())]);
        let report = form.report(&answers.to_json());
        assert_eq!(errors(&report), [("n", "range")], "{typed}");
    }
}

fn resealed(mut plan: Json) -> String {
    let canonical = |value: &Json| counterfoil_engine::hash::canonical_json(value);
    let parts = plan["parts"].as_object().expect("parts").clone();
    for (name, part) in &parts {
        plan["manifest"]["parts"][name] = sha256_hex(canonical(part).as_bytes()).into();
    }
    canonical(&plan)
}

/// Every place in a JSON tree, as a list of steps.
fn places(value: &Json, path: Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        Json::Object(map) => {
            for (key, value) in map {
                places(value, [path.clone(), vec![key.clone()]].concat(), found);
            }
        }
        Json::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(
                    value,
                    [path.clone(), vec![index.to_string()]].concat(),
                    found,
                );
            }
        }
        _ => {}
    }
    found.push(path);
}

fn at<'a>(value: &'a mut Json, path: &[String]) -> Option<&'a mut Json> {
    path.iter().try_fold(value, |value, step| match value {
        Json::Object(map) => map.get_mut(step),
        Json::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn exercise(text: &str) {
    let Ok(plan) = Plan::from_json(text) else {
        return;
    };
    let answers = Answers::from_json(
        r#"{"n": 60, "day": "2026-01-01", "kinds": ["a"], "rows": [{"m": 3}, {"m": "x"}],
            "band": "low", "notice": "P2W", "stay": {"start": "2026-06-30", "end": "2026-07-02"}}"#,
    )
    .expect("answers");
    let context = Form::context();
    if let Ok(report) = evaluate(&plan, &answers, &context) {
        let _ = words(&plan, "en", &report);
    }
    for node in counterfoil_engine::explain::explainable_nodes(&plan) {
        let _ = explain(&plan, "en", &answers, &context, &node);
    }
    for decision in &plan.rules().decisions {
        let found = what_would_change(&plan, &answers, &context, &decision.decision);
        if let Ok(Some(found)) = found {
            assert!(found.evaluations <= MAX_EVALUATIONS);
            let _ = change_words(&plan, "en", &found.proposals);
        }
    }
    let ineligible = Answers::from_json(r#"{"n": 2, "kinds": []}"#).expect("answers");
    for decision in &plan.rules().decisions {
        let found = what_would_change(&plan, &ineligible, &context, &decision.decision);
        if let Ok(Some(found)) = found {
            assert!(found.evaluations <= MAX_EVALUATIONS);
            let _ = change_words(&plan, "en", &found.proposals);
        }
    }
    let _ = input::from_text(&plan, "en", &[("rows[3].m".to_owned(), "1".to_owned())]);
}

#[test]
fn what_a_plan_says_of_changes_is_yes_or_no() {
    let plan = published_plan();
    for (place, key) in [
        ("/parts/rules/decisions/0", "hides_changes"),
        (
            "/parts/rules/pages/0/content/fields/0/presentation",
            "fixed",
        ),
    ] {
        for (value, sound) in [
            (Json::Bool(true), true),
            (Json::Bool(false), true),
            (Json::from(1), false),
            (Json::from("yes"), false),
            (Json::Null, false),
            (Json::from(Vec::<bool>::new()), false),
        ] {
            let mut plan = plan.clone();
            let (above, last) = place.rsplit_once('/').expect("a place");
            let above = plan.pointer_mut(above).expect("a part of a plan");
            match above.as_array_mut() {
                Some(items) => items[0][key] = value.clone(),
                // What is as usual is not written down.
                None => above[last][key] = value.clone(),
            }
            let loaded = Plan::from_json(&resealed(plan));
            assert_eq!(loaded.is_ok(), sound, "{key}: {value}");
        }
    }
}

#[test]
fn a_plan_whose_hashes_do_not_hold_is_refused() {
    let published = Form::new(FORM).plan.published().to_json();
    assert!(Plan::from_json(&published).is_ok());
    let altered = published.replacen("0.1", "0.3", 1);
    assert_ne!(altered, published);
    let refused = Plan::from_json(&altered).unwrap_err();
    assert!(refused.message.contains("`rules`"), "{refused}");
}

#[test]
fn plans_with_any_part_replaced_or_removed_never_panic() {
    let published = Form::new(FORM).plan.published().to_json();
    let plan: Json = serde_json::from_str(&published).expect("a plan is JSON");
    let mut found = Vec::new();
    places(
        &plan["parts"]["rules"],
        vec!["parts".to_owned(), "rules".to_owned()],
        &mut found,
    );
    let strange = [
        Json::Null,
        Json::from(-1),
        Json::from("9".repeat(30)),
        Json::from("2026-01-01"),
        Json::Array(vec![]),
        serde_json::json!({"field": "n"}),
        serde_json::json!({"value": "total"}),
        serde_json::json!({"literal": {"number": "0"}}),
        serde_json::json!("blank"),
        serde_json::json!({"local": "x"}),
        serde_json::json!({"column": "points"}),
        serde_json::json!({"collect": {"table": "closed", "inputs": [], "output": "day"}}),
        serde_json::json!({"each": {"group": "rows", "each": {"field": "rows.m"}}}),
        serde_json::json!({"call": {"function": "twice", "arguments": [{"field": "note"}]}}),
        serde_json::json!({"text": {"function": "weighted_sum", "operands": [
            {"field": "note"},
            {"literal": {"number": "9999999999999999999999999999"}},
        ]}}),
    ];
    // Each place gets some of them in turn: its neighbours, which are often alike, get the others.
    let mut replacements = strange.iter().cycle();
    for path in &found {
        for replacement in replacements.by_ref().take(4) {
            let mut changed = plan.clone();
            if let Some(place) = at(&mut changed, path) {
                *place = replacement.clone();
                exercise(&resealed(changed));
            }
        }
    }
}

#[test]
fn a_plan_that_reads_itself_or_nests_without_end_is_refused() {
    let plan = published_plan();
    let mut circular = plan.clone();
    circular["parts"]["rules"]["values"][0]["expr"] = serde_json::json!({"value": "ratio_ok"});
    assert!(Plan::from_json(&resealed(circular)).is_err());
    let mut deep = serde_json::json!({"value": "total"});
    for _ in 0..60 {
        deep = serde_json::json!({ "not": deep });
    }
    let mut nested = plan.clone();
    nested["parts"]["rules"]["values"][1]["expr"] = deep.clone();
    assert!(Plan::from_json(&resealed(nested)).is_ok());
    let mut nested = plan;
    for _ in 0..10 {
        deep = serde_json::json!({ "not": deep });
    }
    nested["parts"]["rules"]["values"][1]["expr"] = deep;
    assert!(Plan::from_json(&resealed(nested)).is_err());
    let each =
        |each: Json| serde_json::json!({"aggregate": {"op": "sum", "group": "rows", "each": each}});
    let mut multiplying = published_plan();
    multiplying["parts"]["rules"]["values"][0]["expr"] =
        each(each(each(serde_json::json!({"field": "rows.m"}))));
    assert!(Plan::from_json(&resealed(multiplying)).is_err());
    let text = format!("{}{}", "{\"not\":".repeat(100_000), "}".repeat(100_000));
    assert!(Plan::from_json(&text).is_err());
}

/// What is said of a plan whose functions are these, with a value that is this.
fn refusal(functions: Json, value: Json) -> Option<String> {
    let mut plan = published_plan();
    let rules = &mut plan["parts"]["rules"];
    rules["functions"] = functions;
    rules["values"] = serde_json::json!([
        {"value": "total", "type": "decimal", "expr": value},
    ]);
    // What read the other values goes with them.
    for part in ["checks", "decisions", "fees"] {
        rules[part] = serde_json::json!([]);
    }
    let text = resealed(plan);
    exercise(&text);
    Plan::from_json(&text).err().map(|error| error.message)
}

fn function(id: &str, expr: Json) -> Json {
    serde_json::json!({
        "function": id,
        "arguments": [{"argument": "x", "type": "integer"}],
        "type": "integer",
        "expr": expr,
    })
}

fn call(id: &str, argument: Json) -> Json {
    serde_json::json!({"call": {"function": id, "arguments": [argument]}})
}

#[test]
fn functions_of_a_plan_call_those_above_them_with_their_arguments() {
    let x = || serde_json::json!({"local": "x"});
    let n = || serde_json::json!({"field": "n"});
    let refused = |functions: Vec<Json>, value: Json, part: &str| {
        let found = refusal(Json::Array(functions), value);
        assert!(
            found.as_ref().is_some_and(|message| message.contains(part)),
            "{found:?} for {part}"
        );
    };
    let sound = vec![function("f", x()), function("g", call("f", x()))];
    assert_eq!(refusal(Json::Array(sound.clone()), call("g", n())), None);
    refused(
        vec![function("f", call("f", x()))],
        call("f", n()),
        "no function `f` above",
    );
    refused(
        vec![function("g", call("f", x())), function("f", x())],
        call("g", n()),
        "no function `f` above",
    );
    refused(sound.clone(), call("h", n()), "no function `h`");
    for arguments in [serde_json::json!([]), serde_json::json!([n(), n()])] {
        let value = serde_json::json!({"call": {"function": "f", "arguments": arguments}});
        refused(sound.clone(), value, "wrong arguments");
    }
    refused(
        vec![function("f", x()), function("f", x())],
        n(),
        "the function `f` twice",
    );
    refused(sound.clone(), x(), "outside every function");
    let again = serde_json::json!({"let": {
        "locals": [{"local": "x", "expr": n()}],
        "result": x(),
    }});
    refused(vec![function("f", again)], n(), "names `x` twice");
    // A function reads what its callers depend on.
    let reader = function("f", serde_json::json!({"value": "total"}));
    refused(vec![reader], call("f", n()), "depends on itself");
    let each =
        |each: Json| serde_json::json!({"aggregate": {"op": "sum", "group": "rows", "each": each}});
    let in_lists = function("f", each(each(serde_json::json!({"field": "rows.m"}))));
    refused(vec![in_lists], each(call("f", n())), "nests more than 2");
}

#[test]
fn functions_of_a_plan_that_ask_for_too_much_are_refused_at_once() {
    let x = || serde_json::json!({"local": "x"});
    let n = serde_json::json!({"field": "n"});
    let chain = |length: usize, body: &dyn Fn(Json) -> Json| -> Json {
        let mut functions = vec![function("f0", x())];
        for index in 1..length {
            let before = call(&format!("f{}", index - 1), x());
            functions.push(function(&format!("f{index}"), body(before)));
        }
        Json::Array(functions)
    };
    let doubling = |before: Json| serde_json::json!({"add": [before.clone(), before]});
    let found = refusal(chain(60, &doubling), call("f59", n.clone())).expect("refused");
    assert!(found.contains("call each other too often"), "{found}");
    assert_eq!(refusal(chain(12, &doubling), call("f11", n.clone())), None);
    let found = refusal(chain(200, &|before| before), n).expect("refused");
    assert!(found.contains("deep"), "{found}");
}

#[test]
fn built_in_functions_of_a_plan_have_their_operands_and_fail_on_others() {
    let text = |function: &str, operands: Json| serde_json::json!({"text": {"function": function, "operands": operands}});
    let none = serde_json::json!([]);
    let (note, n) = (
        serde_json::json!({"field": "note"}),
        serde_json::json!({"field": "n"}),
    );
    for (function, operands) in [
        ("mod97", none.clone()),
        ("luhn", serde_json::json!([note, note])),
        ("weighted_sum", serde_json::json!([note])),
        ("characters", serde_json::json!([note, n])),
        ("starts_with", serde_json::json!([note, note, note])),
    ] {
        let found = refusal(none.clone(), text(function, operands));
        assert!(
            found.is_some_and(|message| message.contains("wrong operands")),
            "{function}"
        );
    }
    let list = serde_json::json!({"each": {"group": "rows", "each": {"field": "rows.m"}}});
    assert!(refusal(none.clone(), list).is_some());
    let column = serde_json::json!({"column": "points"});
    assert!(refusal(none.clone(), column).is_some());
    // Operands of other types than the compiler gives fail where they are worked out, and say so.
    for value in [
        text("luhn", serde_json::json!([n])),
        text("characters", serde_json::json!([n, n, n])),
        serde_json::json!({"remainder": [n, {"literal": {"number": "0"}}]}),
        serde_json::json!({"remainder": [n, {"literal": {"number": "1.5"}}]}),
        serde_json::json!({"divide": [n, {"literal": {"boolean": true}}]}),
    ] {
        let mut plan = published_plan();
        let values = &mut plan["parts"]["rules"]["values"];
        let last = values.as_array().expect("values").len() - 1;
        values[last]["expr"] = value.clone();
        let id = values[last]["value"].as_str().expect("an id").to_owned();
        let plan = Plan::from_json(&resealed(plan)).expect("a plan that loads");
        let form = Form { plan };
        let report = form.report(r#"{"n": 40}"#);
        let path = format!("values.{id}");
        assert_eq!(errors(&report), [(path.as_str(), "arithmetic")], "{value}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_answers_give_a_report(
        keys in prop::collection::vec("n|day|note|kinds|rows|total|band|stay|notice|[a-z]{1,3}", 0..6),
        values in prop::collection::vec(
            prop_oneof![
                Just("null".to_owned()),
                Just("[]".to_owned()),
                Just(r#"[{"m": 1}, {"m": "2.50"}]"#.to_owned()),
                Just(r#"["a", "c"]"#.to_owned()),
                Just(r#""high""#.to_owned()),
                Just(r#""P3W""#.to_owned()),
                Just(r#"{"start": "2026-06-30", "end": "2026-07-02"}"#.to_owned()),
                Just(r#"{"start": "2026-07-02", "end": "2026-06-30"}"#.to_owned()),
                any::<bool>().prop_map(|value| value.to_string()),
                any::<i64>().prop_map(|value| value.to_string()),
                "-?[1-9][0-9]{0,5}(\\.[0-9]{1,4})?([eE][-+]?[0-9]{1,4})?",
                "[ -~]{0,12}".prop_map(|text| Json::from(text).to_string()),
            ],
            6,
        ),
    ) {
        let entries: Vec<_> =
            keys.iter().zip(&values).map(|(key, value)| format!(r#""{key}":{value}"#)).collect();
        let form = FORMS.with(|form| form.clone());
        let report = form.report(&format!("{{{}}}", entries.join(",")));
        // What counts, sent again, gives the same answers and nothing new to complain of.
        let again = form.report(&serde_json::to_string(&report.answers).expect("JSON"));
        prop_assert_eq!(&again.answers, &report.answers);
        prop_assert!(again.errors.iter().all(|error| error.code == "check"));
        let _ = words(&form.plan, "en", &report);
    }
}

thread_local! {
    static FORMS: std::rc::Rc<Form> = std::rc::Rc::new(Form::new(FORM));
}
