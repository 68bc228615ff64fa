//! What typed answers come to.

use std::collections::BTreeSet;

use counterfoil_engine::{
    Answers, Context, Plan, Report, Words, evaluate,
    evaluate::EvaluateError,
    explain::{Explanation, explain},
    hidden,
    input::from_text,
    plan::{Page, PageContent},
    words,
};

use crate::live::explained_total;

/// What typed answers come to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answers as the engine read them.
    pub answers: Answers,
    /// The report.
    pub report: Report,
    /// The report in the page's language.
    pub words: Words,
    /// How the total is worked out so far.
    pub why: Option<Explanation>,
    /// Paths that are not asked.
    pub hidden: BTreeSet<String>,
}

impl Outcome {
    /// Reads and evaluates what was typed in a language.
    pub(super) fn of(
        plan: &Plan,
        locale: &str,
        context: &Context,
        typed: &[(String, String)],
    ) -> Result<Self, EvaluateError> {
        let answers = from_text(plan, locale, typed);
        let report = evaluate(plan, &answers, context)?;
        let total = explained_total(plan);
        Ok(Self {
            words: words(plan, locale, &report),
            hidden: hidden(plan, &answers, context),
            why: total.and_then(|node| explain(plan, locale, &answers, context, node).ok()),
            answers,
            report,
        })
    }

    /// Whether anything on a page is asked.
    pub fn asks(&self, page: &Page) -> bool {
        let asked = |path: &String| !self.hidden.contains(path);
        match &page.content {
            PageContent::Fields(fields) => fields.iter().any(|field| asked(&field.field)),
            PageContent::Group(group) => asked(&group.group),
        }
    }

    /// Whether anything asked on a page is wrong or missing.
    pub fn is_unfinished(&self, page: &Page) -> bool {
        self.asks(page)
            && match &page.content {
                PageContent::Fields(fields) => fields
                    .iter()
                    .any(|field| self.has_finding_at_or_below(&field.field)),
                PageContent::Group(group) => self.has_finding_at_or_below(&group.group),
            }
    }

    /// Whether the answer at exactly that path is wrong or missing.
    pub(super) fn has_finding(&self, path: &str) -> bool {
        self.findings().any(|finding| finding == path)
    }

    /// Whether a field or group is wrong or missing, or anything in it.
    pub(super) fn has_finding_at_or_below(&self, id: &str) -> bool {
        self.findings()
            .any(|path| path.split(['[', '.']).next() == Some(id))
    }

    fn findings(&self) -> impl Iterator<Item = &str> {
        let errors = self.report.errors.iter().map(|error| &*error.path);
        errors.chain(self.report.missing.iter().map(|path| &**path))
    }
}
