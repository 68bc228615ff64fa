//! JWS compact serialisation, for the one algorithm in use here.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// The algorithm's name (RFC 8037); no other is accepted, whatever a header asks for.
const ALGORITHM: &str = "EdDSA";
/// Explicit typing (RFC 8725, 3.11), so that no other signed statement passes for a receipt.
const TYPE: &str = "counterfoil-receipt+jws";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

/// The text is no receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwsError(&'static str);

impl fmt::Display for JwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for JwsError {}

/// The parts of a compact JWS whose signature has not been checked yet.
pub(super) struct Unverified<'a> {
    pub kid: String,
    pub signed: &'a [u8],
    pub signature: [u8; 64],
    pub payload: Vec<u8>,
}

/// Header and payload in the form that is signed.
pub(super) fn signing_input(kid: &str, payload: &[u8]) -> String {
    let header = Header {
        alg: ALGORITHM.to_owned(),
        kid: kid.to_owned(),
        typ: TYPE.to_owned(),
    };
    // A header of three texts always serialises.
    let header = serde_json::to_vec(&header).unwrap_or_default();
    format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    )
}

pub(super) fn with_signature(signing_input: &str, signature: &[u8; 64]) -> String {
    format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub(super) fn split(text: &str) -> Result<Unverified<'_>, JwsError> {
    let text = text.trim_ascii();
    let (signed, signature) = text
        .rsplit_once('.')
        .ok_or(JwsError("a receipt has three parts with dots between them"))?;
    let (header, payload) = signed
        .split_once('.')
        .filter(|(_, payload)| !payload.contains('.'))
        .ok_or(JwsError("a receipt has three parts with dots between them"))?;
    let decode = |part: &str| {
        URL_SAFE_NO_PAD
            .decode(part)
            .map_err(|_| JwsError("a part of the receipt is not base64url"))
    };
    let header: Header = serde_json::from_slice(&decode(header)?)
        .map_err(|_| JwsError("the receipt's header is not that of a receipt"))?;
    if header.alg != ALGORITHM || header.typ != TYPE {
        return Err(JwsError("the receipt's header is not that of a receipt"));
    }
    let signature = <[u8; 64]>::try_from(decode(signature)?)
        .map_err(|_| JwsError("the receipt's signature does not have 64 bytes"))?;
    Ok(Unverified {
        kid: header.kid,
        signed: signed.as_bytes(),
        signature,
        payload: decode(payload)?,
    })
}
