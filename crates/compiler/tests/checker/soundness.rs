//! What the checker lets pass never fails: random expressions, evaluated on random answers.

use counterfoil_compiler::{Files, Severity, compile};
use counterfoil_engine::{Answers, Context, Plan, evaluate, plan, report::Status};
use proptest::prelude::*;

use crate::{BASE, is_about_the_whole};

pub fn number() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("age"),
        Just("area"),
        Just("stalls"),
        Just("guests"),
        Just("limit"),
        Just("rate"),
        Just("2"),
        Just("0.5"),
        Just("count(streets)"),
        Just("count(rooms)"),
        Just("sum(streets.metres)"),
        Just("sum(streets.lamps ?? 1)"),
        Just("max(rooms.size)"),
        Just("min(streets.metres)"),
        Just("days_between(born, today)"),
        Just("age_on(born, today)"),
        Just("remainder(age - 5, 7)"),
        Just("remainder(age, stalls)"),
        Just("mod97(note ?? \"1\")"),
        Just("weighted_sum(note ?? \"12\", [3, -1])"),
        Just("sum(length(characters(streets.name, age, 9)))"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 16, 3, |inner| {
        let condition = condition_of(inner.clone());
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} * {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("round({a} / {b}, 0.01)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} ?? {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            inner.clone().prop_map(|a| format!("round_down({a}, 5)")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            inner
                .clone()
                .prop_map(|a| format!("sum(streets.metres * {a})")),
            inner
                .clone()
                .prop_map(|a| format!("sum(if streets.lit {{ streets.lamps }} else {{ {a} }})")),
            (condition, inner.clone(), inner)
                .prop_map(|(c, a, b)| format!("(if {c} {{ {a} }} else {{ {b} }})")),
        ]
    })
    .boxed()
}

pub fn condition_of(
    number: impl Strategy<Value = String> + Clone + 'static,
) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("sells_food".to_owned()),
        Just("not(sells_food)".to_owned()),
        Just("organiser == \"charity\"".to_owned()),
        Just("organiser in [\"neighbours\"]".to_owned()),
        Just("front == back".to_owned()),
        Just("\"pool\" in features".to_owned()),
        Just("answered(guests)".to_owned()),
        Just("answered(stalls)".to_owned()),
        Just("note == \"x\"".to_owned()),
        Just("luhn(note ?? \"18\")".to_owned()),
        Just("starts_with(upper(note ?? \"\"), \"X\")".to_owned()),
        Just("any(streets.lit)".to_owned()),
        Just("all(rooms.size > 3)".to_owned()),
        Just("count(rooms) > 0".to_owned()),
        Just("count(rooms) != 0".to_owned()),
        Just("any(streets.lamps > 3 and streets.lit)".to_owned()),
        (number.clone(), number.clone()).prop_map(|(a, b)| format!("{a} > {b}")),
        (number.clone(), number).prop_map(|(a, b)| format!("{a} == {b}")),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|a| format!("not({a})")),
        ]
    })
    .boxed()
}

fn answers() -> impl Strategy<Value = String> {
    let street = (1..20_000_u32, prop::option::of(1..50_u32)).prop_map(|(tenths, lamps)| {
        let lamps = match lamps {
            Some(lamps) => format!("\"lit\":true,\"lamps\":{lamps}"),
            None => "\"lit\":false".to_owned(),
        };
        format!(
            "{{\"name\":\"A\",\"metres\":{}.{},{lamps}}}",
            tenths / 10 + 1,
            tenths % 10 * u32::from(tenths < 19_990)
        )
    });
    let room = (1..100_u32).prop_map(|size| format!("{{\"size\":{size}}}"));
    (
        0..120_u32,
        prop::option::of(1..200_u32),
        any::<(bool, bool, bool, bool)>(),
        0..100_000_u32,
        prop::option::of(1..9_u32),
        prop::collection::vec(street, 1..6),
        prop::collection::vec(room, 0..4),
    )
        .prop_map(|(age, stalls, flags, area, guests, streets, rooms)| {
            let pick =
                |flag: bool, a: &str, b: &str| if flag { a.to_owned() } else { b.to_owned() };
            let food = match stalls {
                Some(stalls) => format!("\"sells_food\":true,\"stalls\":{stalls}"),
                None => "\"sells_food\":false".to_owned(),
            };
            let guests = guests.map_or_else(String::new, |g| format!("\"guests\":{g},"));
            format!(
                "{{\"age\":{age},{food},\"organiser\":\"{}\",\"front\":\"{}\",\"back\":\"green\",{}\
                 \"born\":\"1980-02-29\",\"area\":{}.{:02},\"price\":10,{guests}\"features\":[{}],\
                 \"streets\":[{}],\"rooms\":[{}]}}",
                pick(flags.0, "charity", "neighbours"),
                pick(flags.1, "red", "green"),
                pick(flags.2, "\"note\":\"x\",", ""),
                area / 100,
                area % 100,
                pick(flags.3, "\"pool\"", ""),
                streets.join(","),
                rooms.join(",")
            )
        })
}

/// The plan of the base form with a value and a rule, if the checker has nothing against them.
fn plan(number: &str, condition: &str) -> Option<Plan> {
    let text = format!(
        "{BASE}values:\n  x: '{number}'\ndecisions:\n  - decision: d\n    title: D\n    rules:\n      - \
         rule: r\n        require: '{condition}'\n        say: No\n"
    );
    let compiled = compile(&Files::in_memory([("form.yaml", text)]));
    let sound = compiled.diagnostics.iter().all(is_about_the_whole);
    let refused = compiled
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    assert_eq!(compiled.plan.is_none(), refused);
    compiled
        .plan
        .filter(|_| sound)
        .map(|plan| Plan::load(plan).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn nothing_fails_that_was_let_pass(
        number in number(),
        condition in condition_of(number()),
        answers in prop::collection::vec(answers(), 8),
    ) {
        let Some(plan) = plan(&number, &condition) else {
            return Err(TestCaseError::reject("refused"));
        };
        let context = Context::on("2026-06-01".parse().unwrap());
        for text in answers {
            let answers = Answers::from_json(&text).unwrap();
            let report = evaluate(&plan, &answers, &context).unwrap();
            prop_assert_eq!(&report.errors, &[], "{}\n{}\n{}", number, condition, text);
            prop_assert_eq!(report.status, Status::Complete, "{}", text);
            prop_assert!(report.values.get("x").is_some(), "{}\n{}", number, text);
            prop_assert!(report.decisions[0].rules[0].holds.is_some(), "{}\n{}", condition, text);

            // What is not known yet may leave results open, but nothing fails for that either.
            let partial = text.replacen("\"sells_food\":true,", "", 1).replacen("\"age\":", "\"ages\":", 1);
            let report = evaluate(&plan, &Answers::from_json(&partial).unwrap(), &context).unwrap();
            let failed = report.errors.iter().find(|error| error.code == "arithmetic");
            prop_assert_eq!(failed, None, "{}\n{}\n{}", number, condition, partial);
        }
    }
}

#[test]
fn types_of_values_are_published_as_they_are_reported() {
    let plan = plan("sum(streets.metres)", "sells_food").unwrap();
    assert_eq!(plan.rules().values[0].type_, plan::Type::Decimal);
}

#[test]
fn a_condition_that_is_still_open_is_not_failed_for_an_operand_that_may_not_count() {
    // Where food is sold the first part is false, where none is the second is true: `guests` is never
    // needed. Before that is answered it is blank beside a question that is open.
    let condition = "(age > age * guests and not(sells_food)) or not(answered(stalls))";
    let plan = plan("age", condition).unwrap();
    let answers = Answers::from_json("{\"age\":20}").unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let report = evaluate(&plan, &answers, &context).unwrap();
    assert_eq!(report.errors, []);
    assert_eq!(report.decisions[0].rules[0].holds, None);
}
