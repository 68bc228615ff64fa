//! The columns and cells of a table, from its CSV file or from `rows`.

use super::{
    Context, csv,
    id::Kind,
    reader::{Mapping, word_list},
    table::Declared,
};
use crate::{
    closest::closest,
    codes,
    definition::Id,
    diagnostic::Diagnostic,
    source::{Span, Spanned, Text},
    yaml::{Entry, Node, NodeKind},
};

/// The columns and rows of a table before it is known which columns are outputs.
pub(super) struct Raw {
    pub columns: Vec<Id>,
    /// Each as long as `columns`; a cell that could not be read is none.
    pub rows: Vec<(Vec<Option<Text>>, Span)>,
    pub complete: bool,
}

impl Context<'_> {
    /// The columns and cells, from the CSV file or from `rows`.
    pub(super) fn raw_table(&mut self, mapping: &Mapping<'_>, declared: &Declared) -> Option<Raw> {
        match (mapping.entry("csv"), mapping.entry("rows")) {
            (Some(csv), Some(rows)) => {
                self.error(
                    Diagnostic::error(
                        codes::CONFLICTING_KEYS,
                        rows.key.span,
                        "a table has its rows in a file or here, not both",
                    )
                    .label(csv.key.span, "the rows stand in this file"),
                );
                None
            }
            (Some(csv), None) => self.raw_csv(&csv.value),
            (None, Some(rows)) => self.raw_rows(&rows.value, declared),
            (None, None) => {
                self.required(mapping, "csv", "tables/name.csv");
                None
            }
        }
    }

    fn raw_csv(&mut self, node: &Node) -> Option<Raw> {
        let text = self.text(node, "the name of a CSV file")?;
        let name = Spanned::new(text.text.clone(), text.whole());
        let sheet = csv::read(self, &name)?;
        let mut columns: Vec<Id> = Vec::new();
        for cell in &sheet.header {
            let id = self.check_id(cell, Kind::Member);
            if let Some(first) = columns.iter().find(|column| column.value == id.value) {
                self.error(
                    Diagnostic::error(
                        codes::TABLE_SHAPE,
                        id.span,
                        format!("two columns are called `{}`", id.value),
                    )
                    .label(first.span, "it stands here first"),
                );
            }
            columns.push(id);
        }
        let rows = sheet
            .rows
            .into_iter()
            .map(|row| (row.cells.into_iter().map(Some).collect(), row.span))
            .collect();
        Some(Raw {
            columns,
            rows,
            complete: sheet.complete,
        })
    }

    /// `rows`: a list of mappings from column to cell.
    fn raw_rows(&mut self, node: &Node, declared: &Declared) -> Option<Raw> {
        let items = self.items(node, "`rows`")?;
        let mut raw = Raw {
            columns: Vec::new(),
            rows: Vec::new(),
            complete: true,
        };
        let inputs = declared.inputs.iter().flatten().map(|(name, _)| name);
        let outputs = declared.outputs.iter().flatten().map(|column| &column.name);
        if declared.inputs.is_some() {
            raw.columns = inputs.chain(outputs).cloned().collect();
        }
        for item in items {
            let Some(entries) = self.entries(item, "a row") else {
                raw.complete = false;
                continue;
            };
            if raw.columns.is_empty() {
                raw.columns = entries
                    .iter()
                    .map(|entry| self.key_id(&entry.key, Kind::Member))
                    .collect();
            } else if declared.inputs.is_some() && declared.outputs.is_none() {
                self.adopt_column(&mut raw.columns, entries);
            }
            match self.raw_row(item, entries, &raw.columns) {
                Some(cells) => {
                    raw.complete &= cells.iter().all(Option::is_some);
                    raw.rows.push((cells, item.span));
                }
                None => raw.complete = false,
            }
        }
        if items.is_empty() {
            let message = "the table has no rows";
            self.error(Diagnostic::error(codes::TABLE_SHAPE, node.span, message));
            return None;
        }
        // A column adopted later than the first row would leave that row short.
        let width = raw.columns.len();
        raw.rows.retain(|(cells, _)| cells.len() == width);
        Some(raw)
    }

    /// The one output column of a table that declares inputs alone.
    fn adopt_column(&mut self, columns: &mut Vec<Id>, entries: &[Entry]) {
        let unknown: Vec<&Entry> = entries
            .iter()
            .filter(|entry| columns.iter().all(|column| column.value != entry.key.value))
            .collect();
        if let [entry] = unknown.as_slice()
            && columns.len() + 1 == entries.len()
        {
            columns.push(self.key_id(&entry.key, Kind::Member));
        }
    }

    fn raw_row(
        &mut self,
        node: &Node,
        entries: &[Entry],
        columns: &[Id],
    ) -> Option<Vec<Option<Text>>> {
        let names: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
        let mut good = true;
        for entry in entries {
            if names.contains(&entry.key.as_str()) {
                continue;
            }
            good = false;
            let found = Diagnostic::error(
                codes::TABLE_SHAPE,
                entry.key.span,
                format!("the table has no column `{}`", entry.key.value),
            );
            let found = match closest(entry.key.as_str(), names.iter().copied()) {
                Some(meant) => found
                    .help(format!("Did you mean `{meant}`?"))
                    .suggest(entry.key.span, meant),
                None => found.help(format!("Its columns are {}.", word_list(&names))),
            };
            self.error(found);
        }
        let mut cells = Vec::new();
        for name in &names {
            let Some(entry) = entries.iter().find(|entry| entry.key.value == *name) else {
                if good {
                    let span = entries.first().map_or(node.span, |entry| entry.key.span);
                    self.error(
                        Diagnostic::error(
                            codes::TABLE_SHAPE,
                            span,
                            format!("this row has no cell for `{name}`"),
                        )
                        .help("Add it; in an input column `\"-\"` accepts anything."),
                    );
                }
                good = false;
                continue;
            };
            cells.push(match entry.value.kind {
                NodeKind::Error => None,
                _ => self.text(&entry.value, "a cell"),
            });
        }
        good.then_some(cells)
    }
}
