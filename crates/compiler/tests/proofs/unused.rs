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

#[test]
fn what_functions_and_lists_read_is_read() {
    let text = format!(
        "{QUESTIONS}parameters:\n  step:\n    type: integer\n    value: 3\n  daily:\n    type: integer\n    value: 4\n  \
         dated:\n    type: integer\n    value: 5\nfunctions:\n  - function: stepped\n    label: S\n    arguments:\n      \
         n:\n        type: integer\n        min: 0\n        max: 120\n    expr: n + step\ntables:\n  shares:\n    \
         hit: collect\n    outputs:\n      of: integer\n    rows:\n      - of: 1\n  holidays:\n    hit: collect\n    \
         outputs:\n      day: date\n    rows:\n      - day: 2026-12-25\nvalues:\n  x:\n    label: X\n    \
         expr: stepped(age) + sum(shares().of * 2) + dated.on(born)\n  y:\n    label: Y\n    \
         expr: accrue(daily, range(\"2026-02-01\", \"2026-03-01\"))\n  z:\n    label: Z\n    \
         expr: is_working_day(born, holidays().day)\n"
    );
    assert_eq!(findings(&text), Vec::<String>::new());
}
