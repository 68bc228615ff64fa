//! Numbers, days, booleans and words of the language, read from raw text by our own schema.

use counterfoil_engine::{
    date::Day,
    number::{Number, NumberError},
};

use super::{Context, reader::word_list};
use crate::{
    closest::closest,
    codes,
    definition::{Constant, ScalarType},
    diagnostic::Diagnostic,
    other_words::meant_by,
    source::{Span, Spanned, Text},
    yaml::{Node, Style},
};

impl Context<'_> {
    /// A number.
    pub fn number(&mut self, node: &Node) -> Option<Spanned<Number>> {
        let text = self.unquoted(node, "a number")?;
        let span = text.whole();
        match number(&text) {
            Ok(number) => Some(Spanned::new(number, span)),
            Err(found) => {
                self.error(*found);
                None
            }
        }
    }

    /// A whole number from 0 to a greatest one.
    pub fn count(&mut self, node: &Node, max: u32) -> Option<Spanned<u32>> {
        let number = self.number(node)?;
        let count = number
            .value
            .to_i64()
            .and_then(|count| u32::try_from(count).ok())
            .filter(|count| *count <= max);
        if count.is_none() {
            let message = format!("a whole number from 0 to {max} is expected here");
            self.error(Diagnostic::error(codes::BAD_LITERAL, number.span, message));
        }
        Some(Spanned::new(count?, number.span))
    }

    /// A day.
    pub fn day(&mut self, node: &Node) -> Option<Spanned<Day>> {
        let text = self.text(node, "a date")?;
        let span = text.whole();
        match day(&text) {
            Ok(day) => Some(Spanned::new(day, span)),
            Err(found) => {
                self.error(*found);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        let text = self.unquoted(node, "`true` or `false`")?;
        match boolean(&text) {
            Ok(value) => Some(value),
            Err(found) => {
                self.error(*found);
                None
            }
        }
    }

    /// One of some words.
    pub fn word<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(node, what)?;
        let span = text.whole();
        let written = text.text.as_str();
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
            return Some(Spanned::new(*value, span));
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let mut found = Diagnostic::error(
            codes::BAD_LITERAL,
            span,
            format!("`{written}` is not {what}"),
        );
        let beginning = known
            .iter()
            .copied()
            .find(|word| written.len() >= 3 && word.starts_with(written));
        let meant = beginning
            .or_else(|| meant_by(written, &known))
            .or_else(|| closest(written, known.iter().copied()));
        found = match meant {
            Some(meant) => found
                .help(format!("Did you mean `{meant}`?"))
                .suggest(span, meant),
            None => found.help(format!("Write one of {}.", word_list(&known))),
        };
        self.error(found);
        None
    }

    /// A constant of a type; an `Error` where it is none.
    pub fn constant(&mut self, text: &Text, type_: ScalarType) -> Spanned<Constant> {
        let span = text.whole();
        let read = match type_ {
            ScalarType::Boolean => boolean(text).map(Constant::Boolean),
            ScalarType::Integer => number(text).and_then(|value| match value.units_at(0) {
                Some(_) => Ok(Constant::Number {
                    value,
                    raw: text.text.clone(),
                }),
                None => Err(Box::new(
                    Diagnostic::error(
                        codes::BAD_LITERAL,
                        span,
                        format!("`{}` is no whole number", text.text),
                    )
                    .help("Use the type `decimal` for a number with decimals."),
                )),
            }),
            ScalarType::Decimal | ScalarType::Money => number(text).map(|value| Constant::Number {
                value,
                raw: text.text.clone(),
            }),
            ScalarType::Text => Ok(Constant::Text(text.text.clone())),
            ScalarType::Date => day(text).map(Constant::Date),
            ScalarType::Error => Ok(Constant::Error),
        };
        let value = read.unwrap_or_else(|found| {
            self.error(*found);
            Constant::Error
        });
        Spanned::new(value, span)
    }

    /// The text of a plain scalar; in quotes it would be a text.
    pub fn unquoted(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.text(node, what)?;
        let quoted = node
            .as_scalar()
            .is_some_and(|scalar| scalar.style != Style::Plain);
        if quoted {
            self.error(
                Diagnostic::error(
                    codes::BAD_LITERAL,
                    node.span,
                    format!("{what} is written without quotes"),
                )
                .help("Take the quotes away.")
                .suggest(node.span, text.text),
            );
            return None;
        }
        Some(text)
    }
}

type Read<T> = Result<T, Box<Diagnostic>>;

/// A number such as `-1250.50`.
pub(super) fn number(text: &Text) -> Read<Number> {
    let written = text.text.as_str();
    let digits = written.strip_prefix('-').unwrap_or(written);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let parsed = Number::parse(written);
    if let Ok(number) = parsed
        && plain
    {
        return Ok(number);
    }
    let span = text.whole();
    let error = |message: String| Diagnostic::error(codes::BAD_LITERAL, span, message);
    let not_a_number = format!("`{written}` is not a number");
    let found = match parsed {
        Err(error_kind @ (NumberError::TooLarge | NumberError::TooFine)) if plain => {
            error(format!("`{written}` is {error_kind}"))
                .help("A number may have 28 digits before and after the point together.")
        }
        _ if written.ends_with('%') => {
            error(not_a_number).help("Write a share as a decimal: `0.05` for 5 %.")
        }
        _ if written.starts_with(|c: char| !c.is_ascii_digit() && !"+-.".contains(c))
            && written.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            error(not_a_number).help("Write the digits alone, without a sign of the currency.")
        }
        _ => {
            let found = error(not_a_number)
                .help("Write digits with a point before the decimals, and nothing between thousands: `1250.50`.");
            match meant_number(written) {
                Some(meant) => found.suggest(span, meant),
                None => found,
            }
        }
    };
    Err(Box::new(found))
}

/// The number meant by one with separators, where there is no doubt: `1,250.50`, `1 250`, `1_250`, `+5`.
fn meant_number(written: &str) -> Option<String> {
    let grouped = |separator: char| {
        let whole = written.split('.').next()?;
        let mut groups = whole.split(separator);
        let first = groups.next()?;
        let rest: Vec<&str> = groups.collect();
        (!rest.is_empty()
            && (1..=3).contains(&first.trim_start_matches('-').len())
            && rest.iter().all(|group| group.len() == 3))
        .then(|| written.replace(separator, ""))
    };
    let meant = [',', ' ', '_', '\u{a0}', '\u{202f}', '\'', '’']
        .into_iter()
        .find_map(grouped)
        .or_else(|| written.strip_prefix('+').map(str::to_owned))
        .or_else(|| written.strip_prefix('.').map(|rest| format!("0.{rest}")))
        .or_else(|| written.strip_suffix('.').map(str::to_owned))?;
    // `1,250` may be a decimal comma: nothing is suggested there.
    let doubtful =
        written.contains(',') && !written.contains('.') && written.matches(',').count() == 1;
    (!doubtful && Number::parse(&meant).is_ok()).then_some(meant)
}

/// `true` or `false`.
pub(super) fn boolean(text: &Text) -> Read<bool> {
    let meant = match text.text.as_str() {
        "true" => return Ok(true),
        "false" => return Ok(false),
        "yes" | "Yes" | "YES" | "on" | "True" | "TRUE" | "y" | "1" => Some("true"),
        "no" | "No" | "NO" | "off" | "False" | "FALSE" | "n" | "0" => Some("false"),
        _ => None,
    };
    let found = Diagnostic::error(
        codes::BAD_LITERAL,
        text.whole(),
        format!("`{}` is neither `true` nor `false`", text.text),
    );
    Err(Box::new(match meant {
        Some(meant) => found
            .help(format!("Write `{meant}`."))
            .suggest(text.whole(), meant),
        None => found.help("Write `true` or `false`."),
    }))
}

/// The report of a date that a spreadsheet has rewritten.
pub(crate) fn mangled_date(written: &str, span: Span) -> Option<Diagnostic> {
    let reason = mangled(written)?;
    let found = Diagnostic::error(
        codes::MANGLED_DATE,
        span,
        format!("`{written}` is a date as a spreadsheet rewrites it"),
    );
    Some(found.here(reason).help(
        "Write `2026-01-31`: year, month, day. In a spreadsheet format the column as text before you type.",
    ))
}

/// A day such as `2026-01-31`.
pub(super) fn day(text: &Text) -> Read<Day> {
    let written = text.text.as_str();
    if let Ok(day) = written.parse::<Day>() {
        return Ok(day);
    }
    let span = text.whole();
    if let Some(found) = mangled_date(written, span) {
        return Err(Box::new(found));
    }
    let parts: Vec<&str> = written.split('-').collect();
    let shaped = written.len() == 10 && parts.iter().map(|p| p.len()).eq([4, 2, 2]);
    let found = if shaped && parts.concat().bytes().all(|b| b.is_ascii_digit()) {
        Diagnostic::error(
            codes::BAD_LITERAL,
            span,
            format!("there is no day `{written}` in the calendar"),
        )
        .help(last_day(written))
    } else {
        Diagnostic::error(
            codes::BAD_LITERAL,
            span,
            format!("`{written}` is not a date"),
        )
        .help("Write `2026-01-31`: year, month, day, with zeros in front.")
    };
    Err(Box::new(found))
}

/// What is wrong with a day of the right shape that the calendar does not have.
fn last_day(written: &str) -> String {
    // Days of a month that the calendar has are few; the last one that can be read is its last.
    let last = (28..=31)
        .rev()
        .find_map(|day| format!("{}-{day}", &written[..7]).parse::<Day>().ok());
    match last {
        Some(last) => format!("The last day of that month is `{last}`."),
        None => "Write year, month, day: months go from `01` to `12`.".to_owned(),
    }
}

/// How a spreadsheet may have rewritten a date.
fn mangled(written: &str) -> Option<&'static str> {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let lower = written.to_ascii_lowercase();
    for separator in ['/', '.'] {
        let parts: Vec<&str> = written.split(separator).collect();
        if parts.len() == 3 && parts.iter().all(|part| digits(part)) {
            return Some("day, month and year in the order of some country");
        }
    }
    let words: Vec<&str> = lower
        .split(['-', ' ', '.', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let named = words.len() >= 2
        && words
            .iter()
            .any(|word| MONTHS.iter().any(|month| word.starts_with(month)))
        && words.iter().any(|word| digits(word));
    if named {
        return Some("the name of a month");
    }
    let serial = digits(written) && (5..=6).contains(&written.len());
    if serial {
        return Some("days counted from 1900");
    }
    let with_time = written.len() > 10
        && written
            .get(..10)
            .is_some_and(|date| date.parse::<Day>().is_ok())
        && written[10..].starts_with([' ', 'T']);
    with_time.then_some("a time of day behind the date")
}
