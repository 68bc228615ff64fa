//! Compares what a test expects with the report: any part of it, maps by key, lists as a whole or by the
//! entries that are named.

use serde::Serialize;
use serde_json::Value as Json;

use super::shape::{Shape, data, is_null, json_number};
use crate::{
    source::{SourceMap, Span},
    yaml::{Entry, Node, NodeKind, Scalar, Style},
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
    /// Why the report has that, where it says so.
    pub because: Option<String>,
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
            (NodeKind::Mapping(entries), Some(Json::Array(found))) => {
                for entry in entries {
                    self.named(path, entry, found, shape.item());
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
            // A line that does not apply is absent from the report.
            (NodeKind::Scalar(scalar), None) if is_null(scalar) => {}
            _ => self.differ(path, expected, actual, shape),
        }
    }

    /// Compares an entry of a list that is named: by its position, or by what such entries go by.
    fn named(&mut self, path: &str, entry: &Entry, found: &[Json], shape: Shape<'_>) {
        let (key, expected) = (entry.key.as_str(), &entry.value);
        if let Ok(position) = key.parse::<usize>() {
            let actual = found.get(position);
            self.compare(&format!("{path}[{position}]"), expected, actual, shape);
            return;
        }
        let path = format!("{path}[{key}]");
        if found.iter().all(Json::is_string)
            && (!found.is_empty() || expected_is_yes_or_no(expected))
        {
            let listed = Json::from(found.iter().any(|item| item.as_str() == Some(key)));
            self.compare(&path, expected, Some(&listed), Shape::Boolean);
            return;
        }
        let same = found
            .iter()
            .filter(|item| name_of(item).is_some_and(|(name, _)| name == key));
        // Several errors can stand at one path: any of them may be the one that is meant.
        let mut nearest: Option<Vec<Difference>> = None;
        for item in same {
            for actual in figures_of(item, expected) {
                let mut attempt = Comparison {
                    sources: self.sources,
                    differences: Vec::new(),
                };
                attempt.compare(&path, expected, Some(actual), shape);
                if attempt.differences.is_empty() {
                    return;
                }
                nearest.get_or_insert(attempt.differences);
            }
        }
        match nearest {
            Some(differences) => self.differences.extend(differences),
            None if matches!(&expected.kind, NodeKind::Scalar(scalar) if is_null(scalar)) => {}
            None => self.differ(&path, expected, None, shape),
        }
    }

    fn differ(&mut self, path: &str, expected: &Node, actual: Option<&Json>, shape: Shape<'_>) {
        self.differences.push(Difference {
            path: path.to_owned(),
            line: self.line(expected.span),
            // Texts, lists and numbers as JSON has them always serialise.
            expected: serde_json::to_string(&data(expected, shape)).unwrap_or_default(),
            actual: actual.map(|actual| shown(expected, actual)),
            because: None,
        });
    }

    fn line(&self, span: Span) -> usize {
        self.sources.position(span).line
    }
}

fn expected_is_yes_or_no(expected: &Node) -> bool {
    matches!(&expected.kind, NodeKind::Scalar(scalar)
        if scalar.style == Style::Plain && matches!(scalar.text.as_str(), "true" | "false"))
}

/// What an entry of a list goes by, with its chief figure.
fn name_of(item: &Json) -> Option<(&str, &'static str)> {
    const NAMES: [(&str, &str); 4] = [
        ("path", "code"),
        ("decision", "verdict"),
        ("rule", "holds"),
        ("id", "amount"),
    ];
    NAMES
        .iter()
        .find_map(|(name, figure)| Some((item.get(name)?.as_str()?, *figure)))
}

/// What of an entry an expectation is compared with: the whole where keys are written, or else its chief
/// figure; of a failed check also which it is.
fn figures_of<'j>(item: &'j Json, expected: &Node) -> Vec<&'j Json> {
    if matches!(expected.kind, NodeKind::Mapping(_)) {
        return vec![item];
    }
    let figure = name_of(item).and_then(|(_, figure)| item.get(figure));
    let check = item.get("params").and_then(|params| params.get("check"));
    figure.into_iter().chain(check).collect()
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

/// What the report has, as JSON writes it; a decimal like the number that is expected.
fn shown(expected: &Node, actual: &Json) -> String {
    let number = |text: &str| json_number(text).is_some();
    let wanted = expected
        .as_scalar()
        .is_some_and(|scalar| scalar.style == Style::Plain && number(&scalar.text));
    match actual {
        Json::String(text) if wanted && number(text) => text.clone(),
        other => other.to_string(),
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
