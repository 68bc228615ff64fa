//! Where the source of a form says what an observer's places stand for.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::observe::Site;
use serde::Serialize;

use crate::{
    definition::{self, Field, FieldType, FormDefinition, Line, Options, PageContent, Requirement},
    expression::{BinaryOp, Expr, ExprKind},
    source::{Files, SourceMap, Span},
};

/// A line of one of the form's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, relative to the form's folder unless the places were moved.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// The places of a form's expressions, rows, periods and fields.
#[derive(Clone, Debug, Default)]
pub struct Places {
    sources: SourceMap,
    /// For each owner of an observer's places, their spans in the same order.
    spans: BTreeMap<String, Vec<Span>>,
    /// Owners that stand in a file which the form shares with others.
    shared: BTreeSet<String>,
}

impl Places {
    /// The places of a form. They are known as far as the form can be read.
    pub fn new(files: &Files) -> Self {
        let reading = definition::read(files);
        let mut places = Self {
            sources: reading.sources,
            spans: BTreeMap::new(),
            shared: BTreeSet::new(),
        };
        if let Some(form) = &reading.definition {
            places.form(form);
            places.shared(form);
        }
        places
    }

    /// The same places with file names that begin with a folder.
    #[must_use]
    pub fn within(self, folder: &str) -> Self {
        Self {
            sources: self.sources.within(folder),
            ..self
        }
    }

    /// Where a place stands.
    pub fn of(&self, site: &Site) -> Option<Place> {
        let span = self.span(site)?;
        Some(Place {
            file: self.sources.file(span.file).name().to_owned(),
            line: self.sources.position(span).line,
        })
    }

    /// What is written there, on one line.
    pub fn excerpt(&self, site: &Site) -> Option<String> {
        let text = self.sources.slice(self.span(site)?);
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether it is a part of a parameter, table or function that the form takes from a shared file.
    pub fn is_shared(&self, site: &Site) -> bool {
        self.shared.contains(&site.owner)
    }

    fn shared(&mut self, form: &FormDefinition) {
        let parameters = form.parameters.iter().map(|p| ("parameters", &p.parameter));
        let tables = form.tables.iter().map(|table| ("tables", &table.table));
        let functions = form.functions.iter().map(|f| ("functions", &f.function));
        for (kind, id) in parameters.chain(tables).chain(functions) {
            if form.shared.file(id.span.file).is_some() {
                self.shared.insert(format!("{kind}.{}", id.value));
            }
        }
    }

    /// Where exactly a place stands, one of so many of its owner; none where the source does not tell them
    /// apart.
    pub(super) fn exact(&self, site: &Site, of_owner: usize) -> Option<Span> {
        let spans = self.spans.get(&site.owner)?;
        (spans.len() == of_owner).then(|| spans.get(site.position).copied())?
    }

    fn span(&self, site: &Site) -> Option<Span> {
        let spans = self.spans.get(&site.owner)?;
        // Where source and plan do not tell the same number of places, the first is near enough.
        spans.get(site.position).or_else(|| spans.first()).copied()
    }

    fn put(&mut self, owner: impl Into<String>, spans: Vec<Span>) {
        self.spans.insert(owner.into(), spans);
    }

    /// A condition: the whole, then what is inside.
    fn condition(&mut self, owner: String, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            let mut spans = vec![expr.span];
            inside(expr, &mut spans);
            self.put(owner, spans);
        }
    }

    /// What is inside an expression.
    fn expression(&mut self, owner: String, expr: &Expr) {
        let mut spans = Vec::new();
        inside(expr, &mut spans);
        if spans.is_empty() {
            spans.push(expr.span);
        }
        self.put(owner, spans);
    }

    fn form(&mut self, form: &FormDefinition) {
        for page in &form.pages {
            self.condition(
                format!("pages.{}.when", page.page.value),
                page.when.as_ref(),
            );
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        self.field(form, field, &field.field.value);
                    }
                }
                PageContent::Group(group) => {
                    let id = &group.group.value;
                    self.put(format!("groups.{id}"), vec![group.group.span]);
                    if let Some(Requirement::When(expr)) = &group.required {
                        self.condition(format!("groups.{id}.required"), Some(expr));
                    }
                    for field in &group.fields {
                        self.field(form, field, &format!("{id}.{}", field.field.value));
                    }
                    for value in &group.values {
                        self.value(value, &format!("{id}.{}", value.value.value));
                    }
                }
            }
        }
        for value in &form.values {
            self.value(value, &value.value.value);
        }
        for function in &form.functions {
            let mut spans = Vec::new();
            for (_, expr) in &function.body.locals {
                inside(expr, &mut spans);
            }
            inside(&function.body.result, &mut spans);
            spans.push(function.span);
            self.put(format!("functions.{}", function.function.value), spans);
        }
        for check in &form.checks {
            let owner = format!("checks.{}", check.check.value);
            self.condition(format!("{owner}.when"), check.when.as_ref());
            self.condition(format!("{owner}.require"), Some(&check.require));
        }
        for decision in &form.decisions {
            let id = &decision.decision.value;
            self.put(format!("decisions.{id}"), vec![decision.decision.span]);
            for rule in &decision.rules {
                let owner = format!("rules.{id}.{}", rule.rule.value);
                self.condition(format!("{owner}.when"), rule.when.as_ref());
                self.condition(format!("{owner}.require"), Some(&rule.require));
            }
        }
        self.lines("fees", &form.fees);
        self.lines("entitlements", &form.entitlements);
        for table in &form.tables {
            let rows = table.rows.iter().map(|row| row.span).collect();
            self.put(format!("tables.{}", table.table.value), rows);
        }
        for parameter in &form.parameters {
            let periods = parameter.periods.iter().map(|period| period.span).collect();
            self.put(format!("parameters.{}", parameter.parameter.value), periods);
        }
    }

    fn field(&mut self, form: &FormDefinition, field: &Field, path: &str) {
        let owner = format!("fields.{path}");
        self.put(owner.clone(), vec![field.field.span]);
        self.condition(format!("{owner}.when"), field.when.as_ref());
        if let Some(Requirement::When(expr)) = &field.required {
            self.condition(format!("{owner}.required"), Some(expr));
        }
        let (FieldType::Choice { options } | FieldType::Set { options }) = &field.type_.value
        else {
            return;
        };
        let options = match options {
            Options::Inline(options) => options.as_slice(),
            Options::Named(id) => (form.option_sets.iter())
                .find(|set| set.option_set.value == id.value)
                .map_or(&[][..], |set| &set.options),
            Options::Error => &[],
        };
        for option in options {
            let owner = format!("{owner}.options.{}.when", option.option.value);
            self.condition(owner, option.when.as_ref());
        }
    }

    fn value(&mut self, value: &definition::Value, path: &str) {
        self.expression(format!("values.{path}"), &value.expr);
        self.put(format!("values.{path}.figure"), vec![value.value.span]);
    }

    fn lines(&mut self, kind: &str, lines: &[Line]) {
        for line in lines {
            let owner = format!("{kind}.{}", line.line.value);
            self.condition(format!("{owner}.when"), line.when.as_ref());
            self.expression(format!("{owner}.amount"), &line.amount);
            self.put(format!("{owner}.figure"), vec![line.line.span]);
        }
    }
}

/// The operands, conditions and `??` inside an expression, in the order in which an observer lists them.
fn inside(expr: &Expr, spans: &mut Vec<Span>) {
    match &expr.kind {
        ExprKind::And(operands) | ExprKind::Or(operands) => {
            for operand in operands {
                spans.push(operand.span);
                inside(operand, spans);
            }
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => {
            spans.push(condition.span);
            for part in [condition, then, otherwise] {
                inside(part, spans);
            }
        }
        ExprKind::Binary { op, left, right } => {
            if op.value == BinaryOp::Default {
                spans.push(expr.span);
            }
            inside(left, spans);
            inside(right, spans);
        }
        ExprKind::Member { base, .. } => inside(base, spans),
        ExprKind::Method {
            base, arguments, ..
        } => {
            inside(base, spans);
            for argument in arguments {
                inside(argument, spans);
            }
        }
        ExprKind::Call { arguments, .. } | ExprKind::List(arguments) => {
            for argument in arguments {
                inside(argument, spans);
            }
        }
        ExprKind::Not(operand) | ExprKind::Negate(operand) => inside(operand, spans),
        ExprKind::Boolean(_)
        | ExprKind::Number { .. }
        | ExprKind::Text(_)
        | ExprKind::Name(_)
        | ExprKind::Error => {}
    }
}
