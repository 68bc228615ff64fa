//! Expressions of a published plan.

use serde::Serialize;

use crate::{
    date::{Day, DurationUnit},
    number::Number,
    plan::TextFunction,
};

/// A typed expression. The compiler has resolved every name, unit, scale and presence; what is left
/// can fail only for the reasons that SEMANTICS names (division by zero, a date outside a
/// parameter's periods, overflow).
///
/// Names that contain a dot (`streets.metres`) belong to a group and are legal only where a record
/// of that group is at hand: in the group's own fields, values and checks, and inside an
/// [`Expr::Aggregate`] over it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A constant.
    Literal(Literal),
    /// The blank value.
    Blank,
    /// The answer of a field.
    Field(String),
    /// A computed value.
    Value(String),
    /// A parameter on the day that `rules_of` names.
    Parameter(String),
    /// A parameter on another day; blank where it has no value on that day.
    ParameterOn {
        /// The parameter.
        parameter: String,
        /// The day.
        day: Box<Expr>,
    },
    /// The sum of a daily rate over the days of a range: of each period's value times its days in the
    /// range. Blank where the parameter has no value on one of them; 0 over no days.
    Accrue {
        /// The parameter, a number.
        parameter: String,
        /// The range.
        range: Box<Expr>,
    },
    /// What only the office knows.
    Fact(String),
    /// The day of evaluation, `as_of`.
    Today,
    /// The amount of an earlier fee line; 0 when it does not apply.
    Fee(String),
    /// The sum of the fee lines above this one.
    FeeSubtotal,
    /// The amount of an earlier entitlement line; 0 when it does not apply.
    Entitlement(String),
    /// The sum of the entitlement lines above this one.
    EntitlementSubtotal,
    /// Whether a rule of a decision holds.
    Rule {
        /// The decision that owns the rule.
        decision: String,
        /// The rule.
        rule: String,
    },

    /// Kleene negation.
    Not(Box<Expr>),
    /// Kleene conjunction.
    And(Vec<Expr>),
    /// Kleene disjunction.
    Or(Vec<Expr>),
    /// A choice between two expressions; only the branch taken is evaluated.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The result where the condition holds.
        then: Box<Expr>,
        /// The result where it does not.
        otherwise: Box<Expr>,
    },
    /// A comparison. `equal` and `not_equal` accept blank, which equals only blank.
    Compare {
        /// Which comparison.
        op: CompareOp,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// Whether the item equals one of the list; a blank item is in no list.
    OneOf {
        /// The item sought.
        item: Box<Expr>,
        /// The list.
        list: Vec<Expr>,
    },
    /// Whether an option is among those chosen in a set, or a value in a collected list; a blank item
    /// is in none.
    Contains {
        /// The set or list.
        set: Box<Expr>,
        /// The option or value sought.
        item: Box<Expr>,
    },
    /// The first expression, or the second where the first is blank (`a ?? b`).
    Default(Box<Expr>, Box<Expr>),
    /// Whether an operand is not blank; pending while it is pending.
    Answered(Box<Expr>),

    /// Arithmetic negation, of a number or a duration.
    Negate(Box<Expr>),
    /// The sum of the operands, at least two: numbers or durations.
    Add(Vec<Expr>),
    /// The first operand minus the second: numbers or durations.
    Subtract(Box<Expr>, Box<Expr>),
    /// The product of the operands, at least two; one of them may be a duration, the others whole numbers.
    Multiply(Vec<Expr>),
    /// An exact quotient; legal only inside a comparison or a rounding.
    Divide(Box<Expr>, Box<Expr>),
    /// The remainder of whole numbers, from 0 up to below the divisor, which is positive.
    Remainder(Box<Expr>, Box<Expr>),
    /// The absolute value.
    Absolute(Box<Expr>),
    /// The smallest of the operands.
    Min(Vec<Expr>),
    /// The greatest of the operands.
    Max(Vec<Expr>),
    /// Rounding to a multiple of a step.
    Round {
        /// How ties and remainders go.
        mode: RoundMode,
        /// What is rounded; may be an exact quotient.
        value: Box<Expr>,
        /// The step, a positive constant.
        step: Number,
    },

    /// One result over the records of a group.
    Aggregate {
        /// Which result.
        op: AggregateOp,
        /// The group.
        group: String,
        /// Evaluated once a record; `count` counts the records where it holds.
        each: Box<Expr>,
    },
    /// The number of records of a group.
    Count(String),
    /// A look-up in a decision table.
    Table {
        /// The table.
        table: String,
        /// One expression for each of the table's inputs.
        inputs: Vec<Expr>,
        /// The output column wanted.
        output: String,
    },

    /// One result over the rows of a table with the hit policy `collect` that match the inputs.
    OverRows {
        /// Which result.
        op: AggregateOp,
        /// The table.
        table: String,
        /// One expression for each of the table's inputs.
        inputs: Vec<Expr>,
        /// Evaluated once a row; `count` counts the rows where it holds.
        each: Box<Expr>,
    },
    /// An output of the row at hand; legal only inside [`Expr::OverRows`].
    Column(String),
    /// The list of one output of every matching row, in the order of the table, whose hit policy is
    /// `collect`. Legal only where a list is taken, as by [`Expr::Contains`].
    Collect {
        /// The table.
        table: String,
        /// One expression for each of the table's inputs.
        inputs: Vec<Expr>,
        /// The output column wanted.
        output: String,
    },

    /// A function of the form, with one expression for each of its arguments.
    Call {
        /// The function.
        function: String,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// An argument or named result; legal only inside the function that has it.
    Local(String),
    /// Named results, each of which can read those before it, and what is made of them; legal only in
    /// a function.
    Let {
        /// The named results.
        locals: Vec<Local>,
        /// What is made of them.
        result: Box<Expr>,
    },

    /// Whole days from the first date to the second; negative if the second is earlier.
    DaysBetween(Box<Expr>, Box<Expr>),
    /// A date moved by a number of days.
    AddDays(Box<Expr>, Box<Expr>),
    /// A date moved by months; a missing day becomes the last of the month.
    AddMonths(Box<Expr>, Box<Expr>),
    /// A date moved by years; 29 February becomes 28 February where there is none.
    AddYears(Box<Expr>, Box<Expr>),
    /// Completed years from a birth date to a day; [`super::Rules::leap_birthday`] says when one born on
    /// 29 February turns. Negative before the birth.
    AgeOn(Box<Expr>, Box<Expr>),
    /// Completed months from the first date to the second; negative if the second is earlier.
    MonthsBetween(Box<Expr>, Box<Expr>),
    /// The year of a date.
    YearOf(Box<Expr>),
    /// The month of a date, 1 to 12.
    MonthOf(Box<Expr>),
    /// The day of the month of a date, 1 to 31.
    DayOf(Box<Expr>),
    /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
    Weekday(Box<Expr>),
    /// A date by year, month and day of the month; blank where there is no such day.
    Date(Box<[Expr; 3]>),
    /// The first day of a date's month.
    StartOfMonth(Box<Expr>),
    /// The last day of a date's month.
    EndOfMonth(Box<Expr>),

    /// A duration of so many days, weeks, months or years.
    Duration {
        /// What is counted.
        unit: DurationUnit,
        /// How many.
        count: Box<Expr>,
    },
    /// A date moved by a duration: by its months first, as [`Expr::AddMonths`] does, then by its days.
    Move(Box<Expr>, Box<Expr>),

    /// The days from the first date to the second, both included; none if the second is earlier.
    Range(Box<Expr>, Box<Expr>),
    /// The first day of a range.
    RangeStart(Box<Expr>),
    /// The last day of a range.
    RangeEnd(Box<Expr>),
    /// Whether a date is in a range; a blank date is in none, and none is in a blank range.
    InRange {
        /// The date sought.
        item: Box<Expr>,
        /// The range.
        range: Box<Expr>,
    },
    /// The days that are in both ranges.
    Overlap(Box<Expr>, Box<Expr>),
    /// The number of days in a range.
    DaysIn(Box<Expr>),
    /// The number of days that are in some of the ranges; operands are ranges and lists of them.
    DayCount(Vec<Expr>),
    /// How many of the days that are in some of the ranges fall on a day of the week.
    WeekdayCount {
        /// The day of the week, 1 for Monday to 7 for Sunday.
        weekday: Box<Expr>,
        /// Ranges and lists of them.
        ranges: Vec<Expr>,
    },

    /// Whether a date is neither of the weekend nor a holiday.
    IsWorkingDay {
        /// The date.
        date: Box<Expr>,
        /// Dates and lists of them.
        holidays: Vec<Expr>,
    },
    /// The so-many-th working day after a date, or before it for a negative number; the date itself for
    /// 0. At most 10,000 either way.
    AddWorkingDays {
        /// The date.
        date: Box<Expr>,
        /// How many working days.
        days: Box<Expr>,
        /// Dates and lists of them.
        holidays: Vec<Expr>,
    },
    /// Working days after the first date, up to and including the second. If the second is earlier, those
    /// from the second up to the day before the first, as a negative number.
    WorkingDaysBetween {
        /// The first date.
        from: Box<Expr>,
        /// The second date.
        to: Box<Expr>,
        /// Dates and lists of them.
        holidays: Vec<Expr>,
    },
    /// A function of texts.
    Text {
        /// Which function.
        function: TextFunction,
        /// Its operands: texts and, after them, whole numbers.
        operands: Vec<Expr>,
    },
    /// A list: the expression's result for each record of a group. It can stand only where an operation
    /// takes lists.
    Each {
        /// The group.
        group: String,
        /// Evaluated once a record.
        each: Box<Expr>,
    },
}

/// A named result within a function.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Local {
    /// Its name, other than those of the arguments and of other results.
    pub local: String,
    /// What it is.
    pub expr: Expr,
}

/// A constant of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// True or false.
    Boolean(bool),
    /// An exact number.
    Number(Number),
    /// A text, or the id of an option.
    Text(String),
    /// A civil day.
    Date(Day),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CompareOp {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// How a rounding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// To the nearest step, halves away from zero.
    HalfUp,
    /// To the nearest step, halves to the even step.
    HalfEven,
    /// Up, towards positive infinity.
    Up,
    /// Down, towards negative infinity.
    Down,
}

/// A result over the records of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AggregateOp {
    /// The sum; 0 over no records.
    Sum,
    /// The smallest; blank over no records.
    Min,
    /// The greatest; blank over no records.
    Max,
    /// How many records satisfy the condition.
    Count,
    /// Whether some record satisfies the condition; false over no records.
    Any,
    /// Whether every record satisfies the condition; true over no records.
    All,
    /// The sum of durations; no time at all over no records.
    SumDurations,
}
