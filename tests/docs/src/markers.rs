//! Comments that say which diagnostic stands on their line: `# error: CF0205`.

use counterfoil_compiler::Severity;

/// An expected diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The line of the page.
    pub line: usize,
    /// How grave it is.
    pub severity: Severity,
    /// Its code.
    pub code: String,
}

const SEVERITIES: &[(&str, Severity)] = &[
    ("# error: ", Severity::Error),
    ("# warning: ", Severity::Warning),
    ("# note: ", Severity::Note),
];

/// What marks a line of a test that fails, in place of a code.
pub const FAILS: &str = "fails";

/// Takes the markers off a line. Several codes are separated by commas.
pub fn take(text: &str, line: usize, markers: &mut Vec<Marker>) -> String {
    let mut rest = text;
    if let Some(before) = text.strip_suffix("# fails") {
        markers.push(Marker {
            line,
            severity: Severity::Error,
            code: FAILS.to_owned(),
        });
        rest = before.trim_end();
    }
    while let Some((offset, sign, severity)) = SEVERITIES
        .iter()
        .filter_map(|(sign, severity)| Some((rest.rfind(sign)?, *sign, *severity)))
        .max()
    {
        let codes = rest[offset + sign.len()..].split(',').map(str::trim);
        if !codes.clone().all(is_code) {
            break;
        }
        markers.extend(codes.map(|code| Marker {
            line,
            severity,
            code: code.to_owned(),
        }));
        rest = rest[..offset].trim_end();
    }
    rest.to_owned()
}

/// Whether a text reads `CF` and four digits.
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.starts_with("CF") && text[2..].bytes().all(|b| b.is_ascii_digit())
}

/// How a severity is called in markers.
pub const fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
