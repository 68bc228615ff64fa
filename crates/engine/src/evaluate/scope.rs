//! What an expression has at hand besides the slots of the form.

use super::run::RecordAt;

/// What an expression has at hand where it is evaluated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At {
    /// The record at hand.
    pub record: Option<RecordAt>,
    /// The row at hand of the table whose rows are being gone through.
    pub row: Option<usize>,
}

impl From<Option<RecordAt>> for At {
    fn from(record: Option<RecordAt>) -> Self {
        Self { record, row: None }
    }
}
