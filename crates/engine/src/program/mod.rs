//! The loaded form of a plan: names resolved to slots, steps in the order of their dependencies.
//!
//! This shape is private and may change between releases; the published plan may not.

mod code;
mod cost;
mod follow;
mod functions;
mod graph;
mod lower;
mod order;
mod pattern;
mod reads;
mod row_index;

use std::sync::Arc;

pub(crate) use code::{Call, Node, Test};
pub(crate) use cost::work;
pub(crate) use graph::{Graph, Part};
pub(crate) use lower::lower;
pub(crate) use pattern::Automaton;
pub(crate) use row_index::RowIndex;

use crate::{
    date::{Day, DurationUnit, LeapBirthday},
    names::Names,
    number::Number,
    plan::{HitPolicy, Literal, Period, Type},
};

/// A form made ready for evaluation.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub pages: Vec<PageNode>,
    pub groups: Vec<GroupNode>,
    /// All fields in form order, those of groups included.
    pub fields: Vec<FieldNode>,
    pub facts: Vec<FactNode>,
    pub parameters: Vec<ParameterNode>,
    pub tables: Vec<TableNode>,
    pub functions: Vec<FunctionNode>,
    /// All values, those of groups included.
    pub values: Vec<ValueNode>,
    pub checks: Vec<CheckNode>,
    pub decisions: Vec<DecisionNode>,
    pub rules: Vec<RuleNode>,
    pub fees: Vec<LineNode>,
    pub entitlements: Vec<LineNode>,
    /// The field whose answer says which day's parameters hold.
    pub rules_of: Option<usize>,
    pub effective: Period,
    pub leap_birthday: LeapBirthday,
    /// Days of the week on which nobody works, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// Digits after the point of an amount.
    pub currency_digits: u8,
    /// What to do, in an order in which everything read has been worked out.
    pub order: Vec<Step>,
    /// Keys that a client may or may not send.
    pub keys: Names<Key>,
    /// What each scalar slot holds.
    pub scalars: Vec<Symbol>,
}

/// One step of an evaluation, by index into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Page(usize),
    Group(usize),
    Field(usize),
    Facts,
    Parameters,
    Value(usize),
    Rule(usize),
    Fee(usize),
    Entitlement(usize),
}

impl Step {
    /// What kind of thing it works out.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page(_) => "page",
            Self::Group(_) => "group",
            Self::Field(_) => "field",
            Self::Facts => "facts",
            Self::Parameters => "parameters",
            Self::Value(_) => "value",
            Self::Rule(_) => "rule",
            Self::Fee(_) => "fee line",
            Self::Entitlement(_) => "entitlement line",
        }
    }
}

/// What a key of the answers means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    Field(usize),
    Group(usize),
    Value,
    Fact,
}

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Field(usize),
    Fact(usize),
    Parameter(usize),
    Value(usize),
    Rule(usize),
    Fee(usize),
    Entitlement(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct PageNode {
    pub when: Option<Node>,
    pub items: PageItems,
}

#[derive(Clone, Debug)]
pub(crate) enum PageItems {
    /// A run of [`Program::fields`].
    Fields(std::ops::Range<usize>),
    Group(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct GroupNode {
    pub id: String,
    pub page: usize,
    pub when: Option<Node>,
    pub required: Required,
    pub min: u32,
    pub max: u32,
    /// A run of [`Program::fields`].
    pub fields: std::ops::Range<usize>,
    /// A run of [`Program::values`].
    pub values: std::ops::Range<usize>,
    /// Keys of a record.
    pub keys: Names<Key>,
    /// What each slot of a record holds.
    pub slots: Vec<Symbol>,
    /// Checks that report at the group itself.
    pub checks: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Required {
    Always,
    Never,
    When(Node),
}

#[derive(Clone, Debug)]
pub(crate) struct FieldNode {
    /// `event_date`, or `streets.name` in a group.
    pub path: String,
    /// The id alone.
    pub id: String,
    pub page: usize,
    pub group: Option<usize>,
    pub slot: usize,
    pub when: Option<Node>,
    pub required: Required,
    pub kind: Kind,
    /// Checks that report at the field.
    pub checks: Vec<usize>,
}

/// Type and limits of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Boolean {
        accepted: bool,
    },
    Number {
        integer: bool,
        money: bool,
        scale: u8,
        min: Number,
        max: Number,
    },
    Text {
        min_length: u32,
        max_length: u32,
        pattern: Option<Arc<Automaton>>,
        /// Name and automaton.
        format: Option<(String, Arc<Automaton>)>,
    },
    Date {
        min: Option<Day>,
        max: Option<Day>,
    },
    Duration {
        unit: DurationUnit,
        min: u32,
        max: u32,
    },
    DateRange {
        min: Option<Day>,
        max: Option<Day>,
    },
    Choice(Vec<OptionNode>),
    Set(Vec<OptionNode>),
}

#[derive(Clone, Debug)]
pub(crate) struct OptionNode {
    pub id: String,
    pub when: Option<Node>,
}

#[derive(Clone, Debug)]
pub(crate) struct FactNode {
    pub id: String,
    pub slot: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) struct ParameterNode {
    pub id: String,
    pub slot: usize,
    pub type_: Type,
    pub periods: Vec<(Period, Literal)>,
}

#[derive(Clone, Debug)]
pub(crate) struct TableNode {
    pub id: String,
    pub hit: HitPolicy,
    /// Types of the output columns.
    pub outputs: Vec<Type>,
    pub rows: Vec<RowNode>,
    /// Where they are found without going through all of them.
    pub index: Option<RowIndex>,
}

#[derive(Clone, Debug)]
pub(crate) struct FunctionNode {
    pub id: String,
    /// Ids and types.
    pub arguments: Vec<(String, Type)>,
    pub type_: Type,
    pub code: Node,
}

#[derive(Clone, Debug)]
pub(crate) struct RowNode {
    /// One list of alternatives for each input; an empty list accepts anything.
    pub when: Vec<Vec<Test>>,
    pub then: Vec<Literal>,
}

#[derive(Clone, Debug)]
pub(crate) struct ValueNode {
    /// `closed_metres`, or `structures.base` in a group.
    pub path: String,
    /// The id alone.
    pub id: String,
    pub group: Option<usize>,
    pub slot: usize,
    pub type_: Type,
    pub code: Node,
}

#[derive(Clone, Debug)]
pub(crate) struct ParamNode {
    pub name: String,
    pub type_: Type,
    pub code: Node,
}

#[derive(Clone, Debug)]
pub(crate) struct CheckNode {
    pub id: String,
    pub when: Option<Node>,
    pub require: Node,
    pub params: Vec<ParamNode>,
}

#[derive(Clone, Debug)]
pub(crate) struct DecisionNode {
    pub id: String,
    /// A run of [`Program::rules`].
    pub rules: std::ops::Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct RuleNode {
    pub id: String,
    pub decision: usize,
    pub slot: usize,
    pub when: Option<Node>,
    pub require: Node,
    pub params: Vec<ParamNode>,
}

#[derive(Clone, Debug)]
pub(crate) struct LineNode {
    pub id: String,
    pub slot: usize,
    pub when: Option<Node>,
    pub amount: Node,
    pub omit_zero: bool,
    /// Decisions on which the line hangs.
    pub decisions: Vec<usize>,
}

impl Kind {
    /// How an answer is written out; `labels` is the prefix of the keys of its options' labels.
    pub fn type_(&self, labels: String) -> Type {
        match self {
            Self::Boolean { .. } => Type::Boolean,
            Self::Number { integer: true, .. } => Type::Integer,
            Self::Number { money: true, .. } => Type::Money,
            Self::Number { .. } => Type::Decimal,
            Self::Text { .. } => Type::Text,
            Self::Date { .. } => Type::Date,
            Self::Duration { unit, .. } => Type::Duration { unit: Some(*unit) },
            Self::DateRange { .. } => Type::DateRange,
            Self::Choice(_) => Type::Choice { labels },
            Self::Set(_) => Type::Set { labels },
        }
    }
}

impl Program {
    /// The type of a field by its path without positions, such as `streets.metres`.
    pub fn field_kind(&self, path: &str) -> Option<&Kind> {
        self.fields
            .iter()
            .find(|field| field.path == path)
            .map(|field| &field.kind)
    }
}
