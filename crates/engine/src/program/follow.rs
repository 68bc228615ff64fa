//! Most work of finding which questions would decide the decisions.
//!
//! A decision follows what its rules read, and what that reads, each once. What several decisions share is
//! followed for each of them, and what none of its rules reaches costs a decision nothing.

use super::{
    LineNode, Node, RuleNode,
    cost::Bound,
    reads::{Item, Reads, required},
};
use crate::sort::sort;

/// The position of what is not known.
const UNKNOWN: usize = usize::MAX;
/// Steps of looking for what decisions reach, beyond which every decision counts as reaching all.
const MAX_STEPS: u64 = 20_000_000;

/// What following an item takes and where it leads.
struct Known {
    item: Item,
    work: u64,
    /// Positions of what it reads among all that is known.
    reads: Vec<usize>,
    /// The last decision that came by, counted from 1.
    seen: usize,
}

/// Most work of following all decisions to the questions that would decide them.
pub(super) fn most(bound: &Bound<'_>) -> u64 {
    let mut followed = Followed {
        bound,
        functions: vec![None; bound.program.functions.len()],
        positions: Vec::new(),
        known: Vec::new(),
    };
    let decisions = &bound.program.decisions;
    let starts: Vec<(u64, Vec<usize>)> = decisions
        .iter()
        .map(|decision| {
            let mut work: u64 = 0;
            let mut reads = Vec::new();
            for rule in decision.rules.clone() {
                work = work.saturating_add(followed.rule(rule));
                followed.reads_of(Item::Rule(rule), &mut reads);
            }
            (work, followed.positions(reads))
        })
        .collect();
    followed.complete();
    let all = (followed.known.iter()).fold(0, |sum: u64, known| sum.saturating_add(known.work));
    let mut steps = 0;
    let mut most: u64 = 0;
    for (index, (work, reads)) in starts.into_iter().enumerate() {
        let reached = if steps > MAX_STEPS {
            all
        } else {
            followed.reached(index + 1, reads, &mut steps)
        };
        most = most.saturating_add(work).saturating_add(reached);
    }
    most
}

struct Followed<'b, 'p> {
    bound: &'b Bound<'p>,
    /// Most work of following the functions' bodies, each worked out once.
    functions: Vec<Option<u64>>,
    /// For each item by its number, its position among the known ones, or [`UNKNOWN`].
    positions: Vec<usize>,
    known: Vec<Known>,
}

impl<'p> Followed<'_, 'p> {
    /// Most work of following a decision that reads so much, besides its own rules.
    fn reached(&mut self, decision: usize, mut open: Vec<usize>, steps: &mut u64) -> u64 {
        let mut work: u64 = 0;
        while let Some(position) = open.pop() {
            let known = &mut self.known[position];
            *steps += 1;
            if known.seen == decision {
                continue;
            }
            known.seen = decision;
            work = work.saturating_add(known.work);
            *steps += known.reads.len() as u64;
            open.extend(&known.reads);
        }
        work
    }

    /// The positions of items; those not met before are known from now on.
    fn positions(&mut self, mut items: Vec<Item>) -> Vec<usize> {
        sort(&mut items);
        items.dedup();
        let mut position = |item: Item| {
            let number = item.number();
            if number >= self.positions.len() {
                self.positions.resize(number + 1, UNKNOWN);
            }
            if self.positions[number] == UNKNOWN {
                self.positions[number] = self.known.len();
                self.known.push(Known {
                    item,
                    work: 0,
                    reads: Vec::new(),
                    seen: 0,
                });
            }
            self.positions[number]
        };
        items.into_iter().map(&mut position).collect()
    }

    /// Finds out the work and the reads of all that is known, and of what becomes known by that.
    fn complete(&mut self) {
        let mut position = 0;
        while position < self.known.len() {
            let item = self.known[position].item;
            let mut reads = Vec::new();
            self.reads_of(item, &mut reads);
            let reads = self.positions(reads);
            let work = self.work(item);
            let known = &mut self.known[position];
            (known.work, known.reads) = (work, reads);
            position += 1;
        }
    }

    fn work(&mut self, item: Item) -> u64 {
        let program = self.bound.program;
        match item {
            // Parameters cost nothing, and a function's work counts with those who call it.
            Item::Parameters | Item::Function(_) => 0,
            Item::Rule(rule) => self.rule(rule),
            Item::Fee(line) => self.line(&program.fees[line]),
            Item::Entitlement(line) => self.line(&program.entitlements[line]),
            Item::Group(group) => {
                let group = &program.groups[group];
                let page = self.optional(program.pages[group.page].when.as_ref());
                page.saturating_add(self.optional(group.when.as_ref()))
            }
            Item::Field(field) => {
                let field = &program.fields[field];
                let page = self.optional(program.pages[field.page].when.as_ref());
                let own = self.optional(field.when.as_ref());
                let required = self.optional(required(field));
                let once = page.saturating_add(own).saturating_add(required);
                self.times(field.group, once)
            }
            Item::Value(value) => {
                let value = &program.values[value];
                let once = self.follow(&value.code);
                self.times(value.group, once)
            }
        }
    }

    fn rule(&mut self, rule: usize) -> u64 {
        let RuleNode { when, require, .. } = &self.bound.program.rules[rule];
        // Its condition is looked at, and then the one or the other is followed.
        let looked = self.bound.optional(when.as_ref()).most;
        let followed = self.optional(when.as_ref()).max(self.follow(require));
        looked.saturating_add(followed)
    }

    fn line(&mut self, line: &LineNode) -> u64 {
        let when = self.optional(line.when.as_ref());
        when.saturating_add(self.follow(&line.amount))
    }

    fn times(&self, group: Option<usize>, work: u64) -> u64 {
        let times = group.map_or(1, |group| self.bound.records(group));
        work.saturating_mul(times)
    }

    fn optional(&mut self, node: Option<&Node>) -> u64 {
        node.map_or(0, |node| self.follow(node))
    }

    fn function(&mut self, function: usize) -> u64 {
        if let Some(work) = self.functions[function] {
            return work;
        }
        let work = self.follow(&self.bound.program.functions[function].code);
        self.functions[function] = Some(work);
        work
    }

    /// Most work of following an expression down to what it reads.
    fn follow(&mut self, node: &Node) -> u64 {
        let bound = self.bound;
        let evaluated = |nodes: &[Node]| {
            nodes.iter().fold(0, |sum: u64, node| {
                sum.saturating_add(bound.node(node).most)
            })
        };
        let parts = match node {
            Node::If(nodes) => evaluated(&nodes[..1]).saturating_add(self.follow_each(&nodes[..])),
            Node::Default(nodes) => {
                evaluated(&nodes[..1]).saturating_add(self.follow_each(&nodes[..]))
            }
            Node::OneOf(item, list) => self.follow(item).saturating_add(self.follow_each(list)),
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                self.follow(each).saturating_mul(bound.records(*group))
            }
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => {
                let rows = bound.rows(*table).most;
                let inputs = evaluated(inputs).saturating_add(self.follow_each(inputs));
                let each = self.follow(each).saturating_mul(rows);
                rows.saturating_add(inputs).saturating_add(each)
            }
            Node::Apply {
                function,
                arguments,
            } => self
                .function(*function)
                .saturating_add(evaluated(arguments))
                .saturating_add(self.follow_each(arguments)),
            Node::Let { values, result } => self
                .follow(result)
                .saturating_add(evaluated(values))
                .saturating_add(self.follow_each(values)),
            other => self.follow_each(other.operands()),
        };
        bound.node(node).most.saturating_add(parts)
    }

    fn follow_each(&mut self, nodes: &[Node]) -> u64 {
        nodes
            .iter()
            .fold(0, |sum, node| sum.saturating_add(self.follow(node)))
    }

    /// What following an item may lead to.
    fn reads_of(&self, item: Item, found: &mut Vec<Item>) {
        let program = self.bound.program;
        let mut reads = Reads { program, found };
        match item {
            Item::Field(field) => {
                let field = &program.fields[field];
                reads.nodes(program.pages[field.page].when.as_ref(), None);
                reads.nodes(field.when.as_ref(), field.group);
                reads.nodes(required(field), field.group);
            }
            Item::Group(group) => {
                let group = &program.groups[group];
                reads.nodes(program.pages[group.page].when.as_ref(), None);
                reads.nodes(group.when.as_ref(), None);
            }
            Item::Value(value) => {
                let value = &program.values[value];
                reads.node(&value.code, value.group);
            }
            Item::Rule(rule) => {
                let rule = &program.rules[rule];
                reads.nodes(rule.when.as_ref(), None);
                reads.node(&rule.require, None);
            }
            Item::Fee(line) => reads.line(&program.fees[line]),
            Item::Entitlement(line) => reads.line(&program.entitlements[line]),
            // A parameter hangs on the question whose date chooses the rules.
            Item::Parameters => reads.found.extend(program.rules_of.map(Item::Field)),
            Item::Function(function) => reads.node(&program.functions[function].code, None),
        }
    }
}
