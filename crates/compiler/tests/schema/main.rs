//! The JSON Schema of answers, held against the engine.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod conditions;

use std::path::Path;

use counterfoil_compiler::{Files, compile, render, schema::answers_schema};
use counterfoil_engine::{
    Answers, Context, Plan, Report,
    date::Duration,
    evaluate,
    plan::{Field, FieldType, PageContent},
    report::Status,
};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// A form with its schema and answers that are complete.
struct Subject {
    name: String,
    plan: Plan,
    validator: Validator,
    answers: Map<String, Json>,
}

impl Subject {
    fn new(files: &Files, answers: &Json) -> Self {
        let compiled = compile(files);
        let diagnostics = render::human(&compiled.diagnostics, &compiled.sources, false);
        let plan = Plan::load(compiled.plan.expect(&diagnostics)).unwrap();
        let schema = answers_schema(&plan, "en");
        jsonschema::meta::validate(&schema).unwrap();
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        Self {
            name: plan.rules().form.clone(),
            plan,
            validator,
            answers: answers.as_object().unwrap().clone(),
        }
    }

    /// The forms of this repository with their examples.
    fn all() -> Vec<Self> {
        let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
        let mut folders: Vec<_> = std::fs::read_dir(forms)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|folder| folder.join("example.json").is_file())
            .collect();
        folders.sort();
        assert!(folders.len() >= 2);
        folders
            .iter()
            .map(|folder| {
                let example = std::fs::read_to_string(folder.join("example.json")).unwrap();
                let example = serde_json::from_str(&example).unwrap();
                Self::new(&Files::on_disk(folder).unwrap(), &example)
            })
            .collect()
    }

    fn evaluate(&self, answers: &Map<String, Json>) -> Report {
        let answers = Answers::from_json(&Json::from(answers.clone()).to_string()).unwrap();
        let day = "2026-06-01".parse().unwrap();
        evaluate(&self.plan, &answers, &Context::on(day)).unwrap()
    }

    /// The property: whatever a complete report keeps of the answers, the schema accepts.
    fn hold(&self, answers: &Map<String, Json>) -> Status {
        let report = self.evaluate(answers);
        if report.status == Status::Complete {
            let kept = serde_json::to_value(&report.answers).unwrap();
            if let Err(error) = self.validator.validate(&kept) {
                panic!(
                    "{}: {} at {} in {kept}",
                    self.name,
                    error,
                    error.instance_path()
                );
            }
        }
        report.status
    }

    /// Every answer with values on the edges of what its field allows, and beyond.
    fn edges(&self) -> Vec<(String, Json)> {
        let mut edges = Vec::new();
        for page in &self.plan.rules().pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        let values = self.edges_of(field);
                        edges.extend(values.into_iter().map(|value| (field.field.clone(), value)));
                    }
                }
                PageContent::Group(group) => {
                    let given = self.answers.get(&group.group).and_then(Json::as_array);
                    let Some(record) = given.and_then(|records| records.first()) else {
                        continue;
                    };
                    for count in [0, 1, group.min, group.max, group.max + 1] {
                        let records = vec![record.clone(); count as usize];
                        edges.push((group.group.clone(), Json::from(records)));
                    }
                    for field in &group.fields {
                        for value in self.edges_of(field) {
                            let mut record = record.clone();
                            record[&field.field] = value;
                            edges.push((group.group.clone(), json!([record])));
                        }
                    }
                }
            }
        }
        edges
    }

    fn edges_of(&self, field: &Field) -> Vec<Json> {
        let number = |text: String| serde_json::from_str::<Json>(&text).unwrap();
        let mut edges = vec![
            Json::Null,
            json!(""),
            json!([]),
            json!("x"),
            json!(1),
            json!(true),
        ];
        match &field.type_ {
            FieldType::Boolean { .. } => edges.push(json!(false)),
            FieldType::Integer { min, max } => {
                edges.extend([min, max].map(|limit| number(limit.to_string())));
            }
            FieldType::Decimal { min, max, .. } | FieldType::Money { min, max } => {
                for limit in [min, max] {
                    edges.push(number(limit.to_string()));
                    edges.push(json!(limit.to_string_with(2)));
                }
            }
            FieldType::Text {
                min_length,
                max_length,
                ..
            } => {
                for length in [*min_length, *max_length, max_length + 1] {
                    edges.push(json!("é".repeat(length as usize)));
                }
            }
            FieldType::Date { min, max } => {
                let days = [min, max].into_iter().flatten().map(|day| json!(day));
                edges.extend(days.chain([json!("2026-06-02"), json!("2026-02-30")]));
            }
            FieldType::Duration { unit, min, max } => {
                let counted = |count: u32| Duration::of(*unit, count.into()).unwrap();
                edges.extend([*min, *max].map(|count| json!(counted(count).to_string())));
                edges.extend(["P0D", "P1Y", "P14D", "P1D1M"].map(Json::from));
            }
            FieldType::DateRange { min, max } => {
                let days = [min, max].into_iter().flatten().map(|day| json!(day));
                let days: Vec<Json> = days.chain([json!("2026-06-02")]).collect();
                for start in &days {
                    edges.extend(days.iter().map(|end| json!({"start": start, "end": end})));
                    edges.push(json!({"start": start}));
                }
            }
            FieldType::Choice { options } => {
                edges.extend(options.iter().map(|choice| json!(choice.option)));
            }
            FieldType::Set { options } => {
                let ids: Vec<_> = options.iter().map(|choice| json!(choice.option)).collect();
                edges.extend(ids.iter().map(|id| json!([id, id])));
                edges.push(Json::from(ids));
            }
        }
        edges
    }
}

#[test]
fn answers_kept_by_a_complete_report_are_accepted() {
    for subject in Subject::all() {
        assert_eq!(
            subject.hold(&subject.answers),
            Status::Complete,
            "{}",
            subject.name
        );
        let mut complete = 0;
        for (key, value) in subject.edges() {
            let mut answers = subject.answers.clone();
            answers.insert(key, value);
            complete += u32::from(subject.hold(&answers) == Status::Complete);
        }
        assert!(complete > 10, "{}: {complete}", subject.name);
    }
}

/// A form with a question of each type of time.
const TIMES: &str = "
form: times
title: Times
timezone: Europe/London
languages: [en]
pages:
  - page: only
    title: Only
    fields:
      - field: stay
        type: date_range
        label: Stay
        min: 2026-01-01
        max: 2026-12-31
      - field: nights
        type: duration
        unit: days
        max: 30
        label: Nights
      - field: notice
        type: duration
        unit: weeks
        label: Notice
      - field: tenancy
        type: duration
        unit: months
        min: 1
        label: Tenancy
      - field: lived_here
        type: duration
        unit: years
        label: Lived here
";

#[test]
fn ranges_and_durations_that_a_report_keeps_are_accepted() {
    let answers = json!({
        "stay": {"start": "2026-05-01", "end": "2026-05-04"},
        "nights": "P3D", "notice": "P2W", "tenancy": "P1Y2M", "lived_here": "P10Y",
    });
    let subject = Subject::new(&Files::in_memory([("form.yaml", TIMES)]), &answers);
    assert_eq!(subject.hold(&subject.answers), Status::Complete);
    let mut kept = 0;
    for (key, value) in subject.edges() {
        let mut answers = subject.answers.clone();
        answers.insert(key, value.clone());
        let complete = subject.hold(&answers) == Status::Complete;
        kept += u32::from(complete);
        // Of a shape that the schema can state, it refuses what the engine does.
        if !complete && value.get("end").is_none() && value.is_object() {
            assert!(!subject.validator.is_valid(&Json::from(answers)), "{value}");
        }
    }
    assert!(kept > 12, "{kept}");
    for refused in [
        json!("2 weeks"),
        json!(14),
        json!("P1.5W"),
        json!("-P2W"),
        json!("P1M"),
    ] {
        let mut answers = subject.answers.clone();
        answers.insert("notice".to_owned(), refused.clone());
        assert!(
            !subject.validator.is_valid(&Json::from(answers)),
            "{refused}"
        );
    }
}

#[test]
fn so_they_are_where_several_answers_change() {
    for subject in Subject::all() {
        let edges = subject.edges();
        let changes = prop::collection::vec(prop::sample::select(edges), 1..5);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(&changes, |changes| {
                let mut answers = subject.answers.clone();
                answers.extend(changes);
                subject.hold(&answers);
                Ok(())
            })
            .unwrap();
    }
}

const FORM: &str = "
form: sample
title: Sample {{form}}
currency: GBP
timezone: Europe/London
languages:
  - en
effective: 2026-01-01..
pages:
  - page: about
    title: About
    fields:
      - field: code
        type: text
        min_length: 2
        max_length: 8
        pattern: '[A-Z]{2}|[0-9]+'
        label: Code
        hint: Two letters
      - field: amount
        type: money
        min: 0
        max: 1000
        label: Amount
      - field: area
        type: decimal
        scale: 1
        min: -5
        max: 5
        label: Area
        required: false
      - field: people
        type: integer
        min: 1
        max: 10
        label: People
      - field: agreed
        type: boolean
        accepted: true
        label: Agreed
      - field: day
        type: date
        min: 2026-01-01
        label: Day
        when: people > 5
      - field: colour
        type: choice
        label: Colour
        options:
          red: Red
          blue: Blue
      - field: colours
        type: set
        label: Colours
        options:
          red: Red
          blue: Blue
  - page: things
    title: Things
    group: things
    record: thing
    min: 1
    max: 2
    fields:
      - field: name
        type: text
        label: Name
      - field: note
        type: text
        label: Note
        required: false
";

fn sample() -> Subject {
    let answers = json!({
        "code": "AB",
        "amount": 12.5,
        "people": 3,
        "agreed": true,
        "colour": "red",
        "colours": ["blue"],
        "things": [{"name": "One"}],
    });
    Subject::new(&Files::in_memory([("form.yaml", FORM)]), &answers)
}

#[test]
fn each_limit_is_stated() {
    let subject = sample();
    let accepts = |changes: &Json| {
        let mut answers = subject.answers.clone();
        answers.extend(changes.as_object().unwrap().clone());
        let accepted = subject.validator.is_valid(&Json::from(answers.clone()));
        (
            accepted,
            subject.evaluate(&answers).status == Status::Complete,
        )
    };
    for fine in [
        json!({}),
        json!({"code": "1234"}),
        json!({"amount": "12.50"}),
        json!({"amount": 1000}),
        json!({"area": "-4.5"}),
        json!({"area": null}),
        json!({"area": ""}),
        json!({"people": 2.0}),
        json!({"day": []}),
        json!({"people": 6, "day": "2026-01-01"}),
        json!({"colours": ["red", "blue"]}),
        json!({"things": [{"name": "One", "note": null, "$id": "a"}, {"name": "Two", "note": "x"}]}),
    ] {
        assert_eq!(accepts(&fine), (true, true), "{fine}");
    }
    for wrong in [
        json!({"code": "A"}),
        json!({"code": "123456789"}),
        json!({"code": "Ab"}),
        json!({"code": null}),
        json!({"amount": 1000.01}),
        json!({"amount": "12.505"}),
        json!({"amount": "1e2"}),
        json!({"amount": true}),
        json!({"area": "0.25"}),
        json!({"people": "3"}),
        json!({"people": 0}),
        json!({"people": 1.5}),
        json!({"agreed": false}),
        json!({"people": 6, "day": "2026-02-30"}),
        json!({"colour": "green"}),
        json!({"colours": []}),
        json!({"colours": ["green"]}),
        json!({"colours": "red"}),
        json!({"things": []}),
        json!({"things": [{"name": "One"}, {"name": "Two"}, {"name": "Three"}]}),
        json!({"things": [{"note": "x"}]}),
        json!({"things": [{"name": "One", "colour": "red"}]}),
        json!({"shape": "round"}),
    ] {
        assert_eq!(accepts(&wrong), (false, false), "{wrong}");
    }
}

#[test]
fn titles_and_descriptions_come_from_the_texts() {
    let subject = sample();
    let schema = answers_schema(&subject.plan, "en");
    assert_eq!(
        schema["$id"],
        format!("urn:counterfoil:answers:{}", subject.plan.id())
    );
    assert_eq!(schema["title"], "Sample {form}");
    assert_eq!(schema["properties"]["code"]["title"], "Code");
    assert_eq!(schema["properties"]["code"]["description"], "Two letters");
    assert_eq!(schema["properties"]["things"]["title"], "Things");
    assert_eq!(
        schema["properties"]["colour"]["oneOf"][1],
        json!({"const": "blue", "title": "Blue"})
    );
    // A language that the form does not have gives its first.
    assert_eq!(answers_schema(&subject.plan, "cy"), schema);
}
