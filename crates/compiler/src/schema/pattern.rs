//! Patterns in the dialect of JSON Schema (ECMA-262), which is not that of forms.

use std::fmt::Write as _;

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::patterns;

/// The anchored ECMA-262 pattern that accepts the same texts as a form's pattern does; `None` for a
/// source that is no pattern, which no compiled form has.
pub(super) fn ecma(source: &str) -> Option<String> {
    let hir = patterns::parse(source).ok()?;
    let mut text = "^".to_owned();
    write(&hir, Within::Sequence, &mut text);
    text.push('$');
    Some(text)
}

/// What a part stands in; the later, the more needs parentheses there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    Alternatives,
    Sequence,
    Repetition,
}

fn write(hir: &Hir, within: Within, text: &mut String) {
    match hir.kind() {
        // A form's pattern looks nowhere; an empty part accepts the empty text.
        HirKind::Empty | HirKind::Look(_) => text.push_str("(?:)"),
        HirKind::Literal(literal) => {
            let open = within == Within::Repetition && literal.0.len() > 1;
            parenthesised(open, text, |text| {
                for byte in &literal.0 {
                    write_byte(*byte, text);
                }
            });
        }
        HirKind::Class(class) => write_class(class, text),
        HirKind::Repetition(repetition) => {
            parenthesised(within == Within::Repetition, text, |text| {
                write(&repetition.sub, Within::Repetition, text);
                match (repetition.min, repetition.max) {
                    (0, Some(1)) => text.push('?'),
                    (0, None) => text.push('*'),
                    (1, None) => text.push('+'),
                    (min, None) => push(text, format_args!("{{{min},}}")),
                    (min, Some(max)) if min == max => push(text, format_args!("{{{min}}}")),
                    (min, Some(max)) => push(text, format_args!("{{{min},{max}}}")),
                }
            });
        }
        HirKind::Capture(capture) => write(&capture.sub, within, text),
        HirKind::Concat(parts) => {
            parenthesised(within == Within::Repetition, text, |text| {
                for part in parts {
                    write(part, Within::Sequence, text);
                }
            });
        }
        HirKind::Alternation(parts) => {
            parenthesised(within >= Within::Sequence, text, |text| {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        text.push('|');
                    }
                    write(part, Within::Alternatives, text);
                }
            });
        }
    }
}

fn parenthesised(open: bool, text: &mut String, inner: impl FnOnce(&mut String)) {
    if open {
        text.push_str("(?:");
    }
    inner(text);
    if open {
        text.push(')');
    }
}

fn write_class(class: &Class, text: &mut String) {
    let ranges: Vec<(u8, u8)> = match class {
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|r| (r.start(), r.end()))
            .collect(),
        // Patterns are read as bytes; an ASCII class may still come as characters.
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .filter_map(|r| Some((u8::try_from(r.start()).ok()?, u8::try_from(r.end()).ok()?)))
            .collect(),
    };
    text.push('[');
    for (start, end) in ranges {
        write_byte(start, text);
        if end > start {
            if end > start + 1 {
                text.push('-');
            }
            write_byte(end, text);
        }
    }
    text.push(']');
}

/// A character that means itself, in a class or outside, with or without the flag `u`.
fn write_byte(byte: u8, text: &mut String) {
    match byte {
        b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{'
        | b'}' | b'|' | b'/' => push(text, format_args!("\\{}", char::from(byte))),
        // The flag `u` refuses an escaped hyphen outside a class; a code means the same everywhere.
        b'-' | 0..=0x1f | 0x7f => push(text, format_args!("\\x{byte:02x}")),
        _ => text.push(char::from(byte)),
    }
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_patterns_stay_readable() {
        let written = |source| ecma(source).unwrap();
        assert_eq!(written("[A-Z]{2}[0-9]{6}"), "^[A-Z]{2}[0-9]{6}$");
        assert_eq!(written(r"\+?[0-9]{7,15}"), r"^\+?[0-9]{7,15}$");
        assert_eq!(written(r"(?P<year>\d{4})(x|yz)?"), "^[0-9]{4}(?:x|yz)?$");
        assert_eq!(written("[[:upper:]]+"), "^[A-Z]+$");
        assert_eq!(written("a-b|cd"), r"^(?:a\x2db|cd)$");
    }

    #[test]
    fn the_dialects_accept_the_same_texts() {
        let sources = [
            r"[0-9]{3}-[0-9]{4}-[0-9]{2}",
            patterns::EMAIL,
            r"(?i)h[a-c]?x|\x2f[\]^-]+",
            r"(ab|c)*(?:d|)e",
            r"((ab){2}c?)+|[a-z&&[^aeiou]]{1,3}",
        ];
        let texts = [
            "",
            "e",
            "de",
            "abcde",
            "ababe",
            "HBX",
            "hx",
            "/]",
            "/^-",
            "bcd",
            "bad",
            "abab",
            "ababcabab",
            "a@b.cc",
            "a.b+c@d-e.f.gh",
            "a@b",
            "123-4567-89",
            "123-4567-890",
            "x123-4567-89",
            "abe\n",
        ];
        for source in sources {
            let pattern = ecma(source).unwrap();
            let schema = serde_json::json!({ "pattern": pattern });
            let validator = jsonschema::validator_for(&schema).unwrap();
            let form = regex::Regex::new(&format!("^(?:{source})$")).unwrap();
            for text in texts {
                assert_eq!(
                    validator.is_valid(&serde_json::Value::from(text)),
                    form.is_match(text),
                    "{source} as {pattern} on {text:?}"
                );
            }
        }
    }
}
