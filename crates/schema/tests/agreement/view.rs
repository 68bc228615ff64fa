//! A YAML file as JSON, with the place of everything.

use std::collections::BTreeMap;

use counterfoil_compiler::{
    Span,
    yaml::{Node, NodeKind, Scalar, Style},
};
use serde_json::{Map, Value as Json};

/// Where something stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its key, where it has one.
    pub key: Option<Span>,
    /// Itself.
    pub node: Span,
    /// The first key of a mapping.
    pub head: Span,
}

/// A file as JSON, with the places of all values by their JSON pointers.
pub struct View {
    pub json: Json,
    pub places: BTreeMap<String, Place>,
}

impl View {
    pub fn new(root: &Node) -> Self {
        let mut places = BTreeMap::new();
        let json = value(root, None, "", &mut places);
        Self { json, places }
    }
}

fn value(
    node: &Node,
    key: Option<Span>,
    pointer: &str,
    places: &mut BTreeMap<String, Place>,
) -> Json {
    let head = node.as_mapping().and_then(|entries| entries.first());
    places.insert(
        pointer.to_owned(),
        Place {
            key,
            node: node.span,
            head: head.map_or(node.span, |entry| entry.key.span),
        },
    );
    match &node.kind {
        NodeKind::Empty | NodeKind::Error => Json::Null,
        NodeKind::Scalar(scalar) => of_scalar(scalar),
        NodeKind::List(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| value(item, None, &format!("{pointer}/{index}"), places))
            .collect(),
        NodeKind::Mapping(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let name = entry.key.value.clone();
                let pointer = format!("{pointer}/{}", escaped(&name));
                let json = value(&entry.value, Some(entry.key.span), &pointer, places);
                object.insert(name, json);
            }
            Json::Object(object)
        }
    }
}

/// A key as it stands in a JSON pointer.
pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The value that YAML's core schema gives a scalar, as editors read it. `null` and `~` stay texts, as they
/// are for the compiler.
fn of_scalar(scalar: &Scalar) -> Json {
    let text = scalar.text.as_str();
    if scalar.style != Style::Plain {
        return Json::from(text);
    }
    match text {
        "true" | "True" | "TRUE" => return Json::from(true),
        "false" | "False" | "FALSE" => return Json::from(false),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if unsigned.is_empty() || unsigned == "." || !digits(whole) || !digits(fraction) {
        return Json::from(text);
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    let number = if unsigned.contains('.') {
        format!("{sign}{whole}.{fraction}")
    } else {
        format!("{sign}{whole}")
    };
    // What is too long for a number is none to the schema's checker.
    serde_json::from_str(&number).unwrap_or_else(|_| text.into())
}
