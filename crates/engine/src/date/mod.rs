//! Civil days of the proleptic Gregorian calendar, without time or zone.

mod duration;
mod range;
mod working_days;

use std::{fmt, str::FromStr};

pub use duration::{Duration, DurationError, DurationUnit};
pub use range::{DateRange, union};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
pub use working_days::{MAX_STEPS, WorkingDays};

/// A day from 0001-01-01 to 9999-12-31, as the number of days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// When one born on 29 February turns a year older in years without that day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum LeapBirthday {
    /// On 1 March.
    #[default]
    #[serde(rename = "1_march")]
    FirstOfMarch,
    /// On 28 February.
    #[serde(rename = "28_february")]
    LastOfFebruary,
}

/// The text is no day in the form `YYYY-MM-DD`, or the day does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayError;

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day of the calendar in the form 2026-01-31")
    }
}

impl std::error::Error for DayError {}

fn is_leap_year(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// A day by year (1 to 9999), month and day of the month; `None` where there is no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day < 1
            || day > days_in_month(year, month)
        {
            return None;
        }
        // Years counted from March put the leap day last; 400 years are 146,097 days.
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn ymd(self) -> (i32, u8, u8) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        // Both lie within 1 to 31 by construction.
        (year, month as u8, day as u8)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day so many days after 1970-01-01; `None` outside the calendar.
    pub fn from_number(number: i64) -> Option<Self> {
        let day = Self(i32::try_from(number).ok()?);
        (Self::MIN..=Self::MAX).contains(&day).then_some(day)
    }

    /// Whole days from this day to another; negative if the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(other.0) - i64::from(self.0)
    }

    /// The day so many days later; `None` outside the calendar.
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_number(i64::from(self.0).checked_add(days)?)
    }

    /// The same day of the month so many months later, or the month's last day where that is missing;
    /// `None` outside the calendar.
    pub fn add_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.ymd();
        let total = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
        let year = i32::try_from(total.div_euclid(12)).ok()?;
        let month = u8::try_from(total.rem_euclid(12) + 1).ok()?;
        Self::from_ymd(year, month, day.min(days_in_month(year, month)))
    }

    /// The same day so many years later, 28 February for a missing 29 February; `None` outside the
    /// calendar.
    pub fn add_years(self, years: i64) -> Option<Self> {
        self.add_months(years.checked_mul(12)?)
    }

    /// The day moved by a duration: by its months first, a missing day becoming the month's last, then by
    /// its days; `None` outside the calendar.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.add_months(duration.months())?
            .add_days(duration.days())
    }

    /// Completed years from this birth date to another day. Negative before the birth.
    pub fn age_on(self, day: Self, leap_birthday: LeapBirthday) -> i64 {
        let (birth_year, birth_month, mut birth_day) = self.ymd();
        let (year, month, day_of_month) = day.ymd();
        if leap_birthday == LeapBirthday::LastOfFebruary && birth_month == 2 {
            birth_day = birth_day.min(days_in_month(year, birth_month));
        }
        let before_birthday = (month, day_of_month) < (birth_month, birth_day);
        i64::from(year - birth_year) - i64::from(before_birthday)
    }

    /// Completed months from this day to another: one is complete on the same day of a month, or on
    /// the first day after it where that is missing. Negative where the other day is earlier.
    pub fn months_until(self, other: Self) -> i64 {
        let (year, month, day) = self.ymd();
        let (to_year, to_month, to_day) = other.ymd();
        let months = i64::from(to_year - year) * 12 + i64::from(to_month) - i64::from(month);
        months - i64::from(to_day < day)
    }

    /// The first day of the month.
    #[must_use]
    pub fn start_of_month(self) -> Self {
        let (_, _, day) = self.ymd();
        Self(self.0 - i32::from(day) + 1)
    }

    /// The last day of the month.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        let (year, month, day) = self.ymd();
        Self(self.0 - i32::from(day) + i32::from(days_in_month(year, month)))
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    pub const fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        ((self.0 + 3).rem_euclid(7) + 1) as u8
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        // Reports write so many days that the machinery of `write!` would show in their time.
        let mut text = *b"0000-00-00";
        let mut put = |places: &[usize], mut number: u32| {
            for &place in places {
                text[place] = b'0' + u8::try_from(number % 10).unwrap_or_default();
                number /= 10;
            }
        };
        put(&[3, 2, 1, 0], year.unsigned_abs());
        put(&[6, 5], month.into());
        put(&[9, 8], day.into());
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DayError);
        }
        let digits = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0_i32, |value, byte| {
                byte.is_ascii_digit()
                    .then(|| value * 10 + i32::from(byte - b'0'))
            })
        };
        let parts = (digits(0..4), digits(5..7), digits(8..10));
        let (Some(year), Some(month), Some(day)) = parts else {
            return Err(DayError);
        };
        // Two digits fit into u8.
        Self::from_ymd(year, month as u8, day as u8).ok_or(DayError)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
