//! How much work an evaluation can take, before any answer is known.

use std::cell::RefCell;

use super::{FieldNode, Kind, LineNode, Node, Program, Required, RuleNode};
use crate::plan::Work;

/// The work of an evaluation: least and most, whatever the answers.
pub(crate) fn work(program: &Program) -> Work {
    let bound = Bound {
        program,
        functions: RefCell::new(vec![None; program.functions.len()]),
        followed: RefCell::new(vec![None; program.functions.len()]),
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
    let follow = bound.follow_all();
    for _ in &program.decisions {
        total.most = total.most.saturating_add(follow);
    }
    total
}

struct Bound<'p> {
    program: &'p Program,
    /// Work of the functions' bodies, each worked out once: they call each other, never themselves.
    functions: RefCell<Vec<Option<Work>>>,
    /// Most work of following the functions' bodies.
    followed: RefCell<Vec<Option<u64>>>,
}

impl Bound<'_> {
    fn records(&self, group: usize) -> u64 {
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

    fn optional(&self, node: Option<&Node>) -> Work {
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

    fn node(&self, node: &Node) -> Work {
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
    fn rows(&self, table: usize) -> Work {
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

    fn follow_function(&self, function: usize) -> u64 {
        if let Some(work) = self.followed.borrow()[function] {
            return work;
        }
        let work = self.follow(&self.program.functions[function].code);
        self.followed.borrow_mut()[function] = Some(work);
        work
    }

    /// Most work of finding which questions would decide a decision: everything is followed at most once.
    fn follow_all(&self) -> u64 {
        let program = self.program;
        let mut most: u64 = 0;
        let mut add = |group: Option<usize>, work: u64| {
            let times = group.map_or(1, |group| self.records(group));
            most = most.saturating_add(work.saturating_mul(times));
        };
        let when = |node: Option<&Node>| node.map_or(0, |node| self.follow(node));
        for group in &program.groups {
            let page = program.pages[group.page].when.as_ref();
            add(None, when(page).saturating_add(when(group.when.as_ref())));
        }
        for field in &program.fields {
            let page = program.pages[field.page].when.as_ref();
            let required = match &field.required {
                Required::When(node) => self.follow(node),
                Required::Always | Required::Never => 0,
            };
            let work = when(page)
                .saturating_add(when(field.when.as_ref()))
                .saturating_add(required);
            add(field.group, work);
        }
        for value in &program.values {
            add(value.group, self.follow(&value.code));
        }
        for rule in &program.rules {
            // A rule is looked at for itself, and once more where another reads it.
            let own = self.optional(rule.when.as_ref()).most;
            let follow = when(rule.when.as_ref()).max(self.follow(&rule.require));
            add(None, own.saturating_add(follow).saturating_mul(2));
        }
        for line in program.fees.iter().chain(&program.entitlements) {
            let work = when(line.when.as_ref()).saturating_add(self.follow(&line.amount));
            add(None, work);
        }
        most
    }

    /// Most work of following an expression down to what it reads.
    fn follow(&self, node: &Node) -> u64 {
        let own = self.node(node).most;
        let parts = match node {
            Node::If(nodes) => self
                .node(&nodes[0])
                .most
                .saturating_add(self.follow_each(&nodes[..])),
            Node::Default(nodes) => self
                .node(&nodes[0])
                .most
                .saturating_add(self.follow_each(&nodes[..])),
            Node::OneOf(item, list) => self.follow(item).saturating_add(self.follow_each(list)),
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                self.follow(each).saturating_mul(self.records(*group))
            }
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => {
                let rows = self.rows(*table).most;
                let inputs = self.follow_each(inputs);
                let each = self.follow(each).saturating_mul(rows);
                rows.saturating_add(inputs).saturating_add(each)
            }
            Node::Apply {
                function,
                arguments,
            } => self
                .follow_function(*function)
                .saturating_add(self.follow_each(arguments)),
            Node::Let { values, result } => {
                self.follow(result).saturating_add(self.follow_each(values))
            }
            other => self.follow_each(other.operands()),
        };
        own.saturating_add(parts)
    }

    fn follow_each(&self, nodes: &[Node]) -> u64 {
        nodes
            .iter()
            .fold(0, |sum, node| sum.saturating_add(self.follow(node)))
    }
}
