//! What depends on what: the order of working things out, and circles.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    codes,
    definition::{Id, InputType, PageContent, Requirement, RulesOf},
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    names::Item,
    source::{FileId, Span},
};

/// Something whose meaning may depend on others; the numbers are positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A page: whether it is asked.
    Page(usize),
    /// A group: whether records are required.
    Group(usize),
    /// A field: whether it is asked and required, and its options.
    Field(usize),
    /// A computed value.
    Value(usize),
    /// A rule of a decision.
    Rule(usize, usize),
    /// A table: the types of its inputs.
    Table(usize),
    /// A parameter, which may hang on the day that a field answers.
    Parameter(usize),
    /// A function of the form.
    Function(usize),
}

/// A dependency and where it was written.
type Edge = (usize, Span);

struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Vec<Edge>>,
}

/// Everything in an order in which each thing comes after those on which it depends. Circles are
/// reported, and what is in them comes in any order.
pub fn order(checker: &mut Checker<'_>) -> Vec<Node> {
    let graph = Graph::of(checker);
    let components = components(&graph.edges);
    let mut order = Vec::with_capacity(graph.nodes.len());
    for component in components {
        let in_circle = component.len() > 1
            || graph.edges[component[0]]
                .iter()
                .any(|(to, _)| *to == component[0]);
        if in_circle {
            let diagnostic = report(checker, &graph, &component);
            checker.diagnostics.push(diagnostic);
        }
        order.extend(component.into_iter().map(|index| graph.nodes[index]));
    }
    order
}

impl Graph {
    fn of(checker: &Checker<'_>) -> Self {
        let (form, names) = (checker.form, &checker.names);
        let rules = form
            .decisions
            .iter()
            .enumerate()
            .flat_map(|(d, decision)| (0..decision.rules.len()).map(move |r| Node::Rule(d, r)));
        let nodes: Vec<Node> = (0..form.pages.len())
            .map(Node::Page)
            .chain((0..names.groups.len()).map(Node::Group))
            .chain((0..names.fields.len()).map(Node::Field))
            .chain((0..names.values.len()).map(Node::Value))
            .chain(rules)
            .chain((0..form.tables.len()).map(Node::Table))
            .chain((0..form.parameters.len()).map(Node::Parameter))
            .chain((0..form.functions.len()).map(Node::Function))
            .collect();
        let reader = Reader {
            checker,
            nodes: &nodes,
        };
        let edges = nodes.iter().map(|node| reader.edges(*node)).collect();
        Self { nodes, edges }
    }
}

struct Reader<'a, 'f> {
    checker: &'a Checker<'f>,
    nodes: &'a [Node],
}

impl Reader<'_, '_> {
    fn index(&self, node: Node) -> usize {
        // Nodes are listed in the order of their type.
        self.nodes.partition_point(|other| *other < node)
    }

    fn edges(&self, node: Node) -> Vec<Edge> {
        let (form, names) = (self.checker.form, &self.checker.names);
        let mut edges = Vec::new();
        match node {
            Node::Page(page) => self.condition(form.pages[page].when.as_ref(), None, &mut edges),
            Node::Group(group) => {
                let entry = &names.groups[group];
                self.requirement(entry.group.required.as_ref(), None, &mut edges);
                self.page(entry.page, &mut edges);
            }
            Node::Field(field) => {
                let entry = &names.fields[field];
                self.condition(entry.field.when.as_ref(), entry.group, &mut edges);
                self.requirement(entry.field.required.as_ref(), entry.group, &mut edges);
                for option in &self.checker.fields[field].options {
                    self.condition(option.when.as_ref(), entry.group, &mut edges);
                }
                self.page(entry.page, &mut edges);
                if let Some(group) = entry.group {
                    edges.push((self.index(Node::Group(group)), entry.field.field.span));
                }
            }
            Node::Value(value) => {
                let entry = &names.values[value];
                self.expr(&entry.value.expr, entry.group, &mut edges);
                if let Some(group) = entry.group {
                    edges.push((self.index(Node::Group(group)), entry.value.value.span));
                }
            }
            Node::Rule(decision, rule) => {
                let rule = &form.decisions[decision].rules[rule];
                self.condition(rule.when.as_ref(), None, &mut edges);
                self.expr(&rule.require, None, &mut edges);
            }
            Node::Table(table) => {
                for input in &form.tables[table].inputs {
                    self.input(&input.name, input.type_.as_ref(), &mut edges);
                }
            }
            Node::Function(function) => {
                let function = &form.functions[function];
                for argument in &function.arguments {
                    self.input(&argument.argument, Some(&argument.type_), &mut edges);
                }
                for (_, value) in &function.body.locals {
                    self.expr(value, None, &mut edges);
                }
                self.expr(&function.body.result, None, &mut edges);
                let file = function.function.span.file;
                if form.shared.file(file).is_some() {
                    // An argument may have the name of something in the form, which is not meant.
                    edges.retain(|(index, _)| self.file(self.nodes[*index]) == Some(file));
                }
            }
            Node::Parameter(_) => {
                if let RulesOf::Field(id) = &form.rules_of
                    && let Some(Item::Field(field)) = names.resolve(id.as_str(), None)
                {
                    edges.push((self.index(Node::Field(field)), id.span));
                }
            }
        }
        edges
    }

    /// The file of what a shared file can declare.
    fn file(&self, node: Node) -> Option<FileId> {
        let form = self.checker.form;
        let id = match node {
            Node::Parameter(parameter) => &form.parameters[parameter].parameter,
            Node::Table(table) => &form.tables[table].table,
            Node::Function(function) => &form.functions[function].function,
            Node::Page(_) | Node::Field(_) | Node::Group(_) | Node::Value(_) | Node::Rule(..) => {
                return None;
            }
        };
        Some(id.span.file)
    }

    /// The value whose type an input column or argument takes.
    fn input(&self, name: &Id, type_: Option<&InputType>, edges: &mut Vec<Edge>) {
        let names = &self.checker.names;
        let path = match type_ {
            None => std::slice::from_ref(name),
            Some(InputType::SameAs(path)) => &path.names,
            Some(InputType::Typed(_) | InputType::Error) => return,
        };
        let found = match path {
            [name] => names.resolve(name.as_str(), None),
            [group, name] => match names.resolve(group.as_str(), None) {
                Some(Item::Group(group)) => names.member(group, name.as_str()),
                _ => None,
            },
            _ => None,
        };
        // Of a field its declared type is needed alone.
        if let Some(Item::Value(value)) = found {
            edges.push((self.index(Node::Value(value)), name.span));
        }
    }

    fn page(&self, page: usize, edges: &mut Vec<Edge>) {
        if let Some(when) = &self.checker.form.pages[page].when {
            edges.push((self.index(Node::Page(page)), when.span));
        }
    }

    fn condition(&self, condition: Option<&Expr>, group: Option<usize>, edges: &mut Vec<Edge>) {
        if let Some(condition) = condition {
            self.expr(condition, group, edges);
        }
    }

    fn requirement(
        &self,
        requirement: Option<&Requirement>,
        group: Option<usize>,
        edges: &mut Vec<Edge>,
    ) {
        if let Some(Requirement::When(condition)) = requirement {
            self.expr(condition, group, edges);
        }
    }

    fn expr(&self, expr: &Expr, group: Option<usize>, edges: &mut Vec<Edge>) {
        let names = &self.checker.names;
        match &expr.kind {
            ExprKind::Boolean(_)
            | ExprKind::Number { .. }
            | ExprKind::Text(_)
            | ExprKind::Error => {}
            ExprKind::Name(name) => {
                if let Some(item) = names.resolve(name, group) {
                    self.item(item, expr.span, edges);
                }
            }
            ExprKind::Member { base, name } => match &base.kind {
                ExprKind::Name(base) if base == "rules" => {
                    let decisions = self.checker.form.decisions.iter().enumerate();
                    for (d, decision) in decisions {
                        let rules = decision.rules.iter().enumerate();
                        for (r, _) in rules.filter(|(_, rule)| rule.rule.value == name.value) {
                            edges.push((self.index(Node::Rule(d, r)), expr.span));
                        }
                    }
                }
                ExprKind::Name(base) if base == "decisions" => {
                    let decisions = self.checker.form.decisions.iter().enumerate();
                    for (d, decision) in decisions.filter(|(_, d)| d.decision.value == name.value) {
                        for r in 0..decision.rules.len() {
                            edges.push((self.index(Node::Rule(d, r)), expr.span));
                        }
                    }
                }
                ExprKind::Name(base) => match names.resolve(base, group) {
                    Some(Item::Group(position)) => {
                        edges.push((self.index(Node::Group(position)), expr.span));
                        if let Some(item) = names.member(position, name.as_str()) {
                            self.item(item, expr.span, edges);
                        }
                    }
                    Some(item) => self.item(item, expr.span, edges),
                    None => {}
                },
                _ => self.expr(base, group, edges),
            },
            ExprKind::Call { name, arguments } => {
                if let Some(item @ (Item::Table(_) | Item::Function(_))) =
                    names.resolve(name.as_str(), group)
                {
                    self.item(item, expr.span, edges);
                }
                for argument in arguments {
                    let accrued = name.value == "accrue"
                        && matches!(&argument.kind, ExprKind::Name(name)
                            if matches!(names.resolve(name, group), Some(Item::Parameter(_))));
                    if !accrued {
                        self.expr(argument, group, edges);
                    }
                }
            }
            ExprKind::Method {
                base, arguments, ..
            } => {
                // A parameter on another day does not hang on the form's own day.
                if !matches!(base.kind, ExprKind::Name(_)) {
                    self.expr(base, group, edges);
                }
                for argument in arguments {
                    self.expr(argument, group, edges);
                }
            }
            ExprKind::Not(operand) | ExprKind::Negate(operand) => self.expr(operand, group, edges),
            ExprKind::And(operands) | ExprKind::Or(operands) | ExprKind::List(operands) => {
                for operand in operands {
                    self.expr(operand, group, edges);
                }
            }
            ExprKind::Binary { left, right, .. } => {
                self.expr(left, group, edges);
                self.expr(right, group, edges);
            }
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                for part in [condition, then, otherwise] {
                    self.expr(part, group, edges);
                }
            }
        }
    }

    fn item(&self, item: Item, span: Span, edges: &mut Vec<Edge>) {
        let node = match item {
            Item::Field(field) => Node::Field(field),
            Item::Group(group) => Node::Group(group),
            Item::Value(value) => Node::Value(value),
            Item::Parameter(parameter) => Node::Parameter(parameter),
            Item::Table(table) => Node::Table(table),
            Item::Function(function) => Node::Function(function),
            Item::Fact(_) => return,
        };
        edges.push((self.index(node), span));
    }
}

/// Strongly connected components, each after those that it leads to (Tarjan, without recursion, so
/// that a long chain of values does not exhaust the stack).
fn components(edges: &[Vec<Edge>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let mut number = vec![UNSEEN; count];
    let mut lowest = vec![0; count];
    let mut on_stack = vec![false; count];
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..count {
        if number[root] != UNSEEN {
            continue;
        }
        let mut walk = vec![(root, 0)];
        while let Some((node, edge)) = walk.pop() {
            if edge == 0 {
                number[node] = next;
                lowest[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            } else {
                let (child, _) = edges[node][edge - 1];
                lowest[node] = lowest[node].min(lowest[child]);
            }
            let mut descended = false;
            for (offset, &(to, _)) in edges[node].iter().enumerate().skip(edge) {
                if number[to] == UNSEEN {
                    walk.push((node, offset + 1));
                    walk.push((to, 0));
                    descended = true;
                    break;
                }
                if on_stack[to] {
                    lowest[node] = lowest[node].min(number[to]);
                }
            }
            if descended || lowest[node] != number[node] {
                continue;
            }
            let mut component = Vec::new();
            while let Some(member) = stack.pop() {
                on_stack[member] = false;
                component.push(member);
                if member == node {
                    break;
                }
            }
            component.sort_unstable();
            found.push(component);
        }
    }
    found
}

/// One diagnostic for a circle, with a way round it.
fn report(checker: &Checker<'_>, graph: &Graph, component: &[usize]) -> Diagnostic {
    let members: BTreeSet<usize> = component.iter().copied().collect();
    // The circle is told from what a form's author would call the thing itself: not a page or group.
    let start = component
        .iter()
        .copied()
        .find(|&index| !matches!(graph.nodes[index], Node::Page(_) | Node::Group(_)))
        .unwrap_or(component[0]);
    let circle = way_round(graph, &members, start);
    let mut names: Vec<String> = circle
        .iter()
        .map(|(index, _)| name(checker, graph.nodes[*index]))
        .collect();
    names.push(names[0].clone());
    let questions = component
        .iter()
        .filter(|&&index| matches!(graph.nodes[index], Node::Field(_)))
        .count();
    let mut diagnostic = Diagnostic::error(
        codes::CYCLE,
        circle[0].1,
        format!("{} depends on itself: {}", names[0], names.join(" → ")),
    )
    .help(if questions > 1 {
        "Take one of the steps out. Of two questions each of which is required without the other, \
         make both optional and add a check."
    } else {
        "Take one of the steps out: nobody could work this out."
    });
    for ((_, span), names) in circle.iter().zip(names.windows(2)).skip(1) {
        diagnostic = diagnostic.label(*span, format!("{} needs {}", names[0], names[1]));
    }
    diagnostic
}

/// A shortest way from a node back to itself: each node with the place of its step.
fn way_round(graph: &Graph, members: &BTreeSet<usize>, start: usize) -> Vec<(usize, Span)> {
    let mut came_from: Vec<Option<(usize, Span)>> = vec![None; graph.nodes.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &(to, span) in &graph.edges[node] {
            if !members.contains(&to) || came_from[to].is_some() {
                continue;
            }
            came_from[to] = Some((node, span));
            if to == start {
                queue.clear();
                break;
            }
            queue.push_back(to);
        }
    }
    let mut way = Vec::new();
    let mut node = start;
    while let Some((before, span)) = came_from[node] {
        way.push((before, span));
        node = before;
        if node == start {
            break;
        }
    }
    way.reverse();
    way
}

fn name(checker: &Checker<'_>, node: Node) -> String {
    let (form, names) = (checker.form, &checker.names);
    match node {
        Node::Page(page) => format!("page `{}`", form.pages[page].page.value),
        Node::Group(group) => match &form.pages[names.groups[group].page].content {
            PageContent::Group(group) => format!("`{}`", group.group.value),
            PageContent::Fields(_) => String::new(),
        },
        Node::Field(field) => format!("`{}`", names.fields[field].path),
        Node::Value(value) => format!("`{}`", names.values[value].path),
        Node::Rule(decision, rule) => {
            format!(
                "`rules.{}`",
                form.decisions[decision].rules[rule].rule.value
            )
        }
        Node::Function(function) => {
            format!("function `{}`", form.functions[function].function.value)
        }
        Node::Table(table) => format!("table `{}`", form.tables[table].table.value),
        Node::Parameter(parameter) => {
            format!("`{}`", form.parameters[parameter].parameter.value)
        }
    }
}
