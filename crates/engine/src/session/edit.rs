//! Changes of answers, and which steps they concern.

use std::fmt;

use super::Session;
use crate::{
    answers::{Answers, AnswersOf, Data, DataOf, Entries},
    evaluate::{Evaluation, is_blank},
    program::Key,
};

/// The path leads into a group, but to no record that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathError;

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the path leads to no record of the group: write `streets[0]` or `streets[0].metres`, counted from 0, up to the first that is not there yet")
    }
}

impl std::error::Error for PathError {}

/// What a path names.
#[derive(Clone, Copy)]
enum Target<'t> {
    /// A key of the answers, be it of the form or not.
    Key(&'t str),
    /// A record of a group.
    Record(usize, usize),
    /// A key of a record.
    Entry(usize, usize, &'t str),
}

impl Session<'_> {
    /// Puts an answer at a path: a question's, as `stalls` or `streets[0].metres`, a whole group's, as
    /// `streets`, or a record's, as `streets[0]`. The first record that is not there yet is added. Any other
    /// text is a key that the form does not know, which the report says.
    ///
    /// # Errors
    /// Where the path leads into a group, but to no record.
    pub fn set(&mut self, path: &str, answer: Data) -> Result<(), PathError> {
        match self.target(path)? {
            Target::Key(key) => self.change_key(key, Some(answer)),
            Target::Record(group, record) => {
                let Some(items) = records(&mut self.evaluation, group)? else {
                    if record > 0 {
                        return Err(PathError);
                    }
                    let id = &self.evaluation.program.groups[group].id;
                    self.change_key(id, Some(Data::List(vec![answer])));
                    return Ok(());
                };
                let count = items.len();
                match items.get_mut(record) {
                    Some(item) => *item = answer,
                    None if record == count => items.push(answer),
                    None => return Err(PathError),
                }
                self.mark(self.graph.groups[group]);
            }
            Target::Entry(group, record, key) => self.set_entry(group, record, key, answer)?,
        }
        Ok(())
    }

    /// Takes the answer away that stands at a path, as [`Session::set`] has it, or a record; those behind it
    /// move up.
    ///
    /// # Errors
    /// Where the path leads into a group, but to no record.
    pub fn clear(&mut self, path: &str) -> Result<(), PathError> {
        match self.target(path)? {
            Target::Key(key) => self.change_key(key, None),
            Target::Record(group, record) => {
                let items = records(&mut self.evaluation, group)?.ok_or(PathError)?;
                if record >= items.len() {
                    return Err(PathError);
                }
                items.remove(record);
                self.mark(self.graph.groups[group]);
            }
            Target::Entry(group, record, key) => {
                let entries = entries(&mut self.evaluation, group, record)?;
                entries.retain(|(other, _)| other != key);
                self.mark(self.graph.groups[group]);
            }
        }
        Ok(())
    }

    /// Puts other answers in place of all that there are. What is the same in both is not worked out again.
    pub fn replace(&mut self, answers: Answers) {
        let evaluation = &mut self.evaluation;
        let fields = evaluation.sent_fields.clone();
        let groups = evaluation.sent_groups.clone();
        let before = std::mem::replace(evaluation.answers.to_mut(), answers);
        // Mostly a page hands over the same keys: then everything stands where it stood.
        if !same_keys(&before, evaluation.answers.get()) {
            evaluation.refused.forget(0);
            evaluation.sort_answers();
        }
        self.is_stale = true;

        let mut marks = Vec::new();
        let evaluation = &self.evaluation;
        let sent = |answers, place: Option<usize>| place.map(|place| data(answers, place));
        for (field, place) in fields.into_iter().enumerate() {
            let new = sent(evaluation.answers.get(), evaluation.sent_fields[field]);
            if sent(&before, place) != new {
                marks.push(self.graph.fields[field]);
            }
        }
        for (group, place) in groups.into_iter().enumerate() {
            let new = sent(evaluation.answers.get(), evaluation.sent_groups[group]);
            self.mark_group(group, sent(&before, place), new, &mut marks);
        }
        for part in marks {
            self.mark(part);
        }
    }

    fn target<'t>(&self, path: &'t str) -> Result<Target<'t>, PathError> {
        let program = self.evaluation.program;
        let group = path
            .split_once('[')
            .and_then(|(id, rest)| Some((program.keys.get(id)?, rest)));
        let Some((Key::Group(group), rest)) = group else {
            return Ok(Target::Key(path));
        };
        let (position, rest) = rest.split_once(']').ok_or(PathError)?;
        let position = position.parse().map_err(|_| PathError)?;
        match rest.strip_prefix('.') {
            Some(key) => Ok(Target::Entry(*group, position, key)),
            None if rest.is_empty() => Ok(Target::Record(*group, position)),
            None => Err(PathError),
        }
    }

    fn change_key(&mut self, key: &str, answer: Option<Data>) {
        let evaluation = &mut self.evaluation;
        let place = match evaluation.program.keys.get(key) {
            // Keys that are refused may be among the known ones too, a second time.
            _ if evaluation.refused.has(0) => None,
            Some(Key::Field(field)) => Some((
                &mut evaluation.sent_fields[*field],
                self.graph.fields[*field],
            )),
            Some(Key::Group(group)) => Some((
                &mut evaluation.sent_groups[*group],
                self.graph.groups[*group],
            )),
            _ => None,
        };
        let answers = &mut evaluation.answers.to_mut().0;
        match (place, answer) {
            (Some((place, part)), Some(answer)) => {
                match *place {
                    Some(position) => answers[position].1 = answer,
                    None => {
                        *place = Some(answers.len());
                        answers.push((key.to_owned().into(), answer));
                    }
                }
                self.mark(part);
            }
            (Some((place, part)), None) => {
                let Some(gone) = place.take() else { return };
                answers.remove(gone);
                let fields = evaluation.sent_fields.iter_mut();
                for place in fields.chain(&mut evaluation.sent_groups).flatten() {
                    *place -= usize::from(*place > gone);
                }
                self.mark(part);
            }
            (None, answer) => {
                let mut answers = self.answers().clone();
                let first = answers.0.iter().position(|(other, _)| other == key);
                answers.0.retain(|(other, _)| other != key);
                if let Some(answer) = answer {
                    let place = first.unwrap_or(answers.0.len());
                    answers.0.insert(place, (key.to_owned().into(), answer));
                }
                self.replace(answers);
            }
        }
    }

    fn set_entry(
        &mut self,
        group: usize,
        record: usize,
        key: &str,
        answer: Data,
    ) -> Result<(), PathError> {
        let entries = entries(&mut self.evaluation, group, record)?;
        let count = entries.len();
        let position = match entries.iter().position(|(other, _)| other == key) {
            Some(position) => {
                entries[position].1 = answer;
                let mut seen = false;
                entries.retain(|(other, _)| other != key || !std::mem::replace(&mut seen, true));
                position
            }
            None => {
                entries.push((key.to_owned().into(), answer));
                count
            }
        };
        // Whether all else of the record stands where it stood.
        let in_place = entries.len() == count.max(position + 1);
        let node = &self.evaluation.program.groups[group];
        let known = self.evaluation.groups[group].records.get_mut(record);
        let part = match (node.keys.get(key), known) {
            (Some(Key::Field(field)), Some(known)) if in_place && known.fault.is_none() => {
                known.sent[field - node.fields.start] = Some(position);
                self.graph.fields[*field]
            }
            _ => self.graph.groups[group],
        };
        self.mark(part);
        Ok(())
    }

    /// Marks what a group's other answers concern: single fields, where its records are the same but for
    /// their answers.
    fn mark_group(
        &self,
        group: usize,
        before: Option<&DataOf<'_>>,
        after: Option<&DataOf<'_>>,
        marks: &mut Vec<usize>,
    ) {
        if before == after {
            return;
        }
        let whole = self.graph.groups[group];
        let node = &self.evaluation.program.groups[group];
        let (Some(DataOf::List(before)), Some(DataOf::List(after))) = (before, after) else {
            marks.push(whole);
            return;
        };
        let known = self.evaluation.groups[group].records.len();
        if before.len() != after.len() || known != after.len() {
            marks.push(whole);
            return;
        }
        for (before, after) in before.iter().zip(after) {
            if before == after {
                continue;
            }
            let (DataOf::Record(before), DataOf::Record(after)) = (before, after) else {
                marks.push(whole);
                return;
            };
            if before.len() != after.len() {
                marks.push(whole);
                return;
            }
            for ((old_key, old), (key, new)) in before.iter().zip(after) {
                match node.keys.get(key) {
                    _ if old_key != key => marks.push(whole),
                    _ if old == new => {}
                    Some(Key::Field(field)) => marks.push(self.graph.fields[*field]),
                    _ => marks.push(whole),
                }
            }
        }
    }
}

/// Whether the same keys stand in the same order.
fn same_keys(before: &AnswersOf<'_>, after: &AnswersOf<'_>) -> bool {
    let mut pairs = before.0.iter().zip(&after.0);
    before.0.len() == after.0.len() && pairs.all(|((old, _), (new, _))| old == new)
}

fn data<'s, 'a>(answers: &'s AnswersOf<'a>, place: usize) -> &'s DataOf<'a> {
    &answers.0[place].1
}

/// The records that were sent for a group; none where it was left blank.
fn records<'e>(
    evaluation: &'e mut Evaluation<'_>,
    group: usize,
) -> Result<Option<&'e mut Vec<Data>>, PathError> {
    let Some(place) = evaluation.sent_groups[group] else {
        return Ok(None);
    };
    match &mut evaluation.answers.to_mut().0[place].1 {
        Data::List(items) => Ok(Some(items)),
        data if is_blank(data) => Ok(None),
        _ => Err(PathError),
    }
}

/// The entries of a record.
fn entries<'e>(
    evaluation: &'e mut Evaluation<'_>,
    group: usize,
    record: usize,
) -> Result<&'e mut Entries<'static>, PathError> {
    match records(evaluation, group)?.and_then(|items| items.get_mut(record)) {
        Some(Data::Record(entries)) => Ok(entries),
        _ => Err(PathError),
    }
}
