//! Answers that could be other, and what they could be.

use super::reads::Reads;
use crate::{
    answers::{Answers, Data, DataOf, Entries},
    date::Day,
    number::Number,
    plan::{FieldType, PageContent, Rules},
    report::RecordOf,
    sort::sort,
};

/// Years to either side of the day of evaluation within which a day is looked for.
const YEARS: i64 = 150;

/// Where an answer stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// Its path in reports.
    pub path: String,
    /// Its name in expressions.
    pub name: String,
    /// What it could be.
    pub domain: Domain,
    key: &'a str,
    record: Option<(usize, &'a str)>,
}

/// What an answer could be.
#[derive(Clone, Debug)]
pub(super) enum Domain {
    /// One of a few.
    Few(Vec<Data>),
    /// A number or day on a line.
    Line(Line),
}

/// Whole steps from the least to the greatest answer.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The answer as it is.
    pub current: i128,
    /// The least.
    pub min: i128,
    /// The greatest.
    pub max: i128,
    kind: LineKind,
}

#[derive(Clone, Copy, Debug)]
enum LineKind {
    Integer,
    Decimal(u8),
    Day,
}

impl Line {
    /// The answer at a step.
    pub fn data(&self, at: i128) -> Data {
        match self.kind {
            LineKind::Integer => Data::number(at.to_string()),
            LineKind::Decimal(scale) => Number::new(at, scale).map_or(Data::Null, |number| {
                Data::text(number.to_string_with(scale))
            }),
            LineKind::Day => i64::try_from(at)
                .ok()
                .and_then(Day::from_number)
                .map_or(Data::Null, |day| Data::text(day.to_string())),
        }
    }

    /// Steps worth a try, in order: the ends, and every constant with its neighbours.
    pub fn candidates(&self, reads: &Reads<'_>) -> Vec<i128> {
        let constants: Vec<i128> = match self.kind {
            LineKind::Day => reads
                .days
                .iter()
                .map(|day| i128::from(day.number()))
                .collect(),
            LineKind::Integer => units(reads, 0),
            LineKind::Decimal(scale) => units(reads, scale),
        };
        let near = constants.into_iter().flat_map(|at| [at - 1, at, at + 1]);
        let tries = near.chain([self.min, self.max]);
        let mut tries: Vec<i128> = tries
            .filter(|at| (self.min..=self.max).contains(at) && *at != self.current)
            .collect();
        sort(&mut tries);
        tries.dedup();
        tries
    }
}

fn units(reads: &Reads<'_>, scale: u8) -> Vec<i128> {
    // A constant that is finer than the answer lies between two steps: the one below it will do.
    let below = |number: &Number| {
        let coarse = 10_i128.checked_pow(u32::from(number.scale().checked_sub(scale)?))?;
        Some(number.units().div_euclid(coarse))
    };
    let numbers = reads.numbers.iter();
    let units = numbers.filter_map(|number| number.units_at(scale).or_else(|| below(number)));
    // Beyond what any number of the engine can be, a neighbour might not fit.
    units.filter(|at| at.abs() < i128::MAX / 2).collect()
}

impl<'a> Place<'a> {
    /// Answers of the report that the form lets change, in field order.
    pub fn all(rules: &'a Rules, answers: &RecordOf<'_>, as_of: Day) -> Vec<Self> {
        let mut places = Vec::new();
        for page in &rules.pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields.iter().filter(|field| !field.presentation.fixed) {
                        let domain = answers
                            .get(&field.field)
                            .and_then(|data| domain(rules, &field.type_, data, as_of));
                        places.extend(domain.map(|domain| Self {
                            path: field.field.clone(),
                            name: field.field.clone(),
                            domain,
                            key: &field.field,
                            record: None,
                        }));
                    }
                }
                PageContent::Group(group) => {
                    let Some(DataOf::List(records)) = answers.get(&group.group) else {
                        continue;
                    };
                    for (index, record) in records.iter().enumerate() {
                        let fields = group.fields.iter();
                        for field in fields.filter(|field| !field.presentation.fixed) {
                            let domain = record
                                .get(&field.field)
                                .and_then(|data| domain(rules, &field.type_, data, as_of));
                            places.extend(domain.map(|domain| Self {
                                path: format!("{}[{index}].{}", group.group, field.field),
                                name: format!("{}.{}", group.group, field.field),
                                domain,
                                key: &group.group,
                                record: Some((index, &field.field)),
                            }));
                        }
                    }
                }
            }
        }
        places
    }

    /// The answer at this place, where the answers have one.
    pub fn slot<'d>(&self, answers: &'d mut Answers) -> Option<&'d mut Data> {
        let entry = entry(&mut answers.0, self.key)?;
        let Some((index, field)) = self.record else {
            return Some(entry);
        };
        let Data::List(records) = entry else {
            return None;
        };
        match records.get_mut(index)? {
            Data::Record(entries) => self::entry(entries, field),
            _ => None,
        }
    }
}

fn entry<'d>(entries: &'d mut Entries<'static>, key: &str) -> Option<&'d mut Data> {
    let mut entries = entries.iter_mut();
    entries.find(|(k, _)| k == key).map(|(_, data)| data)
}

/// What an answer of that type could be instead; none for texts and lengths of time, of which there is
/// no telling what would be true.
fn domain(rules: &Rules, type_: &FieldType, data: &DataOf<'_>, as_of: Day) -> Option<Domain> {
    let number = |min: &Number, max: &Number, scale: u8, kind: LineKind| {
        let (DataOf::Number(text) | DataOf::Text(text)) = data else {
            return None;
        };
        let ends = 10_i128.pow(28);
        Some(Domain::Line(Line {
            current: Number::parse(text).ok()?.units_at(scale)?,
            min: min.units_at(scale).unwrap_or(-ends),
            max: max.units_at(scale).unwrap_or(ends),
            kind,
        }))
    };
    match type_ {
        FieldType::Boolean { .. } => match data {
            DataOf::Bool(value) => Some(Domain::Few(vec![Data::Bool(!value)])),
            _ => None,
        },
        FieldType::Integer { min, max } => number(min, max, 0, LineKind::Integer),
        FieldType::Decimal { scale, min, max } => {
            number(min, max, *scale, LineKind::Decimal(*scale))
        }
        FieldType::Money { min, max } => {
            let digits = rules.currency.as_ref().map_or(0, |c| c.digits);
            number(min, max, digits, LineKind::Decimal(digits))
        }
        FieldType::Date { min, max } => {
            let day: Day = data.as_text()?.parse().ok()?;
            let min = min.or_else(|| as_of.add_years(-YEARS)).unwrap_or(Day::MIN);
            let max = max.or_else(|| as_of.add_years(YEARS)).unwrap_or(Day::MAX);
            Some(Domain::Line(Line {
                current: day.number().into(),
                min: min.number().into(),
                max: max.number().into(),
                kind: LineKind::Day,
            }))
        }
        FieldType::Choice { options } => {
            let others = options
                .iter()
                .map(|choice| Data::text(choice.option.clone()));
            Some(Domain::Few(others.filter(|other| other != data).collect()))
        }
        FieldType::Set { options } => {
            let DataOf::List(chosen) = data else {
                return None;
            };
            let chosen: Vec<Data> = chosen.iter().cloned().map(DataOf::into_owned).collect();
            let toggled = options.iter().map(|choice| {
                let option = Data::text(choice.option.clone());
                let mut set = chosen.clone();
                match set.iter().position(|item| *item == option) {
                    Some(position) => {
                        set.remove(position);
                    }
                    None => set.push(option),
                }
                Data::List(set)
            });
            Some(Domain::Few(toggled.collect()))
        }
        FieldType::Text { .. } | FieldType::Duration { .. } | FieldType::DateRange { .. } => None,
    }
}
