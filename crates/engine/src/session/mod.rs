//! Answers that change one by one, and a report that follows them.
//!
//! ```text
//! set ──► answers ──► step of the answer ─┬─► steps that read it … ──► parts of the report ──► Changed
//!                                         └─► the same as before: nothing further
//! ```
//!
//! A session keeps what its last evaluation came to. A change marks the steps that read the changed
//! answer; they are worked out again in the program's order, and where a result differs from what stood
//! there, so are those that read it in their turn. At every time the report equals that of a fresh
//! evaluation of the same answers, to the byte.
//!
//! ```
//! # use counterfoil_engine::{Answers, Context, Plan, Session, answers::Data, evaluate};
//! # fn show(plan: &Plan) -> Result<(), Box<dyn std::error::Error>> {
//! let context = Context::on("2026-06-01".parse()?);
//! let mut session = Session::new(plan, Answers::default(), &context)?;
//! session.set("stalls", Data::number("3"))?;
//! session.set("streets[0]", Data::Record(Vec::new()))?;
//! session.set("streets[0].metres", Data::number("120.5"))?;
//! for node in session.changed().nodes {
//!     println!("{node} is another");
//! }
//! let fresh = evaluate(plan, session.answers(), &context)?;
//! assert_eq!(*session.report(), fresh);
//! # Ok(())
//! # }
//! ```

mod changed;
mod edit;
mod refresh;

use std::collections::BTreeSet;

pub use changed::Changed;
pub use edit::PathError;

use crate::{
    answers::Answers,
    context::Context,
    evaluate::{EvaluateError, Evaluation, Held, check_day, empty},
    plan::Plan,
    program::Graph,
    report::ReportOf,
};

/// Answers that change, with the report on them.
pub struct Session<'p> {
    plan: &'p Plan,
    graph: Graph,
    evaluation: Evaluation<'p>,
    report: ReportOf<'p>,
    /// For each part of the graph, how much of the report is its own.
    shares: Vec<Share>,
    /// The parts that have to be worked out again.
    stale: Vec<bool>,
    /// Whether there are any.
    is_stale: bool,
    changed: Changed,
}

/// How much of the report a part has given.
#[derive(Clone, Debug, Default)]
struct Share {
    errors: usize,
    missing: usize,
    ignored: usize,
    /// Answers or values, 0 or 1.
    entries: usize,
    hidden: Vec<String>,
}

impl<'p> Session<'p> {
    /// Begins with some answers.
    ///
    /// # Errors
    /// Where the context's day is outside the form's effective days.
    pub fn new(
        plan: &'p Plan,
        answers: Answers,
        context: &'p Context,
    ) -> Result<Self, EvaluateError> {
        check_day(plan, context)?;
        let program = plan.program();
        let graph = Graph::new(program);
        let evaluation = Evaluation::of(program, Held::own(answers), context);
        let steps = program.order.len();
        let parts = graph.parts.len();
        let mut session = Self {
            plan,
            report: empty(plan, evaluation.as_of),
            shares: vec![Share::default(); parts],
            // Every step has been worked out, and nothing of the report.
            stale: (0..parts).map(|part| part >= steps).collect(),
            is_stale: true,
            changed: Changed::default(),
            graph,
            evaluation,
        };
        session.refresh();
        session.changed = Changed::default();
        Ok(session)
    }

    /// The answers as they are now.
    pub fn answers(&self) -> &Answers {
        &self.evaluation.answers.own
    }

    /// The report on them.
    pub fn report(&mut self) -> &ReportOf<'p> {
        self.refresh();
        &self.report
    }

    /// Paths that are not asked, as [`crate::hidden`] lists them.
    pub fn hidden(&mut self) -> BTreeSet<String> {
        self.refresh();
        let mut hidden = BTreeSet::new();
        for path in self.shares.iter().flat_map(|share| &share.hidden) {
            hidden.insert(path.clone());
        }
        hidden
    }

    /// What has come to be different since this was asked last, or since the session began.
    pub fn changed(&mut self) -> Changed {
        self.refresh();
        let mut changed = std::mem::take(&mut self.changed);
        changed.tidy();
        changed
    }

    /// The work done since the session began, in the unit of [`crate::plan::Work`].
    pub fn work(&self) -> u64 {
        self.evaluation.work.get()
    }

    fn mark(&mut self, part: usize) {
        self.stale[part] = true;
        self.is_stale = true;
    }
}
