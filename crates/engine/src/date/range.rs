//! Ranges of days.

use super::Day;
use crate::sort::sort;

/// The days from a start to an end, both included; none where the end is before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
}

impl DateRange {
    /// Whether there is no day in it.
    pub fn is_empty(self) -> bool {
        self.end < self.start
    }

    /// How many days are in it.
    pub fn days(self) -> i64 {
        (self.start.days_until(self.end) + 1).max(0)
    }

    /// Whether a day is in it.
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day <= self.end
    }

    /// The days that are in both; empty where there are none.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        }
    }

    /// How many of its days fall on a day of the week, 1 for Monday to 7 for Sunday.
    pub fn weekday_count(self, weekday: u8) -> i64 {
        let until_first = (i64::from(weekday) - i64::from(self.start.weekday())).rem_euclid(7);
        let after_first = self.start.days_until(self.end) - until_first;
        after_first.div_euclid(7).max(-1) + 1
    }
}

/// The days that are in some of the ranges, as ranges that do not overlap, in order.
pub fn union(mut ranges: Vec<DateRange>) -> Vec<DateRange> {
    ranges.retain(|range| !range.is_empty());
    sort(&mut ranges);
    let mut merged: Vec<DateRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
