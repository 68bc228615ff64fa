//! Days, ranges and working days.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a day that the calendar does not have",
        form: Form::Party,
        file: "form.yaml",
        old: "require: days_between(today, event_date) >= notice_days",
        new: "require: event_date < date(2027, 6, 31)",
        found: &[("CF0312", "require: event_date < date(2027, 6, 31)")],
    },
    Mistake {
        name: "days compared with a month",
        form: Form::Party,
        file: "form.yaml",
        old: "require: days_between(today, event_date) >= notice_days",
        new: "require: event_date >= today + (if sells_food { max(days(notice_days), months(1)) } else { days(notice_days) })",
        found: &[(
            "CF0311",
            "require: event_date >= today + (if sells_food { max(days(notice_days), months(1)) } else { days(notice_days) })",
        )],
    },
    Mistake {
        name: "a day of the week by the number 0",
        form: Form::Party,
        file: "form.yaml",
        old: "require: days_between(today, event_date) >= notice_days",
        new: "require: weekday_count(0, range(today, event_date)) >= 4",
        found: &[(
            "CF0313",
            "require: weekday_count(0, range(today, event_date)) >= 4",
        )],
    },
    Mistake {
        name: "a range that ends before it begins",
        form: Form::Party,
        file: "form.yaml",
        old: "require: days_between(today, event_date) >= notice_days",
        new: "require: not(event_date in range(\"2027-12-31\", \"2027-12-24\"))",
        found: &[(
            "CF0314",
            "require: not(event_date in range(\"2027-12-31\", \"2027-12-24\"))",
        )],
    },
    Mistake {
        name: "holidays without their column",
        form: Form::Dog,
        file: "form.yaml",
        old: "uk_bank_holidays(\"northern_ireland\").day",
        new: "uk_bank_holidays(\"northern_ireland\").name",
        found: &[(
            "CF0315",
            "expr: add_working_days(today, send_days, uk_bank_holidays(\"northern_ireland\").name)",
        )],
    },
    Mistake {
        name: "one day for a list of holidays",
        form: Form::Dog,
        file: "form.yaml",
        old: "uk_bank_holidays(\"northern_ireland\").day",
        new: "licence_expires",
        found: &[
            ("CF1020", "- ../shared/uk_holidays.yaml"),
            (
                "CF0315",
                "expr: add_working_days(today, send_days, licence_expires)",
            ),
        ],
    },
    Mistake {
        name: "more working days than are counted",
        form: Form::Dog,
        file: "form.yaml",
        old: "add_working_days(today, send_days,",
        new: "add_working_days(today, send_days * 10000,",
        found: &[(
            "CF0613",
            "expr: add_working_days(today, send_days * 10000, uk_bank_holidays(\"northern_ireland\").day)",
        )],
    },
    Mistake {
        name: "an answer on another day",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: stalls * stall_fee",
        new: "amount: stalls.on(event_date) * stall_fee",
        found: &[("CF0611", "amount: stalls.on(event_date) * stall_fee")],
    },
    Mistake {
        name: "an answer added up day by day",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: stalls * stall_fee",
        new: "amount: round(accrue(stalls, range(today, event_date)) * stall_fee, 0.01)",
        found: &[(
            "CF0612",
            "amount: round(accrue(stalls, range(today, event_date)) * stall_fee, 0.01)",
        )],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
