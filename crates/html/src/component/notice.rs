use maud::{Markup, html};

/// News about the page itself, with links into it.
pub(crate) fn notice(title: &str, text: &str, links: &[(String, String)]) -> Markup {
    html! {
        div .govuk-notification-banner role="region" aria-labelledby="notice-title" tabindex="-1"
            autofocus {
            div .govuk-notification-banner__header {
                h2 .govuk-notification-banner__title id="notice-title" { (title) }
            }
            div .govuk-notification-banner__content {
                p .govuk-notification-banner__heading { (text) }
                ul class="govuk-list" {
                    @for (href, text) in links {
                        li { a .govuk-notification-banner__link href=(href) { (text) } }
                    }
                }
            }
        }
    }
}
