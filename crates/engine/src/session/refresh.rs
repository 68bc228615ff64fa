//! Works out again what has become stale, and puts it into the report in place of what stood there.

use super::{
    Session, Share,
    changed::{Statements, differing, of_account, of_entry, of_errors, of_hidden, of_paths},
};
use crate::{
    evaluate::{
        Collected, account, decision, further_errors, group_values, hidden_field, hidden_group,
        status, value,
    },
    program::Part,
    report::Verdict,
};

/// Where a part's share of the report begins.
#[derive(Default)]
struct Place {
    errors: usize,
    missing: usize,
    ignored: usize,
    answers: usize,
    values: usize,
}

impl Session<'_> {
    /// Brings the report up to date.
    pub(super) fn refresh(&mut self) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        // What hangs on something that differs, at whatever distance: it may need other questions.
        let mut reached = vec![false; self.graph.parts.len()];
        let mut place = Place::default();
        for position in 0..self.graph.parts.len() {
            let stale = std::mem::take(&mut self.stale[position]);
            let changed = match self.graph.parts[position] {
                Part::Step(_) => stale && self.step(position),
                part @ (Part::Field(_) | Part::Group(_)) => {
                    if stale {
                        self.question(position, part, &place);
                    }
                    let share = &self.shares[position];
                    place.errors += share.errors;
                    place.missing += share.missing;
                    place.ignored += share.ignored;
                    place.answers += share.entries;
                    false
                }
                part @ (Part::GroupValues(_) | Part::Value(_)) => {
                    if stale {
                        self.value(position, part, place.values);
                    }
                    place.values += self.shares[position].entries;
                    false
                }
                Part::Decision(index) => {
                    let is_open = |report: &crate::report::DecisionReport| {
                        report.verdict == Verdict::Undetermined
                    };
                    let open = self.report.decisions.get(index).is_none_or(is_open);
                    (stale || reached[position] && open) && self.decision(index)
                }
                Part::Fees | Part::Entitlements => {
                    if stale {
                        self.account(self.graph.parts[position]);
                    }
                    false
                }
            };
            if changed || reached[position] {
                for &reader in &self.graph.readers[position] {
                    reached[reader] = true;
                    self.stale[reader] |= changed;
                }
            }
        }
        self.further_errors(place.errors);
        let status = status(&self.report.errors, &self.report.missing);
        if self.report.status != status {
            self.report.status = status;
            self.changed.nodes.push("status".to_owned());
        }
    }

    /// Works out a step; whether what it gives differs.
    fn step(&mut self, position: usize) -> bool {
        let at = position + 1;
        self.evaluation.refused.forget(at);
        self.evaluation.failures.forget(at);
        self.evaluation.changed = false;
        self.evaluation.step(position);
        self.evaluation.changed
    }

    /// What the report says of a question or a group.
    fn question(&mut self, position: usize, part: Part, place: &Place) {
        let at = position + 1;
        self.evaluation.failures.forget(at);
        self.evaluation.at = at;
        let mut collected = Collected::default();
        let mut hidden = Vec::new();
        match part {
            Part::Group(group) => {
                collected.group(&mut self.evaluation, group);
                hidden_group(&self.evaluation, group, &mut hidden);
            }
            Part::Field(field) => {
                collected.field(&mut self.evaluation, field);
                hidden_field(&self.evaluation, field, &mut hidden);
            }
            _ => {}
        }
        let share = Share {
            errors: collected.errors.len(),
            missing: collected.missing.len(),
            ignored: collected.ignored.len(),
            entries: collected.answers.len(),
            hidden,
        };
        let old = std::mem::replace(&mut self.shares[position], share);
        let new = &self.shares[position];
        let report = &mut self.report;
        let errors = place.errors..place.errors + old.errors;
        let missing = place.missing..place.missing + old.missing;
        let ignored = place.ignored..place.ignored + old.ignored;
        let answers = place.answers..place.answers + old.entries;
        let same = report.errors[errors.clone()] == collected.errors
            && report.missing[missing.clone()] == collected.missing
            && report.ignored[ignored.clone()] == collected.ignored
            && report.answers.0[answers.clone()] == collected.answers
            && old.hidden == new.hidden;
        if same {
            return;
        }
        let (mut before, mut after) = (Statements::new(), Statements::new());
        of_hidden(&old.hidden, &mut before);
        of_hidden(&new.hidden, &mut after);
        of_errors(&collected.errors, &mut after);
        of_errors(
            &replaced(&mut report.errors, errors, collected.errors),
            &mut before,
        );
        of_paths(&collected.missing, "missing", &mut after);
        let old = replaced(&mut report.missing, missing, collected.missing);
        of_paths(&old, "missing", &mut before);
        of_paths(&collected.ignored, "ignored", &mut after);
        let old = replaced(&mut report.ignored, ignored, collected.ignored);
        of_paths(&old, "ignored", &mut before);
        for (key, data) in &collected.answers {
            of_entry(key, data, &mut after);
        }
        for (key, data) in &replaced(&mut report.answers.0, answers, collected.answers) {
            of_entry(key, data, &mut before);
        }
        differing(before, after, &mut self.changed.paths);
    }

    /// What the report says of a value, or of the values of a group.
    fn value(&mut self, position: usize, part: Part, place: usize) {
        let new: Vec<_> = match part {
            Part::GroupValues(group) => vec![group_values(&self.evaluation, group)],
            Part::Value(index) => value(&self.evaluation, index).into_iter().collect(),
            _ => Vec::new(),
        };
        let share = &mut self.shares[position].entries;
        let old = place..place + *share;
        *share = new.len();
        let values = &mut self.report.values.0;
        if values[old.clone()] == new {
            return;
        }
        let (mut before, mut after) = (Statements::new(), Statements::new());
        for (key, data) in &new {
            of_entry(&format!("values.{key}"), data, &mut after);
        }
        for (key, data) in &replaced(values, old, new) {
            of_entry(&format!("values.{key}"), data, &mut before);
        }
        differing(before, after, &mut self.changed.nodes);
    }

    /// What the report says of a decision; whether it differs.
    fn decision(&mut self, index: usize) -> bool {
        let new = decision(&self.evaluation, index);
        match self.report.decisions.get_mut(index) {
            Some(old) if *old == new => return false,
            Some(old) => {
                self.changed
                    .nodes
                    .push(format!("decisions.{}", new.decision));
                *old = new;
            }
            None => self.report.decisions.push(new),
        }
        true
    }

    fn account(&mut self, part: Part) {
        let evaluation = &self.evaluation;
        let program = evaluation.program;
        let (name, lines, outcomes, old) = match part {
            Part::Fees => (
                "fees",
                &program.fees,
                &evaluation.fees,
                &mut self.report.fees,
            ),
            _ => (
                "entitlements",
                &program.entitlements,
                &evaluation.entitlements,
                &mut self.report.entitlements,
            ),
        };
        let new = account(
            self.plan,
            evaluation,
            lines,
            outcomes,
            &self.report.decisions,
        );
        if *old != new {
            let before = of_account(name, old.as_ref());
            let after = of_account(name, new.as_ref());
            differing(before, after, &mut self.changed.nodes);
            *old = new;
        }
    }

    /// The errors that belong to no question stand last.
    fn further_errors(&mut self, place: usize) {
        let new = further_errors(&self.evaluation);
        let errors = &mut self.report.errors;
        let old = place..errors.len();
        if errors[old.clone()] == new {
            return;
        }
        let (mut before, mut after) = (Statements::new(), Statements::new());
        of_errors(&new, &mut after);
        of_errors(&replaced(errors, old, new), &mut before);
        differing(before, after, &mut self.changed.paths);
    }
}

/// Puts items in place of others, which are returned. `Vec::splice` does the same with far more code.
fn replaced<T>(list: &mut Vec<T>, place: std::ops::Range<usize>, mut new: Vec<T>) -> Vec<T> {
    let mut rest = list.split_off(place.end);
    let old = list.split_off(place.start);
    list.append(&mut new);
    list.append(&mut rest);
    old
}
