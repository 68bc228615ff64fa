//! Civil days against an independent calendar.

use counterfoil_engine::date::{Day, LeapBirthday};
use jiff::{ToSpan, civil};

fn day(date: civil::Date) -> Day {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Day::from_ymd(date.year().into(), month, day).expect("both calendars have the day")
}

#[test]
fn every_day_of_the_calendar_has_its_number_text_and_weekday() {
    let mut date = civil::date(1, 1, 1);
    let mut number = i64::from(Day::MIN.number());
    loop {
        let ours = day(date);
        assert_eq!(i64::from(ours.number()), number, "{date}");
        let (year, month, day) = ours.ymd();
        let theirs = (
            i32::from(date.year()),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        );
        assert_eq!((year, month, day), theirs);
        assert_eq!(
            ours.weekday(),
            date.weekday().to_monday_one_offset().unsigned_abs(),
            "{date}"
        );
        match date.tomorrow() {
            Ok(next) if next.year() > 0 => date = next,
            _ => break,
        }
        number += 1;
    }
    assert_eq!(number, i64::from(Day::MAX.number()));
}

#[test]
fn months_and_years_clamp_to_the_end_of_the_month() {
    for start in [
        civil::date(2024, 1, 31),
        civil::date(2024, 2, 29),
        civil::date(1999, 12, 1),
    ] {
        for months in -40..40_i64 {
            let expected = start.checked_add(months.months()).unwrap();
            assert_eq!(
                day(start).add_months(months),
                Some(day(expected)),
                "{start} {months}"
            );
        }
        for years in -40..40_i64 {
            let expected = start.checked_add(years.years()).unwrap();
            assert_eq!(
                day(start).add_years(years),
                Some(day(expected)),
                "{start} {years}"
            );
        }
    }
}

#[test]
fn texts_that_are_no_day_are_refused() {
    for text in [
        "2026-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "26-01-01",
        "2026-1-1",
        "2026/01/01",
        " 2026-01-01",
        "2026-01-01T00:00",
        "２０２６-01-01",
        "+026-01-01",
        "",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
    assert_eq!(
        "2024-02-29".parse::<Day>().unwrap().to_string(),
        "2024-02-29"
    );
}

#[test]
fn one_born_on_29_february_is_a_year_older_on_1_march() {
    let birth: Day = "2008-02-29".parse().unwrap();
    for (day, age) in [
        ("2026-02-28", 17),
        ("2026-03-01", 18),
        ("2028-02-29", 20),
        ("2008-02-28", -1),
    ] {
        assert_eq!(
            birth.age_on(day.parse().unwrap(), LeapBirthday::FirstOfMarch),
            age,
            "{day}"
        );
    }
}

#[test]
fn days_outside_the_calendar_do_not_exist() {
    assert_eq!(Day::MAX.add_days(1), None);
    assert_eq!(Day::MIN.add_days(-1), None);
    assert_eq!(Day::MAX.add_months(1), None);
    assert_eq!(Day::MIN.add_years(i64::MIN), None);
    assert_eq!(Day::MAX.add_days(i64::MAX), None);
}
