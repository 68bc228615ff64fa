//! What an expression reads, through values, functions, tables, rules and conditions.

use std::borrow::Cow;

use crate::{
    date::Day,
    names::Names,
    number::Number,
    plan::{Cell, Expr, Literal, Page, PageContent, Requirement, Rules, RulesOf, When},
    sort::sort,
};

/// Most constants that are kept; what is beyond them is found by going from end to end.
const MAX_CONSTANTS: usize = 1_000;

// Kinds of names, which stand before them.
const FIELD: &str = "field ";
const VALUE: &str = "value ";
const GROUP: &str = "group ";
const FUNCTION: &str = "function ";
const PARAMETER: &str = "parameter ";
const TABLE: &str = "table ";
const RULE: &str = "rule ";

/// Answers and constants on which an expression hangs.
#[derive(Debug, Default)]
pub(super) struct Reads<'a> {
    /// Fields by their names in expressions, such as `streets.metres`.
    pub fields: Names<&'a str>,
    /// Numbers that are written in the expressions, tables and parameters.
    pub numbers: Vec<Number>,
    /// Days that are written there.
    pub days: Vec<Day>,
}

/// What stands under a name.
#[derive(Debug, Default)]
struct Definition<'a> {
    expressions: Vec<&'a Expr>,
    constants: Vec<&'a Literal>,
}

/// The expressions and constants of every name of a form.
#[derive(Debug, Default)]
pub(super) struct Definitions<'a> {
    definitions: Names<Definition<'a>>,
    rules_of: Option<&'a str>,
}

impl<'a> Definitions<'a> {
    /// Those of a form; takes time in proportion to it.
    pub fn new(rules: &'a Rules) -> Self {
        let mut all = Self {
            rules_of: match &rules.rules_of {
                RulesOf::SubmissionDay => None,
                RulesOf::Field(field) => Some(field),
            },
            ..Self::default()
        };
        for page in &rules.pages {
            all.add_page(page);
        }
        for value in &rules.values {
            all.expressions(VALUE, &value.value, vec![&value.expr]);
        }
        for function in &rules.functions {
            all.expressions(FUNCTION, &function.function, vec![&function.expr]);
        }
        for decision in &rules.decisions {
            for rule in &decision.rules {
                let name = format!("{}.{}", decision.decision, rule.rule);
                let parts = rule.when.iter().chain([&rule.require]);
                all.expressions(RULE, &name, parts.collect());
            }
        }
        for parameter in &rules.parameters {
            let values = parameter.periods.iter().map(|(_, value)| value);
            all.constants(PARAMETER, &parameter.parameter, values.collect());
        }
        for table in &rules.tables {
            let cells = table.rows.iter().flat_map(|row| row.when.iter().flatten());
            let ends = cells.flat_map(|cell| match cell {
                Cell::Blank => [None, None],
                Cell::Equal(value) => [Some(value), None],
                Cell::Range { from, to, .. } => [from.as_ref(), to.as_ref()],
            });
            all.constants(TABLE, &table.table, ends.flatten().collect());
        }
        all
    }

    fn expressions(&mut self, kind: &str, name: &str, expressions: Vec<&'a Expr>) {
        let definition = Definition {
            expressions,
            constants: Vec::new(),
        };
        self.definitions.insert(&[kind, name].concat(), definition);
    }

    fn constants(&mut self, kind: &str, name: &str, constants: Vec<&'a Literal>) {
        let definition = Definition {
            expressions: Vec::new(),
            constants,
        };
        self.definitions.insert(&[kind, name].concat(), definition);
    }

    /// The conditions under which the questions of a page are asked, and the values of its records.
    fn add_page(&mut self, page: &'a Page) {
        let (group, fields, outer): (&str, _, Vec<&When>) = match &page.content {
            PageContent::Fields(fields) => ("", fields, vec![&page.when]),
            PageContent::Group(group) => {
                for value in &group.values {
                    let name = format!("{}.{}", group.group, value.value);
                    self.expressions(VALUE, &name, vec![&value.expr]);
                }
                let outer = vec![&page.when, &group.when];
                self.expressions(GROUP, &group.group, present(&outer));
                (&group.group, &group.fields, outer)
            }
        };
        for field in fields {
            let mut conditions = present(&outer);
            conditions.extend(&field.when);
            if let Requirement::When(condition) = &field.required {
                conditions.push(condition);
            }
            let dot = if group.is_empty() { "" } else { "." };
            let name = [group, dot, &field.field].concat();
            self.expressions(FIELD, &name, conditions);
        }
    }

    /// What expressions read; each name is looked into once, however often it is read.
    pub fn reads(&self, roots: impl IntoIterator<Item = &'a Expr>) -> Reads<'a> {
        let mut reads = Reads::default();
        let mut seen = Names::default();
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
                Expr::Field(field) => (FIELD, Cow::Borrowed(field.as_str())),
                Expr::Value(value) => (VALUE, Cow::Borrowed(value.as_str())),
                Expr::Count(group) | Expr::Aggregate { group, .. } | Expr::Each { group, .. } => {
                    (GROUP, Cow::Borrowed(group.as_str()))
                }
                Expr::Call { function, .. } => (FUNCTION, Cow::Borrowed(function.as_str())),
                Expr::Parameter(parameter)
                | Expr::ParameterOn { parameter, .. }
                | Expr::Accrue { parameter, .. } => (PARAMETER, Cow::Borrowed(parameter.as_str())),
                Expr::OverRows { table, each, .. } => {
                    open.push(each);
                    (TABLE, Cow::Borrowed(table.as_str()))
                }
                Expr::Table { table, .. } | Expr::Collect { table, .. } => {
                    (TABLE, Cow::Borrowed(table.as_str()))
                }
                Expr::Rule { decision, rule } => (RULE, format!("{decision}.{rule}").into()),
                _ => continue,
            };
            let mut found = vec![name];
            if let (Expr::Parameter(_), Some(field)) = (expr, self.rules_of) {
                reads.fields.insert(field, field);
                found.push((FIELD, Cow::Borrowed(field)));
            }
            if let Expr::Field(field) = expr {
                reads.fields.insert(field, field);
            }
            for (kind, name) in found {
                let name = [kind, &name].concat();
                if let (true, Some(found)) = (seen.insert(&name, ()), self.definitions.get(&name)) {
                    open.extend(&found.expressions);
                    for value in &found.constants {
                        reads.constant(value);
                    }
                }
            }
        }
        tidy(&mut reads.numbers);
        tidy(&mut reads.days);
        reads
    }
}

impl Reads<'_> {
    fn constant(&mut self, value: &Literal) {
        match value {
            Literal::Number(number) => keep(&mut self.numbers, *number),
            Literal::Date(day) => keep(&mut self.days, *day),
            _ => {}
        }
    }
}

/// Keeps a constant while there are not too many others, each counted once.
fn keep<T: Ord + Copy>(constants: &mut Vec<T>, constant: T) {
    if constants.len() == 2 * MAX_CONSTANTS {
        tidy(constants);
    }
    constants.push(constant);
}

/// Puts constants in order, each once. Of too many every other one is kept: what lies between is found by going from
/// one to the next.
fn tidy<T: Ord + Copy>(constants: &mut Vec<T>) {
    sort(constants);
    constants.dedup();
    if constants.len() > MAX_CONSTANTS {
        let mut keep = false;
        constants.retain(|_| {
            keep = !keep;
            keep
        });
    }
}

fn present<'a>(conditions: &[&'a When]) -> Vec<&'a Expr> {
    conditions.iter().filter_map(|when| when.as_ref()).collect()
}
