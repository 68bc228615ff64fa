//! Personal data without a purpose, and purposes without an end.

use counterfoil_engine::plan::RetentionUnit;

use crate::{QUESTIONS, compiled, findings};

fn form(privacy: &str, page: &str, field: &str) -> String {
    format!(
        "form: sample\ntitle: Sample\ntimezone: Europe/London\nlanguages: [en]\n{privacy}pages:\n  - page: \
         first\n    title: First\n{page}    fields:\n      - field: mail\n        type: text\n        format: \
         email\n        label: Mail\n{field}      - field: given\n        type: text\n        label: Given\n        \
         autocomplete: billing given-name\n        personal: false\n"
    )
}

const PRIVACY: &str = "\
privacy:
  controller: Example City Council
  purposes:
    - purpose: application
      say: To decide on the application
      retention: 6 years
      source: Records Act (invented), 2
";

#[test]
fn a_form_that_promises_nothing_is_left_alone() {
    assert_eq!(findings(&form("", "", "")), Vec::<String>::new());
    let found = findings(&form("", "", "        purpose: application\n"));
    assert_eq!(found, ["CF1103 error application"]);
}

#[test]
fn personal_data_have_a_purpose() {
    let purpose = "        purpose: application\n";
    assert_eq!(findings(&form(PRIVACY, "", purpose)), Vec::<String>::new());
    let list = "        purpose:\n          - application\n";
    assert_eq!(findings(&form(PRIVACY, "", list)), Vec::<String>::new());
    let page = "    purpose: application\n";
    assert_eq!(findings(&form(PRIVACY, page, "")), Vec::<String>::new());
    assert_eq!(
        findings(&form(PRIVACY, "", "")),
        ["CF1104 warning application", "CF1101 error mail"]
    );
    let other = form(PRIVACY, "", purpose).replace("personal: false", "personal: true");
    assert_eq!(findings(&other), ["CF1101 error given"]);
    let guessed = form(PRIVACY, "", purpose).replace("        personal: false\n", "");
    assert_eq!(findings(&guessed), ["CF1101 error given"]);
    let misspelt = compiled(&form(PRIVACY, "", "        purpose: aplication\n"));
    let found = misspelt.diagnostics.iter().find(|d| d.code.id == "CF1103");
    let suggestion = found.unwrap().suggestion.as_ref().unwrap();
    assert_eq!(suggestion.replacement, "application");
}

#[test]
fn purposes_end() {
    let purpose = "        purpose: application\n";
    let endless = PRIVACY.replace("      retention: 6 years\n", "");
    assert_eq!(
        findings(&form(&endless, "", purpose)),
        ["CF1102 error application"]
    );
    for (written, unit) in [
        ("1 day", RetentionUnit::Days),
        ("12 weeks", RetentionUnit::Weeks),
        ("3 months", RetentionUnit::Months),
        ("6 years", RetentionUnit::Years),
    ] {
        let privacy = PRIVACY.replace("6 years", written);
        let plan = compiled(&form(&privacy, "", purpose)).plan.unwrap();
        let kept = plan.rules.privacy.as_ref().unwrap().purposes[0].retention;
        assert_eq!(kept.unit, unit, "{written}");
        assert_eq!(
            plan.texts["en"].text("privacy.controller"),
            "Example City Council"
        );
        assert_eq!(
            plan.sources["privacy.purpose.application"],
            "Records Act (invented), 2"
        );
    }
    for wrong in ["six years", "6", "0 days", "6 decades", "-1 years"] {
        let privacy = PRIVACY.replace("6 years", wrong);
        let found = findings(&form(&privacy, "", purpose));
        assert_eq!(found, [format!("CF0110 error {wrong}")], "{wrong}");
    }
}

#[test]
fn what_nobody_can_change_is_not_suggested_unless_the_form_says_so() {
    let form = |born: &str, require: &str, further: &str| {
        let text = QUESTIONS.replace(
            "        label: Born\n",
            &format!("        label: Born\n{born}"),
        );
        format!(
            "{text}decisions:\n  - decision: membership\n    title: Membership\n{further}    rules:\n      \
             - rule: some\n        require: {require}\n        say: Not you\n"
        )
    };
    let adult = "age_on(born, today) >= 18";
    let warned = ["CF1105 warning born"];
    assert_eq!(findings(&form("", adult, "")), warned);
    assert_eq!(
        findings(&form(
            "        personal: true\n",
            "born > \"1990-01-01\"",
            ""
        )),
        warned
    );
    assert_eq!(
        findings(&form(
            "        autocomplete: bday\n",
            "born > \"1990-01-01\"",
            ""
        )),
        warned
    );
    // Behind a value, too.
    let old = format!(
        "{}values:\n  old: age_on(born, today)\n",
        form("", "old >= 18", "")
    );
    assert_eq!(findings(&old), warned);
    for (born, require, further) in [
        ("        fixed: true\n", adult, ""),
        ("        fixed: false\n", adult, ""),
        ("", adult, "    suggest_changes: false\n"),
        // A day of any other kind, or one that no decision reads.
        ("", "years_between(born, today) >= 18", ""),
        ("        personal: true\n", "age >= 18", ""),
        ("        personal: false\n", "born > \"1990-01-01\"", ""),
    ] {
        let found = findings(&form(born, require, further));
        assert_eq!(found, Vec::<String>::new(), "{born}{require}{further}");
    }
}
