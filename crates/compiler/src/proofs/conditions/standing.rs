//! The conditions of a form, where they stand.

use counterfoil_engine::plan::{Expr, FieldType, PageContent, Requirement, Rules};

use crate::{
    check::{Checker, Obligation},
    definition,
    proofs::{cases::Probe, model::Model, walk},
    source::Span,
};

/// What a condition decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Whether a page is asked.
    Page(String),
    /// Whether a field is asked.
    Field(String),
    /// Whether an option of a field is offered.
    Option(String, String),
    /// Whether a field or group must be answered.
    Required(String),
    /// Whether a check applies.
    CheckWhen(String),
    /// What a check requires.
    Check(String),
    /// Whether a rule applies.
    RuleWhen(String),
    /// What a rule requires.
    Rule(String),
    /// Whether a fee or entitlement line applies.
    Line(String),
    /// An operand of `and` or `or`.
    Operand,
    /// The condition of an `if`.
    Branch,
}

/// A condition where it stands.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What it decides.
    pub place: Place,
    /// Where it was written.
    pub span: Span,
    /// The condition, with what holds where it stands.
    pub probe: Probe,
}

/// Every condition of a form.
pub fn conditions(checker: &Checker<'_>, model: &Model<'_>) -> Vec<Condition> {
    let mut found = Found {
        checker,
        model,
        conditions: Vec::new(),
    };
    found.pages(model.rules);
    found.checks(model.rules);
    found.rules(model.rules);
    found.lines(model.rules);
    for open in &checker.open {
        let place = match open.obligation {
            Obligation::Operand => Place::Operand,
            Obligation::Branch => Place::Branch,
            Obligation::Divisor | Obligation::Moved | Obligation::Called | Obligation::LookedUp => {
                continue;
            }
        };
        let group = open.group.map(|group| group_id(checker, group));
        let assumed = open.assumed.clone();
        found.add(place, open.span, open.expr.clone(), assumed, group);
    }
    found.conditions
}

struct Found<'c, 'f, 'p> {
    checker: &'c Checker<'f>,
    model: &'c Model<'p>,
    conditions: Vec<Condition>,
}

impl Found<'_, '_, '_> {
    fn add(
        &mut self,
        place: Place,
        span: Span,
        expr: Expr,
        assumed: Vec<Expr>,
        group: Option<String>,
    ) {
        self.conditions.push(Condition {
            place,
            span,
            probe: Probe {
                expr,
                assumed,
                group,
            },
        });
    }

    fn pages(&mut self, rules: &Rules) {
        let (form, names) = (self.checker.form, &self.checker.names);
        for (page, written) in rules.pages.iter().zip(&form.pages) {
            if let (Some(when), Some(source)) = (&page.when, &written.when) {
                let place = Place::Page(page.page.clone());
                self.add(place, source.span, when.clone(), Vec::new(), None);
            }
            let PageContent::Group(group) = &page.content else {
                continue;
            };
            let entry = names
                .groups
                .iter()
                .find(|g| g.group.group.value == group.group);
            let source = entry.and_then(|entry| entry.group.required.as_ref());
            if let (Requirement::When(required), Some(definition::Requirement::When(source))) =
                (&group.required, source)
            {
                let place = Place::Required(group.group.clone());
                let assumed = page.when.clone().into_iter().collect();
                self.add(place, source.span, required.clone(), assumed, None);
            }
        }
        for (index, entry) in names.fields.iter().enumerate() {
            let Some(at) = self.model.field_at(&entry.path) else {
                continue;
            };
            let group = at.group.map(|group| group.group.clone());
            let shown = self.model.shown(at);
            if let (Some(when), Some(source)) = (&at.field.when, &entry.field.when) {
                let place = Place::Field(entry.path.clone());
                let outer = shown[..shown.len().saturating_sub(1)].to_vec();
                self.add(place, source.span, when.clone(), outer, group.clone());
            }
            if let (Requirement::When(required), Some(definition::Requirement::When(source))) =
                (&at.field.required, &entry.field.required)
            {
                let place = Place::Required(entry.path.clone());
                let (span, required) = (source.span, required.clone());
                self.add(place, span, required, shown.clone(), group.clone());
            }
            let (FieldType::Choice { options } | FieldType::Set { options }) = &at.field.type_
            else {
                continue;
            };
            let written = &self.checker.fields[index].options;
            for (option, written) in options.iter().zip(written) {
                if let (Some(when), Some(source)) = (&option.when, &written.when) {
                    let place = Place::Option(entry.path.clone(), option.option.clone());
                    let (span, when) = (source.span, when.clone());
                    self.add(place, span, when, shown.clone(), group.clone());
                }
            }
        }
    }

    fn checks(&mut self, rules: &Rules) {
        let form = self.checker.form;
        for (check, written) in rules.checks.iter().zip(&form.checks) {
            let (mut assumed, group) = match self.model.field_at(&check.at) {
                Some(at) => {
                    let group = at.group.map(|group| group.group.clone());
                    (self.model.shown(at), group)
                }
                None => {
                    let page = self.model.group(&check.at).map(|(_, page)| page);
                    let when = page.and_then(|page| page.when.clone());
                    (when.into_iter().collect(), None)
                }
            };
            if let (Some(when), Some(source)) = (&check.when, &written.when) {
                let place = Place::CheckWhen(check.check.clone());
                let (span, outer) = (source.span, assumed.clone());
                self.add(place, span, when.clone(), outer, group.clone());
                assumed.push(when.clone());
            }
            let place = Place::Check(check.check.clone());
            let require = check.require.clone();
            self.add(place, written.require.span, require, assumed, group);
        }
    }

    fn rules(&mut self, rules: &Rules) {
        let form = self.checker.form;
        for (decision, written) in rules.decisions.iter().zip(&form.decisions) {
            for (rule, written) in decision.rules.iter().zip(&written.rules) {
                let mut assumed = Vec::new();
                if let (Some(when), Some(source)) = (&rule.when, &written.when) {
                    let place = Place::RuleWhen(rule.rule.clone());
                    self.add(place, source.span, when.clone(), Vec::new(), None);
                    assumed.push(when.clone());
                }
                let place = Place::Rule(rule.rule.clone());
                let require = rule.require.clone();
                self.add(place, written.require.span, require, assumed, None);
            }
        }
    }

    fn lines(&mut self, rules: &Rules) {
        let form = self.checker.form;
        for (lines, written, fees) in [
            (&rules.fees, &form.fees, true),
            (&rules.entitlements, &form.entitlements, false),
        ] {
            let ids: Vec<&str> = lines.iter().map(|line| line.line.as_str()).collect();
            for (index, (line, written)) in lines.iter().zip(written).enumerate() {
                let (Some(when), Some(source)) = (&line.when, &written.when) else {
                    continue;
                };
                let above = &ids[..index];
                let (fees, entitlements) = if fees {
                    (above, &[][..])
                } else {
                    (&[][..], above)
                };
                let when = walk::without_subtotal(when.clone(), fees, entitlements);
                let place = Place::Line(line.line.clone());
                self.add(place, source.span, when, Vec::new(), None);
            }
        }
    }
}

fn group_id(checker: &Checker<'_>, group: usize) -> String {
    checker.names.groups[group].group.group.value.clone()
}
