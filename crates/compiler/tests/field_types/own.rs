//! Field types that a form declares, and what a field may say beside its type.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::words;
use serde_json::json;

use crate::{compiled, errors, findings, form, plan, plan_of, report};

const REFERENCE: &str = "\
field_types:
  - field_type: reference
    type: text
    label: Reference
    hint: On every letter
    pattern: '[A-Z]{2}[0-9]{4}'
    max_length: 6
    check: value != \"AA0000\"
    say: This reference is not used
    source: Letters, 3
    errors:
      pattern: Enter the reference as on the letter
";

#[test]
fn a_field_gets_everything_from_its_type() {
    let plan = plan(&form(
        "- field: first\n  type: reference\n- field: second\n  type: reference\n  label: Other\n  required: false\n  errors:\n    required: Enter the other",
        REFERENCE,
    ));
    let texts = plan.texts("en").unwrap();
    for (key, text) in [
        ("field.first.label", "Reference"),
        ("field.first.hint", "On every letter"),
        ("field.second.label", "Other"),
        ("field.second.error.required", "Enter the other"),
        (
            "field.second.error.pattern",
            "Enter the reference as on the letter",
        ),
        ("check.first_reference", "This reference is not used"),
    ] {
        assert_eq!(texts.text(key), text, "{key}");
    }
    let errors_of = |answers| errors(&report(&plan, &answers));
    assert!(errors_of(json!({ "first": "AB1234" })).is_empty());
    assert_eq!(errors_of(json!({ "first": "AB123" })), ["first pattern"]);
    let both = json!({ "first": "AA0000", "second": "AA0000" });
    assert_eq!(errors_of(both), ["first check", "second check"]);
    let said = words(&plan, "en", &report(&plan, &json!({ "first": "AA0000" })));
    assert_eq!(said.errors[0].message, "This reference is not used");
}

#[test]
fn types_are_made_of_types() {
    let types = format!(
        "{REFERENCE}  - field_type: short_reference\n    type: reference\n    label: Short\n    check: value != \"BB0000\"\n    say: Nor is this\n"
    );
    let plan = plan(&form("- field: it\n  type: short_reference", &types));
    let errors_of = |answer: &str| errors(&report(&plan, &json!({ "it": answer })));
    assert_eq!(errors_of("AA0000"), ["it check"]);
    assert_eq!(errors_of("BB0000"), ["it check"]);
    assert!(errors_of("CC0000").is_empty());
    assert_eq!(plan.texts("en").unwrap().text("field.it.label"), "Short");
}

#[test]
fn one_translation_serves_every_field() {
    let text = form(
        "- field: a\n  type: reference\n- field: b\n  type: reference",
        REFERENCE,
    )
    .replace("[en]", "[en, es]");
    let locale = "form.title: Muestra
page.only.title: Única
field_type.reference.label: Referencia
field_type.reference.hint: En cada carta
field_type.reference.say: Esta referencia no se usa
field_type.reference.error.pattern: Escriba la referencia de la carta
field.b.label: Otra referencia
";
    let files = [("form.yaml", text.as_str()), ("locales/es.yaml", locale)];
    let compiled = compile(&Files::in_memory(files));
    let plan = plan_of(compiled);
    let texts = plan.texts("es").unwrap();
    assert_eq!(texts.text("field.a.label"), "Referencia");
    assert_eq!(texts.text("field.b.label"), "Otra referencia");
    assert_eq!(texts.text("check.b_reference"), "Esta referencia no se usa");
}

#[test]
fn a_field_narrows_the_limits_of_its_type() {
    let types = "field_types:\n  - field_type: crowd\n    type: integer\n    label: Crowd\n    min: 10\n    max: 99\n";
    let field = |limits: &str| form(&format!("- field: it\n  type: crowd\n{limits}"), types);
    let narrow = plan(&field("  min: 20\n  max: 30"));
    assert_eq!(errors(&report(&narrow, &json!({ "it": 19 }))), ["it range"]);
    assert!(errors(&report(&narrow, &json!({ "it": 20 }))).is_empty());
    assert_eq!(findings(&field("  min: 9")), ["CF0144 9"]);
    assert_eq!(findings(&field("  max: 100")), ["CF0144 100"]);
    assert_eq!(
        findings(&form(
            "- field: it\n  type: reference\n  max_length: 7",
            REFERENCE
        )),
        ["CF0144 7"]
    );
    assert_eq!(
        findings(&form(
            "- field: it\n  type: reference\n  pattern: '[A-Z]'",
            REFERENCE
        )),
        ["CF0145 pattern"]
    );
    assert_eq!(
        findings(&form("- field: it\n  type: reference\n  min: 7", REFERENCE)),
        ["CF0111 min"]
    );
}

#[test]
fn limits_of_a_type_are_held_though_every_question_has_its_own() {
    let crowd = |limits: &str| {
        format!(
            "field_types:\n  - field_type: crowd\n    type: integer\n    label: Crowd\n{limits}"
        )
    };
    let own = |types: &str| form("- field: it\n  type: crowd\n  min: 20\n  max: 30", types);
    let sound = crowd("    min: 10\n    max: 99\n");
    assert_eq!(findings(&own(&sound)), [""; 0]);
    for (limits, found) in [
        ("    min: few\n    max: 99\n", "CF0110 few"),
        ("    min: 10\n    max: 99.5\n", "CF0307 99.5"),
        ("    min: 100\n    max: 9\n", "CF0307 9"),
    ] {
        let all = findings(&own(&crowd(limits)));
        assert!(all.iter().any(|one| one == found), "{limits}: {all:?}");
    }
    // Once, however many questions say nothing of their own.
    let twice = form(
        "- field: a\n  type: crowd\n- field: b\n  type: crowd",
        &crowd("    min: 100\n    max: 9\n"),
    );
    let found = findings(&twice);
    assert!(found.iter().all(|found| found == "CF0307 9"), "{found:?}");
    // Of the parts of a type too.
    let visit = |limits: &str| {
        form(
            "- field: visit\n  type: visit\n  label: Visit\n  parts:\n    people:\n      min: 3\n      max: 4",
            &format!(
                "field_types:\n  - field_type: visit\n    fields:\n      - field: people\n        type: integer\n        \
                 label: People\n{limits}      - field: remark\n        type: text\n        label: Remark\n"
            ),
        )
    };
    assert_eq!(
        findings(&visit("        min: 1\n        max: 8\n")),
        [""; 0]
    );
    for (limits, found) in [
        ("        min: 1.5\n        max: 8\n", "CF0307 1.5"),
        ("        min: 9\n        max: 8\n", "CF0307 8"),
        ("        min: some\n        max: 8\n", "CF0110 some"),
    ] {
        let all = findings(&visit(limits));
        assert!(all.iter().any(|one| one == found), "{limits}: {all:?}");
    }
}

#[test]
fn what_is_wrong_with_a_type_is_reported_there() {
    let cases = [
        ("  - field_type: a\n    label: A\n", "CF0143 a"),
        (
            "  - field_type: a\n    type: text\n    label: A\n    fields: []\n",
            "CF0143 type",
        ),
        (
            "  - field_type: a\n    type: text\n    label: A\n    check: value == \"b\"\n",
            "CF0143 check",
        ),
        (
            "  - field_type: a\n    type: text\n    label: A\n    say: Oh\n",
            "CF0143 say",
        ),
        (
            "  - field_type: a\n    type: text\n    label: A\n    when: true\n",
            "CF0143 when",
        ),
        (
            "  - field_type: text\n    type: text\n    label: A\n",
            "CF0202 text",
        ),
        ("  - field_type: a\n    type: a\n    label: A\n", "CF0701 a"),
        (
            "  - field_type: a\n    type: text\n    lable: A\n",
            "CF0107 lable",
        ),
        (
            "  - field_type: a\n    type: text\n    label: A\n    max: 3\n",
            "CF0111 max",
        ),
    ];
    for (type_, expected) in cases {
        let text = form(
            "- field: it\n  type: email",
            &format!("field_types:\n{type_}"),
        );
        let found = findings(&text);
        assert!(
            found.iter().any(|found| found == expected),
            "{type_}{found:?}"
        );
    }
    let unused = form("- field: it\n  type: email", REFERENCE);
    assert_eq!(findings(&unused), ["CF1020 reference"]);
}

#[test]
fn an_unknown_type_gets_the_one_that_was_meant() {
    for (written, meant) in [
        ("emial", "email"),
        ("interger", "integer"),
        ("refrence", "reference"),
    ] {
        let text = form(
            &format!(
                "- field: other\n  type: reference\n- field: it\n  type: {written}\n  label: It"
            ),
            REFERENCE,
        );
        let compiled = compiled(&text);
        let [found] = compiled.diagnostics.as_slice() else {
            panic!("{:#?}", compiled.diagnostics);
        };
        assert_eq!(found.code.id, "CF0110");
        assert_eq!(compiled.sources.slice(found.span), written);
        assert_eq!(found.suggestion.as_ref().unwrap().replacement, meant);
    }
    let fact = form(
        "- field: it\n  type: email",
        "facts:\n  inspected:\n    type: iban_no\n",
    );
    assert_eq!(findings(&fact)[0], "CF0110 iban_no");
    let fact = form(
        "- field: it\n  type: email",
        "facts:\n  inspected:\n    type: nino\n",
    );
    assert_eq!(findings(&fact)[0], "CF0110 nino");
}

#[test]
fn a_language_without_texts_is_said_once() {
    let text = form("- field: it\n  type: bic\n- field: more\n  type: bic", "");
    let found = findings(&text.replace("[en]", "[it]"));
    assert_eq!(found, ["CF0804 it", "CF0146 bic"]);
}

#[test]
fn a_check_waits_for_an_answer() {
    let plan = plan(&form(
        "- field: it\n  type: reference\n  required: false",
        REFERENCE,
    ));
    let report = report(&plan, &json!({}));
    assert!(errors(&report).is_empty());
    assert!(report.missing.is_empty());
}

#[test]
fn types_of_personal_data_need_a_purpose() {
    let privacy = "privacy:\n  controller: Council\n  purposes:\n    - purpose: contact\n      say: To answer\n      retention: 1 year\n";
    let field = |type_: &str, more: &str| {
        form(
            &format!(
                "- field: other\n  type: boolean\n  label: Other\n  purpose: contact\n- field: it\n  type: {type_}{more}"
            ),
            privacy,
        )
    };
    assert_eq!(findings(&field("nino", "")), ["CF1101 it"]);
    assert!(
        compiled(&field("nino", "")).diagnostics[0]
            .message
            .contains("`type: nino`")
    );
    assert_eq!(findings(&field("nino", "\n  personal: false")), [""; 0]);
    assert_eq!(findings(&field("nino", "\n  purpose: contact")), [""; 0]);
    assert_eq!(findings(&field("bic", "")), [""; 0]);
    assert_eq!(
        findings(&field("person_name", "\n  purpose: contact")),
        [""; 0]
    );
    assert_eq!(findings(&field("person_name", "")), ["CF1101 it"; 2]);
}

/// Nobody can look into the library: what it says is told where the question names the type.
#[test]
fn what_the_library_says_is_told_where_the_type_is_named() {
    let text = form(
        "- field: it\n  type: bic\n  pattern: '[A-Z]'\n  max_length: 20",
        "",
    );
    let compiled = compiled(&text);
    let [settled, widened] = compiled.diagnostics.as_slice() else {
        panic!("{:#?}", compiled.diagnostics);
    };
    assert_eq!(settled.code.id, "CF0145");
    assert_eq!(widened.code.id, "CF0144");
    for (found, said) in [
        (settled, "this type of the library says `pattern: '(?i)"),
        (widened, "this type of the library says `max_length: 11`"),
    ] {
        assert_eq!(compiled.sources.slice(found.labels[0].span), "bic");
        assert!(found.labels[0].text.starts_with(said), "{:?}", found.labels);
    }
}

/// Types of types multiply, and are stopped before they take long.
#[test]
fn types_that_multiply_are_refused() {
    let mut types = "field_types:\n".to_owned();
    for level in 0..12 {
        types.push_str(&format!(
            "  - field_type: t{level}\n    label: T\n    fields:\n"
        ));
        for part in 0..12 {
            types.push_str(&format!(
                "      - field: p{part}\n        type: t{}\n        label: P\n",
                level + 1
            ));
        }
    }
    types.push_str("  - field_type: t12\n    type: text\n    label: T\n");
    let found = findings(&form("- field: it\n  type: t0", &types));
    assert!(found.contains(&"CF0143 t0".to_owned()), "{found:?}");
}

#[test]
fn a_circle_of_types_is_shown_as_a_path() {
    let types = "field_types:
  - field_type: a
    label: A
    fields:
      - field: x
        type: b
  - field_type: b
    label: B
    fields:
      - field: y
        type: a
";
    let compiled = compiled(&form("- field: it\n  type: a", types));
    let mut found = compiled.diagnostics.iter();
    let circle = found.find(|found| found.code.id == "CF0701").unwrap();
    let help = circle.help.as_deref().unwrap();
    assert_eq!(help, "It leads in a circle: `a` → `b` → `a`.");
}
