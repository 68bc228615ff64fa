//! What a slot may hold while a form is evaluated.

use std::borrow::Cow;

use crate::{
    answers::DataOf,
    date::{DateRange, Day, Duration},
    number::{Number, Quotient},
    plan::{Literal, Type},
};

/// A value at run time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum<'a> {
    Bool(bool),
    Number(Number),
    /// An exact quotient on its way to a comparison or a rounding. They are rare, and would make all data
    /// larger.
    Quotient(Box<Quotient>),
    Text(Cow<'a, str>),
    Date(Day),
    Duration(Duration),
    Range(DateRange),
    /// Options chosen, in the order of the field's options.
    Set(Vec<&'a str>),
    /// What a table collected, in the order of its rows.
    List(Vec<&'a Literal>),
}

/// What is known of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State<'a> {
    /// Not known yet.
    Pending,
    /// A set of which only these items are known.
    Partial(Vec<&'a str>),
    /// Known to be empty: left blank, or hidden.
    Blank,
    /// The evaluation itself failed: division by zero, overflow, a day outside all periods.
    Failed,
    /// Known.
    Known(Datum<'a>),
}

impl<'a> State<'a> {
    pub const fn bool(value: bool) -> Self {
        Self::Known(Datum::Bool(value))
    }

    /// A number, or a failure where arithmetic gave none.
    pub fn number(value: Option<Number>) -> Self {
        value.map_or(Self::Failed, |number| Self::Known(Datum::Number(number)))
    }

    pub fn quotient(value: Option<Quotient>) -> Self {
        value.map_or(Self::Failed, |quotient| {
            Self::Known(Datum::Quotient(Box::new(quotient)))
        })
    }

    pub fn date(value: Option<Day>) -> Self {
        value.map_or(Self::Failed, |day| Self::Known(Datum::Date(day)))
    }

    pub fn duration(value: Option<Duration>) -> Self {
        value.map_or(Self::Failed, |duration| {
            Self::Known(Datum::Duration(duration))
        })
    }

    pub fn literal(literal: &'a Literal) -> Self {
        Self::Known(match literal {
            Literal::Boolean(value) => Datum::Bool(*value),
            Literal::Number(value) => Datum::Number(*value),
            Literal::Text(value) => Datum::Text(Cow::Borrowed(value)),
            Literal::Date(value) => Datum::Date(*value),
        })
    }

    /// Whether it is the same to the last digit: numbers that are equal may be written with more or fewer
    /// digits, and take more or less room in a calculation.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(Datum::Number(a)), Self::Known(Datum::Number(b))) => a.is_same(*b),
            _ => self == other,
        }
    }

    /// What others read of a failed or half-known value: it is pending for them.
    pub fn for_readers(self) -> Self {
        match self {
            Self::Failed => Self::Pending,
            Self::Known(Datum::Quotient(_) | Datum::List(_)) => Self::Pending,
            state => state,
        }
    }
}

/// Writes a value as reports have it; `digits` are the currency's.
pub(crate) fn to_data<'a>(datum: &Datum<'a>, type_: &Type, digits: u8) -> DataOf<'a> {
    match datum {
        Datum::Bool(value) => DataOf::Bool(*value),
        Datum::Number(number) => number_to_data(*number, type_, digits),
        Datum::Quotient(_) | Datum::List(_) => DataOf::Null,
        Datum::Text(text) => DataOf::Text(text.clone()),
        Datum::Date(day) => DataOf::text(day.to_string()),
        Datum::Duration(duration) => DataOf::text(duration.to_string()),
        Datum::Range(range) => DataOf::Record(vec![
            ("start".into(), DataOf::text(range.start.to_string())),
            ("end".into(), DataOf::text(range.end.to_string())),
        ]),
        Datum::Set(items) => DataOf::List(items.iter().map(|item| DataOf::text(*item)).collect()),
    }
}

/// Writes a number as reports have it: whole numbers below 2⁵³ as JSON numbers, others as texts.
pub(crate) fn number_to_data(number: Number, type_: &Type, digits: u8) -> DataOf<'static> {
    const EXACT_IN_JSON: i64 = 1 << 53;
    match type_ {
        Type::Money => DataOf::text(number.to_string_with(digits)),
        Type::Integer => match number.to_i64() {
            Some(value) if value.abs() < EXACT_IN_JSON => DataOf::number(number.to_string_with(0)),
            _ => DataOf::text(number.to_string()),
        },
        _ => DataOf::text(number.to_string()),
    }
}
