//! Which questions would decide what is undecided.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    run::{Evaluation, Outcome, RecordAt},
    scope::{At, Locals},
    state::{Datum, State},
};
use crate::{
    program::{Node, Required, Symbol},
    sort::sort,
};

/// A question: a field, in a record where it belongs to a group, or a group itself. The order is that
/// of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    /// The field, or the first field of the group.
    position: usize,
    /// The record and the field in it; none for a group itself.
    part: Option<(usize, usize)>,
}

struct Needs<'e, 'a> {
    evaluation: &'e Evaluation<'a>,
    questions: Vec<Question>,
    /// What has been followed already: what it needs is listed. Without this a chain of conditions that
    /// read each other twice would take time that doubles with every link.
    /// Those of the form stand first, then those of each record; a symbol belongs to one group.
    followed: Vec<BTreeSet<usize>>,
    /// Arguments and named results of the function at hand that are open where it reads them.
    open_locals: BTreeSet<usize>,
}

/// What is followed once.
#[derive(Clone, Copy)]
enum Followed {
    Field(usize),
    Group(usize),
    Value(usize),
    Rule(usize),
    Fee(usize),
    Entitlement(usize),
}

impl Followed {
    /// A number of its own.
    const fn number(self) -> usize {
        let (kind, index) = match self {
            Self::Field(index) => (0, index),
            Self::Group(index) => (1, index),
            Self::Value(index) => (2, index),
            Self::Rule(index) => (3, index),
            Self::Fee(index) => (4, index),
            Self::Entitlement(index) => (5, index),
        };
        6 * index + kind
    }
}

/// Paths of the questions that would decide a decision, in field order.
pub(crate) fn needs_of_decision<'a>(
    evaluation: &Evaluation<'a>,
    decision: usize,
) -> Vec<Cow<'a, str>> {
    let program = evaluation.program;
    let mut needs = Needs {
        evaluation,
        questions: Vec::new(),
        followed: Vec::new(),
        open_locals: BTreeSet::new(),
    };
    for rule in program.decisions[decision].rules.clone() {
        if evaluation.rules[rule] == Outcome::Undecided {
            needs.rule(rule);
        }
    }
    sort(&mut needs.questions);
    needs.questions.dedup();
    needs
        .questions
        .into_iter()
        .map(|question| {
            let first = &program.fields[question.position];
            match (first.group, question.part) {
                (Some(group), Some((record, field))) => {
                    program.field_path(field, Some(RecordAt { group, record }))
                }
                (Some(group), None) => Cow::Borrowed(program.groups[group].id.as_str()),
                (None, _) => Cow::Borrowed(first.path.as_str()),
            }
        })
        .collect()
}

impl<'a> Needs<'_, 'a> {
    fn rule(&mut self, rule: usize) {
        let node = &self.evaluation.program.rules[rule];
        match self.evaluation.condition(node.when.as_ref(), None) {
            Ok(Some(_)) => self.node(&node.require, None),
            _ => self.nodes(node.when.as_ref(), None),
        }
    }

    fn nodes<'s>(&mut self, nodes: impl IntoIterator<Item = &'a Node>, at: impl Into<At<'s, 'a>>)
    where
        'a: 's,
    {
        let at = at.into();
        for node in nodes {
            self.node(node, at);
        }
    }

    /// Follows what an undecided expression reads.
    fn node<'s>(&mut self, node: &'a Node, at: impl Into<At<'s, 'a>>)
    where
        'a: 's,
    {
        let at = at.into();
        if matches!(
            self.evaluation.eval(node, at),
            State::Known(_) | State::Blank
        ) {
            return;
        }
        match node {
            Node::Scalar(slot) => self.symbol(self.evaluation.program.scalars[*slot], None),
            Node::Record(slot) => {
                if let Some(at) = at.record {
                    let symbol = self.evaluation.program.groups[at.group].slots[*slot];
                    self.symbol(symbol, Some(at));
                }
            }
            Node::If(nodes) => match self.evaluation.eval(&nodes[0], at) {
                State::Known(Datum::Bool(true)) => self.node(&nodes[1], at),
                State::Known(_) => self.node(&nodes[2], at),
                _ => self.node(&nodes[0], at),
            },
            Node::Default(nodes) => match self.evaluation.eval(&nodes[0], at) {
                State::Blank => self.node(&nodes[1], at),
                _ => self.node(&nodes[0], at),
            },
            Node::OneOf(item, list) => {
                self.node(item, at);
                self.nodes(list, at);
            }
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => match self.evaluation.matching_rows(*table, inputs, at) {
                Ok(rows) => {
                    for row in rows {
                        let row = Some(row);
                        self.node(each, At { row, ..at });
                    }
                }
                Err(_) => self.nodes(inputs, at),
            },
            Node::Apply {
                function,
                arguments,
            } => {
                let states: Vec<_> = arguments
                    .iter()
                    .map(|node| self.evaluation.eval(node, at))
                    .collect();
                let locals = Locals {
                    states: &states,
                    before: None,
                };
                let inner = At {
                    locals: Some(&locals),
                    ..At::default()
                };
                // An argument that is open may play no part: it is followed where the function reads it.
                let outer = std::mem::take(&mut self.open_locals);
                self.node(&self.evaluation.program.functions[*function].code, inner);
                let open = std::mem::replace(&mut self.open_locals, outer);
                for (position, argument) in arguments.iter().enumerate() {
                    if open.contains(&position) {
                        self.node(argument, at);
                    }
                }
            }
            Node::Let { values, result } => {
                let states = self.evaluation.named(values, at);
                let first = at.locals.map_or(0, Locals::count);
                let locals = |count: usize| Locals {
                    states: &states[..count],
                    before: at.locals,
                };
                let all = locals(values.len());
                let inner = At {
                    locals: Some(&all),
                    ..at
                };
                self.node(result, inner);
                for (position, value) in values.iter().enumerate().rev() {
                    if self.open_locals.remove(&(first + position)) {
                        let before = locals(position);
                        let inner = At {
                            locals: Some(&before),
                            ..at
                        };
                        self.node(value, inner);
                    }
                }
            }
            Node::Local(position) => {
                self.open_locals.insert(*position);
            }
            Node::Count(group) => self.group(*group),
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                match self.evaluation.groups[*group].count() {
                    Some(count) => {
                        for record in 0..count {
                            let group = *group;
                            let record = Some(RecordAt { group, record });
                            self.node(each, At { record, ..at });
                        }
                    }
                    None => self.group(*group),
                }
            }
            other => self.nodes(other.operands(), at),
        }
    }

    /// Whether something is followed for the first time.
    fn first(&mut self, what: Followed, at: Option<RecordAt>) -> bool {
        let place = at.map_or(0, |at| at.record + 1);
        if place >= self.followed.len() {
            self.followed.resize_with(place + 1, BTreeSet::new);
        }
        self.followed[place].insert(what.number())
    }

    fn symbol(&mut self, symbol: Symbol, at: Option<RecordAt>) {
        let program = self.evaluation.program;
        match symbol {
            Symbol::Field(field) => self.field(field, at),
            // Only the office can supply a fact: no question of the form decides it.
            Symbol::Fact(_) => {}
            Symbol::Parameter(_) => {
                if let Some(field) = program.rules_of {
                    self.field(field, None);
                }
            }
            Symbol::Value(value) => {
                if self.first(Followed::Value(value), at) {
                    self.node(&program.values[value].code, at);
                }
            }
            Symbol::Rule(rule) => {
                if self.first(Followed::Rule(rule), None) {
                    self.rule(rule);
                }
            }
            Symbol::Fee(_) | Symbol::Entitlement(_) => {
                let (lines, line, followed) = match symbol {
                    Symbol::Fee(line) => (&program.fees, line, Followed::Fee(line)),
                    Symbol::Entitlement(line) => {
                        (&program.entitlements, line, Followed::Entitlement(line))
                    }
                    _ => return,
                };
                if !self.first(followed, None) {
                    return;
                }
                self.nodes(lines[line].when.as_ref(), None);
                self.node(&lines[line].amount, None);
            }
        }
    }

    fn field(&mut self, field: usize, at: Option<RecordAt>) {
        let program = self.evaluation.program;
        let node = &program.fields[field];
        if !self.first(Followed::Field(field), at) {
            return;
        }
        let asked = match at {
            Some(RecordAt { group, record }) if node.group == Some(group) => {
                let offset = field - program.groups[group].fields.start;
                &self.evaluation.groups[group].records[record].asked[offset]
            }
            _ => &self.evaluation.asked[field],
        };
        if asked.shown.is_none() {
            self.nodes(program.pages[node.page].when.as_ref(), None);
            self.nodes(node.when.as_ref(), at);
            return;
        }
        if let (Required::When(required), None, false) =
            (&node.required, &asked.fault, asked.missing)
        {
            self.node(required, at);
        }
        self.questions.push(match at {
            Some(RecordAt { group, record }) if node.group == Some(group) => Question {
                position: program.groups[group].fields.start,
                part: Some((record, field)),
            },
            _ => Question {
                position: field,
                part: None,
            },
        });
    }

    fn group(&mut self, group: usize) {
        let program = self.evaluation.program;
        let node = &program.groups[group];
        if !self.first(Followed::Group(group), None) {
            return;
        }
        match self.evaluation.groups[group].asked.shown {
            None => {
                self.nodes(program.pages[node.page].when.as_ref(), None);
                self.nodes(node.when.as_ref(), None);
            }
            Some(_) => {
                self.questions.push(Question {
                    position: node.fields.start,
                    part: None,
                });
            }
        }
    }
}
