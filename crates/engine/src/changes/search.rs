//! The search: candidates first, then halving down to the nearest answer that does.

use super::{
    Change, MAX_EVALUATIONS, MAX_PROPOSALS, MAX_WORK,
    places::{Domain, Line, Place},
    reads::Reads,
};
use crate::{
    answers::{Answers, Data},
    context::Context,
    evaluate::evaluate_metered,
    plan::Plan,
    report::{ReportError, Verdict},
};

/// Candidates of a number or day that are tried on either side of the answer as it is.
const MAX_CANDIDATES: usize = 16;

pub(super) struct Search<'a> {
    plan: &'a Plan,
    context: &'a Context,
    decision: usize,
    answers: Answers,
    errors: &'a [ReportError<'a>],
    work: u64,
    pub evaluations: u32,
    pub proposals: Vec<Vec<Change>>,
}

/// `None` where the search has spent what it may.
type Spent<T> = Option<T>;

impl<'a> Search<'a> {
    pub fn new(
        plan: &'a Plan,
        answers: &Answers,
        context: &'a Context,
        decision: usize,
        errors: &'a [ReportError<'a>],
    ) -> Self {
        Self {
            plan,
            context,
            decision,
            answers: answers.clone(),
            errors,
            work: 0,
            // The caller has made one.
            evaluations: 1,
            proposals: Vec::new(),
        }
    }

    /// Tries every place by itself and, where none does, pairs of places of which the first is among
    /// `leading`.
    pub fn run(&mut self, places: &[Place<'_>], leading: usize, reads: &Reads<'_>) -> Spent<()> {
        for place in places.iter().take(leading) {
            if self.is_full() {
                return Some(());
            }
            let values = self.values(place, reads)?;
            if !values.is_empty() {
                self.proposals.push(vec![change(place, values)]);
            }
        }
        if !self.proposals.is_empty() {
            return Some(());
        }
        for (position, first) in places.iter().enumerate().take(leading) {
            for second in &places[position + 1..] {
                if self.is_full() {
                    return Some(());
                }
                self.pair(first, second, reads)?;
            }
        }
        Some(())
    }

    const fn is_full(&self) -> bool {
        self.proposals.len() >= MAX_PROPOSALS
    }

    fn pair(&mut self, first: &Place<'_>, second: &Place<'_>, reads: &Reads<'_>) -> Spent<()> {
        let tries: Vec<Data> = match &first.domain {
            Domain::Few(values) => values.clone(),
            Domain::Line(line) => [line.min, line.max].map(|at| line.data(at)).into(),
        };
        for value in tries {
            let Some(before) = self.put(first, value.clone()) else {
                return Some(());
            };
            let found = self.values(second, reads);
            let found = found.map(|values| values.into_iter().next());
            let Some(Some(other)) = found else {
                self.put(first, before);
                found?;
                continue;
            };
            // The first may need to go less far, now that the second is settled.
            self.put(first, before);
            let second_before = self.put(second, other.clone());
            let nearest = match &first.domain {
                Domain::Few(_) => Some(Some(value)),
                Domain::Line(line) => self
                    .on_line(first, line, reads)
                    .map(|at| at.map(|at| line.data(at))),
            };
            if let Some(before) = second_before {
                self.put(second, before);
            }
            if let Some(nearest) = nearest? {
                let changes = vec![change(first, vec![nearest]), change(second, vec![other])];
                self.proposals.push(changes);
                return Some(());
            }
        }
        Some(())
    }

    /// Answers at a place that make the decision eligible, all else being as it is now.
    fn values(&mut self, place: &Place<'_>, reads: &Reads<'_>) -> Spent<Vec<Data>> {
        match &place.domain {
            Domain::Few(values) => {
                let mut found = Vec::new();
                for value in values {
                    if self.eligible_with(place, value.clone())? {
                        found.push(value.clone());
                    }
                }
                // Sets are told one by one: each of them is a list itself.
                if matches!(found.first(), Some(Data::List(_))) {
                    found.truncate(1);
                }
                Some(found)
            }
            Domain::Line(line) => {
                let at = self.on_line(place, line, reads)?;
                Some(at.map(|at| line.data(at)).into_iter().collect())
            }
        }
    }

    /// The nearest step at which the decision is eligible while one step nearer it is not.
    fn on_line(
        &mut self,
        place: &Place<'_>,
        line: &Line,
        reads: &Reads<'_>,
    ) -> Spent<Option<i128>> {
        let candidates = line.candidates(reads);
        let middle = candidates.partition_point(|at| *at < line.current);
        let (below, above) = candidates.split_at(middle);
        let (below, above) = (below.iter().rev(), above.iter());
        let below = self.on_side(place, line, below.copied(), line.min)?;
        let above = self.on_side(place, line, above.copied(), line.max)?;
        let nearest = [below, above].into_iter().flatten();
        Some(nearest.min_by_key(|at| at.abs_diff(line.current)))
    }

    fn on_side(
        &mut self,
        place: &Place<'_>,
        line: &Line,
        candidates: impl Iterator<Item = i128>,
        end: i128,
    ) -> Spent<Option<i128>> {
        let mut not = line.current;
        let near = candidates.filter(|at| *at != end).take(MAX_CANDIDATES);
        for at in near.chain((end != line.current).then_some(end)) {
            if !self.eligible_with(place, line.data(at))? {
                not = at;
                continue;
            }
            let mut does = at;
            while not.abs_diff(does) > 1 {
                let middle = not + (does - not) / 2;
                if self.eligible_with(place, line.data(middle))? {
                    does = middle;
                } else {
                    not = middle;
                }
            }
            return Some(Some(does));
        }
        Some(None)
    }

    /// Whether the decision is eligible with another answer at a place, which is then put back.
    fn eligible_with(&mut self, place: &Place<'_>, value: Data) -> Spent<bool> {
        let Some(before) = self.put(place, value) else {
            return Some(false);
        };
        let eligible = self.eligible(place);
        self.put(place, before);
        eligible
    }

    fn eligible(&mut self, place: &Place<'_>) -> Spent<bool> {
        if self.evaluations >= MAX_EVALUATIONS || self.work >= MAX_WORK {
            return None;
        }
        self.evaluations += 1;
        let (report, work) = evaluate_metered(self.plan, &self.answers, self.context).ok()?;
        self.work = self.work.saturating_add(work.max(1));
        let verdict = report.decisions.get(self.decision)?.verdict;
        let is_new = |error: &ReportError| {
            let mut before = self.errors.iter();
            error.path == place.path
                || !before.any(|other| other.path == error.path && other.code == error.code)
        };
        Some(verdict == Verdict::Eligible && !report.errors.iter().any(is_new))
    }

    /// Puts an answer at a place and returns the one before; `None` where there is no such place.
    fn put(&mut self, place: &Place<'_>, value: Data) -> Option<Data> {
        let slot = place.slot(&mut self.answers)?;
        Some(std::mem::replace(slot, value))
    }
}

fn change(place: &Place<'_>, values: Vec<Data>) -> Change {
    Change {
        path: place.path.clone(),
        values,
    }
}
