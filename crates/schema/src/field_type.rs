//! Field types of the form's own.

use schemars::JsonSchema;

use crate::{
    conditions,
    field::{Field, Format, OptionsOrSet, OwnMessages, QuestionType},
    message::Message,
    parameter::ConstantType,
    scalar::{Constant, Count, Id, Limit, Named, Requirement, Rule, Scale, Text},
};

/// A type that questions can name: a field with limits and a check of its own, or several parts under one
/// legend. A question overrides what the type says.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::type_or_parts)]
pub struct FieldTypeEntry {
    /// The name of the type; questions name it as `type: name`.
    pub field_type: Id,
    /// The type on which it is built.
    #[schemars(rename = "type")]
    pub type_: Option<QuestionType>,
    /// The parts that are asked, each with its own name, such as `given_names` and `family_name`.
    pub fields: Option<Vec<Field>>,
    /// What must hold of an answer, where `value` is the answer: `mod97(value) == 1`.
    pub check: Option<Rule>,
    /// The message where the check does not hold.
    pub say: Option<Message>,
    /// Where the rules of the type are published.
    pub source: Option<Text>,
    /// The question as it stands on the page.
    pub label: Option<Text>,
    /// What messages call the answer.
    pub name: Option<Text>,
    /// Help below the question.
    pub hint: Option<Text>,
    /// Whether it must be answered: `true`, `false`, or a condition.
    pub required: Option<Requirement>,
    /// Messages in place of the usual ones, by what is wrong.
    pub errors: Option<OwnMessages>,
    /// What the browser may fill in by itself: a token of HTML.
    pub autocomplete: Option<Text>,
    /// Whether the answer tells of a person.
    pub personal: Option<bool>,
    /// Stands behind the number; for a duration what it is counted in.
    pub unit: Option<Text>,
    /// `true` for a text of several lines.
    pub multiline: Option<bool>,
    /// `true` for what nobody can change, such as a date of birth: no other answer is ever proposed.
    pub fixed: Option<bool>,
    /// The least answer allowed: a number, amount or day.
    pub min: Option<Limit>,
    /// The greatest answer allowed: a number, amount or day.
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
    /// The options to choose from, or the name of an option set.
    pub options: Option<OptionsOrSet>,
    /// Attributes that every option listed here has, each with its type.
    pub attributes: Option<Named<ConstantType>>,
    /// Not here: a question says what the answer is for.
    pub purpose: Option<Constant>,
    /// Not here: a question says when it is asked.
    pub when: Option<Constant>,
    /// Not here: a question has a name of its own.
    pub field: Option<Constant>,
}
