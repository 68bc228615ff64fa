//! Writing a text so that YAML reads it as one.

/// A text in quotes, preferring those that need no escapes.
pub fn quoted(text: &str) -> String {
    let needs_escapes = |c: char| c == '"' || c == '\\' || c.is_control();
    if !text.contains(needs_escapes) {
        return format!("\"{text}\"");
    }
    if !text.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{text}'");
    }
    let mut result = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\t' => result.push_str("\\t"),
            c if c.is_control() => result.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn prefers_quotes_without_escapes() {
        assert_eq!(quoted("> 5"), r#""> 5""#);
        assert_eq!(quoted(r#""a" == b"#), r#"'"a" == b'"#);
        assert_eq!(quoted(r#"it's "a""#), r#""it's \"a\"""#);
    }
}
