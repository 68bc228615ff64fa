//! Where two JSON texts differ.

use std::collections::BTreeSet;

use serde_json::Value;

/// Describes every place where two JSON texts differ, such as `errors[0][1]: expected "type", got
/// "range"`. Texts that differ in spelling alone (key order, white space) give one line that says so;
/// equal texts give none.
pub fn differences(expected: &str, got: &str) -> Vec<String> {
    if expected == got {
        return Vec::new();
    }
    let mut found = Vec::new();
    match (serde_json::from_str(expected), serde_json::from_str(got)) {
        (Ok(expected), Ok(got)) => compare("", Some(&expected), Some(&got), &mut found),
        (Err(error), _) => found.push(format!("what was expected is not JSON: {error}")),
        (_, Err(error)) => found.push(format!("what came is not JSON: {error}")),
    }
    if found.is_empty() {
        found.push(format!(
            "the same data, spelled otherwise: expected {expected}, got {got}"
        ));
    }
    found
}

fn compare(path: &str, expected: Option<&Value>, got: Option<&Value>, found: &mut Vec<String>) {
    match (expected, got) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let dot = if path.is_empty() { "" } else { "." };
                compare(&format!("{path}{dot}{key}"), a.get(key), b.get(key), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for index in 0..a.len().max(b.len()) {
                compare(
                    &format!("{path}[{index}]"),
                    a.get(index),
                    b.get(index),
                    found,
                );
            }
        }
        _ if expected == got => {}
        _ => {
            let show = |value: Option<&Value>| {
                value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            };
            found.push(format!(
                "{path}: expected {}, got {}",
                show(expected),
                show(got)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn names_each_place_and_both_values() {
        let found = differences(
            r#"{"errors":[["a","type"]],"fee":12,"same":{"x":null}}"#,
            r#"{"errors":[["a","range"],["b","date"]],"fee":null,"same":{"x":null}}"#,
        );
        assert_eq!(
            found,
            [
                r#"errors[0][1]: expected "type", got "range""#,
                r#"errors[1]: expected nothing, got ["b","date"]"#,
                "fee: expected 12, got null",
            ]
        );
    }

    #[test]
    fn the_same_data_in_other_bytes_is_a_difference() {
        assert_eq!(differences(r#"{"a":1,"b":2}"#, r#"{"a":1,"b":2}"#).len(), 0);
        assert_eq!(differences(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#).len(), 1);
    }
}
