//! What an outcome hangs on: questions, facts, the day, and the constants they are held against.

use std::collections::{BTreeSet, VecDeque};

use crate::{
    plan::Literal,
    program::{GroupNode, Node, Program, Required, Symbol, Test},
};

/// What an outcome hangs on, over values, rules, lines and conditions of questions. The nearest stand
/// first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// Paths of fields without positions, such as `streets.metres`.
    pub fields: Vec<String>,
    /// Groups whose records count.
    pub groups: Vec<String>,
    /// Facts.
    pub facts: Vec<String>,
    /// Whether the day of evaluation counts, as `today` or by the parameters that hold on it.
    pub day: bool,
    /// Every constant, value of a parameter and cell of a table on the way, each once.
    pub constants: Vec<Literal>,
}

/// Where to begin.
#[derive(Clone, Copy)]
pub(super) enum Root<'p> {
    Node(&'p Node),
    /// A field itself.
    Field(usize),
    /// A group itself.
    Group(usize),
    /// The cells of a table.
    Table(usize),
    /// The day whose parameters hold.
    RulesDay,
}

pub(super) fn inputs<'p>(program: &'p Program, roots: &[(Root<'p>, Option<usize>)]) -> Inputs {
    let mut tracer = Tracer {
        program,
        inputs: Inputs::default(),
        queue: VecDeque::new(),
        known: BTreeSet::new(),
    };
    for &(root, group) in roots {
        match root {
            Root::Node(node) => tracer.queue.push_back((node, group)),
            Root::Field(field) => tracer.symbol(Symbol::Field(field)),
            Root::Group(group) => tracer.group(group),
            Root::Table(table) => tracer.table(table),
            Root::RulesDay => tracer.rules_day(),
        }
    }
    while let Some((node, group)) = tracer.queue.pop_front() {
        tracer.node(node, group);
    }
    tracer.inputs
}

struct Tracer<'p> {
    program: &'p Program,
    inputs: Inputs,
    /// Nodes to look at, each with the group whose record is at hand.
    queue: VecDeque<(&'p Node, Option<usize>)>,
    /// What has been looked at, as kind and position.
    known: BTreeSet<(u8, usize)>,
}

impl<'p> Tracer<'p> {
    fn node(&mut self, node: &'p Node, group: Option<usize>) {
        let mut group = group;
        match node {
            Node::Constant(literal) => self.constant(literal),
            Node::Today => self.inputs.day = true,
            Node::Scalar(slot) => self.symbol(self.program.scalars[*slot]),
            Node::Record(slot) => {
                if let Some(group) = group {
                    self.symbol(self.program.groups[group].slots[*slot]);
                }
            }
            Node::OneOf(_, list) => self.later(list, group),
            Node::Aggregate { group: inner, .. } | Node::Each { group: inner, .. } => {
                self.group(*inner);
                group = Some(*inner);
            }
            Node::Count(group) => self.group(*group),
            Node::Table { table, .. } | Node::Collect { table, .. } => self.table(*table),
            Node::OverRows { table, each, .. } => {
                self.table(*table);
                self.later(std::slice::from_ref(each), group);
            }
            Node::Let { result, .. } => self.later(std::slice::from_ref(result), group),
            Node::Apply { function, .. } if self.known.insert((9, *function)) => {
                let program = self.program;
                self.condition(Some(&program.functions[*function].code), None);
            }
            Node::ParameterOn(parameter, _) | Node::Accrue(parameter, _) => {
                let program = self.program;
                for (_, literal) in &program.parameters[*parameter].periods {
                    self.constant(literal);
                }
            }
            _ => {}
        }
        self.later(node.operands(), group);
    }

    fn later(&mut self, nodes: &'p [Node], group: Option<usize>) {
        self.queue.extend(nodes.iter().map(|node| (node, group)));
    }

    fn condition(&mut self, node: Option<&'p Node>, group: Option<usize>) {
        self.queue.extend(node.map(|node| (node, group)));
    }

    fn constant(&mut self, literal: &Literal) {
        if !self.inputs.constants.contains(literal) {
            self.inputs.constants.push(literal.clone());
        }
    }

    fn symbol(&mut self, symbol: Symbol) {
        let program = self.program;
        let key = match symbol {
            Symbol::Field(index) => (0, index),
            Symbol::Fact(index) => (1, index),
            Symbol::Parameter(index) => (2, index),
            Symbol::Value(index) => (3, index),
            Symbol::Rule(index) => (4, index),
            Symbol::Fee(index) => (5, index),
            Symbol::Entitlement(index) => (6, index),
        };
        if !self.known.insert(key) {
            return;
        }
        match symbol {
            Symbol::Field(index) => {
                let field = &program.fields[index];
                self.inputs.fields.push(field.path.clone());
                self.condition(field.when.as_ref(), field.group);
                match field.group {
                    Some(group) => self.group(group),
                    None => self.condition(program.pages[field.page].when.as_ref(), None),
                }
                if let Required::When(node) = &field.required {
                    self.condition(Some(node), field.group);
                }
            }
            Symbol::Fact(index) => self.inputs.facts.push(program.facts[index].id.clone()),
            Symbol::Parameter(index) => {
                for (_, literal) in &program.parameters[index].periods {
                    self.constant(literal);
                }
                self.rules_day();
            }
            Symbol::Value(index) => {
                let value = &program.values[index];
                self.condition(Some(&value.code), value.group);
            }
            Symbol::Rule(index) => {
                let rule = &program.rules[index];
                self.condition(rule.when.as_ref(), None);
                self.condition(Some(&rule.require), None);
            }
            Symbol::Fee(index) | Symbol::Entitlement(index) => {
                let line = match symbol {
                    Symbol::Fee(_) => &program.fees[index],
                    _ => &program.entitlements[index],
                };
                self.condition(line.when.as_ref(), None);
                self.condition(Some(&line.amount), None);
            }
        }
    }

    fn rules_day(&mut self) {
        match self.program.rules_of {
            Some(field) => self.symbol(Symbol::Field(field)),
            None => self.inputs.day = true,
        }
    }

    fn group(&mut self, index: usize) {
        if !self.known.insert((7, index)) {
            return;
        }
        let program = self.program;
        let group: &GroupNode = &program.groups[index];
        self.inputs.groups.push(group.id.clone());
        self.condition(group.when.as_ref(), None);
        self.condition(program.pages[group.page].when.as_ref(), None);
        if let Required::When(node) = &group.required {
            self.condition(Some(node), None);
        }
    }

    fn table(&mut self, index: usize) {
        if !self.known.insert((8, index)) {
            return;
        }
        for row in &self.program.tables[index].rows {
            for test in row.when.iter().flatten() {
                match test {
                    Test::Blank => {}
                    Test::Equal(literal) => self.constant(literal),
                    Test::Range { from, to, .. } => {
                        for literal in [from, to].into_iter().flatten() {
                            self.constant(literal);
                        }
                    }
                }
            }
        }
    }
}
