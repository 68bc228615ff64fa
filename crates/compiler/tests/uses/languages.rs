//! The texts of shared files in the languages of a form.

use super::{compiled, form, found, plan};

const FIELDS: &str = "      - field: region\n        type: choice\n        options: regions\n        label: Which region?\n      - field: car\n        type: plate\n        label: Your car\n";
const FEE: &str = "fees:\n  - fee: stall\n    label: Stall\n    amount: stall_fee\n";
const WELSH: &str = "\
status: reviewed
form.title: Parti
page.first.title: Yn gyntaf
field.region.label: Pa ranbarth?
field.car.label: Eich car
fee.stall.label: Stondin
";
const SHARED_WELSH: &str = "\
parameter.stall_fee.label: Ffi stondin
option_set.regions.north: Y gogledd
option_set.regions.south: Y de
field_type.plate.say: O leiaf {least_letters} llythyren
";

fn in_languages(languages: &str) -> String {
    form(FIELDS, FEE).replace("languages:\n  - en\n", languages)
}

#[test]
fn they_are_translated_once_beside_the_shared_file() {
    let plan = plan(
        &in_languages("languages:\n  - en\n  - cy\n"),
        &[
            ("locales/cy.yaml", WELSH),
            ("../shared/locales/cy.yaml", SHARED_WELSH),
        ],
    );
    let welsh = &plan.texts["cy"].texts;
    assert_eq!(welsh["field.region.option.south"], "Y de");
    assert_eq!(welsh["parameter.stall_fee.label"], "Ffi stondin");
    assert_eq!(
        welsh["check.car_plate"],
        "O leiaf {least_letters} llythyren"
    );
}

#[test]
fn the_form_s_own_locale_file_has_the_last_word() {
    let own = format!("{WELSH}option_set.regions.south: Deheubarth\n");
    let plan = plan(
        &in_languages("languages:\n  - en\n  - cy\n"),
        &[
            ("locales/cy.yaml", own.as_str()),
            ("../shared/locales/cy.yaml", SHARED_WELSH),
        ],
    );
    let welsh = &plan.texts["cy"].texts;
    assert_eq!(welsh["field.region.option.south"], "Deheubarth");
    assert_eq!(welsh["field.region.option.north"], "Y gogledd");
}

#[test]
fn what_is_missing_is_named_once_with_the_file_to_write_it_in() {
    let compiled = compiled(
        &in_languages("languages:\n  - en\n  - cy\n"),
        &[("locales/cy.yaml", WELSH)],
    );
    let found = found(&compiled);
    assert_eq!(compiled.diagnostics.len(), 1, "{found}");
    assert!(found.contains("no translation of `parameter.stall_fee.label`, `option_set.regions.north`, `option_set.regions.south`, `field_type.plate.say`"), "{found}");
    assert!(
        found.contains("Add them to `../shared/locales/cy.yaml`"),
        "{found}"
    );
}

#[test]
fn a_form_in_another_language_takes_the_translations() {
    let plan = plan(
        &in_languages("languages:\n  - cy\n  - en\n"),
        &[
            ("../shared/locales/cy.yaml", SHARED_WELSH),
            (
                "locales/en.yaml",
                "form.title: Party\npage.first.title: First\nfield.region.label: Which?\nfield.car.label: Car\nfee.stall.label: Stall\n",
            ),
        ],
    );
    let text = |locale: &str, key: &str| plan.texts[locale].texts[key].clone();
    assert_eq!(text("cy", "field.region.option.south"), "Y de");
    assert_eq!(text("en", "field.region.option.south"), "The south");
}

#[test]
fn a_wrong_placeholder_is_reported_in_the_shared_locale_file() {
    let wrong = SHARED_WELSH.replace("{least_letters}", "{letters}");
    let compiled = compiled(
        &in_languages("languages:\n  - en\n  - cy\n"),
        &[
            ("locales/cy.yaml", WELSH),
            ("../shared/locales/cy.yaml", wrong.as_str()),
        ],
    );
    let found = found(&compiled);
    assert!(found.contains("error[CF0803]"), "{found}");
    assert!(
        found.contains("--> ../shared/locales/cy.yaml:4:"),
        "{found}"
    );
}
