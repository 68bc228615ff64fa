//! Types of durations and of ranges of days.

use counterfoil_engine::date::{Day, Duration, DurationUnit};

use super::{Bounds, Days};

/// Least and greatest of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Least value.
    pub min: i64,
    /// Greatest value.
    pub max: i64,
}

impl Whole {
    const ZERO: Self = Self { min: 0, max: 0 };

    const fn negate(self) -> Self {
        Self {
            min: -self.max,
            max: -self.min,
        }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            min: self.min.saturating_add(other.min),
            max: self.max.saturating_add(other.max),
        }
    }

    fn times(self, other: Self) -> Self {
        let corner = |a: i64, b: i64| a.saturating_mul(b);
        let corners = [
            corner(self.min, other.min),
            corner(self.min, other.max),
            corner(self.max, other.min),
            corner(self.max, other.max),
        ];
        corners.into_iter().fold(
            Self {
                min: corners[0],
                max: corners[0],
            },
            |all, corner| Self {
                min: all.min.min(corner),
                max: all.max.max(corner),
            },
        )
    }

    fn hull(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// What is left of it within a limit on either side; a value beyond it has no result.
    fn within(self, limit: i64) -> Self {
        Self {
            min: self.min.clamp(-limit, limit),
            max: self.max.clamp(-limit, limit),
        }
    }
}

/// The type of a duration: the bounds of its two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationType {
    /// Its months.
    pub months: Whole,
    /// Its days.
    pub days: Whole,
}

impl DurationType {
    /// The days by which it moves any date on; none where it may move one back by months. Twelve months are
    /// 365 days or 366, and a further month 28 to 31.
    pub fn days_from_any_day(self) -> Option<Bounds> {
        let (months, days) = (self.months, self.days);
        if months.min < 0 {
            return None;
        }
        let least = months.min / 12 * 365 + months.min % 12 * 28;
        let most = months.max / 12 * 366 + months.max % 12 * 31;
        Some(Bounds::of_ints(least + days.min, most + days.max))
    }

    fn new(months: Whole, days: Whole) -> Self {
        Self {
            months: months.within(Duration::MAX_MONTHS),
            days: days.within(Duration::MAX_DAYS),
        }
    }

    /// So many of a unit.
    pub fn of(unit: DurationUnit, count: Whole) -> Self {
        let times = |size: i64| {
            count.times(Whole {
                min: size,
                max: size,
            })
        };
        match unit {
            DurationUnit::Days => Self::new(Whole::ZERO, count),
            DurationUnit::Weeks => Self::new(Whole::ZERO, times(7)),
            DurationUnit::Months => Self::new(count, Whole::ZERO),
            DurationUnit::Years => Self::new(times(12), Whole::ZERO),
        }
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.months.plus(other.months), self.days.plus(other.days))
    }

    /// The opposite.
    pub const fn negate(self) -> Self {
        Self {
            months: self.months.negate(),
            days: self.days.negate(),
        }
    }

    /// So many times the duration.
    pub fn times(self, count: Whole) -> Self {
        Self::new(self.months.times(count), self.days.times(count))
    }

    /// One of two.
    pub fn hull(self, other: Self) -> Self {
        Self {
            months: self.months.hull(other.months),
            days: self.days.hull(other.days),
        }
    }

    /// Whether either of two is always known to be longer: both are of days alone, or both of months.
    pub fn comparable(self, other: Self) -> bool {
        (self.months == Whole::ZERO && other.months == Whole::ZERO)
            || (self.days == Whole::ZERO && other.days == Whole::ZERO)
    }

    /// The days that a date can become; `None` where each of them lies outside the calendar.
    pub fn move_days(self, days: Days) -> Option<Days> {
        let moved = |day: Day, months: i64, more: i64| {
            Duration::new(months, more).and_then(|duration| day.checked_add(duration))
        };
        let first = moved(days.min, self.months.min, self.days.min);
        let last = moved(days.max, self.months.max, self.days.max);
        let above = moved(days.min, self.months.max.max(0), self.days.max.max(0)).is_none();
        let below = moved(days.max, self.months.min.min(0), self.days.min.min(0)).is_none();
        // Where an end has no result, it lies beyond the calendar on the side to which it is moved.
        let outside = first.is_none() && last.is_none() && above != below;
        (!outside).then(|| Days {
            min: first.unwrap_or(Day::MIN),
            max: last.unwrap_or(Day::MAX),
        })
    }

    /// Whether each of the days stays within the calendar, whichever of the durations it is moved by.
    pub fn stays_within(self, days: Days) -> bool {
        // Months are added first, so that a day can leave the calendar on the way as well.
        [days.min, days.max].into_iter().all(|day| {
            [self.months.min, self.months.max]
                .into_iter()
                .flat_map(|months| [self.days.min, self.days.max].map(|more| (months, more)))
                .all(|(months, more)| {
                    let by = Duration::new(months, more);
                    by.and_then(|by| day.checked_add(by)).is_some()
                })
        })
    }
}

/// The type of a range: the days that its ends can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeType {
    /// First days.
    pub start: Days,
    /// Last days.
    pub end: Days,
}

impl RangeType {
    /// One of two.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.hull(other.start),
            end: self.end.hull(other.end),
        }
    }

    /// The days that are in both of two ranges.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self {
            start: Days {
                min: self.start.min.max(other.start.min),
                max: self.start.max.max(other.start.max),
            },
            end: Days {
                min: self.end.min.min(other.end.min),
                max: self.end.max.min(other.end.max),
            },
        }
    }

    /// All days that can be in it.
    pub const fn days(self) -> Days {
        Days {
            min: self.start.min,
            max: self.end.max,
        }
    }

    /// Greatest number of days in it.
    pub fn most_days(self) -> i64 {
        (self.start.min.days_until(self.end.max) + 1).max(0)
    }

    /// Least number of days in it.
    pub fn least_days(self) -> i64 {
        (self.start.max.days_until(self.end.min) + 1).max(0)
    }
}
