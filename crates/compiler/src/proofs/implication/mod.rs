//! Whether conditions imply another: finite-domain reasoning over booleans, choices and presence.
//!
//! Conditions become formulas over variables of a few values each: an option or blank, true, false
//! or blank, answered or blank. What is neither (`stalls > 3`) is a variable of its own that is true
//! or false, the same wherever it is written alike. To what is assumed come the facts that hold
//! anyway: an answered field is shown, and a shown field that is required is not blank. A search
//! with a capped number of steps then looks for a counterexample.

mod formulas;

use counterfoil_engine::plan::{CompareOp, Expr, Literal};

/// Values tried before a proof gives up.
const MAX_STEPS: usize = 20_000;
/// Outcomes of conditions that one search may hold against what else is known of them.
const MAX_OUTCOMES: usize = 6_000;
/// Variables beyond which no further facts are gathered.
const MAX_VARIABLES: usize = 64;
/// Definitions within definitions beyond which a name is not looked into.
const MAX_DEFINITIONS: usize = 24;
/// Comparisons of what is one thing or another that are looked into, in one search.
const MAX_BRANCHED: usize = 12;
/// Options beyond which a choice is only answered or blank.
const MAX_OPTIONS: usize = 60;

/// What the reasoning needs to know about the names in conditions.
pub trait Environment {
    /// A field's values and when it is shown and required; none for an unknown name.
    fn field(&mut self, path: &str) -> Option<FieldFacts>;
    /// What an [`Expr::Value`] or [`Expr::Rule`] stands for, where that is known.
    fn definition(&mut self, name: &Expr) -> Option<Expr>;
    /// Whether a group whose records are known always has one.
    fn has_records(&mut self, group: &str) -> bool {
        let _ = group;
        false
    }
    /// Whether conditions can come out so together, as far as there is more to know of them than the
    /// search itself does (figures, dates, texts). It may answer yes where they cannot.
    fn consistent(&mut self, outcomes: &[(&Expr, bool)]) -> bool {
        let _ = outcomes;
        true
    }
}

/// What a search has come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The conditions never hold together.
    Refuted,
    /// As far as the search can tell they do, with these answers and outcomes of conditions. What is not
    /// listed does not matter.
    Found(Vec<Assigned>),
    /// It took too long.
    GaveUp,
}

/// A part of what a search has found.
#[derive(Clone, Debug, PartialEq)]
pub enum Assigned {
    /// A field's answer, none where it is blank or hidden.
    Field(String, Option<Literal>),
    /// A field is answered, with whatever.
    Answered(String),
    /// Whether a group has a record.
    Records(String, bool),
    /// How a condition comes out.
    Condition(Expr, bool),
}

/// What is known of a field.
#[derive(Clone, Debug)]
pub struct FieldFacts {
    /// The values that it can have.
    pub domain: Domain,
    /// Conditions under which it is shown, all of which must hold.
    pub shown: Vec<Expr>,
    /// When it must be answered if it is shown.
    pub required: Required,
}

/// The values that a field can have when it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// True and false.
    Boolean,
    /// The options of a choice.
    Options(Vec<String>),
    /// Too many to tell apart.
    Many,
}

/// When a field must be answered.
#[derive(Clone, Debug)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    Never,
    /// Where the condition holds.
    When(Expr),
}

/// Whether the assumptions imply that an expression is not blank. A false answer may mean that it
/// could not be proved.
pub fn implies_present(
    environment: &mut dyn Environment,
    assumptions: &[Expr],
    operand: &Expr,
) -> bool {
    let mut search = Search::new(environment);
    let goal = search.blank(operand, true);
    search.refutes(assumptions, goal)
}

/// Whether the assumptions imply a condition. A false answer may mean that it could not be proved.
pub fn implies(environment: &mut dyn Environment, assumptions: &[Expr], condition: &Expr) -> bool {
    let mut search = Search::new(environment);
    let goal = search.formula(condition, false);
    search.refutes(assumptions, goal)
}

/// Whether the assumptions can never hold together. A false answer may mean that it could not be
/// proved.
pub fn contradict(environment: &mut dyn Environment, assumptions: &[Expr]) -> bool {
    Search::new(environment).refutes(assumptions, Formula::Constant(true))
}

/// Searches for answers with which all of the conditions hold.
pub fn satisfy(environment: &mut dyn Environment, conditions: &[Expr]) -> Outcome {
    let mut search = Search::new(environment);
    let mut values = Vec::new();
    match search.satisfy(conditions, Formula::Constant(true), &mut values) {
        Some(false) => Outcome::Refuted,
        Some(true) => Outcome::Found(search.assigned(&values)),
        None => Outcome::GaveUp,
    }
}

/// A variable's value is one of a set, as bits by the value's position; bit 0 is blank.
#[derive(Clone, Debug, PartialEq)]
enum Formula {
    Constant(bool),
    Is { variable: usize, values: u64 },
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

const BLANK: u64 = 1;
const FALSE: u64 = 1 << 1;
const TRUE: u64 = 1 << 2;

#[derive(Clone, Debug)]
enum Subject {
    Field(String),
    /// Whether a group has a record.
    Records(String),
    /// Any other condition.
    Opaque(Expr),
}

#[derive(Clone, Debug)]
struct Variable {
    subject: Subject,
    domain: Domain,
    /// Every value that it can have.
    all: u64,
}

struct Search<'a> {
    environment: &'a mut dyn Environment,
    variables: Vec<Variable>,
    /// Variables whose facts have been gathered.
    explored: usize,
    steps: usize,
    /// Outcomes held against what else is known of them.
    outcomes: usize,
    /// Comparisons that were split by branches.
    branched: usize,
    /// Names being looked into, so that a circle of definitions ends.
    open_names: Vec<Expr>,
}

impl<'a> Search<'a> {
    fn new(environment: &'a mut dyn Environment) -> Self {
        Self {
            environment,
            variables: Vec::new(),
            explored: 0,
            steps: 0,
            outcomes: 0,
            branched: 0,
            open_names: Vec::new(),
        }
    }

    /// Whether no assignment satisfies the assumptions and the formula together.
    fn refutes(&mut self, assumptions: &[Expr], formula: Formula) -> bool {
        !self
            .satisfy(assumptions, formula, &mut Vec::new())
            .unwrap_or(true)
    }

    /// Whether an assignment satisfies the assumptions and the formula together, which `values` then is;
    /// `None` where it takes too long.
    fn satisfy(
        &mut self,
        assumptions: &[Expr],
        formula: Formula,
        values: &mut Vec<u64>,
    ) -> Option<bool> {
        let mut formulas = vec![formula];
        for assumption in assumptions {
            let formula = self.formula(assumption, true);
            formulas.push(formula);
        }
        // Facts about a variable mention others, whose facts are gathered in turn.
        while self.explored < self.variables.len() {
            let variable = self.explored;
            self.explored += 1;
            self.facts(variable, &mut formulas);
        }
        *values = self.variables.iter().map(|v| v.all).collect();
        self.steps = 0;
        self.satisfiable(&formulas, values)
    }

    /// Whether the conditions that have an outcome can have it together. After so much work they are taken
    /// to, which proves less and nothing wrong.
    fn consistent(&mut self, values: &[u64]) -> bool {
        let outcomes: Vec<(&Expr, bool)> = self
            .variables
            .iter()
            .zip(values)
            .filter_map(|(variable, &value)| {
                let expr = match &variable.subject {
                    Subject::Opaque(expr) => expr,
                    Subject::Field(_) | Subject::Records(_) => return None,
                };
                match value {
                    TRUE => Some((expr, true)),
                    FALSE => Some((expr, false)),
                    _ => None,
                }
            })
            .collect();
        self.outcomes += outcomes.len();
        outcomes.is_empty()
            || self.outcomes > MAX_OUTCOMES
            || self.environment.consistent(&outcomes)
    }

    /// What an assignment says.
    fn assigned(&self, values: &[u64]) -> Vec<Assigned> {
        let of = |(variable, &value): (&Variable, &u64)| match (&variable.subject, value) {
            _ if value.count_ones() != 1 => match &variable.subject {
                // Any of several values that all are answers.
                Subject::Field(path) if value & BLANK == 0 => {
                    Some(Assigned::Answered(path.clone()))
                }
                _ => None,
            },
            (Subject::Field(path), BLANK) => Some(Assigned::Field(path.clone(), None)),
            (Subject::Field(path), value) => Some(match &variable.domain {
                Domain::Boolean => {
                    Assigned::Field(path.clone(), Some(Literal::Boolean(value == TRUE)))
                }
                Domain::Options(options) => {
                    let position = value.trailing_zeros() as usize - 1;
                    let option = options.get(position)?;
                    Assigned::Field(path.clone(), Some(Literal::Text(option.clone())))
                }
                Domain::Many => Assigned::Answered(path.clone()),
            }),
            (Subject::Records(group), value) => {
                Some(Assigned::Records(group.clone(), value == TRUE))
            }
            (Subject::Opaque(expr), value) => {
                Some(Assigned::Condition(expr.clone(), value == TRUE))
            }
        };
        self.variables.iter().zip(values).filter_map(of).collect()
    }

    /// Searches for an assignment; `None` where it takes too long.
    fn satisfiable(&mut self, formulas: &[Formula], values: &mut Vec<u64>) -> Option<bool> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return None;
        }
        let mut open = None;
        for formula in formulas {
            match truth(formula, values) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => open = open.or_else(|| undecided(formula, values)),
            }
        }
        let Some(variable) = open else {
            return Some(self.consistent(values));
        };
        let all = values[variable];
        let opaque = matches!(self.variables[variable].subject, Subject::Opaque(_));
        for bit in (0..u64::BITS).map(|shift| 1_u64 << shift) {
            if all & bit != 0 {
                values[variable] = bit;
                let found = if opaque && !self.consistent(values) {
                    Some(false)
                } else {
                    self.satisfiable(formulas, values)
                };
                // What is found stays in the values.
                if found != Some(false) {
                    return found;
                }
                values[variable] = all;
            }
        }
        Some(false)
    }

    /// What holds of a variable anyway.
    fn facts(&mut self, index: usize, formulas: &mut Vec<Formula>) {
        if self.variables.len() > MAX_VARIABLES {
            return;
        }
        let variable = self.variables[index].clone();
        match variable.subject {
            Subject::Records(group) => {
                if self.environment.has_records(&group) {
                    formulas.push(Formula::Is {
                        variable: index,
                        values: TRUE,
                    });
                }
            }
            Subject::Field(path) => {
                let Some(facts) = self.environment.field(&path) else {
                    return;
                };
                let blank = |values| Formula::Is {
                    variable: index,
                    values,
                };
                let mut hidden = Vec::new();
                for condition in &facts.shown {
                    let shown = self.formula(condition, true);
                    formulas.push(Formula::Any(vec![blank(BLANK), shown]));
                    hidden.push(self.formula(condition, false));
                }
                let not_required = match &facts.required {
                    Required::Always => Formula::Constant(false),
                    Required::Never => Formula::Constant(true),
                    Required::When(condition) => self.formula(condition, false),
                };
                hidden.push(not_required);
                hidden.push(blank(!BLANK));
                formulas.push(Formula::Any(hidden));
            }
            Subject::Opaque(expr) => {
                // A comparison or look-up that came out true had operands to work on.
                let operands: Vec<&Expr> = match &expr {
                    Expr::Compare { op, left, right } => match (op, &**left, &**right) {
                        (CompareOp::Equal, Expr::Literal(_), operand)
                        | (CompareOp::Equal, operand, Expr::Literal(_)) => vec![operand],
                        (CompareOp::Equal | CompareOp::NotEqual, ..) => vec![],
                        (_, left, right) => vec![left, right],
                    },
                    Expr::Contains { set, .. } => vec![set],
                    Expr::OneOf { item, .. } => vec![item],
                    _ => vec![],
                };
                for operand in operands {
                    let present = self.blank(operand, false);
                    formulas.push(Formula::Any(vec![
                        Formula::Is {
                            variable: index,
                            values: FALSE,
                        },
                        present,
                    ]));
                }
            }
        }
    }
}

/// The truth of a formula where it is the same for every value that is left.
fn truth(formula: &Formula, values: &[u64]) -> Option<bool> {
    match formula {
        Formula::Constant(value) => Some(*value),
        Formula::Is {
            variable,
            values: wanted,
        } => {
            let left = values[*variable];
            if left & wanted == 0 {
                Some(false)
            } else if left & !wanted == 0 {
                Some(true)
            } else {
                None
            }
        }
        Formula::All(parts) | Formula::Any(parts) => {
            let decisive = matches!(formula, Formula::Any(_));
            let mut result = Some(!decisive);
            for part in parts {
                match truth(part, values) {
                    Some(value) if value == decisive => return Some(decisive),
                    Some(_) => {}
                    None => result = None,
                }
            }
            result
        }
    }
}

/// A variable on which an undecided formula hangs.
fn undecided(formula: &Formula, values: &[u64]) -> Option<usize> {
    match formula {
        Formula::Constant(_) => None,
        Formula::Is { variable, .. } => truth(formula, values).is_none().then_some(*variable),
        Formula::All(parts) | Formula::Any(parts) => {
            parts.iter().find_map(|part| undecided(part, values))
        }
    }
}
