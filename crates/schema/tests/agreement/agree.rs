//! Whether the compiler has told what a schema refuses, at the same place.

use counterfoil_compiler::{Diagnostic, Severity, codes};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::view::{Place, View, escaped};

/// Keys of which a mapping needs the one or the other; which of them a message names does not matter.
const EITHER: &[[&str; 2]] = &[["value", "periods"], ["csv", "rows"], ["type", "same_as"]];

/// Validates a file and gives back, in words, what the schema refuses and no diagnostic tells; and how many
/// things it refuses.
pub fn untold(validator: &Validator, view: &View, found: &[Diagnostic]) -> (Vec<String>, usize) {
    let errors: Vec<&Diagnostic> = found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    let told = Told { view, errors };
    let mut refused = 0;
    let mut untold = Vec::new();
    for error in validator.iter_errors(&view.json) {
        refused += 1;
        if !told.tells(&error) {
            untold.push(format!("{error} (at `{}`)", error.instance_path()));
        }
    }
    (untold, refused)
}

struct Told<'a> {
    view: &'a View,
    errors: Vec<&'a Diagnostic>,
}

impl Told<'_> {
    /// Where one of several schemas must hold: all errors of one that a value of this type may be meant for.
    fn tells_branch(
        &self,
        error: &ValidationError<'_>,
        branches: &[Vec<ValidationError<'_>>],
    ) -> bool {
        let of_other_type = |inner: &ValidationError<'_>| {
            inner.instance_path() == error.instance_path()
                && matches!(inner.kind(), ValidationErrorKind::Type { .. })
        };
        let place = self.view.places.get(error.instance_path().as_str());
        let mut meant = branches
            .iter()
            .filter(|branch| !branch.iter().any(of_other_type))
            .peekable();
        match meant.peek() {
            Some(_) => meant.any(|branch| branch.iter().all(|inner| self.tells(inner))),
            None => place.is_some_and(|place| self.at(place)),
        }
    }

    fn tells(&self, error: &ValidationError<'_>) -> bool {
        let pointer = error.instance_path().as_str();
        let Some(place) = self.view.places.get(pointer) else {
            return false;
        };
        match error.kind() {
            ValidationErrorKind::AnyOf { context } => self.tells_branch(error, context),
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                unexpected.iter().all(|key| self.at_key(pointer, key))
            }
            ValidationErrorKind::PropertyNames { error } => {
                let key = error.instance().as_str().unwrap_or_default();
                self.at_key(pointer, key)
            }
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let either = EITHER.iter().find(|keys| keys.contains(&key));
                let lacks =
                    |key: &str| self.missing(place, key) || self.misspelt(pointer, Some(key));
                either.map_or_else(|| lacks(key), |keys| keys.iter().any(|key| lacks(key)))
                    || self.outranked(pointer)
            }
            ValidationErrorKind::FalseSchema => {
                let (mapping, _) = pointer.rsplit_once('/').unwrap_or_default();
                self.at(place) || self.misspelt(mapping, None)
            }
            _ => self.at(place) || self.outranked(pointer),
        }
    }

    /// An error at a key of a mapping.
    fn at_key(&self, mapping: &str, key: &str) -> bool {
        let pointer = format!("{mapping}/{}", escaped(key));
        let span = self.view.places.get(&pointer).and_then(|place| place.key);
        self.errors.iter().any(|error| Some(error.span) == span)
    }

    /// An error at a value or its key.
    fn at(&self, place: &Place) -> bool {
        self.errors.iter().any(|error| {
            let inside = place.node.start <= error.span.start && error.span.end <= place.node.end;
            inside || Some(error.span) == place.key
        })
    }

    /// An error at a mapping that says which key it lacks; a field type tells it where the others stand.
    fn missing(&self, place: &Place, key: &str) -> bool {
        self.errors.iter().any(|error| {
            let inside = place.node.start <= error.span.start && error.span.end <= place.node.end;
            let there = if error.code == codes::MISSING_KEY {
                error.span.start == place.head.start
            } else {
                error.code == codes::FIELD_TYPE && inside
            };
            there && error.message.contains(&format!("`{key}`"))
        })
    }

    /// A key of a mapping that was taken for another one, such as for the one wanted.
    fn misspelt(&self, mapping: &str, meant: Option<&str>) -> bool {
        self.errors.iter().any(|error| {
            let suggested = error
                .suggestion
                .as_ref()
                .map(|change| change.replacement.as_str());
            let key_of_mapping = || {
                self.view.places.iter().any(|(pointer, place)| {
                    place.key == Some(error.span)
                        && pointer
                            .rsplit_once('/')
                            .is_some_and(|(above, _)| above == mapping)
                })
            };
            error.code == codes::UNKNOWN_KEY
                && suggested.is_some_and(|word| meant.is_none_or(|meant| meant == word))
                && key_of_mapping()
        })
    }

    /// What stands within a part that another key rules out is not looked at.
    fn outranked(&self, pointer: &str) -> bool {
        let mut above = pointer;
        while let Some((shorter, _)) = above.rsplit_once('/') {
            let key = self.view.places.get(above).and_then(|place| place.key);
            let ruled_out = self
                .errors
                .iter()
                .any(|e| e.code == codes::CONFLICTING_KEYS && Some(e.span) == key);
            if ruled_out {
                return true;
            }
            above = shorter;
        }
        false
    }
}
