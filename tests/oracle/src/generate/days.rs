//! Days, lengths of time and ranges.

use proptest::prelude::*;

use super::{
    Types,
    node::{COMPARISONS, Level, Node, Nodes, call, chosen, compared, leaf, pair, single, sum},
};

/// Whole numbers so small that days stay within the calendar however deep they lie.
const COUNTS: &[&str] = &["0", "1", "2", "12", "28", "31", "-3", "-12"];

fn counts() -> Nodes {
    let counts: Vec<_> = COUNTS.iter().map(|count| (*count, 2, 0)).collect();
    leaf(&counts)
}

fn of_units(units: &'static [&'static str]) -> Nodes {
    (prop::sample::select(units), counts())
        .prop_map(|(unit, count)| Node::new(format!("{unit}({})", count.text), Level::Primary))
        .boxed()
}

/// Days and weeks.
fn in_days() -> Nodes {
    let one = prop_oneof![2 => of_units(&["days", "weeks"]), 1 => leaf(&[("wait", 0, 0)])].boxed();
    combined(&one)
}

/// Months and years.
fn in_months() -> Nodes {
    combined(&of_units(&["months", "years"]))
}

fn combined(one: &Nodes) -> Nodes {
    prop_oneof![
        3 => one.clone(),
        1 => pair(one, one, |a, b| sum("+", a, b)),
        1 => pair(one, one, |a, b| sum("-", a, b)),
        1 => single(one, |a| Node::new(format!("{} * 2", a.at(Level::Product)), Level::Product)),
    ]
    .boxed()
}

/// Lengths of time of any kind.
pub(super) fn lengths() -> Nodes {
    let mixed = pair(&in_months(), &in_days(), |a, b| sum("+", a, b));
    prop_oneof![2 => in_days(), 2 => in_months(), 1 => mixed].boxed()
}

/// Ranges that can have a day, which the checker asks for.
fn ranges(days: &Nodes) -> Nodes {
    let around = single(days, |day| {
        Node::new(
            format!("range(min(day1, {0}), max(day1, {0}))", day.text),
            Level::Primary,
        )
    });
    prop_oneof![2 => around, 1 => leaf(&[("range(day1, day2)", 0, 0), ("stay", 0, 0)])].boxed()
}

/// What comes of days.
pub(super) fn of(inner: &Types) -> Types {
    let Types { booleans, days, .. } = inner;
    let two = |name: &'static str| {
        (days.clone(), days.clone())
            .prop_map(move |(a, b)| Node::number(call(name, &[&a, &b]).text, Level::Primary, 6, 0))
            .boxed()
    };
    let one = |name: &'static str| {
        days.clone()
            .prop_map(move |a| Node::number(call(name, &[&a]).text, Level::Primary, 4, 0))
            .boxed()
    };
    let moved = |sign: &'static str| {
        (days.clone(), lengths())
            .prop_map(move |(day, by)| {
                let text = format!("{} {sign} {}", day.at(Level::Sum), by.at(Level::Product));
                Node::new(text, Level::Sum)
            })
            .boxed()
    };
    let counted = |name: &'static str| {
        (days.clone(), counts())
            .prop_map(move |(day, count)| call(name, &[&day, &count]))
            .boxed()
    };
    let written = leaf(&[("\"2024-02-29\"", 0, 0), ("\"2026-06-01\"", 0, 0)]);
    let booleans = prop_oneof![
        3 => compared(days.clone(), days.clone(), COMPARISONS),
        1 => compared(days.clone(), written.clone(), COMPARISONS),
        1 => compared(leaf(&[("wday", 0, 0)]), days.clone(), &["==", "!="]),
        1 => compared(in_days(), in_days(), COMPARISONS),
        1 => compared(in_months(), in_months(), COMPARISONS),
        1 => pair(days, &ranges(days), |day, range| {
            Node::new(format!("{} in {}", day.at(Level::Default), range.text), Level::Compare)
        }),
        1 => pair(days, days, |day, other| {
            let text = format!("{} in [{}, date(2024, 2, 29)]", day.at(Level::Default), other.text);
            Node::new(text, Level::Compare)
        }),
        1 => single(days, |day| Node::new(format!("weekday({}) in [saturday, sunday]", day.text), Level::Compare)),
        1 => pair(days, days, |day, holiday| {
            Node::new(format!("is_working_day({}, [{}])", day.text, holiday.text), Level::Primary)
        }),
        1 => single(booleans, |a| call("not", &[a])),
    ];
    let integers = prop_oneof![
        2 => two("days_between"),
        1 => two("months_between"),
        1 => two("years_between"),
        1 => two("age_on"),
        1 => one("year_of"),
        1 => one("month_of"),
        1 => one("day_of"),
        1 => one("weekday"),
        1 => single(&ranges(days), |range| {
            Node::number(call("days_in", &[range]).text, Level::Primary, 6, 0)
        }),
        1 => pair(&ranges(days), &ranges(days), |a, b| {
            Node::number(format!("days_in(overlap({}, {}))", a.text, b.text), Level::Primary, 6, 0)
        }),
        1 => pair(&ranges(days), &ranges(days), |a, b| {
            Node::number(call("day_count", &[a, b]).text, Level::Primary, 6, 0)
        }),
        1 => single(&ranges(days), |range| {
            Node::number(format!("weekday_count(monday, {})", range.text), Level::Primary, 6, 0)
        }),
    ];
    let days = prop_oneof![
        2 => days.clone(),
        2 => moved("+"),
        2 => moved("-"),
        1 => counted("add_days"),
        1 => counted("add_months"),
        1 => counted("add_years"),
        1 => single(days, |a| call("start_of_month", &[a])),
        1 => single(days, |a| call("end_of_month", &[a])),
        1 => pair(days, days, |a, b| call("min", &[a, b])),
        1 => pair(days, &written, |a, b| call("max", &[a, b])),
        1 => chosen(&inner.booleans, days),
        1 => single(days, |day| {
            let text = format!("date(year_of({}), 2, 29) ?? {}", day.text, day.at(Level::Negative));
            Node::new(text, Level::Default)
        }),
        1 => (days.clone(), days.clone(), counts()).prop_map(|(day, holiday, count)| {
            let text = format!("add_working_days({}, {}, [{}])", day.text, count.text, holiday.text);
            Node::new(text, Level::Primary)
        }),
    ];
    Types {
        booleans: booleans.boxed(),
        integers: integers.boxed(),
        days: days.boxed(),
        ..inner.clone()
    }
}
