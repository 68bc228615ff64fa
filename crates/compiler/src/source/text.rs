//! A text taken from a source file, with the place of each of its characters.

use std::ops::Range;

use super::{FileId, Span};

/// A text that knows where each of its bytes was written. Quotes, escapes and indentation make a text
/// differ from its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    file: FileId,
    /// For each byte, where the source of its character begins.
    starts: Vec<usize>,
    /// For each byte, where the source of its character ends.
    ends: Vec<usize>,
    /// Where an empty text stands.
    at: usize,
    /// Whether a replacement may hold quotes and backslashes as they are.
    quotes_as_they_are: bool,
}

impl Text {
    /// A text that stands in the source byte for byte.
    pub fn verbatim(file: FileId, start: usize, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let mut mapped = Self::empty(file, start, true);
        for (offset, c) in text.char_indices() {
            let begin = start + offset;
            mapped.push(c, begin..begin + c.len_utf8());
        }
        mapped
    }

    /// An empty text at a place, to be filled by [`Text::push`].
    pub const fn empty(file: FileId, at: usize, quotes_as_they_are: bool) -> Self {
        Self {
            text: String::new(),
            file,
            starts: Vec::new(),
            ends: Vec::new(),
            at,
            quotes_as_they_are,
        }
    }

    /// Appends a character that was written at a range of the source.
    pub fn push(&mut self, c: char, source: Range<usize>) {
        self.text.push(c);
        self.starts
            .extend(std::iter::repeat_n(source.start, c.len_utf8()));
        self.ends
            .extend(std::iter::repeat_n(source.end, c.len_utf8()));
    }

    /// The place of a range of bytes.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = self.ends.last().copied().unwrap_or(self.at);
        let start = self.starts.get(range.start).copied().unwrap_or(end);
        if range.is_empty() {
            return Span::new(self.file, start, start);
        }
        let end = self.ends.get(range.end - 1).copied().unwrap_or(end);
        Span::new(self.file, start, end.max(start))
    }

    /// The place of the whole text.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// A part of the text, by a range of bytes on character boundaries.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        Self {
            text: self.text[range.clone()].to_owned(),
            file: self.file,
            starts: self.starts[range.clone()].to_vec(),
            ends: self.ends[range.clone()].to_vec(),
            at: self.span(range.start..range.start).start,
            quotes_as_they_are: self.quotes_as_they_are,
        }
    }

    /// Whether a text can be put into the source as it is, in place of a part of this one.
    pub fn takes(&self, replacement: &str) -> bool {
        self.quotes_as_they_are || !replacement.contains(['"', '\'', '\\'])
    }
}
