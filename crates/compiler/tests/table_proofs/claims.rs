//! What the compiler says of a table, read from its messages as a person would.

use counterfoil_compiler::{Compiled, Diagnostic, Files, Severity, compile};

use crate::{points::Input, tables::Table};

/// Part of a column, as it is told.
#[derive(Clone, Copy, Debug)]
enum Told {
    Blank,
    /// From the first to the last, in tenths or positions.
    Values(i64, i64),
}

/// A part of a table's inputs, as it is told.
#[derive(Clone, Debug)]
pub struct Case {
    /// For each column what is told of it, nothing where all of it is meant.
    columns: Vec<Option<Vec<Told>>>,
    /// Whether further values are meant that are not told.
    pub others: bool,
}

/// What is said of one table.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    pub gaps: Vec<Case>,
    pub further_gaps: bool,
    /// An earlier and a later row that both apply to the case.
    pub overlaps: Vec<(usize, usize, Case)>,
    pub further_overlaps: bool,
    /// A row that never applies, the column to which it does not fit, if it is that, and the rows said to
    /// apply before it.
    pub dead: Vec<(usize, Option<usize>, Vec<usize>)>,
    /// Whatever else is said.
    pub others: Vec<String>,
}

impl Case {
    fn read(table: &Table, told: &str) -> Self {
        let mut case = Self {
            columns: vec![None; table.columns.len()],
            others: false,
        };
        if told == "any input at all" {
            return case;
        }
        for part in told.split(", and ").flat_map(|part| part.split(" and ")) {
            let (column, told) = part.split_once(' ').unwrap();
            let index: usize = column.strip_prefix('k').unwrap().parse().unwrap();
            let kind = table.columns[index].kind;
            let told = told.strip_prefix("is ").unwrap_or(told);
            let mut values: Vec<&str> = told
                .split(" or ")
                .flat_map(|told| told.split(", "))
                .collect();
            if values.last() == Some(&"others") {
                values.pop();
                case.others = true;
            }
            let values = values
                .into_iter()
                .map(|value| match value.split_once(" to ") {
                    _ if value == "blank" => Told::Blank,
                    Some((first, last)) => Told::Values(kind.read(first), kind.read(last)),
                    None => Told::Values(kind.read(value), kind.read(value)),
                });
            assert!(case.columns[index].replace(values.collect()).is_none());
        }
        case
    }

    pub fn holds(&self, inputs: impl Iterator<Item = Input>) -> bool {
        self.columns.iter().zip(inputs).all(|(told, input)| {
            let told = told.as_deref();
            told.is_none_or(|told| {
                told.iter().any(|told| match (told, input) {
                    (Told::Blank, input) => input == Input::Blank,
                    (Told::Values(first, last), Input::Value(value)) => {
                        (*first..=*last).contains(&value)
                    }
                    (Told::Values(..), Input::Blank) => false,
                })
            })
        })
    }
}

/// What the compiler says of the tables of one form.
pub fn claims(tables: &[Table]) -> Vec<Claims> {
    let mut files = vec![("form.yaml".to_owned(), String::new())];
    let mut form = String::from(
        "form: tables\ntitle: Tables\ncurrency: GBP\ntimezone: Europe/London\nlanguages: [en]\noption_sets:\n  \
         colours:\n",
    );
    for (option, label) in crate::tables::OPTIONS {
        form.push_str(&format!("    {option}: {label}\n"));
    }
    form.push_str(
        "pages:\n  - page: p\n    title: P\n    fields:\n      - field: a\n        type: boolean\n        label: A\n\
         tables:\n",
    );
    let mut starts = Vec::new();
    for (id, table) in tables.iter().enumerate() {
        starts.push(form.lines().count() + 1);
        table.write(id, &mut form, &mut files);
    }
    files[0].1 = form;
    let compiled = compile(&Files::in_memory(files));
    let mut claims = vec![Claims::default(); tables.len()];
    for found in &compiled.diagnostics {
        // Nothing reads the tables, nor the one answer.
        if found.code.id == "CF1020" {
            continue;
        }
        let file = compiled.sources.file(found.span.file);
        let id = match file.name().strip_prefix("tables/t") {
            Some(name) => name.strip_suffix(".csv").unwrap().parse().unwrap(),
            None => {
                let line = file.position(found.span.start).line as usize;
                starts.partition_point(|start| *start <= line) - 1
            }
        };
        claims[id].add(&tables[id], found, &compiled);
    }
    claims
}

impl Claims {
    fn add(&mut self, table: &Table, found: &Diagnostic, compiled: &Compiled) {
        let row = |span| -> usize {
            let text = compiled.sources.slice(span).trim_end();
            let digits = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            text[digits..].parse().unwrap()
        };
        let note = found.note.as_deref();
        let told = |start: &str| found.message.strip_prefix(start);
        let help = found.help.as_deref().unwrap_or_default();
        match (found.code.id, found.severity) {
            ("CF0501", Severity::Error) => {
                let (_, told) = found.message.split_once(" has no row for ").unwrap();
                self.gaps.push(Case::read(table, told));
                self.further_gaps |= note == Some("there are further gaps");
            }
            ("CF0502", Severity::Error) => {
                let told = told("this row and an earlier one both apply to ").unwrap();
                let case = Case::read(table, told);
                let earlier = row(found.labels[0].span);
                self.overlaps.push((earlier, row(found.span), case));
                let further = "there are further pairs of rows that both apply";
                self.further_overlaps |= note == Some(further);
            }
            ("CF0503", Severity::Warning) => {
                let unfit = help.strip_prefix("`k").map(|rest| {
                    let (column, rest) = rest.split_once('`').unwrap();
                    assert!(rest.starts_with(" never has such a value"), "{help}");
                    column.parse().unwrap()
                });
                let before = found.labels.iter().map(|label| row(label.span));
                self.dead.push((row(found.span), unfit, before.collect()));
            }
            _ => self.others.push(format!("{found:?}")),
        }
    }
}
