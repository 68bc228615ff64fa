//! What an expression reads, through values, functions, tables, rules and conditions.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    date::Day,
    number::Number,
    plan::{Cell, Expr, Literal, Page, PageContent, Requirement, Rules, RulesOf, When},
};

/// Most constants that are kept; what is beyond them is found by going from end to end.
const MAX_CONSTANTS: usize = 1_000;

/// Answers and constants on which an expression hangs.
#[derive(Debug, Default)]
pub(super) struct Reads<'a> {
    /// Fields by their names in expressions, such as `streets.metres`.
    pub fields: BTreeSet<&'a str>,
    /// Numbers that are written in the expressions, tables and parameters.
    pub numbers: BTreeSet<Number>,
    /// Days that are written there.
    pub days: BTreeSet<Day>,
}

/// What is defined under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name<'a> {
    Field(&'a str, &'a str),
    Value(&'a str, &'a str),
    Group(&'a str),
    Function(&'a str),
    Parameter(&'a str),
    Table(&'a str),
    Rule(&'a str, &'a str),
}

/// The expressions and constants of every name of a form.
#[derive(Debug)]
pub(super) struct Names<'a> {
    expressions: BTreeMap<Name<'a>, Vec<&'a Expr>>,
    constants: BTreeMap<Name<'a>, Vec<&'a Literal>>,
    rules_of: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// Those of a form; takes time in proportion to it.
    pub fn new(rules: &'a Rules) -> Self {
        let mut expressions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for page in &rules.pages {
            add_page(&mut expressions, page);
        }
        for value in &rules.values {
            expressions.insert(Name::Value("", &value.value), vec![&value.expr]);
        }
        for function in &rules.functions {
            expressions.insert(Name::Function(&function.function), vec![&function.expr]);
        }
        for decision in &rules.decisions {
            for rule in &decision.rules {
                let parts = rule.when.iter().chain([&rule.require]);
                expressions.insert(Name::Rule(&decision.decision, &rule.rule), parts.collect());
            }
        }
        let mut constants: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for parameter in &rules.parameters {
            let values = parameter.periods.iter().map(|(_, value)| value);
            constants.insert(Name::Parameter(&parameter.parameter), values.collect());
        }
        for table in &rules.tables {
            let cells = table.rows.iter().flat_map(|row| row.when.iter().flatten());
            let ends = cells.flat_map(|cell| match cell {
                Cell::Blank => [None, None],
                Cell::Equal(value) => [Some(value), None],
                Cell::Range { from, to, .. } => [from.as_ref(), to.as_ref()],
            });
            constants.insert(Name::Table(&table.table), ends.flatten().collect());
        }
        Self {
            expressions,
            constants,
            rules_of: match &rules.rules_of {
                RulesOf::SubmissionDay => None,
                RulesOf::Field(field) => Some(field),
            },
        }
    }

    /// What expressions read; each name is looked into once, however often it is read.
    pub fn reads(&self, roots: impl IntoIterator<Item = &'a Expr>) -> Reads<'a> {
        let mut reads = Reads::default();
        let mut seen = BTreeSet::new();
        let mut open: Vec<&'a Expr> = roots.into_iter().collect();
        while let Some(expr) = open.pop() {
            open.extend(expr.operands());
            let name = match expr {
                Expr::Literal(value) => {
                    reads.constant(value);
                    continue;
                }
                Expr::Let { result, .. } => {
                    open.push(result);
                    continue;
                }
                Expr::Field(field) => field_name(field),
                Expr::Value(value) => {
                    let (group, value) = split(value);
                    Name::Value(group, value)
                }
                Expr::Count(group) | Expr::Aggregate { group, .. } | Expr::Each { group, .. } => {
                    Name::Group(group)
                }
                Expr::Call { function, .. } => Name::Function(function),
                Expr::Parameter(parameter)
                | Expr::ParameterOn { parameter, .. }
                | Expr::Accrue { parameter, .. } => Name::Parameter(parameter),
                Expr::OverRows { table, each, .. } => {
                    open.push(each);
                    Name::Table(table)
                }
                Expr::Table { table, .. } | Expr::Collect { table, .. } => Name::Table(table),
                Expr::Rule { decision, rule } => Name::Rule(decision, rule),
                _ => continue,
            };
            let mut found = vec![name];
            if let (Expr::Parameter(_), Some(field)) = (expr, self.rules_of) {
                reads.fields.insert(field);
                found.push(field_name(field));
            }
            if let Expr::Field(field) = expr {
                reads.fields.insert(field);
            }
            for name in found {
                if seen.insert(name) {
                    open.extend(self.expressions.get(&name).into_iter().flatten());
                    for value in self.constants.get(&name).into_iter().flatten() {
                        reads.constant(value);
                    }
                }
            }
        }
        reads
    }
}

impl Reads<'_> {
    fn constant(&mut self, value: &Literal) {
        match value {
            Literal::Number(number) if self.numbers.len() < MAX_CONSTANTS => {
                self.numbers.insert(*number);
            }
            Literal::Date(day) if self.days.len() < MAX_CONSTANTS => {
                self.days.insert(*day);
            }
            _ => {}
        }
    }
}

/// The conditions under which the questions of a page are asked, and the values of its records.
fn add_page<'a>(expressions: &mut BTreeMap<Name<'a>, Vec<&'a Expr>>, page: &'a Page) {
    let (group, fields, outer): (&str, _, Vec<&When>) = match &page.content {
        PageContent::Fields(fields) => ("", fields, vec![&page.when]),
        PageContent::Group(group) => {
            for value in &group.values {
                expressions.insert(Name::Value(&group.group, &value.value), vec![&value.expr]);
            }
            let outer = vec![&page.when, &group.when];
            expressions.insert(Name::Group(&group.group), present(&outer));
            (&group.group, &group.fields, outer)
        }
    };
    for field in fields {
        let mut conditions = present(&outer);
        conditions.extend(&field.when);
        if let Requirement::When(condition) = &field.required {
            conditions.push(condition);
        }
        expressions.insert(Name::Field(group, &field.field), conditions);
    }
}

fn present<'a>(conditions: &[&'a When]) -> Vec<&'a Expr> {
    conditions.iter().filter_map(|when| when.as_ref()).collect()
}

fn split(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or(("", name))
}

fn field_name(field: &str) -> Name<'_> {
    let (group, field) = split(field);
    Name::Field(group, field)
}
