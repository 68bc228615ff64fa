//! Decision tables.

use schemars::JsonSchema;

use crate::{
    conditions,
    field::{FieldType, Format, OptionsOrSet},
    parameter::ConstantType,
    scalar::{Cell, Count, Limit, Named, Path, Scale, Text},
};

/// A decision table, with its rows in a CSV file or here. Its columns are inputs but for those that
/// `outputs` names.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::csv_or_rows)]
pub struct Table {
    /// What explanations call it.
    pub label: Option<Text>,
    /// Which row counts where several match. Without it, no two rows may match: `unique`.
    pub hit: Option<HitPolicy>,
    /// The input columns with their types, in the order of the arguments. Without it, the types come from
    /// what the table is called with.
    pub inputs: Option<Named<InputColumn>>,
    /// The output columns with their types.
    pub outputs: Option<Named<ConstantType>>,
    /// The CSV file with the rows, such as `tables/base_fee.csv`; its first line names the columns.
    pub csv: Option<Text>,
    /// The rows: a cell for each column. A cell is `"-"` for anything, a value, `a | b`, a comparison such
    /// as `"<= 5"`, a range such as `"[1..5)"`, or `blank`.
    #[schemars(length(min = 1))]
    pub rows: Option<Vec<Named<Cell>>>,
    /// Where the law says so.
    pub source: Option<Text>,
}

/// Which row counts where several match.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum HitPolicy {
    /// No two rows match the same case.
    Unique,
    /// The first row that matches counts.
    First,
    /// All rows that match count, as a list: `sum(charges(zone))`.
    Collect,
    /// Bands with a rate each, as for an income tax: the sum over the parts of the amount in each band.
    Marginal,
}

/// An input column: its type, or the field or value whose type it takes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::same_as_or_type)]
pub struct InputColumn {
    /// The field or value whose type and limits the column takes.
    pub same_as: Option<Path>,
    /// What kind of value stands in the column.
    #[schemars(rename = "type")]
    pub type_: Option<FieldType>,
    /// The least value: a number, amount or day.
    pub min: Option<Limit>,
    /// The greatest value: a number, amount or day.
    pub max: Option<Limit>,
    /// Digits after the point, which a decimal must state.
    pub scale: Option<Scale>,
    /// The least number of characters.
    pub min_length: Option<Count>,
    /// The greatest number of characters.
    pub max_length: Option<Count>,
    /// What the whole text must look like, as a regular expression in quotes.
    pub pattern: Option<Text>,
    /// A kind of text with rules of its own.
    pub format: Option<Format>,
    /// `true` where only a yes will do.
    pub accepted: Option<bool>,
    /// The options, or the name of an option set.
    pub options: Option<OptionsOrSet>,
    /// Attributes that every option listed here has, each with its type: `starts: date`.
    pub attributes: Option<Named<ConstantType>>,
    /// What a duration is counted in: `days`, `weeks`, `months` or `years`.
    pub unit: Option<Text>,
}
