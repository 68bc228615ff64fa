//! What is proved of forms that have a plan.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod brute_force;
mod conditions;
mod cost;
mod look_ups;
mod privacy;
mod unused;
mod witnesses;

use counterfoil_compiler::{Compiled, Files, compile};

/// Questions of every kind; tests add to them.
pub const QUESTIONS: &str = "\
form: sample
title: Sample
currency: GBP
timezone: Europe/London
languages: [en]
effective: 2026-01-01..2030-12-31
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
        label: Who?
        options:
          neighbours: Neighbours
          charity: A charity
          business: A business
      - field: born
        type: date
        min: 1900-01-01
        max: 2025-12-31
        label: Born
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
      - field: note
        type: text
        min_length: 3
        max_length: 20
        label: Note
        required: false
      - field: agreed
        type: boolean
        accepted: true
        label: Agreed
  - page: streets_page
    title: Streets
    group: streets
    min: 1
    max: 6
    fields:
      - field: metres
        type: decimal
        scale: 1
        min: 1
        max: 2000
        label: Metres
      - field: lit
        type: boolean
        label: Lit?
";

/// The form with that text.
pub fn compiled(text: &str) -> Compiled {
    compile(&Files::in_memory([("form.yaml", text)]))
}

/// Findings as `CF1001 warning age >= 0`: code, severity and what is written at the place.
pub fn findings(text: &str) -> Vec<String> {
    let compiled = compiled(text);
    let describe = |found: &counterfoil_compiler::Diagnostic| {
        let place = compiled.sources.slice(found.span);
        let severity = format!("{:?}", found.severity).to_lowercase();
        format!("{} {severity} {place}", found.code.id)
    };
    compiled.diagnostics.iter().map(describe).collect()
}

#[test]
fn nothing_is_said_of_the_questions_themselves() {
    assert_eq!(findings(QUESTIONS), Vec::<String>::new());
}
