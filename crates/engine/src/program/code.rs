//! Expressions with names resolved to slots.

use crate::{
    date::DurationUnit,
    number::Number,
    plan::{AggregateOp, CompareOp, Literal, RoundMode, TextFunction},
};

/// An expression ready to run. The meaning of each kind is that of [`crate::plan::Expr`].
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Constant(Literal),
    Blank,
    Today,
    /// A slot of the form.
    Scalar(usize),
    /// A slot of the record at hand.
    Record(usize),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    If(Box<[Node; 3]>),
    Compare(CompareOp, Box<[Node; 2]>),
    OneOf(Box<Node>, Vec<Node>),
    Contains(Box<[Node; 2]>),
    Default(Box<[Node; 2]>),
    Answered(Box<Node>),
    Round {
        mode: RoundMode,
        step: Number,
        value: Box<Node>,
    },
    Aggregate {
        op: AggregateOp,
        group: usize,
        each: Box<Node>,
    },
    Count(usize),
    Table {
        table: usize,
        output: usize,
        inputs: Vec<Node>,
    },
    /// An item and the range that it may be in.
    InRange(Box<[Node; 2]>),
    /// A parameter, by position, on another day.
    ParameterOn(usize, Box<Node>),
    /// The sum of a parameter, by position, over a range.
    Accrue(usize, Box<Node>),
    /// The results over the records of a group, as operands of a call.
    Each {
        group: usize,
        each: Box<Node>,
    },
    OverRows {
        op: AggregateOp,
        table: usize,
        inputs: Vec<Node>,
        each: Box<Node>,
    },
    /// An output of the row at hand.
    Column {
        table: usize,
        output: usize,
    },
    Collect {
        table: usize,
        output: usize,
        inputs: Vec<Node>,
    },
    /// A function of the form.
    Apply {
        function: usize,
        arguments: Vec<Node>,
    },
    /// An argument or named result of the function at hand, arguments first.
    Local(usize),
    Let {
        values: Vec<Node>,
        result: Box<Node>,
    },
    /// An operation that needs all its operands.
    Call(Call, Vec<Node>),
}

/// An operation that needs all its operands, none of them blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Absolute,
    Min,
    Max,
    DaysBetween,
    AddDays,
    AddMonths,
    AddYears,
    AgeOn,
    YearOf,
    MonthOf,
    DayOf,
    Weekday,
    MonthsBetween,
    Date,
    StartOfMonth,
    EndOfMonth,
    Duration(DurationUnit),
    Move,
    Range,
    RangeStart,
    RangeEnd,
    Overlap,
    DaysIn,
    DayCount,
    WeekdayCount,
    IsWorkingDay,
    AddWorkingDays,
    WorkingDaysBetween,
    Text(TextFunction),
}

/// One alternative of a table's cell.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Blank,
    Equal(Literal),
    Range {
        from: Option<Literal>,
        after: bool,
        to: Option<Literal>,
        before: bool,
    },
}

impl Node {
    /// The operands, in order; of what goes through rows, the inputs alone,
    /// and of named results these without what is made of them.
    pub fn operands(&self) -> &[Self] {
        match self {
            Self::Constant(_)
            | Self::Blank
            | Self::Today
            | Self::Scalar(_)
            | Self::Record(_)
            | Self::Column { .. }
            | Self::Local(_)
            | Self::Count(_) => &[],
            Self::Not(node) | Self::Answered(node) => std::slice::from_ref(node),
            Self::Round { value, .. } => std::slice::from_ref(value),
            Self::Aggregate { each, .. } | Self::Each { each, .. } => std::slice::from_ref(each),
            Self::ParameterOn(_, node) | Self::Accrue(_, node) => std::slice::from_ref(node),
            Self::And(nodes) | Self::Or(nodes) | Self::Call(_, nodes) => nodes,
            Self::Apply { arguments, .. } => arguments,
            Self::Let { values, .. } => values,
            Self::Table { inputs, .. }
            | Self::Collect { inputs, .. }
            | Self::OverRows { inputs, .. } => inputs,
            Self::If(nodes) => &nodes[..],
            Self::Compare(_, nodes)
            | Self::Contains(nodes)
            | Self::Default(nodes)
            | Self::InRange(nodes) => &nodes[..],
            Self::OneOf(item, _) => std::slice::from_ref(item),
        }
    }
}
