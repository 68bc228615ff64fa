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
fn a_parameter_on_another_day_and_a_table_that_collects_are_read() {
    let text = QUESTIONS.replace(
        "pages:\n",
        "parameters:\n  fee:\n    type: money\n    value: 10\n  rate:\n    type: decimal\n    value: 0.5\n\
         tables:\n  t:\n    hit: collect\n    outputs:\n      day: date\n    rows:\n      - day: 2026-01-01\n  \
         u:\n    hit: collect\n    outputs:\n      day: date\n    rows:\n      - day: 2026-01-01\npages:\n",
    );
    let text = format!(
        "{text}values:\n  then:\n    label: Then\n    expr: fee.on(\"2026-01-01\")\n  \
         grown:\n    label: Grown\n    expr: accrue(rate, range(\"2026-01-01\", \"2026-01-31\"))\n  \
         last:\n    label: Last\n    expr: max(t.day)\n  \
         free:\n    label: Free\n    expr: is_working_day(\"2026-01-02\", u.day)\n"
    );
    assert_eq!(findings(&text), [""; 0]);
}
