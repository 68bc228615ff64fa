//! The checker through `compile`: what it refuses, where, and what it lets pass.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod attributes;
mod by_number;
mod collect;
mod date_soundness;
mod dates;
mod functions;
mod groups;
mod limits;
mod names;
mod numbers;
mod plans;
mod presence;
mod printing;
mod soundness;
mod table_evaluation;
mod tables;
mod text_functions;
mod texts;

use counterfoil_compiler::{Compiled, Diagnostic, Files, Severity, codes, compile};

/// A form with a question of every kind; tests add to it.
pub const BASE: &str = "\
form: sample
title: Sample
currency: GBP
timezone: Europe/London
languages: [en]
effective: 2026-01-01..2030-12-31
parameters:
  fee:
    type: money
    value: 12.50
  rate:
    type: decimal
    value: 0.125
  limit:
    type: integer
    value: 10
option_sets:
  colours:
    red: Red
    green: Green
pages:
  - page: first
    title: First
    fields:
      - field: age
        type: integer
        min: 0
        max: 120
        label: Age
      - field: sells_food
        type: boolean
        label: Food?
      - field: stalls
        type: integer
        min: 1
        max: 200
        label: Stalls
        when: sells_food
      - field: organiser
        type: choice
        label: Who
        options:
          neighbours: Neighbours
          charity: Charity
      - field: front
        type: choice
        label: Front
        options: colours
      - field: back
        type: choice
        label: Back
        options: colours
      - field: note
        type: text
        label: Note
        required: false
      - field: born
        type: date
        min: 1900-01-01
        max: 2026-01-01
        label: Born
      - field: area
        type: decimal
        scale: 2
        min: 0
        max: 1000
        label: Area
      - field: price
        type: money
        min: 0
        max: 1000
        label: Price
      - field: guests
        type: integer
        min: 1
        max: 9
        label: Guests
        required: false
      - field: features
        type: set
        label: Features
        required: false
        options:
          pool: Pool
          solar: Solar
  - page: streets_page
    title: Streets
    group: streets
    min: 1
    max: 6
    fields:
      - field: name
        type: text
        label: Street
      - field: metres
        type: decimal
        scale: 1
        min: 1
        max: 2000
        label: Metres
      - field: lit
        type: boolean
        label: Lit?
      - field: lamps
        type: integer
        min: 1
        max: 50
        label: Lamps
        when: lit
    values:
      price_of: metres * fee
  - page: rooms_page
    title: Rooms
    group: rooms
    max: 4
    fields:
      - field: size
        type: integer
        min: 1
        max: 100
        label: Size
";

/// A form's files: `form.yaml` with that text.
pub fn compiled(text: &str) -> Compiled {
    compile(&Files::in_memory([("form.yaml", text)]))
}

/// Whether a finding is about a form as a whole: what is always so, never reached or not used. Tests of
/// single expressions in [`BASE`] leave these out.
pub fn is_about_the_whole(found: &Diagnostic) -> bool {
    (codes::ALWAYS_TRUE..=codes::NOT_PROVED).contains(&found.code) || found.code == codes::UNUSED
}

/// Findings as `CF0401 stalls`: the code and what is written at the place. Notes are left out, and what is
/// about the form as a whole.
pub fn findings(text: &str) -> Vec<String> {
    let compiled = compiled(text);
    compiled
        .diagnostics
        .iter()
        .filter(|found| found.severity > Severity::Note && !is_about_the_whole(found))
        .map(|found| {
            let place = compiled.sources.slice(found.span);
            format!(
                "{} {}",
                found.code.id,
                place.lines().next().unwrap_or_default()
            )
        })
        .collect()
}

/// Findings and messages of the base form with a further value.
pub fn value(expr: &str) -> (Vec<String>, Vec<String>) {
    let text = format!("{BASE}values:\n  x: '{}'\n", expr.replace('\'', "''"));
    let found = compiled(&text).diagnostics.into_iter();
    let messages = found
        .filter(|found| !is_about_the_whole(found))
        .map(|found| {
            let help = found.help.unwrap_or_default();
            format!("{}; {help}", found.message)
        });
    (findings(&text), messages.collect())
}

/// Checks that values with these expressions give these findings, `""` being none.
pub fn check_values(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (expr, expected) in cases {
        let (found, messages) = value(expr);
        let expected: Vec<&str> = expected.split("; ").filter(|e| !e.is_empty()).collect();
        if found != expected {
            wrong.push(format!(
                "{expr}\n  expected {expected:?}\n  found    {found:?}\n  {messages:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_form_is_sound() {
    assert_eq!(findings(BASE), Vec::<String>::new());
    assert!(compiled(BASE).plan.is_some());
}
