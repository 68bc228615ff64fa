//! Lengths of time in whole months and days.

use std::{cmp::Ordering, fmt};

use serde::Serialize;

use super::Day;

/// A length of time in two parts, since a month has no fixed number of days. A year is twelve months,
/// a week seven days. Either part may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    months: i64,
    days: i64,
}

/// What a duration is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Months.
    Months,
    /// Years of twelve months.
    Years,
}

/// Why a text is no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// Not of the form `P1Y2M3W4D`.
    NotADuration,
    /// Longer than the calendar.
    TooLong,
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotADuration => "not a duration such as P14M or P10D",
            Self::TooLong => "a duration longer than the calendar",
        })
    }
}

impl std::error::Error for DurationError {}

impl DurationUnit {
    /// As forms, plans and reports name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The letter that ends such a part in ISO 8601.
    pub const fn letter(self) -> char {
        match self {
            Self::Days => 'D',
            Self::Weeks => 'W',
            Self::Months => 'M',
            Self::Years => 'Y',
        }
    }

    /// Greatest number of them in a duration.
    pub const fn most(self) -> i64 {
        match self {
            Self::Days => Duration::MAX_DAYS,
            Self::Weeks => Duration::MAX_DAYS / 7,
            Self::Months => Duration::MAX_MONTHS,
            Self::Years => Duration::MAX_MONTHS / 12,
        }
    }
}

impl Duration {
    /// Nothing.
    pub const ZERO: Self = Self { months: 0, days: 0 };
    /// Most months: those from the calendar's first to its last.
    pub const MAX_MONTHS: i64 = 9_999 * 12;
    /// Most days: those of the calendar.
    pub const MAX_DAYS: i64 = Day::MAX.number() as i64 - Day::MIN.number() as i64 + 1;

    /// A duration of months and days; `None` where either is longer than the calendar.
    pub const fn new(months: i64, days: i64) -> Option<Self> {
        let fits = months >= -Self::MAX_MONTHS
            && months <= Self::MAX_MONTHS
            && days >= -Self::MAX_DAYS
            && days <= Self::MAX_DAYS;
        if fits {
            Some(Self { months, days })
        } else {
            None
        }
    }

    /// So many days, weeks, months or years; `None` where that is longer than the calendar.
    pub fn of(unit: DurationUnit, count: i64) -> Option<Self> {
        match unit {
            DurationUnit::Days => Self::new(0, count),
            DurationUnit::Weeks => Self::new(0, count.checked_mul(7)?),
            DurationUnit::Months => Self::new(count, 0),
            DurationUnit::Years => Self::new(count.checked_mul(12)?, 0),
        }
    }

    /// The part in months.
    pub const fn months(self) -> i64 {
        self.months
    }

    /// The part in days.
    pub const fn days(self) -> i64 {
        self.days
    }

    /// How many of a unit this is; `None` where it is no whole number of them.
    pub const fn count_in(self, unit: DurationUnit) -> Option<i64> {
        let (part, other, size) = match unit {
            DurationUnit::Days => (self.days, self.months, 1),
            DurationUnit::Weeks => (self.days, self.months, 7),
            DurationUnit::Months => (self.months, self.days, 1),
            DurationUnit::Years => (self.months, self.days, 12),
        };
        if other == 0 && part % size == 0 {
            Some(part / size)
        } else {
            None
        }
    }

    /// The sum, part by part; `None` where it is longer than the calendar.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::new(
            self.months.checked_add(other.months)?,
            self.days.checked_add(other.days)?,
        )
    }

    /// So many times the duration; `None` where that is longer than the calendar.
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        Self::new(
            self.months.checked_mul(factor)?,
            self.days.checked_mul(factor)?,
        )
    }

    /// Which of two is longer; `None` where that depends on which months are meant.
    pub fn checked_cmp(self, other: Self) -> Option<Ordering> {
        if self.months == other.months {
            Some(self.days.cmp(&other.days))
        } else if self.days == 0 && other.days == 0 {
            Some(self.months.cmp(&other.months))
        } else {
            None
        }
    }

    /// Reads a duration as [`fmt::Display`] writes it, with its signs; `None` where the text is none.
    pub fn parse_signed(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        let (months, days) = match rest.split_once('M') {
            Some((months, "")) => (months.parse().ok()?, 0),
            Some((months, rest)) => (months.parse().ok()?, rest.strip_suffix('D')?.parse().ok()?),
            None => (0, rest.strip_suffix('D')?.parse().ok()?),
        };
        Self::new(months, days)
    }

    /// Reads a duration as ISO 8601 writes it: years, months, weeks and days in this order, each at
    /// most once and at least one of them, none negative or with a fraction.
    ///
    /// # Errors
    /// Where the text is no such duration, or a longer one than the calendar has room for.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let mut rest = text
            .strip_prefix('P')
            .filter(|rest| !rest.is_empty())
            .ok_or(DurationError::NotADuration)?;
        let mut parts = Vec::with_capacity(4);
        for unit in [
            DurationUnit::Years,
            DurationUnit::Months,
            DurationUnit::Weeks,
            DurationUnit::Days,
        ] {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            if let Some(after) = rest[end..].strip_prefix(unit.letter()) {
                if end == 0 {
                    return Err(DurationError::NotADuration);
                }
                parts.push((unit, &rest[..end]));
                rest = after;
            }
        }
        if !rest.is_empty() {
            return Err(DurationError::NotADuration);
        }
        let mut duration = Self::ZERO;
        for (unit, digits) in parts {
            duration = digits
                .parse()
                .ok()
                .and_then(|count| Self::of(unit, count))
                .and_then(|part| duration.checked_add(part))
                .ok_or(DurationError::TooLong)?;
        }
        Ok(duration)
    }
}

impl std::ops::Neg for Duration {
    type Output = Self;

    fn neg(self) -> Self {
        Self {
            months: -self.months,
            days: -self.days,
        }
    }
}

/// As ISO 8601 writes it, in months and days alone: `P14M10D`, `P0D`. A negative part bears its own
/// sign (ISO 8601-2): `P-14M`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.months != 0 {
            write!(f, "{}M", self.months)?;
        }
        if self.days != 0 || self.months == 0 {
            write!(f, "{}D", self.days)?;
        }
        Ok(())
    }
}
