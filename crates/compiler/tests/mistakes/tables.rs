//! Decision tables and their CSV files.

use super::{Form, Mistake, make};

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a gap between two rows",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "(50..150],42.50",
        new: "(50..140],42.50",
        found: &[("CF0501", "base_fee:")],
    },
    Mistake {
        name: "rows that overlap",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "> 300,110.00",
        new: ">= 300,110.00",
        found: &[("CF0502", ">= 300,110.00")],
    },
    Mistake {
        name: "a row that never applies",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "<= 50,25.00",
        new: "< 1,20.00\n[1..50],25.00",
        found: &[("CF0503", "< 1,20.00")],
    },
    Mistake {
        name: "a cell that is empty",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "<= 50,25.00",
        new: ",25.00",
        found: &[("CF0130", ",25.00")],
    },
    Mistake {
        name: "a range without brackets",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "(50..150],42.50",
        new: "50..150,42.50",
        found: &[("CF0130", "50..150,42.50")],
    },
    Mistake {
        name: "a decimal comma",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "(50..150],42.50",
        new: "(50..150],42,50",
        found: &[("CF0131", "(50..150],42,50")],
    },
    Mistake {
        name: "semicolons between the columns",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "closed_metres,amount",
        new: "closed_metres;amount",
        found: &[("CF0132", "closed_metres;amount")],
    },
    Mistake {
        name: "a file that is not there",
        form: Form::Party,
        file: "form.yaml",
        old: "csv: tables/base_fee.csv",
        new: "csv: tables/base_fees.csv",
        found: &[("CF0101", "csv: tables/base_fees.csv")],
    },
    Mistake {
        name: "a column that is not declared",
        form: Form::Party,
        file: "tables/base_fee.csv",
        old: "closed_metres,amount",
        new: "closed_meters,amount",
        found: &[("CF0131", "closed_metres:")],
    },
    Mistake {
        name: "a cell of another type",
        form: Form::Permit,
        file: "tables/zone_uses.csv",
        old: "R1,dwelling | accessory,true",
        new: "R1,dwelling | <= 5,true",
        found: &[("CF0504", "R1,dwelling | <= 5,true")],
    },
    Mistake {
        name: "an input beyond the column",
        form: Form::Party,
        file: "form.yaml",
        old: "amount: base_fee(closed_metres)",
        new: "amount: base_fee(closed_metres + 1)",
        found: &[("CF0505", "amount: base_fee(closed_metres + 1)")],
    },
    Mistake {
        name: "a date that a spreadsheet has rewritten",
        form: Form::Permit,
        file: "form.yaml",
        old: "max: 2045-12-31",
        new: "max: 31/12/2045",
        found: &[("CF0133", "max: 31/12/2045")],
    },
];

#[test]
fn each_is_found_at_its_line() {
    insta::assert_snapshot!(make(MISTAKES));
}
