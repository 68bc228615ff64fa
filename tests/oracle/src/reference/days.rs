//! Days, lengths of time and ranges, on `jiff`.

use std::{collections::BTreeSet, fmt};

use jiff::{
    Span,
    civil::{Date, date},
};
use rhai::{Array, Dynamic, Engine, EvalAltResult, INT, ImmutableString};

/// A length of time: its months are counted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) months: i64,
    pub(super) days: i64,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { months: 0, days } => write!(f, "P{days}D"),
            Self { months, days: 0 } => write!(f, "P{months}M"),
            Self { months, days } => write!(f, "P{months}M{days}D"),
        }
    }
}

/// The days from the first to the second, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Date,
    pub(super) end: Date,
}

type Evaluated<T> = Result<T, Box<EvalAltResult>>;

fn moved(day: Date, months: i64, days: i64) -> Evaluated<Date> {
    let moved = Span::new()
        .try_months(months)
        .and_then(|span| day.checked_add(span));
    let moved = moved.and_then(|day| day.checked_add(Span::new().try_days(days)?));
    moved.map_err(|error| error.to_string().into())
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The day on which so many months are completed: the same day of the month, or the first after it.
fn completed(from: Date, months: i64) -> Option<Date> {
    let months = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + months;
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    let first = Date::new(year, months.rem_euclid(12) as i8 + 1, 1).ok()?;
    match first.with().day(from.day()).build() {
        Ok(day) => Some(day),
        Err(_) => first.last_of_month().tomorrow().ok(),
    }
}

/// The most months, in steps, that are completed.
fn between(from: Date, to: Date, step: i64) -> i64 {
    let near = (i64::from(to.year()) - i64::from(from.year())) * 12 / step;
    let near = near
        + if step == 1 {
            i64::from(to.month()) - i64::from(from.month())
        } else {
            0
        };
    let reached = |steps: &i64| completed(from, steps * step).is_some_and(|day| day <= to);
    (near - 2..=near + 2)
        .rev()
        .find(reached)
        .unwrap_or(near - 2)
}

fn of_days(days: impl Iterator<Item = Range>) -> BTreeSet<Date> {
    days.flat_map(|range| {
        range
            .start
            .series(Span::new().days(1))
            .take_while(move |day| *day <= range.end)
    })
    .collect()
}

fn parsed(text: &str) -> Evaluated<Date> {
    text.parse()
        .map_err(|error: jiff::Error| error.to_string().into())
}

fn works(day: Date, holidays: &Array) -> bool {
    let free = day.weekday().to_monday_one_offset() > 5;
    let is = |holiday: &Dynamic| holiday.clone().try_cast::<Date>() == Some(day);
    !free && !holidays.iter().any(is)
}

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    lengths(engine);
    comparisons(engine);
    parts(engine);
    ranges(engine);
    engine.register_fn("+", |day: Date, by: Length| moved(day, by.months, by.days));
    engine.register_fn("-", |day: Date, by: Length| {
        moved(day, -by.months, -by.days)
    });
    engine.register_fn("add_days", |day: Date, n: INT| moved(day, 0, n));
    engine.register_fn("add_months", |day: Date, n: INT| moved(day, n, 0));
    engine.register_fn("add_years", |day: Date, n: INT| moved(day, n * 12, 0));
    engine.register_fn("add_working_days", |day: Date, n: INT, holidays: Array| {
        let (mut day, mut left) = (day, n);
        while left != 0 {
            day = moved(day, 0, left.signum())?;
            if works(day, &holidays) {
                left -= left.signum();
            }
        }
        Evaluated::Ok(day)
    });
    engine.register_fn("is_working_day", |day: Date, holidays: Array| {
        works(day, &holidays)
    });
}

fn lengths(engine: &mut Engine) {
    for (name, months, days) in [
        ("days", 0, 1),
        ("weeks", 0, 7),
        ("months", 1, 0),
        ("years", 12, 0),
    ] {
        engine.register_fn(name, move |n: INT| Length {
            months: n * months,
            days: n * days,
        });
    }
    engine.register_fn("+", |a: Length, b: Length| Length {
        months: a.months + b.months,
        days: a.days + b.days,
    });
    engine.register_fn("-", |a: Length, b: Length| Length {
        months: a.months - b.months,
        days: a.days - b.days,
    });
    engine.register_fn("*", |a: Length, n: INT| Length {
        months: a.months * n,
        days: a.days * n,
    });
}

fn comparisons(engine: &mut Engine) {
    type Comparison = (&'static str, fn(std::cmp::Ordering) -> bool);
    let comparisons: [Comparison; 6] = [
        ("==", |order| order.is_eq()),
        ("!=", |order| order.is_ne()),
        ("<", |order| order.is_lt()),
        ("<=", |order| order.is_le()),
        (">", |order| order.is_gt()),
        (">=", |order| order.is_ge()),
    ];
    for (name, holds) in comparisons {
        engine.register_fn(name, move |a: Date, b: Date| holds(a.cmp(&b)));
        engine.register_fn(name, move |a: Date, b: ImmutableString| {
            Evaluated::Ok(holds(a.cmp(&parsed(&b)?)))
        });
        // Only lengths of days are compared with each other, or lengths of months.
        engine.register_fn(name, move |a: Length, b: Length| {
            holds((a.months, a.days).cmp(&(b.months, b.days)))
        });
    }
    engine.register_fn("==", |_: (), _: Date| false);
    engine.register_fn("!=", |_: (), _: Date| true);
    engine.register_fn("min", |a: Date, b: Date| a.min(b));
    engine.register_fn("max", |a: Date, b: Date| a.max(b));
    engine.register_fn("min", |a: Date, b: ImmutableString| {
        Evaluated::Ok(a.min(parsed(&b)?))
    });
    engine.register_fn("max", |a: Date, b: ImmutableString| {
        Evaluated::Ok(a.max(parsed(&b)?))
    });
}

fn parts(engine: &mut Engine) {
    engine.register_fn("date", |year: INT, month: INT, day: INT| {
        let day = Date::new(year as i16, month as i8, day as i8);
        day.map_or(Dynamic::UNIT, Dynamic::from)
    });
    engine.register_fn("year_of", |day: Date| INT::from(day.year()));
    engine.register_fn("month_of", |day: Date| INT::from(day.month()));
    engine.register_fn("day_of", |day: Date| INT::from(day.day()));
    engine.register_fn("weekday", |day: Date| {
        INT::from(day.weekday().to_monday_one_offset())
    });
    engine.register_fn("start_of_month", |day: Date| {
        date(day.year(), day.month(), 1)
    });
    engine.register_fn("end_of_month", |day: Date| day.last_of_month());
    engine.register_fn("days_between", days_between);
    engine.register_fn("months_between", |a: Date, b: Date| between(a, b, 1));
    engine.register_fn("years_between", |a: Date, b: Date| between(a, b, 12));
    engine.register_fn("age_on", |birth: Date, day: Date| between(birth, day, 12));
}

fn ranges(engine: &mut Engine) {
    engine.register_fn("range", |start: Date, end: Date| Range { start, end });
    engine.register_get("start", |range: &mut Range| range.start);
    engine.register_get("end", |range: &mut Range| range.end);
    engine.register_fn("contains", |range: Range, day: Date| {
        range.start <= day && day <= range.end
    });
    engine.register_fn("overlap", |a: Range, b: Range| Range {
        start: a.start.max(b.start),
        end: a.end.min(b.end),
    });
    engine.register_fn("days_in", |range: Range| {
        (days_between(range.start, range.end) + 1).max(0)
    });
    engine.register_fn("day_count", |a: Range, b: Range| {
        of_days([a, b].into_iter()).len() as INT
    });
    engine.register_fn("weekday_count", |weekday: INT, range: Range| {
        let days = of_days([range].into_iter());
        let is = |day: &&Date| INT::from(day.weekday().to_monday_one_offset()) == weekday;
        days.iter().filter(is).count() as INT
    });
}
