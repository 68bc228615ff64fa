//! Texts that a field takes.

use std::collections::{HashMap, VecDeque};

use counterfoil_engine::plan::{FieldType, Pattern, Rules};

/// Least lengths beyond which no text is made up for a pattern.
const MAX_LENGTH: u32 = 200;
/// Texts whose digits are changed.
const MAX_BASES: usize = 3;
/// Places from the end at which one digit is changed.
const MAX_SINGLE: usize = 12;
/// Bytes that stand for a column of a pattern, the friendliest first.
const BYTES: &[u8] = b"AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz0123456789 -.@_/";

/// Up to two texts that a text field takes, the shortest there are.
pub fn samples(rules: &Rules, type_: &FieldType) -> Vec<String> {
    let FieldType::Text {
        min_length,
        max_length,
        pattern,
        format,
    } = type_
    else {
        return Vec::new();
    };
    let name = pattern.as_ref().or(format.as_ref().map(|f| &f.pattern));
    match name.and_then(|name| rules.patterns.get(name)) {
        Some(pattern) => shortest(pattern, *min_length, *max_length)
            .into_iter()
            .collect(),
        None => {
            let length = (*min_length).max(1) as usize;
            vec!["A".repeat(length), "B".repeat(length)]
        }
    }
}

/// Texts that differ from these in digits, and texts of zeros that do: of check digits one of ten or of a
/// hundred is right. They stand at the end, behind the first two characters (an IBAN), or anywhere.
pub fn with_check_digits(texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut bases: Vec<String> = Vec::new();
    for text in texts.iter().filter(|text| text.is_ascii()) {
        for base in [(*text).to_owned(), "0".repeat(text.len())] {
            if bases.len() < MAX_BASES && !bases.contains(&base) {
                bases.push(base);
            }
        }
    }
    for base in &bases {
        let pairs = [base.len().checked_sub(2), (base.len() >= 4).then_some(2)];
        for at in pairs.into_iter().flatten() {
            let pairs = (0..100).map(|pair| format!("{}{pair:02}{}", &base[..at], &base[at + 2..]));
            found.extend(pairs);
        }
        for at in (0..base.len()).rev().take(MAX_SINGLE) {
            let single = (0..10).map(|digit| format!("{}{digit}{}", &base[..at], &base[at + 1..]));
            found.extend(single);
        }
    }
    found
}

/// The shortest text of at least some length that a pattern takes.
fn shortest(pattern: &Pattern, least: u32, most: u32) -> Option<String> {
    if least > MAX_LENGTH {
        return None;
    }
    let mut columns: HashMap<u8, u8> = HashMap::new();
    let mut classes = Vec::with_capacity(128);
    for run in pattern.classes.chunks_exact(2) {
        classes.extend(std::iter::repeat_n(run[1], usize::from(run[0])));
    }
    for &byte in BYTES.iter().chain(&(0x21..0x7F).collect::<Vec<u8>>()) {
        if let Some(&column) = classes.get(usize::from(byte)) {
            columns.entry(column).or_insert(byte);
        }
    }
    let mut columns: Vec<(u8, u8)> = columns.into_iter().collect();
    columns.sort_unstable();
    // States with the length so far, as far as the length still matters.
    let start = (1_u16, 0_u32);
    let mut before: HashMap<(u16, u32), ((u16, u32), u8)> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let (state, length) = at;
        if length >= least && pattern.accept.contains(&state) {
            let mut bytes = Vec::new();
            let mut here = at;
            while let Some((previous, byte)) = before.get(&here) {
                bytes.push(*byte);
                here = *previous;
            }
            bytes.reverse();
            let text = String::from_utf8(bytes).ok()?;
            // Texts are trimmed before they are looked at.
            let fits = text.len() <= most as usize && text.trim() == text && !text.is_empty();
            return fits.then_some(text);
        }
        let row = pattern.next.get(usize::from(state))?;
        for &(column, byte) in &columns {
            let Some(&next) = row.get(usize::from(column)) else {
                continue;
            };
            let to = (next, (length + 1).min(least.max(1)));
            if next != 0 && to != start && !before.contains_key(&to) {
                before.insert(to, (at, byte));
                queue.push_back(to);
            }
        }
    }
    None
}
