//! A receipt with all that is needed to verify it, as one file for a person to keep.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::JwkSet;

/// A receipt with the answers, the plan and the office's public keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The receipt, a JWS in compact form.
    pub receipt: String,
    /// The office's public keys when the record was made.
    pub keys: JwkSet,
    /// The answers as JSON, byte for byte as the office stores them.
    pub answers: String,
    /// The plan as JSON.
    pub plan: String,
}

#[derive(Serialize)]
struct Written<'a> {
    receipt: &'a str,
    keys: &'a JwkSet,
    answers: &'a RawValue,
    plan: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    receipt: String,
    keys: JwkSet,
    #[serde(borrow)]
    answers: &'a RawValue,
    #[serde(borrow)]
    plan: &'a RawValue,
}

impl Record {
    /// The record as one JSON object, in which answers and plan keep their bytes.
    ///
    /// # Errors
    /// Where answers or plan are not JSON.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Written {
            receipt: &self.receipt,
            keys: &self.keys,
            answers: serde_json::from_str(&self.answers)?,
            plan: serde_json::from_str(&self.plan)?,
        })
    }

    /// Reads a record.
    ///
    /// # Errors
    /// Where the text is no record.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        let read: Read<'_> = serde_json::from_str(text)?;
        Ok(Self {
            receipt: read.receipt,
            keys: read.keys,
            answers: read.answers.get().to_owned(),
            plan: read.plan.get().to_owned(),
        })
    }

    /// The keys as a JWK set. Keys that came from the office itself prove more than these, which
    /// whoever made the record has chosen.
    pub fn keys_json(&self) -> String {
        // Keys are texts: they always serialise.
        serde_json::to_string(&self.keys).unwrap_or_default()
    }
}
