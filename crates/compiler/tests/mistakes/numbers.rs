//! Numbers, money and periods.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "an amount with a fraction of a cent",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: -round(fees.base * 0.5, 0.01)",
        new: "amount: -fees.base * 0.5",
        found: &[("CF0601", "amount: -fees.base * 0.5")],
    },
    Mistake {
        name: "a number of too many digits",
        form: Form::Permit,
        file: "form.yaml",
        old: "expr: sum(structures.value)",
        new: "expr: sum(structures.value) * 10000000000 * site_area_m2 * 10000000000",
        found: &[(
            "CF0602",
            "expr: sum(structures.value) * 10000000000 * site_area_m2 * 10000000000",
        )],
    },
    Mistake {
        name: "a quotient that is not rounded",
        form: Form::Permit,
        file: "form.yaml",
        old: "round_down(sum(structures.parking_area) / 100, 1)",
        new: "sum(structures.parking_area) / 100",
        found: &[("CF0603", "expr: sum(structures.parking_area) / 100")],
    },
    Mistake {
        name: "a divisor that may be zero",
        form: Form::Permit,
        file: "form.yaml",
        old: "structures.parking_area) / 100, 1)",
        new: "structures.parking_area) / project_parking_spaces, 1)",
        found: &[(
            "CF0604",
            "expr: round_down(sum(structures.parking_area) / project_parking_spaces, 1)",
        )],
    },
    Mistake {
        name: "money without a currency",
        form: Form::Party,
        file: "form.yaml",
        old: "currency: GBP\n",
        new: "",
        found: &[("CF0605", "type: money")],
    },
    Mistake {
        name: "periods that overlap",
        form: Form::Party,
        file: "form.yaml",
        old: "- from: 2027-04-01\n",
        new: "- from: 2026-01-01\n",
        found: &[("CF0606", "- from: 2026-01-01")],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
