//! Files that the forms of an agency share.

use schemars::JsonSchema;

use crate::{
    field::OptionSet,
    field_type::FieldTypeEntry,
    function::Function,
    parameter::Parameter,
    scalar::{CurrencyCode, Language, Named},
    table::Table,
};

/// What several forms use: parameters, option sets, field types, tables and functions. A form names the
/// file under `uses`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "File that Counterfoil forms share")]
pub struct Shared {
    /// The language of the texts in this file, such as `en`. Those in other languages stand in a file such
    /// as `locales/cy.yaml` beside it.
    pub language: Language,
    /// The currency of all amounts in this file, by its code of three letters, such as `GBP`. A file
    /// without money needs none.
    pub currency: Option<CurrencyCode>,
    /// Numbers, amounts, dates and texts that the law sets and may change, each with the days on which it
    /// holds and its source.
    pub parameters: Option<Named<Parameter>>,
    /// Lists of options, by name.
    pub option_sets: Option<Named<OptionSet>>,
    /// Types of field, each with limits, a check or parts.
    pub field_types: Option<Vec<FieldTypeEntry>>,
    /// Decision tables by name, each with the types of its columns under `inputs`.
    pub tables: Option<Named<Table>>,
    /// Rules under a name.
    pub functions: Option<Vec<Function>>,
}
