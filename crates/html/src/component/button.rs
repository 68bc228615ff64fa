use maud::{Markup, html};

/// What a button is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The one thing to do next.
    Primary,
    /// Something else to do.
    Secondary,
    /// Something small beside other things; looks like a link.
    Link,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Link => "cf-link-button",
        }
    }
}

/// A button that sends its form.
#[derive(Clone, Debug)]
pub(crate) struct Button<'a> {
    /// What pressing it does.
    pub(crate) text: &'a str,
    /// What that is done to, for those who hear the button alone.
    pub(crate) context: Option<&'a str>,
    /// What it is for.
    pub(crate) kind: Kind,
    /// Name and value that it sends.
    pub(crate) sends: Option<(&'a str, String)>,
}

/// A button that sends its form.
pub(crate) fn button(button: &Button<'_>) -> Markup {
    let name = button.sends.as_ref().map(|(name, _)| *name);
    let value = button.sends.as_ref().map(|(_, value)| value);
    html! {
        button type="submit" class=(button.kind.class()) name=[name] value=[value] {
            (button.text)
            @if let Some(context) = button.context {
                span .govuk-visually-hidden { " " (context) }
            }
        }
    }
}

/// A link that looks like a button. It is a link to screen readers too: a button would have to answer
/// to the space bar, which no link does without a script.
pub(crate) fn link_button(kind: Kind, href: &str, text: &str, id: Option<&str>) -> Markup {
    html! {
        a class=(kind.class()) href=(href) id=[id] draggable="false" { (text) }
    }
}

/// The button that begins a form.
pub(crate) fn start_button(href: &str, text: &str) -> Markup {
    html! {
        a class="govuk-button govuk-button--start" href=(href) draggable="false" {
            (text)
            svg .govuk-button__start-icon xmlns="http://www.w3.org/2000/svg" width="17.5" height="19"
                viewBox="0 0 33 40" aria-hidden="true" focusable="false" {
                path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" {}
            }
        }
    }
}
