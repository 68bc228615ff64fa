//! What people typed: the pairs that a draft keeps, as an HTML form posts them.
//!
//! Nothing is read from a text here; that is the engine's `input::from_text`. Pairs are sorted by the
//! question that they belong to, renumbered when a record goes, and written from answers that the
//! engine has already understood.

use counterfoil_engine::{
    Answers, Plan,
    answers::Data,
    date::{Day, Duration},
    input::from_text,
    number::Number,
    plan::{Field, FieldType, Group, Page, PageContent},
};

/// Name–value pairs in the order in which they were posted.
pub type Pairs = Vec<(String, String)>;

/// Whether a control of that name asks the question at that path.
fn asks(name: &str, path: &str, field: &Field) -> bool {
    match name.strip_prefix(path) {
        Some("") => true,
        Some(part) => match field.type_ {
            FieldType::Date { .. } => is_date_part(part),
            FieldType::DateRange { .. } => {
                let end = [".start", ".end"]
                    .iter()
                    .find_map(|end| part.strip_prefix(end));
                end.is_some_and(|rest| rest.is_empty() || is_date_part(rest))
            }
            _ => false,
        },
        None => false,
    }
}

fn is_date_part(part: &str) -> bool {
    matches!(part, ".day" | ".month" | ".year")
}

/// Replaces what was typed for the questions at these paths by what was posted for them. What else
/// was posted is left out.
pub fn replace(typed: &mut Pairs, posted: &[(String, String)], places: &[(String, &Field)]) {
    let belongs = |name: &str| places.iter().any(|(path, field)| asks(name, path, field));
    typed.retain(|(name, _)| !belongs(name));
    typed.extend(posted.iter().filter(|(name, _)| belongs(name)).cloned());
}

/// Whether anything but blanks was posted for a question.
pub fn is_answered(posted: &[(String, String)], path: &str, field: &Field) -> bool {
    posted
        .iter()
        .any(|(name, value)| asks(name, path, field) && !value.trim().is_empty())
}

/// The record number in a name of a group's control, and the rest of the name.
fn in_record<'a>(name: &'a str, group: &str) -> Option<(usize, &'a str)> {
    let (number, rest) = name
        .strip_prefix(group)?
        .strip_prefix('[')?
        .split_once("].")?;
    Some((number.parse().ok()?, rest))
}

/// How many records of a group the pairs have; their numbers run from 0 without gaps.
pub fn records(typed: &[(String, String)], group: &str) -> usize {
    crate::pairs::record_count(typed, group)
}

/// A number that people count from 1, counted from 0.
pub fn from_one(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

/// Makes sure that a record is there even if nothing was posted for any of its questions, as happens
/// when all of them are choices and none was made.
pub fn keep_record(typed: &mut Pairs, group: &Group, record: usize) {
    let present = typed
        .iter()
        .any(|(name, _)| in_record(name, &group.group).is_some_and(|(number, _)| number == record));
    if let (false, Some(field)) = (present, group.fields.first()) {
        typed.push((
            format!("{}[{record}].{}", group.group, field.field),
            String::new(),
        ));
    }
}

/// Takes note that a page was sent, even if nothing was posted for any of its questions, as happens when
/// all of them are choices and none was made.
pub fn keep_page(typed: &mut Pairs, fields: &[Field]) {
    if let (false, Some(field)) = (any_answered(typed, fields), fields.first()) {
        typed.push((field.field.clone(), String::new()));
    }
}

/// Whether a page was sent, be it with blanks alone.
pub(super) fn answered(typed: &[(String, String)], page: &Page) -> bool {
    match &page.content {
        PageContent::Fields(fields) => any_answered(typed, fields),
        PageContent::Group(group) => {
            let mut typed = typed.iter();
            typed.any(|(name, _)| crate::pairs::belongs(name, &group.group))
        }
    }
}

/// Whether anything was posted for any of some questions, be it a blank.
fn any_answered(typed: &[(String, String)], fields: &[Field]) -> bool {
    typed.iter().any(|(name, _)| {
        let mut fields = fields.iter();
        fields.any(|field| asks(name, &field.field, field))
    })
}

/// Takes note that a list which may be empty was left so: that is its answer.
pub fn keep_list(typed: &mut Pairs, group: &Group) {
    if group.min == 0 && !typed.iter().any(|(name, _)| *name == group.group) {
        typed.push((group.group.clone(), String::new()));
    }
}

/// Takes a record out and moves those after it up.
pub fn remove_record(typed: &mut Pairs, group: &str, record: usize) {
    let pairs = std::mem::take(typed);
    typed.extend(
        pairs
            .into_iter()
            .filter_map(|(name, value)| match in_record(&name, group) {
                Some((number, _)) if number == record => None,
                Some((number, rest)) if number > record => {
                    Some((format!("{group}[{}].{rest}", number - 1), value))
                }
                _ => Some((name, value)),
            }),
    );
}

/// Answers as a person would have typed them in a language.
pub fn from_answers(plan: &Plan, locale: &str, answers: &Answers) -> Pairs {
    let mark = plan.texts_or_default(locale).formats.decimal.as_str();
    let mut typed = Pairs::new();
    for (name, data) in &answers.0 {
        write(&mut typed, name, data, mark);
    }
    // Amounts may come as texts, so that none of their digits is lost.
    for (name, value) in &mut typed {
        if asks_number(plan, name) && value.parse::<Number>().is_ok() {
            *value = value.replace('.', mark);
        }
    }
    typed
}

/// Whether a control of that name asks a number.
fn asks_number(plan: &Plan, name: &str) -> bool {
    let is_number = |field: &Field| {
        matches!(
            field.type_,
            FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Money { .. }
        )
    };
    plan.rules().pages.iter().any(|page| match &page.content {
        PageContent::Fields(fields) => fields
            .iter()
            .any(|field| field.field == name && is_number(field)),
        PageContent::Group(group) => in_record(name, &group.group).is_some_and(|(_, rest)| {
            let mut fields = group.fields.iter();
            fields.any(|field| field.field == rest && is_number(field))
        }),
    })
}

fn write(typed: &mut Pairs, name: &str, data: &Data, mark: &str) {
    match data {
        Data::Null | Data::TooDeep => {}
        Data::Bool(value) => typed.push((name.to_owned(), value.to_string())),
        Data::Number(number) => typed.push((name.to_owned(), number.replace('.', mark))),
        Data::Text(text) => typed.push((name.to_owned(), text.to_string())),
        Data::List(items) if items.is_empty() => typed.push((name.to_owned(), String::new())),
        Data::List(items) => {
            for (index, item) in items.iter().enumerate() {
                match item {
                    Data::Record(entries) => {
                        for (key, value) in entries {
                            write(typed, &format!("{name}[{index}].{key}"), value, mark);
                        }
                    }
                    // The options of a set repeat its name.
                    option => write(typed, name, option, mark),
                }
            }
        }
        // The ends of a range.
        Data::Record(entries) => {
            for (key, value) in entries {
                write(typed, &format!("{name}.{key}"), value, mark);
            }
        }
    }
}

/// The pairs rewritten for a page in another language, so that `12.5` typed on an English page never
/// means 125 on a Spanish one. Numbers and days that were understood are written anew; everything
/// else stays as it was typed.
pub fn in_language(plan: &Plan, from: &str, to: &str, typed: &[(String, String)]) -> Pairs {
    let mark = plan.texts_or_default(to).formats.decimal.as_str();
    let answers = from_text(plan, from, typed);
    let mut rewritten = Pairs::new();
    for (name, value) in typed {
        let path = [".day", ".month", ".year"]
            .iter()
            .find_map(|part| name.strip_suffix(part))
            .unwrap_or(name);
        match at(&answers, path) {
            Some(Data::Number(number)) => rewritten.push((name.clone(), number.replace('.', mark))),
            Some(Data::Text(day)) if day.parse::<Day>().is_ok() => {
                // Three parts become one text, once.
                if !rewritten.iter().any(|(name, _)| name == path) {
                    rewritten.push((path.to_owned(), day.to_string()));
                }
            }
            // `1.000` days on one page are not so many on another.
            Some(Data::Text(text)) if Duration::parse(text).is_ok() => {
                rewritten.push((name.clone(), text.to_string()));
            }
            _ => rewritten.push((name.clone(), value.clone())),
        }
    }
    rewritten
}

/// The answer at a path such as `streets[0].metres`, or the end of a range such as `stay.start`.
fn at<'a>(answers: &'a Answers, path: &str) -> Option<&'a Data> {
    let (record, rest) = match path.split_once('[') {
        None => (None, path),
        Some((group, rest)) => {
            let (number, rest) = rest.split_once("].")?;
            let Data::List(records) = answers.get(group)? else {
                return None;
            };
            (Some(records.get(number.parse::<usize>().ok()?)?), rest)
        }
    };
    let (field, end) = match rest.split_once('.') {
        Some((field, end)) => (field, Some(end)),
        None => (rest, None),
    };
    let answer = match record {
        Some(record) => record.get(field),
        None => answers.get(field),
    };
    match end {
        Some(end) => answer?.get(end),
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use counterfoil_compiler::{Files, compile};
    use counterfoil_engine::{Answers, Plan, input::from_text};

    use super::{from_answers, in_language};

    const FORM: &str = "form: stay
title: A stay
timezone: Europe/Madrid
languages: [es, en]
pages:
  - page: stays
    title: Stays
    group: stays
    max: 3
    fields:
      - field: nights
        type: date_range
        label: Nights
      - field: notice
        type: duration
        unit: days
        max: 5000
        label: Notice
";

    #[test]
    fn ranges_and_durations_are_typed_and_taken_to_another_language() {
        let files = Files::in_memory([("form.yaml", FORM)]);
        let plan = compile(&files).plan.expect("the form is sound");
        let plan = Plan::load(plan).expect("a compiled plan loads");
        let text =
            r#"{"stays":[{"nights":{"start":"2026-05-01","end":"2026-05-04"},"notice":"P1000D"}]}"#;
        let answers = Answers::from_json(text).expect("answers");
        let typed = from_answers(&plan, "es", &answers);
        assert_eq!(from_text(&plan, "es", &typed), answers);

        let by_hand: Vec<(String, String)> = [
            ("stays[0].nights.start.day", "1"),
            ("stays[0].nights.start.month", "mayo"),
            ("stays[0].nights.start.year", "2026"),
            ("stays[0].nights.end", "4/5/2026"),
            ("stays[0].notice", "1.000"),
        ]
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        assert_eq!(from_text(&plan, "es", &by_hand), answers);
        let english = in_language(&plan, "es", "en", &by_hand);
        assert_eq!(from_text(&plan, "en", &english), answers);
        assert_eq!(english.len(), 3, "{english:?}");
    }

    #[test]
    fn amounts_written_as_texts_are_typed_as_a_language_writes_them() {
        let form = FORM
            .replace("timezone:", "currency: EUR\ntimezone:")
            .replace(
                "type: date_range\n        label: Nights",
                "type: money\n        label: Price",
            );
        let files = Files::in_memory([("form.yaml", form.as_str())]);
        let plan = compile(&files).plan.expect("the form is sound");
        let plan = Plan::load(plan).expect("a compiled plan loads");
        let text = r#"{"stays":[{"nights":"1000.5","notice":"P3D"}]}"#;
        let answers = Answers::from_json(text).expect("answers");
        let typed = from_answers(&plan, "es", &answers);
        assert_eq!(typed[0].1, "1000,5");
        let read = from_text(&plan, "es", &typed).to_json();
        assert_eq!(read, r#"{"stays":[{"nights":1000.5,"notice":"P3D"}]}"#);
    }
}
