//! Untrusted input: answers as they came, before any rule has looked at them.

use std::{borrow::Cow, fmt};

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::value::RawValue;

use crate::json::{
    Decode, Decoded, Fields, Json, JsonError, Reader, Token, Write, Written, to_json,
};

/// Lists and records nested deeper than this hold no answer of any form.
pub const MAX_DEPTH: u8 = 4;

/// A named value.
pub type Entry<'a> = (Cow<'a, str>, DataOf<'a>);

/// Named values in their order.
pub type Entries<'a> = Vec<Entry<'a>>;

/// A value that owns all its texts.
pub type Data = DataOf<'static>;

/// A value as JSON has it, with numbers as they were written and records in their order. Texts may be
/// borrowed from where they came, such as the JSON text or the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataOf<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// An object; keys may repeat.
    Record(Entries<'a>),
    /// Something nested too deeply to be an answer.
    TooDeep,
}

impl<'a> DataOf<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number, as it is to be written.
    pub fn number(number: impl Into<Cow<'a, str>>) -> Self {
        Self::Number(number.into())
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> Data {
        match self {
            Self::Null => Data::Null,
            Self::Bool(value) => Data::Bool(value),
            Self::Number(number) => Data::Number(owned(number)),
            Self::Text(text) => Data::Text(owned(text)),
            Self::List(items) => Data::List(items.into_iter().map(Self::into_owned).collect()),
            Self::Record(entries) => Data::Record(own_entries(entries)),
            Self::TooDeep => Data::TooDeep,
        }
    }

    /// The value of the first entry of that name in a record.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Record(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as JSON text.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// Reads JSON text, keeping numbers as they are written, and borrows its texts from there.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn borrow_json(text: &'a str) -> Result<Self, AnswersError> {
        let mut reader = Reader::new(text);
        let data = Self::read(&mut reader, 0)?;
        reader.end()?;
        Ok(data)
    }

    /// Reads a value that stands inside `depth` lists and records.
    fn read(reader: &mut Reader<'a>, depth: u8) -> Result<Self, JsonError> {
        Ok(match reader.token()? {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Number(text) => Self::Number(Cow::Borrowed(text)),
            Token::Text(text) => Self::Text(text),
            token @ (Token::List | Token::Object) if depth >= MAX_DEPTH => {
                reader.skip(matches!(token, Token::Object))?;
                Self::TooDeep
            }
            Token::List => {
                let mut items = Vec::new();
                while reader.item(items.is_empty())? {
                    items.push(Self::read(reader, depth + 1)?);
                }
                Self::List(items)
            }
            Token::Object => {
                let mut entries = Vec::new();
                while let Some(key) = reader.key(entries.is_empty())? {
                    entries.push((key, Self::read(reader, depth + 1)?));
                }
                Self::Record(entries)
            }
        })
    }

    /// Takes a value that stands inside `depth` lists and records.
    fn of(json: &Json<'a>, depth: u8) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(text) => Self::Number(Cow::Borrowed(text)),
            Json::Text(text) => Self::Text(text.clone()),
            Json::List(_) | Json::Object(_) if depth >= MAX_DEPTH => Self::TooDeep,
            Json::List(items) => {
                Self::List(items.iter().map(|item| Self::of(item, depth + 1)).collect())
            }
            Json::Object(entries) => Self::Record(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::of(value, depth + 1)))
                    .collect(),
            ),
        }
    }
}

impl Data {
    /// Reads JSON text, keeping numbers as they are written.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        DataOf::borrow_json(text).map(DataOf::into_owned)
    }
}

impl Decode for Data {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        Ok(DataOf::of(json, 0).into_owned())
    }
}

impl Write for DataOf<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null | Self::TooDeep => out.push_str("null"),
            Self::Bool(value) => value.write(out),
            Self::Number(text) => Written(text).write(out),
            Self::Text(text) => text.write(out),
            Self::List(items) => items.write(out),
            Self::Record(entries) => write_entries(entries, out),
        }
    }
}

/// Writes an object.
pub(crate) fn write_entries(entries: &[Entry<'_>], out: &mut String) {
    let mut fields = Fields::new(out);
    for (key, value) in entries {
        fields.required(key, value);
    }
    fields.end();
}

impl Serialize for DataOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::TooDeep => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => match text.parse::<i64>() {
                Ok(value) => serializer.serialize_i64(value),
                Err(_) => RawValue::from_string(text.clone().into_owned())
                    .map_err(serde::ser::Error::custom)?
                    .serialize(serializer),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Record(entries) => {
                let mut record = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    record.serialize_entry(key, value)?;
                }
                record.end()
            }
        }
    }
}

/// Answers that own all their texts.
pub type Answers = AnswersOf<'static>;

/// The answers to a form as they came: nothing has been checked but that they are one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersOf<'a>(pub Entries<'a>);

impl<'a> AnswersOf<'a> {
    /// Reads the answers from JSON text, and borrows theirs from it.
    ///
    /// # Errors
    /// Where the text is not JSON or not an object.
    pub fn borrow_json(text: &'a str) -> Result<Self, AnswersError> {
        Self::from_data(DataOf::borrow_json(text)?)
    }

    /// Takes the answers from a value.
    ///
    /// # Errors
    /// Where the value is not an object.
    pub fn from_data(data: DataOf<'a>) -> Result<Self, AnswersError> {
        match data {
            DataOf::Record(entries) => Ok(Self(entries)),
            _ => Err(AnswersError {
                message: "the answers must be one JSON object".to_owned(),
                line: 1,
                column: 1,
            }),
        }
    }

    /// The same with texts of their own.
    pub fn into_owned(self) -> Answers {
        AnswersOf(own_entries(self.0))
    }

    /// The first value of that key.
    pub fn get(&self, key: &str) -> Option<&DataOf<'a>> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The answers as JSON text.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        write_entries(&self.0, &mut text);
        text
    }
}

impl Answers {
    /// Reads the answers from JSON text.
    ///
    /// # Errors
    /// Where the text is not JSON or not an object.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        AnswersOf::borrow_json(text).map(AnswersOf::into_owned)
    }
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// The same entries with texts of their own.
pub(crate) fn own_entries(entries: Entries<'_>) -> Entries<'static> {
    entries
        .into_iter()
        .map(|(key, value)| (owned(key), value.into_owned()))
        .collect()
}

/// The text is not JSON, or not one object. The message repeats nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswersError {
    /// What is wrong.
    pub message: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

impl fmt::Display for AnswersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AnswersError {}

impl From<JsonError> for AnswersError {
    fn from(error: JsonError) -> Self {
        Self {
            message: error.message.to_owned(),
            line: error.line,
            column: error.column,
        }
    }
}

impl From<serde_json::Error> for AnswersError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        // The place has fields of its own.
        let place = format!(" at line {line} column {column}");
        Self {
            message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
            line,
            column,
        }
    }
}
