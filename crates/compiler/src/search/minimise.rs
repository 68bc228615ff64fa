//! Makes a case small: leaves out, simplifies, moves to the limit.

use counterfoil_engine::{
    answers::Data,
    observe::{Distance, Goal},
    plan::Literal,
    report::ReportError,
};

use super::{
    Search,
    case::{Case, Variable},
    values::{Surroundings, moved, simplest, sound_values},
};

impl Search<'_> {
    /// The case with nothing that the goal does not need, and what it needs as simple as can be.
    pub(super) fn minimise(&mut self, case: Case, goal: Goal) -> Case {
        let Some(probe) = self.probe(case, goal) else {
            return self.base.clone();
        };
        let errors = probe.report.errors;
        let budget = self.evaluations + u64::from(self.options.evaluations);
        let case = self.leave_all_out(probe.case, goal, &errors, budget);
        let case = self.simplify(case, goal, &errors);
        // A simpler answer may need fewer others beside it.
        self.leave_all_out(case, goal, &errors, budget)
    }

    /// Leaves out until nothing more can be left out.
    fn leave_all_out(
        &mut self,
        mut case: Case,
        goal: Goal,
        errors: &[ReportError],
        budget: u64,
    ) -> Case {
        loop {
            let size = case.size();
            case = self.leave_out(case, goal, errors, budget);
            if case.size() == size || self.evaluations >= budget {
                return case;
            }
        }
    }

    /// Whether a case still reaches the goal and has no error that was not there before.
    fn keeps(&mut self, case: &Case, goal: Goal, errors: &[ReportError]) -> bool {
        let Some(probe) = self.probe(case.clone(), goal) else {
            return false;
        };
        let known = |error: &ReportError| {
            errors
                .iter()
                .any(|known| known.code == error.code && known.path == error.path)
        };
        probe.distance.is_reached() && probe.report.errors.iter().all(known)
    }

    /// Leaves out runs of answers, halves first, then single ones, then what is in records.
    fn leave_out(
        &mut self,
        mut case: Case,
        goal: Goal,
        errors: &[ReportError],
        budget: u64,
    ) -> Case {
        let mut length = case.answers.0.len();
        while length > 0 {
            let mut start = 0;
            while start < case.answers.0.len() && self.evaluations < budget {
                let mut smaller = case.clone();
                let end = (start + length).min(smaller.answers.0.len());
                smaller.answers.0.drain(start..end);
                if self.keeps(&smaller, goal, errors) {
                    case = smaller;
                } else {
                    start += length;
                }
            }
            length /= 2;
        }
        for fact in (0..case.facts.len()).rev() {
            let mut smaller = case.clone();
            smaller.facts.remove(fact);
            if self.keeps(&smaller, goal, errors) {
                case = smaller;
            }
        }
        for group in 0..self.form.groups.len() {
            for record in (0..case.records(&self.form, group)).rev() {
                case = self.leave_out_record(case, group, record, goal, errors);
            }
        }
        case
    }

    /// Leaves out a record, or else what in it is not needed.
    fn leave_out_record(
        &mut self,
        mut case: Case,
        group: usize,
        record: usize,
        goal: Goal,
        errors: &[ReportError],
    ) -> Case {
        let id = self.form.groups[group].id;
        let records = |case: &mut Case, change: &mut dyn FnMut(&mut Vec<Data>)| {
            let list = case.answers.0.iter_mut().find(|(key, _)| key == id);
            if let Some((_, Data::List(records))) = list {
                change(records);
            }
        };
        let mut smaller = case.clone();
        records(&mut smaller, &mut |records| {
            records.remove(record);
        });
        if self.keeps(&smaller, goal, errors) {
            return smaller;
        }
        let mut entries = 0;
        records(&mut case, &mut |records| {
            if let Data::Record(known) = &records[record] {
                entries = known.len();
            }
        });
        for entry in (0..entries).rev() {
            let mut smaller = case.clone();
            records(&mut smaller, &mut |records| {
                if let Data::Record(entries) = &mut records[record] {
                    entries.remove(entry);
                }
            });
            if self.keeps(&smaller, goal, errors) {
                case = smaller;
            }
        }
        case
    }

    /// Everything that is answered.
    pub(super) fn answered(&self, case: &Case) -> Vec<Variable> {
        let mut variables = Vec::new();
        for (index, question) in self.form.questions.iter().enumerate() {
            let records = match question.group {
                None => vec![None],
                Some(group) => (0..case.records(&self.form, group)).map(Some).collect(),
            };
            for record in records {
                let variable = Variable::Question(index, record);
                if case.get(&self.form, variable).is_some() {
                    variables.push(variable);
                }
            }
        }
        for index in 0..self.form.facts.len() {
            let variable = Variable::Fact(index);
            if case.get(&self.form, variable).is_some() {
                variables.push(variable);
            }
        }
        variables
    }

    /// The usual day and the simplest answers, wherever they will do.
    fn simplify(&mut self, mut case: Case, goal: Goal, errors: &[ReportError]) -> Case {
        let mut usual = case.clone();
        usual.as_of = self.options.as_of;
        if usual != case && self.keeps(&usual, goal, errors) {
            case = usual;
        }
        let constants = self.observer.inputs(goal.site).constants;
        for variable in self.answered(&case) {
            let current = case.get(&self.form, variable).cloned();
            for value in self.simpler(&case, variable, &constants) {
                if current.as_ref() == Some(&value) {
                    break;
                }
                let mut simpler = case.clone();
                simpler.set(&self.form, variable, value);
                if self.keeps(&simpler, goal, errors) {
                    case = simpler;
                    break;
                }
            }
        }
        case
    }

    /// Values for a place, the simplest first; of numbers those with the fewest digits.
    fn simpler(&self, case: &Case, variable: Variable, constants: &[Literal]) -> Vec<Data> {
        /// More are hardly simpler than what is there.
        const TRIED: usize = 24;
        let type_ = match variable {
            Variable::Question(index, _) => self.form.questions[index].type_,
            Variable::Fact(index) => self.form.facts[index].type_,
            Variable::Day | Variable::Records(_) => return Vec::new(),
        };
        let simplest = simplest(&self.form, type_, case.as_of);
        let mut values: Vec<Data> = Vec::new();
        if let Some(Data::Number(_)) = case.get(&self.form, variable) {
            let around = Surroundings {
                form: &self.form,
                case,
                constants,
            };
            values = sound_values(&around, variable);
            values.retain(|value| *value != simplest && *value != Data::Null);
            values.sort_by_cached_key(|value| match value {
                Data::Number(digits) => (digits.len(), digits.clone()),
                _ => (usize::MAX, "".into()),
            });
            values.truncate(TRIED);
        }
        if simplest != Data::Null {
            values.insert(0, simplest);
        }
        values
    }

    /// Moves numbers and days as near to another outcome as the goal allows.
    pub(super) fn tighten(&mut self, case: Case, goal: Goal, toward: Goal) -> Case {
        let Some(probe) = self.probe(case.clone(), goal) else {
            return case;
        };
        let errors = probe.report.errors;
        let Some(mut gap) = self.probe(case.clone(), toward).map(|probe| probe.distance) else {
            return case;
        };
        let constants = self.observer.inputs(goal.site).constants;
        let budget = self.evaluations + u64::from(self.options.evaluations);
        let mut best = case;
        for variable in self.variables(goal, &best) {
            if moved(&self.form, &best, variable, 1)
                .or_else(|| moved(&self.form, &best, variable, -1))
                .is_none()
            {
                continue;
            }
            let around = Surroundings {
                form: &self.form,
                case: &best,
                constants: &constants,
            };
            for value in sound_values(&around, variable) {
                let mut nearer = best.clone();
                nearer.set(&self.form, variable, value);
                if self.evaluations < budget {
                    self.take_nearer(&mut best, &mut gap, nearer, goal, toward, &errors);
                }
            }
            for direction in [1, -1] {
                let mut step: i64 = 1;
                while self.evaluations < budget {
                    let value = moved(&self.form, &best, variable, direction * step);
                    let taken = value.is_some_and(|value| {
                        let mut nearer = best.clone();
                        nearer.set(&self.form, variable, value);
                        self.take_nearer(&mut best, &mut gap, nearer, goal, toward, &errors)
                    });
                    match (taken, step) {
                        (true, _) => step = step.saturating_mul(2).min(1 << 40),
                        (false, 1) => break,
                        (false, _) => step /= 2,
                    }
                }
            }
        }
        best
    }

    fn take_nearer(
        &mut self,
        best: &mut Case,
        gap: &mut Distance,
        nearer: Case,
        goal: Goal,
        toward: Goal,
        errors: &[ReportError],
    ) -> bool {
        let Some(probe) = self.probe(nearer, toward) else {
            return false;
        };
        // The limit lies where the other outcome is near, not where both come about.
        let taken = probe.distance < *gap
            && !probe.distance.is_reached()
            && probe.observation.reaches(goal)
            && self.keeps(&probe.case, goal, errors);
        if taken {
            *gap = probe.distance;
            *best = probe.case;
        }
        taken
    }
}
