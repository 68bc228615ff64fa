//! Signs of currencies, and where they stand.

/// Languages that write the sign before the number; the others that we know write it behind.
const SIGN_FIRST: &[&str] = &["bn", "cy", "en", "ga", "hi", "ja", "ko", "th", "zh"];

/// The pattern of a positive amount in a currency: `£{n}`.
pub(super) fn pattern(language: &str, currency: Option<&str>) -> String {
    let sign = currency.map_or("", |code| sign(code, language));
    if !SIGN_FIRST.contains(&language) {
        return format!("{{n}}\u{a0}{sign}");
    }
    // A code beside the digits, such as `CZK 12.50`, needs a space that does not break.
    let space = if sign.ends_with(char::is_alphabetic) {
        "\u{a0}"
    } else {
        ""
    };
    format!("{sign}{space}{{n}}")
}

/// The sign of a currency as people of the language write it; the code itself where there is none.
fn sign<'a>(code: &'a str, language: &str) -> &'a str {
    match (code, language) {
        ("GBP", _) => "£",
        ("EUR", _) => "€",
        ("JPY", _) => "¥",
        ("INR", _) => "₹",
        ("PLN", _) => "zł",
        ("USD", "en" | "cy" | "es" | "de") => "$",
        ("USD", _) => "$US",
        ("AUD", "en" | "cy") => "A$",
        ("CAD", "en" | "cy") => "CA$",
        ("NZD", "en" | "cy") => "NZ$",
        _ => code,
    }
}

/// The country whose English goes with a currency.
pub(super) fn english_region(code: &str) -> Option<&'static str> {
    Some(match code {
        "AUD" => "AU",
        "CAD" => "CA",
        "EUR" => "IE",
        "GBP" => "GB",
        "INR" => "IN",
        "NZD" => "NZ",
        "USD" => "US",
        "ZAR" => "ZA",
        _ => return None,
    })
}
