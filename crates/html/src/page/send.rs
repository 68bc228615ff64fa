//! The form that sends the answers.

use counterfoil_engine::{plan::Texts, report::Account};
use maud::{Markup, html};

use super::{changed::Difference, step::token};
use crate::{
    component::{Button, ButtonKind, button},
    view::{View, control},
};

/// The button that sends the answers. With them goes what the page showed, so that the office can
/// refuse to charge any other figure.
pub(super) fn send(
    view: &View<'_>,
    texts: &Texts,
    key: Option<&str>,
    differences: &[Difference<'_>],
    text: &str,
) -> Markup {
    let report = view.report;
    let totals = [
        (control::SHOWN_FEES, &report.fees),
        (control::SHOWN_ENTITLEMENTS, &report.entitlements),
    ];
    let text = texts.text(text);
    html! {
        form method="post" action=(view.links.submit()) novalidate data-counterfoil="submit" {
            (token(view))
            @if let Some(key) = key {
                input type="hidden" name=(control::KEY) value=(key);
            }
            // A total that is not known is sent too: empty, so that none can be charged unseen.
            @for (name, account) in totals {
                @if let Some(account) = account {
                    input type="hidden" name=(name) value=(accepted(name, account, differences));
                }
            }
            input type="hidden" name=(control::REPORT_SHA256) value=(view.report.sha256());
            (button(&Button { text, context: None, kind: ButtonKind::Primary, sends: None }))
        }
    }
}

/// The total that is accepted by sending: the one that the page shows, or the one that the office worked
/// out where the page tells of the difference.
fn accepted<'a>(name: &str, account: &'a Account, differences: &[Difference<'a>]) -> &'a str {
    let differing = differences
        .iter()
        .find(|difference| name.strip_prefix("shown.") == Some(difference.path));
    let total = match differing {
        Some(difference) => difference.computed,
        None => account.total.as_deref(),
    };
    total.unwrap_or_default()
}
