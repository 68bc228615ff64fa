//! The keys that the schema knows are those that the compiler reads, no fewer and no more.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_compiler::codes;
use counterfoil_schema::{Kind, schema};
use jsonschema::error::ValidationErrorKind;
use serde_json::Value as Json;

use super::{
    mutations::{Subject, parsed},
    tree::Tree,
    view::View,
};

/// What the compiler calls the mappings whose keys it knows.
const MAPPINGS: &[&str] = &[
    "a check",
    "a decision",
    "a fact",
    "a fee line",
    "a field",
    "a field type",
    "a form",
    "a function",
    "a page",
    "a part of a question",
    "a parameter",
    "a period",
    "a purpose",
    "a rule",
    "a shared file",
    "a table",
    "a test",
    "a value",
    "an argument",
    "an entitlement line",
    "an input column",
    "`expect`",
    "`privacy`",
    "a set of options",
    "a table of cases",
    "the file of tests",
];

/// The keys that make a test or a table of cases one of the other kind.
const OTHER_KIND: [&str; 2] = ["cases", "test"];

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Names of properties anywhere in a schema.
fn names(schema: &Json, found: &mut BTreeSet<String>) {
    match schema {
        Json::Object(object) => {
            if let Some(Json::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|inner| names(inner, found));
        }
        Json::Array(items) => items.iter().for_each(|inner| names(inner, found)),
        _ => {}
    }
}

#[test]
fn reader_and_schema_know_the_same_keys() {
    let mut known = BTreeSet::new();
    for kind in Kind::ALL {
        names(&schema(kind), &mut known);
    }
    let mut compared = BTreeMap::new();
    for subject in Subject::all()
        .into_iter()
        .filter(|s| s.name.starts_with("sample"))
    {
        let mut ways = subject.tree.ways();
        ways.push(Vec::new());
        for way in ways {
            let mut tree = subject.tree.clone();
            let Some(Tree::Mapping(entries)) = tree.at(&way) else {
                continue;
            };
            entries.push(("zzzz".to_owned(), Tree::Scalar("x".to_owned())));
            let Some((what, keys)) = subject.unknown_key(&tree) else {
                continue;
            };
            if compared.contains_key(&what) {
                continue;
            }
            // Every name that either of them knows, at once.
            let Some(Tree::Mapping(entries)) = tree.at(&way) else {
                continue;
            };
            for name in known
                .union(&keys)
                .filter(|name| !OTHER_KIND.contains(&name.as_str()))
            {
                if entries.iter().all(|(key, _)| key != name) {
                    entries.push((name.clone(), Tree::Scalar("x".to_owned())));
                }
            }
            let (reader, schema) = subject.refused_keys(&tree, &what, &way);
            // Of an option the schema cannot know which attributes are declared.
            if what == "an option" {
                assert!(schema.is_subset(&reader), "{schema:?}, {reader:?}");
                continue;
            }
            assert_eq!(reader, schema, "{what}: left the reader, right the schema");
            compared.insert(what, reader.len());
        }
    }
    let whats: Vec<&str> = compared.keys().map(String::as_str).collect();
    for mapping in MAPPINGS {
        assert!(whats.contains(mapping), "{mapping} is not in {whats:?}");
    }
}

impl Subject {
    /// What the compiler calls the mapping with the key `zzzz`, and the keys that it knows of it.
    fn unknown_key(&self, tree: &Tree) -> Option<(String, BTreeSet<String>)> {
        let found = self.diagnostics(tree);
        let unknown = found
            .iter()
            .find(|d| d.code == codes::UNKNOWN_KEY && d.message.ends_with(" has no key `zzzz`"))?;
        let what = unknown.message.strip_suffix(" has no key `zzzz`")?;
        let keys = quoted(unknown.help.as_deref()?)
            .map(str::to_owned)
            .collect();
        Some((what.to_owned(), keys))
    }

    /// The keys of a mapping that the compiler and the schema do not know.
    fn refused_keys(
        &self,
        tree: &Tree,
        what: &str,
        way: &[usize],
    ) -> (BTreeSet<String>, BTreeSet<String>) {
        let prefix = format!("{what} has no key ");
        let reader = self
            .diagnostics(tree)
            .iter()
            .filter(|d| d.code == codes::UNKNOWN_KEY)
            .filter_map(|d| d.message.strip_prefix(&prefix))
            .filter_map(|key| quoted(key).next().map(str::to_owned))
            .collect();
        let view = View::new(&parsed(&tree.yaml()).unwrap());
        let pointer = pointer(tree, way);
        let mut refused = BTreeSet::new();
        for error in self.validator.iter_errors(&view.json) {
            collect(&error, &pointer, &mut refused);
        }
        (reader, refused)
    }
}

fn collect(error: &jsonschema::ValidationError<'_>, pointer: &str, refused: &mut BTreeSet<String>) {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
            if error.instance_path().as_str() == pointer =>
        {
            refused.extend(unexpected.iter().cloned());
        }
        ValidationErrorKind::AnyOf { context } => {
            for inner in context.iter().flatten() {
                collect(inner, pointer, refused);
            }
        }
        _ => {}
    }
}

/// The JSON pointer of a way.
fn pointer(tree: &Tree, way: &[usize]) -> String {
    let mut pointer = String::new();
    let mut tree = tree;
    for index in way {
        match tree {
            Tree::List(items) => {
                pointer.push_str(&format!("/{index}"));
                tree = &items[*index];
            }
            Tree::Mapping(entries) => {
                let (key, value) = &entries[*index];
                pointer.push_str(&format!("/{}", super::view::escaped(key)));
                tree = value;
            }
            Tree::Empty | Tree::Scalar(_) => {}
        }
    }
    pointer
}
