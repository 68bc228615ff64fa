//! Where rows of a table are found without going through all of them.

use std::cmp::Ordering;

use super::{RowNode, Test};
use crate::{plan::Literal, sort::sort};

/// Fewer rows are gone through as fast.
const MIN_ROWS: usize = 8;

/// The rows of a table by what one of its columns accepts.
#[derive(Clone, Debug)]
pub(crate) struct RowIndex {
    pub column: usize,
    /// The least value of each range that the column's cells accept, none where there is no end. They stand in
    /// order, and each range ends where the next begins, or before.
    from: Vec<Option<Literal>>,
    /// The row of each.
    rows: Vec<usize>,
}

impl RowIndex {
    /// By the column that tells most rows apart; none where no column does, or there are too few rows.
    pub fn new(rows: &[RowNode]) -> Option<Self> {
        if rows.len() < MIN_ROWS {
            return None;
        }
        let columns = 0..rows[0].when.len();
        let indexes = columns.filter_map(|column| Self::of(rows, column));
        indexes
            .map(|index| (index.distinct(), index))
            .filter(|(distinct, _)| *distinct > 1)
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
            .map(|(_, index)| index)
    }

    fn of(rows: &[RowNode], column: usize) -> Option<Self> {
        let mut ranges = Vec::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            let cells = &row.when[column];
            if cells.is_empty() {
                return None;
            }
            for cell in cells {
                let (from, to) = match cell {
                    // What is blank is not looked for here.
                    Test::Blank => continue,
                    Test::Equal(literal) => (Some(literal), Some(literal)),
                    Test::Range { from, to, .. } => (from.as_ref(), to.as_ref()),
                };
                ranges.push((from, position, to));
            }
        }
        sort(&mut ranges);
        let literals = || {
            ranges
                .iter()
                .flat_map(|(from, _, to)| [*from, *to])
                .flatten()
        };
        let first = literals().next()?;
        if !literals().all(|literal| is_of_one_kind(literal, first)) {
            return None;
        }
        let apart = |(_, _, to): &(_, _, Option<&Literal>), next: Option<&Literal>| match (to, next)
        {
            (Some(to), Some(next)) => *to <= next,
            _ => false,
        };
        let pairs = ranges.iter().zip(ranges.iter().skip(1));
        let are_apart = pairs.fold(true, |all, (a, b)| all && apart(a, b.0));
        are_apart.then(|| Self {
            column,
            from: ranges.iter().map(|(from, ..)| from.cloned()).collect(),
            rows: ranges.iter().map(|(_, row, _)| *row).collect(),
        })
    }

    fn distinct(&self) -> usize {
        let pairs = self.from.iter().zip(self.from.iter().skip(1));
        1 + pairs.filter(|(a, b)| a != b).count()
    }

    /// The rows of which one may accept a value: `compare` says how a literal stands to it. In no order, and
    /// perhaps one more than once.
    pub fn candidates(&self, compare: impl Fn(&Literal) -> Ordering) -> &[usize] {
        let until = |is_before: fn(Ordering) -> bool| {
            let is_before =
                |from: &Option<Literal>| from.as_ref().is_none_or(|from| is_before(compare(from)));
            self.from.partition_point(is_before)
        };
        // All before the last that begins below the value end below it too.
        let first = until(Ordering::is_lt).saturating_sub(1);
        let end = until(Ordering::is_le).max(first);
        &self.rows[first..end]
    }
}

fn is_of_one_kind(a: &Literal, b: &Literal) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        evaluate::{Datum, State, matching_row},
        number::Number,
        plan::HitPolicy,
        program::TableNode,
    };

    fn test() -> impl Strategy<Value = Test> {
        let number = || (-6..6_i64).prop_map(|n| Literal::Number(Number::from_int(n)));
        let end = || prop::option::of(number());
        prop_oneof![
            1 => Just(Test::Blank),
            4 => number().prop_map(Test::Equal),
            4 => (end(), any::<bool>(), end(), any::<bool>()).prop_map(|(from, after, to, before)| {
                Test::Range { from, after, to, before }
            }),
        ]
    }

    /// Bands that follow each other, of which some end where the next begins, and cells of all kinds.
    fn column() -> impl Strategy<Value = Vec<Vec<Test>>> {
        let bands = prop::collection::vec((0..3_i64, any::<bool>(), any::<bool>()), 8..14);
        let bands = bands.prop_map(|steps| {
            let mut from = -8;
            let band = |(step, after, before)| {
                let ends = [from, from + step].map(|n| Some(Literal::Number(Number::from_int(n))));
                from += step;
                let [from, to] = ends;
                vec![Test::Range {
                    from,
                    after,
                    to,
                    before,
                }]
            };
            steps.into_iter().map(band).collect()
        });
        let cells = prop::collection::vec(prop::collection::vec(test(), 0..3), 8..14);
        let points = prop::collection::vec(-6..6_i64, 8..14).prop_map(|points| {
            let point = |n| vec![Test::Equal(Literal::Number(Number::from_int(n)))];
            points.into_iter().map(point).collect()
        });
        prop_oneof![bands, cells, points]
    }

    proptest! {
        #[test]
        fn the_row_found_is_the_one_that_going_through_all_finds(
            (first, second) in (column(), column()),
            inputs in prop::collection::vec((-20..20_i64, 0..8_u8), 2),
        ) {
            let rows: Vec<RowNode> = first
                .into_iter()
                .zip(second)
                .map(|(a, b)| RowNode { when: vec![a, b], then: Vec::new() })
                .collect();
            let mut table = TableNode {
                id: String::new(),
                hit: HitPolicy::First,
                outputs: Vec::new(),
                index: RowIndex::new(&rows),
                rows,
            };
            let state = |(tenths, kind): (i64, u8)| match kind {
                0 => State::Blank,
                1 => State::Known(Datum::Text("x".into())),
                // Between two whole numbers too.
                2 => State::number(Number::new(i128::from(tenths) * 5, 1)),
                _ => State::number(Some(Number::from_int(tenths / 3))),
            };
            let inputs: Vec<State<'_>> = inputs.into_iter().map(state).collect();
            let found = matching_row(&table, &inputs);
            table.index = None;
            prop_assert_eq!(found, matching_row(&table, &inputs));
        }
    }
}
