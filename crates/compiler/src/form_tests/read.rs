//! From the tree of `tests.yaml` to tests, with diagnostics for what is no test.

use counterfoil_engine::{date::Day, plan::Rules};

use super::shape::Shape;
use crate::{
    closest::closest,
    codes,
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

/// A test as written.
pub(super) struct Case<'a> {
    /// Its name, after `test:`.
    pub test: &'a str,
    /// The line on which it begins.
    pub at: &'a Node,
    /// The day of evaluation.
    pub as_of: Day,
    /// What is answered.
    pub answers: Option<&'a Node>,
    /// What the office knows.
    pub facts: Option<&'a Node>,
    /// Sections of the report with what is expected of them.
    pub expect: &'a [Entry],
}

/// Sections that `expect` may have: those of the report, and `rules`.
const SECTIONS: &[&str] = &[
    "status",
    "errors",
    "missing",
    "ignored",
    "answers",
    "values",
    "decisions",
    "rules",
    "fees",
    "entitlements",
];

pub(super) struct Reader<'a> {
    pub rules: &'a Rules,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The tests of a file. One that cannot be read is reported and left out.
    pub(super) fn tests<'n>(&mut self, root: &'n Node) -> Vec<Case<'n>> {
        let Some(entries) = self.mapping(root, "`tests:` with a list of tests", &["tests"]) else {
            return Vec::new();
        };
        let Some(tests) = entries.iter().find(|entry| entry.key.value == "tests") else {
            self.report(
                Diagnostic::error(
                    codes::MISSING_KEY,
                    root.span.before(),
                    "there is no `tests:`",
                )
                .help("begin the file with `tests:` and list the tests below it"),
            );
            return Vec::new();
        };
        let Some(items) = self.list(&tests.value) else {
            return Vec::new();
        };
        let mut cases: Vec<Case<'n>> = Vec::new();
        for item in items {
            let Some(case) = self.test(item) else {
                continue;
            };
            if let Some(first) = cases.iter().find(|first| first.test == case.test) {
                let message = format!("two tests are called “{}”", case.test);
                self.diagnostics.push(
                    Diagnostic::error(codes::TEST_NAME, item.span.before(), message)
                        .label(first.at.span.before(), "the first one")
                        .help(
                            "give each test a name of its own, so that a failure says which it is",
                        ),
                );
            }
            cases.push(case);
        }
        cases
    }

    fn test<'n>(&mut self, node: &'n Node) -> Option<Case<'n>> {
        const KEYS: &[&str] = &["test", "as_of", "answers", "facts", "expect"];
        let entries = self.mapping(node, "a test, which begins with `test:` and its name", KEYS)?;
        let find = |key: &str| {
            let entry = entries.iter().find(|entry| entry.key.value == key);
            entry.map(|entry| &entry.value)
        };
        let given = |key: &str| find(key).filter(|node| !matches!(node.kind, NodeKind::Empty));
        for key in ["test", "as_of", "expect"] {
            if given(key).is_none() {
                let message = format!("the test has no `{key}:`");
                let help = match key {
                    "test" => "begin with `test:` and a name that says what the test shows",
                    "as_of" => "add the day of the submission, such as `as_of: 2026-06-01`",
                    _ => {
                        "add `expect:` and below it any part of the report, such as `status: complete`"
                    }
                };
                self.report(
                    Diagnostic::error(codes::MISSING_KEY, node.span.before(), message).help(help),
                );
            }
        }
        let test = self.text(given("test")?)?;
        let as_of = self.day(given("as_of")?);
        let answers = given("answers");
        let facts = given("facts");
        for (key, node) in [("answers", answers), ("facts", facts)] {
            if let Some(node) = node {
                self.open_mapping(node, &format!("`{key}:` holds names with their values"));
            }
        }
        let expect = given("expect")?;
        let sections = self.mapping(expect, "sections of the report", SECTIONS)?;
        self.names(sections);
        Some(Case {
            test,
            at: node,
            as_of: as_of?,
            answers,
            facts,
            expect: sections,
        })
    }

    /// Reports expectations of names that the form does not have: they could never be met.
    fn names(&mut self, sections: &[Entry]) {
        let rules = self.rules;
        for section in sections {
            let entries = section.value.as_mapping().unwrap_or_default();
            let accounts = ["currency", "lines", "total"].map(str::to_owned);
            let known: Vec<String> = match section.key.as_str() {
                "answers" => owned(Shape::Answers(rules).names()),
                "values" => owned(Shape::Values(rules).names()),
                "decisions" => rules.decisions.iter().map(|d| d.decision.clone()).collect(),
                "rules" => rules
                    .decisions
                    .iter()
                    .flat_map(|decision| {
                        let rules = decision.rules.iter();
                        rules.map(|rule| format!("{}.{}", decision.decision, rule.rule))
                    })
                    .collect(),
                "fees" => rules
                    .fees
                    .iter()
                    .map(|l| l.line.clone())
                    .chain(accounts)
                    .collect(),
                "entitlements" => {
                    let lines = rules.entitlements.iter().map(|l| l.line.clone());
                    lines.chain(accounts).collect()
                }
                _ => continue,
            };
            for entry in entries {
                self.known(&entry.key, &known, &section.key.value);
            }
        }
    }

    fn known(&mut self, name: &Spanned<String>, known: &[String], section: &str) {
        if known.contains(&name.value) {
            return;
        }
        let message = format!(
            "the form has nothing called `{}` among its {section}",
            name.value
        );
        let mut diagnostic = Diagnostic::error(codes::TEST_EXPECTATION, name.span, message);
        diagnostic = match closest(&name.value, known.iter().map(String::as_str)) {
            Some(close) => diagnostic
                .help(format!("did you mean `{close}`?"))
                .suggest(name.span, close),
            None if known.is_empty() => diagnostic.help(format!("the form has no {section}")),
            None => diagnostic.help(format!("it has {}", known.join(", "))),
        };
        self.report(diagnostic);
    }

    fn mapping<'n>(&mut self, node: &'n Node, what: &str, keys: &[&str]) -> Option<&'n [Entry]> {
        let entries = self.open_mapping(node, &format!("expected {what}"))?;
        for entry in entries {
            let key = entry.key.as_str();
            if !keys.contains(&key) {
                let message = format!("`{key}` is no key that can stand here");
                let diagnostic = Diagnostic::error(codes::UNKNOWN_KEY, entry.key.span, message);
                self.report(match closest(key, keys.iter().copied()) {
                    Some(close) => diagnostic
                        .help(format!("did you mean `{close}`?"))
                        .suggest(entry.key.span, close),
                    None => diagnostic.help(format!("keys here are {}", keys.join(", "))),
                });
            }
        }
        Some(entries)
    }

    fn open_mapping<'n>(&mut self, node: &'n Node, message: &str) -> Option<&'n [Entry]> {
        if node.as_mapping().is_none() && !matches!(node.kind, NodeKind::Error) {
            self.report(
                Diagnostic::error(codes::WRONG_SHAPE, node.span, message)
                    .help("write one `name: value` a line, indented below the key"),
            );
        }
        node.as_mapping()
    }

    fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        if node.as_list().is_none() && !matches!(node.kind, NodeKind::Error) {
            self.report(
                Diagnostic::error(codes::WRONG_SHAPE, node.span, "expected a list of tests")
                    .help("begin each test with `- test:` and its name"),
            );
        }
        node.as_list()
    }

    fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        if node.as_text().is_none() && !matches!(node.kind, NodeKind::Error) {
            self.report(Diagnostic::error(
                codes::WRONG_SHAPE,
                node.span,
                "the name of a test is a text on one line",
            ));
        }
        node.as_text()
    }

    fn day(&mut self, node: &Node) -> Option<Day> {
        let day = node.as_text().and_then(|text| text.parse().ok());
        if day.is_none() && !matches!(node.kind, NodeKind::Error) {
            self.report(
                Diagnostic::error(
                    codes::BAD_LITERAL,
                    node.span,
                    "`as_of` is no day of the calendar",
                )
                .help("write it as year, month and day, such as 2026-01-31"),
            );
        }
        day
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
