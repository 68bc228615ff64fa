//! What comes of a step that was sent.

use counterfoil_engine::{
    evaluate::EvaluateError,
    plan::{Field, Group, PageContent},
};

use super::{Journey, Outcome, Pairs, typed};
use crate::{path::in_record, view::control};

/// What comes of a step that was sent.
#[derive(Clone, Debug)]
pub enum Taken {
    /// Nothing is wrong with it; the address that follows.
    Next(String),
    /// It is to be drawn again.
    Again(Box<Again>),
}

/// Why a step is drawn again.
#[derive(Clone, Debug)]
pub struct Again {
    /// What the answers come to now.
    pub outcome: Outcome,
    /// Whether anything is wrong or missing.
    pub wrong: bool,
    /// Paths that came to be asked through what was sent. They are pointed out, not called wrong.
    pub new: Vec<String>,
}

impl Journey<'_> {
    /// Takes what was sent of a page of questions, of a group's list of records, or of one record,
    /// counted from 0, and keeps it in `typed`. `None` where the form has no such step.
    ///
    /// # Errors
    /// Where the form is not in force on the day; what was typed is kept nevertheless.
    pub fn take(
        &self,
        typed: &mut Pairs,
        page: &str,
        record: Option<usize>,
        sent: &[(String, String)],
    ) -> Result<Option<Taken>, EvaluateError> {
        let Some(asked) = self.page(page) else {
            return Ok(None);
        };
        let taken = match (&asked.content, record) {
            (PageContent::Fields(fields), None) => {
                let places: Vec<_> = fields
                    .iter()
                    .map(|field| (field.field.clone(), field))
                    .collect();
                let keep = |typed: &mut Pairs| typed::keep_page(typed, fields);
                self.answer(typed, &places, sent, keep)?
                    .or_after(|outcome| self.after(outcome, page))
            }
            (PageContent::Fields(_), Some(_)) => return Ok(None),
            (PageContent::Group(group), None) => self.list_sent(typed, page, group, sent)?,
            (PageContent::Group(group), Some(record)) => {
                if self.open_record(typed, page, record).is_none() {
                    return Ok(None);
                }
                let places: Vec<_> = group
                    .fields
                    .iter()
                    .map(|field| (in_record(&group.group, record, &field.field), field))
                    .collect();
                typed::keep_record(typed, group, record);
                let keep = |typed: &mut Pairs| typed::keep_record(typed, group, record);
                self.answer(typed, &places, sent, keep)?
                    .or_after(|_| self.list(page))
            }
        };
        Ok(Some(taken))
    }

    /// Keeps what was sent for some questions. They are drawn again where something is wrong with them,
    /// or where the answers have brought up questions among them that were not there before.
    fn answer(
        &self,
        typed: &mut Pairs,
        places: &[(String, &Field)],
        sent: &[(String, String)],
        keep: impl FnOnce(&mut Pairs),
    ) -> Result<Answered, EvaluateError> {
        let before = self.outcome(typed);
        typed::replace(typed, sent, places);
        keep(typed);
        let hidden_before = before?.hidden;
        let outcome = self.outcome(typed)?;
        let shown = places
            .iter()
            .filter(|(path, _)| !outcome.hidden.contains(path));
        let (new, old): (Vec<_>, Vec<_>) = shown.partition(|(path, field)| {
            hidden_before.contains(path) && !typed::is_answered(sent, path, field)
        });
        Ok(Answered {
            wrong: old.iter().any(|(path, _)| outcome.has_finding(path)),
            new: new.into_iter().map(|(path, _)| path.clone()).collect(),
            outcome,
        })
    }

    /// Removes a record, or goes on from the list once nothing is wrong with it.
    fn list_sent(
        &self,
        typed: &mut Pairs,
        page: &str,
        group: &Group,
        sent: &[(String, String)],
    ) -> Result<Taken, EvaluateError> {
        let removed = sent.iter().find(|(name, _)| name == control::REMOVE);
        if let Some((_, asked)) = removed {
            let count = typed::records(typed, &group.group);
            let mut records = 0..count;
            if let Some(record) = records.find(|record| control::removal(*record, count) == *asked)
            {
                typed::remove_record(typed, &group.group, record);
            }
            return Ok(Taken::Next(self.list(page)));
        }
        typed::keep_list(typed, group);
        let outcome = self.outcome(typed)?;
        let answered = Answered {
            wrong: outcome.has_finding_at_or_below(&group.group),
            new: Vec::new(),
            outcome,
        };
        Ok(answered.or_after(|outcome| self.after(outcome, page)))
    }
}

/// Questions that were answered, well or not.
struct Answered {
    outcome: Outcome,
    wrong: bool,
    new: Vec<String>,
}

impl Answered {
    fn or_after(self, after: impl FnOnce(&Outcome) -> String) -> Taken {
        if self.wrong || !self.new.is_empty() {
            Taken::Again(Box::new(Again {
                outcome: self.outcome,
                wrong: self.wrong,
                new: self.new,
            }))
        } else {
            Taken::Next(after(&self.outcome))
        }
    }
}
