//! Untrusted input: answers as they came, before any rule has looked at them.

use std::fmt;

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

/// A value as JSON has it, with numbers as they were written and records in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// An object; keys may repeat.
    Record(Vec<(String, Data)>),
    /// Something nested too deeply to be an answer.
    TooDeep,
}

impl Data {
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

    /// Reads JSON text, keeping numbers as they are written.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        let mut reader = Reader::new(text);
        let data = Self::read(&mut reader, 0)?;
        reader.end()?;
        Ok(data)
    }

    /// Reads a value that stands inside `depth` lists and records.
    fn read(reader: &mut Reader<'_>, depth: u8) -> Result<Self, JsonError> {
        Ok(match reader.token()? {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Number(text) => Self::Number(text.to_owned()),
            Token::Text(text) => Self::Text(text.into_owned()),
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
                    entries.push((key.into_owned(), Self::read(reader, depth + 1)?));
                }
                Self::Record(entries)
            }
        })
    }

    /// Takes a value that stands inside `depth` lists and records.
    fn of(json: &Json<'_>, depth: u8) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(text) => Self::Number((*text).to_owned()),
            Json::Text(text) => Self::Text(text.clone().into_owned()),
            Json::List(_) | Json::Object(_) if depth >= MAX_DEPTH => Self::TooDeep,
            Json::List(items) => {
                Self::List(items.iter().map(|item| Self::of(item, depth + 1)).collect())
            }
            Json::Object(entries) => Self::Record(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone().into_owned(), Self::of(value, depth + 1)))
                    .collect(),
            ),
        }
    }
}

impl Decode for Data {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        Ok(Self::of(json, 0))
    }
}

impl Write for Data {
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
pub(crate) fn write_entries(entries: &[(String, Data)], out: &mut String) {
    let mut fields = Fields::new(out);
    for (key, value) in entries {
        fields.required(key, value);
    }
    fields.end();
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::TooDeep => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => match text.parse::<i64>() {
                Ok(value) => serializer.serialize_i64(value),
                Err(_) => RawValue::from_string(text.clone())
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

/// The answers to a form as they came: nothing has been checked but that they are one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Vec<(String, Data)>);

impl Answers {
    /// Reads the answers from JSON text.
    ///
    /// # Errors
    /// Where the text is not JSON or not an object.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        Self::from_data(Data::from_json(text)?)
    }

    /// Takes the answers from a value.
    ///
    /// # Errors
    /// Where the value is not an object.
    pub fn from_data(data: Data) -> Result<Self, AnswersError> {
        match data {
            Data::Record(entries) => Ok(Self(entries)),
            _ => Err(AnswersError {
                message: "the answers must be one JSON object".to_owned(),
                line: 1,
                column: 1,
            }),
        }
    }

    /// The first value of that key.
    pub fn get(&self, key: &str) -> Option<&Data> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The answers as JSON text.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        write_entries(&self.0, &mut text);
        text
    }
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
