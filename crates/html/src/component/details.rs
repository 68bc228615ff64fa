use maud::{Markup, html};

/// More for those who want it.
pub(crate) fn details(summary: &str, content: &Markup) -> Markup {
    html! {
        details .govuk-details {
            summary .govuk-details__summary {
                span .govuk-details__summary-text { (summary) }
            }
            div .govuk-details__text { (content) }
        }
    }
}
