//! Pages, groups and fields.

use std::sync::Arc;

use super::{
    super::{Automaton, FieldNode, GroupNode, Key, Kind, OptionNode, PageItems, PageNode, Program},
    Lowered, Lowering, Scope, path, unsound,
};
use crate::{
    names::Names,
    plan::{Choice, Field, FieldType, Group, PageContent},
};

impl Lowering<'_> {
    pub(super) fn lower_pages(&mut self, program: &mut Program) -> Lowered<()> {
        for (index, page) in self.rules.pages.iter().enumerate() {
            let step = self.page_steps[index];
            let when = self.condition(page.when.as_ref(), Scope::of(None, step))?;
            let start = program.fields.len();
            let items = match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        program
                            .keys
                            .insert(&field.field, Key::Field(program.fields.len()));
                        let field = self.lower_field(field, index, None)?;
                        program.fields.push(field);
                    }
                    PageItems::Fields(start..program.fields.len())
                }
                PageContent::Group(group) => {
                    self.lower_group(group, index, program)?;
                    PageItems::Group(program.groups.len() - 1)
                }
            };
            program.pages.push(PageNode { when, items });
        }
        Ok(())
    }

    fn lower_group(&mut self, group: &Group, page: usize, program: &mut Program) -> Lowered<()> {
        let index = program.groups.len();
        let step = self.group_steps[index];
        self.need(step, self.page_steps[page]);
        let scope = Scope::of(None, step);
        let when = self.condition(group.when.as_ref(), scope)?;
        let required = self.requirement(&group.required, scope)?;
        let (first_field, first_value) = (program.fields.len(), program.values.len());
        let mut keys = Names::default();
        for field in &group.fields {
            keys.insert(&field.field, Key::Field(program.fields.len()));
            let field = self.lower_field(field, page, Some((&group.group, index)))?;
            program.fields.push(field);
        }
        for value in &group.values {
            keys.insert(&value.value, Key::Value);
            let value = self.lower_value(value, Some((&group.group, index)))?;
            program.values.push(value);
        }
        program.keys.insert(&group.group, Key::Group(index));
        program.groups.push(GroupNode {
            id: group.group.clone(),
            page,
            when,
            required,
            min: group.min,
            max: group.max,
            fields: first_field..program.fields.len(),
            values: first_value..program.values.len(),
            keys,
            slots: Vec::new(),
            checks: Vec::new(),
        });
        Ok(())
    }

    fn lower_field(
        &mut self,
        field: &Field,
        page: usize,
        group: Option<(&str, usize)>,
    ) -> Lowered<FieldNode> {
        let path = path(group.map(|(id, _)| id), &field.field);
        let place = self.fields[&path];
        self.need(place.step, self.page_steps[page]);
        if let Some((_, index)) = group {
            self.need(place.step, self.group_steps[index]);
        }
        let scope = Scope::of(place.group, place.step);
        Ok(FieldNode {
            when: self.condition(field.when.as_ref(), scope)?,
            required: self.requirement(&field.required, scope)?,
            kind: self.kind(&field.type_, scope)?,
            id: field.field.clone(),
            page,
            group: place.group,
            slot: place.slot,
            checks: Vec::new(),
            path,
        })
    }

    pub(super) fn kind(&mut self, type_: &FieldType, scope: Scope) -> Lowered<Kind> {
        let digits = self.rules.currency.as_ref().map_or(2, |c| c.digits);
        Ok(match type_ {
            FieldType::Boolean { accepted } => Kind::Boolean {
                accepted: *accepted,
            },
            FieldType::Integer { min, max } => Kind::Number {
                integer: true,
                money: false,
                scale: 0,
                min: *min,
                max: *max,
            },
            FieldType::Decimal { scale, min, max } => Kind::Number {
                integer: false,
                money: false,
                scale: *scale,
                min: *min,
                max: *max,
            },
            FieldType::Money { min, max } => Kind::Number {
                integer: false,
                money: true,
                scale: digits,
                min: *min,
                max: *max,
            },
            FieldType::Text {
                min_length,
                max_length,
                pattern,
                format,
            } => Kind::Text {
                min_length: *min_length,
                max_length: *max_length,
                pattern: pattern
                    .as_deref()
                    .map(|name| self.automaton(name))
                    .transpose()?,
                format: match format {
                    Some(format) => Some((format.format.clone(), self.automaton(&format.pattern)?)),
                    None => None,
                },
            },
            FieldType::Date { min, max } => Kind::Date {
                min: *min,
                max: *max,
            },
            FieldType::Duration { unit, min, max } => Kind::Duration {
                unit: *unit,
                min: *min,
                max: *max,
            },
            FieldType::DateRange { min, max } => Kind::DateRange {
                min: *min,
                max: *max,
            },
            FieldType::Choice { options } => Kind::Choice(self.options(options, scope)?),
            FieldType::Set { options } => Kind::Set(self.options(options, scope)?),
        })
    }

    fn automaton(&self, name: &str) -> Lowered<Arc<Automaton>> {
        match self.patterns.get(name) {
            Some(automaton) => Ok(Arc::clone(automaton)),
            None => unsound(format!("the plan has no pattern `{name}`")),
        }
    }

    fn options(&mut self, options: &[Choice], scope: Scope) -> Lowered<Vec<OptionNode>> {
        options
            .iter()
            .map(|option| {
                Ok(OptionNode {
                    id: option.option.clone(),
                    when: self.condition(option.when.as_ref(), scope)?,
                })
            })
            .collect()
    }
}
