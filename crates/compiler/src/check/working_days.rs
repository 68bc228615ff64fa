//! Working days: what is neither of the weekend nor a holiday.

use counterfoil_engine::{
    date::{Day, MAX_STEPS},
    plan::Expr,
};

use super::{
    Obligation, Typed, dates::likely, durations::whole, lowering::Lowering, ranges::Parts,
};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    proofs::cost::grouped,
    source::{Span, Spanned},
    types::{Days, NumberType, Type, Whole},
};

impl Lowering<'_, '_> {
    /// `is_working_day(date, holidays)`.
    pub(super) fn is_working_day(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [date, holidays] = arguments else {
            return self.too_few(name, "is_working_day(date, holidays)");
        };
        let date = self.expr(date);
        let (date, holidays) = (self.date(date, name), self.holidays(name, holidays));
        let (Some((date, _)), Some(holidays)) = (date, holidays) else {
            return Typed::error(span);
        };
        let so_far = of_parts(&holidays, span);
        let Some(reads) = self.join(&[date.clone(), so_far], span) else {
            return Typed::error(span);
        };
        let expr = Expr::IsWorkingDay {
            date: Box::new(date.expr),
            holidays: holidays.exprs,
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// `add_working_days(date, n, holidays)`.
    pub(super) fn add_working_days(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [date, count, holidays] = arguments else {
            return self.too_few(name, "add_working_days(date, number, holidays)");
        };
        let (date, count) = (self.expr(date), self.expr(count));
        let (date, count) = (self.date(date, name), self.whole_number(count, name));
        let holidays = self.holidays(name, holidays);
        let (Some((date, days)), Some((count, bounds)), Some(holidays)) = (date, count, holidays)
        else {
            return Typed::error(span);
        };
        let steps = whole(bounds);
        if steps.min < -MAX_STEPS || steps.max > MAX_STEPS {
            let text = self.checker.text(count.span).to_owned();
            return self.error(
                Diagnostic::error(
                    codes::WORKING_DAYS,
                    count.span,
                    format!(
                        "`{text}` may be more than {} working days",
                        grouped(MAX_STEPS.unsigned_abs())
                    ),
                )
                .help("give what it is worked out from a `min` and a `max`"),
            );
        }
        let so_far = of_parts(&holidays, span);
        let Some(reads) = self.join(&[date.clone(), count.clone(), so_far], span) else {
            return Typed::error(span);
        };
        let reached = |days: Days| self.days_after(days, steps, &holidays);
        let (first, last) = reached(days);
        let type_ = Type::Date(Days {
            min: first.unwrap_or(Day::MIN),
            max: last.unwrap_or(Day::MAX),
        });
        let (first, last) = reached(likely(&date.expr, days));
        let within = first.is_some() && last.is_some();
        let expr = Expr::AddWorkingDays {
            date: Box::new(date.expr),
            days: Box::new(count.expr),
            holidays: holidays.exprs,
        };
        let typed = Typed::new(expr, type_, span).reading(reads);
        if !within {
            self.leave(Obligation::Moved, &typed);
        }
        typed
    }

    /// `working_days_between(first, second, holidays)`.
    pub(super) fn working_days_between(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [first, second, holidays] = arguments else {
            return self.too_few(
                name,
                "working_days_between(first_day, second_day, holidays)",
            );
        };
        let (first, second) = (self.expr(first), self.expr(second));
        let (first, second) = (self.date(first, name), self.date(second, name));
        let holidays = self.holidays(name, holidays);
        let (Some((first, from)), Some((second, to)), Some(holidays)) = (first, second, holidays)
        else {
            return Typed::error(span);
        };
        let so_far = of_parts(&holidays, span);
        let Some(reads) = self.join(&[first.clone(), second.clone(), so_far], span) else {
            return Typed::error(span);
        };
        let number = NumberType::integer(
            from.max.days_until(to.min).min(0),
            from.min.days_until(to.max).max(0),
        );
        let expr = Expr::WorkingDaysBetween {
            from: Box::new(first.expr),
            to: Box::new(second.expr),
            holidays: holidays.exprs,
        };
        Typed::new(expr, Type::Number(number), span).reading(reads)
    }

    /// A list of dates: collected from a table, read from a group, or written out in brackets.
    fn holidays(&mut self, name: &Spanned<String>, source: &Source) -> Option<Parts> {
        let (sources, written_out) = match &source.kind {
            ExprKind::List(items) => (items.as_slice(), true),
            _ => (std::slice::from_ref(source), false),
        };
        let mut dates = Vec::with_capacity(sources.len());
        for source in sources {
            let typed = self.expr(source);
            let collected = self.list_of(&typed);
            let many = written_out || typed.list().is_some() || collected.is_some();
            let typed = collected.unwrap_or(typed);
            let typed = self.coerced(typed, &Type::Date(Days::ALL));
            match &typed.type_ {
                Type::Error => return None,
                Type::Date(_) if many => {}
                other => {
                    let message = format!(
                        "the holidays of `{}` are a list of dates, and this is {other}",
                        name.value
                    );
                    self.error(
                        Diagnostic::error(codes::HOLIDAYS, typed.span, message).help(
                            "name the column of a table with `hit: collect`, as in `bank_holidays.day`, \
                             read the dates of a group, or write them in brackets: \
                             `[\"2026-12-25\", \"2026-12-26\"]`",
                        ),
                    );
                    return None;
                }
            }
            if !self.present(&typed) {
                return None;
            }
            dates.push(typed);
        }
        self.parts(dates, source.span)
    }

    /// The first and the last day that some working days before or after a date can be; none beyond the
    /// calendar.
    fn days_after(&self, days: Days, steps: Whole, holidays: &Parts) -> (Option<Day>, Option<Day>) {
        let met: i64 = holidays
            .typed
            .iter()
            .map(|part| match (part.list(), &part.expr) {
                (Some(group), _) => self.checker.names.groups[group].group.max.value.into(),
                (None, Expr::Collect { table, .. }) => {
                    let tables = &self.checker.form.tables;
                    let table = tables.iter().find(|t| t.table.value == *table);
                    table.map_or(0, |table| table.rows.len() as i64)
                }
                (None, _) => 1,
            })
            .sum();
        let a_week = 7 - self.checker.form.weekend.len() as i64;
        // Whole weeks that hold so many days that are no weekend, and one more on either side.
        let weeks = |steps: i64| ((steps.abs() + met) / a_week.max(1) + 2) * 7;
        let first = if steps.min < 0 {
            days.min.add_days(-weeks(steps.min))
        } else {
            Some(days.min)
        };
        let last = if steps.max > 0 {
            days.max.add_days(weeks(steps.max))
        } else {
            Some(days.max)
        };
        (first, last)
    }
}

/// What the parts of a list read, as an operand.
fn of_parts(parts: &Parts, span: Span) -> Typed {
    Typed::new(Expr::Blank, Type::Error, span).reading(parts.reads)
}
