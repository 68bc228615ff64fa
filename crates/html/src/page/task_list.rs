//! The sections of a long form, each with how far the person has come.

use counterfoil_engine::{explain::Explanation, plan::Texts};
use maud::html;

use crate::{
    component::{Task, task_list as task_list_of},
    document::Content,
    panel,
    texts::with,
    view::View,
};

/// How far a section has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionState {
    /// Which of its questions are asked depends on answers that are not given yet.
    CannotStart,
    /// None of its pages was answered.
    NotStarted,
    /// Something of it is still to be answered or put right.
    InProgress,
    /// Every page of it that is asked was answered, and nothing is wrong.
    Completed,
}

/// A section of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Its id.
    pub section: &'a str,
    /// How far it has come.
    pub state: SectionState,
    /// The page at which to go on, or to look at it again.
    pub page: &'a str,
}

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct TaskList<'a> {
    /// The sections of which something is or may be asked, in order.
    pub sections: &'a [Section<'a>],
    /// How the total is worked out so far, for a form with fees or entitlements.
    pub why: Option<&'a Explanation>,
}

impl SectionState {
    const fn key(self) -> &'static str {
        match self {
            Self::CannotStart => "ui.tasks.cannot_start",
            Self::NotStarted => "ui.tasks.not_started",
            Self::InProgress => "ui.tasks.in_progress",
            Self::Completed => "ui.tasks.completed",
        }
    }

    const fn tag(self) -> Option<&'static str> {
        match self {
            Self::NotStarted => Some("govuk-tag--blue"),
            Self::InProgress => Some("govuk-tag--teal"),
            Self::CannotStart | Self::Completed => None,
        }
    }
}

/// The sections of a form, and after them where the answers are checked, once all of them are given.
pub fn task_list(view: &View<'_>, list: &TaskList<'_>) -> Content {
    let texts = view.texts();
    let title = texts.text("ui.tasks.title");
    let mut done = 0;
    let mut tasks = Vec::new();
    for section in list.sections {
        done += usize::from(section.state == SectionState::Completed);
        let name = format!("section.{}.title", section.section);
        tasks.push(task(
            texts,
            texts.text(&name),
            view.links.page(section.page),
            section.section,
            section.state,
        ));
    }
    let state = if done == list.sections.len() {
        SectionState::NotStarted
    } else {
        SectionState::CannotStart
    };
    let check = texts.text("ui.check.title");
    let address = view.links.check_answers();
    tasks.push(task(texts, check, address, "check-answers", state));
    let (done, all) = (done.to_string(), list.sections.len().to_string());
    let progress = with(
        texts,
        "ui.tasks.progress",
        &[("done", &done), ("all", &all)],
    );
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-l { (title) }
                p .govuk-body { (progress) }
                (task_list_of(&tasks))
            }
            @if panel::has_panel(view) {
                div .govuk-grid-column-one-third { (panel::panel(view, texts, list.why)) }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: Some(view.links.form.to_owned()),
        main,
        followed: None,
    }
}

fn task(texts: &Texts, name: &str, href: String, section: &str, state: SectionState) -> Task {
    Task {
        name: name.to_owned(),
        href: (state != SectionState::CannotStart).then_some(href),
        id: format!("section-{section}"),
        status: texts.text(state.key()).to_owned(),
        tag: state.tag(),
    }
}
