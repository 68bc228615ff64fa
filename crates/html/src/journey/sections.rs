//! How far a person has come with each section of a long form.

use counterfoil_engine::{
    plan::{Page, PageContent},
    undecided_pages,
};

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
        let together = |left: &Page, right: &Page| left.section == right.section;
        for pages in self.plan.rules().pages.chunk_by(together) {
            let Some(section) = &pages[0].section else {
                continue;
            };
            let asked: Vec<&Page> = pages.iter().filter(|page| outcome.asks(page)).collect();
            let is_done = |page: &Page| answered(typed, page) && !outcome.is_unfinished(page);
            let first_open = asked.iter().find(|page| !is_done(page));
            let state = match first_open {
                _ if asked.is_empty() => {
                    if !pages.iter().any(|page| undecided.contains(&page.page)) {
                        continue;
                    }
                    SectionState::CannotStart
                }
                None => SectionState::Completed,
                Some(_) if asked.iter().any(|page| answered(typed, page)) => {
                    SectionState::InProgress
                }
                Some(_) => SectionState::NotStarted,
            };
            let page = first_open.or(asked.first()).copied().unwrap_or(&pages[0]);
            sections.push(Section {
                section,
                state,
                href: self.links.page(&page.page),
            });
        }
        sections
    }
}

/// Whether a page was sent, be it with blanks alone.
fn answered(typed: &[(String, String)], page: &Page) -> bool {
    match &page.content {
        PageContent::Fields(fields) => fields.iter().any(|field| {
            let mut names = typed.iter().map(|(name, _)| name);
            names.any(|name| typed::asks(name, &field.field, field))
        }),
        PageContent::Group(group) => {
            let mut names = typed.iter().map(|(name, _)| name.as_str());
            names.any(|name| crate::pairs::belongs(name, &group.group))
        }
    }
}
