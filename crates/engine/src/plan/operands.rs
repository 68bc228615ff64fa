//! The parts of an expression, for those who walk over all of them alike.

use super::Expr;
use crate::date::DurationUnit;

/// What the ids of tables begin with that hold the attributes of options.
const OPTIONS: &str = "options/";

impl Expr {
    /// The operands in the order in which they are written; of what goes through rows, the inputs alone,
    /// and of named results these without what is made of them.
    pub fn operands(&self) -> Vec<&Self> {
        match self {
            Self::Literal(_)
            | Self::Blank
            | Self::Field(_)
            | Self::Value(_)
            | Self::Parameter(_)
            | Self::Fact(_)
            | Self::Today
            | Self::Fee(_)
            | Self::FeeSubtotal
            | Self::Entitlement(_)
            | Self::EntitlementSubtotal
            | Self::Rule { .. }
            | Self::Count(_)
            | Self::Column(_)
            | Self::Local(_) => Vec::new(),
            Self::Let { locals, .. } => locals.iter().map(|local| &local.expr).collect(),
            Self::Not(a)
            | Self::Answered(a)
            | Self::Negate(a)
            | Self::Absolute(a)
            | Self::Round { value: a, .. }
            | Self::Aggregate { each: a, .. }
            | Self::YearOf(a)
            | Self::MonthOf(a)
            | Self::DayOf(a)
            | Self::Weekday(a)
            | Self::StartOfMonth(a)
            | Self::EndOfMonth(a)
            | Self::Duration { count: a, .. }
            | Self::RangeStart(a)
            | Self::RangeEnd(a)
            | Self::DaysIn(a)
            | Self::ParameterOn { day: a, .. }
            | Self::Accrue { range: a, .. }
            | Self::Each { each: a, .. } => vec![a],
            Self::Compare { left, right, .. } => vec![left, right],
            Self::Contains { set, item } => vec![set, item],
            Self::Default(a, b)
            | Self::Subtract(a, b)
            | Self::Divide(a, b)
            | Self::Remainder(a, b)
            | Self::DaysBetween(a, b)
            | Self::AddDays(a, b)
            | Self::AddMonths(a, b)
            | Self::AddYears(a, b)
            | Self::AgeOn(a, b)
            | Self::MonthsBetween(a, b)
            | Self::Move(a, b)
            | Self::Range(a, b)
            | Self::Overlap(a, b) => vec![a, b],
            Self::InRange { item, range } => vec![item, range],
            Self::Date(parts) => parts.iter().collect(),
            Self::And(items)
            | Self::Or(items)
            | Self::Add(items)
            | Self::Multiply(items)
            | Self::Min(items)
            | Self::Max(items)
            | Self::DayCount(items)
            | Self::Text {
                operands: items, ..
            }
            | Self::Call {
                arguments: items, ..
            }
            | Self::OverRows { inputs: items, .. }
            | Self::Collect { inputs: items, .. }
            | Self::Table { inputs: items, .. } => items.iter().collect(),
            Self::WeekdayCount {
                weekday: first,
                ranges: list,
            }
            | Self::IsWorkingDay {
                date: first,
                holidays: list,
            } => std::iter::once(&**first).chain(list).collect(),
            Self::AddWorkingDays {
                date: a,
                days: b,
                holidays,
            }
            | Self::WorkingDaysBetween {
                from: a,
                to: b,
                holidays,
            } => [&**a, b].into_iter().chain(holidays).collect(),
            Self::OneOf { item, list } => std::iter::once(&**item).chain(list).collect(),
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
        }
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
