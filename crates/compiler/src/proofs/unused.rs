//! What nothing reads: parameters, tables, option sets, facts and values.
//!
//! Answers are stored and reports show values, so a field is never unused, and a value is worth no more
//! than a note, and none at all where it has a label: then it is meant for people.

use std::collections::BTreeSet;

use counterfoil_engine::plan::{Expr, Rules};

use super::{cases::each_expr, walk};
use crate::{
    codes,
    definition::{FieldType, FormDefinition, Id, InputType, Options, PageContent},
    diagnostic::Diagnostic,
    names::Names,
};

/// Diagnostics about what nothing reads.
pub fn prove(form: &FormDefinition, names: &Names<'_>, rules: &Rules) -> Vec<Diagnostic> {
    let read = Read::of(rules);
    let mut diagnostics = Vec::new();
    // Names of a shared file may be mentioned only where they mean something of a record's own.
    let own = |id: &Id| form.shared.file(id.span.file).is_none();
    let mut unused = |id: &Id, what: &str, help: &str| {
        if !own(id) {
            return;
        }
        let message = format!("nothing reads the {what} `{}`", id.value);
        diagnostics.push(Diagnostic::warning(codes::UNUSED, id.span, message).help(help));
    };
    for parameter in &form.parameters {
        if !read.parameters.contains(parameter.parameter.as_str()) {
            unused(
                &parameter.parameter,
                "parameter",
                "leave it out, or write it where its figure is meant",
            );
        }
    }
    for fact in &form.facts {
        if !read.facts.contains(fact.fact.as_str()) {
            unused(&fact.fact, "fact", "leave it out, or read it in a rule");
        }
    }
    for table in &form.tables {
        if !read.tables.contains(table.table.as_str()) {
            let id = table.table.as_str();
            unused(
                &table.table,
                "table",
                &format!("leave it out, or look something up in it, with `{id}(…)`"),
            );
        }
    }
    let sets = option_sets(form);
    for set in &form.option_sets {
        if !sets.contains(set.option_set.as_str()) {
            let id = set.option_set.as_str();
            unused(
                &set.option_set,
                "option set",
                &format!("leave it out, or let a field have `options: {id}`"),
            );
        }
    }
    for entry in &names.values {
        if !read.values.contains(entry.path.as_str()) && entry.value.label.is_none() {
            let message = format!("nothing reads the value `{}`", entry.path);
            diagnostics.push(
                Diagnostic::note(codes::UNUSED, entry.value.value.span, message)
                    .help("give it a label if reports are to show it to people, or leave it out"),
            );
        }
    }
    diagnostics
}

/// Names that are read.
#[derive(Default)]
struct Read<'r> {
    parameters: BTreeSet<&'r str>,
    facts: BTreeSet<&'r str>,
    tables: BTreeSet<&'r str>,
    values: BTreeSet<&'r str>,
}

impl<'r> Read<'r> {
    fn of(rules: &'r Rules) -> Self {
        let mut read = Self::default();
        let mut visit = |expr: &'r Expr| {
            walk::each_part(expr, &mut |part| match part {
                Expr::Parameter(id)
                | Expr::ParameterOn { parameter: id, .. }
                | Expr::Accrue { parameter: id, .. } => drop(read.parameters.insert(id)),
                Expr::Fact(id) => drop(read.facts.insert(id)),
                Expr::Table { table, .. }
                | Expr::OverRows { table, .. }
                | Expr::Collect { table, .. } => drop(read.tables.insert(table)),
                Expr::Value(path) => drop(read.values.insert(path)),
                _ => {}
            });
        };
        each_expr(rules, &mut visit);
        for function in &rules.functions {
            visit(&function.expr);
        }
        read
    }
}

/// Option sets that a field, fact or column has.
fn option_sets(form: &FormDefinition) -> BTreeSet<&str> {
    let fields = form.pages.iter().flat_map(|page| match &page.content {
        PageContent::Fields(fields) => fields.iter(),
        PageContent::Group(group) => group.fields.iter(),
    });
    let fields = fields.map(|field| &field.type_.value);
    let facts = form.facts.iter().map(|fact| &fact.type_.value);
    let inputs = form.tables.iter().flat_map(|table| &table.inputs);
    let columns = inputs.filter_map(|input| match &input.type_ {
        Some(InputType::Typed(type_)) => Some(&type_.value),
        _ => None,
    });
    let named = fields
        .chain(facts)
        .chain(columns)
        .filter_map(|type_| match type_ {
            FieldType::Choice {
                options: Options::Named(name),
            }
            | FieldType::Set {
                options: Options::Named(name),
            } => Some(name.as_str()),
            _ => None,
        });
    named.collect()
}
