//! What is proved of a table's rows: that they leave no case out and do not meet.

use counterfoil_engine::{
    number::Number,
    plan::{Cell, Literal, RoundMode},
};

use super::{Column, TableInfo, witness::describe};
use crate::{
    check::Checker,
    codes,
    definition::{HitPolicy, Table},
    diagnostic::Diagnostic,
    proofs::table::{Interval, RowBox, sweep},
    types::Type,
};

/// Where blank stands among the numbers of a column.
pub(super) const BLANK: Interval = Interval::point(i128::MIN);
/// How many gaps or overlaps of one table are worth reporting one by one.
const MAX_REPORTED: usize = 3;

impl Checker<'_> {
    /// Proves that a table leaves no case out and, if it is `unique`, that no two rows meet.
    pub(super) fn prove(&mut self, definition: &Table, table: &TableInfo) {
        let domains: Vec<Vec<Interval>> = table.inputs.iter().map(Column::domain).collect();
        let rows: Vec<RowBox> = table
            .cells
            .iter()
            .map(|row| {
                row.iter()
                    .zip(&table.inputs)
                    .zip(&domains)
                    .map(|((cells, column), domain)| column.intervals(cells, domain))
                    .collect()
            })
            .collect();
        let findings = sweep(&domains, &rows);
        let id = &definition.table.value;

        for (number, gap) in findings.gaps.iter().take(MAX_REPORTED).enumerate() {
            let case = describe(&table.inputs, gap);
            let mut diagnostic = Diagnostic::error(
                codes::TABLE_GAP,
                definition.table.span,
                format!("the table `{id}` has no row for {case}"),
            )
            .help("add a row for it, or a last row of `-` with `hit: first`");
            if number + 1 == MAX_REPORTED && findings.gaps.len() > MAX_REPORTED {
                diagnostic = diagnostic.here("there are further gaps");
            }
            self.diagnostics.push(diagnostic);
        }
        let unique = definition.hit.value == HitPolicy::Unique;
        if unique {
            for (number, overlap) in findings.overlaps.iter().take(MAX_REPORTED).enumerate() {
                let case = describe(&table.inputs, &overlap.region);
                let mut diagnostic = Diagnostic::error(
                    codes::TABLE_OVERLAP,
                    definition.rows[overlap.second].span,
                    format!("this row and an earlier one both apply to {case}"),
                )
                .label(definition.rows[overlap.first].span, "the earlier row")
                .help("narrow one of the two, or write `hit: first` if the earlier row is to win");
                if number + 1 == MAX_REPORTED && findings.overlaps.len() > MAX_REPORTED {
                    diagnostic = diagnostic.here("there are further pairs of rows that both apply");
                }
                self.diagnostics.push(diagnostic);
            }
        }
        if !findings.proved {
            self.diagnostics.push(
                Diagnostic::note(
                    codes::TABLE_NOT_PROVED,
                    definition.table.span,
                    format!(
                        "not proved: the table `{id}` leaves no case out and its rows do not meet"
                    ),
                )
                .help("split it into smaller tables"),
            );
            return;
        }
        for row in &findings.never_first {
            // Of a row that meets an earlier one that has been said.
            if unique && findings.behind.contains(row) {
                continue;
            }
            let row = *row;
            let found = Diagnostic::warning(
                codes::TABLE_ROW_UNUSED,
                definition.rows[row].span,
                "this row never applies",
            );
            let outside = (0..domains.len()).find(|&column| {
                let cells = &rows[row][column];
                !share(&domains[column], cells, cells)
            });
            self.diagnostics.push(match outside {
                Some(column) => found.help(format!(
                    "`{}` never has such a value: compare the cell with the limits of the input",
                    table.inputs[column].name
                )),
                None => covering(&domains, &rows, row)
                    .take(MAX_REPORTED)
                    .fold(found, |found, earlier| {
                        let span = definition.rows[earlier].span;
                        found.label(span, "applies before it")
                    })
                    .help("earlier rows cover it: leave it out, or move it up"),
            });
        }
    }
}

/// Whether there is a value of a domain that both cells accept.
fn share(domain: &[Interval], one: &[Interval], other: &[Interval]) -> bool {
    let common =
        |a: &Interval, b: &Interval| Interval::new(a.first.max(b.first), a.last.min(b.last));
    let of_both = one
        .iter()
        .flat_map(|a| other.iter().filter_map(move |b| common(a, b)));
    let mut of_both = of_both.into_iter();
    of_both.any(|both| domain.iter().any(|part| common(part, &both).is_some()))
}

/// Earlier rows that apply to some of what a row applies to.
fn covering<'r>(
    domains: &'r [Vec<Interval>],
    rows: &'r [RowBox],
    row: usize,
) -> impl Iterator<Item = usize> + 'r {
    (0..row).filter(move |&earlier| {
        let cells = rows[row].iter().zip(&rows[earlier]);
        let mut columns = domains.iter().zip(cells);
        columns.all(|(domain, (later, earlier))| share(domain, later, earlier))
    })
}

/// A number in units of a scale, rounded where it is finer.
fn units(number: Number, scale: u8, mode: RoundMode) -> Option<i128> {
    number
        .round_to(Number::new(1, scale)?, mode)?
        .units_at(scale)
}

impl Column {
    /// The whole numbers that stand for the column's inputs.
    pub(super) fn domain(&self) -> Vec<Interval> {
        let last = |count: usize| Interval::new(0, count as i128 - 1);
        let values = match &self.type_ {
            Type::Boolean => last(2),
            Type::Choice(choice) => last(choice.set.options.len()),
            // One position more than there are texts, for any other text.
            Type::Text { .. } => last(self.texts.len() + 1),
            Type::Date(days) => Interval::new(days.min.number().into(), days.max.number().into()),
            Type::Number(number) => match (
                units(number.bounds.min, number.scale, RoundMode::Up),
                units(number.bounds.max, number.scale, RoundMode::Down),
            ) {
                (Some(first), Some(last)) => Interval::new(first, last),
                _ => None,
            },
            Type::Quotient(_) | Type::Set(_) | Type::Duration(_) | Type::Range(_) | Type::Error => {
                None
            }
        };
        let blank = self.blank.then_some(BLANK);
        blank.into_iter().chain(values).collect()
    }

    /// The whole numbers that a cell accepts; an empty cell accepts all.
    fn intervals(&self, cells: &[Cell], domain: &[Interval]) -> Vec<Interval> {
        if cells.is_empty() {
            return domain.to_vec();
        }
        cells
            .iter()
            .filter_map(|cell| self.interval(cell))
            .collect()
    }

    fn interval(&self, cell: &Cell) -> Option<Interval> {
        match cell {
            Cell::Blank => Some(BLANK),
            Cell::Equal(literal) => match (literal, &self.type_) {
                (Literal::Boolean(value), _) => Some(Interval::point((*value).into())),
                (Literal::Text(text), Type::Choice(choice)) => {
                    let position = choice.set.options.iter().position(|o| o == text)?;
                    Some(Interval::point(position as i128))
                }
                (Literal::Text(text), _) => {
                    let position = self.texts.iter().position(|t| t == text)?;
                    Some(Interval::point(position as i128))
                }
                (Literal::Date(day), _) => Some(Interval::point(day.number().into())),
                (Literal::Number(number), Type::Number(type_)) => {
                    number.units_at(type_.scale).map(Interval::point)
                }
                (Literal::Number(_), _) => None,
            },
            Cell::Range {
                from,
                after,
                to,
                before,
            } => {
                let first = match from {
                    None => i128::MIN + 1,
                    Some(from) => self.end(from, RoundMode::Up, i128::from(*after))?,
                };
                let last = match to {
                    None => i128::MAX,
                    Some(to) => self.end(to, RoundMode::Down, -i128::from(*before))?,
                };
                Interval::new(first, last)
            }
        }
    }

    /// The outermost whole number within an end of a range; `step` is added where the end itself is
    /// excluded.
    fn end(&self, literal: &Literal, mode: RoundMode, step: i128) -> Option<i128> {
        match (literal, &self.type_) {
            (Literal::Date(day), _) => Some(i128::from(day.number()) + step),
            (Literal::Number(number), Type::Number(type_)) => {
                match number.units_at(type_.scale) {
                    Some(units) => Some(units + step),
                    // An end between two whole numbers excludes neither.
                    None => units(*number, type_.scale, mode),
                }
            }
            _ => None,
        }
    }
}
