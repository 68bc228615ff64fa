//! Parameters and facts.

use super::{Context, field::TYPE_KEYS, id::Kind, reader::Mapping};
use crate::{
    codes,
    definition::{Constant, Fact, Parameter, ParameterPeriod, ScalarType},
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

/// The types of parameters and of a table's outputs.
pub(super) const SCALAR_TYPES: &[(&str, ScalarType)] = &[
    ("boolean", ScalarType::Boolean),
    ("integer", ScalarType::Integer),
    ("decimal", ScalarType::Decimal),
    ("money", ScalarType::Money),
    ("text", ScalarType::Text),
    ("date", ScalarType::Date),
];

impl Context<'_> {
    /// `parameters` of the form.
    pub fn parameters(&mut self, node: &Node) -> Vec<Parameter> {
        let entries = self.entries(node, "`parameters`").unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| self.parameter(entry))
            .collect()
    }

    fn parameter(&mut self, entry: &Entry) -> Option<Parameter> {
        const KEYS: &[&str] = &["type", "label", "periods", "value", "source"];
        let parameter = self.key_id(&entry.key, Kind::Name);
        if entry.value.as_scalar().is_some() {
            let name = entry.key.as_str();
            self.error(
                Diagnostic::error(
                    codes::WRONG_SHAPE,
                    entry.value.span,
                    "a parameter needs a type and a value",
                )
                .help(format!(
                    "Write `type: integer` and `value: {}` on lines of their own below `{name}:`.",
                    entry.value.as_text().unwrap_or_default()
                )),
            );
            return None;
        }
        let mapping = self.mapping(&entry.value, "a parameter", KEYS)?;
        let type_ = self.scalar_type(&mapping);
        let label = self.optional_plain(&mapping, "label");
        let periods = match (mapping.entry("periods"), mapping.entry("value")) {
            (Some(periods), value) => {
                for misplaced in value.into_iter().chain(mapping.entry("source")) {
                    self.error(
                        Diagnostic::error(
                            codes::CONFLICTING_KEYS,
                            misplaced.key.span,
                            format!("`{}` belongs to each of the periods", misplaced.key.value),
                        )
                        .label(periods.key.span, "the parameter has periods"),
                    );
                }
                self.periods(&periods.value, type_.value)
            }
            (None, Some(_)) => vec![self.period(&mapping, type_.value)],
            (None, None) => {
                self.required(&mapping, "value", "its value");
                Vec::new()
            }
        };
        Some(Parameter {
            parameter,
            type_,
            label,
            periods,
            span: entry.key.span.to(entry.value.span),
        })
    }

    fn scalar_type(&mut self, mapping: &Mapping<'_>) -> Spanned<ScalarType> {
        let node = self.required(mapping, "type", "integer");
        let span = node.map_or(mapping.span, |node| node.span);
        node.and_then(|node| self.word(node, "a type of parameter", SCALAR_TYPES))
            .unwrap_or(Spanned::new(ScalarType::Error, span))
    }

    fn periods(&mut self, node: &Node, type_: ScalarType) -> Vec<ParameterPeriod> {
        const KEYS: &[&str] = &["from", "to", "value", "source"];
        let items = self.items(node, "`periods`").unwrap_or_default();
        items
            .iter()
            .filter_map(|item| {
                let mapping = self.mapping(item, "a period", KEYS)?;
                Some(self.period(&mapping, type_))
            })
            .collect()
    }

    fn period(&mut self, mapping: &Mapping<'_>, type_: ScalarType) -> ParameterPeriod {
        let node = self.required(mapping, "value", "its value");
        let value = node.and_then(|node| self.constant_at(node, type_));
        ParameterPeriod {
            from: mapping.get("from").and_then(|node| self.day(node)),
            to: mapping.get("to").and_then(|node| self.day(node)),
            value: value.unwrap_or(Spanned::new(Constant::Error, mapping.span)),
            source: self.source(mapping),
            span: mapping.span,
        }
    }

    fn constant_at(&mut self, node: &Node, type_: ScalarType) -> Option<Spanned<Constant>> {
        if type_ == ScalarType::Text {
            self.refuse_cut(node);
        }
        let text = match type_ {
            ScalarType::Boolean => self.unquoted(node, "`true` or `false`")?,
            ScalarType::Integer | ScalarType::Decimal | ScalarType::Money => {
                self.unquoted(node, "a number")?
            }
            _ => self.text(node, "a value")?,
        };
        Some(self.constant(&text, type_))
    }

    /// `facts` of the form.
    pub fn facts(&mut self, node: &Node) -> Vec<Fact> {
        let keys = [TYPE_KEYS, &["label"]].concat();
        let entries = self.entries(node, "`facts`").unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| {
                let fact = self.key_id(&entry.key, Kind::Name);
                if entry.value.kind == NodeKind::Error {
                    return None;
                }
                let mapping = self.mapping(&entry.value, "a fact", &keys)?;
                Some(Fact {
                    fact,
                    type_: self.type_without_question(&mapping),
                    label: self.optional_plain(&mapping, "label"),
                    span: entry.key.span.to(entry.value.span),
                })
            })
            .collect()
    }
}
