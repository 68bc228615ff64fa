//! The way through a form: which step comes before and after which, and what comes of a step that was
//! sent. The server walks it between a request and its answer, the browser between two pages that it
//! draws by itself.
//!
//! ```text
//! typed ──► Outcome ──► start, task_list, step or check_answers ──► Content
//!   ▲                                                      │ sent
//!   └────────────── take ◄─────────────────────────────────┘ ──► the address that follows
//! ```

mod outcome;
mod route;
mod sections;
mod take;
pub mod typed;

use counterfoil_engine::{Context, Plan, evaluate::EvaluateError};

use crate::{
    document::Content,
    page,
    view::{Links, View},
};

pub use outcome::Outcome;
pub use take::{Again, Taken};
pub use typed::Pairs;

/// A person's way through a form, in one language and on one day.
#[derive(Clone, Copy, Debug)]
pub struct Journey<'a> {
    /// The form.
    pub plan: &'a Plan,
    /// The language of its pages.
    pub locale: &'a str,
    /// The day, and what only the office knows.
    pub context: &'a Context,
    /// The addresses of its pages.
    pub links: Links<'a>,
    /// Whether the person came to change an answer and goes straight back to check them all.
    pub change: bool,
}

impl<'a> Journey<'a> {
    /// What the typed answers come to.
    ///
    /// # Errors
    /// Where the form is not in force on the day.
    pub fn outcome(&self, typed: &[(String, String)]) -> Result<Outcome, EvaluateError> {
        Outcome::of(self.plan, self.locale, self.context, typed)
    }

    /// What a page is drawn from. `again` tells what is wrong with the step that was just sent.
    pub fn view<'v>(
        &'v self,
        typed: &'v [(String, String)],
        outcome: &'v Outcome,
        again: Option<&'v Again>,
    ) -> View<'v> {
        View {
            plan: self.plan,
            locale: self.locale,
            report: &outcome.report,
            words: &outcome.words,
            pairs: typed,
            hidden: &outcome.hidden,
            posted: again.is_some(),
            new: again.map_or(&[], |again| &again.new),
            links: &self.links,
            csrf: None,
        }
    }

    /// The form's first page; `begun` tells whether there are answers to go on with, `example` whether
    /// one can be filled in.
    pub fn start(
        &self,
        typed: &[(String, String)],
        outcome: &Outcome,
        begun: bool,
        example: bool,
    ) -> Content {
        let begin = self.begin(outcome, begun);
        let start = page::Start {
            begin: &begin,
            begun,
            example,
        };
        page::start(&self.view(typed, outcome, None), &start)
    }

    /// A page of questions, a group's list of records, or one record, counted from 0; `None` where the
    /// form has no such step.
    pub fn step(
        &self,
        typed: &[(String, String)],
        outcome: &Outcome,
        page: &str,
        record: Option<usize>,
        again: Option<&Again>,
    ) -> Option<Content> {
        let back = match record {
            Some(_) => self.list(page),
            None => self.before(outcome, Some(page)),
        };
        let step = page::Step {
            page,
            record,
            back: Some(&back),
            change: self.change,
            why: outcome.why.as_ref(),
        };
        page::step(&self.view(typed, outcome, again), &step)
    }

    /// All answers at a glance; `key` names the act of sending them.
    pub fn check_answers(
        &self,
        typed: &[(String, String)],
        outcome: &Outcome,
        key: Option<&str>,
    ) -> Content {
        let back = self.before(outcome, None);
        let check = page::CheckAnswers {
            back: Some(&back),
            key,
            why: outcome.why.as_ref(),
        };
        page::check_answers(&self.view(typed, outcome, None), &check)
    }
}
