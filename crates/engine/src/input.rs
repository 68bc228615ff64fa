//! The one lenient door: texts that people typed become strict answers.

use crate::{
    answers::{Answers, AnswersError, AnswersOf, Data},
    date::{Day, Duration, DurationError, DurationUnit},
    json::{Decode, Json},
    letters,
    names::Names,
    number::{Number, NumberError},
    plan::{Plan, Texts},
    program::{FieldNode, Kind, PageItems},
    sort::sort,
};

/// What was typed into the controls of each name.
type Typed<'a> = Names<Vec<&'a str>>;

/// A record number beyond this belongs to no page.
const MAX_RECORD: usize = 10_000;

/// The ends of a range, as answers and the names of controls have them.
pub const RANGE_PARTS: [&str; 2] = ["start", "end"];

/// Reads name–value pairs from JSON text, `[["event_date.day", "1"], …]`.
///
/// # Errors
/// Where the text is not a list of pairs of texts.
pub fn pairs_from_json(text: &str) -> Result<Vec<(String, String)>, AnswersError> {
    Vec::decode(&Json::read(text)?).map_err(|error| AnswersError {
        message: error.to_string(),
        line: 1,
        column: 1,
    })
}

/// Turns the name–value pairs of an HTML form into answers. Names are paths (`organiser`,
/// `streets[0].metres`); the parts of a date are `event_date.day`, `.month` and `.year`, those of a
/// range `stay.start` and `stay.end`, each a date; a duration is a whole number of the field's unit; a
/// set repeats its name. Stray spaces, the currency's sign and the locale's marks are taken off; what
/// still makes no sense is passed on as typed, for the evaluation to refuse. Names that are no
/// field's, such as a page's own controls, are left out.
pub fn from_text(plan: &Plan, locale: &str, pairs: &[(String, String)]) -> Answers {
    let texts = plan.texts_or_default(locale);
    let program = plan.program();
    let mut typed: Typed<'_> = Names::default();
    for (name, value) in pairs {
        match typed.get_mut(name) {
            Some(values) => values.push(value),
            None => {
                typed.insert(name, vec![value]);
            }
        }
    }
    let mut answers = Vec::new();
    for page in &program.pages {
        match &page.items {
            PageItems::Fields(fields) => {
                for field in &program.fields[fields.clone()] {
                    if let Some(data) = answer(field, &field.id, &typed, texts) {
                        answers.push((field.id.clone().into(), data));
                    }
                }
            }
            PageItems::Group(group) => {
                let group = &program.groups[*group];
                let records = record_numbers(&group.id, &typed).into_iter().map(|number| {
                    let prefix = format!("{}[{number}]", group.id);
                    let mut entries = Vec::new();
                    if let Some([id, ..]) = typed.get(&format!("{prefix}.$id")).map(|v| &v[..]) {
                        entries.push(("$id".into(), Data::text((*id).to_owned())));
                    }
                    for field in &program.fields[group.fields.clone()] {
                        let name = format!("{prefix}.{}", field.id);
                        if let Some(data) = answer(field, &name, &typed, texts) {
                            entries.push((field.id.clone().into(), data));
                        }
                    }
                    Data::Record(entries)
                });
                let records: Vec<_> = records.collect();
                // The group's bare name says that there is none: the list was left as it was, empty.
                if !records.is_empty() || typed.get(&group.id).is_some() {
                    answers.push((group.id.clone().into(), Data::List(records)));
                }
            }
        }
    }
    AnswersOf(answers)
}

/// The numbers of a group's records that some name mentions, ascending.
fn record_numbers(group: &str, typed: &Typed<'_>) -> Vec<usize> {
    let mut numbers: Vec<usize> = typed
        .iter()
        .filter_map(|(name, _)| {
            let (number, _) = name
                .strip_prefix(group)?
                .strip_prefix('[')?
                .split_once("].")?;
            number.parse().ok().filter(|number| *number <= MAX_RECORD)
        })
        .collect();
    sort(&mut numbers);
    numbers.dedup();
    numbers
}

/// A field's answer; `None` where nothing was entered.
fn answer(field: &FieldNode, name: &str, typed: &Typed<'_>, texts: &Texts) -> Option<Data> {
    let values = typed.get(name).map_or(&[][..], Vec::as_slice);
    // A control sent twice means its last value, as a hidden default before a checkbox.
    let last = values.last().copied().unwrap_or_default();
    let trimmed = last.trim();
    match &field.kind {
        Kind::Set(_) => {
            let items: Vec<_> = values.iter().filter(|value| !value.is_empty()).collect();
            let data = items.into_iter().map(|item| Data::text((*item).to_owned()));
            Some(Data::List(data.collect())).filter(|list| *list != Data::List(Vec::new()))
        }
        Kind::Date { .. } => date(name, trimmed, typed, texts),
        Kind::DateRange { .. } => {
            let ends = RANGE_PARTS.map(|part| {
                let name = format!("{name}.{part}");
                let whole = typed.get(&name).and_then(|values| values.last());
                let whole = whole.map_or("", |value| value.trim());
                date(&name, whole, typed, texts).map(|day| (part.into(), day))
            });
            let ends: Vec<_> = ends.into_iter().flatten().collect();
            (!ends.is_empty()).then_some(Data::Record(ends))
        }
        _ if trimmed.is_empty() => None,
        Kind::Boolean { .. } => Some(match trimmed {
            "true" | "yes" | "on" => Data::Bool(true),
            "false" | "no" => Data::Bool(false),
            other => Data::text(other.to_owned()),
        }),
        Kind::Number { .. } => Some(number(trimmed, texts)),
        Kind::Duration { unit, .. } => Some(duration(trimmed, *unit, texts)),
        Kind::Text { .. } => Some(Data::text(last.to_owned())),
        Kind::Choice(_) => Some(Data::text(trimmed.to_owned())),
    }
}

/// A number as people write it: `£1,234.50`, `1 234,5`.
fn number(typed: &str, texts: &Texts) -> Data {
    let formats = &texts.formats;
    let mut text: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    for sign in formats
        .money
        .split("{n}")
        .map(str::trim)
        .filter(|sign| !sign.is_empty())
    {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            text = rest.to_owned();
        }
    }
    let text = text.replace('\u{2212}', "-");
    let text = text.strip_prefix('+').unwrap_or(&text);
    let decimal = formats.decimal.as_str();
    let (whole, fraction) = match text.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let Some(whole) = without_groups(whole, formats.group.trim()) else {
        return Data::text(typed.to_owned());
    };
    let plain = match fraction {
        Some(fraction) => format!("{whole}.{fraction}"),
        None => whole,
    };
    match Number::parse(&plain) {
        Ok(number) => Data::number(number.to_string()),
        // Still a number: the evaluation says which limit it exceeds.
        Err(NumberError::TooLarge) => Data::number(as_json(&plain)),
        Err(_) => Data::text(typed.to_owned()),
    }
}

/// Digits as JSON writes a number: no zeros in front of them.
fn as_json(plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain),
    };
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|first: char| first.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    format!("{sign}{zero}{digits}")
}

/// A duration from a number of its unit; a text that is one in the strict form stays as it is.
fn duration(typed: &str, unit: DurationUnit, texts: &Texts) -> Data {
    let as_typed = || Data::text(typed.to_owned());
    if Duration::parse(typed) != Err(DurationError::NotADuration) {
        return as_typed();
    }
    let Data::Number(plain) = number(typed, texts) else {
        return as_typed();
    };
    match Number::parse(&plain) {
        Ok(count) if count.is_negative() => as_typed(),
        Ok(count) => match count.units_at(0) {
            // The letter of the unit stands at its end: `3W`.
            Some(whole) => Data::text(format!("P{whole}{}", unit.letter())),
            None => as_typed(),
        },
        // Beyond every limit; the evaluation says which one.
        Err(_) if plain.starts_with('-') => as_typed(),
        Err(_) => Data::text(format!("P{}{}", "9".repeat(10), unit.letter())),
    }
}

/// The digits before the decimal mark without grouping marks; `None` where a mark stands elsewhere
/// than before groups of three, so that `12,5` is never read as 125.
fn without_groups(whole: &str, mark: &str) -> Option<String> {
    if mark.is_empty() || !whole.contains(mark) {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let groups: Vec<_> = groups.collect();
    let sound = !first.is_empty() && groups.iter().all(|group| group.len() == 3);
    sound.then(|| format!("{first}{}", groups.concat()))
}

/// A date from its three parts or from one text.
fn date(name: &str, whole: &str, typed: &Typed<'_>, texts: &Texts) -> Option<Data> {
    let part = |part: &str| {
        let values = typed.get(&format!("{name}.{part}"))?;
        values.last().map(|value| value.trim())
    };
    let parts = [part("year"), part("month"), part("day")].map(Option::unwrap_or_default);
    if whole.is_empty() {
        return match parts {
            ["", "", ""] => None,
            [year, month, day] => Some(civil_day(year, month, day, texts)),
        };
    }
    let year_first = whole.split('-').collect::<Vec<_>>();
    if let [year, month, day] = year_first[..]
        && year.len() == 4
    {
        return Some(civil_day(year, month, day, texts));
    }
    let parts: Vec<_> = whole
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty() && *part != "de")
        .collect();
    let pattern = &texts.formats.date;
    let month_first = pattern.find("{m}") < pattern.find("{d}");
    Some(match parts[..] {
        [month, day, year] if month_first => civil_day(year, month, day, texts),
        [day, month, year] => civil_day(year, month, day, texts),
        _ => Data::text(whole.to_owned()),
    })
}

/// A day in the strict form; parts that make no day are passed on for the evaluation to refuse.
fn civil_day(year: &str, month: &str, day: &str, texts: &Texts) -> Data {
    let month = month_number(month, texts).map_or_else(|| month.to_owned(), |m| m.to_string());
    let padded = |text: &str, width: usize| format!("{text:0>width$}");
    // A year of two digits is not guessed at.
    let year = if year.len() == 4 {
        year.to_owned()
    } else {
        format!("{year}?")
    };
    Data::text(format!("{year}-{}-{}", padded(&month, 2), padded(day, 2)))
}

/// Which parts of a typed date (day, month, year) to put right where it will not do: those left empty,
/// or else those that stand in no date; all three where each could stand in some date.
pub fn wrong_date_parts(texts: &Texts, typed: [&str; 3]) -> [bool; 3] {
    let parts = typed.map(str::trim);
    let empty = parts.map(str::is_empty);
    if empty.contains(&true) {
        return empty;
    }
    let [day, month, year] = parts;
    // Each part beside two that suit it; January has every day of a month.
    let suits = |year, month, day| {
        let text = civil_day(year, month, day, texts);
        text.as_text().is_some_and(|day| day.parse::<Day>().is_ok())
    };
    let wrong = [
        !suits("2000", "1", day),
        !suits("2000", month, "1"),
        !suits(year, "1", "1"),
    ];
    if wrong.contains(&true) {
        wrong
    } else {
        [true; 3]
    }
}

/// A month by its name in the locale, or by at least three of its first letters.
fn month_number(text: &str, texts: &Texts) -> Option<usize> {
    let lowercase = |text: &str| text.chars().map(letters::small).collect::<String>();
    let typed = lowercase(text.trim_end_matches('.'));
    if typed.chars().count() < 3 {
        return None;
    }
    let months = &texts.formats.months;
    let mut named = months
        .iter()
        .enumerate()
        .filter(|(_, m)| lowercase(m).starts_with(&typed));
    match (named.next(), named.next()) {
        (Some((index, _)), None) => Some(index + 1),
        _ => None,
    }
}
