//! The sections of a long form's task list: each has pages, every page has a section, and the pages of one
//! stand together.

use crate::{
    closest::closest,
    codes,
    definition::{FormDefinition, Id, Page},
    diagnostic::Diagnostic,
};

/// Reports what is wrong between the sections and the pages of a form.
pub fn check(form: &FormDefinition, diagnostics: &mut Vec<Diagnostic>) {
    let position = |id: &Id| {
        let mut sections = form.sections.iter();
        sections.position(|section| section.section.value == id.value)
    };
    // The furthest section so far, with the page that began it.
    let mut reached: Option<(usize, &Page)> = None;
    for page in &form.pages {
        let Some(id) = &page.section else {
            if !form.sections.is_empty() {
                diagnostics.push(without_section(form, page, reached));
            }
            continue;
        };
        let Some(found) = position(id) else {
            diagnostics.push(unknown(form, id));
            continue;
        };
        match reached {
            Some((furthest, first)) if found < furthest => {
                diagnostics.push(apart(id, first, &form.sections[furthest].section));
            }
            Some((furthest, _)) if found == furthest => {}
            _ => reached = Some((found, page)),
        }
    }
    for section in &form.sections {
        let id = &section.section;
        let mut pages = form.pages.iter();
        if !pages.any(|page| page.section.as_ref().is_some_and(|of| of.value == id.value)) {
            diagnostics.push(
                Diagnostic::error(
                    codes::SECTION,
                    id.span,
                    format!("no page belongs to the section `{}`", id.value),
                )
                .help(format!(
                    "write `section: {}` at each of its pages, or take the section out",
                    id.value
                )),
            );
        }
    }
}

fn without_section(
    form: &FormDefinition,
    page: &Page,
    reached: Option<(usize, &Page)>,
) -> Diagnostic {
    let likely = &form.sections[reached.map_or(0, |(section, _)| section)];
    Diagnostic::error(
        codes::MISSING_KEY,
        page.page.span,
        format!("the page `{}` belongs to no section", page.page.value),
    )
    .help(format!(
        "in a form with `sections` every page has one: add `section: {}`, or another",
        likely.section.value
    ))
}

fn unknown(form: &FormDefinition, id: &Id) -> Diagnostic {
    let found = Diagnostic::error(
        codes::UNKNOWN_NAME,
        id.span,
        format!("the form has no section `{}`", id.value),
    );
    let sections = form.sections.iter().map(|section| section.section.as_str());
    match closest(id.as_str(), sections) {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .suggest(id.span, meant),
        None => found.help(format!(
            "add it to the form's `sections`, with its title: `{}: About you`",
            id.value
        )),
    }
}

fn apart(id: &Id, first: &Page, furthest: &Id) -> Diagnostic {
    let begun = first.section.as_ref().map_or(first.page.span, |of| of.span);
    Diagnostic::error(
        codes::SECTION,
        id.span,
        format!(
            "a page of the section `{}` stands after those of `{}`",
            id.value, furthest.value
        ),
    )
    .label(begun, format!("`{}` has begun here", furthest.value))
    .help("the pages of a section stand together, and the sections in the order of the form's `sections`: move the page, or change that order")
}
