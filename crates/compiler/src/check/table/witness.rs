//! Parts of a table's inputs in the form's own terms: a date and an amount, not the number of an interval.

use counterfoil_engine::{date::Day, number::Number};

use super::{Column, proof::BLANK};
use crate::{
    proofs::table::{Interval, Region},
    types::{Type, Unit},
};

/// Values of one column that are listed; of further ones it is said that there are some.
const MAX_LISTED: usize = 4;

/// A part of a table's inputs: "zone R1 and use_class industrial". Columns of which all is meant are left
/// out.
pub(super) fn describe(columns: &[Column], region: &Region) -> String {
    let mut list = false;
    let columns = columns.iter().zip(region);
    let parts: Vec<String> = columns
        .filter(|(column, part)| column.domain() != **part)
        .map(|(column, part)| {
            let values = column.values(part);
            list |= values.len() > 1;
            let is = if column.has_labels() { " is" } else { "" };
            format!("{}{is} {}", column.name, any_of(&values))
        })
        .collect();
    match parts.as_slice() {
        [] => "any input at all".to_owned(),
        _ if list => parts.join(", and "),
        _ => parts.join(" and "),
    }
}

/// "a", "a or b", "a, b or c".
fn any_of(values: &[String]) -> String {
    match values {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if values.len() <= MAX_LISTED => {
            format!("{} or {last}", first.join(", "))
        }
        _ => format!("{} or others", values[..MAX_LISTED].join(", ")),
    }
}

impl Column {
    fn has_labels(&self) -> bool {
        match &self.type_ {
            Type::Choice(choice) => {
                let mut options = choice.set.labels.iter().zip(&choice.set.options);
                options.any(|(label, option)| !label.is_empty() && label != option)
            }
            _ => false,
        }
    }

    /// What a part of the column holds: one text for each value or range of values.
    fn values(&self, part: &[Interval]) -> Vec<String> {
        let ordered = matches!(self.type_, Type::Number(_) | Type::Date(_));
        let mut values = Vec::new();
        for interval in part {
            if *interval == BLANK {
                values.push("blank".to_owned());
            } else if ordered && interval.first != interval.last {
                let [first, last] = [interval.first, interval.last].map(|end| self.value(end));
                values.push(format!("{first} to {last}"));
            } else {
                let more = MAX_LISTED + 1;
                let positions = interval.first..=interval.last;
                values.extend(positions.take(more).map(|position| self.value(position)));
            }
        }
        values
    }

    /// One value of the column, from the whole number that stands for it.
    fn value(&self, value: i128) -> String {
        let position = usize::try_from(value).unwrap_or(usize::MAX);
        match &self.type_ {
            Type::Boolean => (value == 1).to_string(),
            Type::Choice(choice) => {
                let option = choice.set.options.get(position).map_or("", String::as_str);
                match choice.set.labels.get(position) {
                    Some(label) if !label.is_empty() && label != option => {
                        format!("“{label}” ({option})")
                    }
                    _ => option.to_owned(),
                }
            }
            Type::Text { .. } => match self.texts.get(position) {
                Some(text) => format!("\"{text}\""),
                None => "any other text".to_owned(),
            },
            Type::Date(_) => i64::try_from(value)
                .ok()
                .and_then(Day::from_number)
                .map_or_else(String::new, |day| day.to_string()),
            Type::Number(number) => {
                let digits = if number.unit == Unit::Money {
                    number.scale
                } else {
                    0
                };
                Number::new(value, number.scale)
                    .map_or_else(String::new, |number| number.to_string_with(digits))
            }
            Type::Quotient(_) | Type::Set(_) | Type::Duration(_) | Type::Range(_) | Type::Error => {
                String::new()
            }
        }
    }
}
