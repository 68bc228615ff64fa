//! Questions of several parts: one legend over their fields, and the whole named away from it.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_engine::{
    Plan,
    plan::{PageContent, Published, Sources},
};
use counterfoil_html::page::{CheckAnswers, Step, check_answers, step};

mod common;

use common::{COMPLETE, Case};

/// The form, in which the address for mail and the takings are parts of one question.
fn with_composite(case: Case) -> Case {
    let mut rules = case.plan.rules().clone();
    for page in &mut rules.pages {
        let PageContent::Fields(fields) = &mut page.content else {
            continue;
        };
        for field in fields {
            if ["email", "takings"].contains(&field.field.as_str()) {
                field.presentation.part_of = Some("contact".to_owned());
            }
        }
    }
    let mut texts = case.plan.texts("en").unwrap().clone();
    for (key, text) in [
        ("field.contact.label", "Treasurer"),
        ("field.contact.hint", "Who keeps the books"),
        ("ui.part", "{whole}: {part}"),
    ] {
        texts.texts.insert(key.to_owned(), text.to_owned());
    }
    rules.languages = vec!["en".to_owned()];
    let published = Published::new(rules, vec![texts], Sources::new());
    Case {
        plan: Plan::load(published).unwrap(),
        ..case
    }
}

#[test]
fn parts_stand_under_one_legend() {
    let case = with_composite(Case::typed("en", &[]));
    let asked = Step {
        page: "event",
        record: None,
        back: None,
        change: false,
        why: Some(&case.why),
    };
    let page = step(&case.view(), &asked).unwrap().main.into_string();
    let (_, composite) = page.split_once(r#"<div class="cf-composite">"#).unwrap();
    let (composite, after) = composite.split_once("</fieldset></div>").unwrap();
    assert_eq!(composite.matches("<legend").count(), 1);
    assert!(composite.contains(">Treasurer</legend>"));
    let described = r#"role="group" aria-describedby="email-parts-hint""#;
    assert!(composite.contains(described), "{composite}");
    assert!(composite.contains(r#"id="email-parts-hint" class="govuk-hint">Who keeps the books<"#));
    for part in ["email", "takings"] {
        assert!(composite.contains(&format!(r#"data-path="{part}""#)));
    }
    assert!(after.contains(r#"data-path="features""#));
}

#[test]
fn answers_name_the_whole_before_the_part() {
    let case = with_composite(Case::typed("en", COMPLETE));
    let check = CheckAnswers {
        back: None,
        key: None,
        why: None,
    };
    let page = check_answers(&case.view(), &check).main.into_string();
    let label = case
        .plan
        .texts("en")
        .unwrap()
        .text("field.email.label")
        .to_owned();
    assert!(page.contains(&format!("Treasurer: {label}")));
}
