//! Texts with a form for each kind of number, through compilation, evaluation and words.

use counterfoil_compiler::{Compiled, Files, compile};
use counterfoil_engine::{Answers, Context, Plan, evaluate, words};

use crate::{BASE, is_about_the_whole};

/// Stalls from 1 to 200 that are too many by any limit.
fn with(say: &str, language: &str, locale: &str) -> Compiled {
    let base = BASE.replace("languages: [en]", &format!("languages: [en, {language}]"));
    let form = format!(
        "{base}checks:\n  - check: few\n    at: stalls\n    require: stalls < 1\n    say:{say}\n"
    );
    let locale_name = format!("locales/{language}.yaml");
    compile(&Files::in_memory([
        ("form.yaml", form.as_str()),
        (locale_name.as_str(), locale),
    ]))
}

const TITLE: &str = "form.title: Beispiel\n";
const ENGLISH: &str = "\n      one: Only {stalls} stall?\n      other: All {stalls} stalls?";

/// What is found, by code and severity, with the text at the place.
fn findings(compiled: &Compiled) -> Vec<String> {
    let found = compiled.diagnostics.iter();
    let found = found.filter(|found| !is_about_the_whole(found) && found.code.id != "CF0801");
    found
        .map(|found| {
            let place = compiled.sources.slice(found.span);
            format!("{} {:?} {place}", found.code.id, found.severity)
        })
        .collect()
}

fn said(compiled: &Compiled, locale: &str, stalls: u32) -> String {
    let published = compiled.plan.clone().unwrap();
    // As it comes back from JSON, which is what browsers and offices load.
    let plan = Plan::from_json(&published.to_json()).unwrap();
    let answers = format!("{{\"sells_food\": true, \"stalls\": {stalls}}}");
    let answers = Answers::from_json(&answers).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let report = evaluate(&plan, &answers, &context).unwrap();
    let words = words(&plan, locale, &report);
    let error = words
        .errors
        .into_iter()
        .find(|error| error.path == "stalls");
    error.unwrap().message
}

#[test]
fn the_form_goes_with_the_number() {
    let compiled = with(ENGLISH, "de", "check.few: 'Nur {stalls}?'\n");
    assert_eq!(findings(&compiled), [""; 0]);
    assert_eq!(said(&compiled, "en", 1), "Only 1 stall?");
    assert_eq!(said(&compiled, "en", 2), "All 2 stalls?");
    assert_eq!(
        said(&compiled, "de", 1),
        "Nur 1?",
        "a translation may do without"
    );
    let texts = &compiled.plan.unwrap().texts["de"];
    assert_eq!(texts.get("check.few.one"), None);
}

#[test]
fn each_language_has_its_own_forms() {
    let arabic = "check.few:\n  one: كشك واحد\n  two: كشكان\n  few: '{stalls} أكشاك'\n  \
                  many: '{stalls} كشكا'\n  other: '{stalls} كشك'\n";
    let compiled = with(ENGLISH, "ar", arabic);
    assert_eq!(findings(&compiled), [""; 0]);
    for (stalls, expected) in [
        (1, "كشك واحد"),
        (2, "كشكان"),
        (3, "3 أكشاك"),
        (11, "11 كشكا"),
        (100, "100 كشك"),
        (103, "103 أكشاك"),
    ] {
        assert_eq!(said(&compiled, "ar", stalls), expected);
    }
    // A translation can have forms of a text that has none, and need not say what decides.
    let welsh = "check.few:\n  one: '{stalls} stondin'\n  two: '{stalls} stondin ddwy'\n  \
                 few: '{stalls} x'\n  many: '{stalls} y'\n  other: '{stalls} z'\n";
    let compiled = with(" Stalls are {stalls}", "cy", welsh);
    assert_eq!(findings(&compiled), [""; 0]);
    assert_eq!(said(&compiled, "cy", 2), "2 stondin ddwy");
    assert_eq!(said(&compiled, "cy", 6), "6 y");
    assert_eq!(said(&compiled, "en", 1), "Stalls are 1");
}

#[test]
fn a_text_without_translation_keeps_the_forms_that_mean_the_same() {
    let compiled = with(ENGLISH, "fr", "form.title: Exemple\n");
    let texts = compiled.plan.clone().unwrap().texts;
    // French counts 0 among `one`, and English does not.
    assert_eq!(texts["fr"].get("check.few.one"), None);
    assert_eq!(said(&compiled, "fr", 1), "All 1 stalls?");
    let compiled = with(ENGLISH, "es", "form.title: Ejemplo\n");
    assert_eq!(said(&compiled, "es", 1), "Only 1 stall?");
}

#[test]
fn the_number_is_named_where_several_could_decide() {
    let two = "\n      one: '{stalls} of {age}'\n      other: '{stalls} of {age}!'";
    let compiled = with(two, "de", TITLE);
    assert_eq!(findings(&compiled), ["CF0805 Error one"]);
    let found = compiled
        .diagnostics
        .iter()
        .find(|found| found.code.id == "CF0805");
    let help = found.unwrap().help.clone().unwrap();
    assert!(help.contains("`number: stalls`"), "{help}");

    let named = format!("\n      number: age{two}");
    let compiled = with(&named, "de", "check.few:\n  one: Eins\n  other: Mehr\n");
    // The translation puts in no number and goes by that of the text.
    assert_eq!(findings(&compiled), [""; 0]);
    let texts = &compiled.plan.unwrap().texts["de"];
    assert_eq!(texts.get("check.few.number"), Some("age"));

    let unknown = format!("\n      number: stals{two}");
    assert_eq!(
        findings(&with(&unknown, "de", TITLE)),
        ["CF0805 Error stals"]
    );
    let money = "\n      number: fee\n      one: '{fee} x'\n      other: '{fee}'";
    assert_eq!(findings(&with(money, "de", TITLE)), ["CF0805 Error fee"]);
    let none = "\n      one: One\n      other: More";
    assert_eq!(findings(&with(none, "de", TITLE)), ["CF0805 Error one"]);
}

#[test]
fn forms_that_a_language_needs_or_does_not_have_are_warned_of() {
    let missing = "check.few:\n  one: '{stalls} stoisko'\n  few: '{stalls} stoiska'\n  other: x\n";
    let compiled = with(ENGLISH, "pl", missing);
    let found: Vec<_> = findings(&compiled);
    assert!(
        found.contains(&"CF0805 Warning one".to_owned()),
        "{found:?}"
    );
    let found = compiled
        .diagnostics
        .iter()
        .find(|found| found.code.id == "CF0805");
    assert_eq!(
        found.unwrap().message,
        "in `pl` there is a form `many` for 5, 6, 7 and more, and the text has none"
    );
    let two = "\n      one: '{stalls} a'\n      two: '{stalls} b'\n      other: '{stalls} c'";
    assert_eq!(findings(&with(two, "de", TITLE)), ["CF0805 Warning two"]);
    // French says 0 in the singular, but there are no 0 stalls; Russian says 21 so.
    let once =
        "check.few:\n  one: '{}'\n  few: '{stalls}'\n  many: '{stalls}'\n  other: '{stalls}'\n";
    let russian = findings(&with(ENGLISH, "ru", &once.replace("{}", "стенд")));
    assert!(
        russian.contains(&"CF0805 Warning one".to_owned()),
        "{russian:?}"
    );
    let french = "check.few:\n  one: Un stand\n  other: '{stalls} stands'\n";
    assert_eq!(findings(&with(ENGLISH, "fr", french)), [""; 0]);
    // Numbers that nobody can enter need no form.
    let few = "check.few:\n  few: '{stalls} stoiska'\n  other: x\n";
    let form = BASE.replace("languages: [en]", "languages: [en, pl]");
    let form = form.replace("min: 1\n        max: 200", "min: 2\n        max: 4");
    let check = "checks:\n  - check: few\n    at: stalls\n    require: stalls < 2\n    say: All {stalls}?\n";
    let form = format!("{form}{check}");
    let files = Files::in_memory([("form.yaml", form.as_str()), ("locales/pl.yaml", few)]);
    let found = findings(&compile(&files));
    assert!(
        found.iter().all(|found| !found.starts_with("CF0805")),
        "{found:?}"
    );
}

#[test]
fn a_text_in_forms_has_one_for_all_other_numbers_and_no_other_keys() {
    let without = "\n      one: '{stalls}'";
    assert_eq!(
        findings(&with(without, "de", TITLE)),
        ["CF0108 Error one: '{stalls}'"]
    );
    let misspelt = "\n      one: '{stalls}'\n      oter: '{stalls}!'";
    assert_eq!(
        findings(&with(misspelt, "de", TITLE)),
        ["CF0107 Error oter"]
    );
}

#[test]
fn only_texts_that_put_in_a_number_have_forms() {
    let titled = "form.title:\n  one: Eins\n  other: Viele\nui.continue:\n  one: a\n  other: b\n";
    let found = findings(&with(" '{stalls}'", "de", titled));
    assert_eq!(found, ["CF0805 Error one", "CF0805 Error one"]);
}

#[test]
fn own_messages_go_by_the_limits_that_they_put_in() {
    let own = BASE.replace(
        "        label: Stalls\n",
        "        label: Stalls\n        errors:\n          range:\n            number: max\n            \
         one: Only {max} stall fits\n            other: From {min} to {max} stalls fit\n",
    );
    for (limit, expected) in [
        ("200", "From {min} to 200 stalls fit"),
        ("1", "Only 1 stall fits"),
    ] {
        let form = own.replace("max: 200", &format!("max: {limit}"));
        let compiled = compile(&Files::in_memory([("form.yaml", form.as_str())]));
        assert_eq!(findings(&compiled), [""; 0]);
        assert_eq!(said(&compiled, "en", 500), expected);
    }
}
