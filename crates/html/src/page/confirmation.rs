//! What a person keeps after sending: the citizen's half.

use counterfoil_engine::plan::Texts;
use maud::{Markup, html};

use super::files::to_send;
use crate::{
    component::{ButtonKind, SummaryRow, details, link_button, panel, prose, summary_list},
    document::Content,
    live,
    view::View,
};

/// What the office took down.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    /// The reference.
    pub reference: &'a str,
    /// The signed statement, as it is kept.
    pub receipt: &'a str,
    /// Where it can be downloaded.
    pub receipt_href: &'a str,
    /// SHA-256 of the report that the applicant's page showed, where the page said.
    pub shown_sha256: Option<&'a str>,
    /// SHA-256 of the report that the office worked out.
    pub office_sha256: &'a str,
}

/// The page after sending.
pub fn confirmation(view: &View<'_>, sent: &Confirmation<'_>) -> Content {
    let texts = view.texts();
    let title = texts.text("ui.confirmation.title");
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                (panel(title, &html! {
                    (texts.text("ui.confirmation.reference")) br;
                    strong data-reference=(sent.reference) { (sent.reference) }
                }))
                h2 .govuk-heading-m { (texts.text("ui.confirmation.next")) }
                (prose(texts.text("ui.confirmation.next_text")))
                (to_send(view, texts))
                (live::verdicts(texts, view.words))
                (live::accounts(view.plan, view.words))
                h2 .govuk-heading-m { (texts.text("ui.confirmation.record")) }
                p .govuk-body { (texts.text("ui.confirmation.record_text")) }
                (link_button(
                    ButtonKind::Secondary,
                    sent.receipt_href,
                    texts.text("ui.confirmation.download"),
                    None,
                ))
                (halves(view, texts, sent))
                (details(texts.text("ui.confirmation.receipt"), &html! {
                    p .govuk-body { code .cf-hash data-receipt { (sent.receipt) } }
                }))
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: None,
        main,
        followed: None,
    }
}

/// What the applicant's half says beside what the office's half says.
fn halves(view: &View<'_>, texts: &Texts, sent: &Confirmation<'_>) -> Markup {
    let hash = |name: &str, hash: &str| html! { code .cf-hash data-half=(name) { (hash) } };
    let row = |key: &str, value: Markup| SummaryRow {
        key: texts.text(key).to_owned(),
        value,
        actions: Vec::new(),
    };
    let mut rows = Vec::new();
    if let Some(shown) = sent.shown_sha256 {
        rows.push(row("ui.confirmation.your_half", hash("applicant", shown)));
    }
    rows.push(row(
        "ui.confirmation.office_half",
        hash("office", sent.office_sha256),
    ));
    rows.push(row("ui.confirmation.plan", hash("plan", view.plan.id())));
    let verdict = sent.shown_sha256.map(|shown| {
        texts.text(if shown == sent.office_sha256 {
            "ui.confirmation.match"
        } else {
            "ui.confirmation.differ"
        })
    });
    html! {
        h2 .govuk-heading-m { (texts.text("ui.confirmation.halves")) }
        @if let Some(verdict) = verdict {
            p .govuk-body data-halves=(if sent.shown_sha256 == Some(sent.office_sha256) {
                "match"
            } else {
                "differ"
            }) { (verdict) }
        }
        (summary_list(&rows))
    }
}
