//! Types and limits of single answers.

use counterfoil_engine::{
    date::{Day, DurationUnit},
    number::Number,
    plan::{Choice, FieldType},
};
use serde_json::{Map, Value as Json, json};

use super::{Writer, object, pattern::ecma};

/// Most digits of a decimal number that every double keeps.
const EXACT_DIGITS: usize = 15;

impl Writer<'_> {
    /// `key` is the prefix of the field's texts, such as `field.organiser`.
    pub(super) fn field_type(
        &self,
        type_: &FieldType,
        key: &str,
        required: bool,
    ) -> Map<String, Json> {
        match type_ {
            FieldType::Boolean { accepted: true } => object([("const", Json::from(true))]),
            FieldType::Boolean { accepted: false } => object([("type", Json::from("boolean"))]),
            FieldType::Integer { min, max } => {
                let mut schema = object([("type", Json::from("integer"))]);
                limit(&mut schema, *min, *max);
                schema
            }
            FieldType::Decimal { scale, min, max } => decimal(*scale, *min, *max),
            FieldType::Money { min, max } => decimal(self.digits, *min, *max),
            FieldType::Text {
                min_length,
                max_length,
                pattern,
                format,
            } => {
                let mut schema = object([
                    ("type", Json::from("string")),
                    ("minLength", Json::from(*min_length)),
                    ("maxLength", Json::from(*max_length)),
                ]);
                // A format's own pattern is stated, not JSON Schema's `format`, of which validators
                // have stricter and laxer ideas.
                let name = pattern.as_ref().or(format.as_ref().map(|f| &f.pattern));
                let pattern = name.and_then(|name| self.rules.patterns.get(name));
                if let Some(pattern) = pattern.and_then(|pattern| ecma(&pattern.source)) {
                    schema.insert("pattern".to_owned(), Json::from(pattern));
                }
                schema
            }
            FieldType::Date { min, max } => day(*min, *max),
            FieldType::Duration { unit, min, max } => duration(*unit, *min, *max),
            FieldType::DateRange { min, max } => object([
                ("type", Json::from("object")),
                (
                    "properties",
                    json!({"start": day(*min, *max), "end": day(*min, *max)}),
                ),
                ("required", json!(["start", "end"])),
                ("additionalProperties", Json::from(false)),
                // JSON Schema cannot compare two properties.
                ("$comment", Json::from("`end` must not be before `start`.")),
            ]),
            FieldType::Choice { options } => self.options(options, key),
            FieldType::Set { options } => {
                let mut schema = object([
                    ("type", Json::from("array")),
                    ("items", Json::Object(self.options(options, key))),
                ]);
                if required {
                    schema.insert("minItems".to_owned(), Json::from(1));
                }
                schema
            }
        }
    }

    fn options(&self, options: &[Choice], key: &str) -> Map<String, Json> {
        let options = options
            .iter()
            .map(|choice| {
                let mut option = object([("const", Json::from(choice.option.as_str()))]);
                let label = format!("{key}.option.{}", choice.option);
                self.describe(&mut option, &label, &format!("{label}.hint"));
                Json::Object(option)
            })
            .collect();
        object([("oneOf", Json::Array(options))])
    }
}

/// A civil day; JSON Schema has no keyword for its limits.
fn day(min: Option<Day>, max: Option<Day>) -> Map<String, Json> {
    let mut schema = object([
        ("type", Json::from("string")),
        ("format", Json::from("date")),
        ("pattern", Json::from("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
    ]);
    let comment = match (min, max) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("Not before {min}.")),
        (None, Some(max)) => Some(format!("Not after {max}.")),
        (None, None) => None,
    };
    if let Some(comment) = comment {
        schema.insert("$comment".to_owned(), Json::from(comment));
    }
    schema
}

/// A whole number of a unit, as ISO 8601 writes durations. Weeks may be written as days, and years as
/// months; the pattern leaves their number and the limits to the comment.
fn duration(unit: DurationUnit, min: u32, max: u32) -> Map<String, Json> {
    let pattern = match unit {
        DurationUnit::Days | DurationUnit::Weeks => {
            "^P(0+Y)?(0+M)?([0-9]+W([0-9]+D)?|[0-9]+D)$|^P(0+Y)?0+M$|^P0+Y$"
        }
        DurationUnit::Months | DurationUnit::Years => {
            "^P([0-9]+Y([0-9]+M)?|[0-9]+M)(0+W)?(0+D)?$|^P0+W(0+D)?$|^P0+D$"
        }
    };
    object([
        ("type", Json::from("string")),
        ("pattern", Json::from(pattern)),
        (
            "$comment",
            Json::from(format!("From {min} to {max} {}.", unit.name())),
        ),
    ])
}

/// A number, or the same number as a text, which keeps every digit on any platform.
///
/// The scale is stated of the text alone: validators divide doubles for `multipleOf`, and refuse
/// numbers such as 19.99 under a step of 0.01.
fn decimal(scale: u8, min: Number, max: Number) -> Map<String, Json> {
    let mut number = object([("type", Json::from("number"))]);
    limit(&mut number, min, max);
    let fraction = if scale == 0 {
        r"(\.0+)?".to_owned()
    } else {
        format!(r"(\.[0-9]{{1,{scale}}}0*)?")
    };
    let text = json!({"type": "string", "pattern": format!("^-?[0-9]+{fraction}$")});
    object([("anyOf", Json::Array(vec![Json::Object(number), text]))])
}

fn limit(schema: &mut Map<String, Json>, min: Number, max: Number) {
    for (keyword, limit) in [("minimum", min), ("maximum", max)] {
        if let Some(limit) = json_number(limit) {
            schema.insert(keyword.to_owned(), limit);
        }
    }
}

/// A limit as a JSON number; none where a reader's double would move it.
fn json_number(number: Number) -> Option<Json> {
    let text = number.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (digits <= EXACT_DIGITS)
        .then(|| serde_json::from_str(&text).ok())
        .flatten()
}
