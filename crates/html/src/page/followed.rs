//! What a script needs that follows a page in the browser.

use crate::{document::Followed, pairs, view::View};

/// Tells a page's place in its form, with all that was typed elsewhere: `here` names the paths whose
/// controls stand on the page itself.
pub(super) fn followed(
    view: &View<'_>,
    page: &str,
    record: Option<usize>,
    here: &[String],
) -> Followed {
    Followed {
        form: view.plan.rules().form.clone(),
        plan: view.links.plan.to_owned(),
        locale: view.texts().locale.clone(),
        as_of: view.report.as_of,
        page: page.to_owned(),
        record,
        elsewhere: pairs::embedded(view.pairs, here),
    }
}
