//! What is said of a value that leaves the limits of where it goes.

/// That what is written may leave the limits; `inner` are its least and greatest, `outer` those of `slot`.
pub(super) fn beyond(
    text: &str,
    slot: &str,
    [least, greatest]: &[String; 2],
    [from, to]: &[String; 2],
) -> String {
    if least == greatest {
        let is = if text.trim_matches('"') == least {
            String::new()
        } else {
            format!(" is {least} and")
        };
        return format!("`{text}`{is} lies outside {slot}, which goes from {from} to {to}");
    }
    format!("`{text}` can be {least} to {greatest}, and {slot} goes from {from} to {to}")
}
