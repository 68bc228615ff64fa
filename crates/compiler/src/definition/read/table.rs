//! Decision tables.

use super::{
    Context, cell,
    field::TYPE_KEYS,
    id::Kind,
    parameter::SCALAR_TYPES,
    reader::{Mapping, word_list},
    rows::Raw,
};
use crate::{
    closest::closest,
    codes,
    definition::{
        Cell, Constant, HitPolicy, Id, InputColumn, InputType, OutputColumn, ScalarType, Table,
        TableRow,
    },
    diagnostic::Diagnostic,
    source::{Span, Spanned, Text},
    yaml::{Entry, Node},
};

const KEYS: &[&str] = &["label", "hit", "inputs", "outputs", "csv", "rows", "source"];

/// What a column is to a table.
#[derive(Clone, Copy)]
enum Role {
    Input,
    Output(ScalarType),
    /// It is declared nowhere, which has been reported.
    Neither,
}

/// The columns that `inputs` and `outputs` declare.
pub(super) struct Declared {
    pub inputs: Option<Vec<(Id, InputType)>>,
    pub outputs: Option<Vec<OutputColumn>>,
}

impl Context<'_> {
    /// `tables` of the form.
    pub fn tables(&mut self, node: &Node) -> Vec<Table> {
        let entries = self.entries(node, "`tables`").unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| self.table(entry))
            .collect()
    }

    fn table(&mut self, entry: &Entry) -> Option<Table> {
        const HITS: &[(&str, HitPolicy)] = &[
            ("unique", HitPolicy::Unique),
            ("first", HitPolicy::First),
            ("marginal", HitPolicy::Marginal),
            ("collect", HitPolicy::Collect),
        ];
        let table = self.key_id(&entry.key, Kind::Name);
        let mapping = self.mapping(&entry.value, "a table", KEYS)?;
        let label = self.optional_plain(&mapping, "label");
        let hit = mapping
            .get("hit")
            .and_then(|node| self.word(node, "a hit policy", HITS))
            .unwrap_or(Spanned::new(HitPolicy::Unique, entry.key.span));
        let declared = Declared {
            inputs: mapping
                .get("inputs")
                .and_then(|node| self.declared_inputs(node)),
            outputs: mapping
                .get("outputs")
                .and_then(|node| self.declared_outputs(node)),
        };
        let source = self.source(&mapping);
        let span = entry.key.span.to(entry.value.span);
        let mut result = Table {
            table,
            label,
            hit,
            inputs: Vec::new(),
            outputs: Vec::new(),
            rows: Vec::new(),
            complete: false,
            source,
            span,
        };
        let raw = self.raw_table(&mapping, &declared);
        match raw {
            Some(raw) => self.fill(&mut result, raw, declared, &mapping),
            None => {
                // What calls the table is then no further mistake.
                result.inputs = declared
                    .inputs
                    .into_iter()
                    .flatten()
                    .map(|(name, type_)| InputColumn {
                        name,
                        type_: Some(type_),
                    })
                    .collect();
                result.outputs = declared.outputs.unwrap_or_default();
            }
        }
        Some(result)
    }

    fn declared_inputs(&mut self, node: &Node) -> Option<Vec<(Id, InputType)>> {
        let keys = [TYPE_KEYS, &["same_as"]].concat();
        let entries = self.entries(node, "`inputs`")?;
        let mut inputs = Vec::new();
        for entry in entries {
            let name = self.key_id(&entry.key, Kind::Member);
            let type_ = self.input_type(&entry.value, &keys);
            inputs.push((name, type_.unwrap_or(InputType::Error)));
        }
        Some(inputs)
    }

    pub(super) fn input_type(&mut self, node: &Node, keys: &[&str]) -> Option<InputType> {
        if let Some(written) = node.as_text() {
            let message = "an input column needs a mapping";
            self.error(
                Diagnostic::error(codes::WRONG_SHAPE, node.span, message).help(format!(
                    "Write `same_as: {written}` or `type: …` on a line of its own below it."
                )),
            );
            return None;
        }
        let mapping = self.mapping(node, "an input column", keys)?;
        self.typed_or_same(&mapping)
    }

    /// `same_as` or `type`, with its limits.
    pub(super) fn typed_or_same(&mut self, mapping: &Mapping<'_>) -> Option<InputType> {
        match (mapping.entry("same_as"), mapping.entry("type")) {
            (Some(same_as), Some(type_)) => {
                self.error(
                    Diagnostic::error(
                        codes::CONFLICTING_KEYS,
                        type_.key.span,
                        "`same_as` gives the type already",
                    )
                    .label(same_as.key.span, "the type is taken from a field or value"),
                );
                None
            }
            (Some(same_as), None) => Some(InputType::SameAs(self.path(&same_as.value))),
            (None, Some(_)) => Some(InputType::Typed(self.type_without_question(mapping))),
            (None, None) => {
                self.required(mapping, "same_as", "the field or value whose type it takes");
                None
            }
        }
    }

    fn declared_outputs(&mut self, node: &Node) -> Option<Vec<OutputColumn>> {
        let entries = self.entries(node, "`outputs`")?;
        Some(
            entries
                .iter()
                .map(|entry| {
                    let type_ = self.word(&entry.value, "a type of output", SCALAR_TYPES);
                    OutputColumn {
                        name: self.key_id(&entry.key, Kind::Member),
                        type_: type_.unwrap_or(Spanned::new(ScalarType::Error, entry.value.span)),
                    }
                })
                .collect(),
        )
    }

    /// Sorts the columns into inputs and outputs and reads the cells.
    fn fill(&mut self, table: &mut Table, raw: Raw, declared: Declared, mapping: &Mapping<'_>) {
        let outputs = match declared.outputs {
            Some(outputs) => outputs,
            None => self.default_output(table, &raw, mapping),
        };
        let known = self.refuse_absent(&raw, declared.inputs.as_deref(), &outputs);
        let mut complete = raw.complete && known;
        let position_of = |name: &str| outputs.iter().position(|output| output.name.value == name);
        let mut roles = Vec::new();
        for column in &raw.columns {
            if let Some(position) = position_of(column.as_str()) {
                roles.push(Role::Output(outputs[position].type_.value));
                table.outputs.push(outputs[position].clone());
                continue;
            }
            let type_ = match &declared.inputs {
                None => None,
                Some(inputs) => match inputs.iter().find(|(name, _)| name.value == column.value) {
                    Some((_, type_)) => Some(type_.clone()),
                    None => {
                        roles.push(Role::Neither);
                        continue;
                    }
                },
            };
            roles.push(Role::Input);
            table.inputs.push(InputColumn {
                name: column.clone(),
                type_,
            });
        }
        for (cells, span) in raw.rows {
            let mut row = TableRow {
                inputs: Vec::new(),
                outputs: Vec::new(),
                span,
            };
            for (cell, role) in cells.iter().zip(&roles) {
                match role {
                    Role::Output(type_) => {
                        row.outputs.push(self.output(cell.as_ref(), *type_, span));
                    }
                    Role::Input => row.inputs.push(self.input(cell.as_ref(), span)),
                    Role::Neither => {}
                }
            }
            complete &= row.inputs.iter().all(|cell| !cell.error);
            table.rows.push(row);
        }
        if table.rows.is_empty() && complete {
            let message = "the table has no rows";
            self.error(Diagnostic::error(
                codes::TABLE_SHAPE,
                table.table.span,
                message,
            ));
            complete = false;
        }
        table.complete = complete;
    }

    /// The last column, where no output is declared.
    fn default_output(
        &mut self,
        table: &Table,
        raw: &Raw,
        mapping: &Mapping<'_>,
    ) -> Vec<OutputColumn> {
        let type_ = if table.hit.value == HitPolicy::Marginal {
            ScalarType::Decimal
        } else {
            let column = raw
                .columns
                .last()
                .map_or("amount", |column| column.as_str());
            if mapping.get("outputs").is_none() {
                self.required(mapping, "outputs", &format!("{column}: money"));
            }
            ScalarType::Error
        };
        let output = |name: &Id| OutputColumn {
            name: name.clone(),
            type_: Spanned::new(type_, name.span),
        };
        raw.columns.last().map(output).into_iter().collect()
    }

    /// Reports columns that are declared and absent, and those that are neither input nor output.
    fn refuse_absent(
        &mut self,
        raw: &Raw,
        inputs: Option<&[(Id, InputType)]>,
        outputs: &[OutputColumn],
    ) -> bool {
        let columns: Vec<&str> = raw.columns.iter().map(|column| column.as_str()).collect();
        let declared: Vec<&Id> = inputs
            .unwrap_or_default()
            .iter()
            .map(|(name, _)| name)
            .chain(outputs.iter().map(|output| &output.name))
            .collect();
        let spare = |column: &&str| declared.iter().all(|name| name.as_str() != *column);
        let spare: Vec<&str> = columns.iter().copied().filter(spare).collect();
        let mut good = true;
        for name in &declared {
            if columns.contains(&name.as_str()) {
                continue;
            }
            good = false;
            let found = Diagnostic::error(
                codes::TABLE_SHAPE,
                name.span,
                format!("the table has no column `{}`", name.value),
            );
            let found = match closest(name.as_str(), spare.iter().copied()) {
                Some(meant) => found
                    .help(format!("Did you mean `{meant}`?"))
                    .suggest(name.span, meant),
                None => found.help(format!("Its columns are {}.", word_list(&columns))),
            };
            self.error(found);
        }
        if inputs.is_none() || !good {
            return good;
        }
        for column in &raw.columns {
            if declared.iter().any(|name| name.value == column.value) {
                continue;
            }
            good = false;
            self.error(
                Diagnostic::error(
                    codes::TABLE_SHAPE,
                    column.span,
                    format!(
                        "the column `{}` is neither an input nor an output",
                        column.value
                    ),
                )
                .help("Declare it under `inputs` or `outputs`, or take it out of the table."),
            );
        }
        good
    }

    fn input(&mut self, cell: Option<&Text>, row: Span) -> Cell {
        let Some(text) = cell else {
            return Cell {
                alternatives: Vec::new(),
                span: row,
                error: true,
            };
        };
        if text.text.is_empty() {
            self.error(
                Diagnostic::error(codes::CELL_SYNTAX, text.whole(), "this cell is empty").help(
                    "Write `-` where anything will do, or `blank` where nothing is answered.",
                ),
            );
            return Cell {
                alternatives: Vec::new(),
                span: text.whole(),
                error: true,
            };
        }
        cell::read(self, text)
    }

    fn output(&mut self, cell: Option<&Text>, type_: ScalarType, row: Span) -> Spanned<Constant> {
        let Some(text) = cell else {
            return Spanned::new(Constant::Error, row);
        };
        if text.text.is_empty() || text.text == "-" {
            let message = "an output needs a value in every row";
            self.error(Diagnostic::error(codes::CELL_SYNTAX, text.whole(), message));
            return Spanned::new(Constant::Error, text.whole());
        }
        self.constant(text, type_)
    }
}
