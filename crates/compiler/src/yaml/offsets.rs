//! Where each byte of a scalar's text stands in the source.

use super::{Scalar, Style};

/// For each byte of the scalar's text, and for the end of it, its offset in `source`, the text of the
/// file. `start` is the start of the scalar's span.
///
/// Quotes, escapes, indentation and folded line ends make the two differ. White space that YAML made
/// out of line ends is placed where the line ended.
pub fn offsets(source: &str, start: usize, scalar: &Scalar) -> Vec<usize> {
    let quote = usize::from(matches!(
        scalar.style,
        Style::SingleQuoted | Style::DoubleQuoted
    ));
    let mut cursor = Cursor {
        source,
        offset: start + quote,
        style: scalar.style,
    };
    let mut result = Vec::with_capacity(scalar.text.len() + 1);
    for c in scalar.text.chars() {
        let offset = cursor.advance(c);
        result.extend(std::iter::repeat_n(offset, c.len_utf8()));
    }
    result.push(cursor.offset.min(source.len()));
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
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.skip();
            }
            // A backslash before a line end joins the lines and stands for nothing.
            let rest = self.source.get(self.offset..).unwrap_or_default();
            let joins = rest.starts_with("\\\n") || rest.starts_with("\\\r");
            if self.style == Style::DoubleQuoted && joins {
                self.skip();
            } else {
                break;
            }
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
