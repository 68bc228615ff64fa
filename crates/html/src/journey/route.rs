//! Which step comes before and after which.

use counterfoil_engine::plan::{Group, Page, PageContent};

use super::{Journey, Outcome, typed};
use crate::view::Links;

impl<'a> Journey<'a> {
    /// The page of that id.
    pub fn page(&self, id: &str) -> Option<&'a Page> {
        crate::place::page(self.plan, id)
    }

    /// The group of a page, where a record of that number can be opened; numbers count from 0, and the
    /// record may be the one after the last.
    pub fn open_record(
        &self,
        typed: &[(String, String)],
        page: &str,
        record: usize,
    ) -> Option<&'a Group> {
        let PageContent::Group(group) = &self.page(page)?.content else {
            return None;
        };
        let within = u32::try_from(record).is_ok_and(|record| record < group.max);
        (within && record <= typed::records(typed, &group.group)).then_some(&**group)
    }

    /// Where the start button leads: the form's task list, or else the first page, or the one at which the
    /// person stopped.
    pub fn begin(&self, outcome: &Outcome, begun: bool) -> String {
        if self.has_sections() {
            return self.links.task_list();
        }
        if begun {
            return self.first_unfinished(outcome);
        }
        let mut pages = self.plan.rules().pages.iter();
        self.page_or_check_answers(pages.find(|page| outcome.asks(page)))
    }

    /// The first page that keeps the answers from being complete; where they are checked if there is
    /// none.
    pub fn first_unfinished(&self, outcome: &Outcome) -> String {
        let mut pages = self.plan.rules().pages.iter();
        self.page_or_check_answers(pages.find(|page| outcome.is_unfinished(page)))
    }

    /// The address after a page that is finished: the next that is asked, or the task list after the last
    /// of a section.
    pub fn after(&self, outcome: &Outcome, id: &str) -> String {
        if self.change {
            return self.first_unfinished(outcome);
        }
        let section = self.page(id).and_then(|page| page.section.as_ref());
        let pages = self.plan.rules().pages.iter();
        let later = pages.skip_while(|page| page.page != id).skip(1);
        let mut later = later.filter(|page| page.section.as_ref() == section);
        match later.find(|page| outcome.asks(page)) {
            None if section.is_some() => self.links.task_list(),
            next => self.page_or_check_answers(next),
        }
    }

    /// The address before a page: the asked page before it, or the start page, or the task list before the
    /// first of a section; where the answers are checked, if the person came from there. Without a page, the
    /// address before the check.
    pub fn before(&self, outcome: &Outcome, id: Option<&str>) -> String {
        if self.change {
            return self.links.check_answers();
        }
        let section = id
            .and_then(|id| self.page(id))
            .and_then(|page| page.section.as_ref());
        let has_list = section.is_some() || (id.is_none() && self.has_sections());
        if id.is_none() && has_list {
            return self.links.task_list();
        }
        let pages = self.plan.rules().pages.iter();
        let earlier = pages.take_while(|page| Some(page.page.as_str()) != id);
        let earlier = earlier.filter(|page| page.section.as_ref() == section);
        let last = earlier.filter(|page| outcome.asks(page)).last();
        match last {
            Some(page) => self.links.page(&page.page),
            None if has_list => self.links.task_list(),
            None => self.links.form.to_owned(),
        }
    }

    /// The address of a page, or of a group's list of records.
    pub fn list(&self, page: &str) -> String {
        let address = self.links.page(page);
        if self.change {
            Links::change(&address)
        } else {
            address
        }
    }

    fn page_or_check_answers(&self, page: Option<&Page>) -> String {
        page.map_or_else(|| self.links.check_answers(), |page| self.list(&page.page))
    }
}
