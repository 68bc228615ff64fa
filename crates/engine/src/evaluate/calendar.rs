//! Operations on dates, durations and ranges, and on parameters of other days than the form's own.

use super::{
    expression::{unknown, worse},
    run::{Evaluation, days_of_period, period_on},
    scope::At,
    state::{Datum, State},
};
use crate::{
    date::{DateRange, Day, Duration, WorkingDays, union},
    number::Number,
    plan::Literal,
    program::{Call, Node, Program},
};

impl<'a> Evaluation<'a> {
    /// Whether an item is in a range. Blank is in no range, whatever the other operand comes to.
    pub(super) fn in_range(&self, item: &'a Node, range: &'a Node, at: At<'_, 'a>) -> State<'a> {
        match (self.eval(item, at), self.eval(range, at)) {
            (State::Blank, _) | (_, State::Blank) => State::bool(false),
            (State::Known(Datum::Date(day)), State::Known(Datum::Range(range))) => {
                State::bool(range.contains(day))
            }
            (State::Known(_), State::Known(_)) => State::Failed,
            (State::Known(_), state) | (state, State::Known(_)) => unknown(&state),
            (a, b) => worse(unknown(&a), unknown(&b)),
        }
    }

    /// A parameter on another day.
    pub(super) fn parameter_on(
        &self,
        parameter: usize,
        day: &'a Node,
        at: At<'_, 'a>,
    ) -> State<'a> {
        let parameter = &self.program.parameters[parameter];
        match self.eval(day, at) {
            State::Known(Datum::Date(day)) => match period_on(parameter, day) {
                Some(period) => State::literal(&parameter.periods[period].1),
                None => State::Blank,
            },
            state => unknown(&state),
        }
    }

    /// The sum of a parameter over the days of a range.
    pub(super) fn accrue(&self, parameter: usize, range: &'a Node, at: At<'_, 'a>) -> State<'a> {
        match self.eval(range, at) {
            State::Known(Datum::Range(range)) => {
                self.count(self.program.parameters[parameter].periods.len());
                let parts = self.accrued(parameter, range);
                let days: i64 = parts.iter().map(|(_, days)| days).sum();
                if days == range.days() {
                    State::number(self.sum(parameter, &parts))
                } else {
                    State::Blank
                }
            }
            state => unknown(&state),
        }
    }

    /// How many days of a range lie in each period of a parameter, where any do.
    pub(crate) fn accrued(&self, parameter: usize, range: DateRange) -> Vec<(usize, i64)> {
        let parameter = &self.program.parameters[parameter];
        (0..parameter.periods.len())
            .map(|period| {
                let days = days_of_period(parameter, period).overlap(range).days();
                (period, days)
            })
            .filter(|(_, days)| *days > 0)
            .collect()
    }

    fn sum(&self, parameter: usize, parts: &[(usize, i64)]) -> Option<Number> {
        let periods = &self.program.parameters[parameter].periods;
        let mut sum = Number::ZERO;
        for (period, days) in parts {
            let Literal::Number(rate) = periods[*period].1 else {
                return None;
            };
            sum = sum.checked_add(rate.checked_mul(Number::from_int(*days))?)?;
        }
        Some(sum)
    }
}

/// Arithmetic with a duration; `None` where there is none among the operands.
pub(super) fn arithmetic<'a>(call: Call, a: &Datum<'_>, b: &Datum<'_>) -> Option<State<'a>> {
    Some(State::duration(match (call, a, b) {
        (Call::Add, Datum::Duration(a), Datum::Duration(b)) => a.checked_add(*b),
        (Call::Subtract, Datum::Duration(a), Datum::Duration(b)) => a.checked_add(-*b),
        (Call::Multiply, Datum::Duration(a), Datum::Number(b))
        | (Call::Multiply, Datum::Number(b), Datum::Duration(a)) => {
            b.to_i64().and_then(|factor| a.checked_mul(factor))
        }
        _ => return None,
    }))
}

/// An operation on known dates, durations and ranges; `None` where it is no such operation.
pub(super) fn operate<'a>(
    program: &Program,
    call: Call,
    operands: &[Datum<'_>],
) -> Option<State<'a>> {
    let whole = |value: i64| State::number(Some(Number::from_int(value)));
    Some(match (call, operands) {
        (Call::DaysBetween, [Datum::Date(a), Datum::Date(b)]) => whole(a.days_until(*b)),
        (Call::MonthsBetween, [Datum::Date(a), Datum::Date(b)]) => whole(a.months_until(*b)),
        (Call::AgeOn, [Datum::Date(birth), Datum::Date(day)]) => {
            whole(birth.age_on(*day, program.leap_birthday))
        }
        (Call::AddDays, [Datum::Date(day), Datum::Number(n)]) => {
            State::date(n.to_i64().and_then(|n| day.add_days(n)))
        }
        (Call::AddMonths, [Datum::Date(day), Datum::Number(n)]) => {
            State::date(n.to_i64().and_then(|n| day.add_months(n)))
        }
        (Call::AddYears, [Datum::Date(day), Datum::Number(n)]) => {
            State::date(n.to_i64().and_then(|n| day.add_years(n)))
        }
        (Call::Move, [Datum::Date(day), Datum::Duration(by)]) => State::date(day.checked_add(*by)),
        (Call::Duration(unit), [Datum::Number(n)]) => {
            State::duration(n.to_i64().and_then(|n| Duration::of(unit, n)))
        }
        (Call::YearOf, [Datum::Date(day)]) => whole(day.ymd().0.into()),
        (Call::MonthOf, [Datum::Date(day)]) => whole(day.ymd().1.into()),
        (Call::DayOf, [Datum::Date(day)]) => whole(day.ymd().2.into()),
        (Call::Weekday, [Datum::Date(day)]) => whole(day.weekday().into()),
        (Call::StartOfMonth, [Datum::Date(day)]) => State::date(Some(day.start_of_month())),
        (Call::EndOfMonth, [Datum::Date(day)]) => State::date(Some(day.end_of_month())),
        (
            Call::Date,
            [
                Datum::Number(year),
                Datum::Number(month),
                Datum::Number(day),
            ],
        ) => match civil_day(*year, *month, *day) {
            Some(day) => State::date(Some(day)),
            None => State::Blank,
        },
        (Call::Range, [Datum::Date(start), Datum::Date(end)]) => range(DateRange {
            start: *start,
            end: *end,
        }),
        (Call::RangeStart, [Datum::Range(range)]) => State::date(Some(range.start)),
        (Call::RangeEnd, [Datum::Range(range)]) => State::date(Some(range.end)),
        (Call::Overlap, [Datum::Range(a), Datum::Range(b)]) => range(a.overlap(*b)),
        (Call::DaysIn, [Datum::Range(range)]) => whole(range.days()),
        (Call::DayCount, ranges) => match ranges_of(ranges) {
            Some(ranges) => whole(union(ranges).into_iter().map(DateRange::days).sum()),
            None => State::Failed,
        },
        (Call::WeekdayCount, [Datum::Number(weekday), ranges @ ..]) => {
            match (weekday_of(*weekday), ranges_of(ranges)) {
                (Some(weekday), Some(ranges)) => {
                    let ranges = union(ranges).into_iter();
                    whole(ranges.map(|range| range.weekday_count(weekday)).sum())
                }
                _ => State::Failed,
            }
        }
        (Call::IsWorkingDay, [Datum::Date(day), holidays @ ..]) => {
            match working_days(program, holidays) {
                Some(calendar) => State::bool(calendar.is_working_day(*day)),
                None => State::Failed,
            }
        }
        (Call::AddWorkingDays, [Datum::Date(day), Datum::Number(n), holidays @ ..]) => {
            let calendar = working_days(program, holidays);
            State::date(calendar.and_then(|calendar| calendar.add(*day, n.to_i64()?)))
        }
        (Call::WorkingDaysBetween, [Datum::Date(from), Datum::Date(to), holidays @ ..]) => {
            match working_days(program, holidays) {
                Some(calendar) => whole(calendar.between(*from, *to)),
                None => State::Failed,
            }
        }
        _ => return None,
    })
}

fn range<'a>(range: DateRange) -> State<'a> {
    State::Known(Datum::Range(range))
}

fn civil_day(year: Number, month: Number, day: Number) -> Option<Day> {
    let year = i32::try_from(year.to_i64()?).ok()?;
    let month = u8::try_from(month.to_i64()?).ok()?;
    let day = u8::try_from(day.to_i64()?).ok()?;
    Day::from_ymd(year, month, day)
}

fn weekday_of(number: Number) -> Option<u8> {
    let weekday = u8::try_from(number.to_i64()?).ok()?;
    (1..=7).contains(&weekday).then_some(weekday)
}

fn ranges_of(data: &[Datum<'_>]) -> Option<Vec<DateRange>> {
    data.iter()
        .map(|datum| match datum {
            Datum::Range(range) => Some(*range),
            _ => None,
        })
        .collect()
}

fn working_days(program: &Program, holidays: &[Datum<'_>]) -> Option<WorkingDays> {
    let holidays = holidays.iter().map(|datum| match datum {
        Datum::Date(day) => Some(*day),
        _ => None,
    });
    let holidays: Option<Vec<Day>> = holidays.collect();
    Some(WorkingDays::new(&program.weekend, holidays?))
}
