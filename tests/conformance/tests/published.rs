//! Published cases of every form hold natively; WebAssembly's side is `cargo xtask replay … --wasm`,
//! which needs the module built. And what would not hold is found.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::{collections::BTreeMap, fs};

use counterfoil_compiler::{Files, compile, render};
use counterfoil_conformance::{Workload, cases, native, replay, values, workload};
use counterfoil_engine::{Answers, Context, Plan, evaluate};

#[test]
fn every_published_case_holds() {
    let mut held = BTreeMap::new();
    for form in workload::forms().unwrap() {
        let workload = Workload::of(&form).unwrap();
        let files = workload.files().unwrap();
        if files.is_empty() {
            continue;
        }
        let plan = Plan::from_json(&native::published_plan(&form).unwrap()).unwrap();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let cases = cases::read(&text, workload.day).unwrap();
            let reports = native::reports(&plan, &cases).unwrap();
            let outcome = replay::against_results(&workload, plan.rules(), &cases, &reports);
            assert!(outcome.all_hold(), "{form}: {outcome}");
            *held.entry(form.clone()).or_insert(0) += outcome.cases;
        }
    }
    for (form, cases) in [
        ("building-permit", 200),
        ("child-benefit-tax", 51),
        ("nsw-gaming", 13),
        ("self-assessment-penalties", 39),
        ("us-eitc", 142),
    ] {
        assert_eq!(held[form], cases, "{form}");
    }
}

#[test]
fn every_folder_of_cases_belongs_to_a_form() {
    let forms = workload::forms().unwrap();
    for entry in fs::read_dir(native::root().join("tests/conformance")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if folder.is_dir() && !["src", "tests"].contains(&name.as_str()) {
            assert!(forms.contains(&name), "{name}");
            assert!(
                !Workload::of(&name).unwrap().files().unwrap().is_empty(),
                "{name}"
            );
        }
    }
}

const FORM: &str = r#"
form: sums
title: Sums
authority: Example
currency: EUR
timezone: UTC
languages: [en]
effective: 2026-01-01..
pages:
  - page: numbers
    title: Numbers
    fields:
      - field: amount
        type: money
        label: Amount
      - field: note
        type: text
        label: Note
        required: false
  - page: parts
    title: Parts
    group: parts
    min: 0
    max: 3
    fields:
      - field: part
        type: money
        label: Part
    values:
      half: round(part / 2, 0.01)
values:
  doubled: amount * 2
  tenths: round(amount / 3, 0.1)
  whole: count(parts)
  told: note
  large: amount > 10
  day: today
"#;

const ANSWERS: &str =
    r#"{"amount": "6.00", "note": "1.50", "parts": [{"part": "3.00"}, {"part": "5.00"}]}"#;

fn plan() -> Plan {
    let compiled = compile(&Files::in_memory([("form.yaml", FORM)]));
    let said = render::human(&compiled.diagnostics, &compiled.sources, false);
    Plan::from_json(&compiled.plan.expect(&said).to_json()).unwrap()
}

fn found(answers: &str, expected: &str) -> Vec<String> {
    let plan = plan();
    let answers = Answers::from_json(answers).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let report = evaluate(&plan, &answers, &context).unwrap();
    values::differences(plan.rules(), expected, &report)
}

#[test]
fn values_are_compared_by_type_and_decimals_by_value() {
    for same in [
        "{}",
        r#"{"doubled": "12.00", "tenths": "2.0", "whole": 2, "told": "1.50", "large": false}"#,
        r#"{"doubled": "12", "tenths": "2", "day": "2026-06-01"}"#,
        r#"{"parts": [{"half": "1.5"}, {"half": "2.50"}]}"#,
    ] {
        assert_eq!(found(ANSWERS, same), [""; 0], "{same}");
    }
    for (other, said) in [
        (
            r#"{"doubled": "12.01"}"#,
            r#"doubled: expected "12.01", got "12.00""#,
        ),
        (r#"{"doubled": 12}"#, r#"doubled: expected 12, got "12.00""#),
        (
            r#"{"doubled": "twelve"}"#,
            r#"doubled: expected "twelve", got "12.00""#,
        ),
        (
            r#"{"doubled": null}"#,
            r#"doubled: expected null, got "12.00""#,
        ),
        (r#"{"whole": "2"}"#, r#"whole: expected "2", got 2"#),
        (r#"{"told": "1.5"}"#, r#"told: expected "1.5", got "1.50""#),
        (
            r#"{"large": "false"}"#,
            r#"large: expected "false", got false"#,
        ),
        (
            r#"{"unheard_of": true}"#,
            "unheard_of: expected true, got nothing",
        ),
        (
            r#"{"parts": [{"half": "1.50"}, {"half": "2.51"}]}"#,
            r#"parts[1].half: expected "2.51", got "2.50""#,
        ),
        (
            r#"{"parts": [{"half": "1.50"}]}"#,
            r#"parts: expected [{"half":"1.50"}], got [{"half":"1.50"},{"half":"2.50"}]"#,
        ),
        ("[]", "what was expected is no object of values"),
    ] {
        assert_eq!(found(ANSWERS, other), [said], "{other}");
    }
}

#[test]
fn what_is_not_determined_is_nothing_and_what_is_blank_is_null() {
    assert_eq!(found("{}", r#"{"told": null}"#), [""; 0]);
    assert_eq!(
        found("{}", r#"{"told": "", "doubled": null}"#),
        [
            r#"told: expected "", got null"#,
            "doubled: expected null, got nothing"
        ]
    );
}

#[test]
fn a_case_runs_on_its_own_day_or_on_the_one_of_its_set() {
    let of_the_set = Some("2026-06-01".parse().unwrap());
    let own = r#"{"id": "a-1", "as_of": "2027-02-03", "in": {}, "out": {"day": "2027-02-03"}}"#;
    let none = r#"{"as_of": null, "in": {}, "out": {"day": "2027-02-03"}}"#;
    let text = format!("{own}\n{none}");
    let plan = plan();
    let cases = cases::read(&text, of_the_set).unwrap();
    let reports = native::reports(&plan, &cases).unwrap();
    let sums = Workload {
        form: "sums".to_owned(),
        day: of_the_set,
        expects: workload::Expects::Values,
    };
    let outcome = replay::against_results(&sums, plan.rules(), &cases, &reports);
    assert_eq!(
        outcome.to_string(),
        "1 of 2 hold\n  line 2: day: expected \"2027-02-03\", got \"2026-06-01\""
    );

    let no_day = cases::read(none, None).unwrap_err();
    assert!(format!("{no_day:#}").contains("line 1 cannot be replayed: it has no day"));
    let wrong_day = cases::read(&own.replace("02-03", "02-30"), of_the_set).unwrap_err();
    assert!(format!("{wrong_day:#}").contains("`as_of` is no day"));
}
