//! The pages of the diagnostics, as `docs/diagnostics` has them.

use crate::outcome::Failure;

/// Pages by code.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/diagnostic_pages.rs"));

/// The page of a code, which may be written in small letters.
///
/// # Errors
/// Where there is no such code.
pub fn page(code: &str) -> Result<String, Failure> {
    let wanted = code.to_uppercase();
    let page = PAGES.iter().find(|(known, _)| *known == wanted);
    let (_, page) = page.ok_or_else(|| {
        Failure::with_help(
            format!("there is no diagnostic `{code}`"),
            "a code is `CF` and four digits, as it stands in brackets before a message: `error[CF0205]`",
        )
    })?;
    Ok(page.lines().map(plain).collect())
}

/// A line without what tells the documentation's tests how to run a block.
fn plain(line: &str) -> String {
    let line = match line.strip_prefix("```") {
        Some(info) => format!("```{}", info.split(' ').next().unwrap_or_default()),
        None => line.to_owned(),
    };
    line + "\n"
}
