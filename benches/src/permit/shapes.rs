//! Texts of a shape.

/// Whether a text has a shape in which `A` is a capital letter, `0` a digit and the rest itself.
pub fn shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, wanted)| match wanted {
                b'A' => byte.is_ascii_uppercase(),
                b'0' => byte.is_ascii_digit(),
                wanted => byte == wanted,
            })
}

pub fn is_postcode(text: &str) -> bool {
    shape(text, "AA00 000")
}

pub fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let Some((labels, last)) = domain.rsplit_once('.') else {
        return false;
    };
    let local_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let label_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !local.is_empty()
        && local.bytes().all(local_byte)
        && labels
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(label_byte))
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

pub fn is_date(text: &str) -> bool {
    if !shape(text, "0000-00-00") {
        return false;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u16>().unwrap_or_default();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
