//! Plans that were published once give the reports that they gave then, byte for byte. What is kept
//! here never changes; a change of any result raises the number of the semantics, under which new
//! plans are kept beside these.

use std::{
    fs,
    path::{Path, PathBuf},
};

use counterfoil_engine::{Answers, Context, Plan, evaluate};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Kept {
    answers: Box<RawValue>,
    context: Box<RawValue>,
    report: Box<RawValue>,
}

fn folders() -> Vec<PathBuf> {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("published");
    let entries = published.read_dir().expect("the folder is there");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

#[test]
fn plans_once_published_give_what_they_gave() {
    let mut cases = 0;
    for folder in folders() {
        let read = |name| fs::read_to_string(folder.join(name)).expect("the file is there");
        let plan = Plan::from_json(&read("plan.json"));
        let plan = plan.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let name = folder.file_name().expect("a name").to_string_lossy();
        let (_, id) = name.rsplit_once('-').expect("the plan's id");
        assert!(plan.id().starts_with(id), "{name}: {}", plan.id());
        for (index, line) in read("cases.ndjson").lines().enumerate() {
            let kept: Kept = serde_json::from_str(line).expect("a case");
            let answers = Answers::from_json(kept.answers.get()).expect("answers");
            let context = Context::from_json(kept.context.get()).expect("a context");
            let report = evaluate(&plan, &answers, &context).expect("the form is in force");
            assert_eq!(report.to_json(), kept.report.get(), "{name}:{}", index + 1);
            cases += 1;
        }
    }
    assert!(cases > 100, "{cases}");
}
