//! What a page is drawn from.

use std::collections::BTreeSet;

use counterfoil_engine::{
    Plan, Report, Words,
    plan::{Page, PageContent, Texts},
};

use crate::pairs;

/// Names of controls that are no answers; each begins with `_`, as no field's id can.
pub mod control {
    /// The token against forged posts.
    pub const CSRF: &str = "_csrf";
    /// Which record to remove, as [`removal`] names it.
    pub const REMOVE: &str = "_remove";
    /// Names one act of submitting, so that a second press stores nothing twice.
    pub const KEY: &str = "_key";
    /// The fees' total that the applicant saw, as the report has it; empty while it is not known.
    pub const SHOWN_FEES: &str = "shown.fees.total";
    /// The entitlements' total that the applicant saw, likewise.
    pub const SHOWN_ENTITLEMENTS: &str = "shown.entitlements.total";
    /// The SHA-256 of the report that the applicant saw.
    pub const REPORT_SHA256: &str = "report_sha256";

    /// Names a record, counted from 0, among as many as the page shows. Pressed twice, a button removes one
    /// record: the second time there are fewer than it names.
    pub fn removal(record: usize, of: usize) -> String {
        format!("{}/{of}", record + 1)
    }
}

/// The addresses of a form's pages.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// The form's start page, such as `/forms/street-party`; its other pages lie below.
    pub form: &'a str,
    /// The catalogue.
    pub catalogue: &'a str,
    /// The published plan.
    pub plan: &'a str,
}

impl Links<'_> {
    /// A page of questions.
    pub fn page(&self, page: &str) -> String {
        format!("{}/{page}", self.form)
    }

    /// A record's own page; `record` counts from 0, the address from 1.
    pub fn record(&self, page: &str, record: usize) -> String {
        format!("{}/{page}/{}", self.form, record + 1)
    }

    /// The task list of a form with sections.
    pub fn task_list(&self) -> String {
        format!("{}/task-list", self.form)
    }

    /// Where the answers are checked.
    pub fn check_answers(&self) -> String {
        format!("{}/check-answers", self.form)
    }

    /// Where the answers are sent.
    pub fn submit(&self) -> String {
        format!("{}/submit", self.check_answers())
    }

    /// Where a post fills an example in.
    pub fn example(&self) -> String {
        format!("{}/example", self.check_answers())
    }

    /// The same address, to be followed by the page where the answers are checked.
    pub fn change(address: &str) -> String {
        format!("{address}?change")
    }
}

/// All that a page of a form is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The form.
    pub plan: &'a Plan,
    /// The page's language.
    pub locale: &'a str,
    /// What evaluation returned.
    pub report: &'a Report,
    /// The report in the page's language.
    pub words: &'a Words,
    /// What was typed on all pages, as it was typed; nothing of it is ever cleared.
    pub pairs: &'a [(String, String)],
    /// Paths that are not asked: fields (`stalls`, `streets[0].metres`), groups (`streets`) and options
    /// (`organiser=charity`).
    pub hidden: &'a BTreeSet<String>,
    /// Whether this page was just posted; only then does it show what is wrong or missing.
    pub posted: bool,
    /// Paths that came to be asked through this very post. They are pointed out, not called wrong.
    pub new: &'a [String],
    /// The form's addresses.
    pub links: &'a Links<'a>,
    /// The token against forged posts, where the server uses one.
    pub csrf: Option<&'a str>,
}

impl<'a> View<'a> {
    /// The page's texts.
    pub(crate) fn texts(&self) -> &'a Texts {
        self.plan.texts_or_default(self.locale)
    }

    /// Whether the field or group at that path is asked.
    pub(crate) fn asks(&self, path: &str) -> bool {
        !self.hidden.contains(path)
    }

    /// Whether the field at that path offers that option.
    pub(crate) fn offers(&self, path: &str, option: &str) -> bool {
        !self.hidden.contains(&format!("{path}={option}"))
    }

    /// Whether anything on a page is asked.
    pub(crate) fn asks_page(&self, page: &Page) -> bool {
        match &page.content {
            PageContent::Fields(fields) => fields.iter().any(|field| self.asks(&field.field)),
            PageContent::Group(group) => self.asks(&group.group),
        }
    }

    /// What is wrong or missing at a path, whether or not the page may show it.
    pub(crate) fn finding(&self, path: &str) -> Option<&'a str> {
        let words = self.words;
        let error = words.errors.iter().find(|error| error.path == path);
        let missing = words.missing.iter().find(|missing| missing.path == path);
        error
            .map(|error| error.message.as_str())
            .or_else(|| missing.map(|missing| missing.message.as_str()))
    }

    /// What the page says about a path: nothing until it was posted with the question on it.
    pub(crate) fn error(&self, path: &str) -> Option<&'a str> {
        if !self.posted || self.new.iter().any(|new| new == path) {
            return None;
        }
        self.finding(path)
    }

    /// The records of a group: those that the report has and those being typed.
    pub(crate) fn records(&self, group: &str) -> usize {
        pairs::record_count(self.pairs, group)
    }
}
