//! What a question and its types say, put into one mapping, and limits that are narrowed on the way.

use super::{Chain, QUESTION_KEYS, Question, TEXT_KEYS, language_of};
use crate::{
    codes,
    definition::{
        FieldType,
        read::{
            Context,
            field::{FIELD_KEYS, TYPE_KEYS},
            library,
        },
    },
    diagnostic::Diagnostic,
    source::{Span, Spanned},
    yaml::{Entry, Node, NodeKind},
};

/// Keys that a field cannot state where its type does.
const SETTLED: &[&str] = &[
    "scale",
    "pattern",
    "format",
    "options",
    "attributes",
    "accepted",
];
/// Keys that a field may narrow.
const LIMITS: &[&str] = &["min", "max", "min_length", "max_length"];

/// A longer value of a library's type is not shown.
const MAX_SHOWN: usize = 72;

impl Context<'_> {
    /// The entries of a question and of its types that say what the field is, those of the question
    /// first.
    pub(super) fn levels(
        &mut self,
        node: &Node,
        chain: &Chain,
        question: &Question<'_>,
    ) -> Vec<Vec<Entry>> {
        let own = node.as_mapping().unwrap_or_default().iter();
        let own = own.filter(|entry| entry.key.value != "type").cloned();
        let mut levels = vec![own.collect::<Vec<_>>()];
        for (index, entry) in chain.types.iter().enumerate() {
            let is_last = index + 1 == chain.types.len();
            let written = entry.node.as_mapping().unwrap_or_default().iter();
            let of_field = written.filter(|written| {
                let key = written.key.as_str();
                let known = FIELD_KEYS.contains(&key) || TYPE_KEYS.contains(&key);
                known && !QUESTION_KEYS.contains(&key) && (key != "type" || is_last)
            });
            let mut level: Vec<Entry> = of_field.cloned().collect();
            let key = format!("field_type.{}", entry.id.value);
            if entry.shipped {
                let library = self.library_entries(&key, question.type_);
                level.extend(library);
            }
            self.note_places(&level, &key);
            levels.push(level);
        }
        levels
    }

    /// Texts of the library in the form's language, as entries beside those of the type.
    pub(super) fn library_entries(&mut self, key: &str, place: Span) -> Vec<Entry> {
        let library = self.library();
        let language = language_of(&self.language);
        let texts = library.texts.get(language);
        let Some(texts) = texts.or_else(|| library.texts.get(library::FALLBACK)) else {
            return Vec::new();
        };
        let entry = |key: &str, value: Node| Entry {
            key: Spanned::new(key.to_owned(), value.span),
            value,
        };
        let mut entries: Vec<Entry> = Vec::new();
        for text in TEXT_KEYS {
            if let Some(node) = texts.get(&format!("{key}.{text}")) {
                entries.push(entry(text, node.clone()));
            }
        }
        let prefix = format!("{key}.error.");
        let errors: Vec<Entry> = texts
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, node)| entry(&key[prefix.len()..], node.clone()))
            .collect();
        if !errors.is_empty() {
            let errors = Node {
                kind: NodeKind::Mapping(errors),
                span: place,
            };
            entries.push(entry("errors", errors));
        }
        entries
    }

    /// Remembers which texts stand at a type, for their translations.
    pub(super) fn note_places(&mut self, level: &[Entry], key: &str) {
        let mut note = |span: Span, key: String| self.types.places.push((span, key));
        for entry in level {
            match entry.key.as_str() {
                text if TEXT_KEYS.contains(&text) => {
                    note(entry.value.span, format!("{key}.{text}"))
                }
                "errors" => {
                    for error in entry.value.as_mapping().unwrap_or_default() {
                        note(error.value.span, format!("{key}.error.{}", error.key.value));
                    }
                }
                "options" => {
                    for option in entry.value.as_mapping().unwrap_or_default() {
                        let key = format!("{key}.option.{}", option.key.value);
                        let label = option.value.get("label").unwrap_or(&option.value);
                        note(label.span, key.clone());
                        if let Some(hint) = option.value.get("hint") {
                            note(hint.span, format!("{key}.hint"));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports limits that are wider than those of the type, and keys that the type has settled.
    pub(super) fn report_widened(&mut self, levels: &[Vec<Entry>], question: &Question<'_>) {
        for index in 0..levels.len().saturating_sub(1) {
            let base = merged(&levels[index + 1..]);
            for entry in &levels[index] {
                let key = entry.key.as_str();
                let settled = base.iter().find(|other| other.key.value == key);
                let Some(settled) = settled else { continue };
                if SETTLED.contains(&key) {
                    let message = format!("the field's type has settled `{key}`");
                    let (place, label) =
                        self.said_by_type(settled, question, (settled.key.span, "settled here"));
                    self.error(
                        Diagnostic::error(codes::FIXED_BY_TYPE, entry.key.span, message)
                            .label(place, label)
                            .help("leave it out, or write a type of the language and its limits"),
                    );
                }
            }
            let mut narrowed = levels[index].clone();
            narrowed.retain(|entry| LIMITS.contains(&entry.key.as_str()));
            if narrowed.is_empty() {
                continue;
            }
            let (Some(narrow), Some(wide)) = (
                self.limits(&merged(&[narrowed.clone(), base.clone()])),
                self.limits(&base),
            ) else {
                continue;
            };
            for key in widened(&wide, &narrow) {
                let of_key = |entries: &[Entry]| {
                    let entry = entries.iter().find(|entry| entry.key.value == key);
                    entry.cloned()
                };
                let (Some(own), Some(base)) = (of_key(&narrowed), of_key(&base)) else {
                    continue;
                };
                let message = format!("`{key}` is wider than that of the field's type");
                let (place, label) =
                    self.said_by_type(&base, question, (base.value.span, "the type's own limit"));
                self.error(
                    Diagnostic::error(codes::WIDENED_LIMIT, own.value.span, message)
                        .label(place, label)
                        .help("a field may narrow the limits of its type, not widen them"),
                );
            }
        }
    }

    /// Where a type says something, and what is to be told there. The library's own files are nowhere
    /// to be seen, so what they say is told where the question names the type.
    fn said_by_type(
        &self,
        entry: &Entry,
        question: &Question<'_>,
        otherwise: (Span, &str),
    ) -> (Span, String) {
        if !self.sources.file(entry.key.span.file).is_shipped() {
            return (otherwise.0, otherwise.1.to_owned());
        }
        let key = &entry.key.value;
        let value = self.sources.slice(entry.value.span);
        let short = !value.contains('\n') && value.chars().count() <= MAX_SHOWN;
        let said = if short {
            format!("`{key}: {value}`")
        } else {
            format!("`{key}`")
        };
        let label = format!("this type of the library says {said}");
        (question.type_, label)
    }

    /// The type that some entries state; what is wrong with them is reported elsewhere.
    fn limits(&mut self, entries: &[Entry]) -> Option<FieldType> {
        let reported = self.diagnostics.len();
        let node = Node {
            kind: NodeKind::Mapping(entries.to_vec()),
            span: entries.first()?.key.span,
        };
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let mapping = self.mapping(&node, "a field", &keys)?;
        let type_ = self.field_type(&mapping).value;
        self.diagnostics.truncate(reported);
        Some(type_)
    }
}

/// Entries of several levels: of each key the first, of `errors` the first of each code.
pub(super) fn merged(levels: &[Vec<Entry>]) -> Vec<Entry> {
    let mut merged: Vec<Entry> = Vec::new();
    for entry in levels.iter().flatten() {
        let known = merged.iter_mut().find(|e| e.key.value == entry.key.value);
        let Some(known) = known else {
            merged.push(entry.clone());
            continue;
        };
        if let (NodeKind::Mapping(own), Some(further), "errors") = (
            &mut known.value.kind,
            entry.value.as_mapping(),
            entry.key.as_str(),
        ) {
            for error in further {
                if !own.iter().any(|e| e.key.value == error.key.value) {
                    own.push(error.clone());
                }
            }
        }
    }
    merged
}

/// The limits of a type that are wider than those of another.
fn widened(wide: &FieldType, narrow: &FieldType) -> Vec<&'static str> {
    fn below<T: PartialOrd>(wide: &Option<Spanned<T>>, narrow: &Option<Spanned<T>>) -> bool {
        matches!((wide, narrow), (Some(wide), Some(narrow)) if narrow.value < wide.value)
    }
    fn above<T: PartialOrd>(wide: &Option<Spanned<T>>, narrow: &Option<Spanned<T>>) -> bool {
        matches!((wide, narrow), (Some(wide), Some(narrow)) if narrow.value > wide.value)
    }
    use FieldType::{Date, DateRange, Decimal, Duration, Integer, Money, Text};
    let (below, above) = match (wide, narrow) {
        (
            Integer { min, max },
            Integer {
                min: low,
                max: high,
            },
        )
        | (
            Decimal { min, max, .. },
            Decimal {
                min: low,
                max: high,
                ..
            },
        )
        | (
            Money { min, max },
            Money {
                min: low,
                max: high,
            },
        ) => (below(min, low), above(max, high)),
        (
            Date { min, max },
            Date {
                min: low,
                max: high,
            },
        )
        | (
            DateRange { min, max },
            DateRange {
                min: low,
                max: high,
            },
        ) => (below(min, low), above(max, high)),
        (
            Duration { min, max, .. },
            Duration {
                min: low,
                max: high,
                ..
            },
        ) => (below(min, low), above(max, high)),
        (
            Text {
                min_length,
                max_length,
                ..
            },
            Text {
                min_length: low,
                max_length: high,
                ..
            },
        ) => {
            let texts = [
                ("min_length", below(min_length, low)),
                ("max_length", above(max_length, high)),
            ];
            return texts
                .into_iter()
                .filter(|(_, is)| *is)
                .map(|(key, _)| key)
                .collect();
        }
        _ => (false, false),
    };
    let limits = [("min", below), ("max", above)];
    limits
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| key)
        .collect()
}
