//! Parts of a form that do not go together: sections, shared files, functions, bands, languages.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a section out of its place",
        form: Form::Permit,
        file: "form.yaml",
        old: "    section: you\n    title: How to reach you",
        new: "    section: works\n    title: How to reach you",
        found: &[("CF0213", "section: works")],
    },
    Mistake {
        name: "a shared file looked for in the wrong place",
        form: Form::Dog,
        file: "form.yaml",
        old: "  - ../shared/uk_holidays.yaml",
        new: "  - shared/uk_holidays.yaml",
        found: &[("CF0150", "- shared/uk_holidays.yaml")],
    },
    Mistake {
        name: "a shared file that is not there",
        form: Form::Dog,
        file: "form.yaml",
        old: "  - ../shared/uk_holidays.yaml",
        new: "  - ../shared/uk_holiday.yaml",
        found: &[("CF0101", "- ../shared/uk_holiday.yaml")],
    },
    Mistake {
        name: "a question by a part that it has not",
        form: Form::Dog,
        file: "form.yaml",
        old: "upper(full_name) == upper(licence_holder)",
        new: "upper(address) == upper(licence_holder)",
        found: &[("CF0212", "require: upper(address) == upper(licence_holder)")],
    },
    Mistake {
        name: "an argument beyond the function's limits",
        form: Form::Dog,
        file: "form.yaml",
        old: "        min: 2024-01-01\n        max: 2029-01-01\n    expr: |",
        new: "        min: 2024-01-01\n        max: 2026-01-01\n    expr: |",
        found: &[("CF0321", "common_day(starts)")],
    },
    Mistake {
        name: "a name within a function that the form has too",
        form: Form::Dog,
        file: "form.yaml",
        old: "let this_year = date(year_of(day), 3, 31);\n      if day <= this_year { this_year }",
        new: "let starts = date(year_of(day), 3, 31);\n      if day <= starts { starts }",
        found: &[("CF0211", "let starts = date(year_of(day), 3, 31);")],
    },
    Mistake {
        name: "bands that do not meet",
        form: Form::Permit,
        file: "form.yaml",
        old: "\"(50000..250000]\"",
        new: "\"(60000..250000]\"",
        found: &[("CF0506", "- declared_value: \"(60000..250000]\"")],
    },
    Mistake {
        name: "a placeholder that an own message does not have",
        form: Form::Permit,
        file: "form.yaml",
        old: "pattern: The heritage reference must be the letter H and five digits, such as H12345",
        new: "pattern: The heritage reference must match {pattern}",
        found: &[(
            "CF0803",
            "pattern: The heritage reference must match {pattern}",
        )],
    },
    Mistake {
        name: "a decision for which everybody is eligible",
        form: Form::Party,
        file: "form.yaml",
        old: "        require: closed_metres <= longest_closure\n",
        new: "        when: stalls == 201\n        require: closed_metres <= longest_closure\n",
        found: &[
            ("CF1005", "- decision: closure"),
            ("CF1003", "when: stalls == 201"),
        ],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
