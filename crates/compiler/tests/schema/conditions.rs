//! Where conditions read booleans and choices alone, the schema says exactly what the engine takes.

use counterfoil_compiler::{Files, compile, schema::answers_schema};
use counterfoil_engine::{
    Plan,
    plan::{Expr, PageContent, Published},
    report::Status,
};
use serde_json::{Map, Value as Json, json};

use super::Subject;

const FORM: &str = include_str!("conditions.form.yaml");

/// Every answer that may be given to each question of the form, and none.
fn choices() -> Vec<(&'static str, Vec<Json>)> {
    let boolean = vec![Json::Null, json!(true), json!(false)];
    vec![
        ("resident", boolean.clone()),
        (
            "vehicle",
            vec![
                json!(null),
                json!("car"),
                json!("bicycle"),
                json!("tractor"),
            ],
        ),
        ("permit", vec![json!(null), json!("day"), json!("year")]),
        ("taxed_abroad", boolean.clone()),
        (
            "days",
            vec![
                json!(null),
                json!(["weekdays"]),
                json!(["weekend"]),
                json!(["weekdays", "weekend"]),
            ],
        ),
        ("quiet", boolean),
        (
            "others",
            vec![
                json!(null),
                json!([]),
                json!([{"kind": "child"}]),
                json!([{"kind": "adult"}]),
                json!([{"kind": "child", "drives": true}, {"kind": "child"}]),
                json!([{"kind": "adult", "drives": false}, {"kind": "child"}]),
                json!([{"kind": "child"}, {"kind": "child"}, {"kind": "child"}]),
            ],
        ),
    ]
}

#[test]
fn conditions_over_booleans_and_choices_are_exact() {
    let complete = json!({"resident": true, "permit": "year"});
    let subject = Subject::new(&Files::in_memory([("form.yaml", FORM)]), &complete);
    let mut all = vec![Map::new()];
    for (key, values) in choices() {
        all = all
            .iter()
            .flat_map(|answers| {
                values.iter().map(move |value| {
                    let mut answers = answers.clone();
                    if !value.is_null() {
                        answers.insert(key.to_owned(), value.clone());
                    }
                    answers
                })
            })
            .collect();
    }
    let mut taken = 0;
    for answers in &all {
        let report = subject.evaluate(answers);
        let takes = report.status == Status::Complete && report.ignored.is_empty();
        let accepts = subject.validator.is_valid(&Json::from(answers.clone()));
        assert_eq!(takes, accepts, "{answers:?}: {report:#?}");
        taken += u32::from(takes);
    }
    assert!(taken > 30, "{taken} of {}", all.len());
}

/// What the schema leaves to the engine, one question each.
const LIMITS: &str = "
form: limits
title: Limits
timezone: Europe/London
languages: [en]
pages:
  - page: only
    title: Only
    fields:
      - field: people
        type: integer
        min: 0
        max: 10
        label: People
      - field: leader
        type: text
        max_length: 20
        label: Leader
        when: people > 5
      - field: area
        type: decimal
        scale: 1
        min: 0
        max: 10
        label: Area
      - field: from
        type: date
        min: 2026-01-01
        max: 2026-12-31
        label: From
      - field: notice
        type: duration
        unit: weeks
        max: 4
        label: Notice
      - field: stay
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
        label: Stay
checks:
  - check: room
    at: people
    require: people <= area * 2
    say: There must be half a square metre for each
";

#[test]
fn what_the_schema_cannot_say_is_known() {
    let complete = json!({
        "people": 2, "area": "2.5", "from": "2026-05-01", "notice": "P2W",
        "stay": {"start": "2026-05-01", "end": "2026-05-04"},
    });
    let subject = Subject::new(&Files::in_memory([("form.yaml", LIMITS)]), &complete);
    assert_eq!(subject.hold(&subject.answers), Status::Complete);
    for (limit, key, value) in [
        ("checks", "people", json!(4)),
        ("conditions that compare numbers", "leader", json!("Ada")),
        ("the scale of JSON numbers", "area", json!(2.25)),
        ("limits of dates", "from", json!("2027-01-01")),
        ("limits of durations", "notice", json!("P5W")),
        (
            "the order of a range's ends",
            "stay",
            json!({"start": "2026-05-04", "end": "2026-05-01"}),
        ),
    ] {
        let mut answers = subject.answers.clone();
        if limit == "checks" {
            answers.insert("area".to_owned(), json!("1.5"));
        }
        answers.insert(key.to_owned(), value);
        let report = subject.evaluate(&answers);
        let takes = report.status == Status::Complete && report.ignored.is_empty();
        assert!(!takes, "the engine takes {limit}");
        let accepts = subject.validator.is_valid(&Json::from(answers));
        assert!(
            accepts,
            "the schema can say {limit} now; its documentation says it cannot"
        );
    }
}

#[test]
fn conditions_over_nothing_are_schemas_too() {
    let compiled = compile(&Files::in_memory([("form.yaml", LIMITS)]));
    let published = compiled.plan.unwrap();
    let one_of_none = Expr::OneOf {
        item: Box::new(Expr::Field("people".to_owned())),
        list: Vec::new(),
    };
    for condition in [Expr::And(Vec::new()), Expr::Or(Vec::new()), one_of_none] {
        let mut rules = published.rules.clone();
        let PageContent::Fields(fields) = &mut rules.pages[0].content else {
            panic!("a page of questions")
        };
        fields[1].when = Some(condition.clone());
        let texts = published.texts.values().cloned().collect();
        let plan = Published::new(rules, texts, published.sources.clone());
        let schema = answers_schema(&Plan::load(plan).unwrap(), "en");
        jsonschema::meta::validate(&schema).unwrap();
        let written = schema.to_string();
        assert!(!written.contains("\":[]"), "{condition:?}: {written}");
    }
}
