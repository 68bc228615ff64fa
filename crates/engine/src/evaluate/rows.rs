//! Tables that collect: the rows that match, and results over them; results over many in general.

use std::cmp::Ordering;

use super::{
    expression::{arithmetic, compare, extreme, fold, undecided, unknown, worse},
    run::Evaluation,
    scope::At,
    state::{Datum, State},
    tables::{candidates, matches},
};
use crate::{
    date::Duration,
    number::Number,
    plan::{AggregateOp, CompareOp},
    program::{Call, Node},
    sort::sort,
};

impl<'a> Evaluation<'a> {
    /// The inputs of a look-up, all of them known or blank.
    ///
    /// # Errors
    /// What the look-up comes to where one of them is neither.
    pub(super) fn inputs(
        &self,
        inputs: &'a [Node],
        at: At<'_, 'a>,
    ) -> Result<Vec<State<'a>>, State<'a>> {
        let inputs: Vec<_> = inputs.iter().map(|input| self.eval(input, at)).collect();
        let open = inputs
            .iter()
            .filter(|state| !matches!(state, State::Known(_) | State::Blank))
            .map(unknown)
            .reduce(worse);
        match open {
            Some(state) => Err(state),
            None => Ok(inputs),
        }
    }

    /// Positions of the rows of a table that match, in order.
    ///
    /// # Errors
    /// What the look-up comes to where an input is not known.
    pub(crate) fn matching_rows<'s>(
        &self,
        table: usize,
        inputs: &'a [Node],
        at: impl Into<At<'s, 'a>>,
    ) -> Result<Vec<usize>, State<'a>>
    where
        'a: 's,
    {
        let inputs = self.inputs(inputs, at.into())?;
        let table = &self.program.tables[table];
        let is_match = |row: &usize| matches(&table.rows[*row], &inputs);
        Ok(match candidates(table, &inputs) {
            Some(rows) => {
                self.count(rows.len().clamp(1, table.rows.len()));
                let mut rows: Vec<usize> = rows.iter().copied().filter(is_match).collect();
                sort(&mut rows);
                rows.dedup();
                rows
            }
            None => {
                self.count(table.rows.len());
                (0..table.rows.len()).filter(is_match).collect()
            }
        })
    }

    pub(super) fn over_rows(
        &self,
        op: AggregateOp,
        table: usize,
        inputs: &'a [Node],
        each: &'a Node,
        at: At<'_, 'a>,
    ) -> State<'a> {
        match self.matching_rows(table, inputs, at) {
            Ok(rows) => one_of_many(
                op,
                &mut rows.into_iter().map(|row| {
                    let row = Some(row);
                    self.eval(each, At { row, ..at })
                }),
            ),
            Err(state) => state,
        }
    }

    /// Whether an item is in a collected list.
    pub(super) fn collected(&self, list: &'a Node, item: &'a Node, at: At<'_, 'a>) -> State<'a> {
        let item = match self.eval(item, at) {
            State::Blank => return State::bool(false),
            item => item,
        };
        match self.eval(list, at) {
            State::Known(Datum::List(literals)) => {
                let mut result = State::bool(false);
                for literal in literals {
                    match compare(CompareOp::Equal, &item, &State::literal(literal)) {
                        State::Known(Datum::Bool(true)) => return State::bool(true),
                        State::Known(_) => {}
                        state => result = undecided(result, state),
                    }
                }
                result
            }
            list => unknown(&list),
        }
    }
}

/// One result of many.
pub(super) fn one_of_many<'a>(
    op: AggregateOp,
    results: &mut dyn Iterator<Item = State<'a>>,
) -> State<'a> {
    match op {
        AggregateOp::Any | AggregateOp::All => {
            let decisive = op == AggregateOp::Any;
            let mut result = State::bool(!decisive);
            for state in results {
                match state {
                    State::Known(Datum::Bool(value)) if value == decisive => {
                        return State::bool(decisive);
                    }
                    State::Known(Datum::Bool(_)) => {}
                    state => result = undecided(result, unknown(&state)),
                }
            }
            result
        }
        AggregateOp::Sum => fold(results, State::number(Some(Number::ZERO)), |a, b| {
            arithmetic(Call::Add, &a, &b)
        }),
        AggregateOp::SumDurations => {
            let nothing = State::duration(Some(Duration::ZERO));
            fold(results, nothing, |a, b| arithmetic(Call::Add, &a, &b))
        }
        AggregateOp::Count => fold(results, State::number(Some(Number::ZERO)), |a, b| match b {
            Datum::Bool(value) => arithmetic(
                Call::Add,
                &a,
                &Datum::Number(Number::from_int(value.into())),
            ),
            _ => State::Failed,
        }),
        AggregateOp::Min => fold(results, State::Blank, |a, b| extreme(a, b, Ordering::Less)),
        AggregateOp::Max => fold(results, State::Blank, |a, b| {
            extreme(a, b, Ordering::Greater)
        }),
    }
}
