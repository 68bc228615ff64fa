//! Decision tables.

use super::{FieldType, Id, Path, ScalarType, Template};
use crate::source::{Span, Spanned};

/// A decision table, its rows from YAML or from a CSV file alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its id.
    pub table: Id,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
    /// `hit`: which rows count.
    pub hit: Spanned<HitPolicy>,
    /// Input columns in the order of the table.
    pub inputs: Vec<InputColumn>,
    /// Output columns in the order of the table, at least one unless the table could not be read.
    pub outputs: Vec<OutputColumn>,
    /// Rows in order.
    pub rows: Vec<TableRow>,
    /// Whether every row could be read; where not, nothing can be proved of the rows.
    pub complete: bool,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry in `form.yaml`.
    pub span: Span,
}

/// Which rows of a table count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HitPolicy {
    /// `unique`: exactly one.
    #[default]
    Unique,
    /// `first`: the first that matches.
    First,
    /// `marginal`: bands with a rate each.
    Marginal,
    /// `collect`: all that match, as a list.
    Collect,
}

/// An input column.
#[derive(Clone, Debug, PartialEq)]
pub struct InputColumn {
    /// Its name, where it is declared or else in the header.
    pub name: Id,
    /// Its type; `None` where it takes that of the field or value of the same name.
    pub type_: Option<InputType>,
}

/// The declared type of an input column.
#[derive(Clone, Debug, PartialEq)]
pub enum InputType {
    /// `same_as`: that of a field or value.
    SameAs(Path),
    /// `type` with the limits that go with it.
    Typed(Spanned<FieldType>),
    /// Not readable; reported already.
    Error,
}

/// An output column.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputColumn {
    /// Its name.
    pub name: Id,
    /// Its type.
    pub type_: Spanned<ScalarType>,
}

/// A row. Both lists are as long as the lists of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// A cell for each input column.
    pub inputs: Vec<Cell>,
    /// A constant for each output column, of the column's type.
    pub outputs: Vec<Spanned<super::Constant>>,
    /// The whole row.
    pub span: Span,
}

/// A cell of an input column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Any of them must match; none means that anything does (`-`).
    pub alternatives: Vec<Alternative>,
    /// The whole cell.
    pub span: Span,
    /// Whether the cell could not be read, which has been reported.
    pub error: bool,
}

/// One of a cell's alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// What it accepts.
    pub kind: AlternativeKind,
    /// The alternative.
    pub span: Span,
}

/// What an alternative accepts. Literals are raw texts, to be read by the column's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlternativeKind {
    /// `blank`.
    Blank,
    /// A literal.
    Equal(Spanned<String>),
    /// A range or a comparison, of which at least one end is bounded.
    Range {
        /// Lower end; none means unbounded.
        from: Option<Spanned<String>>,
        /// Whether the lower end belongs to the range.
        from_included: bool,
        /// Upper end; none means unbounded.
        to: Option<Spanned<String>>,
        /// Whether the upper end belongs to the range.
        to_included: bool,
    },
}
