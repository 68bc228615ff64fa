//! What a case is to have, as a search has found it.

use std::collections::HashMap;

use counterfoil_engine::{
    answers::Data,
    date::Day,
    number::Number,
    plan::{CompareOp, Expr, FieldType, Literal},
};

use super::{Order, pools};
use crate::{
    proofs::{implication::Assigned, model::Model, theory},
    types::Bounds,
};

/// Operations between a comparison and the field that is moved for it.
const MAX_SOLVED: usize = 8;

/// What a case is to have; all else is free.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Answers by path, some of which is to be given; none to leave the field out.
    fields: HashMap<String, Vec<Option<Data>>>,
    facts: HashMap<String, Vec<Data>>,
    records: HashMap<String, Vec<u32>>,
    days: Vec<Day>,
    /// Fields that are to stand in some order to an expression: the answer is the expression's result, so
    /// many units higher.
    aligned: Vec<Aligned>,
}

/// A field that is to be a little above, below or the same as an expression.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The field's path; of no group.
    pub path: String,
    /// The expression.
    pub with: Expr,
    /// How many of the field's units above it.
    pub units: i64,
}

impl Wanted {
    /// A case that is evaluated on a day.
    pub fn on(day: Day) -> Self {
        Self {
            days: vec![day],
            ..Self::default()
        }
    }

    /// A case in which a field has an answer.
    pub fn answering(path: &str, answer: Data) -> Self {
        Self {
            fields: HashMap::from([(path.to_owned(), vec![Some(answer)])]),
            ..Self::default()
        }
    }

    /// What a search has found, its figures taken from the ends and the middle of what is left to them.
    pub fn of(model: &Model<'_>, found: &[Assigned]) -> Self {
        let mut wanted = Self::default();
        let mut outcomes: Vec<(&Expr, bool)> = Vec::new();
        for assigned in found {
            match assigned {
                Assigned::Field(path, None) => {
                    wanted.fields.insert(path.clone(), vec![None]);
                }
                Assigned::Field(path, Some(literal)) => {
                    let data = match literal {
                        Literal::Boolean(value) => Data::Bool(*value),
                        Literal::Text(text) => Data::text(text.clone()),
                        Literal::Number(_) | Literal::Date(_) => continue,
                    };
                    wanted.fields.insert(path.clone(), vec![Some(data)]);
                }
                Assigned::Answered(_) => {}
                Assigned::Records(group, some) => {
                    if let Some((group, _)) = model.group(group) {
                        let counts = if *some {
                            vec![group.min.max(1), group.max.min(group.min.max(1) + 2)]
                        } else {
                            vec![0]
                        };
                        wanted.records.insert(group.group.clone(), counts);
                    }
                }
                Assigned::Condition(expr, truth) => outcomes.push((expr, *truth)),
            }
        }
        wanted.narrow(model, &outcomes);
        wanted.align(model, &outcomes);
        wanted
    }

    /// Comparisons of what hangs on a field with what is more than a constant.
    fn align(&mut self, model: &Model<'_>, outcomes: &[(&Expr, bool)]) {
        for (expr, truth) in outcomes {
            let Expr::Compare { op, left, right } = expr else {
                continue;
            };
            let (left, right) = (&**left, &**right);
            // Units above for a field to the left; for one to the right it is the other way round.
            let units = match (op, truth) {
                (CompareOp::Equal, true) | (CompareOp::NotEqual, false) => 0,
                (CompareOp::Equal, false) | (CompareOp::NotEqual, true) => 1,
                (CompareOp::Less, true) | (CompareOp::AtLeast, false) => -1,
                (CompareOp::Greater, true) | (CompareOp::AtMost, false) => 1,
                _ => 0,
            };
            for (one, other, units) in [(left, right, units), (right, left, -units)] {
                if let Some((path, with, rising)) = solved(model, one, other.clone(), 0) {
                    if !matches!(with, Expr::Literal(_)) {
                        let units = if rising { units } else { -units };
                        self.aligned.push(Aligned { path, with, units });
                    }
                    break;
                }
            }
        }
    }

    /// Fields that are to be aligned once the rest of a case is there.
    pub fn aligned(&self) -> &[Aligned] {
        &self.aligned
    }

    fn narrow(&mut self, model: &Model<'_>, outcomes: &[(&Expr, bool)]) {
        let Some(ranges) = theory::ranges(model, outcomes) else {
            return;
        };
        for path in &model.paths {
            let expr = Expr::Field(path.clone());
            let Some(at) = model.field_at(path) else {
                continue;
            };
            if let Some(bounds) = ranges.of(&expr) {
                let answers = answers(bounds, &at.field.type_);
                let answers = answers.into_iter().map(Some).collect();
                self.fields.insert(path.clone(), answers);
            } else if let Some(texts) = ranges.texts(&expr) {
                let texts = texts.iter().cloned().map(Data::text).map(Some);
                self.fields.insert(path.clone(), texts.collect());
            }
        }
        for fact in &model.rules.facts {
            if let Some(bounds) = ranges.of(&Expr::Fact(fact.fact.clone())) {
                let answers = answers(bounds, &fact.type_);
                self.facts.insert(fact.fact.clone(), answers);
            }
        }
        if let Some(bounds) = ranges.of(&Expr::Today) {
            let days = points(bounds).into_iter().filter_map(Number::to_i64);
            self.days = days.filter_map(Day::from_number).collect();
        }
        for page in &model.rules.pages {
            let counterfoil_engine::plan::PageContent::Group(group) = &page.content else {
                continue;
            };
            if let Some(bounds) = ranges.of(&Expr::Count(group.group.clone())) {
                let counts = points(bounds).into_iter().filter_map(Number::to_i64);
                let counts = counts.filter_map(|n| u32::try_from(n).ok()).collect();
                self.records.insert(group.group.clone(), counts);
            }
        }
    }

    /// The answer wanted of a field, or that it is left out; none where it is free.
    pub fn field(&self, path: &str, order: &mut Order) -> Option<Option<Data>> {
        order.pick(self.fields.get(path)?).cloned()
    }

    /// The fact wanted.
    pub fn fact(&self, id: &str, order: &mut Order) -> Option<Data> {
        order.pick(self.facts.get(id)?).cloned()
    }

    /// How many records of a group are wanted.
    pub fn records(&self, group: &str, order: &mut Order) -> Option<u32> {
        order.pick(self.records.get(group)?).copied()
    }

    /// The day of evaluation wanted.
    pub fn day(&self, order: &mut Order) -> Option<Day> {
        order.pick(&self.days).copied()
    }
}

/// A field on which an expression hangs, what it is to be for the expression to be the target, and whether
/// the expression rises with it.
fn solved(
    model: &Model<'_>,
    expr: &Expr,
    target: Expr,
    depth: usize,
) -> Option<(String, Expr, bool)> {
    if depth > MAX_SOLVED {
        return None;
    }
    let boxed = |expr: &Expr| Box::new(expr.clone());
    let next = |expr: &Expr, target: Expr| solved(model, expr, target, depth + 1);
    let falling = |found: Option<(String, Expr, bool)>| {
        found.map(|(path, with, rising)| (path, with, !rising))
    };
    match expr {
        Expr::Field(path) => {
            let single = model.field_at(path).is_some_and(|at| at.group.is_none());
            single.then(|| (path.clone(), target, true))
        }
        Expr::Value(path) => next(model.value(path)?, target),
        Expr::Round { value, .. } => next(value, target),
        Expr::Default(first, _) => next(first, target),
        Expr::Negate(operand) => falling(next(operand, Expr::Negate(Box::new(target)))),
        Expr::Add(operands) => operands.iter().enumerate().find_map(|(index, operand)| {
            let mut rest = operands.clone();
            rest.remove(index);
            let rest = match rest.len() {
                1 => rest.remove(0),
                _ => Expr::Add(rest),
            };
            next(
                operand,
                Expr::Subtract(Box::new(target.clone()), Box::new(rest)),
            )
        }),
        Expr::Subtract(left, right) => {
            next(left, Expr::Add(vec![target.clone(), (**right).clone()]))
                .or_else(|| falling(next(right, Expr::Subtract(boxed(left), Box::new(target)))))
        }
        Expr::DaysBetween(first, second) => next(
            second,
            Expr::AddDays(boxed(first), Box::new(target.clone())),
        )
        .or_else(|| {
            let back = Expr::Negate(Box::new(target));
            falling(next(first, Expr::AddDays(boxed(second), Box::new(back))))
        }),
        Expr::AddDays(date, count) => {
            let back = Expr::Negate(boxed(count));
            next(date, Expr::AddDays(Box::new(target), Box::new(back)))
        }
        _ => None,
    }
}

/// The ends of bounds and what lies in the middle.
fn points(bounds: Bounds) -> Vec<Number> {
    let Bounds { min, max } = bounds;
    let half = Number::new(5, 1);
    let middle = max
        .checked_sub(min)
        .zip(half)
        .and_then(|(width, half)| width.checked_mul(half))
        .and_then(|half| min.checked_add(half))
        .and_then(|middle| {
            middle.round_to(
                Number::new(1, min.scale().max(max.scale()))?,
                counterfoil_engine::plan::RoundMode::Down,
            )
        });
    let mut points = vec![min, max];
    points.extend(middle.filter(|middle| *middle != min && *middle != max));
    points.dedup();
    points
}

fn answers(bounds: Bounds, type_: &FieldType) -> Vec<Data> {
    let points = points(bounds);
    match type_ {
        FieldType::Date { .. } => points
            .into_iter()
            .filter_map(Number::to_i64)
            .filter_map(Day::from_number)
            .map(pools::date)
            .collect(),
        _ => points
            .into_iter()
            .map(|point| pools::number(point, type_))
            .collect(),
    }
}
