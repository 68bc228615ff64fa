//! The form's own tests: `tests.yaml` beside the form.
//!
//! ```yaml
//! tests:
//!   - test: Three stalls cost three licences
//!     as_of: 2026-06-01
//!     answers:
//!       sells_food: true
//!       stalls: 3
//!     expect:
//!       decisions:
//!         closure: eligible
//!       rules:
//!         closure.short_enough: true
//!       fees:
//!         food_stalls: 35.40
//!         total: 60.40
//! ```
//!
//! `expect` names any part of the report: maps are compared by the keys that are written, lists as a
//! whole or, written as a mapping, by the entries that are named (`errors` by path, records by their
//! position), numbers by value. `null` expects that a figure is not determined or that nothing is there.
//! Tables of cases stand among the tests as `- cases: tests/fees.csv`; see the module `cases`.

mod cases;
mod compare;
mod read;
mod reasons;
mod shape;
mod view;

use counterfoil_engine::{
    Plan,
    answers::{AnswersOf, Data},
    evaluate,
};

pub use self::compare::Difference;
use self::{compare::Comparison, read::Case, shape::Shape};
use crate::{
    codes,
    definition::Context,
    diagnostic::{Diagnostic, Severity},
    search,
    source::{Files, Loaded, SourceMap, Span},
    yaml,
};

/// The file that holds a form's tests.
pub const FILE: &str = "tests.yaml";

/// What came of a form's tests.
#[derive(Debug)]
pub struct TestRun {
    /// The tests that could be read, in order.
    pub tests: Vec<TestResult>,
    /// What is wrong with the test file itself.
    pub diagnostics: Vec<Diagnostic>,
    /// The test file, for showing the diagnostics.
    pub sources: SourceMap,
}

impl TestRun {
    /// Whether every test could be read and passed.
    pub fn passed(&self) -> bool {
        self.tests.iter().all(TestResult::passed)
            && self
                .diagnostics
                .iter()
                .all(|d| d.severity < Severity::Error)
    }
}

/// A test and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// Its name.
    pub test: String,
    /// The file that holds it.
    pub file: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What is evaluated.
    pub case: search::Case,
    /// What came of it.
    pub outcome: TestOutcome,
}

impl TestResult {
    /// Whether the test passed.
    pub const fn passed(&self) -> bool {
        matches!(self.outcome, TestOutcome::Passed)
    }
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestOutcome {
    /// The report is as expected.
    Passed,
    /// The report differs at these places.
    Failed(Vec<Difference>),
    /// The form cannot be evaluated on the test's day, for this reason.
    Refused(String),
}

/// Runs the tests of a form under its plan. A form without a test file gets a note.
pub fn run(files: &Files, plan: &Plan) -> TestRun {
    let mut context = Context::new(files);
    let tests = run_file(&mut context, plan);
    let Context {
        sources,
        mut diagnostics,
        ..
    } = context;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    TestRun {
        tests,
        diagnostics,
        sources,
    }
}

fn run_file(context: &mut Context<'_>, plan: &Plan) -> Vec<TestResult> {
    let file = match context.load(FILE) {
        Loaded::File(file) => file,
        Loaded::Unusable => return Vec::new(),
        Loaded::Absent => {
            let file = context.sources.add(FILE, "");
            let message = format!("the form has no `{FILE}`");
            context.error(
                Diagnostic::note(codes::TEST_FILE, Span::new(file, 0, 0), message).help(
                    "Write cases with the results that they must have, so that a change of the form \
                     that changes them is noticed.",
                ),
            );
            return Vec::new();
        }
    };
    let Some(root) = yaml::parse(&context.sources, file, &mut context.diagnostics) else {
        return Vec::new();
    };
    let nodes = read::nodes(context, plan.rules(), &root);
    let cases = read::tests(context, plan.rules(), &nodes);
    let sources = &context.sources;
    cases
        .into_iter()
        .map(|case| {
            let given = given(plan, &case);
            TestResult {
                outcome: run_case(plan, &case, &given, sources),
                file: sources.file(case.test.span.file).name().to_owned(),
                line: sources.position(case.test.span).line,
                test: case.test.value,
                case: given,
            }
        })
        .collect()
}

/// What a test gives to the evaluation.
fn given(plan: &Plan, case: &Case<'_>) -> search::Case {
    let rules = plan.rules();
    let record = |node: Option<&yaml::Node>, shape| match node.map(|node| shape::data(node, shape))
    {
        Some(Data::Record(entries)) => entries,
        _ => Vec::new(),
    };
    search::Case {
        as_of: case.as_of,
        facts: record(case.facts, Shape::Facts(rules)),
        answers: AnswersOf(record(case.answers, Shape::Answers(rules))),
    }
}

fn run_case(
    plan: &Plan,
    case: &Case<'_>,
    given: &search::Case,
    sources: &SourceMap,
) -> TestOutcome {
    let rules = plan.rules();
    let report = match evaluate(plan, &given.answers, &given.context()) {
        Ok(report) => report,
        Err(error) => return TestOutcome::Refused(error.to_string()),
    };
    // A report always serialises.
    let whole = serde_json::to_value(&report).unwrap_or_default();
    let mut comparison = Comparison {
        sources,
        differences: Vec::new(),
    };
    for section in case.expect {
        let key = section.key.as_str();
        let actual = view::section(&report, &whole, key, &section.value);
        let shape = match key {
            "answers" => Shape::Answers(rules),
            "values" => Shape::Values(rules),
            _ => Shape::Loose,
        };
        comparison.compare(key, &section.value, actual.as_ref(), shape);
    }
    let mut differences = comparison.differences;
    for difference in &mut differences {
        difference.because = reasons::reason(&report, &difference.path);
    }
    if differences.is_empty() {
        TestOutcome::Passed
    } else {
        TestOutcome::Failed(differences)
    }
}
