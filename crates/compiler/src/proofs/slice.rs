//! The part of a plan on which some conditions hang.
//!
//! How a condition comes out depends on what it reads, however far behind, and on nothing else. A plan of
//! that alone shows the same, and its size does not grow with the form.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::plan::{
    Decision, Expr, Fact, Field, FieldType, Line, Page, PageContent, Parameter, Published,
    Requirement, Rule, Rules, RulesOf, Table, Texts, Value,
};

use super::{cases::each_expr, model::Model, walk};

/// The plan of what the conditions read; it has no texts.
pub fn slice(model: &Model<'_>, published: &Published, conditions: &[Expr]) -> Option<Published> {
    let mut part = Part::of(model);
    if let RulesOf::Field(path) = &model.rules.rules_of {
        part.field(path);
    }
    part.open.extend(conditions);
    while let Some(expr) = part.open.pop() {
        walk::each_part(expr, &mut |read| part.read(read));
    }
    let default = model.rules.languages.first()?;
    let texts = published.texts.get(default)?;
    let texts = Texts {
        locale: texts.locale.clone(),
        status: texts.status,
        formats: texts.formats.clone(),
        texts: BTreeMap::new(),
    };
    Some(Published::new(
        part.rules(),
        vec![texts],
        Default::default(),
    ))
}

/// How much work one evaluation is, roughly: parts of expressions, answers, and rows of tables.
pub fn work(rules: &Rules) -> usize {
    let mut parts = 1;
    each_expr(rules, &mut |expr| {
        walk::each_part(expr, &mut |_| parts += 1);
    });
    for page in &rules.pages {
        parts += match &page.content {
            PageContent::Fields(fields) => fields.len(),
            PageContent::Group(group) => group.fields.len(),
        };
    }
    parts + rules.tables.iter().map(|t| t.rows.len()).sum::<usize>()
}

/// What has been read so far.
struct Part<'a> {
    model: &'a Model<'a>,
    /// Expressions that are still to be looked into.
    open: Vec<&'a Expr>,
    /// Single fields, by the positions of their pages and of themselves in those.
    fields: BTreeMap<usize, BTreeMap<usize, &'a Field>>,
    /// Positions of the pages of groups.
    groups: BTreeSet<usize>,
    facts: BTreeMap<&'a str, &'a FieldType>,
    parameters: BTreeMap<&'a str, &'a Parameter>,
    tables: BTreeMap<&'a str, &'a Table>,
    values: BTreeMap<&'a str, &'a Value>,
    rules: BTreeMap<&'a str, BTreeMap<&'a str, &'a Rule>>,
    fees: BTreeMap<usize, &'a Line>,
    entitlements: BTreeMap<usize, &'a Line>,
    functions: bool,
}

impl<'a> Part<'a> {
    fn of(model: &'a Model<'a>) -> Self {
        Self {
            model,
            open: Vec::new(),
            fields: BTreeMap::new(),
            groups: BTreeSet::new(),
            facts: BTreeMap::new(),
            parameters: BTreeMap::new(),
            tables: BTreeMap::new(),
            values: BTreeMap::new(),
            rules: BTreeMap::new(),
            fees: BTreeMap::new(),
            entitlements: BTreeMap::new(),
            functions: false,
        }
    }

    fn read(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Field(path) => self.field(path),
            Expr::Value(path) => match path.split_once('.') {
                Some((group, _)) => self.group(group),
                None => {
                    if let Some(value) = self.model.computed(path)
                        && self.values.insert(&value.value, value).is_none()
                    {
                        self.open.push(&value.expr);
                    }
                }
            },
            Expr::Count(group) | Expr::Aggregate { group, .. } | Expr::Each { group, .. } => {
                self.group(group);
            }
            Expr::Parameter(id)
            | Expr::ParameterOn { parameter: id, .. }
            | Expr::Accrue { parameter: id, .. } => {
                let found = self.model.parameter(id);
                self.parameters.extend(found.map(|p| (id.as_str(), p)));
            }
            Expr::Fact(id) => {
                let found = self.model.fact(id);
                self.facts.extend(found.map(|type_| (id.as_str(), type_)));
            }
            Expr::Table { table, .. }
            | Expr::OverRows { table, .. }
            | Expr::Collect { table, .. } => {
                let found = self.model.table(table);
                self.tables.extend(found.map(|t| (table.as_str(), t)));
            }
            Expr::Rule { decision, rule } => {
                if let Some(found) = self.model.rule(decision, rule) {
                    let rules = self.rules.entry(decision).or_default();
                    if rules.insert(rule, found).is_none() {
                        self.open.extend(&found.when);
                        self.open.push(&found.require);
                    }
                }
            }
            Expr::Fee(id) => self.line(id, true),
            Expr::Entitlement(id) => self.line(id, false),
            // A subtotal is of all the lines above.
            Expr::FeeSubtotal => {
                for line in &self.model.rules.fees {
                    self.line(&line.line, true);
                }
            }
            Expr::EntitlementSubtotal => {
                for line in &self.model.rules.entitlements {
                    self.line(&line.line, false);
                }
            }
            Expr::Call { .. } if !self.functions => {
                self.functions = true;
                let functions = &self.model.rules.functions;
                self.open.extend(functions.iter().map(|f| &f.expr));
            }
            _ => {}
        }
    }

    fn field(&mut self, path: &str) {
        let (Some(at), Some((page, position))) =
            (self.model.field_at(path), self.model.place(path))
        else {
            return;
        };
        if let Some(group) = at.group {
            self.group(&group.group);
            return;
        }
        let known = self.fields.entry(page).or_default();
        if known.insert(position, at.field).is_none() {
            self.open.extend(&at.page.when);
            self.conditions(at.field);
        }
    }

    fn conditions(&mut self, field: &'a Field) {
        self.open.extend(&field.when);
        if let Requirement::When(when) = &field.required {
            self.open.push(when);
        }
        if let FieldType::Choice { options } | FieldType::Set { options } = &field.type_ {
            self.open
                .extend(options.iter().filter_map(|o| o.when.as_ref()));
        }
    }

    fn group(&mut self, id: &str) {
        let (Some((group, page)), Some((position, _))) =
            (self.model.group(id), self.model.place(id))
        else {
            return;
        };
        if self.groups.insert(position) {
            self.open.extend(page.when.iter().chain(&group.when));
            if let Requirement::When(when) = &group.required {
                self.open.push(when);
            }
            for field in &group.fields {
                self.conditions(field);
            }
            self.open.extend(group.values.iter().map(|v| &v.expr));
        }
    }

    fn line(&mut self, id: &str, fee: bool) {
        let Some((position, line)) = self.model.line_at(id, fee) else {
            return;
        };
        let lines = if fee {
            &mut self.fees
        } else {
            &mut self.entitlements
        };
        if lines.insert(position, line).is_none() {
            self.open.extend(&line.when);
            self.open.push(&line.amount);
        }
    }

    fn rules(self) -> Rules {
        let all = self.model.rules;
        let mut pages: BTreeMap<usize, Page> = BTreeMap::new();
        for (position, fields) in self.fields {
            let page = &all.pages[position];
            let fields = fields.into_values().cloned().collect();
            let page = Page {
                page: page.page.clone(),
                section: None,
                when: page.when.clone(),
                content: PageContent::Fields(fields),
            };
            pages.insert(position, page);
        }
        let groups = self.groups.into_iter();
        pages.extend(groups.map(|position| (position, all.pages[position].clone())));
        let pages: Vec<Page> = pages.into_values().collect();
        let lines = |lines: BTreeMap<usize, &Line>| -> Vec<Line> {
            let lines = lines.into_values();
            let plain = |line: &Line| Line {
                decisions: Vec::new(),
                ..line.clone()
            };
            lines.map(plain).collect()
        };
        let decisions = self.rules.into_iter().map(|(decision, rules)| Decision {
            decision: decision.to_owned(),
            if_ineligible: Default::default(),
            hides_changes: false,
            rules: rules
                .into_values()
                .map(|rule| Rule {
                    params: Vec::new(),
                    ..rule.clone()
                })
                .collect(),
        });
        let mut patterns = BTreeMap::new();
        let types = pages.iter().flat_map(|page| match &page.content {
            PageContent::Fields(fields) => fields,
            PageContent::Group(group) => &group.fields,
        });
        let types = types.map(|field| &field.type_);
        for type_ in types.chain(self.facts.values().copied()) {
            if let FieldType::Text {
                pattern: Some(pattern),
                ..
            } = type_
            {
                let found = all.patterns.get(pattern);
                patterns.extend(found.map(|found| (pattern.clone(), found.clone())));
            }
        }
        Rules {
            form: all.form.clone(),
            semantics: all.semantics,
            currency: all.currency.clone(),
            timezone: all.timezone.clone(),
            effective: all.effective,
            rules_of: all.rules_of.clone(),
            leap_birthday: all.leap_birthday,
            weekend: all.weekend.clone(),
            languages: all.languages.iter().take(1).cloned().collect(),
            privacy: None,
            facts: self
                .facts
                .into_iter()
                .map(|(id, type_)| Fact {
                    fact: id.to_owned(),
                    type_: type_.clone(),
                })
                .collect(),
            parameters: self.parameters.into_values().cloned().collect(),
            tables: self.tables.into_values().cloned().collect(),
            functions: if self.functions {
                all.functions.clone()
            } else {
                Vec::new()
            },
            patterns,
            values: self.values.into_values().cloned().collect(),
            checks: Vec::new(),
            decisions: decisions.collect(),
            fees: lines(self.fees),
            entitlements: lines(self.entitlements),
            pages,
        }
    }
}
