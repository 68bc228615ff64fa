//! The published schemas, held against the types, the compiler's reader and every form of the repository.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod agree;
mod every_form;
mod keys;
mod mutations;
mod tree;
mod view;

use std::path::{Path, PathBuf};

use counterfoil_schema::{Kind, contract, schema};

/// A form that uses every key of the language.
pub const SAMPLE: &str = include_str!("sample.yaml");
/// Tests for it that use every key of test files.
pub const SAMPLE_TESTS: &str = include_str!("sample.tests.yaml");
/// What it shares with other forms, with every key of a shared file.
pub const SAMPLE_SHARED: &str = include_str!("sample.shared.yaml");
/// Its texts in Welsh.
pub const SAMPLE_LOCALE: &str = "\
status: draft
form.title: Ffurflen
page.first.title: Yn gyntaf
";

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_published_files_are_up_to_date() {
    for kind in Kind::ALL {
        let name = format!("docs/schema/{}.schema.json", kind.name());
        let published = std::fs::read_to_string(root().join(&name)).unwrap();
        let fresh = format!("{:#}\n", schema(kind));
        assert!(
            published == fresh,
            "{name} is not what the types say: run `cargo run -p counterfoil-schema`"
        );
    }
}

#[test]
fn the_contract_with_javascript_is_up_to_date() {
    let written = std::fs::read_to_string(root().join(contract::PATH)).unwrap();
    assert!(
        written == contract::typescript().unwrap(),
        "{} is not what the types say: run `cargo run -p counterfoil-schema`",
        contract::PATH
    );
}

#[test]
fn the_schemas_are_of_draft_7_and_describe_every_key() {
    for kind in Kind::ALL {
        let schema = schema(kind);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        jsonschema::draft7::meta::validate(&schema).unwrap();
        let definitions = schema["definitions"].as_object();
        let objects = definitions.into_iter().flat_map(|all| all.values());
        for object in objects.chain([&schema]) {
            let properties = object["properties"].as_object();
            for (name, property) in properties.into_iter().flatten() {
                let text = property["description"].as_str().unwrap_or_default();
                assert!(text.ends_with(['.', ':', '”', '"', '`']), "{name}: {text}");
                assert!(!text.contains('\n'), "{name}: {text}");
            }
        }
    }
}
