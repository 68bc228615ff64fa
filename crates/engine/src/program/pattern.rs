//! Text patterns as tables.

use crate::plan::{Pattern, PlanError};

const DEAD: u16 = 0;
const START: u16 = 1;
const ASCII: usize = 128;

/// A validated [`Pattern`].
#[derive(Clone, Debug)]
pub(crate) struct Automaton {
    classes: [u8; ASCII],
    columns: usize,
    next: Vec<u16>,
    accept: Vec<bool>,
}

impl Automaton {
    /// Validates a pattern of an untrusted plan.
    pub fn load(name: &str, pattern: &Pattern) -> Result<Self, PlanError> {
        let wrong = |what: &str| PlanError::new(format!("the plan's pattern `{name}` {what}"));
        let columns = pattern.next.first().map_or(0, Vec::len);
        let states = pattern.next.len();
        if states <= usize::from(START) || columns == 0 || states > usize::from(u16::MAX) {
            return Err(wrong("has no states"));
        }
        let mut classes = [0; ASCII];
        let mut byte = 0;
        if !pattern.classes.len().is_multiple_of(2) {
            return Err(wrong("does not give columns in pairs of count and column"));
        }
        for run in pattern.classes.chunks_exact(2) {
            let end = byte + usize::from(run[0]);
            if end > ASCII || usize::from(run[1]) >= columns {
                return Err(wrong("has columns out of range"));
            }
            classes[byte..end].fill(run[1]);
            byte = end;
        }
        let sound_row =
            |row: &Vec<u16>| row.len() == columns && row.iter().all(|&s| usize::from(s) < states);
        if byte != ASCII || !pattern.next.iter().all(sound_row) {
            return Err(wrong("has states out of range"));
        }
        let mut accept = vec![false; states];
        for &state in &pattern.accept {
            *accept
                .get_mut(usize::from(state))
                .ok_or_else(|| wrong("accepts in no state"))? = true;
        }
        Ok(Self {
            classes,
            columns,
            next: pattern.next.concat(),
            accept,
        })
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let mut state = START;
        for byte in text.bytes() {
            let Some(&class) = self.classes.get(usize::from(byte)) else {
                return false;
            };
            state = self.next[usize::from(state) * self.columns + usize::from(class)];
            if state == DEAD {
                return false;
            }
        }
        self.accept[usize::from(state)]
    }
}
