//! Texts and their translations.

use counterfoil_compiler::{Compiled, Files, compile};
use counterfoil_engine::plan::{TextStatus, Texts};

use crate::{BASE, findings};

const SAID: &str = "\
checks:
  - check: few
    at: age
    require: age < 100
    say: 'Under {limit}, {limit * 2} or {{braces}}'
";

fn with_locale(locale: &str) -> Compiled {
    let form = format!(
        "{}{SAID}",
        BASE.replace("languages: [en]", "languages: [en, cy]")
    );
    compile(&Files::in_memory([
        ("form.yaml", form.as_str()),
        ("locales/cy.yaml", locale),
    ]))
}

fn texts(compiled: &Compiled, locale: &str) -> Texts {
    (*compiled.plan.as_ref().unwrap().texts[locale]).clone()
}

#[test]
fn placeholders_become_parameters() {
    let compiled = with_locale("check.few: 'Llai na {limit}, {limit*2}'\n");
    let en = texts(&compiled, "en");
    assert_eq!(
        en.get("check.few"),
        Some("Under {limit}, {p1} or {{braces}}")
    );
    let cy = texts(&compiled, "cy");
    assert_eq!(cy.get("check.few"), Some("Llai na {limit}, {p1}"));
    let check = &compiled.plan.as_ref().unwrap().rules.checks[0];
    let names: Vec<&str> = check
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(names, ["limit", "p1"]);
}

#[test]
fn a_translation_cannot_read_what_the_message_does_not() {
    let compiled = with_locale("check.few: 'Llai na {age}'\n");
    assert!(compiled.plan.is_none());
    let found = compiled
        .diagnostics
        .iter()
        .find(|d| d.code.id == "CF0803")
        .unwrap();
    assert!(
        found.help.as_ref().unwrap().contains("`{limit}`"),
        "{found:?}"
    );
}

#[test]
fn missing_and_superfluous_translations_are_warned_of() {
    let compiled = with_locale("status: reviewed\nform.titel: Sampl\nui.continue: Ymlaen\n");
    let found = compiled.diagnostics.iter();
    let found = found.filter(|found| !crate::is_about_the_whole(found));
    let found: Vec<_> = found.map(|d| d.code.id).collect();
    assert_eq!(found, ["CF0801", "CF0802"]);
    let cy = texts(&compiled, "cy");
    assert_eq!(cy.status, TextStatus::Reviewed);
    assert_eq!(cy.get("form.title"), Some("Sample"), "falls back");
    assert_eq!(
        cy.get("ui.continue"),
        Some("Ymlaen"),
        "a default word is replaced"
    );
    assert_eq!(cy.get("message.required"), Some("Rhowch {name}"));
}

#[test]
fn options_of_a_shared_set_are_translated_once() {
    let compiled = with_locale("option_set.colours.red: Coch\nfield.back.option.red: Rhudd\n");
    let cy = texts(&compiled, "cy");
    assert_eq!(cy.get("field.front.option.red"), Some("Coch"));
    assert_eq!(cy.get("field.back.option.red"), Some("Rhudd"));
}

#[test]
fn a_language_without_words_or_file_is_warned_of() {
    let text = BASE.replace("languages: [en]", "languages: [en, tlh]");
    assert_eq!(findings(&text), ["CF0801 tlh", "CF0804 tlh"]);
}

#[test]
fn own_error_messages_have_the_limits_as_placeholders() {
    let with = |error: &str| {
        BASE.replace(
            "        label: Age\n",
            &format!("        label: Age\n        errors:\n          {error}\n"),
        )
    };
    let none: [&str; 0] = [];
    assert_eq!(findings(&with("range: From {min} to {max}, {name}")), none);
    assert_eq!(findings(&with("rnge: From {min}")), ["CF0802 rnge"]);
    assert_eq!(findings(&with("range: From {age}")), ["CF0803 {age}"]);
}
