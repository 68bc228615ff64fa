//! Attributes of options, declared beside them.

use super::{Context, id::Kind, parameter::SCALAR_TYPES, reader::Mapping};
use crate::{
    codes,
    definition::{ChoiceOption, Constant, Id, OptionAttribute, ScalarType},
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

/// Keys of an option besides its attributes.
pub(super) const OPTION_KEYS: &[&str] = &["label", "hint", "when"];

/// An attribute that is declared.
pub(super) type Declared = (Id, Spanned<ScalarType>);

/// An option with its place, for reports.
pub(super) fn option_name(entry: &Entry) -> Spanned<String> {
    entry.key.clone()
}

impl Context<'_> {
    /// The options of a set: a mapping of options, or `attributes:` beside `options:`.
    pub(super) fn option_set(&mut self, node: &Node) -> Option<Vec<ChoiceOption>> {
        let NodeKind::Mapping(entries) = &node.kind else {
            return self.option_list(node, &[]);
        };
        // A set may have options of these names: then they have labels.
        let parts = |key: &str| {
            let mut entries = entries.iter();
            entries.any(|e| e.key.value == key && matches!(e.value.kind, NodeKind::Mapping(_)))
        };
        if !(parts("attributes") && parts("options")) {
            return self.option_list(node, &[]);
        }
        let mapping = self.mapping(node, "a set of options", &["attributes", "options"])?;
        let attributes = self.attributes(&mapping);
        self.option_list(mapping.get("options")?, &attributes)
    }

    /// `attributes`, with their types.
    pub(super) fn attributes(&mut self, mapping: &Mapping<'_>) -> Vec<Declared> {
        let Some(node) = mapping.get("attributes") else {
            return Vec::new();
        };
        let entries = self.entries(node, "`attributes`").unwrap_or_default();
        let mut attributes = Vec::with_capacity(entries.len());
        for entry in entries {
            let name = self.key_id(&entry.key, Kind::Member);
            if OPTION_KEYS.contains(&name.as_str()) {
                let message = format!("`{}` means something else at an option", name.value);
                let help = "Give the attribute another name.";
                self.error(Diagnostic::error(codes::RESERVED_ID, name.span, message).help(help));
                continue;
            }
            let type_ = self.word(&entry.value, "a type of attribute", SCALAR_TYPES);
            let type_ = type_.unwrap_or(Spanned::new(ScalarType::Error, entry.value.span));
            attributes.push((name, type_));
        }
        attributes
    }

    /// What an option has of every attribute; what is missing is reported at the option.
    pub(super) fn attribute_values(
        &mut self,
        option: &Spanned<String>,
        mapping: Option<&Mapping<'_>>,
        attributes: &[Declared],
    ) -> Vec<OptionAttribute> {
        let mut values = Vec::with_capacity(attributes.len());
        for (name, type_) in attributes {
            let value = match mapping.and_then(|mapping| mapping.get(name.as_str())) {
                Some(node) => self
                    .text(node, "a value")
                    .map(|text| self.constant(&text, type_.value)),
                None => {
                    self.error(
                        Diagnostic::error(
                            codes::OPTION_ATTRIBUTE,
                            option.span,
                            format!("the option `{}` has no `{}`", option.value, name.value),
                        )
                        .label(name.span, "every option has this attribute")
                        .help(format!(
                            "Write `label: …` and `{}: …` on lines of their own below `{}:`.",
                            name.value, option.value
                        )),
                    );
                    None
                }
            };
            values.push(OptionAttribute {
                attribute: name.clone(),
                type_: type_.value,
                value: value.unwrap_or(Spanned::new(Constant::Error, option.span)),
            });
        }
        values
    }
}
