use maud::{Markup, html};

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct SummaryItem {
    /// What puts it right: `#` and the id of a control, or a page; none where no one question does.
    pub(crate) href: Option<String>,
    /// The message, in the words that stand at the control.
    pub(crate) message: String,
}

/// What is wrong on a page, at its top. The box takes the focus; the alert is its child, which is
/// where screen readers announce it from.
pub(crate) fn error_summary(title: &str, items: &[SummaryItem]) -> Markup {
    html! {
        div .govuk-error-summary tabindex="-1" autofocus data-counterfoil="error-summary" {
            div role="alert" {
                h2 .govuk-error-summary__title { (title) }
                div .govuk-error-summary__body {
                    ul class="govuk-list govuk-error-summary__list" {
                        @for item in items {
                            li {
                                @match &item.href {
                                    Some(href) => a href=(href) { (item.message) },
                                    None => (item.message),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
