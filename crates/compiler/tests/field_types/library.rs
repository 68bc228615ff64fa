//! The library: published examples, and the same with a slip of the pen.

use counterfoil_engine::words;
use serde_json::json;

use crate::{errors, form, plan, plan_of, report};

/// Whether a type of the library takes an answer.
fn takes(plan: &counterfoil_engine::Plan, answer: &str) -> bool {
    errors(&report(plan, &json!({ "it": answer }))).is_empty()
}

fn check(type_: &str, good: &[&str], bad: &[&str]) {
    let plan = plan(&form(&format!("- field: it\n  type: {type_}"), ""));
    for answer in good {
        assert!(takes(&plan, answer), "{type_} refuses {answer}");
    }
    for answer in bad {
        assert!(!takes(&plan, answer), "{type_} takes {answer}");
    }
}

#[test]
fn types_without_check_digits_take_what_is_published() {
    check(
        "email",
        &["name@example.com", "a.b+c@sub.example.org"],
        &["name@", "name.example.com", "name@example"],
    );
    check(
        "telephone",
        &[
            "020 7946 0958",
            "(020) 7946-0958",
            "+44 (0)20 7946 0958",
            "0044 20 7946 0958",
            "030/901820",
            "+1 202-456-1414",
        ],
        &[
            "12345",
            "+44 20 7946 0958 1234 5678",
            "020 7946 095a",
            "++44 20 7946",
        ],
    );
    check(
        "telephone_international",
        &["+44 20 7946 0958", "+34912345678", "+1 (202) 456-1414"],
        &["020 7946 0958", "+0 20 7946 0958", "+4420794609581234567"],
    );
    check(
        "bic",
        &["DEUTDEFF", "deutdeff500", "NEDSZAJJXXX"],
        &["DEUTDEF", "DEUTDEFF50", "DEUT1EFF", "DEUT-DEFF"],
    );
    check(
        "postcode_de",
        &["10115", "01067"],
        &["00115", "1011", "101155"],
    );
    check(
        "postcode_fr",
        &["75001", "20000", "97400"],
        &["99000", "00100", "7500"],
    );
    check(
        "postcode_es",
        &["28013", "52006", "01001"],
        &["53001", "00001", "2801"],
    );
    check(
        "postcode_nl",
        &["1012 JS", "1012js"],
        &["0112 JS", "1012 SA", "1012 SS", "1012"],
    );
    check(
        "zip_code_us",
        &["20500", "20500-0003"],
        &["2050", "20500-3"],
    );
    check("state_us", &["NY", "dc", "PR"], &["ZZ", "N", "New York"]);
}

/// Examples from the guidance on postcodes of the Office for National Statistics and of BS 7666.
#[test]
fn british_postcodes_have_one_of_six_shapes() {
    check(
        "postcode_gb",
        &[
            "M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "sw1a1aa", "GIR 0AA",
        ],
        &[
            "M1 AA",
            "1M 1AA",
            "M1 1CA",
            "EC1AB 1BB",
            "M601 1NW",
            "M1  1AA",
        ],
    );
}

/// The rules of the National Insurance Manual, NIM39110, for every prefix.
#[test]
fn national_insurance_numbers_have_prefixes_that_are_used() {
    let plan = plan(&form("- field: it\n  type: nino", ""));
    for first in 'A'..='Z' {
        for second in 'A'..='Z' {
            let pair = format!("{first}{second}");
            let used = !"DFIQUV".contains(first)
                && !"DFIQUVO".contains(second)
                && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&pair.as_str());
            assert_eq!(takes(&plan, &format!("{pair} 12 34 56 C")), used, "{pair}");
        }
    }
    for (answer, good) in [
        ("ab123456c", true),
        ("AB 12 34 56 D", true),
        ("AB 12 34 56 E", false),
        ("AB 12 34 5 C", false),
        ("AB 123 456 C", false),
    ] {
        assert_eq!(takes(&plan, answer), good, "{answer}");
    }
}

/// The rules of the Social Security Administration, for every area, and for groups and serial numbers.
#[test]
fn social_security_numbers_have_no_part_of_zeros() {
    let plan = plan(&form("- field: it\n  type: ssn", ""));
    for area in 0..=999 {
        let used = area != 0 && area != 666 && area < 900;
        assert_eq!(takes(&plan, &format!("{area:03}-12-3456")), used, "{area}");
    }
    for part in 0..=99 {
        assert_eq!(takes(&plan, &format!("123-{part:02}-3456")), part != 0);
        assert_eq!(takes(&plan, &format!("123-45-00{part:02}")), part != 0);
    }
    assert!(takes(&plan, "123456789") && takes(&plan, "123-45-9000"));
}

#[test]
fn texts_are_those_of_each_language() {
    let text = form("- field: it\n  type: bic", "").replace("[en]", "[en, es, cy]");
    let locales = [
        (
            "locales/es.yaml",
            "form.title: Muestra\npage.only.title: Única\n",
        ),
        (
            "locales/cy.yaml",
            "form.title: Sampl\npage.only.title: Unig\n",
        ),
    ];
    let files = [("form.yaml", text.as_str())].into_iter().chain(locales);
    let compiled = counterfoil_compiler::compile(&counterfoil_compiler::Files::in_memory(files));
    let plan = plan_of(compiled);
    let report = report(&plan, &json!({ "it": "DEUT" }));
    for (locale, label, message) in [
        (
            "en",
            "BIC or SWIFT code",
            "Enter a BIC of 8 or 11 characters, like DEUTDEFF",
        ),
        (
            "es",
            "Código BIC o SWIFT",
            "Escriba un BIC de 8 u 11 caracteres, como DEUTDEFF",
        ),
        (
            "cy",
            "Cod BIC neu SWIFT",
            "Rhowch BIC o 8 neu 11 nod, fel DEUTDEFF",
        ),
    ] {
        assert_eq!(plan.texts(locale).unwrap().text("field.it.label"), label);
        let said = words(&plan, locale, &report);
        assert_eq!(said.errors[0].message, message);
    }
}

/// The first language of a form need not be English.
#[test]
fn texts_are_in_the_form_s_own_language() {
    let plan = plan(&form("- field: it\n  type: bic", "").replace("[en]", "[es]"));
    let texts = plan.texts("es").unwrap();
    assert_eq!(texts.text("field.it.label"), "Código BIC o SWIFT");
}

/// Every type compiles in every language of the library, without a finding, with texts of its own and a
/// schema of its answers; and no text belongs to a type that there is not.
#[test]
fn every_type_is_complete_in_every_language() {
    let shipped = |name: &str| {
        let path = format!("{}/src/library/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let types: Vec<String> = ["people", "contact", "addresses", "banking", "identifiers"]
        .into_iter()
        .flat_map(|file| {
            let text = shipped(file);
            let lines = text.lines();
            let ids = lines.filter_map(|line| line.trim().strip_prefix("- field_type: "));
            ids.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(types.len() >= 30, "{types:?}");
    let keys = |language: &str| -> Vec<String> {
        let text = shipped(language);
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.split_once(": ").unwrap().0.to_owned())
            .collect()
    };
    let expected = keys("en");
    for language in ["en", "es", "cy", "fr", "de", "ar"] {
        assert_eq!(keys(language), expected, "{language}");
        for type_ in &types {
            let text = form(&format!("- field: it\n  type: {type_}"), "");
            let plan = plan(&text.replace("[en]", &format!("[{language}]")));
            let schema = counterfoil_compiler::schema::answers_schema(&plan, language);
            let properties = schema["properties"].as_object().unwrap();
            assert!(
                properties.keys().all(|key| key.starts_with("it")),
                "{type_}"
            );
        }
    }
    for key in expected {
        let type_ = key.split('.').nth(1).unwrap();
        assert!(types.iter().any(|known| known == type_), "{key}");
    }
}
