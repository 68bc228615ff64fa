//! Writing JSON text, without white space.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Reader, Token};

/// What can be written as JSON.
pub(crate) trait Write {
    fn write(&self, out: &mut String);

    /// Whether an entry that may be left out is.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A value as JSON text.
pub(crate) fn to_json(value: &impl Write) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// Writes an object entry by entry.
pub(crate) struct Fields<'a> {
    out: &'a mut String,
    separator: char,
}

impl<'a> Fields<'a> {
    pub const fn new(out: &'a mut String) -> Self {
        Self {
            out,
            separator: '{',
        }
    }

    fn key(&mut self, key: &str) {
        self.out.push(self.separator);
        self.separator = ',';
        key.write(self.out);
        self.out.push(':');
    }

    /// Writes an entry.
    pub fn required(&mut self, key: &str, value: &(impl Write + ?Sized)) {
        self.key(key);
        value.write(self.out);
    }

    /// Writes an entry that is left out where it says nothing.
    pub fn optional(&mut self, key: &str, value: &impl Write) {
        if !value.is_left_out() {
            self.required(key, value);
        }
    }

    pub fn end(self) {
        if self.separator == '{' {
            self.out.push('{');
        }
        self.out.push('}');
    }
}

/// Writes a structure as an object, its parts in this order.
macro_rules! writes {
    ($type:ident $(<$life:lifetime>)? { $($kind:ident $field:ident),* $(,)? }) => {
        impl $crate::json::Write for $type $(<$life>)? {
            fn write(&self, out: &mut String) {
                let mut fields = $crate::json::Fields::new(out);
                $(fields.$kind(stringify!($field), &self.$field);)*
                fields.end();
            }
        }
    };
}
pub(crate) use writes;

impl Write for str {
    fn write(&self, out: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        out.push('"');
        let mut start = 0;
        // Most texts have nothing to escape, and are seen to have nothing faster than byte by byte.
        let is_plain = self.bytes().fold(true, |plain, byte| {
            plain & (byte >= 0x20) & (byte != b'"') & (byte != b'\\')
        });
        for (index, byte) in self
            .bytes()
            .enumerate()
            .take(if is_plain { 0 } else { usize::MAX })
        {
            let letter = match byte {
                b'"' | b'\\' => byte,
                0x8 => b'b',
                0xC => b'f',
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0..0x20 => b'u',
                _ => continue,
            };
            out.push_str(self.get(start..index).unwrap_or_default());
            start = index + 1;
            out.push('\\');
            out.push(char::from(letter));
            if letter == b'u' {
                out.push_str("00");
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
        out.push_str(self.get(start..).unwrap_or_default());
        out.push('"');
    }
}

impl Write for String {
    fn write(&self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl Write for Cow<'_, str> {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

impl Write for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Write for u32 {
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Write for crate::date::Day {
    fn write(&self, out: &mut String) {
        // No day has anything to escape.
        out.push('"');
        out.push_str(&self.to_string());
        out.push('"');
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.write(out);
        }
        out.push(']');
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

/// Keys stand in the order of their code points, which for ASCII is that of RFC 8785.
impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self, out: &mut String) {
        let mut fields = Fields::new(out);
        for (key, value) in self {
            fields.required(key, value);
        }
        fields.end();
    }
}

/// A number as it is written; what is none gives `null`.
pub(crate) struct Written<'a>(pub &'a str);

impl Write for Written<'_> {
    fn write(&self, out: &mut String) {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        let is_short = digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_short && !digits.starts_with('0') && !digits.is_empty() {
            out.push_str(self.0);
            return;
        }
        if let Ok(number) = self.0.parse::<i64>() {
            out.push_str(&number.to_string());
            return;
        }
        let mut reader = Reader::new(self.0);
        let is_number = matches!(reader.token(), Ok(Token::Number(text)) if text == self.0);
        out.push_str(if is_number { self.0 } else { "null" });
    }
}
