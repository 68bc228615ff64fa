//! What people typed: name–value pairs as an HTML form posts them.

use maud::{Markup, PreEscaped, html};

/// The first value of that name.
pub(crate) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    all(pairs, name).next()
}

/// Every value of that name.
pub(crate) fn all<'a>(pairs: &'a [(String, String)], name: &str) -> impl Iterator<Item = &'a str> {
    pairs
        .iter()
        .filter(move |(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Whether a name is a path or lies below it: `event_date.day` below `event_date`.
pub(crate) fn belongs(name: &str, path: &str) -> bool {
    name.strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// One more than the greatest record number that any name of a group bears.
pub(crate) fn record_count(pairs: &[(String, String)], group: &str) -> usize {
    pairs
        .iter()
        .filter_map(|(name, _)| crate::path::record_of(name, group))
        .map(|record| record.saturating_add(1))
        .max()
        .unwrap_or(0)
}

/// The pairs that other pages hold, as a data block that no browser runs.
pub(crate) fn embedded(pairs: &[(String, String)], here: &[String]) -> Markup {
    let mut json = String::from("[");
    for (name, value) in pairs {
        if here.iter().any(|path| belongs(name, path)) {
            continue;
        }
        if json.len() > 1 {
            json.push(',');
        }
        json.push('[');
        push_string(&mut json, name);
        json.push(',');
        push_string(&mut json, value);
        json.push(']');
    }
    json.push(']');
    html! {
        script type="application/json" data-counterfoil="pairs" { (PreEscaped(json)) }
    }
}

/// A JSON string that holds no `<`, so that it can end no script element and open no comment.
fn push_string(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '<' | '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            other => json.push(other),
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::{belongs, embedded, record_count};

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_name_belongs_to_its_path_only() {
        assert!(belongs("event_date.day", "event_date"));
        assert!(belongs("streets[0].metres", "streets"));
        assert!(!belongs("event_date_end", "event_date"));
        assert!(!belongs("streets[10].metres", "streets[1]"));
    }

    #[test]
    fn records_are_counted_by_their_names() {
        let typed = pairs(&[("streets[0].name", "a"), ("streets[2].name", "b")]);
        assert_eq!(record_count(&typed, "streets"), 3);
        assert_eq!(record_count(&typed, "people"), 0);
    }

    #[test]
    fn the_data_block_cannot_be_closed_from_inside() {
        let typed = pairs(&[
            ("here", "not repeated"),
            ("elsewhere", "</script><!-- \"\\\n"),
        ]);
        assert_eq!(
            embedded(&typed, &["here".to_owned()]).into_string(),
            r#"<script type="application/json" data-counterfoil="pairs">[["elsewhere","\u003c/script>\u003c!-- \"\\\u000a"]]</script>"#
        );
    }
}
