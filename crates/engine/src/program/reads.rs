//! What an expression reads.

use super::{FieldNode, LineNode, Node, Program, Required, Symbol};

/// Something that an expression reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Field(usize),
    Group(usize),
    Parameters,
    Value(usize),
    Rule(usize),
    Fee(usize),
    Entitlement(usize),
    /// The body of a function, which reads in its turn.
    Function(usize),
}

impl Item {
    /// A number of its own, which grows with the form.
    pub const fn number(self) -> usize {
        let (kind, index) = match self {
            Self::Parameters => (0, 0),
            Self::Field(index) => (1, index),
            Self::Group(index) => (2, index),
            Self::Value(index) => (3, index),
            Self::Rule(index) => (4, index),
            Self::Fee(index) => (5, index),
            Self::Entitlement(index) => (6, index),
            Self::Function(index) => (7, index),
        };
        8 * index + kind
    }
}

/// The condition under which an answer is required.
pub(super) const fn required(field: &FieldNode) -> Option<&Node> {
    match &field.required {
        Required::When(node) => Some(node),
        Required::Always | Required::Never => None,
    }
}

/// Goes through expressions and lists what they read, in no order and perhaps more than once.
pub(super) struct Reads<'r, 'p> {
    pub program: &'p Program,
    pub found: &'r mut Vec<Item>,
}

impl<'p> Reads<'_, 'p> {
    pub fn line(&mut self, line: &'p LineNode) {
        self.nodes(line.when.as_ref(), None);
        self.node(&line.amount, None);
    }

    pub fn nodes(&mut self, nodes: impl IntoIterator<Item = &'p Node>, group: Option<usize>) {
        for node in nodes {
            self.node(node, group);
        }
    }

    pub fn node(&mut self, node: &'p Node, group: Option<usize>) {
        match node {
            Node::Scalar(slot) => self.symbol(self.program.scalars[*slot]),
            Node::Record(slot) => {
                if let Some(group) = group {
                    self.symbol(self.program.groups[group].slots[*slot]);
                }
            }
            Node::Count(group) => self.found.push(Item::Group(*group)),
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                self.found.push(Item::Group(*group));
                self.node(each, Some(*group));
            }
            Node::OneOf(item, list) => {
                self.node(item, group);
                self.nodes(list, group);
            }
            Node::OverRows { inputs, each, .. } => {
                self.nodes(inputs, group);
                self.node(each, group);
            }
            Node::Apply {
                function,
                arguments,
            } => {
                self.found.push(Item::Function(*function));
                self.nodes(arguments, group);
            }
            Node::Let { values, result } => {
                self.nodes(values, group);
                self.node(result, group);
            }
            other => self.nodes(other.operands(), group),
        }
    }

    fn symbol(&mut self, symbol: Symbol) {
        self.found.push(match symbol {
            Symbol::Field(field) => Item::Field(field),
            Symbol::Value(value) => Item::Value(value),
            Symbol::Rule(rule) => Item::Rule(rule),
            Symbol::Fee(line) => Item::Fee(line),
            Symbol::Entitlement(line) => Item::Entitlement(line),
            // Facts are known before all else, or never.
            Symbol::Fact(_) => return,
            Symbol::Parameter(_) => Item::Parameters,
        });
    }
}
