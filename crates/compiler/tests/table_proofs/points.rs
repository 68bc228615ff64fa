//! What trying every boundary point of a table finds.

use std::collections::BTreeSet;

use crate::tables::{Alternative, Column, Kind, TEXTS, Table};

/// An input of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Blank,
    /// In tenths, or the position of what has no order.
    Value(i64),
}

/// Every combination of boundary points, and which rows apply to it.
pub struct Points {
    /// The boundary points of each column.
    pub inputs: Vec<Vec<Input>>,
    /// For each column and each of its points the rows whose cells accept it, a bit for each.
    accepting: Vec<Vec<u32>>,
    rows: usize,
}

impl Points {
    pub fn of(table: &Table) -> Self {
        let columns = || table.columns.iter().enumerate();
        let inputs: Vec<Vec<Input>> = columns()
            .map(|(index, column)| boundary(table, index, column))
            .collect();
        let accepting = columns().map(|(index, _)| {
            let rows = |input: &Input| {
                let rows = table.rows.iter().enumerate();
                let rows = rows.filter(|(_, row)| accepts(&row[index], *input));
                rows.fold(0, |rows, (row, _)| rows | 1 << row)
            };
            inputs[index].iter().map(rows).collect()
        });
        Self {
            accepting: accepting.collect(),
            inputs,
            rows: table.rows.len(),
        }
    }

    /// Calls for each combination, given as the positions of its points, with the rows that apply.
    pub fn each(&self, mut call: impl FnMut(&[usize], u32)) {
        let all = (1 << self.rows) - 1;
        let mut at = vec![0; self.inputs.len()];
        loop {
            let accepting = at.iter().zip(&self.accepting);
            let rows = accepting.fold(all, |rows, (point, accepting)| rows & accepting[*point]);
            call(&at, rows);
            let Some(column) = (0..at.len()).rfind(|&c| at[c] + 1 < self.inputs[c].len()) else {
                return;
            };
            at[column] += 1;
            at[column + 1..].fill(0);
        }
    }

    /// Whether a row accepts nothing that a column holds.
    pub fn outside(&self, row: usize, column: usize) -> bool {
        let mut accepting = self.accepting[column].iter();
        accepting.all(|rows| rows >> row & 1 == 0)
    }
}

fn boundary(table: &Table, index: usize, column: &Column) -> Vec<Input> {
    let cells = || table.rows.iter().map(|row| &row[index]);
    let alternatives = || cells().flatten();
    let mut inputs = Vec::new();
    // A column whose rows deal with blank, be it by accepting anything.
    if cells().all(Vec::is_empty) || alternatives().any(|a| matches!(a, Alternative::Blank)) {
        inputs.push(Input::Blank);
    }
    if !column.kind.is_ordered() {
        let other = column.kind.count() as i64 - 1;
        let positions = (0..=other).filter(|&position| {
            // A text that no cell has is any other text.
            column.kind != Kind::Text
                || position == TEXTS.len() as i64
                || alternatives().any(|a| matches!(a, Alternative::Equal(at) if *at == position))
        });
        inputs.extend(positions.map(Input::Value));
        return inputs;
    }
    let (first, last) = (column.limits.0 * 10, column.limits.1 * 10);
    let mut values = BTreeSet::from([first, last]);
    let mut around = |end: i64| {
        let unit = end.div_euclid(10) * 10;
        values.extend([unit - 10, unit, unit + 10, unit + 20]);
    };
    for alternative in alternatives() {
        match alternative {
            Alternative::Blank => {}
            Alternative::Equal(value) => around(*value),
            Alternative::Range(from, to) => {
                let ends = [from, to].into_iter().flatten();
                ends.for_each(|(end, _)| around(*end));
            }
        }
    }
    let within = values.range(first..=last);
    inputs.extend(within.map(|value| Input::Value(*value)));
    inputs
}

fn accepts(cell: &[Alternative], input: Input) -> bool {
    let accepted = |alternative: &Alternative| match (alternative, input) {
        (Alternative::Blank, input) => input == Input::Blank,
        (_, Input::Blank) => false,
        (Alternative::Equal(value), Input::Value(input)) => *value == input,
        (Alternative::Range(from, to), Input::Value(input)) => {
            let from = from.is_none_or(|(end, included)| end < input || included && end == input);
            let to = to.is_none_or(|(end, included)| input < end || included && end == input);
            from && to
        }
    };
    cell.is_empty() || cell.iter().any(accepted)
}
