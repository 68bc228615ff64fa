//! Names, types and presence within rules.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a misspelt name",
        form: Form::Party,
        file: "form.yaml",
        old: "when: sells_food\n  - page",
        new: "when: sell_food\n  - page",
        found: &[("CF0205", "when: sell_food")],
    },
    Mistake {
        name: "a misspelt option",
        form: Form::Party,
        file: "form.yaml",
        old: "organiser == \"charity\"",
        new: "organiser == \"charty\"",
        found: &[("CF0206", "when: organiser == \"charty\"")],
    },
    Mistake {
        name: "the name of a table alone",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: base_fee(closed_metres)",
        new: "amount: base_fee",
        found: &[("CF0207", "amount: base_fee")],
    },
    Mistake {
        name: "a fee line that stands below",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: stalls * stall_fee",
        new: "amount: stalls * stall_fee + fees.charity_reduction",
        found: &[(
            "CF0207",
            "amount: stalls * stall_fee + fees.charity_reduction",
        )],
    },
    Mistake {
        name: "a date compared with a text",
        form: Form::Permit,
        file: "form.yaml",
        old: "contractor_licence_expires >= project_end_date",
        new: "contractor_licence_expires >= applicant_postcode",
        found: &[(
            "CF0301",
            "require: contractor_licence_expires >= applicant_postcode",
        )],
    },
    Mistake {
        name: "money and a plain number",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: stalls * stall_fee",
        new: "amount: stalls + stall_fee",
        found: &[("CF0302", "amount: stalls + stall_fee")],
    },
    Mistake {
        name: "too few arguments",
        form: Form::Party,
        file: "form.yaml",
        old: "days_between(today, event_date)",
        new: "days_between(event_date)",
        found: &[("CF0303", "require: days_between(event_date) >= notice_days")],
    },
    Mistake {
        name: "a sum of one value",
        form: Form::Party,
        file: "form.yaml",
        old: "expr: sum(streets.metres)",
        new: "expr: sum(stalls)",
        found: &[("CF0304", "expr: sum(stalls)")],
    },
    Mistake {
        name: "a list where one value is wanted",
        form: Form::Party,
        file: "form.yaml",
        old: "expr: sum(streets.metres)",
        new: "expr: streets.metres",
        found: &[("CF0305", "expr: streets.metres")],
    },
    Mistake {
        name: "limits the wrong way round",
        form: Form::Party,
        file: "form.yaml",
        old: "min: 1\n        max: 200\n        label",
        new: "min: 200\n        max: 1\n        label",
        found: &[("CF0307", "max: 1")],
    },
    Mistake {
        name: "a pattern with a bracket left open",
        form: Form::Permit,
        file: "form.yaml",
        old: "pattern: \"H[0-9]{5}\"",
        new: "pattern: \"H[0-9{5}\"",
        found: &[("CF0308", "pattern: \"H[0-9{5}\"")],
    },
    Mistake {
        name: "a question that may not be asked",
        form: Form::Party,
        file: "form.yaml",
        old: "    when: sells_food\n    amount",
        new: "    amount",
        found: &[("CF0401", "amount: stalls * stall_fee")],
    },
    Mistake {
        name: "a question that is never asked",
        form: Form::Permit,
        file: "form.yaml",
        old: "when: site_heritage\n        errors",
        new: "when: site_heritage and not(site_heritage)\n        errors",
        found: &[("CF0402", "when: site_heritage and not(site_heritage)")],
    },
    Mistake {
        name: "a value that depends on itself",
        form: Form::Permit,
        file: "form.yaml",
        old: "expr: sum(structures.floor_area_m2)",
        new: "expr: max(sum(structures.floor_area_m2), floor_area)",
        found: &[(
            "CF0701",
            "expr: max(sum(structures.floor_area_m2), floor_area)",
        )],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
