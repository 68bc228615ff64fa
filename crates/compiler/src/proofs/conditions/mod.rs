//! Conditions that are always true or always false, and what no answers lead to.
//!
//! A condition is fine when cases show that it comes out both ways. Where they do not, a search looks
//! for one, and where the search proves that there is none, that is said. What is neither shown nor
//! proved is a note.

mod say;
mod standing;

use std::collections::BTreeSet;

use counterfoil_engine::plan::{Expr, Literal, Published};

pub use standing::{Condition, Place, conditions};

use super::{
    cases::{Aligner, Case, Observer, Order, Pools, Probe, Seen, Wanted, case, reach},
    implication::{self, Assigned, Outcome},
    model::Model,
    slice::{slice, work},
    switches::{Switched, parameters_alone},
    walk,
};
use crate::{diagnostic::Diagnostic, source::Span};

/// Cases that are made up at large before searches begin.
const MAX_CASES: u64 = 400;
/// Cases at large without news after which no more are made up.
const PATIENCE: u64 = 150;
/// Work that cases at large may take, in parts of expressions.
const AT_LARGE: usize = 500_000;
/// Cases at large however large the form is.
const MIN_CASES: u64 = 8;
/// Work that all searches of a form may take, in parts of expressions.
const MAX_WORK: usize = 12_000_000;
/// Cases made up of what one search has found.
const ATTEMPTS: u64 = 60;
/// Searches that go on from a case answer by answer; they take the longest.
const MAX_CLIMBS: usize = 24;
/// Searches for one form; what is left then is a note.
const MAX_SEARCHES: usize = 4_000;

/// What has been observed of a form's conditions and decisions.
pub struct Observations<'m, 'p> {
    model: &'m Model<'p>,
    pools: &'m Pools,
    published: &'m Published,
    observer: Option<Observer>,
    /// How each condition has come out.
    pub seen: Vec<Seen>,
    /// Whether each decision was seen eligible (`yes`) and ineligible (`no`).
    pub verdicts: Vec<Seen>,
    searches: usize,
    climbs: usize,
    /// Work that is left, in parts of expressions.
    left: usize,
}

/// What is proved of one outcome of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// The engine has shown it.
    Shown,
    /// It is proved that it never comes.
    Never,
    /// It is proved that it never comes as parameters stand that are yes or no.
    Switched,
    /// Neither.
    Open,
}

impl<'m, 'p> Observations<'m, 'p> {
    /// Observes the conditions in cases made up at large.
    pub fn at_large(
        model: &'m Model<'p>,
        pools: &'m Pools,
        published: &'m Published,
        conditions: &[Condition],
    ) -> Self {
        let probes: Vec<Probe> = conditions.iter().map(|c| c.probe.clone()).collect();
        let mut observations = Self {
            model,
            pools,
            published,
            observer: Observer::of(published, &probes),
            seen: vec![Seen::default(); probes.len()],
            verdicts: vec![Seen::default(); published.rules.decisions.len()],
            searches: 0,
            climbs: 0,
            left: MAX_WORK,
        };
        let mut parts = work(&published.rules);
        for probe in &probes {
            walk::each_part(&probe.expr, &mut |_| parts += 1);
        }
        let cases = u64::try_from(AT_LARGE / parts).unwrap_or(MAX_CASES);
        let mut quiet = 0;
        for number in 0..cases.clamp(MIN_CASES, MAX_CASES) {
            let both = observations.seen.iter().chain(&observations.verdicts);
            if both.copied().all(Seen::both) || quiet > PATIENCE {
                break;
            }
            quiet += 1;
            if observations.try_case(number) {
                quiet = 0;
            }
        }
        observations
    }

    /// Tries one case; true where it has shown something new.
    fn try_case(&mut self, number: u64) -> bool {
        let mut order = Order::new(number + 1);
        let case = case(self.model, self.pools, &Wanted::default(), &mut order);
        let Some(observer) = &self.observer else {
            return false;
        };
        let (seen, verdicts) = observer.observe(&case);
        let mut news = false;
        let old = self.seen.iter_mut().chain(&mut self.verdicts);
        for (old, new) in old.zip(seen.into_iter().chain(verdicts)) {
            news |= old.add(new);
        }
        news
    }

    /// Whether all of the conditions can hold together, in a record of the group if they read one; `shown` says whether the cases tried so far show
    /// it.
    pub fn possible(
        &mut self,
        wanted: &[Expr],
        group: Option<&str>,
        shown: &dyn Fn(&[Seen], &[Seen]) -> bool,
    ) -> Possible {
        if shown(&self.seen, &self.verdicts) {
            return Possible::Shown;
        }
        self.searches += 1;
        if self.searches > MAX_SEARCHES {
            return Possible::Open;
        }
        let found = match implication::satisfy(&mut Switched(self.model), wanted) {
            Outcome::Refuted => {
                return match implication::satisfy(&mut self.model, wanted) {
                    Outcome::Refuted => Possible::Never,
                    _ => Possible::Switched,
                };
            }
            Outcome::GaveUp => return Possible::Open,
            Outcome::Found(found) => found,
        };
        if self.show(&found, wanted, group) {
            Possible::Shown
        } else {
            Possible::Open
        }
    }

    /// Whether the engine shows the conditions together, given the part of the plan on which they hang.
    fn show(&mut self, found: &[Assigned], conditions: &[Expr], group: Option<&str>) -> bool {
        let Some(part) = slice(self.model, self.published, conditions) else {
            return false;
        };
        let model = Model::of(&part.rules);
        let probe = Probe {
            expr: Expr::Literal(Literal::Boolean(true)),
            assumed: conditions.to_vec(),
            group: group.map(str::to_owned),
        };
        let Some(observer) = Observer::of(&part, &[probe]) else {
            return false;
        };
        let shows = |case: &Case| observer.observe(case).0[0].yes;
        let work = work(&part.rules);
        let wanted = Wanted::of(&model, found);
        let aligner = Aligner::of(&part, &model, &wanted);
        for attempt in 0..ATTEMPTS {
            if self.left < work {
                return false;
            }
            self.left -= work;
            let mut order = Order::new(attempt + 1);
            let mut case = case(&model, self.pools, &wanted, &mut order);
            if let Some(aligner) = &aligner {
                case = aligner.align(&model, &wanted, case);
            }
            if shows(&case) {
                return true;
            }
        }
        self.climbs += 1;
        if self.climbs > MAX_CLIMBS {
            return false;
        }
        let start = case(&model, self.pools, &wanted, &mut Order::new(ATTEMPTS + 1));
        let most = self.left / work;
        let (case, evaluations) = reach(&part, conditions, group, start, most);
        self.left = self.left.saturating_sub(evaluations.saturating_mul(work));
        case.is_some_and(|case| shows(&case))
    }
}

/// The places of which something has been said.
#[derive(Debug, Default)]
pub struct Said {
    /// Conditions that are always true or never.
    pub settled: BTreeSet<Span>,
    /// Conditions of which it could not be proved that they come out both ways.
    pub open: BTreeSet<Span>,
}

/// Diagnostics about a form's conditions, and what they are about.
pub fn prove(
    model: &Model<'_>,
    conditions: &[Condition],
    observations: &mut Observations<'_, '_>,
) -> (Vec<Diagnostic>, Said) {
    let mut diagnostics = Vec::new();
    let mut said = Said::default();
    // One place may stand in several contexts (options of a shared set): what is said of it must hold in
    // all of them.
    let mut order: Vec<usize> = (0..conditions.len()).collect();
    order.sort_by_key(|&index| (conditions[index].span, index));
    for alike in order.chunk_by(|&a, &b| conditions[a].span == conditions[b].span) {
        let first = &conditions[alike[0]];
        // What is said of a whole is not said of its parts again.
        let within = |span: &Span| {
            span.file == first.span.file
                && span.start <= first.span.start
                && first.span.end <= span.end
        };
        if said.settled.iter().any(within) || parameters_alone(model, &first.probe.expr) {
            continue;
        }
        let both = alike.iter().fold(Seen::default(), |mut both, &index| {
            both.add(observations.seen[index]);
            both
        });
        if both.both() {
            continue;
        }
        let mut yes = Possible::Never;
        let mut no = Possible::Never;
        for &index in alike {
            yes = at_best(yes, outcome(observations, conditions, index, true));
            no = at_best(no, outcome(observations, conditions, index, false));
        }
        let found = match (yes, no) {
            // It never matters: what keeps it from being reached is reported itself.
            (Possible::Never, Possible::Never) => continue,
            (Possible::Never, _) => say::never(first),
            (_, Possible::Never) => say::always(first),
            (Possible::Shown, Possible::Shown) => continue,
            (yes, no) => {
                said.open.insert(first.span);
                diagnostics.push(say::not_proved(first, yes, no));
                continue;
            }
        };
        said.settled.insert(first.span);
        diagnostics.push(found);
    }
    (diagnostics, said)
}

fn outcome(
    observations: &mut Observations<'_, '_>,
    conditions: &[Condition],
    index: usize,
    holds: bool,
) -> Possible {
    let probe = &conditions[index].probe;
    let mut wanted = probe.assumed.clone();
    wanted.push(if holds {
        probe.expr.clone()
    } else {
        Expr::Not(Box::new(probe.expr.clone()))
    });
    let possible = observations.possible(&wanted, probe.group.as_deref(), &|seen, _| {
        if holds {
            seen[index].yes
        } else {
            seen[index].no
        }
    });
    match possible {
        // The next period may turn it.
        Possible::Switched => Possible::Shown,
        possible => possible,
    }
}

/// Of two contexts the one in which more is known to be possible.
fn at_best(a: Possible, b: Possible) -> Possible {
    match (a, b) {
        (Possible::Shown, _) | (_, Possible::Shown) => Possible::Shown,
        (Possible::Open, _) | (_, Possible::Open) => Possible::Open,
        _ => Possible::Never,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // Helpers of tests are tests too.
mod tests {
    use std::fmt::Write as _;

    use super::{MAX_WORK, Model, Observations, Pools, conditions, prove};
    use crate::{Files, assemble, check::Checker, compile, definition};

    /// Questions each of which is checked against the one before, by a difference that no case at large has.
    fn form(questions: usize) -> Files {
        let mut form = String::from(
            "form: growing\ntitle: Growing\ntimezone: Europe/Berlin\nlanguages:\n  - en\n\
             effective: 2026-01-01..2027-12-31\npages:\n  - page: all\n    title: All\n    fields:\n",
        );
        for question in 0..questions {
            writeln!(
                form,
                "      - field: f_{question}\n        label: Question {question}\n        \
                 type: integer\n        min: 0\n        max: 1000000"
            )
            .unwrap();
        }
        form.push_str("checks:\n");
        for question in 1..questions {
            writeln!(
                form,
                "  - check: check_{question}\n    at: f_{question}\n    require: f_{question} - f_{} != {}\n    \
                 say: That cannot be",
                question - 1,
                30_000 + question * 37
            )
            .unwrap();
        }
        Files::in_memory(vec![("form.yaml".to_owned(), form)])
    }

    /// Searches and their work in parts of expressions; every search succeeds.
    fn work(questions: usize) -> (usize, usize) {
        let files = form(questions);
        let published = compile(&files).plan.unwrap();
        let reading = definition::read(&files);
        let form = reading.definition.unwrap();
        let mut checker = Checker::new(&form, &reading.sources);
        assemble::rules(&mut checker);
        let model = Model::of(&published.rules);
        let pools = Pools::of(&published.rules);
        let standing = conditions(&checker, &model);
        let mut observations = Observations::at_large(&model, &pools, &published, &standing);
        let (found, _) = prove(&model, &standing, &mut observations);
        assert!(found.is_empty(), "{found:?}");
        (observations.searches, MAX_WORK - observations.left)
    }

    #[test]
    fn work_grows_with_the_form_and_no_faster() {
        let ((few, small), (many, large)) = (work(50), work(200));
        assert!(few > 20 && many > 4 * few, "{few} {many}");
        // The work of one search does not grow with the form.
        assert!(large * few * 4 <= small * many * 5, "{small} {large}");
    }
}
