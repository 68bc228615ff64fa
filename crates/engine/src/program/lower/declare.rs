//! The first pass: a step and a slot for everything that has a name.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    super::{Automaton, Step, Symbol, functions::Functions},
    FACTS, Lowered, Lowering, MAX_RECORDS, PARAMETERS, Place, path, unsound,
};
use crate::{
    names::Names,
    plan::{Group, PageContent, Rules},
};

impl<'a> Lowering<'a> {
    /// First pass: a step and a slot for everything that has a name.
    pub(super) fn declare(rules: &'a Rules) -> Lowered<Self> {
        let mut this = Self {
            rules,
            steps: Vec::new(),
            dependencies: Vec::new(),
            fields: Names::default(),
            values: Names::default(),
            facts: Names::default(),
            parameters: Names::default(),
            groups: Names::default(),
            rule_places: Names::default(),
            fees: Vec::new(),
            entitlements: Vec::new(),
            tables: Names::default(),
            functions: Functions::default(),
            patterns: Names::default(),
            scalars: Vec::new(),
            record_slots: Vec::new(),
            page_steps: Vec::new(),
            group_steps: Vec::new(),
        };
        this.step(Step::Facts);
        this.step(Step::Parameters);
        for (page, node) in rules.pages.iter().enumerate() {
            let step = this.step(Step::Page(page));
            this.page_steps.push(step);
            match &node.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        this.declare_field(&field.field, None);
                    }
                }
                PageContent::Group(group) => this.declare_group(group)?,
            }
        }
        for (index, fact) in rules.facts.iter().enumerate() {
            let place = this.place(None, FACTS, Symbol::Fact(index));
            this.facts.insert(&fact.fact, place);
        }
        for (index, parameter) in rules.parameters.iter().enumerate() {
            let place = this.place(None, PARAMETERS, Symbol::Parameter(index));
            this.parameters.insert(&parameter.parameter, place);
        }
        for value in &rules.values {
            this.declare_value(&value.value, None);
        }
        let mut rule_index = 0;
        for decision in &rules.decisions {
            let mut places = Names::default();
            for rule in &decision.rules {
                let step = this.step(Step::Rule(rule_index));
                let place = this.place(None, step, Symbol::Rule(rule_index));
                places.insert(&rule.rule, place);
                rule_index += 1;
            }
            this.rule_places.insert(&decision.decision, places);
        }
        for (index, line) in rules.fees.iter().enumerate() {
            let step = this.step(Step::Fee(index));
            let place = this.place(None, step, Symbol::Fee(index));
            this.fees.push((line.line.clone(), place));
        }
        for (index, line) in rules.entitlements.iter().enumerate() {
            let step = this.step(Step::Entitlement(index));
            let place = this.place(None, step, Symbol::Entitlement(index));
            this.entitlements.push((line.line.clone(), place));
        }
        for (index, table) in rules.tables.iter().enumerate() {
            this.tables.insert(&table.table, index);
        }
        for (name, pattern) in &rules.patterns {
            let automaton = Automaton::load(name, pattern)?;
            this.patterns.insert(name, Arc::new(automaton));
        }
        this.refuse_repeated_names()?;
        Ok(this)
    }

    fn refuse_repeated_names(&self) -> Lowered<()> {
        let rules = self.rules;
        let declared = rules.facts.len() + rules.parameters.len() + rules.tables.len();
        let unique = self.facts.len() + self.parameters.len() + self.tables.len();
        let slots = self.scalars.len() + self.record_slots.iter().map(Vec::len).sum::<usize>();
        let places = self.fields.len()
            + self.values.len()
            + self.facts.len()
            + self.parameters.len()
            + self
                .rule_places
                .iter()
                .map(|(_, rules)| rules.len())
                .sum::<usize>()
            + self.fees.len()
            + self.entitlements.len();
        if declared != unique || slots != places || self.groups.len() != self.record_slots.len() {
            return unsound("the plan declares a name twice".to_owned());
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.dependencies.push(BTreeSet::new());
        self.steps.len() - 1
    }

    fn place(&mut self, group: Option<usize>, step: usize, symbol: Symbol) -> Place {
        let slots = match group {
            Some(group) => &mut self.record_slots[group],
            None => &mut self.scalars,
        };
        slots.push(symbol);
        Place {
            group,
            slot: slots.len() - 1,
            step,
        }
    }

    fn declare_group(&mut self, group: &Group) -> Lowered<()> {
        if group.max > MAX_RECORDS || group.min > group.max {
            return unsound(format!(
                "the plan's group `{}` must allow between its minimum and {MAX_RECORDS} records",
                group.group
            ));
        }
        let index = self.record_slots.len();
        self.record_slots.push(Vec::new());
        let step = self.step(Step::Group(index));
        self.group_steps.push(step);
        self.groups.insert(&group.group, index);
        for field in &group.fields {
            self.declare_field(&field.field, Some((&group.group, index)));
        }
        for value in &group.values {
            self.declare_value(&value.value, Some((&group.group, index)));
        }
        Ok(())
    }

    fn declare_field(&mut self, id: &str, group: Option<(&str, usize)>) {
        let index = self.fields.len();
        let step = self.step(Step::Field(index));
        let place = self.place(group.map(|(_, index)| index), step, Symbol::Field(index));
        self.fields
            .insert(&path(group.map(|(id, _)| id), id), place);
    }

    fn declare_value(&mut self, id: &str, group: Option<(&str, usize)>) {
        let index = self.values.len();
        let step = self.step(Step::Value(index));
        let place = self.place(group.map(|(_, index)| index), step, Symbol::Value(index));
        self.values
            .insert(&path(group.map(|(id, _)| id), id), place);
    }
}
