//! Canonical JSON and hashes.

use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// A value as canonical JSON (RFC 8785): no white space, keys in the order of their UTF-16 code units.
/// Published parts hold no numbers but small integers, which need no further rule.
pub fn canonical_json(value: &impl Serialize) -> String {
    let mut text = String::new();
    // Types of the plan serialise without fail: their keys are texts and their numbers integers.
    if let Ok(value) = serde_json::to_value(value) {
        write_canonical(&value, &mut text);
    }
    text
}

fn write_canonical(value: &Json, text: &mut String) {
    match value {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            text.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Json::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
            }
            text.push('}');
        }
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}
