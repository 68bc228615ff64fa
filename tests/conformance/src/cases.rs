//! Cases as NDJSON: one line a case, `{"in": answers, "out": result}`, with an `id` and a day `as_of`
//! where the set has them.

use anyhow::{Context, Result};
use counterfoil_engine::date::Day;
use serde::Deserialize;
use serde_json::value::RawValue;

/// One case, its texts exactly as the file has them.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What its set calls it.
    pub id: Option<String>,
    /// The day on which it is evaluated: its own, or the one of its set.
    pub as_of: Day,
    /// The answers.
    pub submission: &'a RawValue,
    /// The result that they must give.
    pub result: &'a RawValue,
}

#[derive(Deserialize)]
struct Line<'a> {
    id: Option<String>,
    as_of: Option<String>,
    #[serde(rename = "in", borrow)]
    submission: &'a RawValue,
    #[serde(rename = "out", borrow)]
    result: &'a RawValue,
}

/// Reads all cases of a file; those without a day of their own are evaluated on `day`.
///
/// # Errors
/// Where a line is no case, or has no day and there is none for it; the message says which.
pub fn read(ndjson: &str, day: Option<Day>) -> Result<Vec<Case<'_>>> {
    ndjson
        .lines()
        .enumerate()
        .map(|(index, line)| {
            case(line, day).with_context(|| format!("line {} cannot be replayed", index + 1))
        })
        .collect()
}

fn case(line: &str, day: Option<Day>) -> Result<Case<'_>> {
    let line: Line<'_> =
        serde_json::from_str(line).context("it is no case {\"in\":…,\"out\":…}")?;
    let as_of = match line.as_of {
        Some(own) => own
            .parse()
            .map_err(|_| anyhow::anyhow!("its `as_of` is no day YYYY-MM-DD"))?,
        None => day.context(
            "it has no day, and the form's README does not say, in the words “as of **YYYY-MM-DD**”, \
             on which day such cases are evaluated",
        )?,
    };
    Ok(Case {
        id: line.id,
        as_of,
        submission: line.submission,
        result: line.result,
    })
}
