//! JSON text, pushed to a text.

/// A text in quotes.
pub fn quoted(out: &mut String, text: &str) {
    let is_plain = text
        .bytes()
        .all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if is_plain {
        plain(out, text);
    } else {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}

/// A text in quotes that has nothing to escape, such as one of the form's own.
pub fn plain(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

/// A name with its colon.
pub fn key(out: &mut String, key: &str) {
    plain(out, key);
    out.push(':');
}

/// A whole number.
pub fn whole(out: &mut String, number: i64) {
    fixed(out, number, 0);
}

/// Cents as a text with both digits.
pub fn money(out: &mut String, cents: i64) {
    out.push('"');
    fixed(out, cents, 2);
    out.push('"');
}

/// A decimal as a text with as many digits after the point as it takes, of the `scale` that it is kept in.
pub fn decimal(out: &mut String, units: i64, scale: usize) {
    let (mut units, mut digits) = (units, scale);
    while digits > 0 && units % 10 == 0 {
        units /= 10;
        digits -= 1;
    }
    out.push('"');
    fixed(out, units, digits);
    out.push('"');
}

/// A number with so many digits after the point.
fn fixed(out: &mut String, units: i64, after: usize) {
    let (mut rest, mut text, mut start) = (units.unsigned_abs(), [b'0'; 24], 24);
    while rest > 0 || 24 - start <= after {
        start -= 1;
        text[start] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    let text = std::str::from_utf8(&text[start..]).unwrap_or_default();
    let (integer, fraction) = text.split_at(text.len() - after);
    if units < 0 {
        out.push('-');
    }
    out.push_str(integer);
    if after > 0 {
        out.push('.');
        out.push_str(fraction);
    }
}
