//! Reads an answer as its field's type wants it. Nothing is coerced.

use std::borrow::Cow;

use super::{
    reading_dates::{read_date, read_duration, read_range},
    state::{Datum, State, number_to_data},
};
use crate::{
    answers::{Data, DataOf},
    number::{Number, NumberError},
    plan::Type,
    program::{Kind, OptionNode},
    report::{Record, RecordOf},
    sort::sort,
};

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub params: Record,
}

impl Fault {
    pub fn new(code: &'static str) -> Self {
        Self {
            code,
            params: Record::default(),
        }
    }

    pub fn with(code: &'static str, name: &'static str, value: Data) -> Self {
        Self {
            code,
            params: RecordOf(vec![(Cow::Borrowed(name), value)]),
        }
    }
}

/// An answer as read.
pub(crate) enum Read<'a> {
    /// Nothing was entered.
    Blank,
    /// Something sound was entered.
    Answer(Datum<'a>),
    /// Whether it may be chosen is not decided yet.
    Undecided,
    /// Something unsound was entered; what is known of it nevertheless.
    Fault(Fault, State<'a>),
}

/// An answer as it was sent.
#[derive(Clone, Copy)]
pub(crate) enum Sent<'s, 'a> {
    /// One that lasts as long as what is made of it.
    Lasting(&'a DataOf<'a>),
    /// One that may change before.
    Passing(&'s DataOf<'a>),
}

impl<'s, 'a: 's> Sent<'s, 'a> {
    pub const fn data(self) -> &'s DataOf<'a> {
        match self {
            Self::Lasting(data) => data,
            Self::Passing(data) => data,
        }
    }

    /// The text of a text, normalised.
    fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Lasting(data) => data.as_text().map(normalized),
            Self::Passing(data) => data
                .as_text()
                .map(|text| Cow::Owned(normalized(text).into_owned())),
        }
    }
}

/// Reads an answer. `offered` says whether an option can be chosen (`None`: not decided yet).
pub(crate) fn read<'a>(
    kind: &'a Kind,
    sent: Sent<'_, 'a>,
    digits: u8,
    offered: impl Fn(&'a OptionNode) -> Option<bool>,
) -> Read<'a> {
    let data = sent.data();
    if is_blank(data) {
        return Read::Blank;
    }
    let result = match kind {
        Kind::Boolean { accepted } => match data {
            DataOf::Bool(false) if *accepted => Err(Fault::new("accepted")),
            DataOf::Bool(value) => Ok(Datum::Bool(*value)),
            _ => Err(type_fault("boolean")),
        },
        Kind::Number { .. } => read_number(kind, data, digits).map(Datum::Number),
        Kind::Text { .. } => match sent.text() {
            Some(text) => {
                if text.is_empty() {
                    return Read::Blank;
                }
                check_text(kind, &text).map(|()| Datum::Text(text))
            }
            None => Err(type_fault("text")),
        },
        Kind::Date { min, max } => read_date(data, (*min, *max)),
        Kind::Duration { unit, min, max } => read_duration(data, *unit, *min, *max),
        Kind::DateRange { min, max } => read_range(data, (*min, *max)),
        Kind::Choice(options) => match data {
            DataOf::Text(text) => match options.iter().find(|option| option.id == *text) {
                Some(option) => match offered(option) {
                    Some(true) => Ok(Datum::Text(Cow::Borrowed(&option.id))),
                    Some(false) => Err(Fault::new("option")),
                    None => return Read::Undecided,
                },
                None => Err(Fault::new("option")),
            },
            _ => Err(type_fault("choice")),
        },
        Kind::Set(options) => return read_set(options, data, offered),
    };
    match result {
        Ok(datum) => Read::Answer(datum),
        Err(fault) => Read::Fault(fault, State::Pending),
    }
}

/// Whether nothing was entered: absent, `null`, an empty text or an empty list.
pub(crate) fn is_blank(data: &DataOf<'_>) -> bool {
    match data {
        DataOf::Null => true,
        DataOf::Text(text) => text.is_empty(),
        DataOf::List(items) => items.is_empty(),
        _ => false,
    }
}

pub(crate) fn type_fault(wanted: &'static str) -> Fault {
    Fault::with("type", "type", Data::text(wanted))
}

/// A text without white space at its ends, with LF line ends.
fn normalized(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

fn check_text(kind: &Kind, text: &str) -> Result<(), Fault> {
    let Kind::Text {
        min_length,
        max_length,
        pattern,
        format,
    } = kind
    else {
        return Ok(());
    };
    let length = text.chars().count();
    let limit = |name, limit: u32| Fault::with("length", name, Data::number(limit.to_string()));
    if length < *min_length as usize {
        return Err(limit("min_length", *min_length));
    }
    if length > *max_length as usize {
        return Err(limit("max_length", *max_length));
    }
    if pattern
        .as_ref()
        .is_some_and(|pattern| !pattern.matches(text))
    {
        return Err(Fault::new("pattern"));
    }
    if let Some((name, automaton)) = format
        && !automaton.matches(text)
    {
        return Err(Fault::with("format", "format", Data::text(name.clone())));
    }
    Ok(())
}

fn read_number(kind: &Kind, data: &DataOf<'_>, digits: u8) -> Result<Number, Fault> {
    let &Kind::Number {
        integer,
        money,
        scale,
        min,
        max,
    } = kind
    else {
        return Err(type_fault("number"));
    };
    let (name, type_) = match (integer, money) {
        (true, _) => ("integer", Type::Integer),
        (_, true) => ("money", Type::Money),
        _ => ("decimal", Type::Decimal),
    };
    let text = match data {
        DataOf::Number(text) => text,
        // Reports write decimals as texts, so answers may be given so too, without exponents.
        DataOf::Text(text) if !integer && !text.contains(['e', 'E']) => text,
        _ => return Err(type_fault(name)),
    };
    let limit = |name, limit| Fault::with("range", name, number_to_data(limit, &type_, digits));
    let scale_fault = || Fault::with("scale", "scale", Data::number(scale.to_string()));
    let number = match Number::parse(text) {
        Ok(number) => number,
        Err(NumberError::TooLarge) if text.starts_with('-') => return Err(limit("min", min)),
        Err(NumberError::TooLarge) => return Err(limit("max", max)),
        Err(NumberError::TooFine) if !integer => return Err(scale_fault()),
        Err(_) => return Err(type_fault(name)),
    };
    if integer && number.units_at(0).is_none() {
        return Err(type_fault(name));
    }
    if number < min {
        return Err(limit("min", min));
    }
    if number > max {
        return Err(limit("max", max));
    }
    if number.units_at(scale).is_none() {
        return Err(scale_fault());
    }
    Ok(number)
}

fn read_set<'a>(
    options: &'a [OptionNode],
    data: &DataOf<'_>,
    offered: impl Fn(&'a OptionNode) -> Option<bool>,
) -> Read<'a> {
    let DataOf::List(items) = data else {
        return Read::Fault(type_fault("set"), State::Pending);
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match item {
            DataOf::Text(text) => texts.push(&**text),
            _ => return Read::Fault(type_fault("set"), State::Pending),
        }
    }
    sort(&mut texts);
    texts.dedup();
    let mut chosen = Vec::with_capacity(texts.len());
    let mut undecided = false;
    for option in options {
        if texts.binary_search(&option.id.as_str()).is_ok() {
            match offered(option) {
                Some(true) => chosen.push(option.id.as_str()),
                Some(false) => {}
                None => undecided = true,
            }
        }
    }
    if undecided {
        Read::Undecided
    } else if chosen.len() == texts.len() {
        Read::Answer(Datum::Set(chosen))
    } else {
        Read::Fault(Fault::new("option"), State::Partial(chosen))
    }
}
