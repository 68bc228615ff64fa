//! How much one evaluation can take.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "each of a thousand records compared with all",
        form: Form::Party,
        file: "form.yaml",
        old: "    max: 6\n",
        new: "    max: 1000\n    values:\n      is_longest: metres == max(streets.metres)\n",
        found: &[
            ("CF1030", "form: street-party"),
            ("CF1020", "is_longest: metres == max(streets.metres)"),
        ],
    },
    Mistake {
        name: "each of ten thousand records compared with all",
        form: Form::Party,
        file: "form.yaml",
        old: "    max: 6\n",
        new: "    max: 10000\n    values:\n      is_longest: metres == max(streets.metres)\n",
        found: &[
            ("CF1030", "form: street-party"),
            ("CF1020", "is_longest: metres == max(streets.metres)"),
        ],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
