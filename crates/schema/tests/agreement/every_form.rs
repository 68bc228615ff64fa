//! Every YAML file of the repository that belongs to a form.

use std::path::Path;

use counterfoil_compiler::{Files, Severity, SourceMap, codes, definition, yaml};
use counterfoil_schema::{Kind, schema};

use super::{SAMPLE, SAMPLE_LOCALE, SAMPLE_SHARED, SAMPLE_TESTS, root, view::View};

/// The files of a kind, by their paths.
pub fn texts(kind: Kind) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "docs", "examples", "forms", "tests"] {
        collect(&root().join(folder), kind, &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &Path, kind: Kind, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // The samples of these tests stand for themselves.
        if path.is_dir() && !["node_modules", "target", "schema"].contains(&name.as_str()) {
            collect(&path, kind, found);
        }
        let wanted = match kind {
            Kind::Locale => folder.ends_with("locales") && name.ends_with(".yaml"),
            Kind::Form => name.ends_with(".yaml"),
            Kind::Tests => name.ends_with("tests.yaml"),
            Kind::Shared => folder.ends_with("shared") && name.ends_with(".yaml"),
        };
        if !wanted {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // A form with errors is there to show them.
        let form = Files::in_memory([("form.yaml", text.as_str())]);
        let is_broken = kind == Kind::Form
            && definition::read(&form)
                .diagnostics
                .iter()
                .any(|found| found.severity == Severity::Error && found.code != codes::FILE);
        if is_broken {
            continue;
        }
        if kind != Kind::Form || text.lines().any(|line| line.starts_with("form:")) {
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn every_file_of_the_repository_is_accepted() {
    for (kind, least, sample) in [
        (Kind::Form, 5, SAMPLE),
        (Kind::Tests, 3, SAMPLE_TESTS),
        (Kind::Locale, 1, SAMPLE_LOCALE),
        (Kind::Shared, 0, SAMPLE_SHARED),
    ] {
        let validator = jsonschema::draft7::options()
            .should_validate_formats(true)
            .build(&schema(kind))
            .unwrap();
        let mut texts = texts(kind);
        assert!(texts.len() >= least, "{kind:?}: {} files", texts.len());
        texts.push(("sample".to_owned(), sample.to_owned()));
        for (name, text) in texts {
            let mut sources = SourceMap::default();
            let file = sources.add(&name, text);
            let node = yaml::parse(&sources, file, &mut Vec::new()).unwrap();
            let view = View::new(&node);
            if let Err(error) = validator.validate(&view.json) {
                let place = view.places[error.instance_path().as_str()];
                let line = sources.position(place.head).line;
                panic!("{name}:{line}: {error}");
            }
        }
    }
}

#[test]
fn the_library_s_types_are_offered() {
    let mut shipped = Vec::new();
    let library = root().join("crates/compiler/src/library");
    for entry in std::fs::read_dir(library).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let names = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- field_type: "));
        shipped.extend(names.map(str::to_owned));
    }
    shipped.sort();
    let schema = schema(Kind::Form);
    let kinds = schema["definitions"]["QuestionType"]["anyOf"].as_array();
    let mut kinds = kinds.unwrap().iter();
    let offered = kinds.find_map(|kind| kind.get("examples"));
    assert_eq!(offered, Some(&serde_json::json!(shipped)));
}
