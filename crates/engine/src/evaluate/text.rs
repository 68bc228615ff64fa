//! Operations on texts: check digits, parts and lengths. Each is defined for every text.

use std::borrow::Cow;

use super::state::{Datum, State};
use crate::{number::Number, plan::TextFunction};

/// What a function makes of known operands; a failure where they are not of its types.
pub(super) fn operate<'a>(function: TextFunction, operands: &[Datum<'a>]) -> State<'a> {
    let whole = |value: i128| State::number(Number::new(value, 0));
    match (function, operands) {
        (TextFunction::Mod97, texts) => match texts_of(texts) {
            Some(texts) => whole(mod97(&texts).into()),
            None => State::Failed,
        },
        (TextFunction::Luhn, [Datum::Text(text)]) => State::bool(luhn(text)),
        (TextFunction::Mod11_10, [Datum::Text(text)]) => State::bool(mod11_10(text)),
        (TextFunction::WeightedSum, [Datum::Text(text), weights @ ..]) => {
            weighted_sum(text, weights).map_or(State::Failed, whole)
        }
        (TextFunction::Digits, [Datum::Text(text)]) => {
            owned(text.chars().filter(char::is_ascii_digit).collect())
        }
        (TextFunction::Characters, [Datum::Text(text), Datum::Number(from), Datum::Number(to)]) => {
            match (position(*from), position(*to)) {
                (Some(from), Some(to)) => {
                    let (skipped, end) = (from.saturating_sub(1), to);
                    let taken = end.saturating_sub(skipped);
                    owned(text.chars().skip(skipped).take(taken).collect())
                }
                _ => State::Failed,
            }
        }
        (TextFunction::Length, [Datum::Text(text)]) => whole(text.chars().count() as i128),
        (TextFunction::StartsWith, [Datum::Text(text), Datum::Text(prefix)]) => {
            State::bool(text.starts_with(&**prefix))
        }
        (TextFunction::Upper, [Datum::Text(text)]) => owned(text.to_ascii_uppercase()),
        _ => State::Failed,
    }
}

fn owned<'a>(text: String) -> State<'a> {
    State::Known(Datum::Text(Cow::Owned(text)))
}

fn texts_of<'d>(data: &'d [Datum<'_>]) -> Option<Vec<&'d str>> {
    let texts = data.iter().map(|datum| match datum {
        Datum::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}

/// A position in a text: 0 for all before the first character. No text has more characters than a `usize`
/// counts.
fn position(number: Number) -> Option<usize> {
    let units = number.units_at(0)?;
    Some(usize::try_from(units.max(0)).unwrap_or(usize::MAX))
}

/// The characters that count: no blanks, of which some do not break a line, and no hyphens.
fn counted(text: &str) -> impl Iterator<Item = char> {
    let left_out = [' ', '\u{a0}', '\u{202f}', '-', '\u{2010}', '\u{2011}'];
    text.chars().filter(move |c| !left_out.contains(c))
}

/// A digit as itself, a letter as 10 to 35; ASCII alone.
fn value(c: char) -> Option<u32> {
    c.is_ascii().then(|| c.to_digit(36)).flatten()
}

fn mod97(texts: &[&str]) -> u32 {
    const NONE: u32 = 97;
    let mut remainder = None;
    for c in texts.iter().flat_map(|text| counted(text)) {
        let Some(value) = value(c) else {
            return NONE;
        };
        let shift = if value > 9 { 100 } else { 10 };
        remainder = Some((remainder.unwrap_or(0) * shift + value) % 97);
    }
    remainder.unwrap_or(NONE)
}

/// The digits of a number with a check digit at its end.
fn with_check_digit(text: &str) -> Option<(Vec<u32>, u32)> {
    let digits: Option<Vec<u32>> = counted(text).map(|c| c.to_digit(10)).collect();
    let mut digits = digits?;
    let check = digits.pop()?;
    (!digits.is_empty()).then_some((digits, check))
}

fn luhn(text: &str) -> bool {
    let Some((digits, check)) = with_check_digit(text) else {
        return false;
    };
    let others = digits.iter().rev().enumerate().map(|(place, digit)| {
        // Every second digit counts twice, the one beside the check digit first.
        let doubled = digit * 2;
        match place % 2 {
            0 if doubled > 9 => u64::from(doubled - 9),
            0 => u64::from(doubled),
            _ => u64::from(*digit),
        }
    });
    (others.sum::<u64>() + u64::from(check)) % 10 == 0
}

fn mod11_10(text: &str) -> bool {
    let Some((digits, check)) = with_check_digit(text) else {
        return false;
    };
    let product = digits.iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10 == check
}

fn weighted_sum(text: &str, weights: &[Datum<'_>]) -> Option<i128> {
    let weights = weights.iter().map(|datum| match datum {
        Datum::Number(number) => number.units_at(0),
        _ => None,
    });
    let weights: Vec<i128> = weights.collect::<Option<_>>()?;
    let mut sum: i128 = 0;
    for (c, weight) in counted(text).zip(weights.iter().cycle()) {
        let value = value(c).unwrap_or(0);
        sum = sum.checked_add(weight.checked_mul(value.into())?)?;
    }
    Some(sum)
}
