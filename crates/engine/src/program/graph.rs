//! Who reads what: the steps of an evaluation and the parts of its report, each with those that read it.

use super::{
    Kind, PageItems, Program, Required, Step, Symbol,
    reads::{Item, Reads, required},
};
use crate::sort::sort;

/// Something that is worked out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A step of the evaluation.
    Step(Step),
    /// What the report says of a field, by index.
    Field(usize),
    /// What the report says of a group and of its fields.
    Group(usize),
    /// A group's values in the report.
    GroupValues(usize),
    /// A value in the report.
    Value(usize),
    /// A decision in the report.
    Decision(usize),
    /// The fees in the report.
    Fees,
    /// The entitlements in the report.
    Entitlements,
}

/// The parts of an evaluation, and for each those that read it.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// First [`Program::order`], then the report from its beginning; whatever a part reads is before it.
    pub parts: Vec<Part>,
    /// Positions of the parts that read each part.
    pub readers: Vec<Vec<usize>>,
    /// The part of each field's and each group's step.
    pub fields: Vec<usize>,
    pub groups: Vec<usize>,
}

/// The parts of the steps that work out what expressions read.
struct Positions {
    parameters: usize,
    values: Vec<usize>,
    rules: Vec<usize>,
    fees: Vec<usize>,
    entitlements: Vec<usize>,
}

impl Graph {
    pub fn new(program: &Program) -> Self {
        let mut parts: Vec<_> = program.order.iter().copied().map(Part::Step).collect();
        for page in &program.pages {
            match &page.items {
                PageItems::Fields(fields) => parts.extend(fields.clone().map(Part::Field)),
                PageItems::Group(group) => parts.push(Part::Group(*group)),
            }
        }
        let groups = program.groups.iter().enumerate();
        let with_values = groups.filter(|(_, group)| !group.values.is_empty());
        parts.extend(with_values.map(|(group, _)| Part::GroupValues(group)));
        parts.extend(program.scalars.iter().filter_map(|symbol| match symbol {
            Symbol::Value(value) => Some(Part::Value(*value)),
            _ => None,
        }));
        let first_decision = parts.len();
        parts.extend((0..program.decisions.len()).map(Part::Decision));
        parts.extend([Part::Fees, Part::Entitlements]);

        let mut graph = Self {
            readers: vec![Vec::new(); parts.len()],
            fields: vec![0; program.fields.len()],
            groups: vec![0; program.groups.len()],
            parts,
        };
        let mut positions = Positions {
            parameters: 0,
            values: vec![0; program.values.len()],
            rules: vec![0; program.rules.len()],
            fees: vec![0; program.fees.len()],
            entitlements: vec![0; program.entitlements.len()],
        };
        let mut pages = vec![0; program.pages.len()];
        for (position, step) in program.order.iter().enumerate() {
            match *step {
                Step::Field(field) => graph.fields[field] = position,
                Step::Group(group) => graph.groups[group] = position,
                Step::Page(page) => pages[page] = position,
                Step::Facts => {}
                Step::Parameters => positions.parameters = position,
                Step::Value(value) => positions.values[value] = position,
                Step::Rule(rule) => positions.rules[rule] = position,
                Step::Fee(line) => positions.fees[line] = position,
                Step::Entitlement(line) => positions.entitlements[line] = position,
            }
        }
        let mut functions = vec![None; program.functions.len()];
        for reader in 0..graph.parts.len() {
            let part = graph.parts[reader];
            let mut found = Vec::new();
            let mut reads = Reads {
                program,
                found: &mut found,
            };
            reads.part(part);
            let mut read: Vec<_> = resolved(program, found, &mut functions)
                .into_iter()
                .filter_map(|item| {
                    Some(match item {
                        Item::Field(field) => graph.fields[field],
                        Item::Group(group) => graph.groups[group],
                        Item::Parameters => positions.parameters,
                        Item::Value(value) => positions.values[value],
                        Item::Rule(rule) => positions.rules[rule],
                        Item::Fee(line) => positions.fees[line],
                        Item::Entitlement(line) => positions.entitlements[line],
                        // What it reads stands in its stead.
                        Item::Function(_) => return None,
                    })
                })
                .collect();
            match part {
                Part::Step(Step::Field(field)) => {
                    let field = &program.fields[field];
                    read.push(pages[field.page]);
                    read.extend(field.group.map(|group| graph.groups[group]));
                }
                Part::Step(Step::Group(group)) => read.push(pages[program.groups[group].page]),
                Part::Step(Step::Value(value)) => {
                    let group = program.values[value].group;
                    read.extend(group.map(|group| graph.groups[group]));
                }
                Part::Fees | Part::Entitlements => {
                    let lines = match part {
                        Part::Fees => &program.fees,
                        _ => &program.entitlements,
                    };
                    let decisions = lines.iter().flat_map(|line| &line.decisions);
                    read.extend(decisions.map(|decision| first_decision + decision));
                }
                _ => {}
            }
            sort(&mut read);
            read.dedup();
            for part in read {
                graph.readers[part].push(reader);
            }
        }
        graph
    }
}

/// The same with what functions read in their stead; their bodies are gone through once.
fn resolved(
    program: &Program,
    found: Vec<Item>,
    functions: &mut Vec<Option<Vec<Item>>>,
) -> Vec<Item> {
    let mut items = Vec::with_capacity(found.len());
    for item in found {
        let Item::Function(function) = item else {
            items.push(item);
            continue;
        };
        if functions[function].is_none() {
            let mut found = Vec::new();
            let mut reads = Reads {
                program,
                found: &mut found,
            };
            reads.node(&program.functions[function].code, None);
            // Functions stand below those that they call, so that this ends.
            let mut read = resolved(program, found, functions);
            sort(&mut read);
            read.dedup();
            functions[function] = Some(read);
        }
        items.extend(functions[function].iter().flatten());
    }
    items
}

impl<'p> Reads<'_, 'p> {
    fn part(&mut self, part: Part) {
        let program = self.program;
        match part {
            Part::Step(step) => self.step(step),
            Part::Field(field) => {
                self.found.push(Item::Field(field));
                self.field_parts(field);
            }
            Part::Group(group) => {
                let node = &program.groups[group];
                self.found.push(Item::Group(group));
                self.checks(&node.checks, None);
                for field in node.fields.clone() {
                    self.found.push(Item::Field(field));
                    self.field_parts(field);
                }
            }
            Part::GroupValues(group) => {
                self.found.push(Item::Group(group));
                let values = program.groups[group].values.clone();
                self.found.extend(values.map(Item::Value));
            }
            Part::Value(value) => self.found.push(Item::Value(value)),
            Part::Decision(decision) => {
                for rule in program.decisions[decision].rules.clone() {
                    self.found.push(Item::Rule(rule));
                    let params = &program.rules[rule].params;
                    self.nodes(params.iter().map(|param| &param.code), None);
                }
            }
            Part::Fees => self.found.extend((0..program.fees.len()).map(Item::Fee)),
            Part::Entitlements => {
                let lines = 0..program.entitlements.len();
                self.found.extend(lines.map(Item::Entitlement));
            }
        }
    }

    fn step(&mut self, step: Step) {
        let program = self.program;
        match step {
            Step::Facts => {}
            Step::Parameters => self.found.extend(program.rules_of.map(Item::Field)),
            Step::Page(page) => self.nodes(program.pages[page].when.as_ref(), None),
            Step::Group(group) => {
                let group = &program.groups[group];
                self.nodes(group.when.as_ref(), None);
                if let Required::When(node) = &group.required {
                    self.node(node, None);
                }
            }
            Step::Field(field) => {
                let node = &program.fields[field];
                self.nodes(node.when.as_ref(), node.group);
                self.nodes(required(node), node.group);
                self.options(&node.kind, node.group);
            }
            Step::Value(value) => {
                let value = &program.values[value];
                self.node(&value.code, value.group);
            }
            Step::Rule(rule) => {
                let rule = &program.rules[rule];
                self.nodes(rule.when.as_ref(), None);
                self.node(&rule.require, None);
            }
            Step::Fee(line) => self.line(&program.fees[line]),
            Step::Entitlement(line) => self.line(&program.entitlements[line]),
        }
    }

    /// What the report says of a field besides its answer: which options are offered, and its checks.
    fn field_parts(&mut self, field: usize) {
        let field = &self.program.fields[field];
        self.options(&field.kind, field.group);
        self.checks(&field.checks, field.group);
    }

    fn options(&mut self, kind: &'p Kind, group: Option<usize>) {
        if let Kind::Choice(options) | Kind::Set(options) = kind {
            let conditions = options.iter().filter_map(|option| option.when.as_ref());
            self.nodes(conditions, group);
        }
    }

    fn checks(&mut self, checks: &'p [usize], group: Option<usize>) {
        for &check in checks {
            let check = &self.program.checks[check];
            self.nodes(check.when.as_ref(), group);
            self.node(&check.require, group);
            self.nodes(check.params.iter().map(|param| &param.code), group);
        }
    }
}
