//! What nothing reads.

use crate::{QUESTIONS, findings};

#[test]
fn what_nothing_reads_is_found() {
    let text = QUESTIONS.replace(
        "pages:\n",
        "parameters:\n  fee:\n    type: money\n    value: 10\n  limit:\n    type: integer\n    value: 10\n\
         facts:\n  known:\n    type: boolean\n\
         option_sets:\n  colours:\n    red: Red\n    green: Green\n\
         tables:\n  t:\n    inputs:\n      age:\n        same_as: age\n    outputs:\n      amount: money\n    \
         rows:\n      - age: \"-\"\n        amount: 1\npages:\n",
    );
    let text = format!(
        "{text}values:\n  shown:\n    label: Shown\n    expr: age + limit\n  hidden: age + 1\n"
    );
    let mut found = findings(&text);
    found.sort();
    assert_eq!(
        found,
        [
            "CF1020 note hidden",
            "CF1020 warning colours",
            "CF1020 warning fee",
            "CF1020 warning known",
            "CF1020 warning t",
        ]
    );
}
