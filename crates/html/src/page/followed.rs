//! The element that follows a page in the browser.

use counterfoil_engine::plan::Texts;
use maud::{Markup, html};

use crate::{pairs, view::View};

/// Puts a page into the element that follows it, with all that was typed elsewhere: `here` names the
/// paths whose controls stand on the page itself.
pub(super) fn followed(
    view: &View<'_>,
    texts: &Texts,
    page: &str,
    record: Option<usize>,
    here: &[String],
    content: &Markup,
) -> Markup {
    html! {
        counterfoil-form data-form=(view.plan.rules().form) data-plan-url=(view.links.plan)
            data-locale=(&texts.locale) data-as-of=(view.report.as_of) data-page=(page)
            data-record=[record] {
            (content)
            (pairs::embedded(view.pairs, here))
        }
    }
}
