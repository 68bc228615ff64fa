//! How much work an evaluation can take, before any answer is known.

use std::cell::RefCell;

use super::{FieldNode, Kind, LineNode, Node, Program, Required, RuleNode, follow};
use crate::plan::Work;

/// The work of an evaluation: least and most, whatever the answers.
pub(crate) fn work(program: &Program) -> Work {
    let bound = Bound {
        program,
        functions: RefCell::new(vec![None; program.functions.len()]),
    };
    let mut total = Work::NONE;
    for page in &program.pages {
        total = total.and(bound.optional(page.when.as_ref()));
    }
    for group in &program.groups {
        total = total.and(bound.optional(group.when.as_ref()));
        total = total.and(bound.required(&group.required).perhaps());
    }
    for field in &program.fields {
        total = total.and(bound.times(field.group, bound.field(field)));
    }
    for value in &program.values {
        total = total.and(bound.times(value.group, bound.node(&value.code)));
    }
    for rule in &program.rules {
        total = total.and(bound.rule(rule));
        let params = rule.params.iter().map(|param| bound.node(&param.code));
        total = total.and(Work::all(params).perhaps());
    }
    for line in program.fees.iter().chain(&program.entitlements) {
        total = total.and(bound.line(line));
    }
    for (index, check) in program.checks.iter().enumerate() {
        let group = program
            .fields
            .iter()
            .find(|field| field.checks.contains(&index))
            .and_then(|field| field.group);
        let params = check.params.iter().map(|param| bound.node(&param.code));
        let parts = bound
            .optional(check.when.as_ref())
            .and(bound.node(&check.require))
            .and(Work::all(params));
        total = total.and(bound.times(group, parts.perhaps()));
    }
    total.most = total.most.saturating_add(follow::most(&bound));
    total
}

pub(super) struct Bound<'p> {
    pub program: &'p Program,
    /// Work of the functions' bodies, each worked out once: they call each other, never themselves.
    functions: RefCell<Vec<Option<Work>>>,
}

impl Bound<'_> {
    /// Most records that a group can have.
    pub fn records(&self, group: usize) -> u64 {
        self.program.groups[group].max.into()
    }

    /// The work of something that is done once a record, or once.
    fn times(&self, group: Option<usize>, work: Work) -> Work {
        match group {
            None => work,
            Some(group) => Work {
                least: 0,
                most: work.most.saturating_mul(self.records(group)),
            },
        }
    }

    /// The work of a condition, where there is one.
    pub fn optional(&self, node: Option<&Node>) -> Work {
        node.map_or(Work::NONE, |node| self.node(node))
    }

    fn required(&self, required: &Required) -> Work {
        match required {
            Required::Always | Required::Never => Work::NONE,
            Required::When(node) => self.node(node),
        }
    }

    fn field(&self, field: &FieldNode) -> Work {
        let options = match &field.kind {
            Kind::Choice(options) | Kind::Set(options) => {
                Work::all(options.iter().map(|o| self.optional(o.when.as_ref())))
            }
            _ => Work::NONE,
        };
        let rest = self.required(&field.required).and(options);
        self.optional(field.when.as_ref()).and(rest.perhaps())
    }

    fn rule(&self, rule: &RuleNode) -> Work {
        self.guarded(rule.when.as_ref(), &rule.require)
    }

    fn line(&self, line: &LineNode) -> Work {
        self.guarded(line.when.as_ref(), &line.amount)
    }

    fn guarded(&self, when: Option<&Node>, node: &Node) -> Work {
        match when {
            None => self.node(node),
            Some(when) => self.node(when).and(self.node(node).perhaps()),
        }
    }

    /// The work of evaluating an expression.
    pub fn node(&self, node: &Node) -> Work {
        let one = Work::ONE;
        match node {
            Node::And(nodes) | Node::Or(nodes) => {
                let mut nodes = nodes.iter().map(|node| self.node(node));
                let first = nodes.next().unwrap_or(Work::NONE);
                one.and(first).and(Work::all(nodes).perhaps())
            }
            Node::If(nodes) => {
                let (then, otherwise) = (self.node(&nodes[1]), self.node(&nodes[2]));
                let branch = Work {
                    least: 0,
                    most: then.most.max(otherwise.most),
                };
                one.and(self.node(&nodes[0])).and(branch)
            }
            Node::Default(nodes) => one
                .and(self.node(&nodes[0]))
                .and(self.node(&nodes[1]).perhaps()),
            Node::OneOf(item, list) => {
                let list = Work::all(list.iter().map(|node| self.node(node)));
                one.and(self.node(item)).and(list.perhaps())
            }
            // The set is read where it stands.
            Node::Contains(nodes) => one.and(self.node(&nodes[1])),
            Node::Aggregate { group, each, .. } => {
                one.and(self.times(Some(*group), self.node(each)))
            }
            Node::Table { table, inputs, .. } | Node::Collect { table, inputs, .. } => one
                .and(Work::all(inputs.iter().map(|node| self.node(node))))
                .and(self.rows(*table)),
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => {
                let each = Work {
                    least: 0,
                    most: self.node(each).most.saturating_mul(self.rows(*table).most),
                };
                one.and(Work::all(inputs.iter().map(|node| self.node(node))))
                    .and(self.rows(*table))
                    .and(each)
            }
            Node::Apply {
                function,
                arguments,
            } => one
                .and(Work::all(arguments.iter().map(|node| self.node(node))))
                .and(self.function(*function)),
            Node::Let { values, result } => one
                .and(Work::all(values.iter().map(|node| self.node(node))))
                .and(self.node(result)),
            Node::Each { group, each } => self.times(Some(*group), self.node(each)),
            Node::Accrue(parameter, range) => {
                let periods = self.program.parameters[*parameter].periods.len() as u64;
                let periods = Work {
                    least: 0,
                    most: periods,
                };
                one.and(self.node(range)).and(periods)
            }
            other => one.and(Work::all(
                other.operands().iter().map(|node| self.node(node)),
            )),
        }
    }

    /// Going through the rows of a table, where the inputs are known.
    pub fn rows(&self, table: usize) -> Work {
        Work {
            least: 0,
            most: self.program.tables[table].rows.len() as u64,
        }
    }

    fn function(&self, function: usize) -> Work {
        if let Some(work) = self.functions.borrow()[function] {
            return work;
        }
        let work = self.node(&self.program.functions[function].code);
        self.functions.borrow_mut()[function] = Some(work);
        work
    }
}
