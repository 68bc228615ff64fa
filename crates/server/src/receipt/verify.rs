//! Checking a receipt without asking the office.

use std::fmt;

use counterfoil_engine::{
    Answers, Context, Plan, Report,
    answers::{AnswersError, Entry},
    evaluate,
    evaluate::EvaluateError,
    plan::PlanError,
};
use ed25519_dalek::Signature;

use super::{Claims, JwkSet, JwsError, answers_sha256, jws, total_of, verdicts_of};

/// A receipt that holds: its signature is the office's, and the case gives the result it states.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// What the receipt states.
    pub claims: Claims,
    /// Id of the key that signed it.
    pub kid: String,
    /// The report of the case, run again.
    pub report: Report,
}

/// Why a receipt does not hold.
#[derive(Clone, Debug, PartialEq)]
pub enum ReceiptError {
    /// The text is no receipt.
    Jws(JwsError),
    /// The keys are no JWK set.
    Keys(String),
    /// No key of that id is in the set, or it is no sound Ed25519 key.
    UnknownKey(String),
    /// The signature is not that of this key over this receipt.
    Signature,
    /// The signed payload is not that of a receipt.
    Claims(String),
    /// The plan cannot be read.
    Plan(PlanError),
    /// The plan is another than the one that the receipt names.
    OtherPlan {
        /// The id that the receipt names.
        stated: String,
        /// The id of the plan at hand.
        given: String,
    },
    /// The answers cannot be read.
    Answers(AnswersError),
    /// The answers are not those that the receipt was given for.
    OtherAnswers,
    /// The form was not in force on the receipt's day.
    Evaluate(EvaluateError),
    /// The case, run again, gives another result.
    OtherReport {
        /// The report's hash that the receipt states.
        stated: String,
        /// The hash of the report from running the case again.
        computed: String,
    },
    /// Form, semantics, total or verdicts are not those of the report that the receipt itself names.
    Contradiction,
}

impl fmt::Display for ReceiptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Jws(error) => error.fmt(f),
            Self::Keys(why) => write!(f, "the keys are not a JWK set: {why}"),
            Self::UnknownKey(kid) => write!(
                f,
                "the receipt names the key {kid}, which is not among the keys given"
            ),
            Self::Signature => f.write_str("the signature does not belong to this receipt and key"),
            Self::Claims(why) => write!(f, "the signed payload is not that of a receipt: {why}"),
            Self::Plan(error) => error.fmt(f),
            Self::OtherPlan { stated, given } => {
                write!(
                    f,
                    "the receipt is for the plan {stated}; the plan given is {given}"
                )
            }
            Self::Answers(error) => write!(f, "the answers cannot be read: {error}"),
            Self::OtherAnswers => {
                f.write_str("the answers are not those that the receipt was given for")
            }
            Self::Evaluate(error) => error.fmt(f),
            Self::OtherReport { stated, computed } => write!(
                f,
                "the case, run again, gives a report with the hash {computed}; the receipt states {stated}"
            ),
            Self::Contradiction => f.write_str(
                "the receipt's form, total or verdicts are not those of the report that it names",
            ),
        }
    }
}

impl std::error::Error for ReceiptError {}

/// Checks a receipt offline: the signature against the office's public keys (a JWK set), the hashes
/// against the plan and the answers at hand, and the result by running the case again on its own day,
/// with the facts that the office supplied (none in this release).
///
/// # Errors
/// Where any of this does not hold; the first that fails is told.
pub fn verify(
    receipt: &str,
    jwks_json: &str,
    plan_json: &str,
    answers_json: &str,
    facts: &[Entry<'static>],
) -> Result<Verified, ReceiptError> {
    let parts = jws::split(receipt).map_err(ReceiptError::Jws)?;
    let keys: JwkSet =
        serde_json::from_str(jwks_json).map_err(|e| ReceiptError::Keys(e.to_string()))?;
    let key = keys
        .keys
        .iter()
        .find(|jwk| jwk.kid == parts.kid)
        .and_then(|jwk| jwk.key())
        .ok_or_else(|| ReceiptError::UnknownKey(parts.kid.clone()))?;
    key.verify_strict(parts.signed, &Signature::from_bytes(&parts.signature))
        .map_err(|_| ReceiptError::Signature)?;
    let claims: Claims =
        serde_json::from_slice(&parts.payload).map_err(|e| ReceiptError::Claims(e.to_string()))?;

    let plan = Plan::from_json(plan_json.trim_ascii()).map_err(ReceiptError::Plan)?;
    if plan.id() != claims.plan {
        return Err(ReceiptError::OtherPlan {
            stated: claims.plan,
            given: plan.id().to_owned(),
        });
    }
    if answers_sha256(answers_json) != claims.answers_sha256 {
        return Err(ReceiptError::OtherAnswers);
    }
    let answers = Answers::from_json(answers_json).map_err(ReceiptError::Answers)?;
    let context = Context {
        as_of: claims.as_of,
        facts: facts.to_vec(),
    };
    let report = evaluate(&plan, &answers, &context).map_err(ReceiptError::Evaluate)?;
    let computed = report.sha256();
    if computed != claims.report_sha256 {
        return Err(ReceiptError::OtherReport {
            stated: claims.report_sha256,
            computed,
        });
    }
    let agrees = claims.form == report.form
        && claims.semantics == report.semantics
        && claims.total == total_of(&report)
        && claims.verdicts == verdicts_of(&report);
    if !agrees {
        return Err(ReceiptError::Contradiction);
    }
    Ok(Verified {
        claims,
        kid: parts.kid,
        report,
    })
}
