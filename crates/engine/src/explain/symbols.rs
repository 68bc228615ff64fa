//! What has a name and is read in expressions: values, parameters, facts, the day.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
};
use crate::{
    date::Day,
    evaluate::{RecordAt, State, period_on},
    format,
    plan::{Expr, Value},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// What a name stands for, with what it comes to.
    pub(super) fn symbol(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
    ) -> Option<Explanation> {
        let program = self.plan.program();
        Some(match expr {
            Expr::Today => self.today(),
            Expr::Field(path) => {
                let (index, _) = self.field_at(path)?;
                self.answer(index, scope)
            }
            Expr::Value(path) => {
                let (index, value) = self.value_at(path)?;
                self.value(index, self.own_record(value.group, scope))
            }
            Expr::Parameter(id) => {
                let index = program.parameters.iter().position(|p| p.id == *id)?;
                self.parameter(index)
            }
            Expr::Fact(id) => {
                let index = program.facts.iter().position(|fact| fact.id == *id)?;
                self.fact(index)
            }
            Expr::Fee(id) => {
                let index = program.fees.iter().position(|line| line.id == *id)?;
                self.line_head(index, true)
            }
            Expr::Entitlement(id) => {
                let mut lines = program.entitlements.iter();
                self.line_head(lines.position(|line| line.id == *id)?, false)
            }
            Expr::FeeSubtotal => self.subtotal(node, true),
            Expr::EntitlementSubtotal => self.subtotal(node, false),
            Expr::Rule { decision, rule } => {
                let decision = program.decisions.iter().find(|d| d.id == *decision)?;
                let mut rules = decision.rules.clone();
                self.rule_head(rules.find(|&index| program.rules[index].id == *rule)?)
            }
            Expr::Count(id) => self.group_head(self.group_at(id)?),
            _ => return None,
        })
    }

    /// What a sentence calls something that has a name.
    pub(super) fn short_label(&self, expr: &Expr) -> Option<String> {
        let of = |key: String, id: &str| Some(self.label(&key, id));
        match expr {
            Expr::Field(path) => of(format!("field.{path}"), &self.field_at(path)?.1.id),
            Expr::Value(path) => of(format!("value.{path}"), &self.value_at(path)?.1.id),
            Expr::Parameter(id) => of(format!("parameter.{id}"), id),
            Expr::Fact(id) => of(format!("fact.{id}"), id),
            Expr::Fee(id) => of(format!("fee.{id}"), id),
            Expr::Entitlement(id) => of(format!("entitlement.{id}"), id),
            Expr::FeeSubtotal | Expr::EntitlementSubtotal => Some(self.text("explain.subtotal")),
            Expr::Count(id) => Some(self.group_title(self.group_at(id)?)),
            Expr::Local(name) => self.local_label(name),
            Expr::Collect { table, .. } => of(format!("table.{table}"), table),
            _ => None,
        }
    }

    /// What has a name, with the record that it is of.
    pub(super) fn scoped_label(&self, expr: &Expr, scope: Scope<'_, 'a>) -> Option<String> {
        let label = self.short_label(expr)?;
        let group = match expr {
            Expr::Field(path) => self.field_at(path)?.1.group,
            Expr::Value(path) => self.value_at(path)?.1.group,
            _ => None,
        };
        Some(self.numbered(&label, self.own_record(group, scope)))
    }

    fn today(&self) -> Explanation {
        let day = format::date(self.texts, self.evaluation.as_of);
        let label = self.text("explain.today");
        Explanation {
            expression: self.name("today"),
            ..self.stated(Kind::Day, &label, Some(day))
        }
    }

    /// A value with its reasons; the second time in one explanation its figure is enough.
    pub(super) fn value(&mut self, index: usize, at: Option<RecordAt>) -> Explanation {
        let value = &self.plan.program().values[index];
        let key = format!("value.{}", value.path);
        let state = match at {
            Some(RecordAt { group, record }) => {
                let slots = &self.evaluation.groups[group].records[record].slots;
                slots.get(value.slot).cloned()
            }
            None => self.evaluation.scalars.get(value.slot).cloned(),
        };
        let shown = state.and_then(|state| match state {
            State::Blank => Some(self.text("explain.none")),
            state => self.shown(&state, &value.type_),
        });
        let label = self.numbered(&self.label(&key, &value.id), at);
        let scope = at.map_or_else(Scope::default, |at| self.record_scope(at));
        let declared = self.declared_value(index);
        let first = self
            .told
            .insert(format!("value {index} {:?}", at.map(|at| at.record)));
        let because = match declared {
            Some(declared) if first => self.reasons(&declared.expr, &value.code, scope),
            _ => Vec::new(),
        };
        Explanation {
            node: Some(format!("values.{}", self.path(&value.path, &value.id, at))),
            source: self.source(&key),
            expression: declared.and_then(|declared| self.expression(&declared.expr, scope)),
            because,
            ..self.stated(Kind::Value, &label, shown)
        }
    }

    /// A value as published.
    pub(super) fn declared_value(&self, index: usize) -> Option<&'a Value> {
        let program = self.plan.program();
        let value = &program.values[index];
        let rules = self.plan.rules();
        let Some(group) = value.group else {
            return rules.values.iter().find(|v| v.value == value.id);
        };
        let declared = self.declared_group(group)?;
        declared.values.iter().find(|v| v.value == value.id)
    }

    /// A parameter with the period that holds, and the source of that period.
    pub(super) fn parameter(&mut self, index: usize) -> Explanation {
        let because = self.rules_day();
        self.parameter_on_day(index, self.evaluation.rules_day, because)
    }

    /// A parameter on a day; `because` says where the day comes from.
    pub(super) fn parameter_on_day(
        &self,
        index: usize,
        day: Option<Day>,
        because: Vec<Explanation>,
    ) -> Explanation {
        let parameter = &self.plan.program().parameters[index];
        if let Some(period) = day.and_then(|day| period_on(parameter, day)) {
            return Explanation {
                because,
                ..self.period(index, period)
            };
        }
        let missing = day.map(|day| {
            let date = format::date(self.texts, day);
            self.say("explain.no_period", &[("date", &date)], || "–".to_owned())
        });
        let label = self.label(&format!("parameter.{}", parameter.id), &parameter.id);
        let told = self.stated(Kind::Parameter, &label, missing);
        Explanation {
            node: Some(format!("parameters.{}", parameter.id)),
            value: None,
            expression: self.name(&parameter.id),
            because,
            ..told
        }
    }

    /// A period of a parameter with its value and source.
    pub(super) fn period(&self, index: usize, period: usize) -> Explanation {
        let parameter = &self.plan.program().parameters[index];
        let (days, literal) = &parameter.periods[period];
        let value = self.literal(literal, &parameter.type_);
        let shown = match self.span_words(days.from, days.to) {
            Some(span) => format!("{value} ({span})"),
            None => value.clone(),
        };
        let label = self.label(&format!("parameter.{}", parameter.id), &parameter.id);
        let told = self.stated(Kind::Parameter, &label, Some(shown));
        Explanation {
            node: Some(format!("parameters.{}", parameter.id)),
            value: Some(value),
            source: self.source(&format!("parameter.{}.{period}", parameter.id)),
            expression: self.name(&parameter.id),
            ..told
        }
    }

    /// From when to when something holds; none where it always does.
    fn span_words(&self, from: Option<Day>, to: Option<Day>) -> Option<String> {
        let from = from.map(|day| format::date(self.texts, day));
        let to = to.map(|day| format::date(self.texts, day));
        Some(match (&from, &to) {
            (Some(from), Some(to)) => {
                let days = [("from", from.as_str()), ("to", to.as_str())];
                self.say("explain.from_to", &days, || format!("{from} – {to}"))
            }
            (Some(from), None) => {
                self.say("explain.since", &[("date", from)], || format!("{from} –"))
            }
            (None, Some(to)) => self.say("explain.until", &[("date", to)], || format!("– {to}")),
            (None, None) => return None,
        })
    }

    /// A parameter by itself: the period that holds first, then all others.
    pub(super) fn parameter_node(&mut self, index: usize) -> Explanation {
        let mut told = self.parameter(index);
        let parameter = &self.plan.program().parameters[index];
        let day = self.evaluation.rules_day;
        let current = day.and_then(|day| period_on(parameter, day));
        for (position, (days, literal)) in parameter.periods.iter().enumerate() {
            if Some(position) == current {
                continue;
            }
            // A period without an end lasts until the next begins.
            let next = parameter.periods.get(position + 1);
            let next = next.and_then(|(days, _)| days.from?.add_days(-1));
            let Some(span) = self.span_words(days.from, days.to.or(next)) else {
                continue;
            };
            let value = self.literal(literal, &parameter.type_);
            let reason = Explanation {
                source: self.source(&format!("parameter.{}.{position}", parameter.id)),
                ..self.stated(Kind::Parameter, &span, Some(value))
            };
            self.add(&mut told.because, reason);
        }
        told
    }

    /// Which day's rules hold, where an answer says so.
    fn rules_day(&mut self) -> Vec<Explanation> {
        let Some(field) = self.plan.program().rules_of else {
            return Vec::new();
        };
        let day = self.evaluation.rules_day;
        let day = day.map(|day| format::date(self.texts, day));
        let label = self.text("explain.rules_of");
        let answer = self.answer(field, Scope::default());
        vec![Explanation {
            because: vec![answer],
            ..self.stated(Kind::Day, &label, day)
        }]
    }

    pub(super) fn fact(&mut self, index: usize) -> Explanation {
        let fact = &self.plan.program().facts[index];
        let key = format!("fact.{}", fact.id);
        let type_ = fact.kind.type_(key.clone());
        let state = &self.evaluation.scalars[fact.slot];
        let shown = self.shown(state, &type_);
        let told = match &shown {
            Some(_) => self.stated(Kind::Fact, &self.label(&key, &fact.id), shown.clone()),
            None => {
                let open = Some(self.text("explain.fact.open"));
                self.stated(Kind::Fact, &self.label(&key, &fact.id), open)
            }
        };
        Explanation {
            node: Some(format!("facts.{}", fact.id)),
            value: shown,
            expression: self.name(&fact.id),
            ..told
        }
    }
}
