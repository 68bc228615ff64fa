//! How far a person has come with each section of a long form.

use counterfoil_engine::undecided_pages;

use super::{Journey, Outcome, typed};
use crate::{
    document::Content,
    page::{self, Section, SectionState, TaskList},
};

impl<'a> Journey<'a> {
    /// Whether the form has sections, and a list of them between its first page and its questions.
    pub fn has_sections(&self) -> bool {
        let mut pages = self.plan.rules().pages.iter();
        pages.any(|page| page.section.is_some())
    }

    /// The list of the form's sections; `None` where the form has none.
    pub fn task_list(&self, typed: &[(String, String)], outcome: &Outcome) -> Option<Content> {
        let list = TaskList {
            sections: &self.sections(typed, outcome),
            why: outcome.why.as_ref(),
        };
        self.has_sections()
            .then(|| page::task_list(&self.view(typed, outcome, None), &list))
    }

    /// The sections of which something is or may be asked, in order.
    pub fn sections(&self, typed: &[(String, String)], outcome: &Outcome) -> Vec<Section<'a>> {
        let undecided = undecided_pages(self.plan, &outcome.answers, self.context);
        let mut sections: Vec<Section<'a>> = Vec::new();
        for page in &self.plan.rules().pages {
            let Some(id) = &page.section else { continue };
            let state = if !outcome.asks(page) {
                if !undecided.contains(&page.page) {
                    continue;
                }
                SectionState::CannotStart
            } else if !typed::answered(typed, page) {
                SectionState::NotStarted
            } else if outcome.is_unfinished(page) {
                SectionState::InProgress
            } else {
                SectionState::Completed
            };
            match sections.last_mut().filter(|last| last.section == id) {
                Some(last) => last.add(state, &page.page),
                None => sections.push(Section {
                    section: id,
                    state,
                    page: &page.page,
                }),
            }
        }
        sections
    }
}

impl<'a> Section<'a> {
    /// Takes in another page of the section. One goes on at the first that is not completed; a page of which
    /// nothing is asked yet counts only where none is.
    fn add(&mut self, state: SectionState, page: &'a str) {
        use SectionState::{CannotStart, Completed, InProgress, NotStarted};

        match (self.state, state) {
            (_, CannotStart) | (NotStarted, NotStarted) | (Completed, Completed) => {}
            (CannotStart, _) => (self.state, self.page) = (state, page),
            (Completed, _) => (self.state, self.page) = (InProgress, page),
            (NotStarted | InProgress, _) => self.state = InProgress,
        }
    }
}
