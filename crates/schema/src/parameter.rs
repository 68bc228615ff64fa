//! Parameters and facts.

use schemars::JsonSchema;

use crate::{
    conditions,
    field::{FieldType, Format, OptionsOrSet},
    scalar::{Constant, Count, Day, Limit, Named, Scale, Text},
};

/// A number, amount, date or text that the law sets: with one `value`, or with `periods`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::value_or_periods)]
pub struct Parameter {
    /// What kind of constant it is.
    #[schemars(rename = "type")]
    pub type_: ConstantType,
    /// What explanations call it.
    pub label: Option<Text>,
    /// Its values over time, each with the first day on which it holds.
    pub periods: Option<Vec<Period>>,
    /// Its value, where it has never changed.
    pub value: Option<Constant>,
    /// Where the law says so.
    pub source: Option<Text>,
}

/// The value over a time.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Period {
    /// The first day on which it holds. The first period may leave it out.
    pub from: Option<Day>,
    /// The last day on which it holds. Without it, the day before the next period begins.
    pub to: Option<Day>,
    /// The value.
    pub value: Constant,
    /// Where the law says so.
    pub source: Option<Text>,
}

/// What kind of constant it is.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum ConstantType {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with digits after the point.
    Decimal,
    /// An amount in the form's currency.
    Money,
    /// A text.
    Text,
    /// A day.
    Date,
}

/// What only the office knows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::limits_of_type)]
pub struct Fact {
    /// What kind of fact it is.
    #[schemars(rename = "type")]
    pub type_: FieldType,
    /// What explanations call it.
    pub label: Option<Text>,
    /// The least value allowed: a number, amount or day.
    pub min: Option<Limit>,
    /// The greatest value allowed: a number, amount or day.
    pub max: Option<Limit>,
    /// Digits after the point, which a decimal must state.
    pub scale: Option<Scale>,
    /// The least number of characters.
    pub min_length: Option<Count>,
    /// The greatest number of characters. Without it, 1,000.
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
