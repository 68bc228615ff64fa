//! All answers at a glance, what they come to, and the button that sends them.

use counterfoil_engine::{
    explain::Explanation,
    plan::{Group, Page, PageContent, Texts},
    report::Status,
};
use maud::{Markup, html};

use super::{followed::followed, question::record_title, send::send, verdict};
use crate::{
    answer::answer,
    component::{
        SummaryAction, SummaryItem, SummaryRow, card, error_summary, summary_list, warning_text,
    },
    composite, control_id,
    document::Content,
    field, panel,
    path::record_of,
    place::{self, Place, record_places},
    texts::page_title,
    view::{Links, View},
};

/// What the page shows besides the answers.
#[derive(Clone, Copy, Debug)]
pub struct CheckAnswers<'a> {
    /// Where the link back leads.
    pub back: Option<&'a str>,
    /// Names this act of submitting.
    pub key: Option<&'a str>,
    /// How the total was worked out, for a form with fees or entitlements.
    pub why: Option<&'a Explanation>,
}

/// All answers at a glance. Where something is wrong or missing the page says so and has no button.
pub fn check_answers(view: &View<'_>, check: &CheckAnswers<'_>) -> Content {
    let texts = view.texts();
    let title = texts.text("ui.check.title");
    let findings = findings(view);
    let pages = view.plan.rules().pages.iter();
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                @if !findings.is_empty() {
                    (error_summary(texts.text("ui.check.unfinished"), &findings))
                }
                h1 .govuk-heading-l { (title) }
                @for page in pages.filter(|page| view.asks_page(page)) {
                    (section(view, texts, page))
                }
                (outcome(view, texts, check))
                div data-sending { (sending(view, texts, check)) }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: !findings.is_empty(),
        back: check.back.map(str::to_owned),
        main,
        // In the browser, the figures that are sent along are the ones worked out there.
        followed: Some(followed(view, "check-answers", None, &[])),
    }
}

fn section(view: &View<'_>, texts: &Texts, page: &Page) -> Markup {
    let title = page_title(texts, &page.page);
    html! {
        h2 .govuk-heading-m { (title) }
        @match &page.content {
            PageContent::Fields(fields) => {
                @let address = Links::change(&view.links.page(&page.page));
                @let places: Vec<_> = fields.iter().map(Place::single).collect();
                (summary_list(&rows(view, texts, &places, Some(&address))))
            }
            PageContent::Group(group) => (records(view, texts, page, group)),
        }
    }
}

fn records(view: &View<'_>, texts: &Texts, page: &Page, group: &Group) -> Markup {
    let count = view.records(&group.group);
    let list = Links::change(&view.links.page(&page.page));
    let title = page_title(texts, &page.page);
    html! {
        @if count == 0 {
            p .govuk-body { (texts.text("ui.group.empty")) }
        }
        @for record in 0..count {
            @let title = record_title(texts, group, record);
            @let change = SummaryAction::Link {
                href: Links::change(&view.links.record(&page.page, record)),
                text: texts.text("ui.change").to_owned(),
                context: title.clone(),
            };
            (card(&title, &[change], &rows(view, texts, &record_places(group, record), None)))
        }
        p .govuk-body data-edit {
            a .govuk-link href=(list) {
                (texts.text("ui.group.edit"))
                span .govuk-visually-hidden { " (" (title) ")" }
            }
        }
    }
}

/// The questions that are asked, with their answers; each with its own link unless the record has one.
fn rows(
    view: &View<'_>,
    texts: &Texts,
    places: &[Place<'_>],
    address: Option<&str>,
) -> Vec<SummaryRow> {
    places
        .iter()
        .filter(|place| view.asks(&place.path))
        .map(|place| {
            let key = composite::full_label(texts, place);
            SummaryRow {
                value: value(view, texts, place),
                actions: address
                    .map(|address| SummaryAction::Link {
                        href: format!("{address}#{}", field::target(view, place)),
                        text: texts.text("ui.change").to_owned(),
                        context: key.clone(),
                    })
                    .into_iter()
                    .collect(),
                key,
            }
        })
        .collect()
}

fn value(view: &View<'_>, texts: &Texts, place: &Place<'_>) -> Markup {
    let answer = answer(view, texts, place);
    let finding = view.finding(&place.path);
    html! {
        @match (&answer, finding) {
            (Some(answer), _) => (answer),
            (None, None) => span .cf-unanswered { (texts.text("ui.not_answered")) },
            (None, Some(_)) => {}
        }
        @if let Some(finding) = finding {
            p .govuk-error-message {
                span .govuk-visually-hidden { (texts.text("ui.error.word")) } " " (finding)
            }
        }
    }
}

fn outcome(view: &View<'_>, texts: &Texts, check: &CheckAnswers<'_>) -> Markup {
    html! {
        @if panel::has_panel(view) {
            section .cf-outcome aria-labelledby="outcome" {
                h2 class="govuk-heading-m" id="outcome" { (texts.text("ui.outcome.title")) }
                (panel::live_regions(view, texts))
                (verdict::rules(texts, &view.words.decisions))
                (verdict::changes(view))
                (panel::why(view, texts, check.why))
            }
        }
    }
}

fn sending(view: &View<'_>, texts: &Texts, check: &CheckAnswers<'_>) -> Markup {
    html! {
        @if verdict::is_stopped(view) {
            h2 .govuk-heading-m { (texts.text("ui.stopped.title")) }
            p .govuk-body { (texts.text("ui.stopped.text")) }
        } @else if view.report.status == Status::Complete {
            h2 .govuk-heading-m { (texts.text("ui.send.title")) }
            p .govuk-body { (texts.text("ui.send.text")) }
            @if verdict::is_ineligible(view) {
                p .govuk-body { (texts.text("ui.send.ineligible")) }
            }
            @if view.report.fees.as_ref().is_some_and(|fees| fees.total.is_some()) {
                (warning_text(texts.text("ui.warning"), texts.text("ui.send.fee")))
            }
            (send(view, texts, check.key, &[], "ui.send.button"))
        }
    }
}

/// What keeps the answers from being sent, each with the page that puts it right.
fn findings(view: &View<'_>) -> Vec<SummaryItem> {
    let words = view.words;
    let errors = words.errors.iter().map(|e| (&e.path, &e.message));
    let missing = words.missing.iter().map(|m| (&m.path, &m.message));
    let mut items: Vec<SummaryItem> = Vec::new();
    for (path, message) in errors.chain(missing) {
        let item = SummaryItem {
            href: address_of(view, path),
            message: message.clone(),
        };
        // Figures that could not be worked out all read alike, and one of them says it.
        let said = |other: &SummaryItem| other.href.is_none() && other.message == item.message;
        if item.href.is_some() || !items.iter().any(said) {
            items.push(item);
        }
    }
    items
}

/// The address at which a path is answered; none where no page asks it.
fn address_of(view: &View<'_>, path: &str) -> Option<String> {
    let page = place::page_of(view.plan, path)?;
    let address = match &page.content {
        PageContent::Fields(_) => view.links.page(&page.page),
        PageContent::Group(group) => match record_of(path, &group.group) {
            Some(record) => view.links.record(&page.page, record),
            None => view.links.page(&page.page),
        },
    };
    let place = places(page, path).find(|place| place.path == path);
    let target = place.map_or_else(|| control_id(path), |place| field::target(view, &place));
    Some(format!("{}#{target}", Links::change(&address)))
}

fn places<'a>(page: &'a Page, path: &str) -> Box<dyn Iterator<Item = Place<'a>> + 'a> {
    match &page.content {
        PageContent::Fields(fields) => Box::new(fields.iter().map(Place::single)),
        PageContent::Group(group) => match record_of(path, &group.group) {
            Some(record) => Box::new(record_places(group, record).into_iter()),
            None => Box::new(std::iter::empty()),
        },
    }
}
