//! Signs of currencies.

/// The sign of a currency as people of the language write it; the code itself where there is none.
pub(super) fn sign(code: &str, language: &str) -> String {
    let sign = match (code, language) {
        ("GBP", _) => "£",
        ("EUR", _) => "€",
        ("JPY", _) => "¥",
        ("INR", _) => "₹",
        ("PLN", _) => "zł",
        ("CHF", _) => "CHF",
        ("USD", "en" | "cy") => "$",
        ("USD", "es" | "de") => "$",
        ("USD", _) => "$US",
        ("AUD", "en" | "cy") => "A$",
        ("CAD", "en" | "cy") => "CA$",
        ("NZD", "en" | "cy") => "NZ$",
        _ => code,
    };
    sign.to_owned()
}
