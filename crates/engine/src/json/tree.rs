//! JSON text as a tree that borrows the text.

use std::borrow::Cow;

use super::{JsonError, Reader, Token};

/// Lists and objects within each other, beyond which a text is refused: reading and dropping take a
/// part of the stack for each.
const MAX_DEPTH: usize = 127;

/// A value. Entries of an object stand in their order, repeated keys included.
#[derive(Debug)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// As written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Reads a text.
    pub fn read(text: &'a str) -> Result<Self, JsonError> {
        let mut reader = Reader::new(text);
        let json = Self::value(&mut reader, 0)?;
        reader.end()?;
        Ok(json)
    }

    fn value(reader: &mut Reader<'a>, depth: usize) -> Result<Self, JsonError> {
        let token = reader.token()?;
        if depth >= MAX_DEPTH && matches!(token, Token::List | Token::Object) {
            return Err(reader.here("recursion limit exceeded"));
        }
        Ok(match token {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Number(text) => Self::Number(text),
            Token::Text(text) => Self::Text(text),
            Token::List => {
                let mut items = Vec::new();
                while reader.item(items.is_empty())? {
                    items.push(Self::value(reader, depth + 1)?);
                }
                Self::List(items)
            }
            Token::Object => {
                let mut entries = Vec::new();
                while let Some(key) = reader.key(entries.is_empty())? {
                    entries.push((key, Self::value(reader, depth + 1)?));
                }
                Self::Object(entries)
            }
        })
    }
}
