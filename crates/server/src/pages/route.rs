//! Which page comes before and after which.

use counterfoil_engine::plan::{Page, PageContent};
use counterfoil_html::Links;

use super::visit::{Outcome, Visit};

/// Whether anything on a page is asked.
pub fn is_asked(page: &Page, outcome: &Outcome) -> bool {
    let asks = |path: &String| !outcome.hidden.contains(path);
    match &page.content {
        PageContent::Fields(fields) => fields.iter().any(|field| asks(&field.field)),
        PageContent::Group(group) => asks(&group.group),
    }
}

/// The page of that id.
pub fn page<'a>(visit: &'a Visit, id: &str) -> Option<&'a Page> {
    visit.plan.rules().pages.iter().find(|page| page.page == id)
}

/// Whether anything asked on a page is wrong or missing.
fn has_findings(page: &Page, outcome: &Outcome) -> bool {
    let report = &outcome.report;
    let paths = report
        .errors
        .iter()
        .map(|error| &error.path)
        .chain(&report.missing);
    paths.into_iter().any(|path| {
        let root = path.split(['[', '.']).next().unwrap_or_default();
        match &page.content {
            PageContent::Fields(fields) => fields.iter().any(|field| field.field == root),
            PageContent::Group(group) => group.group == root,
        }
    })
}

/// The address of the first page that keeps the answers from being complete; where they are checked
/// if there is none.
pub fn first_unfinished(visit: &Visit, outcome: &Outcome, change: bool) -> String {
    let links = visit.links();
    let pages = &visit.plan.rules().pages;
    match pages
        .iter()
        .find(|page| is_asked(page, outcome) && has_findings(page, outcome))
    {
        Some(page) if change => Links::change(&links.page(&page.page)),
        Some(page) => links.page(&page.page),
        None => links.check_answers(),
    }
}

/// The address after a page that is finished.
pub fn after(visit: &Visit, outcome: &Outcome, id: &str) -> String {
    if visit.change {
        return first_unfinished(visit, outcome, true);
    }
    let links = visit.links();
    let mut later = visit
        .plan
        .rules()
        .pages
        .iter()
        .skip_while(|page| page.page != id)
        .skip(1);
    later
        .find(|page| is_asked(page, outcome))
        .map_or_else(|| links.check_answers(), |page| links.page(&page.page))
}

/// The address before a page: the asked page before it, or the start page; where the answers are
/// checked, if the person came from there.
pub fn before(visit: &Visit, outcome: &Outcome, id: Option<&str>) -> String {
    let links = visit.links();
    if visit.change {
        return links.check_answers();
    }
    let pages = visit.plan.rules().pages.iter();
    let earlier = pages.take_while(|page| Some(page.page.as_str()) != id);
    earlier
        .filter(|page| is_asked(page, outcome))
        .last()
        .map_or_else(|| links.form.to_owned(), |page| links.page(&page.page))
}
