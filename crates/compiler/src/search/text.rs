//! Texts that the patterns of a field accept, the shortest first.

use std::collections::{BTreeSet, VecDeque};

use counterfoil_engine::plan::{FieldType, Pattern, Rules};

/// A text that the field's lengths, pattern and format accept, as short as can be; `None` where there is
/// none, or only one that is longer than can be looked for.
pub(super) fn shortest(rules: &Rules, type_: &FieldType) -> Option<String> {
    let FieldType::Text {
        min_length,
        max_length,
        pattern,
        format,
    } = type_
    else {
        return None;
    };
    let least = (*min_length).max(1);
    let patterns: Vec<&Pattern> = [
        pattern.as_ref(),
        format.as_ref().map(|format| &format.pattern),
    ]
    .into_iter()
    .flatten()
    .filter_map(|name| rules.patterns.get(name))
    .map(|pattern| &**pattern)
    .collect();
    if patterns.is_empty() {
        return Some("A".repeat(least as usize));
    }
    search(&patterns, least, *max_length)
}

/// Up to two texts that a field takes: the shortest, and another where any will do.
pub(crate) fn samples(rules: &Rules, type_: &FieldType) -> Vec<String> {
    let mut texts: Vec<String> = shortest(rules, type_).into_iter().collect();
    if let FieldType::Text {
        min_length,
        pattern: None,
        format: None,
        ..
    } = type_
    {
        texts.push("B".repeat((*min_length).max(1) as usize));
    }
    texts
}

/// States of the automata, and the length up to the least that is wanted.
type At = (Vec<u16>, u32);

fn search(patterns: &[&Pattern], least: u32, most: u32) -> Option<String> {
    /// Steps looked at; patterns have some hundred states.
    const STEPS: usize = 200_000;
    const START: u16 = 1;
    const DEAD: u16 = 0;
    let columns: Vec<[u8; 128]> = patterns.iter().map(|pattern| columns(pattern)).collect();
    let characters = representatives(&columns);
    let start: At = (vec![START; patterns.len()], 0);
    let mut known = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([(start, String::new())]);
    for _ in 0..STEPS {
        let ((states, length), text) = queue.pop_front()?;
        let accepted =
            (patterns.iter().zip(&states)).all(|(pattern, state)| pattern.accept.contains(state));
        // White space at the ends is no part of an answer.
        if accepted && length >= least && text.trim() == text {
            return Some(text);
        }
        if text.len() >= most as usize {
            continue;
        }
        for &character in &characters {
            let step = |(index, pattern): (usize, &&Pattern)| {
                let column = columns[index][character as usize];
                let row = pattern.next.get(usize::from(states[index]))?;
                row.get(usize::from(column))
                    .copied()
                    .filter(|next| *next != DEAD)
            };
            let Some(next) = patterns
                .iter()
                .enumerate()
                .map(step)
                .collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let at = (next, (length + 1).min(least));
            if known.insert(at.clone()) {
                queue.push_back((at, format!("{text}{character}")));
            }
        }
    }
    None
}

/// The column of each ASCII character.
fn columns(pattern: &Pattern) -> [u8; 128] {
    let mut columns = [0; 128];
    let runs = pattern.classes.chunks_exact(2);
    let of_each = runs.flat_map(|run| std::iter::repeat_n(run[1], usize::from(run[0])));
    for (column, value) in columns.iter_mut().zip(of_each) {
        *column = value;
    }
    columns
}

/// One character for each way in which the patterns tell characters apart, the plainest.
fn representatives(columns: &[[u8; 128]]) -> Vec<char> {
    let plain = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(['-', ' ', '.', '@']);
    let others = (' '..='~').filter(|c| !c.is_ascii_alphanumeric());
    let mut known = BTreeSet::new();
    plain
        .chain(others)
        .filter(|c| {
            let class: Vec<u8> = columns.iter().map(|columns| columns[*c as usize]).collect();
            known.insert(class)
        })
        .collect()
}

/// Texts that differ from one in a single digit, for check digits.
pub(super) fn other_digits(text: &str) -> Vec<String> {
    let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    digits
        .flat_map(|(at, c)| {
            let others = ('0'..='9').filter(move |other| *other != c);
            others.map(move |other| format!("{}{other}{}", &text[..at], &text[at + 1..]))
        })
        .collect()
}
