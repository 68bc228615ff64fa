//! A case: what an evaluation is given, with the steps that change it.

use counterfoil_engine::{
    Answers, Context,
    answers::{AnswersOf, Data, Entries, Entry},
    date::Day,
};

use super::{form::Form, values::simplest};

/// What an evaluation is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The day of evaluation.
    pub as_of: Day,
    /// What the office knows, by name.
    pub facts: Entries<'static>,
    /// The answers, in the order of the form.
    pub answers: Answers,
}

/// Something in a case that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// The day of evaluation.
    Day,
    /// A fact, by position.
    Fact(usize),
    /// A question, in a record where it belongs to a group.
    Question(usize, Option<usize>),
    /// The number of records of a group.
    Records(usize),
}

impl Case {
    /// A case of that day without answers and facts.
    pub const fn on(as_of: Day) -> Self {
        Self {
            as_of,
            facts: Vec::new(),
            answers: AnswersOf(Vec::new()),
        }
    }

    /// The day and the facts.
    pub fn context(&self) -> Context {
        Context {
            as_of: self.as_of,
            facts: self.facts.clone(),
        }
    }

    /// How many answers and facts it holds; a record counts as one besides what it holds.
    pub fn size(&self) -> usize {
        let answers = self.answers.0.iter().map(|(_, data)| size(data));
        answers.sum::<usize>() + self.facts.len()
    }

    pub(super) fn get(&self, form: &Form<'_>, variable: Variable) -> Option<&Data> {
        match variable {
            Variable::Day | Variable::Records(_) => None,
            Variable::Fact(index) => entry(&self.facts, form.facts[index].id),
            Variable::Question(index, record) => {
                let question = &form.questions[index];
                match (question.group, record) {
                    (Some(group), Some(record)) => {
                        match self.answers.get(form.groups[group].id)? {
                            Data::List(records) => records.get(record)?.get(question.id),
                            _ => None,
                        }
                    }
                    _ => self.answers.get(question.id),
                }
            }
        }
    }

    /// How many records of a group are given.
    pub(super) fn records(&self, form: &Form<'_>, group: usize) -> usize {
        match self.answers.get(form.groups[group].id) {
            Some(Data::List(records)) => records.len(),
            _ => 0,
        }
    }

    /// Puts a value in a place. `Null` leaves the place out; a number of records comes as a number.
    pub(super) fn set(&mut self, form: &Form<'_>, variable: Variable, value: Data) {
        match variable {
            Variable::Day => {
                if let Some(day) = value.as_text().and_then(|day| day.parse().ok()) {
                    self.as_of = day;
                }
            }
            Variable::Fact(index) => put(&mut self.facts, form.facts[index].id, value),
            Variable::Records(group) => {
                if let Data::Number(count) = &value {
                    self.set_records(form, group, count.parse().unwrap_or(0));
                } else {
                    put(&mut self.answers.0, form.groups[group].id, value);
                }
            }
            Variable::Question(index, record) => {
                let question = &form.questions[index];
                match (question.group, record) {
                    (Some(group), Some(record)) => {
                        let id = form.groups[group].id;
                        let list = self.answers.0.iter_mut().find(|(key, _)| key == id);
                        if let Some((_, Data::List(records))) = list
                            && let Some(Data::Record(entries)) = records.get_mut(record)
                        {
                            put(entries, question.id, value);
                            entries.sort_by_key(|(key, _)| form.rank(key, Some(group)));
                        }
                    }
                    _ => put(&mut self.answers.0, question.id, value),
                }
            }
        }
        self.answers.0.sort_by_key(|(key, _)| form.rank(key, None));
        self.facts
            .sort_by_key(|(key, _)| form.facts.iter().position(|fact| fact.id == key));
    }

    fn set_records(&mut self, form: &Form<'_>, group: usize, count: usize) {
        let id = form.groups[group].id;
        let mut records = match entry(&self.answers.0, id) {
            Some(Data::List(records)) => records.clone(),
            _ => Vec::new(),
        };
        // A record more is like the last one, so that what is complete stays so.
        let last = records
            .last()
            .cloned()
            .unwrap_or_else(|| Data::Record(Vec::new()));
        records.resize(count, last);
        put(&mut self.answers.0, id, Data::List(records));
    }

    /// Answers what is missing at a path as simply as can be.
    pub(super) fn fill(&mut self, form: &Form<'_>, path: &str) {
        if let Some(group) = form.groups.iter().position(|group| group.id == path) {
            let count = (form.groups[group].min as usize).max(1);
            self.set_records(form, group, count.max(self.records(form, group)));
            self.answers.0.sort_by_key(|(key, _)| form.rank(key, None));
        } else if let Some((index, record)) = form.question_at(path) {
            let value = simplest(form, form.questions[index].type_, self.as_of);
            self.set(form, Variable::Question(index, record), value);
        }
    }
}

fn size(data: &Data) -> usize {
    match data {
        Data::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Data::Record(entries) => 1 + entries.iter().map(|(_, data)| size(data)).sum::<usize>(),
        _ => 1,
    }
}

fn entry<'a>(entries: &'a [Entry<'static>], key: &str) -> Option<&'a Data> {
    entries
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, data)| data)
}

fn put(entries: &mut Entries<'static>, key: &str, value: Data) {
    if value == Data::Null {
        entries.retain(|(known, _)| known != key);
        return;
    }
    match entries.iter_mut().find(|(known, _)| known == key) {
        Some((_, known)) => *known = value,
        None => entries.push((key.to_owned().into(), value)),
    }
}
