use maud::{Markup, html};

/// A task of a list.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// What is done.
    pub(crate) name: String,
    /// Where it is done; none while it cannot be started.
    pub(crate) href: Option<String>,
    /// The id of its status, which the link is described by.
    pub(crate) id: String,
    /// How far it has come.
    pub(crate) status: String,
    /// The modifier of the tag around the status; a status that needs nobody's attention has none.
    pub(crate) tag: Option<&'static str>,
}

/// Tasks and how far each has come.
pub(crate) fn task_list(tasks: &[Task]) -> Markup {
    html! {
        ul .govuk-task-list {
            @for task in tasks {
                li class={
                    "govuk-task-list__item"
                    @if task.href.is_some() { " govuk-task-list__item--with-link" }
                } {
                    div .govuk-task-list__name-and-hint {
                        @match &task.href {
                            Some(href) => {
                                a class="govuk-link govuk-task-list__link" href=(href)
                                    aria-describedby=(task.id) { (task.name) }
                            }
                            None => div { (task.name) },
                        }
                    }
                    div class={
                        "govuk-task-list__status"
                        @if task.href.is_none() { " govuk-task-list__status--cannot-start-yet" }
                    } id=(task.id) {
                        @match task.tag {
                            Some(tag) => strong class={ "govuk-tag " (tag) } { (task.status) },
                            None => (task.status),
                        }
                    }
                }
            }
        }
    }
}
