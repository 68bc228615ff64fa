//! Compares what a test expects with the report: any part of it, maps by key and lists as a whole.

use serde::Serialize;
use serde_json::Value as Json;

use super::shape::{Shape, data, is_null, json_number};
use crate::{
    source::{SourceMap, Span},
    yaml::{Node, NodeKind, Scalar, Style},
};

/// A place where the report is not what a test expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where in the report, such as `fees.total` or `errors[0].code`.
    pub path: String,
    /// The line of the expectation in the test file, from 1.
    pub line: usize,
    /// What is expected, as JSON writes it.
    pub expected: String,
    /// What the report has, as JSON writes it; `None` where it has nothing there.
    pub actual: Option<String>,
}

/// Collects the differences of one test.
pub(super) struct Comparison<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) differences: Vec<Difference>,
}

impl Comparison<'_> {
    /// Compares a node with what the report has in its place.
    pub(super) fn compare(
        &mut self,
        path: &str,
        expected: &Node,
        actual: Option<&Json>,
        shape: Shape<'_>,
    ) {
        match (&expected.kind, actual) {
            (NodeKind::Error, _) => {}
            (NodeKind::Mapping(entries), Some(Json::Object(_))) => {
                for entry in entries {
                    let key = entry.key.as_str();
                    let actual = actual.and_then(|actual| actual.get(key));
                    let shape_below = shape.entry(key).unwrap_or(Shape::Loose);
                    // What is not asked is absent from the answers, and `null` says so.
                    let absent_is_null = matches!(shape, Shape::Answers(_) | Shape::Record(_));
                    let actual = actual.or(absent_is_null.then_some(&Json::Null));
                    self.compare(&join(path, key), &entry.value, actual, shape_below);
                }
            }
            (NodeKind::List(items), Some(Json::Array(found))) => {
                if items.len() != found.len() {
                    self.differ(path, expected, actual, shape);
                    return;
                }
                for (index, (item, found)) in items.iter().zip(found).enumerate() {
                    self.compare(&format!("{path}[{index}]"), item, Some(found), shape.item());
                }
            }
            (NodeKind::Scalar(scalar), Some(actual)) if scalar_matches(scalar, actual, shape) => {}
            (NodeKind::Empty, Some(Json::Null)) => {}
            _ => self.differ(path, expected, actual, shape),
        }
    }

    fn differ(&mut self, path: &str, expected: &Node, actual: Option<&Json>, shape: Shape<'_>) {
        self.differences.push(Difference {
            path: path.to_owned(),
            line: self.line(expected.span),
            // Texts, lists and numbers as JSON has them always serialise.
            expected: serde_json::to_string(&data(expected, shape)).unwrap_or_default(),
            actual: actual.map(Json::to_string),
        });
    }

    fn line(&self, span: Span) -> usize {
        self.sources.position(span).line
    }
}

/// Numbers are compared by value, since the report writes decimals as texts.
fn scalar_matches(scalar: &Scalar, actual: &Json, shape: Shape<'_>) -> bool {
    let plain = scalar.style == Style::Plain;
    let text = scalar.text.as_str();
    let same_number = |found: &str| {
        plain && matches!((json_number(text), json_number(found)), (Some(a), Some(b)) if a == b)
    };
    match actual {
        Json::Null => is_null(scalar),
        Json::Bool(value) => plain && text == if *value { "true" } else { "false" },
        Json::Number(number) => same_number(&number.to_string()),
        Json::String(found) => text == found || !matches!(shape, Shape::Text) && same_number(found),
        Json::Array(_) | Json::Object(_) => false,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
