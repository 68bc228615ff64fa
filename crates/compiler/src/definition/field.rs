//! Pages, groups, fields and their types.

use counterfoil_engine::{
    date::{Day, DurationUnit},
    number::Number,
};

use super::{Constant, Id, ScalarType, Template, Value};
use crate::{
    expression::Expr,
    source::{Span, Spanned},
};

/// A section of a long form: pages that its task list shows as one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its id.
    pub section: Id,
    /// What the task list calls it.
    pub title: Template,
}

/// A page of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its id.
    pub page: Id,
    /// `title`.
    pub title: Template,
    /// `text`: guidance above the questions.
    pub text: Option<Template>,
    /// `section` of the form's task list.
    pub section: Option<Id>,
    /// `when` it is asked.
    pub when: Option<Expr>,
    /// `purpose`: what its data are for, where its fields say nothing else.
    pub purpose: Vec<Id>,
    /// What it asks.
    pub content: PageContent,
    /// The whole entry.
    pub span: Span,
}

/// What a page asks.
#[derive(Clone, Debug, PartialEq)]
pub enum PageContent {
    /// `fields`.
    Fields(Vec<Field>),
    /// `group`, with its fields.
    Group(Box<Group>),
}

/// A repeated group. Its `when` is its page's.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its id.
    pub group: Id,
    /// `record`: the noun for one record ("street").
    pub record: Option<Template>,
    /// `min`: least number of records.
    pub min: Option<Spanned<u32>>,
    /// `max`: greatest number of records.
    pub max: Spanned<u32>,
    /// `required`; by default a group is required when its `min` is above 0.
    pub required: Option<Requirement>,
    /// `fields` of a record.
    pub fields: Vec<Field>,
    /// `values` computed for each record.
    pub values: Vec<Value>,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its id; within its record where it belongs to a group.
    pub field: Id,
    /// `type` with the limits that go with it.
    pub type_: Spanned<FieldType>,
    /// `label`: the question.
    pub label: Template,
    /// `name`: what messages call it ("the date of the party").
    pub name: Option<Template>,
    /// `hint`.
    pub hint: Option<Template>,
    /// `unit`: stands after a number ("metres").
    pub unit: Option<Template>,
    /// `when` it is asked.
    pub when: Option<Expr>,
    /// `required`; by default a field is.
    pub required: Option<Requirement>,
    /// `autocomplete`: an HTML autocomplete token.
    pub autocomplete: Option<Spanned<String>>,
    /// `multiline`: a text of several lines.
    pub multiline: bool,
    /// `type: file`: a document that the applicant will send later, which is what the answer says.
    pub file: bool,
    /// `fixed`: whether nobody can change what is asked, where the form says so.
    pub fixed: Option<bool>,
    /// `purpose`: what the answer is for.
    pub purpose: Vec<Id>,
    /// `personal`: whether the answer is about a person, where the form says so.
    pub personal: Option<bool>,
    /// The field type of the form or the library that it was written with.
    pub field_type: Option<Id>,
    /// The composite whose part it is; its legend stands in [`Composite`].
    pub part_of: Option<String>,
    /// `errors`: the form's own messages by error code. Their placeholders are the names of limits
    /// (`{min}`), not expressions.
    pub errors: Vec<(Spanned<String>, Template)>,
    /// The whole entry.
    pub span: Span,
}

/// A question of a composite type, asked as fields of their own under one legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// The name it has in the form.
    pub composite: Id,
    /// Its group.
    pub group: Option<String>,
    /// Names of its parts.
    pub parts: Vec<String>,
    /// The legend over its parts; none where it is a part of another.
    pub legend: Option<Template>,
    /// `hint`: stands below the legend.
    pub hint: Option<Template>,
}

impl Composite {
    /// Its path: `applicant`, or `people.address` in a group.
    pub fn path(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}.{}", self.composite.value),
            None => self.composite.value.clone(),
        }
    }
}

/// Whether an answer is required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// `required: true`.
    Always(Span),
    /// `required: false`.
    Never(Span),
    /// `required:` with a condition.
    When(Expr),
}

/// A type with the limits that were written; defaults are for the type checker to fill in.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// `boolean`
    Boolean {
        /// `accepted: true`: only true will do.
        accepted: bool,
    },
    /// `integer`
    Integer {
        /// Least value.
        min: Option<Spanned<Number>>,
        /// Greatest value.
        max: Option<Spanned<Number>>,
    },
    /// `decimal`
    Decimal {
        /// Digits after the point, at most 12.
        scale: Spanned<u8>,
        /// Least value.
        min: Option<Spanned<Number>>,
        /// Greatest value.
        max: Option<Spanned<Number>>,
    },
    /// `money`
    Money {
        /// Least amount.
        min: Option<Spanned<Number>>,
        /// Greatest amount.
        max: Option<Spanned<Number>>,
    },
    /// `text`
    Text {
        /// Least number of code points.
        min_length: Option<Spanned<u32>>,
        /// Greatest number of code points.
        max_length: Option<Spanned<u32>>,
        /// A regular expression for the whole text; its syntax has not been looked at.
        pattern: Option<Spanned<String>>,
        /// A format known by name; whether it is has not been looked at.
        format: Option<Spanned<String>>,
    },
    /// `date`
    Date {
        /// First day allowed.
        min: Option<Spanned<Day>>,
        /// Last day allowed.
        max: Option<Spanned<Day>>,
    },
    /// `duration`
    Duration {
        /// What it is counted in.
        unit: Spanned<DurationUnit>,
        /// Least number.
        min: Option<Spanned<u32>>,
        /// Greatest number.
        max: Option<Spanned<u32>>,
    },
    /// `date_range`
    DateRange {
        /// First day allowed.
        min: Option<Spanned<Day>>,
        /// Last day allowed.
        max: Option<Spanned<Day>>,
    },
    /// `choice`
    Choice {
        /// The options.
        options: Options,
    },
    /// `set`
    Set {
        /// The options.
        options: Options,
    },
    /// Not readable; reported already.
    Error,
}

/// The options of a choice or set.
#[derive(Clone, Debug, PartialEq)]
pub enum Options {
    /// Written at the field.
    Inline(Vec<ChoiceOption>),
    /// The name of an option set.
    Named(Id),
    /// Not readable; reported already.
    Error,
}

/// An option.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    /// Its id, the value in the answers: letters, digits, `_` and `-`, since the codes of a trade
    /// (`R1`) are used as they are.
    pub option: Spanned<String>,
    /// `label`.
    pub label: Template,
    /// `hint`.
    pub hint: Option<Template>,
    /// `when` it is offered.
    pub when: Option<Expr>,
    /// Values of the attributes that are declared beside the options, all of them in order.
    pub attributes: Vec<OptionAttribute>,
}

/// What an option has of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionAttribute {
    /// The attribute's name.
    pub attribute: Id,
    /// The attribute's type.
    pub type_: ScalarType,
    /// The option's value.
    pub value: Spanned<Constant>,
}

/// Options shared by several fields and tables.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionSet {
    /// Its id.
    pub option_set: Id,
    /// Its options in order.
    pub options: Vec<ChoiceOption>,
    /// The whole entry.
    pub span: Span,
}
