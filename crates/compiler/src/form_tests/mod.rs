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
//! whole, numbers by value. `null` expects that a figure is not determined or that nothing is answered.

mod compare;
mod read;
mod shape;
mod view;

use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate};

pub use self::compare::Difference;
use self::{
    compare::Comparison,
    read::{Case, Reader},
    shape::Shape,
};
use crate::{
    codes,
    diagnostic::{Diagnostic, Severity},
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
    /// The line on which it begins, from 1.
    pub line: usize,
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
    let mut run = TestRun {
        tests: Vec::new(),
        diagnostics: Vec::new(),
        sources: SourceMap::default(),
    };
    let file = match run.sources.load(files, FILE, &mut run.diagnostics) {
        Loaded::File(file) => file,
        Loaded::Unusable => return run,
        Loaded::Absent => {
            let place = run.sources.add(FILE, "");
            let span = Span::new(place, 0, 0);
            run.diagnostics.push(
                Diagnostic::note(codes::TEST_FILE, span, format!("the form has no `{FILE}`")).help(
                    "Write cases with the results that they must have, so that a change of the form \
                     that changes them is noticed.",
                ),
            );
            return run;
        }
    };
    let Some(root) = yaml::parse(&run.sources, file, &mut run.diagnostics) else {
        return run;
    };
    let cases = Reader {
        rules: plan.rules(),
        diagnostics: &mut run.diagnostics,
    }
    .tests(&root);
    for case in &cases {
        run.tests.push(TestResult {
            test: case.test.to_owned(),
            line: run.sources.position(case.at.span).line,
            outcome: run_case(plan, case, &run.sources),
        });
    }
    run
}

fn run_case(plan: &Plan, case: &Case<'_>, sources: &SourceMap) -> TestOutcome {
    let rules = plan.rules();
    let record = |node: Option<&yaml::Node>, shape| match node.map(|node| shape::data(node, shape))
    {
        Some(Data::Record(entries)) => entries,
        _ => Vec::new(),
    };
    let answers = Answers(record(case.answers, Shape::Answers(rules)));
    let context = Context {
        as_of: case.as_of,
        facts: record(case.facts, Shape::Facts(rules)),
    };
    let report = match evaluate(plan, &answers, &context) {
        Ok(report) => report,
        Err(error) => return TestOutcome::Refused(error.to_string()),
    };
    // A report is JSON.
    let whole = Data::from_json(&report.to_json()).unwrap_or(Data::Null);
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
    if comparison.differences.is_empty() {
        TestOutcome::Passed
    } else {
        TestOutcome::Failed(comparison.differences)
    }
}
