//! The words of the pages: the same keys in every language, each of them used, none missing.

use std::{collections::BTreeSet, fs, path::Path};

mod common;

const SHIPPED: [(&str, &str); 6] = [
    ("en", include_str!("../../compiler/messages/ui.en.yaml")),
    ("cy", include_str!("../../compiler/messages/ui.cy.yaml")),
    ("es", include_str!("../../compiler/messages/ui.es.yaml")),
    ("fr", include_str!("../../compiler/messages/ui.fr.yaml")),
    ("de", include_str!("../../compiler/messages/ui.de.yaml")),
    ("ar", include_str!("../../compiler/messages/ui.ar.yaml")),
];

fn keys(yaml: &str) -> BTreeSet<String> {
    common::flat(yaml).into_keys().collect()
}

/// Every `"ui.…"` in the sources: whole keys, or the beginnings of keys put together.
fn named_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            named_in(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source");
        for rest in source.split("\"ui.").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            found.insert(format!("ui.{key}"));
        }
    }
}

#[test]
fn every_language_has_the_same_keys() {
    let english = keys(SHIPPED[0].1);
    for (locale, yaml) in &SHIPPED[1..] {
        assert_eq!(keys(yaml), english, "{locale}");
    }
}

#[test]
fn placeholders_are_the_same_in_every_language() {
    let placeholders = |text: &str| {
        let names = text.split('{').skip(1);
        let names: BTreeSet<_> = names
            .filter_map(|rest| rest.split('}').next())
            .map(str::to_owned)
            .collect();
        names
    };
    let english = common::flat(SHIPPED[0].1);
    for (locale, yaml) in &SHIPPED[1..] {
        for (key, text) in common::flat(yaml) {
            assert_eq!(
                placeholders(&text),
                placeholders(&english[&key]),
                "{locale}: {key}"
            );
        }
    }
}

#[test]
fn pages_and_texts_name_the_same_keys() {
    let mut named = BTreeSet::new();
    // What stands on a page but is no part of a form is drawn by the office and by the browser.
    for folder in ["src", "../server/src", "../../web/src"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        named_in(&folder, &mut named);
    }
    let shipped = keys(SHIPPED[0].1);
    let below = |key: &str, beginning: &str| {
        key.strip_prefix(beginning)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    for name in &named {
        let known = shipped.contains(name) || shipped.iter().any(|key| below(key, name));
        assert!(known, "a page names `{name}`, which has no text");
    }
    for key in &shipped {
        let used = named.contains(key)
            || named
                .iter()
                .any(|name| !shipped.contains(name) && below(key, name));
        assert!(used, "no page uses `{key}`");
    }
}
