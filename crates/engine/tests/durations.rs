//! Durations, ranges and working days against an independent calendar and against counting day by day.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_engine::date::{
    DateRange, Day, Duration, DurationError, DurationUnit, LeapBirthday, WorkingDays, union,
};
use jiff::{Span, Unit, civil};
use proptest::prelude::*;

/// Days around two leap years and a century that is none.
fn days() -> impl Strategy<Value = Day> {
    let first = Day::from_ymd(1896, 1, 1).unwrap().number();
    let last = Day::from_ymd(2104, 12, 31).unwrap().number();
    (first..=last).prop_map(|number| Day::from_number(number.into()).unwrap())
}

fn theirs(day: Day) -> civil::Date {
    let (year, month, day) = day.ymd();
    civil::date(
        year.try_into().unwrap(),
        month.try_into().unwrap(),
        day.try_into().unwrap(),
    )
}

fn ours(date: civil::Date) -> Day {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Day::from_ymd(date.year().into(), month, day).unwrap()
}

fn each_day(range: DateRange) -> impl Iterator<Item = Day> {
    let numbers = range.start.number()..=range.end.number();
    numbers.map(|number| Day::from_number(number.into()).unwrap())
}

fn ranges() -> impl Strategy<Value = Vec<DateRange>> {
    let range = (0..400_i32, -5..60_i32).prop_map(|(start, length)| {
        let day = |number: i32| Day::from_number(number.into()).unwrap();
        DateRange {
            start: day(20_000 + start),
            end: day(20_000 + start + length),
        }
    });
    proptest::collection::vec(range, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_date_moves_by_months_first_and_then_by_days(
        day in days(), months in -900..900_i64, more in -9_000..9_000_i64,
    ) {
        let duration = Duration::new(months, more).unwrap();
        let expected = theirs(day)
            .checked_add(Span::new().months(months))
            .and_then(|date| date.checked_add(Span::new().days(more)))
            .unwrap();
        prop_assert_eq!(day.checked_add(duration), Some(ours(expected)));
    }

    #[test]
    fn months_and_years_are_completed_as_elsewhere(a in days(), b in days()) {
        let (first, second) = (a.min(b), a.max(b));
        let span = theirs(first).until((Unit::Month, theirs(second))).unwrap();
        prop_assert_eq!(first.months_until(second), i64::from(span.get_months()));
        let span = theirs(first).until((Unit::Year, theirs(second))).unwrap();
        let years = first.age_on(second, LeapBirthday::FirstOfMarch);
        prop_assert_eq!(years, i64::from(span.get_years()));
        // Before the start, the month or year that is going on is not complete either.
        prop_assert!(second.months_until(first) <= -first.months_until(second));
    }

    #[test]
    fn months_begin_and_end_as_elsewhere(day in days()) {
        prop_assert_eq!(day.start_of_month(), ours(theirs(day).first_of_month()));
        prop_assert_eq!(day.end_of_month(), ours(theirs(day).last_of_month()));
    }

    #[test]
    fn a_leap_birthday_is_the_last_day_of_february_where_the_form_says_so(
        year in 1_896..2_100_i32, later in days(),
    ) {
        let Some(birth) = Day::from_ymd(year - year % 4, 2, 29) else { return Ok(()) };
        let eve = LeapBirthday::LastOfFebruary;
        let (this_year, ..) = later.ymd();
        let birthday = Day::from_ymd(this_year, 3, 1).unwrap().add_days(-1).unwrap();
        let turned = i64::from(this_year - birth.ymd().0);
        prop_assert_eq!(birth.age_on(birthday, eve), turned);
        prop_assert_eq!(birth.age_on(birthday.add_days(-1).unwrap(), eve), turned - 1);
    }

    #[test]
    fn written_durations_read_as_they_were(months in -119_988..=119_988_i64, days in -9_999..9_999_i64) {
        let duration = Duration::new(months, days).unwrap();
        let text = duration.to_string();
        prop_assert_eq!(Duration::parse_signed(&text), Some(duration));
        let strict = Duration::parse(&text);
        if months < 0 || days < 0 {
            prop_assert_eq!(strict, Err(DurationError::NotADuration));
        } else {
            prop_assert_eq!(strict, Ok(duration));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "P?[0-9YMWD-]{0,12}") {
        if let Ok(duration) = Duration::parse(&text) {
            let span: Span = text.parse().expect("jiff reads it too");
            let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
            let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
            prop_assert_eq!(Some(duration), Duration::new(months, days));
        }
        let _ = Duration::parse_signed(&text);
    }

    #[test]
    fn ranges_count_each_day_once(ranges in ranges(), weekday in 1..=7_u8) {
        let mut all: Vec<Day> = ranges.iter().copied().flat_map(each_day).collect();
        all.sort_unstable();
        all.dedup();
        let merged = union(ranges);
        prop_assert!(merged.windows(2).all(|pair| pair[0].end < pair[1].start));
        let counted: i64 = merged.iter().map(|range| range.days()).sum();
        prop_assert_eq!(counted, all.len() as i64);
        let counted: i64 = merged.iter().map(|range| range.weekday_count(weekday)).sum();
        let expected = all.iter().filter(|day| day.weekday() == weekday).count();
        prop_assert_eq!(counted, expected as i64);
    }

    #[test]
    fn overlaps_hold_what_is_in_both(ranges in ranges()) {
        for pair in ranges.windows(2) {
            let both = pair[0].overlap(pair[1]);
            let expected = each_day(pair[0]).filter(|day| pair[1].contains(*day)).count();
            prop_assert_eq!(both.days(), expected as i64);
        }
    }

    #[test]
    fn working_days_are_found_as_by_going_from_day_to_day(
        start in 19_900..20_100_i32,
        n in -90..90_i64,
        weekend in proptest::collection::btree_set(1..=7_u8, 0..7),
        holidays in proptest::collection::vec(19_800..20_200_i32, 0..40),
    ) {
        let day = |number: i32| Day::from_number(number.into()).unwrap();
        let weekend: Vec<u8> = weekend.into_iter().collect();
        let calendar = WorkingDays::new(&weekend, holidays.iter().map(|number| day(*number)));
        let works = |number: i32| {
            !weekend.contains(&day(number).weekday()) && !holidays.contains(&number)
        };
        let (mut expected, mut left) = (start, n.abs());
        while left > 0 {
            expected += if n > 0 { 1 } else { -1 };
            left -= i64::from(works(expected));
        }
        prop_assert_eq!(calendar.add(day(start), n), Some(day(expected)));
        prop_assert_eq!(calendar.between(day(start), day(expected)), n);
        prop_assert_eq!(calendar.is_working_day(day(start)), works(start));
    }
}

#[test]
fn durations_that_depend_on_the_month_do_not_compare() {
    let months = |n| Duration::of(DurationUnit::Months, n).unwrap();
    let days = |n| Duration::of(DurationUnit::Days, n).unwrap();
    assert_eq!(months(1).checked_cmp(days(30)), None);
    assert!(months(1).checked_cmp(months(2)).unwrap().is_lt());
    assert!(days(8).checked_cmp(days(7)).unwrap().is_gt());
    assert!(months(0).checked_cmp(days(0)).unwrap().is_eq());
}

#[test]
fn durations_beyond_the_calendar_are_refused() {
    assert_eq!(
        Duration::parse("P9999Y"),
        Ok(Duration::new(119_988, 0).unwrap())
    );
    for text in ["P10000Y", "P9999Y1M", "P99999999999999999999D", "P3652060D"] {
        assert_eq!(Duration::parse(text), Err(DurationError::TooLong), "{text}");
    }
    for text in [
        "", "P", "PT1H", "P1.5M", "P-1D", "P1D2W", "P1M1M", "p1d", "P1", "PD", "1D",
    ] {
        assert_eq!(
            Duration::parse(text),
            Err(DurationError::NotADuration),
            "{text}"
        );
    }
    assert_eq!(
        Day::MAX.checked_add(Duration::of(DurationUnit::Days, 1).unwrap()),
        None
    );
    let calendar = WorkingDays::new(&[1, 2, 3, 4, 5, 6, 7], []);
    assert_eq!(calendar.add(Day::MIN, 1), None);
    assert_eq!(WorkingDays::new(&[6, 7], []).add(Day::MAX, 1), None);
    assert_eq!(WorkingDays::new(&[], []).add(Day::MIN, 10_001), None);
}
