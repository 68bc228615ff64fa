use maud::{Markup, html};

/// A fieldset with its legend.
#[derive(Clone, Debug)]
pub(crate) struct Fieldset<'a> {
    /// What the controls inside have in common.
    pub(crate) legend: &'a str,
    /// Whether the legend is the page's heading.
    pub(crate) heading: bool,
    /// `group` around text inputs, where some screen readers would otherwise leave the description
    /// out; none around radios and checkboxes, where it would be read twice.
    pub(crate) role: Option<&'static str>,
    /// Ids of hint and error.
    pub(crate) described_by: Option<&'a str>,
}

/// A fieldset around its controls.
pub(crate) fn fieldset(fieldset: &Fieldset<'_>, content: &Markup) -> Markup {
    html! {
        fieldset .govuk-fieldset role=[fieldset.role] aria-describedby=[fieldset.described_by] {
            @if fieldset.heading {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--l" {
                    h1 .govuk-fieldset__heading { (fieldset.legend) }
                }
            } @else {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { (fieldset.legend) }
            }
            (content)
        }
    }
}
