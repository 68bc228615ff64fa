//! Evaluates expressions: three-valued, exact, total.

use std::cmp::Ordering;

use super::{
    calendar,
    rows::one_of_many,
    run::{Evaluation, RecordAt},
    scope::At,
    state::{Datum, State},
    tables::{look_up, marginal},
    text,
};
use crate::{
    date::Day,
    number::{Number, Quotient},
    plan::{AggregateOp, CompareOp, HitPolicy},
    program::{Call, Node},
};

impl<'a> Evaluation<'a> {
    /// Evaluates an expression; `at` is what it has at hand, often only a record.
    pub fn eval<'s>(&self, node: &'a Node, at: impl Into<At<'s, 'a>>) -> State<'a>
    where
        'a: 's,
    {
        self.eval_at(node, &at.into())
    }

    /// What is made of an expression's result, which is only looked at where it stands in a slot.
    fn with<R>(&self, node: &'a Node, at: &At<'_, 'a>, made: impl FnOnce(&State<'a>) -> R) -> R {
        match self.slot(node, at) {
            Some(state) => {
                self.count(1);
                made(state)
            }
            None => made(&self.eval_at(node, at)),
        }
    }

    fn eval_at(&self, node: &'a Node, at: &At<'_, 'a>) -> State<'a> {
        self.count(1);
        match node {
            Node::Constant(literal) => State::literal(literal),
            Node::Blank => State::Blank,
            Node::Today => State::Known(Datum::Date(self.as_of)),
            Node::Scalar(_) | Node::Record(_) => {
                self.slot(node, at).cloned().unwrap_or(State::Failed)
            }
            Node::Not(operand) => self.with(operand, at, |state| match state {
                State::Known(Datum::Bool(value)) => State::bool(!value),
                state => unknown(state),
            }),
            Node::And(operands) => self.kleene(operands, at, false),
            Node::Or(operands) => self.kleene(operands, at, true),
            Node::If(nodes) => self.with(&nodes[0], at, |state| match state {
                State::Known(Datum::Bool(true)) => self.eval_at(&nodes[1], at),
                State::Known(Datum::Bool(false)) => self.eval_at(&nodes[2], at),
                state => unknown(state),
            }),
            Node::Compare(op, nodes) => self.with(&nodes[0], at, |left| {
                self.with(&nodes[1], at, |right| compare(*op, left, right))
            }),
            Node::OneOf(item, list) => self.one_of(item, list, at),
            Node::Contains(nodes) => self.contains(&nodes[0], &nodes[1], at),
            Node::Default(nodes) => match self.eval_at(&nodes[0], at) {
                State::Blank => self.eval_at(&nodes[1], at),
                state => state,
            },
            Node::Answered(operand) => self.with(operand, at, |state| match state {
                State::Blank => State::bool(false),
                State::Known(_) => State::bool(true),
                state => unknown(state),
            }),
            Node::Round { mode, step, value } => self.with(value, at, |state| match state {
                State::Known(Datum::Number(number)) => State::number(number.round_to(*step, *mode)),
                State::Known(Datum::Quotient(quotient)) => {
                    State::number(quotient.round_to(*step, *mode))
                }
                state => unknown(state),
            }),
            Node::Aggregate { op, group, each } => self.aggregate(*op, *group, each, at),
            Node::Count(group) => match self.groups[*group].count() {
                Some(count) => State::number(Number::new(count as i128, 0)),
                None => State::Pending,
            },
            Node::Table {
                table,
                output,
                inputs,
            } => self.look_up(*table, *output, inputs, at),
            Node::InRange(nodes) => self.in_range(&nodes[0], &nodes[1], *at),
            Node::ParameterOn(parameter, day) => self.parameter_on(*parameter, day, *at),
            Node::Accrue(parameter, range) => self.accrue(*parameter, range, *at),
            // A list is no value; the operations that take one go through it themselves.
            Node::Each { .. } => State::Failed,
            Node::OverRows {
                op,
                table,
                inputs,
                each,
            } => self.over_rows(*op, *table, inputs, each, *at),
            Node::Column { table, output } => {
                let row = at
                    .row
                    .and_then(|row| self.program.tables[*table].rows.get(row));
                row.map_or(State::Failed, |row| State::literal(&row.then[*output]))
            }
            Node::Apply {
                function,
                arguments,
            } => self.apply(*function, arguments, *at),
            Node::Local(position) => Self::local(*position, *at),
            Node::Let { values, result } => self.with_locals(values, result, *at),
            Node::Collect {
                table,
                output,
                inputs,
            } => match self.matching_rows(*table, inputs, *at) {
                Ok(rows) => {
                    let table = &self.program.tables[*table];
                    let literals = rows.into_iter().map(|row| &table.rows[row].then[*output]);
                    State::Known(Datum::List(literals.collect()))
                }
                Err(state) => state,
            },
            Node::Call(call, operands) => self.call(*call, operands, at),
        }
    }

    /// Counts work.
    pub(super) fn count(&self, steps: usize) {
        self.work.set(self.work.get().saturating_add(steps as u64));
    }

    /// A condition: `None` while undecided, an error where it failed.
    pub fn condition(
        &self,
        node: Option<&'a Node>,
        at: Option<RecordAt>,
    ) -> Result<Option<bool>, Failure> {
        match node.map(|node| self.eval(node, at)) {
            None => Ok(Some(true)),
            Some(State::Known(Datum::Bool(value))) => Ok(Some(value)),
            Some(State::Pending | State::Partial(_)) => Ok(None),
            Some(_) => Err(Failure),
        }
    }

    /// The slot that a node names.
    fn slot<'s>(&'s self, node: &Node, at: &At<'s, 'a>) -> Option<&'s State<'a>> {
        match node {
            Node::Scalar(slot) => self.scalars.get(*slot),
            Node::Local(position) => at.locals?.get(*position),
            Node::Record(slot) => {
                let RecordAt { group, record } = at.record?;
                self.groups[group].records.get(record)?.slots.get(*slot)
            }
            _ => None,
        }
    }

    /// Conjunction or disjunction: decided by the first operand that decides.
    fn kleene(&self, operands: &'a [Node], at: &At<'_, 'a>, decisive: bool) -> State<'a> {
        let mut result = State::bool(!decisive);
        for operand in operands {
            let open = self.with(operand, at, |state| match state {
                State::Known(Datum::Bool(value)) => Ok(*value),
                state => Err(unknown(state)),
            });
            match open {
                Ok(value) if value == decisive => return State::bool(decisive),
                Ok(_) => {}
                Err(open) => result = undecided(result, open),
            }
        }
        result
    }

    fn one_of(&self, item: &'a Node, list: &'a [Node], at: &At<'_, 'a>) -> State<'a> {
        let item = match self.eval_at(item, at) {
            State::Blank => return State::bool(false),
            State::Known(datum) => State::Known(datum),
            state => return unknown(&state),
        };
        let mut result = State::bool(false);
        for candidate in list {
            match self.with(candidate, at, |it| compare(CompareOp::Equal, &item, it)) {
                State::Known(Datum::Bool(true)) => return State::bool(true),
                State::Known(_) => {}
                state => result = undecided(result, state),
            }
        }
        result
    }

    fn contains(&self, set: &'a Node, item: &'a Node, at: &At<'_, 'a>) -> State<'a> {
        if let Node::Collect { .. } = set {
            return self.collected(set, item, *at);
        }
        let item = match self.eval_at(item, at) {
            State::Known(Datum::Text(text)) => text,
            State::Blank => return State::bool(false),
            state => return unknown(&state),
        };
        match self.slot(set, at) {
            Some(State::Known(Datum::Set(items))) => State::bool(items.contains(&&*item)),
            Some(State::Partial(items)) if items.contains(&&*item) => State::bool(true),
            Some(State::Partial(_) | State::Pending) => State::Pending,
            Some(State::Blank) => State::bool(false),
            _ => State::Failed,
        }
    }

    fn aggregate(
        &self,
        op: AggregateOp,
        group: usize,
        each: &'a Node,
        at: &At<'_, 'a>,
    ) -> State<'a> {
        let Some(count) = self.groups[group].count() else {
            return State::Pending;
        };
        let mut results = (0..count).map(|record| {
            let record = Some(RecordAt { group, record });
            self.eval_at(each, &At { record, ..*at })
        });
        one_of_many(op, &mut results)
    }

    fn look_up(
        &self,
        table: usize,
        output: usize,
        inputs: &'a [Node],
        at: &At<'_, 'a>,
    ) -> State<'a> {
        let inputs = match self.inputs(inputs, *at) {
            Ok(inputs) => inputs,
            Err(state) => return state,
        };
        let table = &self.program.tables[table];
        match (table.hit, inputs.as_slice()) {
            (HitPolicy::Marginal, [State::Known(Datum::Number(input))]) => {
                self.count(table.rows.len());
                State::number(marginal(table, *input))
            }
            (HitPolicy::Marginal, _) => State::Failed,
            _ => {
                let (row, looked_at) = look_up(table, &inputs);
                self.count(looked_at);
                match row {
                    Some(row) => State::literal(&table.rows[row].then[output]),
                    None => State::Failed,
                }
            }
        }
    }

    fn call(&self, call: Call, operands: &'a [Node], at: &At<'_, 'a>) -> State<'a> {
        let states = &mut operands.iter().map(|operand| self.eval_at(operand, at));
        match call {
            // A subtotal of no lines is 0.
            Call::Add if operands.is_empty() => State::number(Some(Number::ZERO)),
            Call::Add | Call::Multiply => {
                fold(states, State::Blank, |a, b| arithmetic(call, &a, &b))
            }
            Call::Min => fold(states, State::Blank, |a, b| extreme(a, b, Ordering::Less)),
            Call::Max => fold(states, State::Blank, |a, b| {
                extreme(a, b, Ordering::Greater)
            }),
            _ => {
                let mut data = Operands::default();
                for operand in operands {
                    match operand {
                        Node::Each { group, each } => match self.groups[*group].count() {
                            None => data.take(State::Pending),
                            Some(count) => {
                                for record in 0..count {
                                    let group = *group;
                                    let record = Some(RecordAt { group, record });
                                    data.take(self.eval(each, At { record, ..*at }));
                                }
                            }
                        },
                        single => match self.eval_at(single, at) {
                            State::Known(Datum::List(literals)) => {
                                for literal in literals {
                                    data.take(State::literal(literal));
                                }
                            }
                            state => data.take(state),
                        },
                    }
                }
                match data.open {
                    Some(state) => state,
                    None => match calendar::operate(self.program, call, &data.known) {
                        Some(state) => state,
                        None => operate(call, &data.known),
                    },
                }
            }
        }
    }
}

/// The operands of an operation that needs them all.
#[derive(Default)]
struct Operands<'a> {
    known: Vec<Datum<'a>>,
    /// What keeps the result from being known.
    open: Option<State<'a>>,
}

impl<'a> Operands<'a> {
    fn take(&mut self, state: State<'a>) {
        match state {
            State::Known(datum) => self.known.push(datum),
            state => {
                let state = unknown(&state);
                self.open = Some(match self.open.take() {
                    Some(open) => worse(open, state),
                    None => state,
                });
            }
        }
    }
}

/// An expression failed: its owner reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure;

/// What an operation makes of an operand that is not known: a blank one, which the compiler has
/// ruled out, fails.
pub(super) fn unknown<'a>(state: &State<'_>) -> State<'a> {
    match state {
        State::Pending | State::Partial(_) => State::Pending,
        _ => State::Failed,
    }
}

/// Of two results, the one that keeps more from being known: failed before pending before known.
pub(super) fn worse<'a>(a: State<'a>, b: State<'a>) -> State<'a> {
    match (&a, &b) {
        (State::Failed, _) => a,
        (_, State::Failed) => b,
        (State::Pending, _) => a,
        (_, State::Pending) => b,
        _ => a,
    }
}

/// Of two operands none of which decides a conjunction, disjunction or `in`: pending before failed, since
/// what is still pending may decide.
pub(super) fn undecided<'a>(a: State<'a>, b: State<'a>) -> State<'a> {
    match (&a, &b) {
        (State::Failed, State::Pending) => b,
        (State::Pending, State::Failed) => a,
        _ => worse(a, b),
    }
}

/// Combines known data one after another; anything unknown makes the whole unknown.
pub(super) fn fold<'a>(
    states: &mut dyn Iterator<Item = State<'a>>,
    start: State<'a>,
    combine: impl Fn(Datum<'a>, Datum<'a>) -> State<'a>,
) -> State<'a> {
    let mut result = start;
    for state in states {
        result = match (result, state) {
            (State::Known(a), State::Known(b)) => combine(a, b),
            (State::Blank, State::Known(b)) => State::Known(b),
            (State::Known(_) | State::Blank, state) => unknown(&state),
            (result, State::Known(_)) => result,
            (result, state) => worse(result, unknown(&state)),
        };
    }
    result
}

fn quotient_of(datum: &Datum<'_>) -> Option<Quotient> {
    match datum {
        Datum::Number(number) => Some(Quotient::from(*number)),
        Datum::Quotient(quotient) => Some(**quotient),
        _ => None,
    }
}

pub(super) fn order(a: &Datum<'_>, b: &Datum<'_>) -> Option<Ordering> {
    match (a, b) {
        (Datum::Number(a), Datum::Number(b)) => Some(a.cmp(b)),
        (Datum::Date(a), Datum::Date(b)) => Some(a.cmp(b)),
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        (Datum::Bool(a), Datum::Bool(b)) => Some(a.cmp(b)),
        (Datum::Set(a), Datum::Set(b)) => Some(a.cmp(b)),
        (Datum::Duration(a), Datum::Duration(b)) => a.checked_cmp(*b),
        (Datum::Range(a), Datum::Range(b)) => Some(a.cmp(b)),
        _ => quotient_of(a)?.checked_cmp(quotient_of(b)?),
    }
}

pub(super) fn compare<'a>(op: CompareOp, left: &State<'_>, right: &State<'_>) -> State<'a> {
    let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    let ordering = match (left, right) {
        (State::Known(a), State::Known(b)) => match order(a, b) {
            Some(ordering) => ordering,
            None => return State::Failed,
        },
        (State::Blank, State::Blank) if equality => Ordering::Equal,
        // Any order but equal: blank differs from all that is known.
        (State::Blank, State::Known(_)) | (State::Known(_), State::Blank) if equality => {
            Ordering::Less
        }
        (State::Known(_) | State::Blank, other) | (other, State::Known(_) | State::Blank) => {
            return unknown(other);
        }
        (a, b) => return worse(unknown(a), unknown(b)),
    };
    State::bool(match op {
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
        CompareOp::Less => ordering.is_lt(),
        CompareOp::AtMost => ordering.is_le(),
        CompareOp::Greater => ordering.is_gt(),
        CompareOp::AtLeast => ordering.is_ge(),
    })
}

pub(super) fn arithmetic<'a>(call: Call, a: &Datum<'_>, b: &Datum<'_>) -> State<'a> {
    if let (Datum::Number(a), Datum::Number(b)) = (a, b) {
        return match call {
            Call::Add => State::number(a.checked_add(*b)),
            Call::Subtract => State::number(a.checked_sub(*b)),
            Call::Multiply => State::number(a.checked_mul(*b)),
            _ => State::quotient(Quotient::from(*a).checked_div(Quotient::from(*b))),
        };
    }
    if let Some(state) = calendar::arithmetic(call, a, b) {
        return state;
    }
    let (Some(a), Some(b)) = (quotient_of(a), quotient_of(b)) else {
        return State::Failed;
    };
    State::quotient(match call {
        Call::Add => a.checked_add(b),
        Call::Subtract => b.checked_neg().and_then(|b| a.checked_add(b)),
        Call::Multiply => a.checked_mul(b),
        _ => a.checked_div(b),
    })
}

pub(super) fn extreme<'a>(a: Datum<'a>, b: Datum<'a>, wanted: Ordering) -> State<'a> {
    match order(&b, &a) {
        Some(ordering) if ordering == wanted => State::Known(b),
        Some(_) => State::Known(a),
        None => State::Failed,
    }
}

fn operate<'a>(call: Call, operands: &[Datum<'a>]) -> State<'a> {
    match (call, operands) {
        (Call::Subtract | Call::Divide, [a, b]) => arithmetic(call, a, b),
        (Call::Remainder, [Datum::Number(a), Datum::Number(b)]) => State::number(a.remainder(*b)),
        (Call::Text(function), operands) => text::operate(function, operands),
        (Call::Negate, [Datum::Number(a)]) => State::number(Some(-*a)),
        (Call::Negate, [Datum::Quotient(a)]) => State::quotient(a.checked_neg()),
        (Call::Negate, [Datum::Duration(a)]) => State::duration(Some(-*a)),
        (Call::Absolute, [Datum::Number(a)]) => State::number(Some(a.abs())),
        (Call::Absolute, [a @ Datum::Quotient(_)]) => {
            match arithmetic(Call::Subtract, &Datum::Number(Number::ZERO), a) {
                State::Known(negated) => extreme(a.clone(), negated, Ordering::Greater),
                state => state,
            }
        }
        _ => State::Failed,
    }
}

/// The day in a date's state, where it is known.
pub(crate) fn known_day(state: &State<'_>) -> Option<Day> {
    match state {
        State::Known(Datum::Date(day)) => Some(*day),
        _ => None,
    }
}
