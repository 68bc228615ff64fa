//! Fees and entitlements: totals and lines.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
};
use crate::{
    evaluate::{Outcome, State},
    format,
    number::Number,
    plan::{Expr, Line, Type},
    program::{LineNode, Node},
    report::Verdict,
    sort::sort,
};

impl<'a> Explainer<'a> {
    /// `total`, or a line by its id.
    pub(super) fn account_node(&mut self, id: &str, fees: bool) -> Option<Explanation> {
        let lines = self.lines(fees);
        if id == "total" {
            return (!lines.is_empty()).then(|| self.total(fees));
        }
        let index = lines.iter().position(|line| line.id == id)?;
        Some(self.line(index, fees))
    }

    fn lines(&self, fees: bool) -> &'a [LineNode] {
        let program = self.plan.program();
        if fees {
            &program.fees
        } else {
            &program.entitlements
        }
    }

    fn outcome(&self, index: usize, fees: bool) -> &Outcome<Number> {
        if fees {
            &self.evaluation.fees[index]
        } else {
            &self.evaluation.entitlements[index]
        }
    }

    fn total(&mut self, fees: bool) -> Explanation {
        let lines = self.lines(fees);
        let account = if fees {
            &self.report.fees
        } else {
            &self.report.entitlements
        };
        let total = account.as_ref().and_then(|account| account.total.as_ref());
        let total = total.map(|total| format::money(self.texts, total));
        let mut because = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            // A line that is left out where it is zero is left out here too.
            let dropped = line.omit_zero
                && matches!(self.outcome(index, fees), Outcome::Decided(amount) if amount.is_zero());
            if *self.outcome(index, fees) != Outcome::Absent && !dropped {
                let reason = self.line(index, fees);
                self.add(&mut because, reason);
            }
        }
        let mut refused = false;
        let mut hangs_on: Vec<usize> = lines
            .iter()
            .flat_map(|line| line.decisions.iter().copied())
            .collect();
        sort(&mut hangs_on);
        hangs_on.dedup();
        for decision in hangs_on {
            let verdict = self.report.decisions[decision].verdict;
            if verdict != Verdict::Eligible {
                refused |= verdict == Verdict::Ineligible;
                let reason = self.decision(decision);
                self.add(&mut because, reason);
            }
        }
        let label = self.text("explain.total");
        let node = Some(format!("{}.total", account_name(fees)));
        let told = if total.is_none() && refused {
            let none = Some(self.text("explain.total.refused"));
            Explanation {
                value: None,
                ..self.stated(Kind::Total, &label, none)
            }
        } else {
            self.stated(Kind::Total, &label, total)
        };
        Explanation {
            node,
            because,
            ..told
        }
    }

    /// A line with its amount alone.
    pub(super) fn line_head(&self, index: usize, fees: bool) -> Explanation {
        let line = &self.lines(fees)[index];
        let key = format!("{}.{}", if fees { "fee" } else { "entitlement" }, line.id);
        let amount = match self.outcome(index, fees) {
            Outcome::Absent => Some(self.text("explain.not_applicable")),
            Outcome::Undecided => None,
            Outcome::Decided(amount) => {
                let digits = self.plan.program().currency_digits;
                Some(format::money(self.texts, &amount.to_string_with(digits)))
            }
        };
        let kind = if fees { Kind::Fee } else { Kind::Entitlement };
        let name = format!("{}.{}", account_name(fees), line.id);
        Explanation {
            node: Some(name),
            source: self.source(&key),
            ..self.stated(kind, &self.label(&key, &line.id), amount)
        }
    }

    fn line(&mut self, index: usize, fees: bool) -> Explanation {
        let rules = self.plan.rules();
        let declared = if fees {
            &rules.fees
        } else {
            &rules.entitlements
        };
        let declared: &'a Line = &declared[index];
        let line = &self.lines(fees)[index];
        let scope = Scope::default();
        let mut because = Vec::new();
        let applies = self.evaluation.condition(line.when.as_ref(), None);
        if let (Some(expr), Some(node)) = (&declared.when, &line.when) {
            let key = applies_key(applies.unwrap_or(None));
            let reason = self.condition(key, expr, node, scope);
            self.add(&mut because, reason);
        }
        if applies == Ok(Some(true)) {
            self.expected = Some(Type::Money);
            self.reads(&declared.amount, &line.amount, scope, &mut because);
            self.expected = None;
        }
        Explanation {
            because,
            expression: self.expression(&declared.amount, scope),
            ..self.line_head(index, fees)
        }
    }

    /// The sum of the lines above a line.
    pub(super) fn subtotal(&mut self, node: &'a Node, fees: bool) -> Explanation {
        let state = self.evaluation.eval(node, None);
        let mut because = Vec::new();
        for index in 0..node.operands().len() {
            if *self.outcome(index, fees) != Outcome::Absent {
                let reason = self.line_head(index, fees);
                self.add(&mut because, reason);
            }
        }
        let shown = match &state {
            State::Known(_) => self.shown(&state, &Type::Money),
            _ => None,
        };
        let label = self.text("explain.subtotal");
        Explanation {
            because,
            expression: self.name("subtotal"),
            ..self.stated(Kind::Subtotal, &label, shown)
        }
    }

    /// Every expression that can read a table, beside its lowered form and once for each record.
    pub(super) fn everything(&self) -> Vec<(&'a Expr, &'a Node, Scope<'a, 'a>)> {
        let program = self.plan.program();
        let rules = self.plan.rules();
        let mut all = Vec::new();
        for (index, value) in program.values.iter().enumerate() {
            let Some(declared) = self.declared_value(index) else {
                continue;
            };
            let Some(group) = value.group else {
                all.push((&declared.expr, &value.code, Scope::default()));
                continue;
            };
            for record in 0..self.evaluation.groups[group].records.len() {
                let at = crate::evaluate::RecordAt { group, record };
                all.push((&declared.expr, &value.code, self.record_scope(at)));
            }
        }
        let mut add = |when: Option<(&'a Expr, &'a Node)>, expr: &'a Expr, node: &'a Node| {
            all.extend(when.map(|(expr, node)| (expr, node, Scope::default())));
            all.push((expr, node, Scope::default()));
        };
        let declared = rules.decisions.iter().flat_map(|d| &d.rules);
        for (declared, rule) in declared.zip(&program.rules) {
            let when = declared.when.as_ref().zip(rule.when.as_ref());
            add(when, &declared.require, &rule.require);
        }
        let declared = rules.fees.iter().chain(&rules.entitlements);
        let lines = program.fees.iter().chain(&program.entitlements);
        for (declared, line) in declared.zip(lines) {
            let when = declared.when.as_ref().zip(line.when.as_ref());
            add(when, &declared.amount, &line.amount);
        }
        all
    }
}

const fn account_name(fees: bool) -> &'static str {
    if fees { "fees" } else { "entitlements" }
}

/// The words before the reasons why something applies, or not, or perhaps.
pub(super) const fn applies_key(applies: Option<bool>) -> &'static str {
    match applies {
        Some(true) => "explain.applies",
        Some(false) => "explain.applies.not",
        None => "explain.applies.open",
    }
}
