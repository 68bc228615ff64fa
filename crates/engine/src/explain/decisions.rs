//! Decisions, their rules, and checks.

use super::{
    Explanation, Kind,
    accounts::applies_key,
    explainer::{Explainer, Scope},
};
use crate::{
    evaluate::{Outcome, RecordAt, placeholders},
    plan::Rule,
    report::{RecordOf, Verdict},
    words::verdict_key,
};

impl<'a> Explainer<'a> {
    /// A decision: the rules that decide it first, or else what would.
    pub(super) fn decision(&mut self, index: usize) -> Explanation {
        let decision = &self.plan.program().decisions[index];
        let verdict = self.report.decisions[index].verdict;
        let rules: Vec<usize> = decision
            .rules
            .clone()
            .filter(|&rule| self.evaluation.rules[rule] != Outcome::Absent)
            .collect();
        let decides = |this: &Self, rule: usize| match verdict {
            Verdict::Eligible => true,
            Verdict::Ineligible => this.evaluation.rules[rule] == Outcome::Decided(false),
            Verdict::Undetermined => this.evaluation.rules[rule] == Outcome::Undecided,
        };
        let mut because = Vec::new();
        if verdict == Verdict::Undetermined {
            self.add_needs(index, &mut because);
        }
        let (deciding, others): (Vec<usize>, Vec<usize>) =
            rules.into_iter().partition(|&rule| decides(self, rule));
        for rule in deciding {
            let reason = self.rule(rule);
            self.add(&mut because, reason);
        }
        // The others do not matter to the verdict: how they stand is enough.
        for rule in others {
            let reason = self.rule_head(rule);
            self.add(&mut because, reason);
        }
        let title = self.text(&format!("decision.{}.title", decision.id));
        let verdict = self.text(verdict_key(verdict));
        Explanation {
            node: Some(format!("decisions.{}", decision.id)),
            because,
            ..self.stated(Kind::Decision, &title, Some(verdict))
        }
    }

    /// What must be answered to decide a decision.
    fn add_needs(&mut self, index: usize, reasons: &mut Vec<Explanation>) {
        let labels: Vec<String> = self.words.decisions[index]
            .needs
            .iter()
            .map(|need| need.label.clone())
            .collect();
        if labels.is_empty() {
            return;
        }
        let label = self.text("explain.needs");
        let because = labels
            .iter()
            .zip(&self.report.decisions[index].needs)
            .map(|(label, path)| Explanation {
                node: Some(path.to_string()),
                label: Some(label.clone()),
                ..self.step(Kind::Field, label.clone())
            })
            .collect();
        let reason = Explanation {
            value: Some(self.listed(&labels)),
            because,
            label: Some(label.clone()),
            ..self.step(Kind::Needs, self.heading(&label))
        };
        self.add(reasons, reason);
    }

    fn declared_rule(&self, index: usize) -> Option<&'a Rule> {
        let program = self.plan.program();
        let decision = program.rules[index].decision;
        let offset = index.checked_sub(program.decisions[decision].rules.start)?;
        self.plan.rules().decisions[decision].rules.get(offset)
    }

    /// A rule with its result alone.
    pub(super) fn rule_head(&self, index: usize) -> Explanation {
        let program = self.plan.program();
        let node = &program.rules[index];
        let decision = &program.decisions[node.decision].id;
        let result = match self.evaluation.rules[index] {
            Outcome::Absent => Some("explain.not_applicable"),
            Outcome::Undecided => None,
            Outcome::Decided(true) => Some("explain.holds"),
            Outcome::Decided(false) => Some("explain.fails"),
        };
        let params = self
            .declared_rule(index)
            .map_or(&[][..], |rule| &rule.params);
        let values = match self.evaluation.rules[index] {
            // What a rule that does not apply would say may be nonsense: it has no figures.
            Outcome::Absent => RecordOf::default(),
            _ => placeholders(&self.evaluation, &node.params, None),
        };
        let key = format!("rule.{decision}.{}", node.id);
        let message = self.texts.say(&key, params, &values);
        let result = result.map(|key| self.text(key));
        Explanation {
            node: Some(format!("rules.{decision}.{}", node.id)),
            source: self.source(&key),
            ..self.stated(Kind::Rule, &message, result)
        }
    }

    pub(super) fn rule(&mut self, index: usize) -> Explanation {
        let node = &self.plan.program().rules[index];
        let head = self.rule_head(index);
        let Some(declared) = self.declared_rule(index) else {
            return head;
        };
        let scope = Scope::default();
        let mut because = Vec::new();
        let applies = self.evaluation.condition(node.when.as_ref(), None);
        if let (Some(expr), Some(when)) = (&declared.when, &node.when) {
            let reason = self.condition(applies_key(applies.unwrap_or(None)), expr, when, scope);
            self.add(&mut because, reason);
        }
        if applies != Ok(Some(false)) {
            self.reads(&declared.require, &node.require, scope, &mut because);
        }
        Explanation {
            because,
            expression: self.expression(&declared.require, scope),
            ..head
        }
    }

    /// A check, for every record where it stands at a field of a group.
    pub(super) fn check(&mut self, index: usize) -> Option<Explanation> {
        let declared = &self.plan.rules().checks[index];
        let field = self.field_at(&declared.at);
        let Some(group) = field.and_then(|(_, field)| field.group) else {
            return Some(self.check_at(index, Scope::default()));
        };
        let node = format!("checks.{}", declared.check);
        let key = format!("check.{}", declared.check);
        let label = self.texts.say(&key, &declared.params, &RecordOf::default());
        self.per_record(Kind::Check, &node, &label, group, |this, at: RecordAt| {
            this.check_at(index, this.record_scope(at))
        })
    }

    fn check_at(&mut self, index: usize, scope: Scope<'_, 'a>) -> Explanation {
        let declared = &self.plan.rules().checks[index];
        let node = &self.plan.program().checks[index];
        let key = format!("check.{}", declared.check);
        let holds = |this: &Self, node| {
            this.evaluation
                .condition(node, scope.at.record)
                .unwrap_or(None)
        };
        let applies = holds(self, node.when.as_ref());
        let looked_at = self.is_looked_at(&declared.at, scope);
        let result = match (looked_at, applies) {
            (false, _) | (_, Some(false)) => Some("explain.not_applicable"),
            (true, None) => None,
            (true, Some(true)) => match holds(self, Some(&node.require)) {
                Some(true) => Some("explain.not_failing"),
                Some(false) => Some("explain.fails"),
                None => None,
            },
        };
        let values = placeholders(&self.evaluation, &node.params, scope.at.record);
        let message = self.texts.say(&key, &declared.params, &values);
        let label = self.numbered(&message, scope.at.record);
        let mut because = Vec::new();
        if let (false, Some((field, _))) = (looked_at, self.field_at(&declared.at)) {
            let reason = self.answer(field, scope);
            self.add(&mut because, reason);
        }
        if let (Some(expr), Some(when)) = (&declared.when, &node.when) {
            let reason = self.condition(applies_key(applies), expr, when, scope);
            self.add(&mut because, reason);
        }
        if looked_at && applies != Some(false) {
            self.reads(&declared.require, &node.require, scope, &mut because);
        }
        let result = result.map(|key| self.text(key));
        Explanation {
            node: Some(format!("checks.{}", declared.check)),
            source: self.source(&key),
            expression: self.expression(&declared.require, scope),
            because,
            ..self.stated(Kind::Check, &label, result)
        }
    }

    /// Whether what a check reports at is asked and has no error of its own.
    fn is_looked_at(&self, at: &str, scope: Scope<'_, 'a>) -> bool {
        match (self.field_at(at), self.group_at(at)) {
            (Some((field, _)), _) => {
                let asked = self.asked(field, scope.at.record);
                asked.shown == Some(true) && asked.fault.is_none()
            }
            (None, Some(group)) => {
                let asked = &self.evaluation.groups[group].asked;
                asked.shown == Some(true) && asked.fault.is_none()
            }
            _ => true,
        }
    }
}
