//! Days on which people work.

use super::Day;
use crate::sort::sort;

/// Most working days that a date is moved by, or that are stepped over holidays.
pub const MAX_STEPS: i64 = 10_000;

/// Which days are worked: all but the weekend and the holidays.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    /// Whether a day of the week is worked, Monday first.
    worked: [bool; 7],
    /// How many of them are worked.
    a_week: i64,
    /// Holidays on days of the week that are worked, ascending.
    holidays: Vec<i64>,
}

impl WorkingDays {
    /// A calendar; the weekend is given by days of the week, 1 for Monday to 7 for Sunday. Holidays
    /// may come in any order and repeat.
    pub fn new(weekend: &[u8], holidays: impl IntoIterator<Item = Day>) -> Self {
        let mut worked = [true; 7];
        for (weekday, works) in (1..).zip(&mut worked) {
            *works = !weekend.contains(&weekday);
        }
        let mut calendar = Self {
            a_week: worked.iter().map(|works| i64::from(*works)).sum(),
            worked,
            holidays: Vec::new(),
        };
        let mut holidays: Vec<i64> = holidays
            .into_iter()
            .map(from_monday)
            .filter(|day| calendar.is_weekday(*day))
            .collect();
        sort(&mut holidays);
        holidays.dedup();
        calendar.holidays = holidays;
        calendar
    }

    /// Whether a day is worked.
    pub fn is_working_day(&self, day: Day) -> bool {
        let day = from_monday(day);
        self.is_weekday(day) && self.holidays.binary_search(&day).is_err()
    }

    /// Working days after one day, up to and including another. Where the other is earlier, those from it
    /// up to the day before the first, as a negative number; so that
    /// `between(day, add(day, n)?) == n` for every `n`.
    pub fn between(&self, from: Day, to: Day) -> i64 {
        let (from, to) = (from_monday(from), from_monday(to));
        if from <= to {
            self.worked_after(from, to)
        } else {
            -self.worked_after(to - 1, from - 1)
        }
    }

    /// The `n`-th working day after a day, or before it where `n` is negative; the day itself where `n` is
    /// 0. `None` outside the calendar, beyond [`MAX_STEPS`], and where no day is worked.
    pub fn add(&self, day: Day, n: i64) -> Option<Day> {
        if n == 0 {
            return Some(day);
        }
        if self.a_week == 0 || n.abs() > MAX_STEPS {
            return None;
        }
        let start = from_monday(day);
        let base = if n > 0 { start } else { start - 1 };
        let wanted = self.weekdays_before(base + 1) + if n > 0 { n } else { n + 1 };
        // Each round steps over the holidays met so far, which can meet more of them.
        let mut skipped = 0;
        loop {
            let found = if n > 0 {
                self.weekday_number(wanted + skipped)
            } else {
                self.weekday_number(wanted - skipped)
            };
            let met = if n > 0 {
                self.holidays_after(base, found)
            } else {
                self.holidays_after(found - 1, base)
            };
            if met == skipped {
                return Day::from_number(found - MONDAY);
            }
            skipped = met;
        }
    }

    fn is_weekday(&self, day: i64) -> bool {
        // A remainder by 7 is an index into a week.
        self.worked[day.rem_euclid(7) as usize]
    }

    /// Days after `from` up to `to` that are worked.
    fn worked_after(&self, from: i64, to: i64) -> i64 {
        self.weekdays_before(to + 1)
            - self.weekdays_before(from + 1)
            - self.holidays_after(from, to)
    }

    /// Days before a day, from a Monday on which counting begins, that are no weekend; holidays count.
    fn weekdays_before(&self, day: i64) -> i64 {
        let of_week = &self.worked[..day.rem_euclid(7) as usize];
        let in_week: i64 = of_week.iter().map(|works| i64::from(*works)).sum();
        day.div_euclid(7) * self.a_week + in_week
    }

    /// The day that is the `count`-th no weekend, counted as [`Self::weekdays_before`] does: 1 is the first
    /// of the Monday's week.
    fn weekday_number(&self, count: i64) -> i64 {
        let index = count - 1;
        let mut left = index.rem_euclid(self.a_week);
        let mut day = index.div_euclid(self.a_week) * 7;
        for works in self.worked {
            if works {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            day += 1;
        }
        day
    }

    /// Holidays after `from` up to `to`.
    fn holidays_after(&self, from: i64, to: i64) -> i64 {
        let before = |day: i64| self.holidays.partition_point(|holiday| *holiday <= day);
        // No form lists more holidays than fit.
        i64::try_from(before(to).saturating_sub(before(from))).unwrap_or(i64::MAX)
    }
}

/// Days from Monday, 1969-12-29, to 1970-01-01.
const MONDAY: i64 = 3;

fn from_monday(day: Day) -> i64 {
    i64::from(day.number()) + MONDAY
}
