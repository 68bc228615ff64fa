//! The parts of an expression, for those who walk over all of them alike.

use super::Expr;
use crate::date::DurationUnit;

/// What the ids of tables begin with that hold the attributes of options.
const OPTIONS: &str = "options/";

/// The operands of an expression, shared or exclusive.
macro_rules! operands {
    ($expr:expr, $iter:ident $(, $mutable:tt)?) => {
        match $expr {
            Expr::Literal(_)
            | Expr::Blank
            | Expr::Field(_)
            | Expr::Value(_)
            | Expr::Parameter(_)
            | Expr::Fact(_)
            | Expr::Today
            | Expr::Fee(_)
            | Expr::FeeSubtotal
            | Expr::Entitlement(_)
            | Expr::EntitlementSubtotal
            | Expr::Rule { .. }
            | Expr::Column(_)
            | Expr::Local(_)
            | Expr::Count(_) => Vec::new(),
            Expr::Not(a)
            | Expr::Answered(a)
            | Expr::Negate(a)
            | Expr::Absolute(a)
            | Expr::Round { value: a, .. }
            | Expr::Aggregate { each: a, .. }
            | Expr::Each { each: a, .. }
            | Expr::ParameterOn { day: a, .. }
            | Expr::Accrue { range: a, .. }
            | Expr::Duration { count: a, .. }
            | Expr::YearOf(a)
            | Expr::MonthOf(a)
            | Expr::DayOf(a)
            | Expr::Weekday(a)
            | Expr::StartOfMonth(a)
            | Expr::EndOfMonth(a)
            | Expr::RangeStart(a)
            | Expr::RangeEnd(a)
            | Expr::DaysIn(a) => vec![a],
            Expr::Compare {
                left: a, right: b, ..
            }
            | Expr::Contains { set: a, item: b }
            | Expr::InRange { item: a, range: b }
            | Expr::Default(a, b)
            | Expr::Subtract(a, b)
            | Expr::Divide(a, b)
            | Expr::Remainder(a, b)
            | Expr::DaysBetween(a, b)
            | Expr::MonthsBetween(a, b)
            | Expr::AddDays(a, b)
            | Expr::AddMonths(a, b)
            | Expr::AddYears(a, b)
            | Expr::Move(a, b)
            | Expr::Range(a, b)
            | Expr::Overlap(a, b)
            | Expr::AgeOn(a, b) => vec![a, b],
            Expr::And(operands)
            | Expr::Or(operands)
            | Expr::Add(operands)
            | Expr::Multiply(operands)
            | Expr::Min(operands)
            | Expr::Max(operands)
            | Expr::DayCount(operands)
            | Expr::Text { operands, .. }
            | Expr::Table {
                inputs: operands, ..
            }
            | Expr::Collect {
                inputs: operands, ..
            }
            | Expr::Call {
                arguments: operands,
                ..
            } => operands.$iter().collect(),
            Expr::Date(parts) => parts.$iter().collect(),
            Expr::OneOf { item, list }
            | Expr::WeekdayCount {
                weekday: item,
                ranges: list,
            }
            | Expr::IsWorkingDay {
                date: item,
                holidays: list,
            } => std::iter::once(& $($mutable)? **item).chain(list.$iter()).collect(),
            Expr::AddWorkingDays {
                date: a,
                days: b,
                holidays,
            }
            | Expr::WorkingDaysBetween {
                from: a,
                to: b,
                holidays,
            } => [a, b]
                .into_iter()
                .map(|operand| & $($mutable)? **operand)
                .chain(holidays.$iter())
                .collect(),
            Expr::OverRows { inputs, .. } => inputs.$iter().collect(),
            Expr::Let { locals, .. } => locals
                .$iter()
                .map(|local| & $($mutable)? local.expr)
                .collect(),
            Expr::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
        }
    };
}

impl Expr {
    /// The operands in the order in which they are written; of what goes through rows, the inputs alone,
    /// and of named results these without what is made of them.
    pub fn operands(&self) -> Vec<&Self> {
        operands!(self, iter)
    }

    /// The same operands, to be changed.
    pub fn operands_mut(&mut self) -> Vec<&mut Self> {
        operands!(self, iter_mut, mut)
    }

    /// An attribute of an option, `choice.attribute`: what gives the option, and the attribute. It is looked
    /// up in a table of its own, under a condition where no option may be chosen.
    pub fn attribute(&self) -> Option<(&Self, &str)> {
        match self {
            Self::Table {
                table,
                inputs,
                output,
            } if table.starts_with(OPTIONS) => Some((inputs.first()?, output)),
            Self::If {
                condition,
                then,
                otherwise,
            } => match (&**condition, &**otherwise) {
                (Self::Answered(asked), Self::Blank) => {
                    then.attribute().filter(|(option, _)| **option == **asked)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of the function that is called, for what is written `name(operands)`.
    pub const fn function(&self) -> Option<&'static str> {
        Some(match self {
            Self::Not(_) => "not",
            Self::Answered(_) => "answered",
            Self::Absolute(_) => "abs",
            Self::Min(_) => "min",
            Self::Max(_) => "max",
            Self::DaysBetween(..) => "days_between",
            Self::AddDays(..) => "add_days",
            Self::AddMonths(..) => "add_months",
            Self::AddYears(..) => "add_years",
            Self::AgeOn(..) => "age_on",
            Self::YearOf(_) => "year_of",
            Self::MonthOf(_) => "month_of",
            Self::DayOf(_) => "day_of",
            Self::Weekday(_) => "weekday",
            Self::MonthsBetween(..) => "months_between",
            Self::Date(_) => "date",
            Self::StartOfMonth(_) => "start_of_month",
            Self::EndOfMonth(_) => "end_of_month",
            Self::Duration { unit, .. } => match unit {
                DurationUnit::Days => "days",
                DurationUnit::Weeks => "weeks",
                DurationUnit::Months => "months",
                DurationUnit::Years => "years",
            },
            Self::Range(..) => "range",
            Self::Overlap(..) => "overlap",
            Self::DaysIn(_) => "days_in",
            Self::DayCount(_) => "day_count",
            Self::WeekdayCount { .. } => "weekday_count",
            Self::IsWorkingDay { .. } => "is_working_day",
            Self::AddWorkingDays { .. } => "add_working_days",
            Self::WorkingDaysBetween { .. } => "working_days_between",
            Self::Remainder(..) => "remainder",
            Self::Text { function, .. } => function.name(),
            _ => return None,
        })
    }
}
