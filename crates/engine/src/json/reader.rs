//! JSON text, token by token (RFC 8259).

use std::{borrow::Cow, fmt};

/// The text is no JSON. Says what is wrong and where, and repeats nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonError {
    pub message: &'static str,
    /// From 1.
    pub line: usize,
    /// In bytes, from 1; 0 where nothing was read.
    pub column: usize,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {} column {}",
            self.message, self.line, self.column
        )
    }
}

/// A value that holds no others, or the beginning of one that does.
pub(crate) enum Token<'a> {
    Null,
    Bool(bool),
    /// As written.
    Number(&'a str),
    Text(Cow<'a, str>),
    /// Its items follow: [`Reader::item`].
    List,
    /// Its entries follow: [`Reader::key`].
    Object,
}

type Read<T> = Result<T, JsonError>;

/// Reads a text from its beginning to its end. Takes no more of the stack however deep the text nests.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next value, or its beginning.
    pub fn token(&mut self) -> Read<Token<'a>> {
        let Some(first) = self.skip_blanks() else {
            return Err(self.before_next("EOF while parsing a value"));
        };
        if first == b'-' || first.is_ascii_digit() {
            return self.number().map(Token::Number);
        }
        let (rest, token) = match first {
            b'"' => ("", Token::Text(Cow::Borrowed(""))),
            b'[' => ("", Token::List),
            b'{' => ("", Token::Object),
            b'n' => ("ull", Token::Null),
            b't' => ("rue", Token::Bool(true)),
            b'f' => ("alse", Token::Bool(false)),
            _ => return Err(self.before_next("expected value")),
        };
        self.at += 1;
        for letter in rest.bytes() {
            match self.next() {
                None => return Err(self.here("EOF while parsing a value")),
                Some(next) if next == letter => {}
                Some(_) => return Err(self.here("expected ident")),
            }
        }
        match token {
            Token::Text(_) => self.text().map(Token::Text),
            token => Ok(token),
        }
    }

    /// Whether another item of a list follows; `first` before the first one.
    pub fn item(&mut self, first: bool) -> Read<bool> {
        match self.skip_blanks() {
            None => Err(self.before_next("EOF while parsing a list")),
            Some(b',') if !first => {
                self.at += 1;
                Ok(true)
            }
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(_) => Err(self.before_next("expected `,` or `]`")),
        }
    }

    /// The key of the next entry of an object, if one follows; `first` before the first one.
    pub fn key(&mut self, first: bool) -> Read<Option<Cow<'a, str>>> {
        const ENDED: &str = "EOF while parsing an object";
        match self.skip_blanks() {
            None => return Err(self.before_next(ENDED)),
            Some(b',') if !first => self.at += 1,
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(_) if first => {}
            Some(_) => return Err(self.before_next("expected `,` or `}`")),
        }
        match self.skip_blanks() {
            Some(b'"') => self.at += 1,
            Some(_) => return Err(self.before_next("key must be a string")),
            None => return Err(self.before_next(ENDED)),
        }
        let key = self.text()?;
        match self.skip_blanks() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.before_next("expected `:`")),
            None => return Err(self.before_next(ENDED)),
        }
        Ok(Some(key))
    }

    /// The text of the next value, which is read over.
    pub fn raw(&mut self) -> Read<&'a str> {
        self.skip_blanks();
        let start = self.at;
        match self.token()? {
            Token::List => self.skip(false)?,
            Token::Object => self.skip(true)?,
            _ => {}
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Reads over what is left of a list, or of an object, that has just begun.
    pub fn skip(&mut self, object: bool) -> Read<()> {
        let mut open = vec![object];
        let mut first = true;
        while let Some(&object) = open.last() {
            let follows = if object {
                self.key(first)?.is_some()
            } else {
                self.item(first)?
            };
            first = false;
            if !follows {
                open.pop();
                continue;
            }
            match self.token()? {
                Token::List => open.push(false),
                Token::Object => open.push(true),
                _ => continue,
            }
            first = true;
        }
        Ok(())
    }

    /// Makes sure that nothing follows.
    pub fn end(&mut self) -> Read<()> {
        match self.skip_blanks() {
            None => Ok(()),
            Some(_) => Err(self.before_next("trailing characters")),
        }
    }

    /// An error at what was read last.
    pub fn here(&self, message: &'static str) -> JsonError {
        self.error(message, self.at)
    }

    /// An error at what would be read next.
    fn before_next(&self, message: &'static str) -> JsonError {
        self.error(message, self.text.len().min(self.at + 1))
    }

    #[cold]
    fn error(&self, message: &'static str, at: usize) -> JsonError {
        let mut line = 1;
        let mut start = 0;
        for (index, byte) in self.text.bytes().enumerate().take(at) {
            if byte == b'\n' {
                line += 1;
                start = index + 1;
            }
        }
        JsonError {
            message,
            line,
            column: at - start,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// The next byte that is no white space.
    fn skip_blanks(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Read<&'a str> {
        const WRONG: &str = "invalid number";
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.next() {
            Some(b'0') => {
                if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                    return Err(self.before_next(WRONG));
                }
            }
            Some(b'1'..=b'9') => {
                self.digits();
            }
            _ => return Err(self.here(WRONG)),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !self.digits() {
                return Err(self.before_next(WRONG));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !self.next().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(self.here(WRONG));
            }
            self.digits();
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// What stands up to the closing quotation mark.
    fn text(&mut self) -> Read<Cow<'a, str>> {
        let mut unescaped = String::new();
        let mut start = self.at;
        loop {
            match self.peek() {
                None => return Err(self.here("EOF while parsing a string")),
                Some(end @ (b'"' | b'\\')) => {
                    let part = self.text.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    if end == b'"' {
                        if unescaped.is_empty() {
                            return Ok(Cow::Borrowed(part));
                        }
                        unescaped.push_str(part);
                        return Ok(Cow::Owned(unescaped));
                    }
                    unescaped.push_str(part);
                    unescaped.push(self.escape()?);
                    start = self.at;
                }
                Some(0..=0x1F) => {
                    return Err(self
                        .here("control character (\\u0000-\\u001F) found while parsing a string"));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// The character that an escape stands for, its backslash being read.
    fn escape(&mut self) -> Read<char> {
        Ok(match self.next() {
            None => return Err(self.here("EOF while parsing a string")),
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            Some(_) => return Err(self.here("invalid escape")),
        })
    }

    /// What `\uXXXX` stands for, or a pair of them above U+FFFF.
    fn code_point(&mut self) -> Read<char> {
        const LONE: &str = "lone leading surrogate in hex escape";
        let unit = self.four_digits()?;
        if let Some(char) = char::from_u32(unit) {
            return Ok(char);
        }
        if unit >= 0xDC00 {
            return Err(self.here(LONE));
        }
        for expected in [b'\\', b'u'] {
            match self.peek() {
                None => return Err(self.here("EOF while parsing a string")),
                Some(byte) if byte == expected => self.at += 1,
                Some(_) => return Err(self.here("unexpected end of hex escape")),
            }
        }
        let second = self.four_digits()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(self.here(LONE));
        }
        char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
            .ok_or_else(|| self.here(LONE))
    }

    fn four_digits(&mut self) -> Read<u32> {
        let Some(digits) = self.text.as_bytes().get(self.at..self.at + 4) else {
            self.at = self.text.len();
            return Err(self.here("EOF while parsing a string"));
        };
        self.at += 4;
        digits
            .iter()
            .try_fold(0, |unit, &digit| {
                Some((unit << 4) + char::from(digit).to_digit(16)?)
            })
            .ok_or_else(|| self.here("invalid escape"))
    }
}
