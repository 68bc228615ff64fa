//! Changes of answers drawn from a seed: sound ones, limits, faults, and what is not of the form at all.

use counterfoil_engine::{
    Answers, Session,
    answers::{AnswersOf, Data},
    number::Number,
    plan::{Choice, Field, FieldType, Group, PageContent, Rules},
};

use crate::random::Random;

/// A change of a session's answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Set(String, Data),
    Clear(String),
    Replace(Answers),
}

impl Change {
    /// A change that suits the answers as they are, or does not.
    pub fn draw(rules: &Rules, answers: &Answers, seed: u64) -> Self {
        let random = &mut Random::new(seed);
        let contents: Vec<_> = rules.pages.iter().map(|page| &page.content).collect();
        match random.below(20) {
            0 => Self::Set("no_such_question".to_owned(), odd(random)),
            1 => Self::Clear("no_such_question".to_owned()),
            2 => Self::Replace(other(rules, answers, random)),
            _ => match random.of(&contents) {
                PageContent::Fields(fields) if fields.is_empty() => Self::Replace(answers.clone()),
                PageContent::Fields(fields) => {
                    let field = random.of(fields);
                    match random.below(8) {
                        0 => Self::Clear(field.field.clone()),
                        _ => Self::Set(field.field.clone(), answer(field, random)),
                    }
                }
                PageContent::Group(group) => Self::of_group(group, answers, random),
            },
        }
    }

    fn of_group(group: &Group, answers: &Answers, random: &mut Random) -> Self {
        let id = &group.group;
        let count = match answers.get(id) {
            Some(Data::List(items)) => items.len(),
            _ => 0,
        };
        let record = random.below(count + 1);
        match random.below(10) {
            0 => Self::Set(id.clone(), odd(random)),
            1 => Self::Clear(id.clone()),
            2 => Self::Clear(format!("{id}[{record}]")),
            3 if random.one_in(3) => Self::Set(format!("{id}[{record}]"), odd(random)),
            3 | 4 => Self::Set(format!("{id}[{count}]"), new_record(group, random)),
            5 => Self::Clear(format!("{id}[{record}].{}", random.of(&group.fields).field)),
            6 if random.one_in(3) => {
                let key = random.of(&["$id", "none", "n"]);
                Self::Set(format!("{id}[{record}].{key}"), odd(random))
            }
            _ => {
                let field = random.of(&group.fields);
                Self::Set(
                    format!("{id}[{record}].{}", field.field),
                    answer(field, random),
                )
            }
        }
    }

    /// Makes the change; a path that leads nowhere leaves the answers as they are.
    pub fn apply(self, session: &mut Session<'_>) {
        let before = session.answers().clone();
        let applied = match self {
            Self::Set(path, answer) => session.set(&path, answer),
            Self::Clear(path) => session.clear(&path),
            Self::Replace(answers) => {
                session.replace(answers);
                Ok(())
            }
        };
        if applied.is_err() {
            assert_eq!(*session.answers(), before);
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Set(path, answer) => write!(f, "set {path} to {}", answer.to_json()),
            Self::Clear(path) => write!(f, "clear {path}"),
            Self::Replace(answers) => write!(f, "replace all by {}", answers.to_json()),
        }
    }
}

/// Other answers: some keys twice, some gone, in another order, and one that is new.
fn other(rules: &Rules, answers: &Answers, random: &mut Random) -> Answers {
    let mut entries = answers.0.clone();
    if !entries.is_empty() {
        let twice = random.of(&entries).clone();
        match random.below(4) {
            0 => entries.push((twice.0, odd(random))),
            1 => entries.retain(|(key, _)| *key != twice.0),
            2 => entries.reverse(),
            _ => {}
        }
    }
    for page in &rules.pages {
        let (key, data) = match &page.content {
            PageContent::Fields(fields) => match fields.first() {
                Some(_) => {
                    let field = random.of(fields);
                    (&field.field, answer(field, random))
                }
                None => continue,
            },
            PageContent::Group(group) => {
                let count = random.below(group.max.min(5) as usize + 2);
                let records = (0..count).map(|_| new_record(group, random)).collect();
                (&group.group, Data::List(records))
            }
        };
        if random.one_in(3) {
            entries.retain(|(other, _)| other != key);
            entries.push((key.clone().into(), data));
        }
    }
    AnswersOf(entries)
}

fn new_record(group: &Group, random: &mut Random) -> Data {
    let mut entries = Vec::new();
    for field in &group.fields {
        if !random.one_in(8) {
            entries.push((field.field.clone().into(), answer(field, random)));
        }
    }
    if random.one_in(3) {
        entries.push(("$id".into(), text("é")));
    }
    Data::Record(entries)
}

/// An answer to a question: mostly a sound one, often at a limit.
fn answer(field: &Field, random: &mut Random) -> Data {
    if random.one_in(8) {
        return odd(random);
    }
    let number = |number: Number| Data::number(number.to_string());
    let option = |options: &[Choice], random: &mut Random| match options {
        [] => text("none"),
        options => text(&random.of(options).option),
    };
    match &field.type_ {
        FieldType::Boolean { .. } => Data::Bool(random.one_in(2)),
        FieldType::Integer { min, max }
        | FieldType::Decimal { min, max, .. }
        | FieldType::Money { min, max } => match random.below(8) {
            0 => number(*min),
            1 => number(*max),
            2 => Data::number(format!("{max}9")),
            3 => Data::number("-1"),
            4 => text("12.50"),
            5 => Data::number("3.000"),
            _ => Data::number(random.below(12).to_string()),
        },
        FieldType::Text { .. } => one(
            random,
            &[
                "a",
                "Mill Lane",
                " \u{a0}ﬀ\r\nx ",
                "\u{202e}مرحبا",
                "👩‍👩‍👧",
                "AB12 3CD",
                "a@example.org",
                "",
            ],
        ),
        FieldType::Date { .. } => one(random, DAYS),
        FieldType::Duration { .. } => one(random, &["P1D", "P14D", "P2M", "P3Y", "P999999Y", "P"]),
        FieldType::DateRange { .. } => {
            let (start, end) = (*random.of(DAYS), *random.of(DAYS));
            Data::Record(vec![
                ("start".into(), text(start)),
                ("end".into(), text(end)),
            ])
        }
        FieldType::Choice { options } => option(options, random),
        FieldType::Set { options } => {
            let count = random.below(4);
            Data::List((0..count).map(|_| option(options, random)).collect())
        }
    }
}

const DAYS: &[&str] = &[
    "2026-05-31",
    "2026-06-01",
    "2026-06-30",
    "2026-07-01",
    "2025-12-31",
    "1960-02-29",
    "2026-02-30",
    "2027-12-31",
];

/// Something that suits hardly any question.
fn odd(random: &mut Random) -> Data {
    match random.below(10) {
        0 => Data::Null,
        1 => Data::Bool(true),
        2 => Data::number("-0"),
        3 => Data::number("9".repeat(40)),
        4 => text(""),
        5 => text("\u{0}😀"),
        6 => Data::List(Vec::new()),
        7 => Data::List(vec![Data::Record(Vec::new()), Data::Null]),
        8 => Data::TooDeep,
        _ => Data::Record(vec![
            ("n".into(), Data::number("1")),
            ("n".into(), Data::number("2")),
        ]),
    }
}

fn one(random: &mut Random, texts: &[&str]) -> Data {
    text(random.of::<&str>(texts))
}

fn text(text: &str) -> Data {
    Data::text(text.to_owned())
}
