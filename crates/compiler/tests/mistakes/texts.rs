//! Texts, languages and the form's own tests.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a translation of a text that is not there",
        form: Form::Party,
        file: "locales/cy.yaml",
        old: "field.organiser.label:",
        new: "field.organizer.label:",
        found: &[
            ("CF0801", "languages: [en, cy]"),
            ("CF0802", "field.organizer.label: Pwy sy'n ei drefnu?"),
        ],
    },
    Mistake {
        name: "a placeholder that names nothing",
        form: Form::Party,
        file: "form.yaml",
        old: "At most {longest_closure} metres",
        new: "At most {longest_closr} metres",
        found: &[(
            "CF0205",
            "say: At most {longest_closr} metres may be closed in all, and you ask for {closed_metres}",
        )],
    },
    Mistake {
        name: "a language without a file",
        form: Form::Party,
        file: "form.yaml",
        old: "[en, cy]",
        new: "[en, cy, es]",
        found: &[("CF0801", "languages: [en, cy, es]")],
    },
    Mistake {
        name: "a message of an error that does not exist",
        form: Form::Permit,
        file: "form.yaml",
        old: "        errors:\n          pattern: The heritage",
        new: "        errors:\n          patern: The heritage",
        found: &[(
            "CF0802",
            "patern: The heritage reference must be the letter H and five digits, such as H12345",
        )],
    },
    Mistake {
        name: "two tests with one name",
        form: Form::Party,
        file: "tests.yaml",
        old: "- test: The day before, it does not",
        new: "- test: From April 2027 a stall costs more",
        found: &[("CF0901", "- test: From April 2027 a stall costs more")],
    },
    Mistake {
        name: "a test that expects what is not there",
        form: Form::Party,
        file: "tests.yaml",
        old: "        base: 68.75\n        food_stalls: 35.40",
        new: "        base: 68.75\n        food_stall: 35.40",
        found: &[("CF0902", "food_stall: 35.40")],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
