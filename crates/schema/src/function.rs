//! Functions of the form.

use schemars::JsonSchema;

use crate::{
    conditions,
    field::{FieldType, Format, OptionsOrSet},
    parameter::ConstantType,
    scalar::{Count, Id, Limit, Named, Path, Rule, Scale, Text},
};

/// A rule that is written once and used in several places, with different arguments.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Function {
    /// The name of the function; rules call it as `name(argument, …)`.
    pub function: Id,
    /// What explanations call it.
    pub label: Option<Text>,
    /// The names of the arguments, in order, each with its type: `income: money`.
    pub arguments: Named<ArgumentType>,
    /// What it comes to. Steps may be named on lines before it: `let over = income - threshold;`.
    pub expr: Rule,
    /// Where the law says so.
    pub source: Option<Text>,
}

/// The type of an argument: its name, or a mapping with its limits.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum ArgumentType {
    /// The type alone.
    Type(FieldType),
    /// The type with its limits.
    Full(Argument),
}

/// An argument: its type, or the field or value whose type it takes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::same_as_or_type)]
pub struct Argument {
    /// What explanations call it.
    pub label: Option<Text>,
    /// `true` where it may be blank.
    pub optional: Option<bool>,
    /// The field or value whose type and limits it takes.
    pub same_as: Option<Path>,
    /// What kind of value it is.
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
