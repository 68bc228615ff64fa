//! Questions of several parts, alone and in groups.

use counterfoil_compiler::schema::answers_schema;
use counterfoil_engine::answers::Data;
use serde_json::json;

use crate::{compiled, errors, findings, form, plan, report};

const GROUP: &str = "  - page: people_page
    title: People
    group: people
    min: 1
    max: 3
    fields:
      - field: home
        type: address_gb
        label: Home
      - field: abroad
        type: boolean
        label: Abroad?
    values:
      in_leeds: home.town == \"Leeds\"
";

#[test]
fn a_composite_asks_its_parts() {
    let plan = plan(&form(
        "- field: applicant\n  type: person_name\n  label: Applicant",
        "checks:
  - check: two_names
    at: applicant.family_name
    require: applicant.given_names != applicant.family_name
    say: Write two names
",
    ));
    let texts = plan.texts("en").unwrap();
    assert_eq!(texts.text("field.applicant.label"), "Applicant");
    assert_eq!(
        texts.text("field.applicant_given_names.label"),
        "Given names"
    );
    let answers = json!({ "applicant_given_names": "Ada", "applicant_family_name": "Ada" });
    let report = report(&plan, &answers);
    assert_eq!(errors(&report), ["applicant_family_name check"]);
    let schema = answers_schema(&plan, "en");
    let properties = schema["properties"].as_object().unwrap();
    assert!(properties.contains_key("applicant_given_names"));
    assert!(!properties.contains_key("applicant"));
}

#[test]
fn the_legend_and_parts_have_texts_of_their_own() {
    let text = form("- field: home\n  type: address_gb", "");
    let plan = plan(&text);
    let texts = plan.texts("en").unwrap();
    assert_eq!(texts.text("field.home.label"), "Address");
    assert_eq!(texts.text("field.home_postcode.label"), "Postcode");
    let wrong = json!({ "home_line_1": "1 Road", "home_town": "Leeds", "home_postcode": "L" });
    assert_eq!(errors(&report(&plan, &wrong)), ["home_postcode pattern"]);
}

#[test]
fn conditions_of_the_whole_are_those_of_its_parts() {
    let plan = plan(&form(
        "- field: asks\n  type: boolean\n  label: Asks?
- field: home\n  type: address_gb\n  when: asks
- field: work\n  type: address_gb\n  label: Work\n  required: false\n  autocomplete: 'off'",
        "",
    ));
    let hidden = report(&plan, &json!({ "asks": false }));
    assert!(errors(&hidden).is_empty() && hidden.missing.is_empty());
    let shown = report(&plan, &json!({ "asks": true }));
    let missing: Vec<&str> = shown.missing.iter().map(|path| &**path).collect();
    assert_eq!(missing, ["home_line_1", "home_town", "home_postcode"]);
    let rules = serde_json::to_string(plan.rules()).unwrap();
    assert!(rules.contains("\"off\"") && rules.contains("\"postal-code\""));
}

#[test]
fn composites_stand_in_groups() {
    let text = form(
        "- field: name\n  type: full_name",
        &format!(
            "{GROUP}values:\n  leeds: count(people.in_leeds)\n  posts: count(people.home.postcode == \"LS1 1AA\")\nchecks:\n  - check: town\n    at: people.home.town\n    require: home.town != \"York\"\n    say: Not York\n"
        ),
    );
    let compiled = compiled(&text);
    let found: Vec<_> = compiled
        .diagnostics
        .iter()
        .filter(|d| d.code.id != "CF1020")
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let plan = counterfoil_engine::Plan::load(compiled.plan.unwrap()).unwrap();
    let texts = plan.texts("en").unwrap();
    assert_eq!(texts.text("field.people.home.label"), "Home");
    let person = |town: &str, postcode: &str| {
        json!({
            "home_line_1": "1 Road", "home_town": town, "home_postcode": postcode, "abroad": false
        })
    };
    let people = json!([
        person("Leeds", "LS1 1AA"),
        person("York", "Y"),
        person("Leeds", "LS1 1AA")
    ]);
    let report = report(&plan, &json!({ "name": "Ada", "people": people }));
    assert_eq!(
        errors(&report),
        [
            "people[1].home_town check",
            "people[1].home_postcode pattern"
        ]
    );
    let leeds = report.values.get("leeds").cloned();
    assert_eq!(leeds, Some(Data::number("2")));
}

#[test]
fn own_composites_speak_of_their_parts() {
    let types = "field_types:
  - field_type: stay
    label: Stay
    fields:
      - field: abroad
        type: boolean
        label: Abroad?
      - field: country
        type: text
        label: Country
        when: abroad
";
    let plan = plan(&form("- field: last\n  type: stay", types));
    assert!(
        report(&plan, &json!({ "last_abroad": false }))
            .missing
            .is_empty()
    );
    let missing = report(&plan, &json!({ "last_abroad": true })).missing;
    assert_eq!(missing, ["last_country"]);
}

#[test]
fn what_is_wrong_with_a_composite_is_reported_at_the_field() {
    let field = |more: &str| {
        form(
            &format!("- field: applicant\n  type: person_name{more}"),
            "",
        )
    };
    assert_eq!(findings(&field("\n  max_length: 9")), ["CF0143 max_length"]);
    let value = |expr: &str| {
        let text = form(
            "- field: applicant\n  type: person_name",
            &format!(
                "checks:\n  - check: c\n    at: applicant.given_names\n    require: {expr}\n    say: No\n"
            ),
        );
        findings(&text)
    };
    assert_eq!(
        value("applicant.given_name != \"A\""),
        ["CF0212 given_name"]
    );
    assert_eq!(value("applicant != \"A\""), ["CF0212 applicant"]);
    let twice = form(
        "- field: applicant\n  type: person_name\n- field: applicant_given_names\n  type: text\n  label: Given",
        "",
    );
    assert_eq!(findings(&twice), ["CF0203 applicant_given_names"]);
}

#[test]
fn a_question_may_ask_a_part_otherwise_than_its_type() {
    let text = form(
        "- field: abroad\n  type: boolean\n  label: Abroad?\n- field: home\n  type: address_gb\n  label: Home\n  parts:\n    line_1:\n      label: House and street\n      hint: As on your letters\n      max_length: 5\n      errors:\n        length: At most {max_length}\n    county:\n      required: true\n    postcode:\n      required: false\n      label: Code\n      errors:\n        pattern: No postcode\n    town:\n      when: not(abroad)\n      autocomplete: off",
        "",
    );
    let plan = plan(&text);
    let texts = plan.texts("en").unwrap();
    assert_eq!(texts.text("field.home_line_1.label"), "House and street");
    assert_eq!(texts.text("field.home_line_1.hint"), "As on your letters");
    assert_eq!(texts.text("field.home_postcode.label"), "Code");
    assert_eq!(
        texts.text("field.home_postcode.error.pattern"),
        "No postcode"
    );
    let answers = json!({ "abroad": false, "home_line_1": "1 Road", "home_town": "Leeds" });
    let report = report(&plan, &answers);
    assert_eq!(errors(&report), ["home_line_1 length"]);
    assert_eq!(report.missing, ["home_county"]);
    let abroad = crate::report(
        &plan,
        &json!({ "abroad": true, "home_line_1": "1", "home_county": "K", "home_postcode": "L" }),
    );
    assert_eq!(errors(&abroad), ["home_postcode pattern"]);
    assert!(abroad.missing.is_empty());
}

#[test]
fn what_is_written_of_parts_is_checked() {
    let found = |parts: &str| {
        findings(&form(
            &format!("- field: home\n  type: address_gb\n  label: Home\n  parts:\n{parts}"),
            "",
        ))
    };
    let unknown = found("    conty:\n      required: true");
    assert!(
        unknown[0].contains("CF0212") && unknown[0].contains("conty"),
        "{unknown:?}"
    );
    let settled = found("    county:\n      pattern: x");
    assert!(settled[0].contains("CF0107"), "{settled:?}");
    let wider = found("    county:\n      max_length: 5000");
    assert!(wider[0].contains("CF0144"), "{wider:?}");
    let of_one = findings(&form(
        "- field: mail\n  type: email\n  parts:\n    a:\n      label: A",
        "",
    ));
    assert!(of_one[0].contains("CF0143"), "{of_one:?}");
    let plain = findings(&form(
        "- field: mail\n  type: text\n  label: Mail\n  parts:\n    a:\n      label: A",
        "",
    ));
    assert!(plain[0].contains("CF0143"), "{plain:?}");
}

#[test]
fn parts_of_parts_are_written_of_in_the_same_way() {
    let types = "field_types:\n  - field_type: holder\n    label: Holder\n    fields:\n      - field: who\n        type: person_name\n      - field: since\n        type: date\n        label: Since\n";
    let text = form(
        "- field: owner\n  type: holder\n  label: Owner\n  parts:\n    who:\n      parts:\n        family_name:\n          label: Surname",
        types,
    );
    let plan = plan(&text);
    let texts = plan.texts("en").unwrap();
    assert_eq!(texts.text("field.owner_who_family_name.label"), "Surname");
}
