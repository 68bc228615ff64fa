//! Dates and what they are moved by.

use counterfoil_engine::{
    date::Day,
    number::Number,
    plan::{Expr, FieldType, RoundMode},
};

use super::{Known, MAX_NAMES, MAX_PARTS, Theory};
use crate::{
    check::near,
    types::{Bounds, Days, DurationType, Whole},
};

impl Theory<'_, '_> {
    /// Whether a date that is moved stays within the calendar.
    pub(super) fn stays(&mut self, moved: &Expr) -> Known<bool> {
        Ok(match moved {
            Expr::AddDays(date, count) => self.steps_within(date, count, Day::add_days)?,
            Expr::AddMonths(date, count) => self.steps_within(date, count, Day::add_months)?,
            Expr::AddYears(date, count) => self.steps_within(date, count, Day::add_years)?,
            Expr::Move(date, by) => {
                let date = self.range(date)?.and_then(ends);
                let by = self.duration(by)?;
                date.zip(by)
                    .is_some_and(|((min, max), by)| by.stays_within(Days { min, max }))
            }
            _ => false,
        })
    }

    /// The days on which the form can be evaluated.
    pub(super) fn today(&self) -> Bounds {
        let effective = self.model.rules.effective;
        let all = Days {
            min: effective.from.unwrap_or(Day::MIN),
            max: effective.to.unwrap_or(Day::MAX),
        };
        let all = if self.near { near(all) } else { all };
        days(all.min, all.max)
    }

    fn steps_within(
        &mut self,
        date: &Expr,
        count: &Expr,
        step: fn(Day, i64) -> Option<Day>,
    ) -> Known<bool> {
        let (date, count) = (self.range(date)?, self.range(count)?);
        Ok(date
            .and_then(ends)
            .zip(count)
            .is_some_and(|((first, last), count)| {
                let within =
                    |day, count: Number| count.to_i64().and_then(|n| step(day, n)).is_some();
                within(first, count.min) && within(last, count.max)
            }))
    }

    /// The days that a date can be once it is moved by a duration.
    pub(super) fn moved_by(&mut self, date: &Expr, by: &Expr) -> Known<Option<Bounds>> {
        let date = self.range(date)?.and_then(ends);
        let Some(((min, max), by)) = date.zip(self.duration(by)?) else {
            return Ok(None);
        };
        let from = Days { min, max };
        let to = by.move_days(from).filter(|_| by.stays_within(from));
        // What fails lies anywhere.
        Ok(Some(to.map_or_else(calendar, |to| days(to.min, to.max))))
    }

    /// How long a duration can be; none where that is not known.
    fn duration(&mut self, expr: &Expr) -> Known<Option<DurationType>> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Ok(None);
        }
        let declared = |type_: &FieldType| match type_ {
            FieldType::Duration { unit, min, max } => {
                let count = Whole {
                    min: (*min).into(),
                    max: (*max).into(),
                };
                Some(DurationType::of(*unit, count))
            }
            _ => None,
        };
        Ok(match expr {
            Expr::Duration { unit, count } => self
                .range(count)?
                .and_then(whole)
                .map(|count| DurationType::of(*unit, count)),
            Expr::Field(path) => {
                (self.model.field_at(path)).and_then(|at| declared(&at.field.type_))
            }
            Expr::Fact(id) => self.model.fact(id).and_then(declared),
            Expr::Value(path) => match self.model.value(path) {
                Some(definition) if self.names < MAX_NAMES => {
                    self.names += 1;
                    let found = self.duration(definition);
                    self.names -= 1;
                    found?
                }
                _ => None,
            },
            Expr::Negate(operand) => self.duration(operand)?.map(DurationType::negate),
            Expr::Add(operands) => {
                let mut sum: Option<DurationType> = None;
                for operand in operands {
                    let Some(found) = self.duration(operand)? else {
                        return Ok(None);
                    };
                    sum = Some(sum.map_or(found, |sum| sum.plus(found)));
                }
                sum
            }
            Expr::Subtract(left, right) => {
                let (left, right) = (self.duration(left)?, self.duration(right)?);
                left.zip(right)
                    .map(|(left, right)| left.plus(right.negate()))
            }
            Expr::Multiply(operands) => {
                let [left, right] = operands.as_slice() else {
                    return Ok(None);
                };
                let (duration, count) = match self.duration(left)? {
                    Some(duration) => (Some(duration), right),
                    None => (self.duration(right)?, left),
                };
                let count = self.range(count)?.and_then(whole);
                duration
                    .zip(count)
                    .map(|(duration, count)| duration.times(count))
            }
            Expr::If {
                then, otherwise, ..
            } => {
                let (then, otherwise) = (self.duration(then)?, self.duration(otherwise)?);
                then.zip(otherwise)
                    .map(|(then, otherwise)| then.hull(otherwise))
            }
            _ => None,
        })
    }

    /// The days from a date to that same date moved on: those of the duration, whatever the date is.
    pub(super) fn days_moved(&mut self, from: &Expr, to: &Expr) -> Known<Option<Bounds>> {
        Ok(match to {
            Expr::Move(date, by) if **date == *from => {
                self.duration(by)?.and_then(DurationType::days_from_any_day)
            }
            _ => None,
        })
    }

    pub(super) fn moved(
        &mut self,
        date: &Expr,
        count: &Expr,
        step: fn(Day, i64) -> Option<Day>,
    ) -> Known<Option<Bounds>> {
        let (date, count) = (self.range(date)?, self.range(count)?);
        let Some(((first, last), count)) = date.and_then(ends).zip(count) else {
            return Ok(None);
        };
        let moved = |day: Day, count: Number, beyond: Day| {
            count
                .to_i64()
                .map(|count| step(day, count).unwrap_or(beyond))
        };
        let low = moved(first, count.min, Day::MIN);
        let high = moved(last, count.max, Day::MAX);
        // What fails lies anywhere.
        let fails = |day, count: Number| count.to_i64().and_then(|n| step(day, n)).is_none();
        if fails(first, count.min) || fails(last, count.max) {
            return Ok(Some(calendar()));
        }
        Ok(low.zip(high).map(|(low, high)| days(low, high)))
    }
}

pub(super) fn days(first: Day, last: Day) -> Bounds {
    Bounds::of_ints(first.number().into(), last.number().into())
}

pub(super) fn calendar() -> Bounds {
    days(Day::MIN, Day::MAX)
}

/// The whole numbers within bounds.
fn whole(bounds: Bounds) -> Option<Whole> {
    let step = Number::from_int(1);
    Some(Whole {
        min: bounds.min.round_to(step, RoundMode::Up)?.to_i64()?,
        max: bounds.max.round_to(step, RoundMode::Down)?.to_i64()?,
    })
}

/// First and last day of bounds, as far as the calendar goes.
pub(super) fn ends(bounds: Bounds) -> Option<(Day, Day)> {
    let step = Number::from_int(1);
    let first = bounds.min.round_to(step, RoundMode::Up)?.to_i64()?;
    let last = bounds.max.round_to(step, RoundMode::Down)?.to_i64()?;
    Some((Day::from_number(first)?, Day::from_number(last)?))
}
