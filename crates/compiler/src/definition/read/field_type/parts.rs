//! `parts`: what a question of several parts says of each of them that its type says otherwise.

use super::{Question, levels::merged};
use crate::{
    closest::closest,
    codes,
    definition::read::{Context, reader::word_list},
    diagnostic::Diagnostic,
    yaml::{Entry, Node},
};

/// Keys that a question may write of a part; the others make the type what it is.
const PART_KEYS: &[&str] = &[
    "label",
    "name",
    "hint",
    "when",
    "required",
    "errors",
    "autocomplete",
    "purpose",
    "personal",
    "unit",
    "min",
    "max",
    "min_length",
    "max_length",
    "parts",
];

impl Context<'_> {
    /// Reports parts that a question writes of and does not have, and keys that cannot be written there.
    pub(super) fn check_parts(&mut self, node: &Node, known: &[String], name: &str) {
        let Some(parts) = node.get("parts") else {
            return;
        };
        for entry in self.entries(parts, "`parts`").unwrap_or_default() {
            let Entry { key, value } = entry;
            if !known.contains(&key.value) {
                let message = format!("`{name}` has no part `{}`", key.value);
                let found = Diagnostic::error(codes::COMPOSITE_PART, key.span, message);
                let names = known.iter().map(String::as_str);
                self.error(match closest(key.as_str(), names.clone()) {
                    Some(meant) => found
                        .help(format!("did you mean `{meant}`?"))
                        .suggest(key.span, meant),
                    None => {
                        let names: Vec<&str> = names.collect();
                        found.help(format!("its parts are {}", word_list(&names)))
                    }
                });
            }
            drop(self.mapping(value, "a part of a question", PART_KEYS));
        }
    }

    /// The entries of a part, those first that the question writes of it.
    pub(super) fn with_own(
        &mut self,
        of_type: Vec<Entry>,
        node: &Node,
        part: &str,
        question: &Question<'_>,
    ) -> Vec<Entry> {
        let own = node.get("parts").and_then(|parts| parts.get(part));
        let Some(own) = own.and_then(Node::as_mapping) else {
            return of_type;
        };
        let own = own.iter();
        let own = own.filter(|entry| PART_KEYS.contains(&entry.key.as_str()));
        let levels = [own.cloned().collect(), of_type];
        self.report_widened(&levels, question);
        merged(&levels)
    }
}
