//! The sections of a form's task list, as the compiler takes them.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Plan, plan::Page};
use proptest::{collection, prelude::*};

const HEAD: &str = "form: park
title: A park
timezone: Europe/London
languages: [en, cy]
";

/// A form with these sections and pages, each page with the section that it names.
fn form(sections: &str, pages: &[(&str, Option<&str>)]) -> String {
    let mut form = format!("{HEAD}{sections}pages:\n");
    for (page, section) in pages {
        form.push_str(&format!("  - page: {page}\n    title: Page {page}\n"));
        if let Some(section) = section {
            form.push_str(&format!("    section: {section}\n"));
        }
        form.push_str(&format!(
            "    fields:\n      - field: {page}_answer\n        type: text\n        label: Answer {page}\n"
        ));
    }
    form
}

const SECTIONS: &str = "sections:\n  you: About you\n  event: The event\n";

/// The codes of the errors, each with what stands at its place.
fn errors(form: &str) -> Vec<String> {
    let compiled = compile(&Files::in_memory([("form.yaml", form)]));
    let errors = compiled.diagnostics.iter();
    errors
        .filter(|found| found.severity == counterfoil_compiler::diagnostic::Severity::Error)
        .map(|found| format!("{} {}", found.code.id, compiled.sources.slice(found.span)))
        .collect()
}

#[test]
fn the_plan_says_to_which_section_a_page_belongs() {
    let form = form(
        SECTIONS,
        &[("a", Some("you")), ("b", Some("you")), ("c", Some("event"))],
    );
    let locale =
        "status: reviewed\nsection.you.title: Amdanoch chi\nsection.event.title: Y digwyddiad\n";
    let files = Files::in_memory([("form.yaml", form.as_str()), ("locales/cy.yaml", locale)]);
    let plan = Plan::load(compile(&files).plan.expect("the form is sound")).expect("it loads");
    let section = |page: &Page| page.section.clone();
    let sections: Vec<_> = plan.rules().pages.iter().map(section).collect();
    let expected = ["you", "you", "event"].map(|section| Some(section.to_owned()));
    assert_eq!(sections, expected);
    let texts = plan.texts_or_default("cy");
    assert_eq!(texts.text("section.you.title"), "Amdanoch chi");
    assert!(texts.get("ui.tasks.completed").is_some());
}

#[test]
fn a_form_without_sections_carries_no_words_for_them() {
    let form = form("", &[("a", None)]);
    let files = Files::in_memory([("form.yaml", form.as_str())]);
    let plan = Plan::load(compile(&files).plan.expect("the form is sound")).expect("it loads");
    assert_eq!(plan.rules().pages[0].section, None);
    assert_eq!(plan.texts_or_default("en").get("ui.tasks.completed"), None);
}

#[test]
fn every_page_has_a_section_and_every_section_a_page() {
    let some = [("a", Some("you")), ("b", None), ("c", Some("event"))];
    assert_eq!(errors(&form(SECTIONS, &some)), ["CF0108 b"]);
    let unknown = [("a", Some("you")), ("c", Some("evnt"))];
    // The section that was meant has its page.
    assert_eq!(errors(&form(SECTIONS, &unknown)), ["CF0205 evnt"]);
    let unlike = [("a", Some("you")), ("c", Some("stalls"))];
    assert_eq!(
        errors(&form(SECTIONS, &unlike)),
        ["CF0213 event", "CF0205 stalls"]
    );
    assert_eq!(errors(&form("", &[("a", Some("you"))])), ["CF0205 you"]);
    assert_eq!(
        errors(&form(SECTIONS, &[("a", Some("event"))])),
        ["CF0213 you"]
    );
}

#[test]
fn the_pages_of_a_section_stand_together_in_the_order_of_the_sections() {
    let apart = [("a", Some("you")), ("b", Some("event")), ("c", Some("you"))];
    assert_eq!(errors(&form(SECTIONS, &apart)), ["CF0213 you"]);
    let turned = [("a", Some("event")), ("b", Some("you"))];
    assert_eq!(errors(&form(SECTIONS, &turned)), ["CF0213 you"]);
}

#[test]
fn of_pages_in_disorder_the_fewest_are_told() {
    let sections = "sections:\n  you: You\n  event: Event\n  food: Food\n";
    // One page that is too early, though five of the others follow it.
    let early = ["you", "food", "you", "event", "event", "food"];
    let pages: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .into_iter()
        .zip(early.map(Some))
        .collect();
    let text = form(sections, &pages);
    assert_eq!(errors(&text), ["CF0213 food"]);
    let found = compile(&Files::in_memory([("form.yaml", text.as_str())])).diagnostics;
    let message = "a page of the section `food` stands before those of `you`";
    assert!(
        found.iter().any(|found| found.message == message),
        "{found:?}"
    );
}

proptest! {
    #[test]
    fn the_others_are_in_order_and_no_fewer_would_do(order in collection::vec(0..4_usize, 1..9)) {
        const IDS: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        const NAMES: [&str; 4] = ["north", "east", "south", "west"];
        let sections = "sections:\n  north: N\n  east: E\n  south: S\n  west: W\n";
        let pages: Vec<_> = IDS.into_iter().zip(&order).map(|(id, &at)| (id, Some(NAMES[at]))).collect();
        let told = errors(&form(sections, &pages));
        let unused = (0..NAMES.len()).filter(|at| !order.contains(at)).count();
        let ordered = |kept: u32| {
            let kept = order.iter().enumerate().filter(|(index, _)| kept >> index & 1 == 1);
            kept.map(|(_, at)| at).is_sorted()
        };
        let most = (0..1_u32 << order.len()).filter(|kept| ordered(*kept)).map(u32::count_ones).max();
        prop_assert_eq!(told.len() - unused, order.len() - most.unwrap_or(0) as usize);
    }
}
