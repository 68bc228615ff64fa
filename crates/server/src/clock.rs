//! The only place where the office looks at a clock.

use counterfoil_engine::date::Day;
use jiff::{Timestamp, tz::TimeZone};

/// Tells the time. The server asks nothing else for it, so that a test or a preview can stand still.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still at one moment.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The civil day at a moment in an IANA time zone; UTC where the zone is not known, which the
/// compiler has ruled out for every form it publishes.
pub fn day_in(now: Timestamp, timezone: &str) -> Day {
    let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    let date = now.to_zoned(zone).date();
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    // Both calendars are the Gregorian one; the engine's ends at the year 9999, as jiff's does.
    Day::from_ymd(i32::from(date.year()), part(date.month()), part(date.day())).unwrap_or(Day::MIN)
}

/// The time of the day at a moment in an IANA time zone, such as `14:30`.
pub fn time_in(now: Timestamp, timezone: &str) -> String {
    let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).strftime("%H:%M").to_string()
}

/// The moment at noon UTC of a day, for a clock that stands still.
pub fn noon_of(day: Day) -> Timestamp {
    Timestamp::from_second(i64::from(day.number()) * 86_400 + 43_200)
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_forms_zone() {
        let moment: Timestamp = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(day_in(moment, "Europe/London").to_string(), "2026-07-01");
        assert_eq!(day_in(moment, "America/New_York").to_string(), "2026-06-30");
        assert_eq!(
            day_in(moment, "Pacific/Kiritimati").to_string(),
            "2026-07-01"
        );
    }

    #[test]
    fn a_clock_standing_at_noon_shows_its_day() {
        let day: Day = "2028-02-29".parse().unwrap();
        assert_eq!(day_in(noon_of(day), "Europe/London"), day);
        assert_eq!(day_in(noon_of(day), "America/Los_Angeles"), day);
    }
}
