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
    let missing: Vec<&str> = shown.missing.iter().map(String::as_str).collect();
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
    assert_eq!(leeds, Some(Data::Number("2".to_owned())));
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
fn a_question_words_single_parts_in_its_own_way() {
    let types = "field_types:
  - field_type: worker
    fields:
      - field: employed
        type: boolean
        label: Do you work?
        name: whether you work
        errors:
          required: Say whether you work
      - field: wages
        type: money
        min: 0
        when: employed
        label: How much do you earn?
";
    let asked = |parts: &str| {
        let partner = format!("- field: partner\n  type: worker\n  label: Partner\n{parts}");
        let you = "- field: you\n  type: worker\n  label: You\n";
        form(
            &format!("{you}{partner}"),
            &format!("currency: GBP\n{types}"),
        )
    };
    let parts = "  parts:
    employed:
      label: Does your partner work?
      name: whether your partner works
      errors:
        type: Choose one of the two";
    let plan = plan(&asked(parts));
    let texts = plan.texts("en").unwrap();
    let employed = |who: &str, key: &str| {
        texts
            .text(&format!("field.{who}_employed.{key}"))
            .to_owned()
    };
    assert_eq!(employed("you", "label"), "Do you work?");
    assert_eq!(employed("partner", "label"), "Does your partner work?");
    assert_eq!(employed("partner", "error.type"), "Choose one of the two");
    assert_eq!(
        employed("partner", "error.required"),
        "Say whether you work"
    );
    assert_eq!(
        texts.text("field.partner_wages.label"),
        "How much do you earn?"
    );
    let missing = report(
        &plan,
        &json!({ "you_employed": false, "partner_employed": true }),
    )
    .missing;
    assert_eq!(missing, ["partner_wages"]);

    let misspelt = asked("  parts:\n    employd:\n      label: No");
    assert_eq!(findings(&misspelt), ["CF0143 employd"]);
    let limit = asked("  parts:\n    wages:\n      max: 5");
    assert_eq!(findings(&limit), ["CF0107 max"]);
}
