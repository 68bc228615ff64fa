//! Where the answers to each question stand among those that were sent.

use std::borrow::Cow;

use super::{
    reading::{Sent, type_fault},
    run::{Asked, Evaluation, RecordAt, RecordState},
    state::State,
};
use crate::{
    answers::{AnswersOf, DataOf},
    program::Key,
};

impl<'a> Evaluation<'a> {
    /// Finds for each field and group its place among the answers; notes keys that have no place.
    pub fn sort_answers(&mut self) {
        let program = self.program;
        self.sent_fields = vec![None; program.fields.len()];
        self.sent_groups = vec![None; program.groups.len()];
        let mut next = 0;
        for (position, (key, _)) in self.answers.get().0.iter().enumerate() {
            let place = match program.keys.next(key, &mut next) {
                Some(Key::Field(field)) => &mut self.sent_fields[*field],
                Some(Key::Group(group)) => &mut self.sent_groups[*group],
                other => {
                    self.refused.add(0, (shown_key(key), refusal(other)));
                    continue;
                }
            };
            if place.is_some() {
                self.refused.add(0, (shown_key(key), "duplicate"));
            } else {
                *place = Some(position);
            }
        }
    }

    /// What was sent for a field.
    pub fn sent(&self, field: usize, at: Option<RecordAt>) -> Option<Sent<'_, 'a>> {
        match self.answers.lent {
            Some(answers) => self.sent_among(answers, field, at).map(Sent::Lasting),
            None => self
                .sent_among(self.answers.get(), field, at)
                .map(Sent::Passing),
        }
    }

    fn sent_among<'s>(
        &self,
        answers: &'s AnswersOf<'a>,
        field: usize,
        at: Option<RecordAt>,
    ) -> Option<&'s DataOf<'a>> {
        let Some(at) = at else {
            return Some(&answers.0[self.sent_fields[field]?].1);
        };
        let offset = field - self.program.groups[at.group].fields.start;
        let position = self.groups[at.group].records[at.record].sent[offset]?;
        entry(answers, (self.sent_groups[at.group]?, at.record, position))
    }

    /// The `$id` of a record, where it is a text.
    pub fn record_id(&self, at: RecordAt) -> Option<Cow<'a, str>> {
        let position = self.groups[at.group].records[at.record].id?;
        let sent = self.sent_groups[at.group]?;
        let place = (sent, at.record, position);
        Some(match self.answers.lent {
            Some(answers) => Cow::Borrowed(entry(answers, place)?.as_text()?),
            None => {
                let id = entry(self.answers.get(), place)?.as_text()?;
                Cow::Owned(id.to_owned())
            }
        })
    }

    /// A record as it was sent. What its place held is kept until it is worked out anew.
    pub fn record(
        &self,
        group: usize,
        item: &DataOf<'_>,
        before: Option<RecordState<'a>>,
    ) -> RecordState<'a> {
        let node = &self.program.groups[group];
        let before = before.filter(|record| record.fault.is_none());
        let (slots, asked) = match (item, before) {
            (DataOf::Record(_), Some(before)) => (before.slots, before.asked),
            _ => (
                vec![State::Pending; node.slots.len()],
                vec![Asked::default(); node.fields.len()],
            ),
        };
        let mut record = RecordState {
            slots,
            asked,
            sent: vec![None; node.fields.len()],
            id: None,
            fault: None,
        };
        match item {
            DataOf::Record(entries) => {
                let mut next = 0;
                for (position, (key, _)) in entries.iter().enumerate() {
                    if let Some(Key::Field(field)) = node.keys.next(key, &mut next) {
                        record.sent[field - node.fields.start].get_or_insert(position);
                    } else if key == "$id" {
                        record.id = Some(position);
                    }
                }
            }
            _ => record.fault = Some(Box::new(type_fault("record"))),
        }
        record
    }

    /// Notes keys of a record that have no place.
    pub fn refuse_keys(&mut self, group: usize, position: usize, item: &DataOf<'_>) {
        let DataOf::Record(entries) = item else {
            return;
        };
        let node = &self.program.groups[group];
        let mut seen = vec![false; node.fields.len()];
        let mut next = 0;
        for (key, data) in entries {
            let code = match node.keys.next(key, &mut next) {
                Some(Key::Field(field)) => {
                    if !std::mem::replace(&mut seen[field - node.fields.start], true) {
                        continue;
                    }
                    "duplicate"
                }
                None if key == "$id" => match data {
                    DataOf::Text(_) => continue,
                    _ => "type",
                },
                other => refusal(other),
            };
            let path = format!("{}[{position}].{}", node.id, shown_key(key));
            self.refused.add(self.at, (path, code));
        }
    }
}

/// An entry of a record in the list that was sent for a group: positions of the list, record and entry.
fn entry<'s, 'a>(
    answers: &'s AnswersOf<'a>,
    (sent, record, position): (usize, usize, usize),
) -> Option<&'s DataOf<'a>> {
    let (_, DataOf::List(items)) = answers.0.get(sent)? else {
        return None;
    };
    let DataOf::Record(entries) = items.get(record)? else {
        return None;
    };
    Some(&entries.get(position)?.1)
}

fn refusal(key: Option<&Key>) -> &'static str {
    match key {
        Some(Key::Value) => "computed",
        Some(Key::Fact) => "fact",
        _ => "unknown",
    }
}

/// A foreign key as a report shows it: a key can be as long as its sender likes.
pub(super) fn shown_key(key: &str) -> String {
    const LONGEST: usize = 100;
    match key.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &key[..end]),
        None => key.to_owned(),
    }
}
