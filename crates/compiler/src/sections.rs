//! The sections of a long form's task list: each has pages, every page has a section, and the pages of one
//! stand together.

use std::collections::BTreeSet;

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
    let mut placed: Vec<(usize, &Id)> = Vec::new();
    // Sections that a page must have meant by a name that there is not.
    let mut meant = BTreeSet::new();
    // The furthest section so far.
    let mut reached = 0;
    for page in &form.pages {
        let Some(id) = &page.section else {
            if let Some(likely) = form.sections.get(reached) {
                diagnostics.push(without_section(page, &likely.section));
            }
            continue;
        };
        let Some(found) = position(id) else {
            let sections = form.sections.iter().map(|section| section.section.as_str());
            let likely = closest(id.as_str(), sections);
            meant.extend(likely);
            diagnostics.push(unknown(id, likely));
            continue;
        };
        reached = reached.max(found);
        placed.push((found, id));
    }
    apart(form, &placed, diagnostics);
    for section in &form.sections {
        let id = &section.section;
        let named = form.pages.iter().filter_map(|page| page.section.as_ref());
        let mut named = named.map(Id::as_str).chain(meant.iter().copied());
        if !named.any(|of| of == id.as_str()) {
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

/// Reports the pages that stand where their section has none: the fewest of which the others are in order.
fn apart(form: &FormDefinition, placed: &[(usize, &Id)], diagnostics: &mut Vec<Diagnostic>) {
    let in_order = in_order(placed);
    for (index, &(section, id)) in placed.iter().enumerate() {
        if in_order[index] {
            continue;
        }
        let others = || {
            let others = placed.iter().zip(&in_order).enumerate();
            others.filter_map(|(at, (&other, kept))| kept.then_some((at, other)))
        };
        let mut earlier = others().take_while(|(at, _)| *at < index);
        let earlier = earlier.find(|(_, (other, _))| *other > section);
        let later = || others().find(|(at, (other, _))| *at > index && *other < section);
        let (side, label, (_, (other, page))) = match (earlier, later()) {
            (Some(first), _) => ("after", "has begun here", first),
            (None, Some(first)) => ("before", "goes on here", first),
            // Such a page would be in order.
            (None, None) => continue,
        };
        let (name, other) = (&id.value, &form.sections[other].section.value);
        diagnostics.push(
            Diagnostic::error(
                codes::SECTION,
                id.span,
                format!("a page of the section `{name}` stands {side} those of `{other}`"),
            )
            .label(page.span, format!("`{other}` {label}"))
            .help("the pages of a section stand together, and the sections in the order of the form's `sections`: move the page, or change that order"),
        );
    }
}

/// Which pages are in the order of their sections, as many as possible and the earliest of those.
fn in_order(placed: &[(usize, &Id)]) -> Vec<bool> {
    // The furthest section that begins an order of one page, of two, and so on, in what follows.
    let mut begins: Vec<usize> = Vec::new();
    let mut lengths = vec![0; placed.len()];
    for (index, &(section, _)) in placed.iter().enumerate().rev() {
        let longer = begins.partition_point(|begin| *begin >= section);
        match begins.get_mut(longer) {
            Some(begin) => *begin = section,
            None => begins.push(section),
        }
        lengths[index] = longer + 1;
    }
    let (mut wanted, mut reached) = (begins.len(), 0);
    let mut kept = vec![false; placed.len()];
    for (index, &(section, _)) in placed.iter().enumerate() {
        if lengths[index] == wanted && section >= reached {
            (kept[index], wanted, reached) = (true, wanted - 1, section);
        }
    }
    kept
}

fn without_section(page: &Page, likely: &Id) -> Diagnostic {
    Diagnostic::error(
        codes::MISSING_KEY,
        page.page.span,
        format!("the page `{}` belongs to no section", page.page.value),
    )
    .help(format!(
        "in a form with `sections` every page has one: add `section: {}`, or another",
        likely.value
    ))
}

fn unknown(id: &Id, meant: Option<&str>) -> Diagnostic {
    let found = Diagnostic::error(
        codes::UNKNOWN_NAME,
        id.span,
        format!("the form has no section `{}`", id.value),
    );
    match meant {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .suggest(id.span, meant),
        None => found.help(format!(
            "add it to the form's `sections`, with its title: `{}: About you`",
            id.value
        )),
    }
}
