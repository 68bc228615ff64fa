//! Reads dates, durations and ranges of days.

use super::{
    reading::{Fault, type_fault},
    state::Datum,
};
use crate::{
    answers::{Data, DataOf},
    date::{DateRange, Day, Duration, DurationError, DurationUnit},
    report::RecordOf,
};

/// First and last day allowed.
pub(super) type Limits = (Option<Day>, Option<Day>);

/// A day as the report's `YYYY-MM-DD`.
pub(super) fn read_date<'a>(data: &DataOf<'_>, limits: Limits) -> Result<Datum<'a>, Fault> {
    match data {
        DataOf::Text(text) => day(text, limits).map(Datum::Date),
        _ => Err(type_fault("date")),
    }
}

fn day(text: &str, (min, max): Limits) -> Result<Day, Fault> {
    let Ok(day) = text.parse() else {
        return Err(Fault::new("date"));
    };
    let limit = |name, limit: Day| Err(Fault::with("range", name, Data::text(limit.to_string())));
    match (min, max) {
        (Some(min), _) if day < min => limit("min", min),
        (_, Some(max)) if day > max => limit("max", max),
        _ => Ok(day),
    }
}

/// A duration as ISO 8601 writes it, a whole number of its unit.
pub(super) fn read_duration<'a>(
    data: &DataOf<'_>,
    unit: DurationUnit,
    min: u32,
    max: u32,
) -> Result<Datum<'a>, Fault> {
    let DataOf::Text(text) = data else {
        return Err(type_fault("duration"));
    };
    let limit = |name, count: u32| {
        // A plan's limits lie within the calendar.
        let limit = Duration::of(unit, count.into()).unwrap_or_default();
        Err(Fault::with("range", name, Data::text(limit.to_string())))
    };
    let duration = match Duration::parse(text) {
        Ok(duration) => duration,
        Err(DurationError::TooLong) => return limit("max", max),
        Err(DurationError::NotADuration) => return Err(Fault::new("duration")),
    };
    match duration.count_in(unit) {
        None => {
            let unit = Data::text(unit.name());
            Err(Fault::with("unit", "unit", unit))
        }
        Some(count) if count < min.into() => limit("min", min),
        Some(count) if count > max.into() => limit("max", max),
        Some(_) => Ok(Datum::Duration(duration)),
    }
}

/// A range as `{"start": …, "end": …}`. What is wrong with one of its ends names it as `part`.
pub(super) fn read_range<'a>(data: &DataOf<'_>, limits: Limits) -> Result<Datum<'a>, Fault> {
    let DataOf::Record(entries) = data else {
        return Err(type_fault("date_range"));
    };
    let known = |key: &str| matches!(key, "start" | "end");
    let repeated = |key: &str| entries.iter().filter(|(other, _)| other == key).count() > 1;
    if entries.iter().any(|(key, _)| !known(key) || repeated(key)) {
        return Err(type_fault("date_range"));
    }
    let end = |part: &'static str| {
        let found = match data.get(part) {
            Some(DataOf::Text(text)) => day(text, limits),
            None | Some(DataOf::Null) => Err(Fault::new("date")),
            Some(_) => Err(type_fault("date")),
        };
        found.map_err(|mut fault| {
            let RecordOf(params) = &mut fault.params;
            params.push(("part".into(), Data::text(part)));
            fault
        })
    };
    let range = DateRange {
        start: end("start")?,
        end: end("end")?,
    };
    if range.is_empty() {
        return Err(Fault::new("order"));
    }
    Ok(Datum::Range(range))
}
