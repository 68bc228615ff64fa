//! How far an evaluation is from an outcome: the branch distance of search-based testing.
//!
//! A distance is a whole number: 0 where the outcome has come about, and smaller the less the answers
//! would have to change. It guides a search and means nothing else.

use crate::{
    evaluate::{At, Datum, Evaluation, Locals, Outcome, RecordAt, State},
    number::{Number, Quotient},
    plan::{AggregateOp, CompareOp, Literal, RoundMode},
    program::{Node, RowNode, Symbol, Test},
};

/// The distance of one from the next whole number, of a day from the next, of yes from no.
pub(super) const UNIT: u64 = 10_000;
/// The distance of what is not known at all.
const UNKNOWN: u64 = UNIT * 1_000_000_000;

/// How far an evaluation is from an outcome; ordered, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Conditions on the way that do not hold yet, the outcome itself included.
    unmet: usize,
    /// How far the first of them is from holding.
    gap: u64,
}

impl Distance {
    /// The outcome has come about.
    pub const REACHED: Self = Self { unmet: 0, gap: 0 };

    /// Every other distance is less.
    pub const FARTHEST: Self = Self {
        unmet: usize::MAX,
        gap: u64::MAX,
    };

    /// Whether all holds that leads to the place, so that the outcome alone is missing at most.
    pub const fn is_asked(self) -> bool {
        self.unmet <= 1
    }

    pub(super) const fn new(unmet: usize, gap: u64) -> Self {
        Self { unmet, gap }
    }

    /// Whether the outcome has come about.
    pub fn is_reached(self) -> bool {
        self == Self::REACHED
    }
}

/// How far a condition is from an outcome.
pub(super) fn gap<'a>(
    evaluation: &Evaluation<'a>,
    node: &'a Node,
    at: At<'_, 'a>,
    outcome: bool,
) -> u64 {
    let below = |node: &'a Node, outcome: bool| gap(evaluation, node, at, outcome);
    match node {
        Node::Not(operand) => below(operand, !outcome),
        Node::And(operands) | Node::Or(operands) => {
            let gaps = operands.iter().map(|operand| below(operand, outcome));
            // A conjunction holds by all of its operands and fails by any.
            if matches!(node, Node::And(_)) == outcome {
                gaps.fold(0, u64::saturating_add)
            } else {
                gaps.min().unwrap_or(UNKNOWN)
            }
        }
        Node::If(nodes) => {
            let branch = |condition: bool, branch: &'a Node| {
                below(&nodes[0], condition).saturating_add(below(branch, outcome))
            };
            branch(true, &nodes[1]).min(branch(false, &nodes[2]))
        }
        Node::Compare(op, nodes) => {
            let (left, right) = (
                evaluation.eval(&nodes[0], at),
                evaluation.eval(&nodes[1], at),
            );
            comparison(*op, &left, &right, outcome)
        }
        Node::InRange(nodes) => {
            let (item, range) = (
                evaluation.eval(&nodes[0], at),
                evaluation.eval(&nodes[1], at),
            );
            match (item, range) {
                (State::Known(Datum::Date(day)), State::Known(Datum::Range(range))) => {
                    let outside = day.days_until(range.start).max(range.end.days_until(day));
                    let days = if outcome { outside } else { 1 - outside };
                    days.max(0).unsigned_abs().saturating_mul(UNIT)
                }
                _ => plain(&evaluation.eval(node, at), outcome),
            }
        }
        Node::Apply {
            function,
            arguments,
        } => {
            let states: Vec<_> = arguments
                .iter()
                .map(|argument| evaluation.eval(argument, at))
                .collect();
            let locals = Locals {
                states: &states,
                before: None,
            };
            let inner = At {
                locals: Some(&locals),
                ..At::default()
            };
            gap(
                evaluation,
                &evaluation.program.functions[*function].code,
                inner,
                outcome,
            )
        }
        Node::Let { values, result } => {
            let states = evaluation.named(values, at);
            let locals = Locals {
                states: &states,
                before: at.locals,
            };
            let locals = Some(&locals);
            gap(evaluation, result, At { locals, ..at }, outcome)
        }
        Node::OneOf(item, list) if outcome => {
            let item = evaluation.eval(item, at);
            let equal = |candidate: &'a Node| {
                comparison(
                    CompareOp::Equal,
                    &item,
                    &evaluation.eval(candidate, at),
                    true,
                )
            };
            list.iter().map(equal).min().unwrap_or(UNKNOWN)
        }
        Node::Aggregate { op, group, each } => {
            let group = *group;
            let count = evaluation.groups[group].count().unwrap_or(0);
            let each = |outcome: bool| {
                (0..count).map(move |record| {
                    let record = Some(RecordAt { group, record });
                    gap(evaluation, each, At { record, ..at }, outcome)
                })
            };
            match (op, outcome) {
                (AggregateOp::Any, true) | (AggregateOp::All, false) => {
                    each(outcome).min().unwrap_or(UNIT)
                }
                (AggregateOp::Any, false) | (AggregateOp::All, true) => {
                    each(outcome).fold(0, u64::saturating_add)
                }
                _ => UNKNOWN,
            }
        }
        Node::Table {
            table,
            output,
            inputs,
        } => {
            let inputs: Vec<_> = inputs
                .iter()
                .map(|input| evaluation.eval(input, at))
                .collect();
            let wanted = Literal::Boolean(outcome);
            let rows = evaluation.program.tables[*table].rows.iter();
            rows.filter(|candidate| candidate.then.get(*output) == Some(&wanted))
                .map(|candidate| row(candidate, &inputs))
                .min()
                .unwrap_or(UNKNOWN)
        }
        Node::Scalar(slot) => match evaluation.program.scalars[*slot] {
            Symbol::Value(value) => below(&evaluation.program.values[value].code, outcome),
            Symbol::Rule(rule) if evaluation.rules[rule] != Outcome::Absent => {
                below(&evaluation.program.rules[rule].require, outcome)
            }
            _ => plain(&evaluation.eval(node, at), outcome),
        },
        Node::Record(slot) => {
            let symbol = at
                .record
                .map(|at| evaluation.program.groups[at.group].slots[*slot]);
            match symbol {
                Some(Symbol::Value(value)) => {
                    below(&evaluation.program.values[value].code, outcome)
                }
                _ => plain(&evaluation.eval(node, at), outcome),
            }
        }
        _ => plain(&evaluation.eval(node, at), outcome),
    }
}

fn plain(state: &State<'_>, outcome: bool) -> u64 {
    match state {
        State::Known(Datum::Bool(value)) if *value == outcome => 0,
        State::Known(_) | State::Blank => UNIT,
        _ => UNKNOWN,
    }
}

fn comparison(op: CompareOp, left: &State<'_>, right: &State<'_>, outcome: bool) -> u64 {
    let op = if outcome { op } else { opposite(op) };
    let (left, right) = match (left, right) {
        (State::Known(left), State::Known(right)) => (left, right),
        (State::Known(_) | State::Blank, State::Known(_) | State::Blank) => {
            let equal = left == right;
            let wanted = op == CompareOp::Equal;
            let decided = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
            return if decided && equal == wanted { 0 } else { UNIT };
        }
        _ => return UNKNOWN,
    };
    let (apart, order) = apart(left, right);
    let holds = match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::AtMost => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::AtLeast => order.is_ge(),
    };
    // One more than nothing keeps the strict comparisons of equal operands from looking settled.
    if holds { 0 } else { apart.saturating_add(1) }
}

const fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::AtLeast,
        CompareOp::AtMost => CompareOp::Greater,
        CompareOp::Greater => CompareOp::AtMost,
        CompareOp::AtLeast => CompareOp::Less,
    }
}

/// How far two data are from each other, and which comes first.
fn apart(left: &Datum<'_>, right: &Datum<'_>) -> (u64, std::cmp::Ordering) {
    match (left, right) {
        (Datum::Date(a), Datum::Date(b)) => (
            a.days_until(*b).unsigned_abs().saturating_mul(UNIT),
            a.cmp(b),
        ),
        (Datum::Duration(a), Datum::Duration(b)) => {
            let days = a.days().abs_diff(b.days());
            let months = a.months().abs_diff(b.months());
            let apart = days
                .saturating_add(months.saturating_mul(30))
                .saturating_mul(UNIT);
            (
                apart,
                a.checked_cmp(*b).unwrap_or(std::cmp::Ordering::Equal),
            )
        }
        (Datum::Text(a), Datum::Text(b)) => (if a == b { 0 } else { UNIT }, a.cmp(b)),
        (Datum::Bool(a), Datum::Bool(b)) => (if a == b { 0 } else { UNIT }, a.cmp(b)),
        (Datum::Set(a), Datum::Set(b)) => {
            let alone = |a: &[&str], b: &[&str]| a.iter().filter(|item| !b.contains(item)).count();
            let apart = alone(a, b) + alone(b, a);
            ((apart as u64).saturating_mul(UNIT), a.cmp(b))
        }
        _ => match (quotient(left), quotient(right)) {
            (Some(a), Some(b)) => {
                let order = a.checked_cmp(b).unwrap_or(std::cmp::Ordering::Equal);
                (steps(a, b).unwrap_or(UNKNOWN), order)
            }
            _ => (UNKNOWN, std::cmp::Ordering::Equal),
        },
    }
}

fn quotient(datum: &Datum<'_>) -> Option<Quotient> {
    match datum {
        Datum::Number(number) => Some(Quotient::from(*number)),
        Datum::Quotient(quotient) => Some(**quotient),
        _ => None,
    }
}

/// The difference of two numbers in parts of [`UNIT`], rounded up.
fn steps(a: Quotient, b: Quotient) -> Option<u64> {
    let difference = a.checked_add(b.checked_neg()?)?;
    let zero = Quotient::from(Number::ZERO);
    let difference = match difference.checked_cmp(zero)? {
        std::cmp::Ordering::Less => difference.checked_neg()?,
        _ => difference,
    };
    let step = Number::new(1, 4)?;
    let rounded = difference.round_to(step, RoundMode::Up)?;
    u64::try_from(rounded.units_at(4)?).ok()
}

/// How far inputs are from a row of a table, over all its columns.
pub(super) fn row(row: &RowNode, inputs: &[State<'_>]) -> u64 {
    let columns = row.when.iter().zip(inputs).map(|(cells, input)| {
        let nearest = cells.iter().map(|cell| from_cell(cell, input)).min();
        nearest.unwrap_or(0)
    });
    columns.fold(0, u64::saturating_add)
}

fn from_cell(cell: &Test, input: &State<'_>) -> u64 {
    let datum = match input {
        State::Known(datum) => datum,
        State::Blank => return if matches!(cell, Test::Blank) { 0 } else { UNIT },
        _ => return UNKNOWN,
    };
    let known = State::Known(datum.clone());
    let end = |op: CompareOp, end: &Option<Literal>| match end {
        Some(literal) => comparison(op, &known, &State::literal(literal), true),
        None => 0,
    };
    match cell {
        Test::Blank => UNIT,
        Test::Equal(literal) => {
            comparison(CompareOp::Equal, &known, &State::literal(literal), true)
        }
        Test::Range {
            from,
            after,
            to,
            before,
        } => {
            let above = if *after {
                CompareOp::Greater
            } else {
                CompareOp::AtLeast
            };
            let below = if *before {
                CompareOp::Less
            } else {
                CompareOp::AtMost
            };
            end(above, from).saturating_add(end(below, to))
        }
    }
}
