//! Finds answers that bring an outcome about: the smallest, with their values at the limits.
//!
//! ```text
//! goal ─► climb: change one input at a time while the distance falls ─► minimise ─► Case
//!           ▲                                                              │
//!           └ values: limits, constants of the rules on the way,           └ leave out, simplify,
//!             days of periods, options, blank, sizes of groups               move to the limit
//! ```
//!
//! The distance comes from [`counterfoil_engine::observe()`]: how far an evaluation is from the outcome. A
//! search has a seed and a budget of evaluations, and so gives the same on every machine. Not finding
//! answers proves nothing.
//!
//! ```
//! # use counterfoil_compiler::{Files, compile, search::{Options, Search}};
//! # use counterfoil_engine::{Plan, observe::Observer};
//! # let form = include_str!("../../../../forms/street-party/form.yaml");
//! # let table = include_str!("../../../../forms/street-party/tables/base_fee.csv");
//! # let files = Files::in_memory([("form.yaml", form), ("tables/base_fee.csv", table)]);
//! # let plan = Plan::load(compile(&files).plan.unwrap()).unwrap();
//! let observer = Observer::new(&plan);
//! let mut search = Search::new(&observer, Options::on("2026-06-01".parse().unwrap()));
//! let goal = observer.goals().into_iter().find(|goal| {
//!     observer.sites()[goal.site].name == "rules.closure.short_enough.require" && !goal.outcome
//! });
//! let case = search.reach(goal.unwrap()).unwrap();
//! assert_eq!(case.answers.to_json(), r#"{"streets":[{"metres":500.1}]}"#);
//! ```

mod case;
mod climb;
mod form;
mod minimise;
mod text;
mod values;

use std::collections::BTreeMap;

use counterfoil_engine::{
    Report,
    answers::Data,
    date::Day,
    evaluate,
    observe::{Distance, Goal, Observation, Observer, SiteKind},
};

pub use self::case::Case;
pub(crate) use self::text::samples;
use self::{
    case::Variable,
    form::Form,
    values::{Surroundings, sound_values, wrong_values},
};

/// How a search goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day of evaluation where the outcome does not hang on it.
    pub as_of: Day,
    /// Evaluations that one goal may cost before it is given up; those of making the case smaller come
    /// on top, at most as many again.
    pub evaluations: u32,
    /// Where the search stands still, changes are drawn at random from this seed.
    pub seed: u64,
}

impl Options {
    /// The usual options, on a day.
    pub const fn on(as_of: Day) -> Self {
        Self {
            as_of,
            evaluations: 4_000,
            seed: 1,
        }
    }
}

/// A search over one plan. It keeps what it comes across, so that later goals cost less.
pub struct Search<'o> {
    observer: &'o Observer<'o>,
    form: Form<'o>,
    options: Options,
    /// A complete case, as sound as one was found.
    base: Case,
    /// A case for each outcome that has come about on the way.
    known: BTreeMap<Goal, Case>,
    evaluations: u64,
}

/// A case that has been evaluated.
struct Probe {
    case: Case,
    report: Report,
    observation: Observation,
    distance: Distance,
}

impl<'o> Search<'o> {
    /// A search over the observer's plan. Finds a complete case to start from.
    pub fn new(observer: &'o Observer<'o>, options: Options) -> Self {
        let form = Form::new(observer.plan());
        let options = Options {
            as_of: form.nearest_day(options.as_of),
            ..options
        };
        let mut search = Self {
            observer,
            form,
            options,
            base: Case::on(options.as_of),
            known: BTreeMap::new(),
            evaluations: 0,
        };
        search.base = search.complete(Case::on(options.as_of));
        search.mend_base();
        search
    }

    /// How many evaluations all has cost so far.
    pub const fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// A complete case without errors, or the nearest to one that was found.
    pub const fn base(&self) -> &Case {
        &self.base
    }

    /// Takes a case as a place to search from, such as one of the form's own tests.
    pub fn learn(&mut self, case: &Case) {
        if let Ok((_, observation)) = self.observer.observe(&case.answers, &case.context()) {
            self.evaluations += 1;
            self.note(case, &observation);
        }
    }

    /// The smallest case found that brings an outcome about: few answers, the values of the outcome at
    /// the limit beyond which it would not come about, all else as simple as can be. `None` where the
    /// budget was spent; the outcome may still be possible.
    pub fn reach(&mut self, goal: Goal) -> Option<Case> {
        let found = self.find(goal)?;
        let small = self.minimise(found, goal);
        let toward = self.observer.sites()[goal.site]
            .kind
            .is_two_sided()
            .then_some(Goal {
                outcome: !goal.outcome,
                ..goal
            });
        Some(match toward {
            Some(toward) => self.tighten(small, goal, toward),
            None => small,
        })
    }

    /// A case that brings an outcome about, however large, found from another case or from the complete one.
    pub fn reach_from(&mut self, start: Case, goal: Goal) -> Option<Case> {
        let budget = self.evaluations + u64::from(self.options.evaluations);
        for start in [start, self.base.clone()] {
            let reached = self.climb(start, goal, budget, Distance::is_reached)?;
            if reached.distance.is_reached() {
                return Some(reached.case);
            }
        }
        None
    }

    /// As [`Search::reach`], for a row of a table or a period of a parameter at each of its ends; the
    /// same as `reach` alone for all else.
    pub fn reach_ends(&mut self, goal: Goal) -> Vec<Case> {
        let Some(case) = self.reach(goal) else {
            return Vec::new();
        };
        let sites = self.observer.sites();
        let site = &sites[goal.site];
        if !matches!(site.kind, SiteKind::Row(_) | SiteKind::Period(_)) {
            return vec![case];
        }
        let before = goal.site.checked_sub(1);
        let neighbours = [before, Some(goal.site + 1)].into_iter().flatten();
        let mut ends: Vec<Case> = Vec::new();
        for neighbour in neighbours {
            if sites
                .get(neighbour)
                .is_none_or(|other| other.owner != site.owner)
            {
                continue;
            }
            let toward = Goal {
                site: neighbour,
                outcome: true,
            };
            let end = self.tighten(case.clone(), goal, toward);
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
        if ends.is_empty() {
            ends.push(case);
        }
        ends
    }

    /// A small case for every outcome that is found, at its limits, and each of them again with all
    /// that it leaves open answered.
    pub fn survey(&mut self) -> Vec<Case> {
        let mut cases = vec![self.base.clone()];
        for goal in self.observer.goals() {
            for case in self.reach_ends(goal) {
                let complete = self.complete(case.clone());
                let raised = self.raised(complete.clone());
                for case in [case, complete, raised] {
                    if !cases.contains(&case) {
                        cases.push(case);
                    }
                }
            }
        }
        cases
    }

    /// The case with ones for zeros: what is multiplied by nothing shows no difference.
    fn raised(&self, mut case: Case) -> Case {
        let (zero, one) = (Data::number("0"), Data::number("1"));
        for variable in self.answered(&case) {
            let around = Surroundings {
                form: &self.form,
                case: &case,
                constants: &[],
            };
            let is_zero = case.get(&self.form, variable) == Some(&zero);
            if is_zero && sound_values(&around, variable).contains(&one) {
                case.set(&self.form, variable, one.clone());
            }
        }
        case
    }

    /// Answers whatever a case leaves open, as simply as can be.
    pub fn fill_in(&mut self, case: Case) -> Case {
        self.complete(case)
    }

    /// A case that brings an outcome about, however large.
    fn find(&mut self, goal: Goal) -> Option<Case> {
        if let Some(case) = self.known.get(&goal) {
            return Some(case.clone());
        }
        if let SiteKind::Message { code, limit } = self.observer.sites()[goal.site].kind {
            return self.find_message(goal, code, limit);
        }
        let budget = self.evaluations + u64::from(self.options.evaluations);
        let mut starts = vec![self.base.clone()];
        for guard in self.observer.guards(goal.site).iter().rev() {
            starts.extend(self.known.get(guard).cloned());
        }
        let opposite = Goal {
            outcome: !goal.outcome,
            ..goal
        };
        starts.extend(self.known.get(&opposite).cloned());
        for start in starts {
            let reached = self.climb(start, goal, budget, Distance::is_reached);
            if let Some(reached) = reached.filter(|probe| probe.distance.is_reached()) {
                return Some(reached.case);
            }
        }
        None
    }

    /// A message needs its question asked and then a wrong answer, or none.
    fn find_message(&mut self, goal: Goal, code: &str, limit: Option<&str>) -> Option<Case> {
        let budget = self.evaluations + u64::from(self.options.evaluations);
        let mut start = self.base.clone();
        if !self.probe(start.clone(), goal)?.distance.is_asked() {
            start = self.climb(start, goal, budget, Distance::is_asked)?.case;
        }
        let owner = self.observer.sites()[goal.site].owner.clone();
        for variable in self.form.variables_of(&owner, &start) {
            let surroundings = Surroundings {
                form: &self.form,
                case: &start,
                constants: &[],
            };
            for value in wrong_values(&surroundings, variable, code, limit) {
                let mut case = start.clone();
                case.set(&self.form, variable, value);
                let probe = self.probe(case, goal)?;
                if probe.distance.is_reached() {
                    return Some(probe.case);
                }
            }
        }
        None
    }

    /// Evaluates a case as it is.
    fn probe(&mut self, case: Case, goal: Goal) -> Option<Probe> {
        self.evaluations += 1;
        let context = case.context();
        let (distance, observation) =
            (self.observer.distance(&case.answers, &context, goal)).ok()?;
        let report = evaluate(self.observer.plan(), &case.answers, &context).ok()?;
        self.note(&case, &observation);
        Some(Probe {
            case,
            report,
            observation,
            distance,
        })
    }

    fn note(&mut self, case: &Case, observation: &Observation) {
        for (site, seen) in observation.seen().iter().enumerate() {
            for (outcome, came) in [(true, seen.yes), (false, seen.no)] {
                if came {
                    let goal = Goal { site, outcome };
                    self.known.entry(goal).or_insert_with(|| case.clone());
                }
            }
        }
    }

    /// Answers whatever is missing, as simply as can be.
    fn complete(&mut self, mut case: Case) -> Case {
        // Each round answers all that is missing; answers may bring up further questions.
        for _ in 0..=self.form.questions.len() {
            self.evaluations += 1;
            let plan = self.observer.plan();
            let Ok(report) = evaluate(plan, &case.answers, &case.context()) else {
                break;
            };
            if report.missing.is_empty() {
                break;
            }
            for path in &report.missing {
                case.fill(&self.form, path);
            }
        }
        case
    }

    /// Brings the checks of the complete case to hold, one after another.
    fn mend_base(&mut self) {
        let sites = self.observer.sites();
        let checks: Vec<Goal> = (sites.iter().enumerate())
            .filter(|(_, site)| site.name.starts_with("checks.") && site.name.ends_with(".require"))
            .map(|(site, _)| Goal {
                site,
                outcome: false,
            })
            .collect();
        for _ in 0..2 {
            for &fails in &checks {
                let holds = Goal {
                    outcome: true,
                    ..fails
                };
                let Some(probe) = self.probe(self.base.clone(), holds) else {
                    return;
                };
                if !probe.observation.reaches(fails) {
                    continue;
                }
                let errors = probe.report.errors.len();
                let budget = self.evaluations + u64::from(self.options.evaluations) / 4;
                let mended = self.climb(self.base.clone(), holds, budget, Distance::is_reached);
                let Some(mended) = mended else { return };
                if !mended.observation.reaches(fails) && mended.report.errors.len() < errors {
                    self.base = mended.case;
                }
            }
        }
    }

    fn variables(&self, goal: Goal, case: &Case) -> Vec<Variable> {
        let inputs = self.observer.inputs(goal.site);
        self.form.variables(&inputs, case)
    }
}
