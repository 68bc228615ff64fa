//! What fuzzing has collected, and whatever it ever broke: evaluation of it ends, and without a panic.

use std::{fs, path::Path};

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Answers, Context, Plan, Report, evaluate, input, words};

fn inputs(target: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let entries = fs::read_dir(folder.join(target)).expect("the folder is there");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let inputs: Vec<String> = entries.map(read).collect();
    assert!(!inputs.is_empty(), "{target}");
    inputs
}

fn sample() -> Plan {
    let form = include_str!("../../fuzz/form.yaml");
    let compiled = compile(&Files::in_memory([("form.yaml", form)]));
    Plan::load(compiled.plan.expect("the form is sound")).expect("it loads")
}

fn context() -> Context {
    Context::on("2026-06-01".parse().expect("a day"))
}

#[test]
fn plans() {
    for text in inputs("plan") {
        let Ok(plan) = Plan::from_json(&text) else {
            continue;
        };
        let answers = Answers::from_json("{}").expect("answers");
        if let Ok(report) = evaluate(&plan, &answers, &context()) {
            words(&plan, "en", &report).to_json();
        }
    }
}

#[test]
fn answers() {
    let plan = sample();
    for text in inputs("answers") {
        let Ok(answers) = Answers::from_json(&text) else {
            continue;
        };
        let report = evaluate(&plan, &answers, &context()).expect("the form is in force");
        let text = report.to_json();
        let read = Report::from_json(&text).expect("a report reads back");
        assert_eq!(read.to_json(), text);
    }
}

#[test]
fn typed_texts() {
    let plan = sample();
    for text in inputs("from_text") {
        let pairs: Vec<(String, String)> = text
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        let answers = input::from_text(&plan, "en", &pairs);
        let report = evaluate(&plan, &answers, &context()).expect("the form is in force");
        let again = Answers::from_json(&answers.to_json()).expect("answers read back");
        let again = evaluate(&plan, &again, &context()).expect("the form is in force");
        assert_eq!(again.to_json(), report.to_json());
    }
}
