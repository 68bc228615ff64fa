//! Values of the operands; the questions of [`crate::form`] ask for them.

use jiff::civil::Date;
use proptest::{collection::vec, option, prelude::*};
use rust_decimal::Decimal;

/// A day of the years 2000 to 2049.
fn day() -> impl Strategy<Value = Date> {
    (2000..=2049_i16, 1..=12_i8, 1..=31_i8).prop_map(|(year, month, day)| {
        // A month without such a day ends earlier.
        let first = jiff::civil::date(year, month, 1);
        first
            .with()
            .day(day.min(first.days_in_month()))
            .build()
            .unwrap_or(first)
    })
}

/// An operand's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Blank.
    Blank,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal or an amount of money.
    Decimal(Decimal),
    /// A text or an option.
    Text(String),
    /// A day.
    Day(Date),
    /// So many days.
    Days(i64),
    /// The days from the first to the second.
    Range(Date, Date),
}

impl Value {
    /// As an answer.
    fn to_json(&self) -> String {
        match self {
            Self::Blank => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Decimal(value) => format!("\"{value}\""),
            Self::Text(value) => format!("\"{value}\""),
            Self::Day(day) => format!("\"{day}\""),
            Self::Days(days) => format!("\"P{days}D\""),
            Self::Range(start, end) => format!("{{\"start\":\"{start}\",\"end\":\"{end}\"}}"),
        }
    }
}

type Named = Vec<(&'static str, Value)>;

/// Values of all operands.
#[derive(Clone, Debug)]
pub struct Operands {
    /// The form's questions.
    pub form: Named,
    /// The questions of each record of the group.
    pub records: Vec<Named>,
}

fn colour() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["red", "green", "blue"])
        .prop_map(|colour| Value::Text(colour.to_owned()))
}

fn cents(range: std::ops::RangeInclusive<i64>, scale: u32) -> impl Strategy<Value = Value> {
    range.prop_map(move |units| Value::Decimal(Decimal::new(units, scale)))
}

fn or_blank(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    option::of(value).prop_map(|value| value.unwrap_or(Value::Blank))
}

fn record() -> impl Strategy<Value = Named> {
    (
        (-20..=99_i64, cents(0..=5_000, 1), any::<bool>(), colour()),
        (cents(0..=50_000, 2), day(), 0..=9_i64),
        or_blank((0..=20_i64).prop_map(Value::Integer)),
    )
        .prop_map(|((n, q, lit, k), (paid, since, h), o)| {
            vec![
                ("n", Value::Integer(n)),
                ("q", q),
                ("lit", Value::Bool(lit)),
                ("k", k),
                ("paid", paid),
                ("since", Value::Day(since)),
                ("o", o),
                ("h", Value::Integer(h)),
            ]
        })
}

/// Any operands.
pub fn operands() -> impl Strategy<Value = Operands> {
    let text = || {
        prop::sample::select(vec!["a", "b", "ab", "B"])
            .prop_map(|text| Value::Text(text.to_owned()))
    };
    let integer = |range: std::ops::RangeInclusive<i64>| range.prop_map(Value::Integer);
    let scalars = (
        any::<[bool; 2]>(),
        (
            integer(-50..=50),
            integer(1..=9999),
            or_blank(integer(0..=20)),
        ),
        (cents(-10_000..=10_000, 2), cents(500..=999_000, 3)),
        (cents(0..=1_000_000, 2), cents(0..=10_000, 2)),
        (text(), or_blank(text())),
        (colour(), colour()),
    );
    let days = (
        day(),
        day(),
        or_blank(day().prop_map(Value::Day)),
        0..=90_i64,
        day(),
        0..=60_i64,
    );
    (scalars, days, vec(record(), 0..=4)).prop_map(|(scalars, days, records)| {
        let ([b1, b2], (i1, i2, o1), (d1, d2), (m1, m2), (t1, t2), (c1, c2)) = scalars;
        let (day1, day2, wday, wait, start, length) = days;
        let end = start.saturating_add(jiff::Span::new().days(length));
        let form = vec![
            ("b1", Value::Bool(b1)),
            ("b2", Value::Bool(b2)),
            ("i1", i1),
            ("i2", i2),
            ("o1", o1),
            ("d1", d1),
            ("d2", d2),
            ("m1", m1),
            ("m2", m2),
            ("t1", t1),
            ("t2", t2),
            ("c1", c1),
            ("c2", c2),
            ("day1", Value::Day(day1)),
            ("day2", Value::Day(day2)),
            ("wday", wday),
            ("wait", Value::Days(wait)),
            ("stay", Value::Range(start, end)),
        ];
        Operands { form, records }
    })
}

impl Operands {
    /// The operands as answers; of a record `h` is answered even where it is not asked.
    pub fn to_json(&self) -> String {
        let record = |named: &Named| {
            let entries = named.iter().filter(|(_, value)| *value != Value::Blank);
            let entries = entries.map(|(name, value)| format!("\"{name}\":{}", value.to_json()));
            entries.collect::<Vec<_>>().join(",")
        };
        let records = self
            .records
            .iter()
            .map(|named| format!("{{{}}}", record(named)));
        let records: Vec<String> = records.collect();
        format!(
            "{{{},\"rows\":[{}]}}",
            record(&self.form),
            records.join(",")
        )
    }
}
