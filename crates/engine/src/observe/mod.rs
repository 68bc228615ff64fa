//! What an evaluation went through: which conditions came out true or false, which rows, periods and
//! messages were reached.
//!
//! Nothing of it costs a plain [`crate::evaluate()`]: expressions are pure, so an observation goes through a
//! finished evaluation again and asks each expression that it reaches what it comes to. Coverage of tests
//! and the search for answers are built on it.

mod distance;
mod inputs;
mod sites;
mod walk;

pub use distance::Distance;
pub use inputs::Inputs;

use crate::{
    answers::Answers,
    context::Context,
    evaluate::{EvaluateError, Evaluation, check_day, report_of},
    plan::Plan,
    report::Report,
};

/// A place of a plan that an evaluation may reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// A name that stays as long as the place does: `rules.closure.short_enough.require`,
    /// `fees.base.amount:if`, `tables.base_fee.row.3`, `parameters.stall_fee.period.2`,
    /// `fields.stalls.errors.range.max`.
    pub name: String,
    /// What the place belongs to: the expression (`fees.base.amount`), the table (`tables.base_fee`),
    /// the parameter, field or group.
    pub owner: String,
    /// Its position among the places of its owner, in the order in which they are written, from 0.
    pub position: usize,
    /// What it is.
    pub kind: SiteKind,
    /// What must hold for the place to be reached, the outermost first.
    guards: Vec<Guard>,
}

/// What a place is, and so which outcomes it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// The whole of a condition: a `when`, a `require`, a conditional `required`. True or false.
    Condition,
    /// The condition of an `if`: true takes its first branch, false its second.
    Branch,
    /// An operand of `and` or `or`. True or false.
    Operand,
    /// `a ?? b`: true takes the first side, false the second.
    Default,
    /// A row of a table, by position. Reached or not, as are all the kinds below.
    Row(usize),
    /// A period of a parameter, by position.
    Period(usize),
    /// A message about an answer: the error code and the limit that it names.
    Message {
        /// `required`, or a code of [`crate::report::ReportError::code`].
        code: &'static str,
        /// The limit that was passed, such as `min` or `max_length`.
        limit: Option<&'static str>,
    },
    /// The verdict of a decision: true is eligible, false ineligible.
    Verdict,
    /// A value or line: reached where it has been worked out.
    Figure,
}

impl SiteKind {
    /// Whether the place has two outcomes, true and false, and not just that it is reached.
    pub const fn is_two_sided(self) -> bool {
        matches!(
            self,
            Self::Condition | Self::Branch | Self::Operand | Self::Default | Self::Verdict
        )
    }
}

/// What must hold for a place to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// Another place has this outcome.
    Outcome(usize, bool),
    /// A group has a record.
    Record(usize),
}

/// An outcome of a place. For a place that is reached or not, the outcome is `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Goal {
    /// Position of the place in [`Observer::sites`].
    pub site: usize,
    /// The outcome.
    pub outcome: bool,
}

/// What was seen at a place over one evaluation, records of groups taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// It came out true, or was reached.
    pub yes: bool,
    /// It came out false.
    pub no: bool,
    /// It was asked and could not be decided.
    pub undecided: bool,
}

/// What one evaluation went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    seen: Vec<Seen>,
}

impl Observation {
    /// What was seen at each place, in the order of [`Observer::sites`].
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// Whether an outcome came about.
    pub fn reaches(&self, goal: Goal) -> bool {
        self.seen
            .get(goal.site)
            .is_some_and(|seen| match goal.outcome {
                true => seen.yes,
                false => seen.no,
            })
    }
}

/// Observes evaluations of one plan. Making one takes time in proportion to the plan, so it is kept
/// where many answers are observed.
pub struct Observer<'p> {
    plan: &'p Plan,
    sites: sites::Sites<'p>,
}

impl<'p> Observer<'p> {
    /// An observer of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            sites: sites::list(plan),
        }
    }

    /// The plan.
    pub const fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// Every place, in the order of the form.
    pub fn sites(&self) -> &[Site] {
        &self.sites.all
    }

    /// Every outcome of every place, in the order of the form.
    pub fn goals(&self) -> Vec<Goal> {
        let outcomes = |(site, found): (usize, &Site)| {
            let yes = Goal {
                site,
                outcome: true,
            };
            let no = found.kind.is_two_sided().then_some(Goal {
                site,
                outcome: false,
            });
            [Some(yes), no].into_iter().flatten()
        };
        self.sites
            .all
            .iter()
            .enumerate()
            .flat_map(outcomes)
            .collect()
    }

    /// The outcomes that must come about for a place to be reached, the outermost first.
    pub fn guards(&self, site: usize) -> Vec<Goal> {
        let guards = self
            .sites
            .all
            .get(site)
            .into_iter()
            .flat_map(|site| &site.guards);
        guards
            .filter_map(|guard| match *guard {
                Guard::Outcome(site, outcome) => Some(Goal { site, outcome }),
                Guard::Record(_) => None,
            })
            .collect()
    }

    /// What the outcomes of a place hang on, with all that must hold for the place to be reached.
    pub fn inputs(&self, site: usize) -> Inputs {
        let mut roots = Vec::new();
        let mut add = |site: usize| {
            roots.extend(self.sites.roots.get(site).into_iter().flatten().copied());
        };
        add(site);
        for guard in self
            .sites
            .all
            .get(site)
            .iter()
            .flat_map(|site| &site.guards)
        {
            if let Guard::Outcome(site, _) = guard {
                add(*site);
            }
        }
        for guard in self
            .sites
            .all
            .get(site)
            .iter()
            .flat_map(|site| &site.guards)
        {
            if let Guard::Record(group) = guard {
                roots.push((inputs::Root::Group(*group), None));
            }
        }
        inputs::inputs(self.plan.program(), &roots)
    }

    /// Evaluates answers and tells what the evaluation went through.
    ///
    /// # Errors
    /// As [`crate::evaluate()`].
    pub fn observe(
        &self,
        answers: &Answers,
        context: &Context,
    ) -> Result<(Report, Observation), EvaluateError> {
        check_day(self.plan, context)?;
        let evaluation = Evaluation::run(self.plan.program(), answers, context);
        let (observation, _) = walk::walk(&self.sites, &evaluation, None);
        let report = report_of(self.plan, evaluation);
        Ok((report.into_owned(), observation))
    }

    /// How far answers are from an outcome, with what their evaluation went through.
    ///
    /// # Errors
    /// As [`crate::evaluate()`].
    pub fn distance(
        &self,
        answers: &Answers,
        context: &Context,
        goal: Goal,
    ) -> Result<(Distance, Observation), EvaluateError> {
        check_day(self.plan, context)?;
        let evaluation = Evaluation::run(self.plan.program(), answers, context);
        let (observation, distance) = walk::walk(&self.sites, &evaluation, Some(goal));
        Ok((distance, observation))
    }
}

/// Evaluates answers and tells what the evaluation went through; see [`Observer`] for many answers.
///
/// # Errors
/// As [`crate::evaluate()`].
pub fn observe(
    plan: &Plan,
    answers: &Answers,
    context: &Context,
) -> Result<(Report, Observation), EvaluateError> {
    Observer::new(plan).observe(answers, context)
}
