//! The `rules` part of a published plan: all that evaluation needs, and no prose.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Expr, Field, FieldType, Literal, Pattern, Privacy, Requirement};
use crate::date::{Day, DurationUnit, LeapBirthday};

/// A condition; `None` means always.
pub type When = Option<Expr>;

/// The rules of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rules {
    /// The form's id, the name of its folder.
    pub form: String,
    /// What the results of evaluation mean; see [`super::SEMANTICS`].
    pub semantics: u32,
    /// The currency of all money in the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// IANA time zone in which `as_of` is a civil day.
    pub timezone: String,
    /// The days on which the form can be evaluated, both included.
    pub effective: Period,
    /// Which day's parameters hold.
    #[serde(skip_serializing_if = "RulesOf::is_submission_day")]
    pub rules_of: RulesOf,
    /// When one born on 29 February turns a year older in other years.
    #[serde(skip_serializing_if = "is_default")]
    pub leap_birthday: LeapBirthday,
    /// Days of the week on which nobody works, 1 for Monday to 7 for Sunday, ascending.
    #[serde(skip_serializing_if = "is_weekend")]
    pub weekend: Vec<u8>,
    /// Locales of the form, the first being the default.
    pub languages: Vec<String>,
    /// Why data are asked and how long they are kept; no evaluation reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy: Option<Privacy>,
    /// Pages in the order in which they are asked.
    pub pages: Vec<Page>,
    /// What only the office knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Dated constants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Decision tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Functions, each below those that it calls.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// Text patterns as automata, by name; fields refer to them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub patterns: BTreeMap<String, Box<Pattern>>,
    /// Computed values of the whole form, as declared; values of a group stand in [`Group::values`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// Cross-field assertions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Decisions with their rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Fee lines in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Line>,
    /// Entitlement lines in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entitlements: Vec<Line>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Saturday and Sunday, the weekend of a form that names none.
pub fn weekend() -> Vec<u8> {
    vec![6, 7]
}

fn is_weekend(days: &[u8]) -> bool {
    days == [6, 7]
}

/// A currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: String,
    /// Digits after the point of an amount.
    pub digits: u8,
}

/// Days from one to another, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Which day's parameters hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesOf {
    /// `as_of`.
    #[default]
    SubmissionDay,
    /// The date that this field answers.
    Field(String),
}

impl RulesOf {
    fn is_submission_day(&self) -> bool {
        *self == Self::SubmissionDay
    }
}

/// A page of questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// The page's id.
    pub page: String,
    /// The section of the form's task list to which it belongs; a form without a task list has none. The
    /// pages of a section stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// When the page is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// What it asks.
    pub content: PageContent,
}

/// What a page asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageContent {
    /// Single fields.
    Fields(Vec<Field>),
    /// One repeated group.
    Group(Box<Group>),
}

/// A repeated group of fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The group's id, the key of its records in the answers.
    pub group: String,
    /// When it is asked, besides the page's own condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// Whether records must be given.
    #[serde(skip_serializing_if = "Requirement::is_always")]
    pub required: Requirement,
    /// Least number of records once any is required or given.
    pub min: u32,
    /// Greatest number of records.
    pub max: u32,
    /// Fields of a record.
    pub fields: Vec<Field>,
    /// Values computed for each record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// What only the office knows, supplied in the context.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// The fact's id.
    pub fact: String,
    /// Type and limits.
    #[serde(rename = "type")]
    pub type_: FieldType,
}

/// The value of a placeholder in a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Param {
    /// The placeholder's name.
    pub name: String,
    /// How it is written out.
    #[serde(rename = "type")]
    pub type_: Type,
    /// Its value.
    pub expr: Expr,
}

/// Type of a value, as pages and messages need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Yes or no.
    Boolean,
    /// A whole number without unit; a JSON number in reports.
    Integer,
    /// A number without unit; a text in reports.
    Decimal,
    /// An amount in the form's currency.
    Money,
    /// A text.
    Text,
    /// A civil day.
    Date,
    /// A length of time; in reports a text such as `P14M10D`.
    Duration {
        /// What it is written out in, where it is a whole number of that.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<DurationUnit>,
    },
    /// The days from a start to an end; in reports `{"start": …, "end": …}`.
    DateRange,
    /// An option; its label is the text `<labels>.option.<id>`.
    Choice {
        /// Text key prefix, such as `field.organiser`.
        labels: String,
    },
    /// Several options.
    Set {
        /// Text key prefix, such as `field.features`.
        labels: String,
    },
}

/// A dated constant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// The parameter's id.
    pub parameter: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
    /// Values in order of their first days; a period ends the day before the next begins unless `to`
    /// ends it earlier.
    pub periods: Vec<(Period, Literal)>,
}

/// A function of the form: an expression over its arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Function {
    /// The function's id.
    pub function: String,
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// The type of its result.
    #[serde(rename = "type")]
    pub type_: Type,
    /// What it comes to; reads its arguments as [`Expr::Local`], and neither records nor lines.
    pub expr: Expr,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Argument {
    /// Its id.
    pub argument: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
}

/// A decision table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The table's id.
    pub table: String,
    /// Which rows count.
    pub hit: HitPolicy,
    /// Input columns.
    pub inputs: Vec<TableColumn>,
    /// Output columns.
    pub outputs: Vec<TableColumn>,
    /// Rows in order.
    pub rows: Vec<Row>,
}

/// Which rows of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HitPolicy {
    /// Exactly one row matches; proved at compile time.
    Unique,
    /// The first row that matches.
    First,
    /// Bands of one input with a rate each; the result is the sum over the parts of the input that
    /// lie in each band, times the band's rate.
    Marginal,
    /// Every row that matches, in order: a look-up gives a list.
    Collect,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableColumn {
    /// The column's name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// One list of alternatives for each input; an empty list accepts anything.
    pub when: Vec<Vec<Cell>>,
    /// One constant for each output.
    pub then: Vec<Literal>,
}

/// One alternative of a table's cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The input is blank.
    Blank,
    /// The input equals the constant.
    Equal(Literal),
    /// The input lies between two ends.
    Range {
        /// Lower end; none means unbounded.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Literal>,
        /// Whether the lower end itself is excluded.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        after: bool,
        /// Upper end; none means unbounded.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Literal>,
        /// Whether the upper end itself is excluded.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        before: bool,
    },
}

/// A computed value. In a group, `value` is the id within the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// The value's id.
    pub value: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
    /// How it is computed.
    pub expr: Expr,
}

/// A cross-field assertion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// The check's id.
    pub check: String,
    /// Field or group at which it reports; a field of a group (`streets.metres`) makes it run once a
    /// record.
    pub at: String,
    /// When it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// What must hold.
    pub require: Expr,
    /// Placeholders of its message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// A decision with its rules; eligible when every rule that applies holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// The decision's id.
    pub decision: String,
    /// What an ineligible verdict means for submitting.
    #[serde(skip_serializing_if = "IfIneligible::is_may_apply")]
    pub if_ineligible: IfIneligible,
    /// People are not shown which other answers would make them eligible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hides_changes: bool,
    /// Its rules in order.
    pub rules: Vec<Rule>,
}

/// What an ineligible verdict means for submitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IfIneligible {
    /// The submission is stored with its verdict.
    #[default]
    MayApply,
    /// No submission is taken.
    Stop,
}

impl IfIneligible {
    fn is_may_apply(&self) -> bool {
        *self == Self::MayApply
    }
}

/// A rule of a decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// The rule's id.
    pub rule: String,
    /// When it applies; where it does not, it is absent from the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// What must hold.
    pub require: Expr,
    /// Placeholders of its message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// A fee or entitlement line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The line's id.
    pub line: String,
    /// When it applies; where it does not, it is absent from the report and counts as 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// The amount, in the form's currency, never finer than its digits.
    pub amount: Expr,
    /// A zero amount is left out of the report.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub omit_zero: bool,
    /// Decisions on which the line hangs; the total is null until each of them is eligible.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<String>,
}
