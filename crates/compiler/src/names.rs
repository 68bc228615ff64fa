//! What a form declares, and what a name means where it is written.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    codes,
    definition::{Field, FormDefinition, Group, Id, Line, PageContent, Value},
    diagnostic::Diagnostic,
    source::Span,
};

/// What a name in the shared namespace stands for. The numbers are positions in [`Names`] or in the
/// form's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A field, in [`Names::fields`].
    Field(usize),
    /// A group, in [`Names::groups`].
    Group(usize),
    /// A computed value, in [`Names::values`].
    Value(usize),
    /// A parameter.
    Parameter(usize),
    /// A table.
    Table(usize),
    /// A fact.
    Fact(usize),
    /// A function.
    Function(usize),
}

/// A field of the form or of a group's record.
#[derive(Debug)]
pub struct FieldEntry<'f> {
    /// `event_date`, or `streets.metres` in a group.
    pub path: String,
    /// The field as written.
    pub field: &'f Field,
    /// Position of its page.
    pub page: usize,
    /// Position of its group.
    pub group: Option<usize>,
}

/// A group.
#[derive(Debug)]
pub struct GroupEntry<'f> {
    /// The group as written.
    pub group: &'f Group,
    /// Position of its page.
    pub page: usize,
    /// Positions of its fields.
    pub fields: Range<usize>,
    members: BTreeMap<&'f str, (Item, Span)>,
}

/// A computed value of the form or of a group's record.
#[derive(Debug)]
pub struct ValueEntry<'f> {
    /// `closed_metres`, or `structures.base_fee` in a group.
    pub path: String,
    /// The value as written.
    pub value: &'f Value,
    /// Position of its group.
    pub group: Option<usize>,
}

/// Everything that has a name in a form.
#[derive(Debug)]
pub struct Names<'f> {
    /// Fields in the order in which they are asked.
    pub fields: Vec<FieldEntry<'f>>,
    /// Groups in the order in which they are asked.
    pub groups: Vec<GroupEntry<'f>>,
    /// Values: those of groups, then those of the form.
    pub values: Vec<ValueEntry<'f>>,
    field_paths: BTreeMap<String, usize>,
    value_paths: BTreeMap<String, usize>,
    outer: BTreeMap<&'f str, (Item, Span)>,
    /// Names of shared files that the form does not use.
    left_out: &'f [String],
}

impl<'f> Names<'f> {
    /// Collects the names of a form and reports those that clash.
    pub fn collect(form: &'f FormDefinition, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self {
            fields: Vec::new(),
            groups: Vec::new(),
            values: Vec::new(),
            field_paths: BTreeMap::new(),
            value_paths: BTreeMap::new(),
            outer: BTreeMap::new(),
            left_out: &form.shared.left_out,
        };
        for (position, page) in form.pages.iter().enumerate() {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        let item = Item::Field(names.fields.len());
                        names.fields.push(FieldEntry {
                            path: field.field.value.clone(),
                            field,
                            page: position,
                            group: None,
                        });
                        names.declare(&field.field, item, diagnostics);
                    }
                }
                PageContent::Group(group) => names.declare_group(group, position, diagnostics),
            }
        }
        for value in &form.values {
            let item = Item::Value(names.values.len());
            names.values.push(ValueEntry {
                path: value.value.value.clone(),
                value,
                group: None,
            });
            names.declare(&value.value, item, diagnostics);
        }
        for (position, parameter) in form.parameters.iter().enumerate() {
            names.declare(&parameter.parameter, Item::Parameter(position), diagnostics);
        }
        for (position, fact) in form.facts.iter().enumerate() {
            names.declare(&fact.fact, Item::Fact(position), diagnostics);
        }
        for (position, table) in form.tables.iter().enumerate() {
            names.declare(&table.table, Item::Table(position), diagnostics);
        }
        for (position, function) in form.functions.iter().enumerate() {
            names.declare(&function.function, Item::Function(position), diagnostics);
        }
        for (position, entry) in names.fields.iter().enumerate() {
            let position_of = names.field_paths.entry(entry.path.clone());
            position_of.or_insert(position);
        }
        for (position, entry) in names.values.iter().enumerate() {
            let position_of = names.value_paths.entry(entry.path.clone());
            position_of.or_insert(position);
        }
        names.report_shadowing(diagnostics);
        report_other_duplicates(form, diagnostics);
        names
    }

    fn declare(&mut self, id: &'f Id, item: Item, diagnostics: &mut Vec<Diagnostic>) {
        if let Some((_, earlier)) = self.outer.get(id.as_str()) {
            diagnostics.push(duplicate(id, *earlier, "fields, groups, values, parameters, facts, tables and functions share one set of names: give one of the two another"));
        } else {
            self.outer.insert(id.as_str(), (item, id.span));
        }
    }

    fn declare_group(&mut self, group: &'f Group, page: usize, diagnostics: &mut Vec<Diagnostic>) {
        let position = self.groups.len();
        let first_field = self.fields.len();
        let path = |id: &Id| format!("{}.{}", group.group.value, id.value);
        let mut members = BTreeMap::new();
        let mut declare = |id: &'f Id, item: Item| {
            if let Some((_, earlier)) = members.get(id.as_str()) {
                diagnostics.push(duplicate(id, *earlier, "give one of the two another name"));
            } else {
                members.insert(id.as_str(), (item, id.span));
            }
        };
        for field in &group.fields {
            declare(&field.field, Item::Field(self.fields.len()));
            self.fields.push(FieldEntry {
                path: path(&field.field),
                field,
                page,
                group: Some(position),
            });
        }
        for value in &group.values {
            declare(&value.value, Item::Value(self.values.len()));
            self.values.push(ValueEntry {
                path: path(&value.value),
                value,
                group: Some(position),
            });
        }
        self.groups.push(GroupEntry {
            group,
            page,
            fields: first_field..self.fields.len(),
            members,
        });
        self.declare(&group.group, Item::Group(position), diagnostics);
    }

    fn report_shadowing(&self, diagnostics: &mut Vec<Diagnostic>) {
        for group in &self.groups {
            for (name, (_, span)) in &group.members {
                let Some((_, outer)) = self.outer.get(name) else {
                    continue;
                };
                diagnostics.push(
                    Diagnostic::error(
                        codes::SHADOWED_NAME,
                        *span,
                        format!("`{name}` is also a name outside the group"),
                    )
                    .label(*outer, "declared here")
                    .help("inside the group nobody could tell which of the two is meant: give one another name"),
                );
            }
        }
    }

    /// What a bare name means in a record of the group, or outside every group.
    pub fn resolve(&self, name: &str, group: Option<usize>) -> Option<Item> {
        group
            .and_then(|group| self.member(group, name))
            .or_else(|| self.outer.get(name).map(|(item, _)| *item))
    }

    /// Where a name outside every group is declared.
    pub fn place(&self, name: &str) -> Option<Span> {
        self.outer.get(name).map(|(_, span)| *span)
    }

    /// Position of the field with a path; the first, where two have the same.
    pub fn field_at(&self, path: &str) -> Option<usize> {
        self.field_paths.get(path).copied()
    }

    /// Position of the value with a path; the first, where two have the same.
    pub fn value_at(&self, path: &str) -> Option<usize> {
        self.value_paths.get(path).copied()
    }

    /// What a name means within a group.
    pub fn member(&self, group: usize, name: &str) -> Option<Item> {
        self.groups[group].members.get(name).map(|(item, _)| *item)
    }

    /// Names that can be written in a record of the group, or outside every group, those that would be
    /// taken from a shared file included.
    pub fn visible(&self, group: Option<usize>) -> impl Iterator<Item = &'f str> {
        let members = group.map(|group| self.groups[group].members.keys().copied());
        self.outer
            .keys()
            .copied()
            .chain(members.into_iter().flatten())
            .chain(self.left_out.iter().map(String::as_str))
    }

    /// Names within a group.
    pub fn members(&self, group: usize) -> impl Iterator<Item = &'f str> {
        self.groups[group].members.keys().copied()
    }

    /// Groups that have a member of that name.
    pub fn groups_with(&self, name: &str) -> Option<&'f str> {
        self.groups
            .iter()
            .find(|group| group.members.contains_key(name))
            .map(|group| group.group.group.as_str())
    }
}

fn duplicate(id: &Id, earlier: Span, help: &str) -> Diagnostic {
    Diagnostic::error(
        codes::DUPLICATE_ID,
        id.span,
        format!("the name `{}` is taken already", id.value),
    )
    .label(earlier, "first declared here")
    .help(help)
}

/// Duplicates among the ids that have a namespace of their own.
fn report_other_duplicates(form: &FormDefinition, diagnostics: &mut Vec<Diagnostic>) {
    let mut unique = |ids: &mut dyn Iterator<Item = &Id>| {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for id in ids {
            match seen.get(id.as_str()) {
                Some(earlier) => {
                    diagnostics.push(duplicate(id, *earlier, "give one of the two another name"));
                }
                None => {
                    seen.insert(id.as_str(), id.span);
                }
            }
        }
    };
    unique(&mut form.pages.iter().map(|page| &page.page));
    unique(&mut form.checks.iter().map(|check| &check.check));
    unique(&mut form.decisions.iter().map(|decision| &decision.decision));
    for decision in &form.decisions {
        unique(&mut decision.rules.iter().map(|rule| &rule.rule));
    }
    let lines: [&[Line]; 2] = [&form.fees, &form.entitlements];
    for lines in lines {
        unique(&mut lines.iter().map(|line| &line.line));
    }
}
