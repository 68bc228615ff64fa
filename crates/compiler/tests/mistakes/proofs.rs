//! What the checker proves of the whole form: conditions, decisions, rows, parameters, dates.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a condition that always holds",
        form: Form::Party,
        file: "form.yaml",
        old: "when: organiser == \"charity\"",
        new: "when: organiser == \"charity\" or organiser == \"neighbours\"",
        found: &[(
            "CF1001",
            "when: organiser == \"charity\" or organiser == \"neighbours\"",
        )],
    },
    Mistake {
        name: "a line that never applies",
        form: Form::Party,
        file: "form.yaml",
        old: "when: organiser == \"charity\"",
        new: "when: organiser == \"charity\" and organiser == \"neighbours\"",
        found: &[(
            "CF1003",
            "when: organiser == \"charity\" and organiser == \"neighbours\"",
        )],
    },
    Mistake {
        name: "a rule that nobody satisfies",
        form: Form::Party,
        file: "form.yaml",
        old: "require: closed_metres <= longest_closure",
        new: "require: closed_metres < 1",
        found: &[("CF1002", "require: closed_metres < 1")],
    },
    Mistake {
        name: "a rule that everybody satisfies",
        form: Form::Party,
        file: "form.yaml",
        old: "require: closed_metres <= longest_closure",
        new: "require: closed_metres >= 1",
        found: &[("CF1001", "require: closed_metres >= 1")],
    },
    Mistake {
        name: "two rules that nobody can satisfy together",
        form: Form::Party,
        file: "form.yaml",
        old: "      - rule: short_enough\n        require: closed_metres <= longest_closure\n",
        new: "      - rule: long_enough\n        require: closed_metres > 400\n        say: Too short\n      - rule: short_enough\n        require: closed_metres < longest_closure - 200\n",
        found: &[
            ("CF0801", "languages: [en, cy]"),
            ("CF1004", "- decision: closure"),
        ],
    },
    Mistake {
        name: "a parameter that nothing reads",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: stalls * stall_fee",
        new: "amount: 11.80",
        found: &[("CF1020", "stall_fee:")],
    },
    Mistake {
        name: "days on which a parameter has no value",
        form: Form::Party,
        file: "form.yaml",
        old: "        value: 11.80\n",
        new: "        to: 2026-06-30\n        value: 11.80\n",
        found: &[("CF0606", "stall_fee:")],
    },
    Mistake {
        name: "rows that no look-up reaches",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: base_fee(closed_metres)",
        new: "amount: base_fee(min(closed_metres, 100))",
        found: &[("CF1007", "(150..300],68.75"), ("CF1007", "> 300,110.00")],
    },
    Mistake {
        name: "a date that leaves the calendar",
        form: Form::Party,
        file: "form.yaml",
        old: "require: days_between(today, event_date) >= notice_days",
        new: "require: event_date + years(1) > today",
        found: &[("CF1010", "require: event_date + years(1) > today")],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
