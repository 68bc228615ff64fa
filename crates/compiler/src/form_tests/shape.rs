//! What the form says about the scalars of a test, since YAML itself says nothing.

use counterfoil_engine::{
    answers::Data,
    input::RANGE_PARTS,
    number::Number,
    plan::{Fact, Field, FieldType, Group, PageContent, Rules, Type, Value},
};

use crate::yaml::{Node, NodeKind, Scalar, Style};

/// What stands at a place of a test or of a report.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<'a> {
    /// The form does not say: a scalar is what it looks like.
    Loose,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text, a day or an option.
    Text,
    /// A list of options.
    Options,
    /// The two days of a range.
    Range,
    /// Answers by field and group.
    Answers(&'a Rules),
    /// The records of a group.
    Records(&'a Group),
    /// A record of a group.
    Record(&'a Group),
    /// Facts by name.
    Facts(&'a Rules),
    /// Computed values by name, those of groups under the group.
    Values(&'a Rules),
    /// The values of a group's records.
    RecordsOfValues(&'a Group),
    /// The values of a record.
    RecordOfValues(&'a Group),
}

impl<'a> Shape<'a> {
    /// What stands under a key; `None` where the form has no such name.
    pub(super) fn entry(self, key: &str) -> Option<Self> {
        match self {
            Self::Answers(rules) => {
                field(form_fields(rules), key).or_else(|| group(rules, key).map(Self::Records))
            }
            Self::Record(group) => {
                field(group.fields.iter(), key).or_else(|| (key == "$id").then_some(Self::Text))
            }
            Self::Facts(rules) => {
                let fact: &Fact = rules.facts.iter().find(|fact| fact.fact == key)?;
                Some(Self::of_field(&fact.type_))
            }
            Self::Values(rules) => {
                value(&rules.values, key).or_else(|| group(rules, key).map(Self::RecordsOfValues))
            }
            Self::RecordOfValues(group) => value(&group.values, key),
            Self::Range => RANGE_PARTS.contains(&key).then_some(Self::Text),
            _ => Some(Self::Loose),
        }
    }

    /// What stands in a list.
    pub(super) const fn item(self) -> Self {
        match self {
            Self::Options => Self::Text,
            Self::Records(group) => Self::Record(group),
            Self::RecordsOfValues(group) => Self::RecordOfValues(group),
            _ => Self::Loose,
        }
    }

    /// The names that [`Shape::entry`] knows.
    pub(super) fn names(self) -> Vec<&'a str> {
        match self {
            Self::Answers(rules) => form_fields(rules)
                .map(|field| field.field.as_str())
                .chain(groups(rules).map(|group| group.group.as_str()))
                .collect(),
            Self::Record(group) => group.fields.iter().map(|f| f.field.as_str()).collect(),
            Self::Facts(rules) => rules.facts.iter().map(|f| f.fact.as_str()).collect(),
            Self::Values(rules) => (rules.values.iter().map(|v| v.value.as_str()))
                .chain(groups(rules).map(|group| group.group.as_str()))
                .collect(),
            Self::RecordOfValues(group) => group.values.iter().map(|v| v.value.as_str()).collect(),
            Self::Range => RANGE_PARTS.to_vec(),
            _ => Vec::new(),
        }
    }

    const fn of_field(type_: &FieldType) -> Self {
        match type_ {
            FieldType::Boolean { .. } => Self::Boolean,
            FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Money { .. } => {
                Self::Number
            }
            FieldType::Text { .. }
            | FieldType::Date { .. }
            | FieldType::Duration { .. }
            | FieldType::Choice { .. } => Self::Text,
            FieldType::DateRange { .. } => Self::Range,
            FieldType::Set { .. } => Self::Options,
        }
    }

    const fn of_value(type_: &Type) -> Self {
        match type_ {
            Type::Boolean => Self::Boolean,
            Type::Integer | Type::Decimal | Type::Money => Self::Number,
            Type::Text | Type::Date | Type::Duration { .. } | Type::Choice { .. } => Self::Text,
            Type::DateRange => Self::Range,
            Type::Set { .. } => Self::Options,
        }
    }
}

fn form_fields(rules: &Rules) -> impl Iterator<Item = &Field> {
    rules.pages.iter().flat_map(|page| match &page.content {
        PageContent::Fields(fields) => fields.as_slice(),
        PageContent::Group(_) => &[],
    })
}

fn groups(rules: &Rules) -> impl Iterator<Item = &Group> {
    rules.pages.iter().filter_map(|page| match &page.content {
        PageContent::Fields(_) => None,
        PageContent::Group(group) => Some(&**group),
    })
}

fn group<'a>(rules: &'a Rules, key: &str) -> Option<&'a Group> {
    groups(rules).find(|group| group.group == key)
}

fn field<'a>(mut fields: impl Iterator<Item = &'a Field>, key: &str) -> Option<Shape<'a>> {
    let field = fields.find(|field| field.field == key)?;
    Some(Shape::of_field(&field.type_))
}

fn value<'a>(values: &'a [Value], key: &str) -> Option<Shape<'a>> {
    let value = values.iter().find(|value| value.value == key)?;
    Some(Shape::of_value(&value.type_))
}

/// A node as a client would send it. What does not look like the type that the form expects becomes
/// a text, for the evaluation to refuse; so does everything in quotes.
pub(super) fn data(node: &Node, shape: Shape<'_>) -> Data {
    match &node.kind {
        NodeKind::Empty | NodeKind::Error => Data::Null,
        NodeKind::Scalar(scalar) => scalar_data(scalar, shape),
        NodeKind::List(items) => {
            let shape = shape.item();
            Data::List(items.iter().map(|item| data(item, shape)).collect())
        }
        NodeKind::Mapping(entries) => Data::Record(
            entries
                .iter()
                .map(|entry| {
                    let key = &entry.key.value;
                    let shape = shape.entry(key).unwrap_or(Shape::Loose);
                    (key.clone().into(), data(&entry.value, shape))
                })
                .collect(),
        ),
    }
}

fn scalar_data(scalar: &Scalar, shape: Shape<'_>) -> Data {
    let text = scalar.text.as_str();
    let loose = matches!(shape, Shape::Loose);
    if scalar.style != Style::Plain || matches!(shape, Shape::Text | Shape::Options) {
        Data::text(text.to_owned())
    } else if is_null(scalar) {
        Data::Null
    } else if (loose || matches!(shape, Shape::Boolean)) && matches!(text, "true" | "false") {
        Data::Bool(text == "true")
    } else if (loose || matches!(shape, Shape::Number)) && is_json_number(text) {
        Data::number(text.to_owned())
    } else {
        Data::text(text.to_owned())
    }
}

/// Whether a scalar is YAML's word for nothing.
pub(super) fn is_null(scalar: &Scalar) -> bool {
    scalar.style == Style::Plain && matches!(scalar.text.as_str(), "null" | "~")
}

/// The number that a text is, where JSON would write it so.
pub(super) fn json_number(text: &str) -> Option<Number> {
    is_json_number(text).then(|| Number::parse(text).ok())?
}

fn is_json_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}
