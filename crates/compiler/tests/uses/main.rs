//! Files that forms share, through `compile` and `check_shared`.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod folder;
mod languages;
mod mistakes;
mod taken;

use counterfoil_compiler::{Compiled, Files, compile, render};
use counterfoil_engine::plan::Published;

/// A file with one of everything that can be shared.
pub const FEES: &str = "\
language: en
currency: GBP
parameters:
  stall_fee:
    type: money
    label: Fee for a stall
    periods:
      - value: 12.50
        source: Fees Order 1
  discount:
    type: decimal
    periods:
      - value: 0.5
  unread:
    type: integer
    periods:
      - value: 1
option_sets:
  regions:
    north: The north
    south: The south
  colours:
    red: Red
field_types:
  - field_type: plate
    type: text
    max_length: 8
    label: Number plate
    check: length(value) >= least_letters
    say: A number plate has at least {least_letters} letters
  - field_type: unasked
    type: integer
    min: 0
    max: 9
    label: Never asked
tables:
  region_fee:
    csv: tables/region_fee.csv
    inputs:
      region:
        type: choice
        options: regions
    outputs:
      amount: money
functions:
  - function: half_of
    label: Half
    arguments:
      amount: money
    expr: round(amount * discount, 0.01)
";

/// What `plate` needs.
pub const LETTERS: &str = "  least_letters:\n    type: integer\n    periods:\n      - value: 2\n";

/// A table of the shared folder.
pub const REGION_FEE: &str = "region,amount\nnorth,10.00\nsouth,20.00\n";

/// The shared file with what its field type needs.
pub fn fees() -> String {
    FEES.replace("option_sets:\n", &format!("{LETTERS}option_sets:\n"))
}

/// A form that uses the shared file, with fields and further parts.
pub fn form(fields: &str, further: &str) -> String {
    format!(
        "form: party\ntitle: Party\ncurrency: GBP\ntimezone: Europe/London\nlanguages:\n  - en\n\
         uses:\n  - ../shared/fees.yaml\npages:\n  - page: first\n    title: First\n    fields:\n\
         {fields}{further}"
    )
}

/// A yes-or-no question.
pub const AGREED: &str =
    "      - field: agreed\n        type: boolean\n        label: Do you agree?\n";

/// Compiles a form beside the shared folder.
pub fn compiled(form: &str, further: &[(&str, &str)]) -> Compiled {
    let fees = fees();
    let mut files = vec![
        ("form.yaml", form),
        ("../shared/fees.yaml", fees.as_str()),
        ("../shared/tables/region_fee.csv", REGION_FEE),
    ];
    for (name, text) in further {
        files.retain(|(other, _)| other != name);
        files.push((name, text));
    }
    files.retain(|(_, text)| !text.is_empty());
    compile(&Files::in_memory(files))
}

/// What is found, as people read it.
pub fn found(compiled: &Compiled) -> String {
    render::human(&compiled.diagnostics, &compiled.sources, false)
}

/// The plan of a form in which nothing is found.
pub fn plan(form: &str, further: &[(&str, &str)]) -> Published {
    let compiled = compiled(form, further);
    assert_eq!(found(&compiled), "");
    compiled.plan.unwrap()
}
