//! What the compiler says of decision tables, against trying every boundary point: a gap, an overlap and a
//! row that never applies are told exactly where there is one, and every case that is told shows it.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod chance;
mod claims;
mod points;
mod tables;

use std::collections::BTreeSet;

use counterfoil_compiler::{Files, compile};

use crate::{
    chance::Chance,
    claims::{Claims, claims},
    points::Points,
    tables::Table,
};

/// Tables of a form, and forms.
const TABLES: usize = 250;
const FORMS: u64 = 40;
/// Gaps, and pairs of rows, that are told of one table.
const MOST_TOLD: usize = 3;

/// How often each was there to be found.
#[derive(Debug, Default)]
struct Tally {
    complete: usize,
    gaps: usize,
    further_gaps: usize,
    overlaps: usize,
    further_overlaps: usize,
    dead: usize,
}

/// What is wrong with what is said of a table.
fn disagreement(table: &Table, said: &Claims, tally: &mut Tally) -> Result<(), String> {
    let points = Points::of(table);
    let mut pairs = BTreeSet::new();
    let mut applying = 0_u32;
    let mut first = 0_u32;
    let (mut gap, mut untold) = (false, 0_usize);
    let mut shown = vec![false; said.gaps.len()];
    let mut met = vec![false; said.overlaps.len()];
    let mut wrong = None;
    points.each(|at, rows| {
        let inputs = || {
            at.iter()
                .zip(&points.inputs)
                .map(|(at, inputs)| inputs[*at])
        };
        applying |= rows;
        first |= rows & rows.wrapping_neg();
        gap |= rows == 0;
        let mut told = 0;
        for (case, shown) in said.gaps.iter().zip(&mut shown) {
            if case.holds(inputs()) {
                told += 1;
                *shown = true;
            }
        }
        untold += usize::from(rows == 0 && told == 0);
        if told > 1 || told == 1 && rows != 0 {
            wrong.get_or_insert_with(|| {
                format!(
                    "{:?} is no gap, or told twice",
                    inputs().collect::<Vec<_>>()
                )
            });
        }
        for earlier in 0..table.rows.len() {
            for later in earlier + 1..table.rows.len() {
                if rows >> earlier & rows >> later & 1 == 1 {
                    pairs.insert((earlier, later));
                }
            }
        }
        for ((earlier, later, case), met) in said.overlaps.iter().zip(&mut met) {
            if case.holds(inputs()) {
                *met = true;
                if rows >> earlier & rows >> later & 1 == 0 {
                    wrong.get_or_insert_with(|| {
                        format!(
                            "{earlier} and {later} do not both apply to {:?}",
                            inputs().collect::<Vec<_>>()
                        )
                    });
                }
            }
        }
    });
    let holds = |holds: bool, what: &str| holds.then_some(()).ok_or_else(|| what.to_owned());
    wrong.map_or(Ok(()), Err)?;
    holds(said.others.is_empty(), "something else is said")?;
    holds(
        shown.iter().chain(&met).all(|shown| *shown),
        "a case that there is not",
    )?;
    holds(said.gaps.is_empty() != gap, "a gap is not told")?;
    let others = said.gaps.iter().any(|case| case.others);
    holds(
        (untold > 0) == (said.further_gaps || others),
        "other gaps than told",
    )?;
    holds(
        !said.further_gaps || said.gaps.len() == MOST_TOLD,
        "too few gaps",
    )?;

    let told: BTreeSet<_> = said.overlaps.iter().map(|o| (o.0, o.1)).collect();
    holds(
        told.len() == said.overlaps.len(),
        "a pair of rows is told twice",
    )?;
    if table.first {
        holds(told.is_empty(), "rows of `hit: first` may meet")?;
    } else if said.further_overlaps {
        holds(
            told.len() == MOST_TOLD && told.len() < pairs.len(),
            "no further pairs",
        )?;
        holds(told.is_subset(&pairs), "pairs that do not meet")?;
    } else {
        holds(told == pairs, "other pairs of rows")?;
    }

    let never = |row: &usize| first >> row & 1 == 0;
    // In a table of which every row counts, one behind another has been told as an overlap.
    let untold = |row: &usize| table.first || applying >> row & 1 == 0;
    let dead: Vec<usize> = (0..table.rows.len()).filter(never).filter(untold).collect();
    let told: Vec<usize> = said.dead.iter().map(|dead| dead.0).collect();
    holds(told == dead, "other rows that never apply")?;
    for (row, unfit, before) in &said.dead {
        let fits = applying >> row & 1 == 1;
        holds(
            fits == unfit.is_none(),
            "the reason why a row never applies",
        )?;
        holds(
            unfit.is_none_or(|column| points.outside(*row, column)),
            "the column",
        )?;
        let earlier = |before: &usize| pairs.contains(&(*before, *row));
        holds(before.iter().all(earlier), "a row said to apply before it")?;
        holds(fits != before.is_empty(), "no row said to apply before it")?;
    }
    tally.complete += usize::from(!gap && (table.first || pairs.is_empty()));
    tally.gaps += usize::from(gap);
    tally.further_gaps += usize::from(said.further_gaps);
    tally.overlaps += usize::from(!said.overlaps.is_empty());
    tally.further_overlaps += usize::from(said.further_overlaps);
    tally.dead += dead.len();
    Ok(())
}

/// The smallest table found, by leaving out rows and columns, of which something wrong is said.
fn smallest(mut table: Table) -> String {
    let wrong = |table: &Table| {
        let said = claims(std::slice::from_ref(table)).remove(0);
        let wrong = disagreement(table, &said, &mut Tally::default()).err();
        wrong.map(|wrong| format!("{wrong}\n{said:#?}"))
    };
    loop {
        let rows = (0..table.rows.len())
            .filter(|_| table.rows.len() > 1)
            .map(|row| {
                let mut smaller = table.clone();
                smaller.rows.remove(row);
                smaller
            });
        let columns = (0..table.columns.len())
            .filter(|_| table.columns.len() > 1)
            .map(|column| {
                let mut smaller = table.clone();
                smaller.columns.remove(column);
                smaller
                    .rows
                    .iter_mut()
                    .for_each(|row| drop(row.remove(column)));
                smaller
            });
        match rows.chain(columns).find(|table| wrong(table).is_some()) {
            Some(smaller) => table = smaller,
            None => break,
        }
    }
    let mut text = String::new();
    let mut files = Vec::new();
    table.in_file = false;
    table.write(0, &mut text, &mut files);
    format!("{text}{}", wrong(&table).unwrap_or_default())
}

#[test]
fn what_is_told_of_ten_thousand_tables_is_what_trying_every_point_finds() {
    let mut tally = Tally::default();
    for form in 0..FORMS {
        let mut chance = Chance(form);
        let tables: Vec<Table> = (0..TABLES).map(|_| Table::any(&mut chance)).collect();
        for (table, said) in tables.iter().zip(claims(&tables)) {
            if let Err(wrong) = disagreement(table, &said, &mut tally) {
                panic!("form {form}: {wrong}\n{}", smallest(table.clone()));
            }
        }
    }
    // Each kind of finding had its chance.
    let Tally {
        complete,
        gaps,
        further_gaps,
        overlaps,
        further_overlaps,
        dead,
    } = tally;
    let least = [
        complete,
        gaps,
        further_gaps,
        overlaps,
        further_overlaps,
        dead,
    ]
    .into_iter()
    .min();
    assert!(least >= Some(500), "{tally:?}");
}

#[test]
fn what_is_too_much_is_not_proved() {
    // Rows whose every combination leaves other rows.
    let columns = 0..22;
    let row = |row: usize| {
        let cells = columns
            .clone()
            .map(|column| if row == column { "false," } else { "-," });
        cells.collect::<String>() + "1\n"
    };
    let mut file: String = columns
        .clone()
        .map(|column| format!("k{column},"))
        .collect();
    file.push_str("v\n");
    file.extend(columns.clone().map(row));
    let inputs = columns
        .clone()
        .map(|column| format!("      k{column}:\n        type: boolean\n"));
    let form = format!(
        "form: large\ntitle: Large\ntimezone: Europe/London\nlanguages: [en]\npages:\n  - page: p\n    title: P\n    \
         fields:\n      - field: a\n        type: boolean\n        label: A\ntables:\n  t:\n    hit: first\n    \
         inputs:\n{}    outputs:\n      v: integer\n    csv: tables/t.csv\n",
        inputs.collect::<String>()
    );
    let files = Files::in_memory([("form.yaml", form), ("tables/t.csv", file)]);
    let found = compile(&files).diagnostics;
    let found: Vec<&str> = found.iter().map(|found| found.code.id).collect();
    assert_eq!(found, ["CF0507", "CF1020"]);
}
