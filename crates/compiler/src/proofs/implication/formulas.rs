//! Conditions as formulas over variables of a few values.

use counterfoil_engine::plan::{AggregateOp, CompareOp, Expr, Literal};

use super::{
    BLANK, Domain, FALSE, Formula, MAX_BRANCHED, MAX_DEFINITIONS, MAX_OPTIONS, Search, Subject,
    TRUE, Variable,
};

impl Search<'_> {
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
    pub(super) fn formula(&mut self, expr: &Expr, holds: bool) -> Formula {
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
            // What is in a range is there, and so is the range.
            Expr::InRange { item, range } if holds => Formula::All(vec![
                self.opaque(expr, true),
                self.blank(item, false),
                self.blank(range, false),
            ]),
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
        if let Some(formula) = self.by_branches(op, left, right, holds) {
            return formula;
        }
        let (left, right) = (Box::new(left.clone()), Box::new(right.clone()));
        let comparison = Expr::Compare { op, left, right };
        self.opaque(&comparison, holds)
    }

    /// A comparison of what is one thing or another: of the one where the condition holds, of the other
    /// where it does not.
    fn by_branches(
        &mut self,
        op: CompareOp,
        left: &Expr,
        right: &Expr,
        holds: bool,
    ) -> Option<Formula> {
        for (side, flipped) in [(left, false), (right, true)] {
            let named = matches!(side, Expr::Value(_))
                .then(|| self.enter(side))
                .flatten();
            let branches = match named.as_ref().unwrap_or(side) {
                Expr::If {
                    condition,
                    then,
                    otherwise,
                } if self.branched < MAX_BRANCHED => Some((Ok(condition), then, otherwise)),
                Expr::Default(first, second) if self.branched < MAX_BRANCHED => {
                    Some((Err(first), first, second))
                }
                _ => None,
            };
            let formula = branches.map(|(condition, then, otherwise)| {
                self.branched += 1;
                let (taken, passed) = match condition {
                    Ok(condition) => (
                        self.formula(condition, true),
                        self.formula(condition, false),
                    ),
                    Err(first) => (self.blank(first, false), self.blank(first, true)),
                };
                let mut compared = |branch: &Expr| {
                    let (left, right) = if flipped {
                        (left, branch)
                    } else {
                        (branch, right)
                    };
                    self.comparison(op, left, right, holds)
                };
                let (then, otherwise) = (compared(then), compared(otherwise));
                Formula::Any(vec![
                    Formula::All(vec![taken, then]),
                    Formula::All(vec![passed, otherwise]),
                ])
            });
            if named.is_some() {
                self.open_names.pop();
            }
            if formula.is_some() {
                return formula;
            }
        }
        None
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
    pub(super) fn blank(&mut self, expr: &Expr, holds: bool) -> Formula {
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
            // Whether there is such a day, or a value on that day, is not looked into.
            Expr::Date(_) | Expr::ParameterOn { .. } | Expr::Accrue { .. } => {
                self.opaque_blank(expr, holds)
            }
            Expr::Local(_) | Expr::Call { .. } => self.opaque_blank(expr, holds),
            Expr::Let { result, .. } => self.blank(result, holds),
            Expr::OverRows {
                op: AggregateOp::Min | AggregateOp::Max,
                inputs,
                ..
            } if !inputs.is_empty() => self.opaque_blank(expr, holds),
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
