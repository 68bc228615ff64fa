//! Where each character of a scalar stands in the source.

use super::{Scalar, Style};
use crate::source::{Span, Text};

/// The text of a scalar with the place of each character. `source` is the text of the file, `span` the
/// span of the scalar.
///
/// Quotes, escapes, indentation and folded line ends make text and source differ. White space that YAML
/// made out of line ends is placed where the line ended.
pub fn text(source: &str, span: Span, scalar: &Scalar) -> Text {
    let quoted = matches!(scalar.style, Style::SingleQuoted | Style::DoubleQuoted);
    let mut cursor = Cursor {
        source,
        offset: span.start + usize::from(quoted),
        style: scalar.style,
    };
    let mut result = Text::empty(span.file, cursor.offset, !quoted);
    for c in scalar.text.chars() {
        let start = cursor.advance(c);
        result.push(c, start..cursor.offset);
    }
    result
}

struct Cursor<'a> {
    source: &'a str,
    offset: usize,
    style: Style,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.source.get(self.offset..)?.chars().next()
    }

    fn skip(&mut self) {
        if let Some(c) = self.peek() {
            self.offset += c.len_utf8();
        }
    }

    fn skip_white_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.skip();
        }
    }

    /// Moves past the source of one character of the text and returns where it began.
    fn advance(&mut self, c: char) -> usize {
        let escaped = self.style == Style::DoubleQuoted && self.peek() == Some('\\');
        if c.is_whitespace() && !escaped {
            let offset = self.offset;
            if self.peek().is_some_and(char::is_whitespace) {
                self.skip();
            }
            return offset;
        }
        self.skip_white_space();
        // A backslash before a line end joins the lines and stands for nothing.
        while self.style == Style::DoubleQuoted
            && ["\\\n", "\\\r"]
                .iter()
                .any(|join| self.source[self.offset..].starts_with(join))
        {
            self.skip();
            self.skip_white_space();
        }
        let offset = self.offset;
        match (self.style, self.peek()) {
            (Style::DoubleQuoted, Some('\\')) => {
                self.skip();
                let digits = match self.peek() {
                    Some('x') => 2,
                    Some('u') => 4,
                    Some('U') => 8,
                    _ => 0,
                };
                for _ in 0..=digits {
                    self.skip();
                }
            }
            (Style::SingleQuoted, Some('\'')) => {
                self.skip();
                self.skip();
            }
            _ => self.skip(),
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        source::SourceMap,
        yaml::{parse, text},
    };

    #[test]
    fn every_word_is_found_where_it_was_written() {
        for source in [
            "key: one two  three\n",
            "key: one\n  two\n  three\n",
            "key: 'one two''s three'\n",
            "key: \"one \\\"two\\\" \\u00e9 three\"\n",
            "key: \"one\n  two \\\n  three\"\n",
            "key: |\n  one\n    two\n\n  three\n",
            "key: >-\n  one\n  two\n\n  three\n",
            "ключ: один two three\n",
        ] {
            let mut sources = SourceMap::default();
            let file = sources.add("form.yaml", source);
            let node = parse(&sources, file, &mut Vec::new()).unwrap();
            let value = &node.as_mapping().unwrap()[0].value;
            let text = text(source, value.span, value.as_scalar().unwrap());
            for word in ["two", "three"] {
                let found = text.text.find(word).unwrap();
                let span = text.span(found..found + word.len());
                assert_eq!(sources.slice(span), word, "{source:?}");
            }
        }
    }
}
