//! Functions of dates.

use counterfoil_engine::{
    date::Day,
    number::Number,
    plan::{Expr, Literal},
};

use super::{Obligation, Typed, durations::whole, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::Expr as Source,
    source::{Span, Spanned},
    types::{Days, NumberType, Type, Whole},
};

impl Lowering<'_, '_> {
    /// An argument that must be a date and is never blank.
    pub(super) fn date(
        &mut self,
        argument: Typed,
        name: &Spanned<String>,
    ) -> Option<(Typed, Days)> {
        let argument = self.coerced(argument, &Type::Date(Days::ALL));
        match argument.type_ {
            Type::Date(days) => self.present(&argument).then_some((argument, days)),
            Type::Error => None,
            _ => {
                self.wrong_argument(&argument, name, "a date");
                None
            }
        }
    }

    pub(super) fn between_dates(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = match name.value.as_str() {
            "age_on" => "age_on(birth_date, day)".to_owned(),
            name => format!("{name}(first_day, second_day)"),
        };
        let Some([first, second]) = self.arguments::<2>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let first = self.date(first, name);
        let second = self.date(second, name);
        let (Some((first, from)), Some((second, to))) = (first, second) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[first.clone(), second.clone()], span) else {
            return Typed::error(span);
        };
        if let ("age_on", Expr::Field(path)) = (name.as_str(), &first.expr) {
            self.checker.births.insert(path.clone());
        }
        let (first, second) = (Box::new(first.expr), Box::new(second.expr));
        let leap_birthday = self.checker.form.leap_birthday;
        let between = |from: Day, to: Day| match name.value.as_str() {
            "days_between" => from.days_until(to),
            "months_between" => from.months_until(to),
            _ => from.age_on(to, leap_birthday),
        };
        let (min, max) = (between(from.max, to.min), between(from.min, to.max));
        let expr = match name.value.as_str() {
            "days_between" => Expr::DaysBetween(first, second),
            "months_between" => Expr::MonthsBetween(first, second),
            _ => Expr::AgeOn(first, second),
        };
        let type_ = Type::Number(NumberType::integer(min, max));
        Typed::new(expr, type_, span).reading(reads)
    }

    pub(super) fn moved_date(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = format!("{}(date, number)", name.value);
        let Some([date, count]) = self.arguments::<2>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let date = self.date(date, name);
        let (Some((date, days)), Some((count, bounds))) = (date, self.whole_number(count, name))
        else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[date.clone(), count.clone()], span) else {
            return Typed::error(span);
        };
        let moved = |day: Day, number: Number, fallback: Day| {
            let number = number.to_i64()?;
            let moved = match name.value.as_str() {
                "add_days" => day.add_days(number),
                "add_months" => day.add_months(number),
                _ => day.add_years(number),
            };
            Some(moved.unwrap_or(fallback))
        };
        let range = Days {
            min: moved(days.min, bounds.min, Day::MIN).unwrap_or(Day::MIN),
            max: moved(days.max, bounds.max, Day::MAX).unwrap_or(Day::MAX),
        };
        let likely = likely(&date.expr, days);
        let ends = [(likely.min, bounds.min), (likely.max, bounds.max)];
        let within = ends.into_iter().all(|(day, number)| {
            let low = moved(day, number, Day::MIN);
            low.is_some() && low == moved(day, number, Day::MAX)
        });
        let (date, count) = (Box::new(date.expr), Box::new(count.expr));
        let expr = match name.value.as_str() {
            "add_days" => Expr::AddDays(date, count),
            "add_months" => Expr::AddMonths(date, count),
            _ => Expr::AddYears(date, count),
        };
        let typed = Typed::new(expr, Type::Date(range), span).reading(reads);
        if !within {
            self.leave(Obligation::Moved, &typed);
        }
        typed
    }

    pub(super) fn part_of_date(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = format!("{}(date)", name.value);
        let Some([date]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some((date, days)) = self.date(date, name) else {
            return Typed::error(span);
        };
        let operand = Box::new(date.expr);
        let (expr, min, max) = match name.value.as_str() {
            "year_of" => {
                let (first, last) = (days.min.ymd().0, days.max.ymd().0);
                (Expr::YearOf(operand), first.into(), last.into())
            }
            "month_of" => (Expr::MonthOf(operand), 1, 12),
            "day_of" => (Expr::DayOf(operand), 1, 31),
            _ => (Expr::Weekday(operand), 1, 7),
        };
        let type_ = Type::Number(NumberType::integer(min, max));
        Typed::new(expr, type_, span).reading(date.reads)
    }

    /// `start_of_month(date)` and `end_of_month(date)`.
    pub(super) fn end_of_month(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = format!("{}(date)", name.value);
        let Some([date]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some((date, days)) = self.date(date, name) else {
            return Typed::error(span);
        };
        let operand = Box::new(date.expr);
        let (expr, days) = if name.value == "start_of_month" {
            let days = Days {
                min: days.min.start_of_month(),
                max: days.max.start_of_month(),
            };
            (Expr::StartOfMonth(operand), days)
        } else {
            let days = Days {
                min: days.min.end_of_month(),
                max: days.max.end_of_month(),
            };
            (Expr::EndOfMonth(operand), days)
        };
        Typed::new(expr, Type::Date(days), span).reading(date.reads)
    }

    /// `date(year, month, day)`: blank where there is no such day, unless there always is.
    pub(super) fn civil_date(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = "date(year, month, day)";
        let Some(parts) = self.arguments::<3>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let parts = parts.map(|part| self.whole_number(part, name));
        let [
            Some((year, years)),
            Some((month, months)),
            Some((day, days)),
        ] = parts
        else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[year.clone(), month.clone(), day.clone()], span) else {
            return Typed::error(span);
        };
        let (years, months, days) = (whole(years), whole(months), whole(days));
        let Some((range, always)) = civil_days(years, months, days) else {
            return self.error(
                Diagnostic::error(
                    codes::NO_SUCH_DAY,
                    span,
                    "there is no such day in the calendar",
                )
                .help(match month_of(years, months) {
                    Some((year, month, length)) => {
                        format!("month {month} of {year} has {length} days")
                    }
                    None => "months are 1 to 12, and no month has more than 31 days".to_owned(),
                }),
            );
        };
        let literal = years.min == years.max && range.min == range.max && always;
        let expr = if literal {
            Expr::Literal(Literal::Date(range.min))
        } else {
            Expr::Date(Box::new([year.expr, month.expr, day.expr]))
        };
        Typed::new(expr, Type::Date(range), span)
            .reading(reads)
            .maybe_blank(!always)
    }
}

/// The days of a date that somebody will see.
pub(super) fn likely(date: &Expr, days: Days) -> Days {
    if matches!(date, Expr::Today) {
        near(days)
    } else {
        days
    }
}

/// The days of evaluation that somebody will see: where the form has no end, nobody waits for the last day
/// of the calendar.
pub fn near(today: Days) -> Days {
    let unless_open = |day: Day, open: Day, year: i32| {
        let instead = Day::from_ymd(year, 1, 1).filter(|_| day == open);
        instead.unwrap_or(day)
    };
    Days {
        min: unless_open(today.min, Day::MIN, 1900),
        max: unless_open(today.max, Day::MAX, 2200),
    }
}

/// The one month that a year and a month of the year can name, with its number of days.
fn month_of(years: Whole, months: Whole) -> Option<(i64, i64, u8)> {
    if years.min != years.max || months.min != months.max {
        return None;
    }
    let (year, month) = (i32::try_from(years.min), u8::try_from(months.min));
    let first = Day::from_ymd(year.ok()?, month.ok()?, 1)?;
    Some((years.min, months.min, first.end_of_month().ymd().2))
}

/// The days that a year, month and day of the month can make, and whether they always make one; `None`
/// where they never do.
fn civil_days(years: Whole, months: Whole, days: Whole) -> Option<(Days, bool)> {
    let inside = |part: Whole, least: i64, most: i64| {
        let within = Whole {
            min: part.min.max(least),
            max: part.max.min(most),
        };
        (within.min <= within.max).then_some((within, within == part))
    };
    let (years, year_always) = inside(years, 1, 9_999)?;
    let (months, month_always) = inside(months, 1, 12)?;
    let (days, day_always) = inside(days, 1, 31)?;
    let first_of = |year: i64, month: i64| {
        Day::from_ymd(i32::try_from(year).ok()?, u8::try_from(month).ok()?, 1)
    };
    let length = |year: i64, month: i64| {
        let first = first_of(year, month)?;
        Some(i64::from(first.end_of_month().ymd().2))
    };
    // A year that is not known may or may not be a leap year; these two stand for all.
    let years_to_try = if years.min == years.max {
        vec![years.min]
    } else {
        vec![2023, 2024]
    };
    let lengths: Vec<i64> = (months.min..=months.max)
        .flat_map(|month| {
            years_to_try
                .iter()
                .filter_map(move |year| length(*year, month))
        })
        .collect();
    let (shortest, longest) = (lengths.iter().min()?, lengths.iter().max()?);
    if days.min > *longest {
        return None;
    }
    let always = year_always && month_always && day_always && days.max <= *shortest;
    let first = first_of(years.min, months.min)?.add_days(days.min.min(28) - 1)?;
    let last_month = first_of(years.max, months.max)?;
    let last = last_month.add_days(days.max - 1).unwrap_or(Day::MAX);
    let range = Days {
        min: if months.min == months.max && always {
            first_of(years.min, months.min)?.add_days(days.min - 1)?
        } else {
            first
        },
        max: last.min(last_month.end_of_month()),
    };
    Some((range, always))
}
