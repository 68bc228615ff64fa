//! Compares what a test expects with the report: any part of it, maps by key and lists as a whole.

use counterfoil_engine::answers::Data;
use serde::Serialize;

use super::shape::{Shape, is_null, json_number};
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
        actual: Option<&Data>,
        shape: Shape<'_>,
    ) {
        match (&expected.kind, actual) {
            (NodeKind::Error, _) => {}
            (NodeKind::Mapping(entries), Some(Data::Record(_))) => {
                for entry in entries {
                    let key = entry.key.as_str();
                    let actual = actual.and_then(|actual| actual.get(key));
                    let shape_below = shape.entry(key).unwrap_or(Shape::Loose);
                    // What is not asked is absent from the answers, and `null` says so.
                    let absent_is_null = matches!(shape, Shape::Answers(_) | Shape::Record(_));
                    let actual = actual.or(absent_is_null.then_some(&Data::Null));
                    self.compare(&join(path, key), &entry.value, actual, shape_below);
                }
            }
            (NodeKind::List(items), Some(Data::List(found))) => {
                if items.len() != found.len() {
                    self.differ(path, expected, actual, shape);
                    return;
                }
                for (index, (item, found)) in items.iter().zip(found).enumerate() {
                    self.compare(&format!("{path}[{index}]"), item, Some(found), shape.item());
                }
            }
            (NodeKind::Scalar(scalar), Some(actual)) if scalar_matches(scalar, actual, shape) => {}
            (NodeKind::Empty, Some(Data::Null)) => {}
            _ => self.differ(path, expected, actual, shape),
        }
    }

    fn differ(&mut self, path: &str, expected: &Node, actual: Option<&Data>, shape: Shape<'_>) {
        self.differences.push(Difference {
            path: path.to_owned(),
            line: self.line(expected.span),
            expected: json(&super::shape::data(expected, shape)),
            actual: actual.map(json),
        });
    }

    fn line(&self, span: Span) -> usize {
        self.sources.position(span).line
    }
}

/// Numbers are compared by value, since the report writes decimals as texts.
fn scalar_matches(scalar: &Scalar, actual: &Data, shape: Shape<'_>) -> bool {
    let plain = scalar.style == Style::Plain;
    let text = scalar.text.as_str();
    let same_number = |found: &str| {
        plain && matches!((json_number(text), json_number(found)), (Some(a), Some(b)) if a == b)
    };
    match actual {
        Data::Null => is_null(scalar),
        Data::Bool(value) => plain && text == if *value { "true" } else { "false" },
        Data::Number(number) => same_number(number),
        Data::Text(found) => text == found || !matches!(shape, Shape::Text) && same_number(found),
        Data::List(_) | Data::Record(_) | Data::TooDeep => false,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn json(data: &Data) -> String {
    // Texts, lists and numbers as JSON has them always serialise.
    serde_json::to_string(data).unwrap_or_default()
}
