//! Rows of tables that no look-up of the form reaches.
//!
//! A table leaves no case out of what its columns declare, and a form may look up less: what an argument
//! can be is known by its bounds and by the conditions where it stands. Only a row that each look-up is
//! proved never to reach is told. A table that must have a row for each option has one for those that are
//! never looked up too, and of these nothing is said; the limits of a number or date can be narrowed.

use std::collections::BTreeSet;

use counterfoil_engine::plan::{Cell, CompareOp, Expr, HitPolicy, Literal, Row, Table};

use super::{
    implication::{self, Outcome},
    model::Model,
    table_rows, theory,
    unfolded::unfolded,
};
use crate::{
    check::{Checker, Obligation, Open},
    codes,
    diagnostic::Diagnostic,
    types::Bounds,
};

/// Searches for options that an argument can be, for one form; what is left then may be any.
const MAX_SEARCHES: usize = 1_000;

/// Adds a warning for each row that no look-up reaches and of which nothing has been said.
pub fn prove(checker: &Checker<'_>, model: &Model<'_>, said: &mut Vec<Diagnostic>) {
    let form = checker.form;
    let mut searches = MAX_SEARCHES;
    for (table, written) in model.rules.tables.iter().zip(&form.tables) {
        // What forms share is there for all of them.
        if table.table != written.table.value || written.table.span.file != form.form.span.file {
            continue;
        }
        if table.hit == HitPolicy::Marginal {
            continue;
        }
        let Some(look_ups) = look_ups(checker, model, table, &mut searches) else {
            continue;
        };
        let reached = |row: &Row| look_ups.iter().any(|look_up| look_up.reaches(row));
        for (row, written) in table.rows.iter().zip(&written.rows) {
            let silent = |found: &Diagnostic| found.span != written.span;
            if !reached(row) && said.iter().all(silent) {
                said.push(
                    Diagnostic::warning(
                        codes::ROW_UNREACHED,
                        written.span,
                        format!("no answers lead to this row of `{}`", table.table),
                    )
                    .help(
                        "compare it with what is looked up: mend the look-up, or narrow the column's limits and \
                         leave the row out",
                    ),
                );
            }
        }
    }
}

/// What the arguments of a look-up can be.
struct LookUp {
    bounds: Vec<Option<Bounds>>,
    /// Constants that each argument is proved never to be.
    never: Vec<Vec<Literal>>,
}

impl LookUp {
    fn reaches(&self, row: &Row) -> bool {
        let cells = row.when.iter().zip(&self.never);
        let excluded = |cell: &Cell, never: &[Literal]| match cell {
            Cell::Equal(literal) => never.contains(literal),
            Cell::Blank | Cell::Range { .. } => false,
        };
        let open = cells
            .into_iter()
            .all(|(cells, never)| cells.is_empty() || !cells.iter().all(|c| excluded(c, never)));
        open && table_rows::may_match(row, &self.bounds)
    }
}

/// The look-ups in a table that are ever made; none where there are too many, or none at all.
fn look_ups(
    checker: &Checker<'_>,
    model: &Model<'_>,
    table: &Table,
    searches: &mut usize,
) -> Option<Vec<LookUp>> {
    let open = checker.open.iter().filter(|open| {
        open.obligation == Obligation::LookedUp
            && matches!(&open.expr, Expr::Table { table: id, .. } if *id == table.table)
    });
    let mut found = Vec::new();
    let mut any = false;
    for open in open {
        any = true;
        for place in unfolded(open, &checker.open, model.rules)? {
            found.extend(look_up(model, table, &place, searches));
        }
    }
    any.then_some(found)
}

/// What a look-up can reach; none where nobody gets there.
fn look_up(model: &Model<'_>, table: &Table, open: &Open, searches: &mut usize) -> Option<LookUp> {
    let Expr::Table { inputs, .. } = &open.expr else {
        return None;
    };
    let bounds = theory::bounds(model, &open.assumed, inputs)?;
    let never = inputs.iter().enumerate().map(|(column, input)| {
        // A question that is asked anyway can be answered with each of its options.
        let plain = open.assumed.is_empty() && matches!(input, Expr::Field(_));
        if plain || table.hit != HitPolicy::Collect {
            return Vec::new();
        }
        let constants = constants(table, column).into_iter();
        let never = constants.filter(|constant| {
            if *searches == 0 {
                return false;
            }
            *searches -= 1;
            let mut conditions = open.assumed.clone();
            conditions.push(is(input, constant));
            let mut model = model;
            implication::satisfy(&mut model, &conditions) == Outcome::Refuted
        });
        never.collect()
    });
    Some(LookUp {
        never: never.collect(),
        bounds,
    })
}

/// The texts and yes or no of a column's cells, each once.
fn constants(table: &Table, column: usize) -> Vec<Literal> {
    let mut texts = BTreeSet::new();
    let mut booleans = BTreeSet::new();
    for cell in table
        .rows
        .iter()
        .filter_map(|row| row.when.get(column))
        .flatten()
    {
        match cell {
            Cell::Equal(Literal::Text(text)) => drop(texts.insert(text.clone())),
            Cell::Equal(Literal::Boolean(value)) => drop(booleans.insert(*value)),
            _ => {}
        }
    }
    let booleans = booleans.into_iter().map(Literal::Boolean);
    texts
        .into_iter()
        .map(Literal::Text)
        .chain(booleans)
        .collect()
}

fn is(input: &Expr, constant: &Literal) -> Expr {
    match constant {
        Literal::Boolean(true) => input.clone(),
        Literal::Boolean(false) => Expr::Not(Box::new(input.clone())),
        other => Expr::Compare {
            op: CompareOp::Equal,
            left: Box::new(input.clone()),
            right: Box::new(Expr::Literal(other.clone())),
        },
    }
}
