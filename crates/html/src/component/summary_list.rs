use maud::{Markup, html};

/// A row of a list of questions and answers.
#[derive(Clone, Debug)]
pub(crate) struct SummaryRow {
    /// The question.
    pub(crate) key: String,
    /// The answer.
    pub(crate) value: Markup,
    /// What can be done.
    pub(crate) actions: Vec<SummaryAction>,
}

/// What can be done to a row or card.
#[derive(Clone, Debug)]
pub(crate) enum SummaryAction {
    /// A link elsewhere, with its hidden context.
    Link {
        /// Where to.
        href: String,
        /// What it does.
        text: String,
        /// What that is done to, for those who hear the link alone.
        context: String,
    },
    /// A button that sends the form around it.
    Button(Markup),
}

fn action(action: &SummaryAction) -> Markup {
    html! {
        @match action {
            SummaryAction::Link { href, text, context } => {
                a .govuk-link href=(href) {
                    (text) span .govuk-visually-hidden { " (" (context) ")" }
                }
            }
            SummaryAction::Button(button) => (button),
        }
    }
}

/// Questions with their answers.
pub(crate) fn summary_list(rows: &[SummaryRow]) -> Markup {
    let any_actions = rows.iter().any(|row| !row.actions.is_empty());
    html! {
        dl .govuk-summary-list {
            @for row in rows {
                @let bare = any_actions && row.actions.is_empty();
                div class={
                    "govuk-summary-list__row"
                    @if bare { " govuk-summary-list__row--no-actions" }
                } {
                    dt .govuk-summary-list__key { (row.key) }
                    dd .govuk-summary-list__value { (row.value) }
                    @match row.actions.as_slice() {
                        [] => {}
                        [only] => dd .govuk-summary-list__actions { (action(only)) }
                        several => dd .govuk-summary-list__actions {
                            ul .govuk-summary-list__actions-list {
                                @for one in several {
                                    li .govuk-summary-list__actions-list-item { (action(one)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A record's answers under the record's own title.
pub(crate) fn card(title: &str, actions: &[SummaryAction], rows: &[SummaryRow]) -> Markup {
    html! {
        div .govuk-summary-card {
            div .govuk-summary-card__title-wrapper {
                h3 .govuk-summary-card__title { (title) }
                @match actions {
                    [] => {}
                    [only] => div .govuk-summary-card__actions { (action(only)) }
                    several => ul .govuk-summary-card__actions {
                        @for one in several {
                            li .govuk-summary-card__action { (action(one)) }
                        }
                    }
                }
            }
            div .govuk-summary-card__content { (summary_list(rows)) }
        }
    }
}
