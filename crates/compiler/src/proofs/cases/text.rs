//! Texts that a field takes.

use std::collections::{HashMap, VecDeque};

use counterfoil_engine::plan::{FieldType, Pattern, Rules};

/// Least lengths beyond which no text is made up for a pattern.
const MAX_LENGTH: u32 = 200;
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
