//! A plan's rules by name, as proofs ask for them.

use std::collections::HashMap;

use counterfoil_engine::plan::{
    Expr, Field, FieldType, Group, Line, Page, PageContent, Parameter, Requirement, Rule, Rules,
    Table, Value,
};

use super::{
    implication::{Domain, Environment, FieldFacts, Required},
    theory,
};

/// A field of a plan.
#[derive(Clone, Copy, Debug)]
pub struct FieldAt<'p> {
    /// The field.
    pub field: &'p Field,
    /// Its page.
    pub page: &'p Page,
    /// Its group.
    pub group: Option<&'p Group>,
}

/// A plan's rules by name.
#[derive(Debug)]
pub struct Model<'p> {
    /// The rules.
    pub rules: &'p Rules,
    /// Fields by path, in the order in which they are asked.
    pub paths: Vec<String>,
    fields: HashMap<String, FieldAt<'p>>,
    groups: HashMap<&'p str, (&'p Group, &'p Page)>,
    /// Positions of fields by path, and of groups by id: of the page, and of the field on it.
    places: HashMap<String, (usize, usize)>,
    values: HashMap<String, &'p Value>,
    parameters: HashMap<&'p str, &'p Parameter>,
    facts: HashMap<&'p str, &'p FieldType>,
    tables: HashMap<&'p str, &'p Table>,
    decision_rules: HashMap<(&'p str, &'p str), &'p Rule>,
    fees: HashMap<&'p str, (usize, &'p Line)>,
    entitlements: HashMap<&'p str, (usize, &'p Line)>,
}

impl<'p> Model<'p> {
    /// The model of a plan.
    pub fn of(rules: &'p Rules) -> Self {
        let mut model = Self {
            rules,
            paths: Vec::new(),
            fields: HashMap::new(),
            groups: HashMap::new(),
            places: HashMap::new(),
            values: HashMap::new(),
            parameters: rules
                .parameters
                .iter()
                .map(|p| (p.parameter.as_str(), p))
                .collect(),
            facts: rules
                .facts
                .iter()
                .map(|f| (f.fact.as_str(), &f.type_))
                .collect(),
            tables: rules.tables.iter().map(|t| (t.table.as_str(), t)).collect(),
            decision_rules: HashMap::new(),
            fees: lines(&rules.fees),
            entitlements: lines(&rules.entitlements),
        };
        for (position, page) in rules.pages.iter().enumerate() {
            let (fields, group) = match &page.content {
                PageContent::Fields(fields) => (fields, None),
                PageContent::Group(group) => (&group.fields, Some(&**group)),
            };
            for (index, field) in fields.iter().enumerate() {
                let path = match group {
                    Some(group) => format!("{}.{}", group.group, field.field),
                    None => field.field.clone(),
                };
                model.paths.push(path.clone());
                model.places.insert(path.clone(), (position, index));
                model.fields.insert(path, FieldAt { field, page, group });
            }
            if let Some(group) = group {
                model.groups.insert(&group.group, (group, page));
                model.places.insert(group.group.clone(), (position, 0));
                for value in &group.values {
                    let path = format!("{}.{}", group.group, value.value);
                    model.values.insert(path, value);
                }
            }
        }
        for value in &rules.values {
            model.values.insert(value.value.clone(), value);
        }
        for decision in &rules.decisions {
            for rule in &decision.rules {
                let key = (decision.decision.as_str(), rule.rule.as_str());
                model.decision_rules.insert(key, rule);
            }
        }
        model
    }

    /// A field by its path, such as `streets.metres`.
    pub fn field_at(&self, path: &str) -> Option<FieldAt<'p>> {
        self.fields.get(path).copied()
    }

    /// A group and its page.
    pub fn group(&self, id: &str) -> Option<(&'p Group, &'p Page)> {
        self.groups.get(id).copied()
    }

    /// How a value is computed, by its path.
    pub fn value(&self, path: &str) -> Option<&'p Expr> {
        self.computed(path).map(|value| &value.expr)
    }

    /// A value, by its path.
    pub fn computed(&self, path: &str) -> Option<&'p Value> {
        self.values.get(path).copied()
    }

    /// Positions of a field's or group's page, and of the field on it.
    pub fn place(&self, path: &str) -> Option<(usize, usize)> {
        self.places.get(path).copied()
    }

    /// A parameter.
    pub fn parameter(&self, id: &str) -> Option<&'p Parameter> {
        self.parameters.get(id).copied()
    }

    /// The type of a fact.
    pub fn fact(&self, id: &str) -> Option<&'p FieldType> {
        self.facts.get(id).copied()
    }

    /// A table.
    pub fn table(&self, id: &str) -> Option<&'p Table> {
        self.tables.get(id).copied()
    }

    /// A rule of a decision.
    pub fn rule(&self, decision: &str, rule: &str) -> Option<&'p Rule> {
        self.decision_rules.get(&(decision, rule)).copied()
    }

    /// A fee or entitlement line.
    pub fn line(&self, id: &str, fee: bool) -> Option<&'p Line> {
        self.line_at(id, fee).map(|(_, line)| line)
    }

    /// A fee or entitlement line and its position among its kind.
    pub fn line_at(&self, id: &str, fee: bool) -> Option<(usize, &'p Line)> {
        let lines = if fee { &self.fees } else { &self.entitlements };
        lines.get(id).copied()
    }

    /// Conditions under which a field is asked, all of which must hold.
    pub fn shown(&self, field: FieldAt<'p>) -> Vec<Expr> {
        let group = field.group.and_then(|group| group.when.clone());
        let whens = [field.page.when.clone(), group, field.field.when.clone()];
        whens.into_iter().flatten().collect()
    }
}

fn lines(lines: &[Line]) -> HashMap<&str, (usize, &Line)> {
    let placed = lines.iter().enumerate();
    placed.map(|(at, l)| (l.line.as_str(), (at, l))).collect()
}

impl Environment for &Model<'_> {
    fn field(&mut self, path: &str) -> Option<FieldFacts> {
        let at = self.field_at(path)?;
        let domain = match &at.field.type_ {
            FieldType::Boolean { .. } => Domain::Boolean,
            FieldType::Choice { options } => {
                Domain::Options(options.iter().map(|o| o.option.clone()).collect())
            }
            _ => Domain::Many,
        };
        let set = matches!(at.field.type_, FieldType::Set { .. });
        let required = match &at.field.required {
            // A set that is left empty is the empty set, not blank.
            _ if set => Required::Always,
            Requirement::Always => Required::Always,
            Requirement::Never => Required::Never,
            Requirement::When(condition) => Required::When(condition.clone()),
        };
        let mut shown = self.shown(at);
        if let FieldType::Boolean { accepted: true } = at.field.type_ {
            // An answer other than yes is no answer.
            shown.push(Expr::Field(path.to_owned()));
        }
        Some(FieldFacts {
            domain,
            shown,
            required,
        })
    }

    fn definition(&mut self, name: &Expr) -> Option<Expr> {
        match name {
            Expr::Value(path) => self.value(path).cloned(),
            Expr::Rule { decision, rule } => {
                let rule = self.rule(decision, rule)?;
                Some(match &rule.when {
                    Some(when) => Expr::If {
                        condition: Box::new(when.clone()),
                        then: Box::new(rule.require.clone()),
                        otherwise: Box::new(Expr::Blank),
                    },
                    None => rule.require.clone(),
                })
            }
            _ => None,
        }
    }

    fn has_records(&mut self, group: &str) -> bool {
        self.group(group).is_some_and(|(group, page)| {
            page.when.is_none()
                && group.when.is_none()
                && group.required == Requirement::Always
                && group.min > 0
        })
    }

    fn consistent(&mut self, outcomes: &[(&Expr, bool)]) -> bool {
        theory::ranges(self, outcomes).is_some()
    }
}
