//! `field_types`: what a form or shared file declares, and types that are made of themselves.

use std::collections::BTreeSet;

use super::{QUESTION_KEYS, TypeEntry};
use crate::{
    codes,
    definition::read::{
        Context,
        field::{FIELD_KEYS, TYPE_KEYS, is_type_name, limit_keys},
        id::Kind,
    },
    diagnostic::Diagnostic,
    source::Span,
    yaml::Node,
};

/// Keys of a field type besides those of the field that it makes.
const TYPE_ENTRY_KEYS: &[&str] = &["field_type", "fields", "check", "say", "source"];
/// Keys of a field type that go with one field, besides those of limits.
const SINGLE_KEYS: &[&str] = &[
    "check",
    "say",
    "errors",
    "multiline",
    "fixed",
    "name",
    "autocomplete",
];

impl Context<'_> {
    /// `field_types` of a form or shared file, before anything that may be written with them.
    pub(in super::super) fn field_types(&mut self, node: &Node) {
        let items = self.items(node, "`field_types`").unwrap_or_default();
        for item in items {
            let keys = [TYPE_ENTRY_KEYS, FIELD_KEYS, TYPE_KEYS].concat();
            let Some(mapping) = self.mapping(item, "a field type", &keys) else {
                continue;
            };
            let id = self.required(&mapping, "field_type", "name_of_the_type");
            let Some(id) = id.and_then(|node| self.id(node, Kind::Label)) else {
                self.check_field_type(mapping.span.before(), item);
                continue;
            };
            if is_type_name(id.as_str()) {
                let message = format!("`{}` is a type of the language", id.value);
                self.error(
                    Diagnostic::error(codes::RESERVED_ID, id.span, message)
                        .help("Give the field type another name."),
                );
                continue;
            }
            if let Some(earlier) = self.types.own.get(id.as_str()) {
                let message = format!("the name `{}` is taken already", id.value);
                let found = Diagnostic::error(codes::DUPLICATE_ID, id.span, message)
                    .label(earlier.id.span, "first declared here")
                    .help("give one of the two another name");
                self.error(found);
                continue;
            }
            self.check_field_type(id.span, item);
            if let Some(fields) = mapping.get("fields") {
                // What the parts say is read where a question has the type.
                for part in self.items(fields, "`fields`").unwrap_or_default() {
                    self.entries(part, "a field");
                }
            }
            let entry = TypeEntry {
                id: id.clone(),
                node: item.clone(),
                shipped: false,
            };
            self.types.own.insert(id.value, entry);
        }
    }

    /// Reports types that are made of themselves.
    pub(in super::super) fn report_circles(&mut self) {
        let own: Vec<TypeEntry> = self.types.own.values().cloned().collect();
        let mut circles = BTreeSet::new();
        for entry in own {
            if !circles.contains(entry.id.as_str()) {
                circles.extend(self.report_circle(&entry));
            }
        }
    }

    /// Reports keys of a field type that do not go together.
    fn check_field_type(&mut self, id: Span, node: &Node) {
        let place = |key: &str| {
            let mut entries = node.as_mapping().unwrap_or_default().iter();
            entries
                .find(|entry| entry.key.value == key)
                .map(|e| e.key.span)
        };
        let mut wrong = |span: Span, message: &str, help: &str| {
            self.error(Diagnostic::error(codes::FIELD_TYPE, span, message).help(help));
        };
        for key in QUESTION_KEYS {
            if let Some(span) = place(key) {
                let message = format!("`{key}` belongs to a question, not to its type");
                wrong(span, &message, "write it at the fields that have the type");
            }
        }
        match (place("fields"), place("type")) {
            (Some(_), Some(span)) => wrong(
                span,
                "a field type has `type` or `fields`, not both",
                "with `type` it makes one field, with `fields` a field for each part",
            ),
            (None, None) => wrong(
                id,
                "a field type needs `type` or `fields`",
                "add `type: text`, or `fields` with the parts that are asked",
            ),
            _ => {}
        }
        if place("fields").is_some() {
            for key in SINGLE_KEYS.iter().chain(limit_keys()) {
                if let Some(span) = place(key) {
                    let message = format!("`{key}` goes with one field, and this type has several");
                    wrong(span, &message, "write it at the part that it is about");
                }
            }
        }
        match (place("check"), place("say")) {
            (Some(span), None) => wrong(
                span,
                "the `check` of a field type needs the key `say`",
                "add the message that stands where the check does not hold",
            ),
            (None, Some(span)) => wrong(
                span,
                "this `say` has no `check`",
                "add `check` with a condition about `value`, the answer",
            ),
            _ => {}
        }
    }

    /// Reports a type that is made of itself, and gives the types that its circle leads over.
    fn report_circle(&mut self, entry: &TypeEntry) -> Vec<String> {
        let mut open = vec![(entry.clone(), vec![entry.id.value.clone()])];
        let mut seen = BTreeSet::new();
        while let Some((at, path)) = open.pop() {
            for node in types_within(&at.node) {
                let Some(name) = node.as_text() else { continue };
                let mut path = path.clone();
                path.push(name.to_owned());
                if name == entry.id.value {
                    let found = Diagnostic::error(
                        codes::CYCLE,
                        node.span,
                        format!("the field type `{name}` is made of itself"),
                    )
                    .help(format!("it leads in a circle: `{}`", path.join("` → `")));
                    self.error(found);
                    return path;
                }
                if let Some(next) = self.types.own.get(name)
                    && seen.insert(name.to_owned())
                {
                    open.push((next.clone(), path));
                }
            }
        }
        Vec::new()
    }
}

/// The nodes that name the types of which a type is made.
fn types_within(node: &Node) -> Vec<&Node> {
    let parts = node
        .get("fields")
        .and_then(Node::as_list)
        .unwrap_or_default();
    let parts = parts.iter().filter_map(|part| part.get("type"));
    node.get("type").into_iter().chain(parts).collect()
}
