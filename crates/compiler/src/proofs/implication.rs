//! Whether conditions imply another: finite-domain reasoning over booleans, choices and presence.
//!
//! Conditions become formulas over variables of a few values each: an option or blank, true, false
//! or blank, answered or blank. What is neither (`stalls > 3`) is a variable of its own that is true
//! or false, the same wherever it is written alike. To what is assumed come the facts that hold
//! anyway: an answered field is shown, and a shown field that is required is not blank. A search
//! with a capped number of steps then looks for a counterexample.

use counterfoil_engine::plan::{AggregateOp, CompareOp, Expr, Literal};

/// Values tried before a proof gives up.
const MAX_STEPS: usize = 20_000;
/// Variables beyond which no further facts are gathered.
const MAX_VARIABLES: usize = 64;
/// Definitions within definitions beyond which a name is not looked into.
const MAX_DEFINITIONS: usize = 24;
/// Options beyond which a choice is only answered or blank.
const MAX_OPTIONS: usize = 60;

/// What the reasoning needs to know about the names in conditions.
pub trait Environment {
    /// A field's values and when it is shown and required; none for an unknown name.
    fn field(&mut self, path: &str) -> Option<FieldFacts>;
    /// What an [`Expr::Value`] or [`Expr::Rule`] stands for, where that is known.
    fn definition(&mut self, name: &Expr) -> Option<Expr>;
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
            open_names: Vec::new(),
        }
    }

    /// Whether no assignment satisfies the assumptions and the formula together.
    fn refutes(&mut self, assumptions: &[Expr], formula: Formula) -> bool {
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
        let mut values: Vec<u64> = self.variables.iter().map(|v| v.all).collect();
        self.steps = 0;
        !self.satisfiable(&formulas, &mut values).unwrap_or(true)
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
            return Some(true);
        };
        let all = values[variable];
        for bit in (0..u64::BITS).map(|shift| 1_u64 << shift) {
            if all & bit != 0 {
                values[variable] = bit;
                let found = self.satisfiable(formulas, values);
                values[variable] = all;
                if found != Some(false) {
                    return found;
                }
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
            Subject::Records(_) => {}
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

    fn field_variable(&mut self, path: &str) -> Option<usize> {
        let known = self
            .variables
            .iter()
            .position(|v| matches!(&v.subject, Subject::Field(name) if name == path));
        if known.is_some() {
            return known;
        }
        let mut domain = self.environment.field(path)?.domain;
        if matches!(&domain, Domain::Options(options) if options.len() > MAX_OPTIONS) {
            domain = Domain::Many;
        }
        let all = match &domain {
            Domain::Boolean => BLANK | FALSE | TRUE,
            Domain::Options(options) => (1_u64 << (options.len() + 1)) - 1,
            Domain::Many => BLANK | TRUE,
        };
        self.variables.push(Variable {
            subject: Subject::Field(path.to_owned()),
            domain,
            all,
        });
        Some(self.variables.len() - 1)
    }

    fn records_variable(&mut self, group: &str) -> usize {
        let known = self
            .variables
            .iter()
            .position(|v| matches!(&v.subject, Subject::Records(name) if name == group));
        known.unwrap_or_else(|| self.boolean(Subject::Records(group.to_owned())))
    }

    fn boolean(&mut self, subject: Subject) -> usize {
        self.variables.push(Variable {
            subject,
            domain: Domain::Boolean,
            all: FALSE | TRUE,
        });
        self.variables.len() - 1
    }

    /// A condition that is not looked into.
    fn opaque(&mut self, expr: &Expr, holds: bool) -> Formula {
        let known = self
            .variables
            .iter()
            .position(|v| matches!(&v.subject, Subject::Opaque(other) if other == expr));
        let variable = known.unwrap_or_else(|| self.boolean(Subject::Opaque(expr.clone())));
        let values = if holds { TRUE } else { FALSE };
        Formula::Is { variable, values }
    }

    /// The formula that a condition holds, or that it comes out false.
    fn formula(&mut self, expr: &Expr, holds: bool) -> Formula {
        match expr {
            Expr::Literal(Literal::Boolean(value)) => Formula::Constant(*value == holds),
            Expr::Not(operand) => self.formula(operand, !holds),
            Expr::And(operands) | Expr::Or(operands) => {
                let parts = operands.iter().map(|o| self.formula(o, holds)).collect();
                if matches!(expr, Expr::And(_)) == holds {
                    Formula::All(parts)
                } else {
                    Formula::Any(parts)
                }
            }
            Expr::Compare { op, left, right } => self.comparison(*op, left, right, holds),
            Expr::OneOf { item, list } => {
                let mut literals = Vec::with_capacity(list.len());
                for candidate in list {
                    match candidate {
                        Expr::Literal(literal) => literals.push(literal),
                        _ => return self.opaque(expr, holds),
                    }
                }
                let wanted = |value: Option<&Literal>| {
                    value.is_some_and(|value| literals.contains(&value)) == holds
                };
                self.member(item, &wanted)
                    .unwrap_or_else(|| self.opaque(expr, holds))
            }
            Expr::Answered(operand) => self.blank(operand, !holds),
            Expr::Field(_)
            | Expr::Value(_)
            | Expr::Rule { .. }
            | Expr::If { .. }
            | Expr::Default(..) => {
                let wanted = Literal::Boolean(holds);
                self.member(expr, &|value| value == Some(&wanted))
                    .unwrap_or_else(|| self.opaque(expr, holds))
            }
            _ => self.opaque(expr, holds),
        }
    }

    fn comparison(&mut self, op: CompareOp, left: &Expr, right: &Expr, holds: bool) -> Formula {
        if let Some(formula) = self.record_count(op, left, right, holds) {
            return formula;
        }
        // `a != b` is `a == b` that does not hold, `a <= b` is `a > b` that does not, and so on.
        let (op, left, right, holds) = match op {
            CompareOp::Equal => (CompareOp::Equal, left, right, holds),
            CompareOp::NotEqual => (CompareOp::Equal, left, right, !holds),
            CompareOp::Greater => (CompareOp::Greater, left, right, holds),
            CompareOp::AtMost => (CompareOp::Greater, left, right, !holds),
            CompareOp::Less => (CompareOp::Greater, right, left, holds),
            CompareOp::AtLeast => (CompareOp::Greater, right, left, !holds),
        };
        if op == CompareOp::Equal {
            let constant = match (left, right) {
                (term, Expr::Literal(literal)) | (Expr::Literal(literal), term) => {
                    Some((term, literal))
                }
                _ => None,
            };
            if let Some((term, literal)) = constant {
                let wanted = |value: Option<&Literal>| (value == Some(literal)) == holds;
                if let Some(formula) = self.member(term, &wanted) {
                    return formula;
                }
            } else if let Some(formula) = self.same_value(left, right, holds) {
                return formula;
            }
        }
        let (left, right) = (Box::new(left.clone()), Box::new(right.clone()));
        let comparison = Expr::Compare { op, left, right };
        self.opaque(&comparison, holds)
    }

    /// Comparisons of `count(group)` that say whether there is a record.
    fn record_count(
        &mut self,
        op: CompareOp,
        left: &Expr,
        right: &Expr,
        holds: bool,
    ) -> Option<Formula> {
        let (group, op, number) = match (left, right) {
            (Expr::Count(group), Expr::Literal(Literal::Number(number))) => (group, op, number),
            (Expr::Literal(Literal::Number(number)), Expr::Count(group)) => {
                let op = match op {
                    CompareOp::Less => CompareOp::Greater,
                    CompareOp::AtMost => CompareOp::AtLeast,
                    CompareOp::Greater => CompareOp::Less,
                    CompareOp::AtLeast => CompareOp::AtMost,
                    same => same,
                };
                (group, op, number)
            }
            _ => return None,
        };
        let some = match (op, number.to_i64()?) {
            (CompareOp::Greater | CompareOp::NotEqual, 0) | (CompareOp::AtLeast, 1) => true,
            (CompareOp::Equal | CompareOp::AtMost, 0) | (CompareOp::Less, 1) => false,
            _ => return None,
        };
        let variable = self.records_variable(group);
        let values = if some == holds { TRUE } else { FALSE };
        Some(Formula::Is { variable, values })
    }

    /// The formula that two fields of few values have the same value, or not.
    fn same_value(&mut self, left: &Expr, right: &Expr, holds: bool) -> Option<Formula> {
        let (Expr::Field(path), Expr::Field(_)) = (left, right) else {
            return None;
        };
        let variable = self.field_variable(path)?;
        let values: Vec<Option<Literal>> = match &self.variables[variable].domain {
            Domain::Boolean => vec![
                None,
                Some(Literal::Boolean(false)),
                Some(Literal::Boolean(true)),
            ],
            Domain::Options(options) => std::iter::once(None)
                .chain(options.iter().cloned().map(Literal::Text).map(Some))
                .collect(),
            Domain::Many => return None,
        };
        let mut cases = Vec::with_capacity(values.len());
        for value in &values {
            let here = self.member(left, &|other| other == value.as_ref())?;
            let there = self.member(right, &|other| (other == value.as_ref()) == holds)?;
            cases.push(Formula::All(vec![here, there]));
        }
        Some(Formula::Any(cases))
    }

    /// The formula that a term has one of the wanted values, `None` being blank; none where the term is
    /// not of few values.
    fn member(
        &mut self,
        term: &Expr,
        wanted: &dyn Fn(Option<&Literal>) -> bool,
    ) -> Option<Formula> {
        match term {
            Expr::Literal(literal) => Some(Formula::Constant(wanted(Some(literal)))),
            Expr::Blank => Some(Formula::Constant(wanted(None))),
            Expr::Field(path) => {
                let variable = self.field_variable(path)?;
                let mut values = u64::from(wanted(None));
                match &self.variables[variable].domain {
                    Domain::Boolean => {
                        for (bit, value) in [(FALSE, false), (TRUE, true)] {
                            if wanted(Some(&Literal::Boolean(value))) {
                                values |= bit;
                            }
                        }
                    }
                    Domain::Options(options) => {
                        for (index, option) in options.iter().enumerate() {
                            if wanted(Some(&Literal::Text(option.clone()))) {
                                values |= 1 << (index + 1);
                            }
                        }
                    }
                    Domain::Many => return None,
                }
                Some(Formula::Is { variable, values })
            }
            Expr::Value(_) | Expr::Rule { .. } => {
                let definition = self.enter(term)?;
                let formula = self.member(&definition, wanted);
                self.open_names.pop();
                formula
            }
            Expr::If {
                condition,
                then,
                otherwise,
            } => {
                let taken = self.formula(condition, true);
                let passed = self.formula(condition, false);
                let then = self.member(then, wanted)?;
                let otherwise = self.member(otherwise, wanted)?;
                Some(Formula::Any(vec![
                    Formula::All(vec![taken, then]),
                    Formula::All(vec![passed, otherwise]),
                ]))
            }
            Expr::Default(first, second) => {
                let answered = self.member(first, &|value| value.is_some() && wanted(value))?;
                let blank = self.blank(first, true);
                let second = self.member(second, wanted)?;
                Some(Formula::Any(vec![
                    answered,
                    Formula::All(vec![blank, second]),
                ]))
            }
            Expr::Not(_)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare { .. }
            | Expr::OneOf { .. }
            | Expr::Answered(_)
            | Expr::Contains { .. } => {
                let mut cases = Vec::new();
                for value in [false, true] {
                    if wanted(Some(&Literal::Boolean(value))) {
                        cases.push(self.formula(term, value));
                    }
                }
                Some(Formula::Any(cases))
            }
            _ => None,
        }
    }

    /// The formula that an expression is blank, or that it is not.
    fn blank(&mut self, expr: &Expr, holds: bool) -> Formula {
        match expr {
            Expr::Blank => Formula::Constant(holds),
            Expr::Field(path) => match self.field_variable(path) {
                Some(variable) => Formula::Is {
                    variable,
                    values: if holds { BLANK } else { !BLANK },
                },
                None => self.opaque_blank(expr, holds),
            },
            Expr::Value(_) | Expr::Rule { .. } => match self.enter(expr) {
                Some(definition) => {
                    let formula = self.blank(&definition, holds);
                    self.open_names.pop();
                    formula
                }
                None => self.opaque_blank(expr, holds),
            },
            Expr::If {
                condition,
                then,
                otherwise,
            } => Formula::Any(vec![
                Formula::All(vec![self.formula(condition, true), self.blank(then, holds)]),
                Formula::All(vec![
                    self.formula(condition, false),
                    self.blank(otherwise, holds),
                ]),
            ]),
            Expr::Default(first, second) => {
                let parts = vec![self.blank(first, holds), self.blank(second, holds)];
                if holds {
                    Formula::All(parts)
                } else {
                    Formula::Any(parts)
                }
            }
            Expr::Aggregate {
                op: AggregateOp::Min | AggregateOp::Max,
                group,
                ..
            } => {
                let variable = self.records_variable(group);
                let values = if holds { FALSE } else { TRUE };
                Formula::Is { variable, values }
            }
            // Every other operation has operands that are not blank, and so a result that is not.
            _ => Formula::Constant(!holds),
        }
    }

    /// What a name stands for, unless it is being looked into already.
    fn enter(&mut self, name: &Expr) -> Option<Expr> {
        if self.open_names.len() >= MAX_DEFINITIONS || self.open_names.contains(name) {
            return None;
        }
        let definition = self.environment.definition(name)?;
        self.open_names.push(name.clone());
        Some(definition)
    }

    fn opaque_blank(&mut self, expr: &Expr, holds: bool) -> Formula {
        let answered = Expr::Answered(Box::new(expr.clone()));
        self.opaque(&answered, !holds)
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
