//! What the office's pages say of time and of the connection. A sentence stands on the page for everybody;
//! the rest lies in templates, for a script that shows them when they come to be true.

use counterfoil_engine::plan::Texts;
use maud::{Markup, html};

use crate::{
    component::{Button, ButtonKind, button},
    texts::with,
};

/// What the office's pages say of time and of the connection.
#[derive(Clone, Debug)]
pub struct Attended<'a> {
    /// Address of the module that shows what comes to be true; none where there is only the sentence.
    pub script: Option<&'a str>,
    /// How long the office keeps what was answered; none where it keeps nothing yet.
    pub kept: Option<Kept<'a>>,
}

/// How long the office keeps what was answered.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    /// The last day, as the page's language writes it.
    pub day: String,
    /// The time of that day, such as `14:30`.
    pub time: String,
    /// Seconds from now.
    pub seconds: i64,
    /// How many seconds before the end the page says so.
    pub warning: i64,
    /// Where a post has the time begin again.
    pub extend: &'a str,
}

/// Where notices appear, above the page: what is put here is read out when the reader has time.
pub(crate) fn notices(attended: &Attended<'_>) -> Markup {
    html! {
        @if attended.script.is_some() {
            div .cf-notices role="status" data-counterfoil="notices" {}
        }
    }
}

/// The sentence on time, and the notices that are not true yet.
pub(crate) fn attended(texts: &Texts, attended: &Attended<'_>) -> Markup {
    html! {
        @if let Some(kept) = &attended.kept {
            p .govuk-body data-kept {
                (with(texts, "ui.time.kept", &[("date", &kept.day)]))
            }
        }
        @if attended.script.is_some() {
            template data-notice="connection" {
                (banner("connection", texts.text("ui.connection.title"), &html! {
                    p .govuk-body { (texts.text("ui.connection.text")) }
                }))
            }
            @if let Some(kept) = &attended.kept {
                template data-notice="time" data-seconds=(kept.seconds) data-warning=(kept.warning) {
                    (banner("time", texts.text("ui.time.title"), &html! {
                        p .govuk-body {
                            (with(texts, "ui.time.text", &[("date", &kept.day), ("time", &kept.time)]))
                        }
                        form method="post" action=(kept.extend) {
                            (button(&Button {
                                text: texts.text("ui.time.extend"),
                                context: None,
                                kind: ButtonKind::Primary,
                                sends: None,
                            }))
                        }
                    }))
                }
            }
        }
    }
}

fn banner(name: &str, title: &str, contents: &Markup) -> Markup {
    let id = format!("notice-{name}");
    html! {
        div .govuk-notification-banner role="region" aria-labelledby=(id) tabindex="-1" {
            div .govuk-notification-banner__header {
                h2 .govuk-notification-banner__title id=(id) { (title) }
            }
            div .govuk-notification-banner__content { (contents) }
        }
    }
}
