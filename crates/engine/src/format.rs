//! Writes values out as a locale does, from the patterns that the compiler put into the plan.

use crate::{
    answers::DataOf,
    date::{DateRange, Day, Duration, DurationUnit},
    plan::{Param, Texts, Type},
    report::RecordOf,
};

impl Texts {
    /// The text of that key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of that key, or the key itself where a plan lacks it.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// The template of that key with its placeholders filled in.
    pub fn fill(&self, key: &str, value: impl Fn(&str) -> Option<String>) -> String {
        fill(self.text(key), value)
    }

    /// The key of the form of a text that goes with the number in it: `check.room.one` for
    /// `check.room`, where `check.room.number` names the parameter that counts. A text without forms, and
    /// one whose number is not determined, goes by its own key.
    pub fn in_number(&self, key: &str, values: &RecordOf<'_>) -> String {
        let counts = self.get(&format!("{key}.number"));
        let number = counts.and_then(|name| match values.get(name)? {
            DataOf::Number(text) | DataOf::Text(text) => text.trim_start_matches('-').parse().ok(),
            _ => None,
        });
        let form = number.map(|number| format!("{key}.{}", plural_form(self, number)));
        form.filter(|form| self.get(form).is_some())
            .unwrap_or_else(|| key.to_owned())
    }

    /// What a check or rule says, its placeholders written out by their types; `…` stands for what is
    /// not determined.
    pub fn say(&self, key: &str, params: &[Param], values: &RecordOf<'_>) -> String {
        self.fill(&self.in_number(key, values), |name| {
            let param = params.iter().find(|param| param.name == name);
            let type_ = param.map_or(&Type::Text, |param| &param.type_);
            Some(
                values
                    .get(name)
                    .map_or_else(|| "…".to_owned(), |data| value(self, data, type_)),
            )
        })
    }
}

/// Fills in a template: `{name}` is replaced, `{{` and `}}` are braces, an unknown name stays.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(position) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(position);
        text.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            text.push_str(&from[..1]);
            rest = &from[2..];
            continue;
        }
        match from.find('}').filter(|_| from.starts_with('{')) {
            Some(end) => {
                match value(&from[1..end]) {
                    Some(found) => text.push_str(&found),
                    None => text.push_str(&from[..=end]),
                }
                rest = &from[end + 1..];
            }
            None => {
                text.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// A decimal number such as `-1234.50`, with the locale's marks.
pub fn number(texts: &Texts, decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push_str(&texts.formats.group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push_str(&texts.formats.decimal);
        text.push_str(fraction);
    }
    text
}

/// An amount such as `-1234.50`, in the form's currency.
pub fn money(texts: &Texts, amount: &str) -> String {
    let (sign, magnitude) = match amount.strip_prefix('-') {
        Some(magnitude) => ("-", magnitude),
        None => ("", amount),
    };
    let written = number(texts, magnitude);
    format!("{sign}{}", texts.formats.money.replace("{n}", &written))
}

/// A day, with the month's name.
pub fn date(texts: &Texts, day: Day) -> String {
    let (year, month, day) = day.ymd();
    let name = texts.formats.months.get(usize::from(month) - 1);
    fill(&texts.formats.date, |part| match part {
        "d" => Some(day.to_string()),
        "m" => Some(name.map_or_else(|| month.to_string(), Clone::clone)),
        "y" => Some(year.to_string()),
        _ => None,
    })
}

/// A duration: in its unit, where it is a whole number of that, or else in years, months and days.
pub fn duration(texts: &Texts, duration: Duration, unit: Option<DurationUnit>) -> String {
    if let Some(unit) = unit
        && let Some(count) = duration.count_in(unit)
    {
        return counted(texts, unit, count);
    }
    let (months, days) = (duration.months(), duration.days());
    let parts = [
        (DurationUnit::Years, months / 12),
        (DurationUnit::Months, months % 12),
        (DurationUnit::Days, days),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(_, count)| *count != 0)
        .map(|(unit, count)| counted(texts, unit, count))
        .collect();
    if parts.is_empty() {
        counted(texts, DurationUnit::Days, 0)
    } else {
        list(texts, &parts)
    }
}

/// The form of a word that goes with a whole number.
fn plural_form(texts: &Texts, number: u64) -> &str {
    let rules = &texts.formats.plurals;
    match rules.iter().find(|rule| rule.fits(number)) {
        Some(rule) => &rule.form,
        None if !rules.is_empty() => "other",
        None => match number {
            1 => "one",
            2 => "two",
            _ => "other",
        },
    }
}

/// A number of days, weeks, months or years, in the form of the word that goes with the number.
fn counted(texts: &Texts, unit: DurationUnit, count: i64) -> String {
    let key = |form: &str| format!("duration.{}.{form}", unit.name());
    let own = key(plural_form(texts, count.unsigned_abs()));
    // Languages need not have a word for every form.
    let key = if texts.get(&own).is_some() {
        own
    } else {
        key("other")
    };
    texts.fill(&key, |name| {
        (name == "n").then(|| number(texts, &count.to_string()))
    })
}

/// A range of days.
pub fn range(texts: &Texts, range: DateRange) -> String {
    texts.fill("duration.range", |name| match name {
        "start" => Some(date(texts, range.start)),
        "end" => Some(date(texts, range.end)),
        _ => None,
    })
}

/// Several items as a list in a sentence.
pub fn list(texts: &Texts, items: &[String]) -> String {
    let (between, last) = &texts.formats.list;
    match items {
        [] => String::new(),
        [item] => item.clone(),
        [first @ .., item] => format!("{}{last}{item}", first.join(between)),
    }
}

/// A value of a report or of its messages' parameters.
pub fn value(texts: &Texts, data: &DataOf<'_>, type_: &Type) -> String {
    let option = |labels: &str, id: &str| {
        texts
            .get(&format!("{labels}.option.{id}"))
            .unwrap_or(id)
            .to_owned()
    };
    match (type_, data) {
        (Type::Boolean, DataOf::Bool(true)) => texts.text("ui.yes").to_owned(),
        (Type::Boolean, DataOf::Bool(false)) => texts.text("ui.no").to_owned(),
        (Type::Money, DataOf::Text(amount)) => money(texts, amount),
        (Type::Integer | Type::Decimal, DataOf::Text(text) | DataOf::Number(text)) => {
            number(texts, text)
        }
        (Type::Date, DataOf::Text(text)) => match text.parse() {
            Ok(day) => date(texts, day),
            Err(_) => text.to_string(),
        },
        (Type::Duration { unit }, DataOf::Text(text)) => match Duration::parse_signed(text) {
            Some(length) => duration(texts, length, *unit),
            None => text.to_string(),
        },
        (Type::DateRange, data @ DataOf::Record(_)) => {
            let end = |part: &str| data.get(part)?.as_text()?.parse().ok();
            match (end("start"), end("end")) {
                (Some(start), Some(end)) => range(texts, DateRange { start, end }),
                _ => String::new(),
            }
        }
        (Type::Choice { labels }, DataOf::Text(id)) => option(labels, id),
        (Type::Set { labels }, DataOf::List(items)) => {
            let labels: Vec<_> = items
                .iter()
                .filter_map(DataOf::as_text)
                .map(|id| option(labels, id))
                .collect();
            list(texts, &labels)
        }
        (_, DataOf::Text(text) | DataOf::Number(text)) => text.to_string(),
        _ => String::new(),
    }
}
