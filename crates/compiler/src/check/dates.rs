//! Functions of dates.

use counterfoil_engine::{date::Day, number::Number, plan::Expr};

use super::{Obligation, Typed, lowering::Lowering};
use crate::{
    expression::Expr as Source,
    source::{Span, Spanned},
    types::{Days, NumberType, Type, Unit},
};

impl Lowering<'_, '_> {
    /// An argument that must be a date and is never blank.
    fn date(&mut self, argument: Typed, name: &Spanned<String>) -> Option<(Typed, Days)> {
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
        let age = name.value == "age_on";
        let usage = if age {
            "age_on(birth_date, day)"
        } else {
            "days_between(first_day, second_day)"
        };
        let Some([first, second]) = self.arguments::<2>(name, arguments, usage) else {
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
        let (first, second) = (Box::new(first.expr), Box::new(second.expr));
        let (min, max, expr) = if age {
            let (min, max) = (from.max.age_on(to.min), from.min.age_on(to.max));
            (min, max, Expr::AgeOn(first, second))
        } else {
            let (min, max) = (from.max.days_until(to.min), from.min.days_until(to.max));
            (min, max, Expr::DaysBetween(first, second))
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
        let whole = matches!(
            &count.type_,
            Type::Number(NumberType {
                unit: Unit::None | Unit::Any,
                scale: 0,
                ..
            })
        );
        if !whole {
            return self.wrong_argument(&count, name, "a whole number");
        }
        let present = self.present(&count);
        let (Some((date, days)), true) = (date, present) else {
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
        let Type::Number(NumberType { bounds, .. }) = count.type_ else {
            return Typed::error(span);
        };
        let range = Days {
            min: moved(days.min, bounds.min, Day::MIN).unwrap_or(Day::MIN),
            max: moved(days.max, bounds.max, Day::MAX).unwrap_or(Day::MAX),
        };
        let ends = [(days.min, bounds.min), (days.max, bounds.max)];
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
}
