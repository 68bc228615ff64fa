//! Plans that were published under each semantics, with reports that never change.
//!
//! `committed/semantics-N/FORM/` holds a plan and `cases.ndjson`: answers, context and report, one case a
//! line. Every release evaluates them again. For a new semantics, `WRITE_COMMITTED=1` makes the folder
//! from the forms of this repository; what is there is never written over.

use std::{fs, path::Path};

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, evaluate, plan::SEMANTICS};
use serde_json::Value;

/// Forms that go into the folder of a new semantics.
const FORMS: &[&str] = &[
    "building-permit",
    "child-benefit-tax",
    "dog-licence",
    "self-assessment-penalties",
    "street-party",
    "us-eitc",
];
/// So many of their cases, from the first on.
const MOST_CASES: usize = 12;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("committed")
}

fn report(plan: &Plan, answers: &str, context: &str) -> String {
    let answers = Answers::from_json(answers).expect("answers");
    let context = Context::from_json(context).expect("a context");
    let report = evaluate(plan, &answers, &context).expect("the form is in force");
    report.to_json()
}

/// Answers that are complete, incomplete and wrong: the form's example, the example without each of its
/// answers in turn, and with nonsense in its place.
fn write(folder: &Path, form: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../forms")
        .join(form);
    let compiled = compile(&Files::on_disk(&source).expect("the form's files"));
    let plan = compiled.plan.expect("the form is sound").to_json();
    let loaded = Plan::from_json(&plan).expect("the plan loads");
    let example = fs::read_to_string(source.join("example.json")).expect("an example");
    let example: Value = serde_json::from_str(&example).expect("JSON");
    let keys: Vec<String> = example
        .as_object()
        .expect("answers")
        .keys()
        .cloned()
        .collect();
    let mut variants = vec![example.clone(), Value::Object(serde_json::Map::new())];
    for key in keys {
        let (mut without, mut wrong) = (example.clone(), example.clone());
        let (Some(a), Some(b)) = (without.as_object_mut(), wrong.as_object_mut()) else {
            continue;
        };
        a.remove(&key);
        b.insert(key, Value::String("?".to_owned()));
        variants.extend([without, wrong]);
    }
    variants.truncate(MOST_CASES);
    let context = r#"{"as_of":"2026-06-01","facts":{}}"#;
    let lines = variants.iter().map(|answers| {
        let report = report(&loaded, &answers.to_string(), context);
        format!(r#"{{"answers":{answers},"context":{context},"report":{report}}}"#) + "\n"
    });
    let lines: String = lines.collect();
    fs::create_dir_all(folder).expect("the folder");
    fs::write(folder.join("plan.json"), plan).expect("the plan");
    fs::write(folder.join("cases.ndjson"), lines).expect("the cases");
}

#[test]
fn every_semantics_has_plans_whose_reports_are_committed() {
    for semantics in 1..=SEMANTICS {
        let folder = root().join(format!("semantics-{semantics}"));
        if semantics == SEMANTICS
            && !folder.exists()
            && std::env::var_os("WRITE_COMMITTED").is_some()
        {
            FORMS
                .iter()
                .for_each(|form| write(&folder.join(form), form));
        }
        assert!(
            folder.is_dir(),
            "semantics {semantics} has no committed reports: WRITE_COMMITTED=1 writes those of the newest"
        );
    }
}

#[test]
fn reports_of_earlier_days_are_the_same_to_the_byte() {
    let mut replayed = 0;
    for folder in fs::read_dir(root()).expect("the committed plans").flatten() {
        for form in fs::read_dir(folder.path())
            .expect("a folder of forms")
            .flatten()
        {
            let name = form.path().display().to_string();
            let text = |file: &str| fs::read_to_string(form.path().join(file)).expect(&name);
            let plan = Plan::from_json(&text("plan.json")).expect(&name);
            for (index, line) in text("cases.ndjson").lines().enumerate() {
                let case: Value = serde_json::from_str(line).expect(&name);
                let found = report(
                    &plan,
                    &case["answers"].to_string(),
                    &case["context"].to_string(),
                );
                let kept = line.split_once(r#","report":"#).map(|(_, kept)| kept);
                let kept = kept.and_then(|kept| kept.strip_suffix('}'));
                assert_eq!(Some(found.as_str()), kept, "{name}, case {}", index + 1);
                let named = format!("semantics-{}", case["report"]["semantics"]);
                assert!(name.contains(&named), "{name} is of {named}");
                replayed += 1;
            }
        }
    }
    assert!(replayed >= 200, "{replayed} cases");
}
