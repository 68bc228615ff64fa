//! What a form promises of personal data, and what it asks for all the same.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "personal data without a purpose",
        form: Form::Permit,
        file: "form.yaml",
        old: "    title: How to reach you\n    purpose: application\n",
        new: "    title: How to reach you\n",
        found: &[
            ("CF1101", "- field: applicant_email"),
            ("CF1101", "- field: applicant_phone"),
        ],
    },
    Mistake {
        name: "a name and a date of birth without a purpose",
        form: Form::Dog,
        file: "form.yaml",
        old: "    title: About you\n    purpose: licence\n",
        new: "    title: About you\n",
        found: &[
            ("CF1101", "- field: full_name"),
            ("CF1101", "- field: born"),
            ("CF1101", "- field: email"),
        ],
    },
    Mistake {
        name: "a purpose without an end",
        form: Form::Permit,
        file: "form.yaml",
        old: "      retention: 10 years\n",
        new: "",
        found: &[("CF1102", "- purpose: application")],
    },
    Mistake {
        name: "an end without a unit",
        form: Form::Permit,
        file: "form.yaml",
        old: "retention: 10 years",
        new: "retention: 10",
        found: &[("CF0110", "retention: 10")],
    },
    Mistake {
        name: "a purpose misspelt",
        form: Form::Permit,
        file: "form.yaml",
        old: "    title: How to reach you\n    purpose: application\n",
        new: "    title: How to reach you\n    purpose: aplication\n",
        found: &[("CF1103", "purpose: aplication")],
    },
    Mistake {
        name: "a purpose where none is declared",
        form: Form::Party,
        file: "form.yaml",
        old: "    title: The event\n",
        new: "    title: The event\n    purpose: application\n",
        found: &[("CF1103", "purpose: application")],
    },
    Mistake {
        name: "a purpose for which nothing is asked",
        form: Form::Permit,
        file: "form.yaml",
        old: "      retention: 10 years\n",
        new: "      retention: 10 years\n    - purpose: statistics\n      say: To count what is built\n      retention: 2 years\n",
        found: &[("CF1104", "- purpose: statistics")],
    },
    Mistake {
        name: "another date of birth that may be suggested",
        form: Form::Dog,
        file: "form.yaml",
        old: "    suggest_changes: false\n",
        new: "",
        found: &[("CF1105", "- field: born")],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
