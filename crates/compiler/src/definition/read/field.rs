//! Fields, their types and options.

use counterfoil_engine::date::DurationUnit;

use super::{
    Context,
    attribute::{Declared, OPTION_KEYS, option_name},
    id::Kind,
    join::Mention,
    reader::{Mapping, word_list},
    template::Placeholders,
};
use crate::{
    closest::closest,
    codes,
    definition::{ChoiceOption, Field, FieldType, OptionSet, Options, Requirement},
    diagnostic::Diagnostic,
    expression::ExprKind,
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

/// Most code points of a text, and most records of a group that a form can ask for.
pub(super) const MAX_COUNT: u32 = 100_000;
/// The type of a document to be sent.
const FILE: &str = "file";
/// Most digits after the point of a decimal.
const MAX_SCALE: u32 = 12;

pub(super) const FIELD_KEYS: &[&str] = &[
    "field",
    "type",
    "label",
    "name",
    "hint",
    "when",
    "required",
    "errors",
    "autocomplete",
    "multiline",
    "fixed",
    "purpose",
    "personal",
];

/// The keys of a type's limits, each with the types that it goes with.
const LIMIT_KEYS: &[(&str, &[TypeName])] = &[
    (
        "min",
        &[
            TypeName::Integer,
            TypeName::Decimal,
            TypeName::Money,
            TypeName::Date,
            TypeName::Duration,
            TypeName::DateRange,
        ],
    ),
    (
        "max",
        &[
            TypeName::Integer,
            TypeName::Decimal,
            TypeName::Money,
            TypeName::Date,
            TypeName::Duration,
            TypeName::DateRange,
        ],
    ),
    ("scale", &[TypeName::Decimal]),
    ("min_length", &[TypeName::Text]),
    ("max_length", &[TypeName::Text]),
    ("pattern", &[TypeName::Text]),
    ("format", &[TypeName::Text]),
    ("multiline", &[TypeName::Text]),
    (
        "unit",
        &[TypeName::Integer, TypeName::Decimal, TypeName::Duration],
    ),
    ("accepted", &[TypeName::Boolean]),
    ("options", &[TypeName::Choice, TypeName::Set]),
    ("attributes", &[TypeName::Choice, TypeName::Set]),
];

/// The keys that [`Context::field_type`] reads.
pub(super) const TYPE_KEYS: &[&str] = &[
    "type",
    "min",
    "max",
    "scale",
    "min_length",
    "max_length",
    "pattern",
    "format",
    "accepted",
    "options",
    "unit",
    "attributes",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TypeName {
    Boolean,
    Integer,
    Decimal,
    Money,
    Text,
    Date,
    Duration,
    DateRange,
    Choice,
    Set,
    File,
}

const TYPE_NAMES: &[(&str, TypeName)] = &[
    ("boolean", TypeName::Boolean),
    ("integer", TypeName::Integer),
    ("decimal", TypeName::Decimal),
    ("money", TypeName::Money),
    ("text", TypeName::Text),
    ("date", TypeName::Date),
    ("duration", TypeName::Duration),
    ("date_range", TypeName::DateRange),
    ("choice", TypeName::Choice),
    ("set", TypeName::Set),
    ("file", TypeName::File),
];

const DURATION_UNITS: &[(&str, DurationUnit)] = &[
    ("days", DurationUnit::Days),
    ("weeks", DurationUnit::Weeks),
    ("months", DurationUnit::Months),
    ("years", DurationUnit::Years),
];

/// Whether a type of the language has that name.
pub(super) fn is_type_name(name: &str) -> bool {
    TYPE_NAMES.iter().any(|(word, _)| *word == name)
}

/// The keys of all limits.
pub(super) fn limit_keys() -> impl Iterator<Item = &'static &'static str> {
    LIMIT_KEYS.iter().map(|(key, _)| key)
}

impl Context<'_> {
    /// The fields of a page or group.
    pub fn fields(&mut self, node: &Node) -> Vec<Field> {
        let items = self.items(node, "`fields`").unwrap_or_default();
        items.iter().flat_map(|item| self.question(item)).collect()
    }

    /// A field whose type is one of the language.
    pub(super) fn field(&mut self, node: &Node) -> Option<Field> {
        let keys = [FIELD_KEYS, TYPE_KEYS, &["parts"]].concat();
        let mapping = self.mapping(node, "a field", &keys)?;
        if let Some(parts) = mapping.entry("parts") {
            let message = "`parts` goes with a type that has several, and this one has none";
            self.error(
                Diagnostic::error(codes::FIELD_TYPE, parts.key.span, message)
                    .help("write what is under it at the field itself"),
            );
        }
        let id = self
            .required(&mapping, "field", "name_of_the_field")
            .and_then(|node| self.id(node, Kind::Name));
        let type_ = self.field_type(&mapping);
        let label = self.required_plain(&mapping, "label", "the question");
        let unit = match type_.value {
            // There it says what is counted.
            FieldType::Duration { .. } | FieldType::Error => None,
            _ => self.optional_plain(&mapping, "unit"),
        };
        let field = Field {
            field: id?,
            type_,
            label,
            name: self.optional_plain(&mapping, "name"),
            hint: self.optional_plain(&mapping, "hint"),
            unit,
            when: self.when(&mapping),
            required: self.requirement(&mapping),
            autocomplete: mapping.get("autocomplete").and_then(|node| {
                let text = self.text(node, "a token of HTML such as `name`")?;
                let span = text.whole();
                Some(Spanned::new(text.text, span))
            }),
            multiline: self.flag(&mapping, "multiline"),
            file: mapping.get("type").and_then(Node::as_text) == Some(FILE),
            fixed: mapping.get("fixed").and_then(|node| self.boolean(node)),
            purpose: self.purposes(&mapping),
            personal: mapping.get("personal").and_then(|node| self.boolean(node)),
            field_type: None,
            part_of: None,
            errors: self.own_messages(&mapping),
            span: mapping.span,
        };
        Some(field)
    }

    /// `type` of what is no question, where a `unit` says what a duration is counted in and nothing else.
    pub fn type_without_question(&mut self, mapping: &Mapping<'_>) -> Spanned<FieldType> {
        if let Some(node) = mapping
            .get("type")
            .filter(|node| node.as_text() == Some(FILE))
        {
            self.error(
                Diagnostic::error(
                    codes::BAD_LITERAL,
                    node.span,
                    "`file` is a type for the questions of pages alone",
                )
                .help("Only people who apply send documents; write another type here."),
            );
        }
        let type_ = self.field_type(mapping);
        let counts = matches!(type_.value, FieldType::Duration { .. } | FieldType::Error);
        if let Some(unit) = mapping.entry("unit").filter(|_| !counts) {
            self.error(
                Diagnostic::error(
                    codes::CONFLICTING_KEYS,
                    unit.key.span,
                    "`unit` goes here with the type `duration` alone",
                )
                .label(type_.span, "the type is given here")
                .help("Leave it out: no page asks for this."),
            );
        }
        type_
    }

    /// The name of a type of the language.
    fn type_name(&mut self, node: &Node) -> Option<Spanned<TypeName>> {
        let written = node.as_text().unwrap_or_default();
        if written.is_empty() || is_type_name(written) {
            return self.word(node, "a type of field", TYPE_NAMES);
        }
        if self.type_entry(written).is_some() {
            let message = format!("`{written}` is a type for the questions of pages alone");
            let types = TYPE_NAMES.iter().map(|(name, _)| *name);
            let types: Vec<&str> = types.collect();
            self.error(
                Diagnostic::error(codes::BAD_LITERAL, node.span, message)
                    .help(format!("Write one of {} here.", word_list(&types))),
            );
            return None;
        }
        if self.incomplete {
            // A file could not be read that may have declared it.
            return None;
        }
        let further = self.type_entry_names();
        // `number` ends the names of many types, and means none of them.
        let ends = |name: &&String| name.contains(written) && !name.starts_with(written);
        let further = further.iter().filter(|name| !ends(name));
        let further = further.map(|name| (name.as_str(), TypeName::Text));
        let names: Vec<(&str, TypeName)> = TYPE_NAMES.iter().copied().chain(further).collect();
        let meant = closest(written, names.iter().map(|(name, _)| *name));
        // Where none is meant, a list of all would hide the few that most fields have.
        let names = if meant.is_some() {
            names.as_slice()
        } else {
            TYPE_NAMES
        };
        self.word(node, "a type of field", names)
    }

    /// `required`: `true`, `false` or a condition.
    pub fn requirement(&mut self, mapping: &Mapping<'_>) -> Option<Requirement> {
        let node = mapping.get("required")?;
        self.required_of(node)
    }

    /// What stands after `required`.
    pub(super) fn required_of(&mut self, node: &Node) -> Option<Requirement> {
        if matches!(
            node.as_text(),
            Some("yes" | "no" | "Yes" | "No" | "True" | "False")
        ) {
            self.boolean(node);
            return None;
        }
        let expr = self.expr(node);
        Some(match expr.kind {
            ExprKind::Boolean(true) => Requirement::Always(expr.span),
            ExprKind::Boolean(false) => Requirement::Never(expr.span),
            _ => Requirement::When(expr),
        })
    }

    /// A key that is `true` or `false`, and false where it is left out.
    pub fn flag(&mut self, mapping: &Mapping<'_>, key: &str) -> bool {
        mapping
            .get(key)
            .and_then(|node| self.boolean(node))
            .unwrap_or(false)
    }

    fn own_messages(
        &mut self,
        mapping: &Mapping<'_>,
    ) -> Vec<(Spanned<String>, crate::definition::Template)> {
        let Some(node) = mapping.get("errors") else {
            return Vec::new();
        };
        let entries = self.entries(node, "`errors`").unwrap_or_default();
        entries
            .iter()
            .map(|entry| {
                let message = self.template(&entry.value, Placeholders::Expressions);
                (entry.key.clone(), message)
            })
            .collect()
    }

    /// `type` with the limits that go with it.
    pub fn field_type(&mut self, mapping: &Mapping<'_>) -> Spanned<FieldType> {
        let node = self.required(mapping, "type", "text");
        let name = node.and_then(|node| self.type_name(node));
        let span = node.map_or(mapping.span, |node| node.span);
        let Some(name) = name else {
            self.limits_of_unknown_type(mapping);
            return Spanned::new(FieldType::Error, span);
        };
        self.refuse_foreign_limits(mapping, &name);
        let number = |context: &mut Self, key: &str| {
            let node = mapping.get(key)?;
            context.number(node)
        };
        let day = |context: &mut Self, key: &str| {
            let node = mapping.get(key)?;
            context.day(node)
        };
        let length = |context: &mut Self, key: &str| {
            let node = mapping.get(key)?;
            context.count(node, MAX_COUNT)
        };
        let type_ = match name.value {
            TypeName::Boolean => FieldType::Boolean {
                accepted: self.flag(mapping, "accepted"),
            },
            // What can be said of it until it can be sent here: that it will be.
            TypeName::File => FieldType::Boolean { accepted: true },
            TypeName::Integer => FieldType::Integer {
                min: number(self, "min"),
                max: number(self, "max"),
            },
            TypeName::Decimal => {
                let scale = self
                    .required(mapping, "scale", "2")
                    .and_then(|node| self.count(node, MAX_SCALE))
                    .and_then(|scale| {
                        Some(Spanned::new(u8::try_from(scale.value).ok()?, scale.span))
                    });
                let (min, max) = (number(self, "min"), number(self, "max"));
                match scale {
                    Some(scale) => FieldType::Decimal { scale, min, max },
                    None => FieldType::Error,
                }
            }
            TypeName::Money => FieldType::Money {
                min: number(self, "min"),
                max: number(self, "max"),
            },
            TypeName::Text => FieldType::Text {
                min_length: length(self, "min_length"),
                max_length: length(self, "max_length"),
                pattern: self.raw_text(mapping, "pattern"),
                format: self.raw_text(mapping, "format"),
            },
            TypeName::Date => FieldType::Date {
                min: day(self, "min"),
                max: day(self, "max"),
            },
            TypeName::Duration => {
                let most = u32::MAX;
                let unit = self
                    .required(mapping, "unit", "days")
                    .and_then(|node| self.word(node, "a unit of time", DURATION_UNITS));
                let mut count = |key: &str| {
                    let node = mapping.get(key)?;
                    self.count(node, most)
                };
                let (min, max) = (count("min"), count("max"));
                match unit {
                    Some(unit) => FieldType::Duration { unit, min, max },
                    None => FieldType::Error,
                }
            }
            TypeName::DateRange => FieldType::DateRange {
                min: day(self, "min"),
                max: day(self, "max"),
            },
            TypeName::Choice => FieldType::Choice {
                options: self.options(mapping),
            },
            TypeName::Set => FieldType::Set {
                options: self.options(mapping),
            },
        };
        Spanned::new(type_, name.span)
    }

    /// Reads limits whose type is unreadable, to report what is wrong with them whatever the type.
    fn limits_of_unknown_type(&mut self, mapping: &Mapping<'_>) {
        for key in ["min", "max"] {
            if let Some(node) = mapping.get(key) {
                self.text(node, "a number or date");
            }
        }
        for (key, most) in [
            ("scale", MAX_SCALE),
            ("min_length", MAX_COUNT),
            ("max_length", MAX_COUNT),
        ] {
            if let Some(node) = mapping.get(key) {
                self.count(node, most);
            }
        }
        self.raw_text(mapping, "pattern");
        self.raw_text(mapping, "format");
        self.raw_text(mapping, "unit");
        self.flag(mapping, "accepted");
        if mapping.get("options").is_some() {
            self.options(mapping);
        }
    }

    fn raw_text(&mut self, mapping: &Mapping<'_>, key: &str) -> Option<Spanned<String>> {
        let node = mapping.get(key)?;
        self.refuse_cut(node);
        let text = self.text(node, "a text")?;
        let span = text.whole();
        Some(Spanned::new(text.text, span))
    }

    /// Reports limits that go with other types.
    fn refuse_foreign_limits(&mut self, mapping: &Mapping<'_>, type_: &Spanned<TypeName>) {
        let name_of = |wanted: TypeName| {
            TYPE_NAMES
                .iter()
                .find(|(_, name)| *name == wanted)
                .map_or("", |(word, _)| *word)
        };
        for (key, types) in LIMIT_KEYS {
            let Some(entry) = mapping.entry(key) else {
                continue;
            };
            if types.contains(&type_.value) {
                continue;
            }
            let words: Vec<String> = types.iter().map(|t| format!("`{}`", name_of(*t))).collect();
            let instead = match (*key, type_.value) {
                ("min" | "max", TypeName::Text) => {
                    format!(" For the length of a text write `{key}_length`.")
                }
                ("unit", TypeName::Money) => " An amount bears the form's currency.".to_owned(),
                _ => String::new(),
            };
            self.error(
                Diagnostic::error(
                    codes::CONFLICTING_KEYS,
                    entry.key.span,
                    format!(
                        "`{key}` does not go with the type `{}`",
                        name_of(type_.value)
                    ),
                )
                .label(type_.span, "the type is given here")
                .help(format!("It goes with {}.{instead}", words.join(", "))),
            );
        }
    }

    fn options(&mut self, mapping: &Mapping<'_>) -> Options {
        let example = "the name of an option set, or options below it";
        let Some(node) = self.required(mapping, "options", example) else {
            return Options::Error;
        };
        let attributes = self.attributes(mapping);
        match &node.kind {
            NodeKind::Scalar(_) if !attributes.is_empty() => {
                let message = "attributes stand where the options are listed";
                let help = "Write them under `option_sets`, beside `options:`.";
                self.error(
                    Diagnostic::error(codes::CONFLICTING_KEYS, node.span, message).help(help),
                );
                Options::Error
            }
            NodeKind::Scalar(_) => match self.id(node, Kind::Label) {
                Some(id) => {
                    self.mentions.push(Mention {
                        name: id.clone(),
                        is_set: true,
                    });
                    Options::Named(id)
                }
                None => Options::Error,
            },
            NodeKind::Error => Options::Error,
            _ => match self.option_list(node, &attributes) {
                Some(options) => Options::Inline(options),
                None => Options::Error,
            },
        }
    }

    pub(super) fn option_list(
        &mut self,
        node: &Node,
        attributes: &[Declared],
    ) -> Option<Vec<ChoiceOption>> {
        if let NodeKind::List(items) = &node.kind {
            let span = items.first().map_or(node.span, |item| item.span);
            self.error(
                Diagnostic::error(codes::WRONG_SHAPE, span, "options are a mapping, not a list")
                    .help("Write one option a line, its name and what people read: `neighbours: Neighbours`."),
            );
            return None;
        }
        let entries = self.entries(node, "`options`")?;
        if entries.is_empty() {
            let message = "there are no options to choose from";
            self.error(Diagnostic::error(codes::WRONG_SHAPE, node.span, message));
            return None;
        }
        Some(
            entries
                .iter()
                .filter_map(|entry| self.option(entry, attributes))
                .collect(),
        )
    }

    fn option(&mut self, entry: &Entry, attributes: &[Declared]) -> Option<ChoiceOption> {
        let option = self.option_id(&entry.key);
        if entry.value.as_scalar().is_some() || entry.value.kind == NodeKind::Empty {
            return Some(ChoiceOption {
                option,
                attributes: self.attribute_values(&option_name(entry), None, attributes),
                label: self.plain(&entry.value),
                hint: None,
                when: None,
            });
        }
        let names = attributes.iter().map(|(name, _)| name.as_str());
        let keys: Vec<&str> = OPTION_KEYS.iter().copied().chain(names).collect();
        let mapping = self.mapping(&entry.value, "an option", &keys)?;
        Some(ChoiceOption {
            option,
            label: self.required_plain(&mapping, "label", "what people read"),
            hint: self.optional_plain(&mapping, "hint"),
            when: self.when(&mapping),
            attributes: self.attribute_values(&option_name(entry), Some(&mapping), attributes),
        })
    }

    /// `option_sets` of the form.
    pub fn option_sets(&mut self, node: &Node) -> Vec<OptionSet> {
        let entries = self.entries(node, "`option_sets`").unwrap_or_default();
        entries
            .iter()
            .map(|entry| OptionSet {
                option_set: self.key_id(&entry.key, Kind::Label),
                options: self.option_set(&entry.value).unwrap_or_default(),
                span: entry.key.span.to(entry.value.span),
            })
            .collect()
    }
}
