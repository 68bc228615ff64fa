//! Changes one input at a time while the distance falls: the alternating variable method, with values of
//! the rules themselves tried before steps.

use counterfoil_engine::{
    observe::{Distance, Goal},
    plan::Literal,
};

use super::{
    Probe, Search,
    case::{Case, Variable},
    values::{Surroundings, moved, sound_values},
};

impl Search<'_> {
    /// Goes from a case towards a goal until `enough`, the budget or ideas run out.
    pub(super) fn climb(
        &mut self,
        start: Case,
        goal: Goal,
        budget: u64,
        enough: fn(Distance) -> bool,
    ) -> Option<Probe> {
        let constants = self.observer.inputs(goal.site).constants;
        let mut random = Random(self.options.seed);
        let mut best = self.completed(start, goal)?;
        while !enough(best.distance) && self.evaluations < budget {
            let mut nearer = false;
            for variable in self.variables(goal, &best.case) {
                nearer |= self.try_values(&mut best, variable, goal, &constants, budget, enough);
                nearer |= self.try_steps(&mut best, variable, goal, budget, enough);
                if enough(best.distance) || self.evaluations >= budget {
                    return Some(best);
                }
            }
            if !nearer && !self.try_pairs(&mut best, goal, &constants, budget, &mut random) {
                break;
            }
        }
        Some(best)
    }

    /// A case with whatever it leaves open answered, evaluated; `None` on a day on which the form is not
    /// in force.
    fn completed(&mut self, case: Case, goal: Goal) -> Option<Probe> {
        let case = self.complete(case);
        self.probe(case, goal)
    }

    /// Tries a changed case; keeps it where it is nearer.
    fn try_case(&mut self, best: &mut Probe, case: Case, goal: Goal) -> bool {
        if case == best.case {
            return false;
        }
        let Some(probe) = self.completed(case, goal) else {
            return false;
        };
        let nearer = probe.distance < best.distance;
        if nearer {
            *best = probe;
        }
        nearer
    }

    fn try_values(
        &mut self,
        best: &mut Probe,
        variable: Variable,
        goal: Goal,
        constants: &[Literal],
        budget: u64,
        enough: fn(Distance) -> bool,
    ) -> bool {
        let around = Surroundings {
            form: &self.form,
            case: &best.case,
            constants,
        };
        let values = sound_values(&around, variable);
        let mut nearer = false;
        for value in values {
            if enough(best.distance) || self.evaluations >= budget {
                break;
            }
            let mut case = best.case.clone();
            case.set(&self.form, variable, value);
            nearer |= self.try_case(best, case, goal);
        }
        nearer
    }

    /// Steps that double as long as they help.
    fn try_steps(
        &mut self,
        best: &mut Probe,
        variable: Variable,
        goal: Goal,
        budget: u64,
        enough: fn(Distance) -> bool,
    ) -> bool {
        let mut nearer = false;
        for direction in [1, -1] {
            let mut step: i64 = 1;
            while !enough(best.distance) && self.evaluations < budget {
                let Some(value) = moved(&self.form, &best.case, variable, direction * step) else {
                    if step == 1 {
                        break;
                    }
                    step = 1;
                    continue;
                };
                let mut case = best.case.clone();
                case.set(&self.form, variable, value);
                if self.try_case(best, case, goal) {
                    nearer = true;
                    step = step.saturating_mul(2).min(1 << 40);
                } else if step == 1 {
                    break;
                } else {
                    step = 1;
                }
            }
        }
        nearer
    }

    /// Two changes at once, drawn at random, for outcomes that no single change brings nearer.
    fn try_pairs(
        &mut self,
        best: &mut Probe,
        goal: Goal,
        constants: &[Literal],
        budget: u64,
        random: &mut Random,
    ) -> bool {
        /// Draws between two rounds of single changes.
        const DRAWS: u32 = 400;
        for _ in 0..DRAWS {
            if self.evaluations >= budget {
                return false;
            }
            let mut case = best.case.clone();
            for _ in 0..2 + random.below(2) {
                let variables = self.variables(goal, &case);
                if variables.is_empty() {
                    return false;
                }
                let variable = variables[random.below(variables.len())];
                let around = Surroundings {
                    form: &self.form,
                    case: &case,
                    constants,
                };
                let values = sound_values(&around, variable);
                if !values.is_empty() {
                    let value = values[random.below(values.len())].clone();
                    case.set(&self.form, variable, value);
                    case = self.complete(case);
                }
            }
            if self.try_case(best, case, goal) {
                return true;
            }
        }
        false
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}
