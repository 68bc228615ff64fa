//! Suggested tests as YAML: block style, one key a line.

use counterfoil_engine::answers::{Data, Entry};

use super::Suggestion;

/// A file of tests that holds the suggestions.
pub fn document(suggestions: &[Suggestion]) -> String {
    let mut text = format!("{KEY}\n");
    items(&mut text, suggestions, INDENT, true);
    text
}

/// A file of tests with suggestions behind what it holds. Everything that is there stays as it is, but
/// for the brackets of an empty list. `None` where the tests stand in brackets, below which none can be
/// written.
pub fn append(file: &str, suggestions: &[Suggestion]) -> Option<String> {
    let mut text = String::new();
    let mut is_keyed = false;
    for line in file.trim_end().lines() {
        match line.strip_prefix(KEY) {
            Some(value) => {
                is_keyed = true;
                let (value, comment) = match value.find(" #") {
                    Some(comment) => value.split_at(comment),
                    None => (value, ""),
                };
                if !matches!(value.trim(), "" | "[]" | "null" | "~") {
                    return None;
                }
                text.push_str(KEY);
                text.push_str(comment.trim_end());
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    if !is_keyed {
        text.push_str(KEY);
        text.push('\n');
    }
    let indent = indent_of(file);
    items(
        &mut text,
        suggestions,
        indent.unwrap_or(INDENT),
        indent.is_none(),
    );
    Some(text)
}

/// The key of the list of tests.
const KEY: &str = "tests:";
/// How far tests are indented where a file has none yet.
const INDENT: usize = 2;

/// Writes tests with a blank line between them; the first of a list follows its key at once.
fn items(text: &mut String, suggestions: &[Suggestion], indent: usize, are_first: bool) {
    for (index, suggestion) in suggestions.iter().enumerate() {
        if index > 0 || !are_first {
            text.push('\n');
        }
        item(text, suggestion, indent);
    }
}

/// How far the tests of a file are indented; `None` where it has none.
fn indent_of(file: &str) -> Option<usize> {
    file.lines().find_map(|line| {
        let item = line.trim_start();
        item.starts_with("- ").then(|| line.len() - item.len())
    })
}

fn item(text: &mut String, suggestion: &Suggestion, indent: usize) {
    let mut entries = vec![
        ("test".into(), Data::text(suggestion.test.clone())),
        (
            "as_of".into(),
            Data::text(suggestion.case.as_of.to_string()),
        ),
    ];
    if !suggestion.case.facts.is_empty() {
        entries.push(("facts".into(), Data::Record(suggestion.case.facts.clone())));
    }
    if !suggestion.case.answers.0.is_empty() {
        let answers = Data::Record(suggestion.case.answers.0.clone());
        entries.push(("answers".into(), answers));
    }
    entries.push(("expect".into(), suggestion.expect.clone()));
    text.push_str(&" ".repeat(indent));
    text.push_str("- ");
    record(text, &entries, indent + 2);
}

/// The entries of a mapping; the first stands where the text ends.
fn record(text: &mut String, entries: &[Entry<'static>], indent: usize) {
    for (index, (key, data)) in entries.iter().enumerate() {
        if index > 0 {
            text.push_str(&" ".repeat(indent));
        }
        text.push_str(&scalar(key));
        text.push(':');
        match data {
            Data::Record(inner) if !inner.is_empty() => {
                text.push('\n');
                text.push_str(&" ".repeat(indent + 2));
                record(text, inner, indent + 2);
            }
            Data::List(items) if !items.is_empty() => {
                text.push('\n');
                list(text, items, indent + 2);
            }
            _ => {
                text.push(' ');
                text.push_str(&leaf(data));
                text.push('\n');
            }
        }
    }
}

fn list(text: &mut String, items: &[Data], indent: usize) {
    for item in items {
        text.push_str(&" ".repeat(indent));
        text.push_str("- ");
        match item {
            Data::Record(entries) if !entries.is_empty() => record(text, entries, indent + 2),
            _ => {
                text.push_str(&leaf(item));
                text.push('\n');
            }
        }
    }
}

fn leaf(data: &Data) -> String {
    match data {
        Data::Null | Data::TooDeep => "null".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Number(digits) => digits.to_string(),
        Data::Text(text) => scalar(text),
        Data::List(_) => "[]".to_owned(),
        Data::Record(_) => "{}".to_owned(),
    }
}

/// A text as YAML, in quotes where it could be read as something else.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " _.,'()<>=+*/[]-@`".contains(c);
    let sound = text.starts_with(|c: char| c.is_alphanumeric())
        && text.chars().all(plain)
        && !text.ends_with(' ')
        && !matches!(text, "null" | "true" | "false");
    if sound {
        text.to_owned()
    } else {
        // JSON's quotes and escapes are YAML's as well.
        serde_json::to_string(text).unwrap_or_default()
    }
}
