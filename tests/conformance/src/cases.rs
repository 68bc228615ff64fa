//! Cases as NDJSON: one line a case, `{"in": submission, "out": result}`.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

/// One case, its texts exactly as the file has them.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Case<'a> {
    /// The submission.
    #[serde(rename = "in", borrow)]
    pub submission: &'a RawValue,
    /// The result that it must give.
    #[serde(rename = "out", borrow)]
    pub result: &'a RawValue,
}

/// Reads all cases of a file.
///
/// # Errors
/// Where a line is no case; the message says which.
pub fn read(ndjson: &str) -> Result<Vec<Case<'_>>> {
    ndjson
        .lines()
        .enumerate()
        .map(|(index, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("line {} is no case {{\"in\":…,\"out\":…}}", index + 1))
        })
        .collect()
}
