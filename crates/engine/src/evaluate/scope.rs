//! What an expression has at hand besides the slots of the form.

use super::{run::RecordAt, state::State};

/// What an expression has at hand where it is evaluated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At<'s, 'a> {
    /// The record at hand.
    pub record: Option<RecordAt>,
    /// The row at hand of the table whose rows are being gone through.
    pub row: Option<usize>,
    /// The arguments and named results of the function that is being worked out.
    pub locals: Option<&'s Locals<'s, 'a>>,
}

/// Some of a function's arguments and named results, and those before them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Locals<'s, 'a> {
    pub states: &'s [State<'a>],
    pub before: Option<&'s Self>,
}

impl From<Option<RecordAt>> for At<'_, '_> {
    fn from(record: Option<RecordAt>) -> Self {
        Self {
            record,
            row: None,
            locals: None,
        }
    }
}

impl<'a> Locals<'_, 'a> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.states.len() + self.before.map_or(0, Self::count)
    }

    /// The argument or named result at a position, arguments first.
    pub fn get(&self, position: usize) -> Option<&State<'a>> {
        let before = self.before.map_or(0, Self::count);
        match position.checked_sub(before) {
            Some(position) => self.states.get(position),
            None => self.before?.get(position),
        }
    }
}
