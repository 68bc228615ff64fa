//! Receipts: what the office states about a submission, signed, so that either side can prove it later.
//!
//! A receipt is a JWS in compact form (RFC 7515) with the algorithm `EdDSA` (RFC 8037, Ed25519). Its
//! payload is [`Claims`]. The public keys stand at `/.well-known/jwks.json`, each named by its RFC 7638
//! thumbprint. [`verify`] needs no network: the receipt, the keys, the plan and the answers are enough.

mod jws;
mod keys;
mod record;
mod verify;

use std::collections::BTreeMap;

use counterfoil_engine::{date::Day, report::Report, report::Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use jws::JwsError;
pub use keys::{JwkSet, KeyError, PublicJwk, SigningKeys};
pub use record::Record;
pub use verify::{ReceiptError, Verified, verify};

/// What a receipt states. Hashes are SHA-256 in 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The submission's reference.
    #[schema(example = "7K3M-92QD-0XWT")]
    pub reference: String,
    /// The form's id.
    #[schema(example = "street-party")]
    pub form: String,
    /// The id of the plan under which the case was decided.
    pub plan: String,
    /// The meaning of results under which it was decided.
    pub semantics: u32,
    /// The civil day of evaluation.
    #[schema(value_type = String, format = Date)]
    pub as_of: Day,
    /// Hash of the answers, byte for byte as the office stores them.
    pub answers_sha256: String,
    /// Hash of the report.
    pub report_sha256: String,
    /// What is to be paid; `null` where the form has no fees or the total is not determined.
    pub total: Option<Amount>,
    /// The verdict of each decision.
    #[schema(value_type = BTreeMap<String, String>)]
    pub verdicts: BTreeMap<String, Verdict>,
    /// When the receipt was signed, in UTC.
    #[schema(format = DateTime)]
    pub issued_at: String,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// ISO 4217 code.
    #[schema(example = "GBP")]
    pub currency: String,
    /// The amount, with the currency's digits.
    #[schema(example = "35.40")]
    pub amount: String,
}

impl Claims {
    /// The claims about a report on these answers.
    pub fn new(reference: &str, answers_json: &str, report: &Report, issued_at: String) -> Self {
        Self {
            reference: reference.to_owned(),
            form: report.form.to_string(),
            plan: report.plan.to_string(),
            semantics: report.semantics,
            as_of: report.as_of,
            answers_sha256: answers_sha256(answers_json),
            report_sha256: report.sha256(),
            total: total_of(report),
            verdicts: verdicts_of(report),
            issued_at,
        }
    }
}

/// The hash of answers as stored. White space around the JSON object is no part of them, so that a
/// file that an editor ended with a line feed still verifies.
fn answers_sha256(answers_json: &str) -> String {
    counterfoil_engine::hash::sha256_hex(answers_json.trim_ascii().as_bytes())
}

fn total_of(report: &Report) -> Option<Amount> {
    let fees = report.fees.as_ref()?;
    Some(Amount {
        currency: fees.currency.to_string(),
        amount: fees.total.clone()?.into_owned(),
    })
}

fn verdicts_of(report: &Report) -> BTreeMap<String, Verdict> {
    report
        .decisions
        .iter()
        .map(|decision| (decision.decision.to_string(), decision.verdict))
        .collect()
}
