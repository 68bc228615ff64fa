//! Decision tables: columns, cells, bands, and the proofs about their rows.

mod bands;
mod cells;
mod look_up;
mod proof;
mod witness;

use std::{collections::BTreeMap, rc::Rc};

use counterfoil_engine::plan::Cell;

use self::{
    bands::Bands,
    cells::{is_blank, literal_text},
};
use super::{Checker, Memo, declared::constants_type};
use crate::{
    closest::closest,
    codes,
    definition::{self, HitPolicy, InputType, Table},
    diagnostic::Diagnostic,
    names::Item,
    types::Type,
};

/// An input column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type; its bounds are the domain over which the table is proved.
    pub type_: Type,
    /// Whether the rows deal with a blank input.
    pub blank: bool,
    /// Texts of the column's cells, which stand for themselves in the proof.
    texts: Vec<String>,
}

/// A table as expressions see it.
#[derive(Clone, Debug)]
pub struct TableInfo {
    /// Its input columns.
    pub inputs: Vec<Column>,
    /// Types of its output columns.
    pub outputs: Vec<Type>,
    /// Its bands, if it is marginal and they are sound.
    pub bands: Option<Bands>,
    /// Its cells as the plan has them, by row and input column.
    pub cells: Vec<Vec<Vec<Cell>>>,
}

impl<'f> Checker<'f> {
    /// A table's columns and cells.
    pub fn table(&mut self, position: usize) -> Rc<TableInfo> {
        match &self.tables[position] {
            Memo::Done(table) => return Rc::clone(table),
            Memo::Open | Memo::New => {}
        }
        let form = self.form;
        let definition = &form.tables[position];
        let open = matches!(self.tables[position], Memo::Open);
        self.tables[position] = Memo::Open;
        let inputs = definition
            .inputs
            .iter()
            .map(|input| Column {
                name: input.name.value.clone(),
                type_: if open {
                    Type::Error
                } else {
                    self.column_type(definition, input)
                },
                blank: false,
                texts: Vec::new(),
            })
            .collect();
        let outputs = definition
            .outputs
            .iter()
            .enumerate()
            .map(|(index, output)| {
                let values = definition
                    .rows
                    .iter()
                    .filter_map(|row| row.outputs.get(index));
                constants_type(output.type_.value, values.map(|value| &value.value))
            });
        let mut table = TableInfo {
            inputs,
            outputs: outputs.collect(),
            bands: None,
            cells: Vec::new(),
        };
        if !open {
            self.read_rows(definition, &mut table);
        }
        let table = Rc::new(table);
        self.tables[position] = Memo::Done(Rc::clone(&table));
        table
    }

    fn column_type(&mut self, table: &'f Table, input: &'f definition::InputColumn) -> Type {
        let type_ = self.input_type_of(
            table.table.as_str(),
            "table",
            &input.name,
            input.type_.as_ref(),
        );
        let help = match type_ {
            Type::Duration(_) => {
                "look up a number: make a value such as `days_between(first, last)`"
            }
            Type::Range(_) => "look up one of its days, such as `stay.start`, or `days_in(stay)`",
            other => return other,
        };
        self.diagnostics.push(
            Diagnostic::error(
                codes::TABLE_CELL,
                input.name.span,
                format!("{type_} cannot be looked up in a table"),
            )
            .help(help),
        );
        Type::Error
    }

    /// The type of an input column or argument; `kind` says of what, for the keys of its texts.
    pub(in crate::check) fn input_type_of(
        &mut self,
        owner: &str,
        kind: &str,
        name: &'f definition::Id,
        type_: Option<&'f InputType>,
    ) -> Type {
        let path = match type_ {
            Some(InputType::Error) => return Type::Error,
            Some(InputType::Typed(type_)) => {
                let form = self.form;
                let sets: BTreeMap<&str, &[definition::ChoiceOption]> = form
                    .option_sets
                    .iter()
                    .map(|set| (set.option_set.as_str(), set.options.as_slice()))
                    .collect();
                let path = format!("{owner}.{}", name.value);
                let declared = self.declared(&path, &format!("{kind}.{path}"), type_, &sets);
                return self.scalar_input(declared.type_, type_.span);
            }
            Some(InputType::SameAs(path)) => path.names.iter().collect::<Vec<_>>(),
            None => vec![name],
        };
        let found = match path.as_slice() {
            [] => return Type::Error,
            [name] => self.names.resolve(name.as_str(), None),
            [group, name, ..] => match self.names.resolve(group.as_str(), None) {
                Some(Item::Group(group)) => self.names.member(group, name.as_str()),
                _ => None,
            },
        };
        let found_type = match found {
            Some(Item::Field(field)) => self.fields[field].type_.clone(),
            Some(Item::Value(value)) => self.value(value).type_,
            Some(Item::Fact(fact)) => self.facts[fact].type_.clone(),
            _ => {
                let written: Vec<_> = path.iter().map(|name| name.as_str()).collect();
                self.unknown_column(name, type_, &written.join("."));
                return Type::Error;
            }
        };
        let span = match type_ {
            Some(InputType::SameAs(path)) => path.span,
            _ => name.span,
        };
        self.scalar_input(found_type, span)
    }

    /// Refuses a set, which is many values.
    fn scalar_input(&mut self, type_: Type, span: crate::source::Span) -> Type {
        if !matches!(type_, Type::Set(_)) {
            return type_;
        }
        self.diagnostics.push(
            Diagnostic::error(
                codes::TABLE_CELL,
                span,
                "a set of options cannot be an input of a table or function",
            )
            .help("give it each option: make a value such as `\"pool\" in features`"),
        );
        Type::Error
    }

    fn unknown_column(&mut self, name: &definition::Id, type_: Option<&InputType>, written: &str) {
        let span = match type_ {
            Some(InputType::SameAs(path)) => path.span,
            _ => name.span,
        };
        let message = format!("the form has no field or value `{written}`");
        let diagnostic = Diagnostic::error(codes::UNKNOWN_NAME, span, message);
        let paths = self
            .names
            .fields
            .iter()
            .map(|entry| entry.path.as_str())
            .chain(self.names.values.iter().map(|entry| entry.path.as_str()));
        let diagnostic = match closest(written, paths) {
            Some(meant) if type_.is_some() => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(span, meant),
            _ => diagnostic.help(format!(
                "say what the column is, under `inputs`: `{}:` with `same_as:` and the path of a \
                 field or value, or with a `type:`",
                name.value
            )),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Reads the cells, and proves what can be proved of the rows if all could be read.
    fn read_rows(&mut self, definition: &'f Table, table: &mut TableInfo) {
        let before = self.diagnostics.len();
        for (index, column) in table.inputs.iter_mut().enumerate() {
            let cells = || {
                definition
                    .rows
                    .iter()
                    .filter_map(|row| row.inputs.get(index))
            };
            column.blank = !definition.rows.is_empty()
                && (cells().all(|cell| cell.alternatives.is_empty())
                    || cells().flat_map(|cell| &cell.alternatives).any(is_blank));
            let texts = cells().flat_map(|cell| &cell.alternatives);
            column.texts = texts.filter_map(literal_text).collect();
            column.texts.sort_unstable();
            column.texts.dedup();
        }
        for row in &definition.rows {
            let cells = row.inputs.iter().zip(&table.inputs).map(|(cell, column)| {
                cell.alternatives
                    .iter()
                    .filter_map(|alternative| self.cell(alternative, column))
                    .collect()
            });
            let cells = cells.collect();
            table.cells.push(cells);
        }
        let typed = table.inputs.iter().all(|column| !column.type_.is_error());
        let read = definition
            .rows
            .iter()
            .flat_map(|row| &row.inputs)
            .all(|cell| !cell.error);
        let sound = typed && read && definition.complete && self.diagnostics.len() == before;
        if sound {
            if definition.hit.value == HitPolicy::Marginal && !definition.rows.is_empty() {
                table.bands = self.bands(definition, table);
            } else if definition.hit.value != HitPolicy::Collect {
                self.prove(definition, table);
            }
        }
    }
}
