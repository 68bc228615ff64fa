//! The field types that come with the compiler, and their texts.

use std::{collections::BTreeMap, rc::Rc};

use super::{Context, field_type::TypeEntry};
use crate::{
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{self, Node},
};

/// The library's files of field types, without texts.
const TYPES: &[(&str, &str)] = &[
    (
        "library/people.yaml",
        include_str!("../../library/people.yaml"),
    ),
    (
        "library/contact.yaml",
        include_str!("../../library/contact.yaml"),
    ),
    (
        "library/addresses.yaml",
        include_str!("../../library/addresses.yaml"),
    ),
    (
        "library/banking.yaml",
        include_str!("../../library/banking.yaml"),
    ),
    (
        "library/identifiers.yaml",
        include_str!("../../library/identifiers.yaml"),
    ),
];

/// The library's texts by language.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "en",
        "library/en.yaml",
        include_str!("../../library/en.yaml"),
    ),
    (
        "cy",
        "library/cy.yaml",
        include_str!("../../library/cy.yaml"),
    ),
    (
        "es",
        "library/es.yaml",
        include_str!("../../library/es.yaml"),
    ),
    (
        "fr",
        "library/fr.yaml",
        include_str!("../../library/fr.yaml"),
    ),
    (
        "de",
        "library/de.yaml",
        include_str!("../../library/de.yaml"),
    ),
    (
        "ar",
        "library/ar.yaml",
        include_str!("../../library/ar.yaml"),
    ),
];

/// The language whose texts stand in for one that the library does not have.
pub(super) const FALLBACK: &str = "en";

/// What the library holds, once a form asks for it.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// Its types by name.
    pub types: BTreeMap<String, TypeEntry>,
    /// Its texts by language and key.
    pub texts: BTreeMap<&'static str, BTreeMap<String, Node>>,
}

impl Context<'_> {
    /// The library, read the first time that a form names a type which is not its own.
    pub(super) fn library(&mut self) -> Rc<Library> {
        if let Some(library) = &self.library {
            return Rc::clone(library);
        }
        let mut library = Library::default();
        // The library is part of the program, and its tests hold it to this shape.
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for (name, text) in TYPES {
            let file = self.sources.add_shipped(*name, *text);
            let node = yaml::parse(&self.sources, file, &mut diagnostics);
            let list = node.as_ref().and_then(|node| node.get("field_types"));
            for item in list.and_then(Node::as_list).unwrap_or_default() {
                let Some(id) = item.get("field_type").and_then(Node::as_text) else {
                    continue;
                };
                let entry = TypeEntry {
                    id: Spanned::new(id.to_owned(), item.span),
                    node: item.clone(),
                    shipped: true,
                };
                library.types.insert(id.to_owned(), entry);
            }
        }
        for (language, name, text) in TEXTS {
            let file = self.sources.add_shipped(*name, *text);
            let node = yaml::parse(&self.sources, file, &mut diagnostics);
            let entries = node.as_ref().and_then(Node::as_mapping).unwrap_or_default();
            let texts = entries.iter();
            let texts = texts.map(|entry| (entry.key.value.clone(), entry.value.clone()));
            library.texts.insert(language, texts.collect());
        }
        self.diagnostics.extend(diagnostics);
        let library = Rc::new(library);
        self.library = Some(Rc::clone(&library));
        library
    }
}
