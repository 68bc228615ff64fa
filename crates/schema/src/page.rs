//! Pages and computed values.

use schemars::JsonSchema;

use crate::{
    conditions,
    field::Field,
    scalar::{Count, Id, Named, OneOrMore, Requirement, Rule, Text},
};

/// A page of questions. With `group`, its questions are asked again for each record, such as each street.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::keys_of_group)]
pub struct Page {
    /// The name of the page, used in its address and in locale files.
    pub page: Id,
    /// The heading of the page.
    pub title: Text,
    /// Guidance above the questions.
    pub text: Option<Text>,
    /// The section of the task list to which the page belongs: one of the form's `sections`.
    pub section: Option<Id>,
    /// When the page is asked, such as `sells_food`. Without it, always.
    pub when: Option<Rule>,
    /// What the answers are for, where the form declares `privacy`: a purpose, or a list of them.
    pub purpose: Option<OneOrMore<Id>>,
    /// The questions of the page, in order.
    pub fields: Vec<Field>,
    /// Asks the questions of the page for each of several records; this is the name of them all, such as
    /// `streets`. Rules then read `streets.metres` as a list.
    pub group: Option<Id>,
    /// The word for one record, such as `street`.
    pub record: Option<Text>,
    /// The least number of records. Above 0, the group must be answered.
    pub min: Option<Count>,
    /// The greatest number of records. A group must state it.
    pub max: Option<Count>,
    /// Whether there must be a record: `true`, `false`, or a condition. Without it, there must be one if
    /// `min` is above 0.
    pub required: Option<Requirement>,
    /// Figures worked out for each record, by name; rules outside read them as a list.
    pub values: Option<Named<Value>>,
}

/// A figure that is worked out: a rule, or a mapping with the rule and what explanations say of it.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Value {
    /// The rule alone, such as `sum(streets.metres)`.
    Rule(Rule),
    /// The rule with its label and source.
    Full(FullValue),
}

/// A figure with what explanations say of it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FullValue {
    /// How it is worked out, such as `sum(streets.metres)`.
    pub expr: Rule,
    /// What explanations call it.
    pub label: Option<Text>,
    /// Where the law says so.
    pub source: Option<Text>,
}
