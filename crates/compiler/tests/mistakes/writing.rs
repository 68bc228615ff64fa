//! YAML and rules as they are written.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a condition that begins with an exclamation mark",
        form: Form::Permit,
        file: "form.yaml",
        old: "when: site_heritage\n        errors",
        new: "when: !site_heritage\n        errors",
        found: &[("CF0104", "when: !site_heritage")],
    },
    Mistake {
        name: "a rule that begins with a quote",
        form: Form::Permit,
        file: "form.yaml",
        old: "require: '\"elevator\" in works_features or not(any(structures.storeys > 5))'",
        new: "require: \"elevator\" in works_features or not(any(structures.storeys > 5))",
        found: &[(
            "CF0104",
            "require: \"elevator\" in works_features or not(any(structures.storeys > 5))",
        )],
    },
    Mistake {
        name: "a number sign that cuts a text short",
        form: Form::Party,
        file: "form.yaml",
        old: "label: How many stalls?",
        new: "label: Stall #1, #2 and so on",
        found: &[("CF0104", "label: Stall #1, #2 and so on")],
    },
    Mistake {
        name: "a text with a colon",
        form: Form::Party,
        file: "form.yaml",
        old: "text: Add each street, or",
        new: "text: Streets: add each street, or",
        found: &[(
            "CF0104",
            "text: Streets: add each street, or each part of a street, that you want to close to traffic.",
        )],
    },
    Mistake {
        name: "a tab for indentation",
        form: Form::Party,
        file: "form.yaml",
        old: "    title: The event\n",
        new: "\ttitle: The event\n",
        found: &[("CF0104", "title: The event")],
    },
    Mistake {
        name: "an anchor",
        form: Form::Party,
        file: "form.yaml",
        old: "title: Streets to close\n    text",
        new: "title: &streets Streets to close\n    text",
        found: &[("CF0103", "title: &streets Streets to close")],
    },
    Mistake {
        name: "a key twice",
        form: Form::Party,
        file: "form.yaml",
        old: "        max: 200\n",
        new: "        max: 200\n        max: 300\n",
        found: &[("CF0106", "max: 300")],
    },
    Mistake {
        name: "a pair of ampersands for and",
        form: Form::Permit,
        file: "form.yaml",
        old: "applicant_kind == \"company\" and decl_nonprofit",
        new: "applicant_kind == \"company\" && decl_nonprofit",
        found: &[(
            "CF0121",
            "when: applicant_kind == \"company\" && decl_nonprofit",
        )],
    },
    Mistake {
        name: "one equals sign",
        form: Form::Party,
        file: "form.yaml",
        old: "when: organiser == \"charity\"",
        new: "when: organiser = \"charity\"",
        found: &[("CF0121", "when: organiser = \"charity\"")],
    },
    Mistake {
        name: "a chained comparison",
        form: Form::Party,
        file: "form.yaml",
        old: "require: closed_metres <= longest_closure",
        new: "require: 1 <= closed_metres <= longest_closure",
        found: &[("CF0122", "require: 1 <= closed_metres <= longest_closure")],
    },
    Mistake {
        name: "a bracket left open",
        form: Form::Party,
        file: "form.yaml",
        old: "expr: sum(streets.metres)",
        new: "expr: sum(streets.metres",
        found: &[("CF0120", "expr: sum(streets.metres")],
    },
    Mistake {
        name: "a placeholder left open",
        form: Form::Party,
        file: "form.yaml",
        old: "At most {longest_closure} metres",
        new: "At most {longest_closure metres",
        found: &[(
            "CF0124",
            "say: At most {longest_closure metres may be closed in all, and you ask for {closed_metres}",
        )],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
