//! A form of generated parts, and what the engine makes of them.

use counterfoil_compiler::{Files, Severity, compile, render};
use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate};

use crate::{
    Outcome,
    generate::{FUNCTIONS, Parts, RECORD_VALUES},
    operands::Operands,
};

/// The day of the application.
pub const TODAY: &str = "2026-06-01";

/// A question for each operand of [`Operands`]; the limits are those that the generator counts on.
const FORM: &str = "\
form: oracle
title: Oracle
currency: GBP
timezone: Europe/London
languages: [en]
effective: 2026-01-01..
option_sets:
  colours:
    red: Red
    green: Green
    blue: Blue
pages:
  - page: one
    title: One
    fields:
      - field: b1
        type: boolean
        label: B1
      - field: b2
        type: boolean
        label: B2
      - field: i1
        type: integer
        min: -50
        max: 50
        label: I1
      - field: i2
        type: integer
        min: 1
        max: 9999
        label: I2
      - field: o1
        type: integer
        min: 0
        max: 20
        required: false
        label: O1
      - field: d1
        type: decimal
        scale: 2
        min: -100
        max: 100
        label: D1
      - field: d2
        type: decimal
        scale: 3
        min: 0.5
        max: 999
        label: D2
      - field: m1
        type: money
        min: 0
        max: 10000
        label: M1
      - field: m2
        type: money
        min: 0
        max: 100
        label: M2
      - field: t1
        type: text
        max_length: 5
        label: T1
      - field: t2
        type: text
        max_length: 5
        required: false
        label: T2
      - field: c1
        type: choice
        options: colours
        label: C1
      - field: c2
        type: choice
        options: colours
        label: C2
      - field: day1
        type: date
        min: 2000-01-01
        max: 2049-12-31
        label: Day 1
      - field: day2
        type: date
        min: 2000-01-01
        max: 2049-12-31
        label: Day 2
      - field: wday
        type: date
        min: 2000-01-01
        max: 2049-12-31
        required: false
        label: W
      - field: wait
        type: duration
        unit: days
        min: 0
        max: 90
        label: Wait
      - field: stay
        type: date_range
        min: 2000-01-01
        max: 2050-12-31
        label: Stay
  - page: two
    title: Two
    group: rows
    min: 0
    max: 4
    fields:
      - field: n
        type: integer
        min: -20
        max: 99
        label: N
      - field: q
        type: decimal
        scale: 1
        min: 0
        max: 500
        label: Q
      - field: lit
        type: boolean
        label: Lit
      - field: k
        type: choice
        options: colours
        label: K
      - field: paid
        type: money
        min: 0
        max: 500
        label: Paid
      - field: since
        type: date
        min: 2000-01-01
        max: 2049-12-31
        label: Since
      - field: o
        type: integer
        min: 0
        max: 20
        required: false
        label: O
      - field: h
        type: integer
        min: 0
        max: 9
        label: H
        when: lit
";

/// Tables that expressions look up in; [`crate::reference::tables`] has them again.
const TABLES: &str = "\
tables:
  band:
    inputs:
      of:
        type: integer
        min: -50
        max: 50
    outputs:
      band: integer
    rows:
      - of: '< 0'
        band: -1
      - of: '[0..10]'
        band: 2
      - of: '(10..25) | [40..50]'
        band: 7
      - of: '[25..40)'
        band: 30
  price:
    hit: first
    inputs:
      colour:
        same_as: c1
      reduced:
        type: boolean
    outputs:
      fee: money
      share: decimal
      open: boolean
    rows:
      - colour: red | green
        reduced: 'true'
        fee: 4.50
        share: 0.25
        open: true
      - colour: red
        reduced: '-'
        fee: 12.00
        share: 0.5
        open: false
      - colour: '-'
        reduced: '-'
        fee: 20.75
        share: 1
        open: true
  tiers:
    hit: marginal
    inputs:
      of:
        type: money
        min: 0
        max: 100
    outputs:
      rate: decimal
    rows:
      - of: '[0..10]'
        rate: 0
      - of: '(10..50]'
        rate: 0.05
      - of: '> 50'
        rate: 0.25
";

/// The text of a form with these parts; its values are `x0`, `x1`, ….
pub fn text(parts: &Parts) -> String {
    let mut text = FORM.to_owned();
    let values =
        |text: &mut String, indent: &str, named: &mut dyn Iterator<Item = (String, &String)>| {
            text.push_str(&format!("{indent}values:\n"));
            for (name, expression) in named {
                let quoted = expression.replace('\'', "''");
                text.push_str(&format!("{indent}  {name}: '{quoted}'\n"));
            }
        };
    let names = RECORD_VALUES.iter().map(|name| (*name).to_owned());
    values(&mut text, "    ", &mut names.zip(&parts.record));
    let names = (0..).map(|index| format!("x{index}"));
    values(&mut text, "", &mut names.zip(&parts.expressions));
    text.push_str("functions:\n");
    for (name, body) in FUNCTIONS.iter().zip(&parts.bodies) {
        let quoted = body.replace('\'', "''");
        text.push_str(&format!(
            "  - function: {name}\n    arguments:\n      x:\n        type: integer\n        min: -50\n        \
             max: 50\n      y: boolean\n      z:\n        type: money\n        min: 0\n        max: 100\n      \
             c:\n        same_as: c1\n      w:\n        type: date\n        min: 2000-01-01\n        \
             max: 2049-12-31\n      v:\n        type: integer\n        min: 0\n        max: 20\n        \
             optional: true\n    expr: '{quoted}'\n"
        ));
    }
    text + TABLES
}

/// The plan of a form with these parts.
///
/// # Errors
/// What the checker has against them.
pub fn plan(parts: &Parts) -> Result<Plan, String> {
    let compiled = compile(&Files::in_memory([("form.yaml", text(parts))]));
    let Some(plan) = compiled.plan else {
        let mut errors = compiled.diagnostics;
        errors.retain(|found| found.severity == Severity::Error);
        return Err(render::human(&errors, &compiled.sources, false));
    };
    Plan::load(plan).map_err(|error| error.to_string())
}

/// What the engine makes of a plan's values.
pub fn outcomes(plan: &Plan, operands: &Operands, count: usize) -> Vec<Outcome> {
    let answers = match Answers::from_json(&operands.to_json()) {
        Ok(answers) => answers,
        Err(error) => return vec![Outcome::None(error.to_string()); count],
    };
    let day = match TODAY.parse() {
        Ok(day) => day,
        Err(_) => return vec![Outcome::None("no day".to_owned()); count],
    };
    let report = match evaluate(plan, &answers, &Context::on(day)) {
        Ok(report) => report,
        Err(error) => return vec![Outcome::None(error.to_string()); count],
    };
    let outcome = |index: usize| {
        let declared = &plan.rules().values[index].type_;
        match report.values.get(&format!("x{index}")) {
            None => Outcome::None(format!("{:?}", report.errors)),
            Some(Data::Null) => Outcome::Blank,
            Some(Data::Bool(value)) => Outcome::Bool(*value),
            Some(Data::Number(text)) => number(text),
            Some(Data::Text(text)) if is_number(declared) => number(text),
            Some(Data::Text(text)) => Outcome::Text(text.to_string()),
            Some(other) => Outcome::None(format!("{other:?}")),
        }
    };
    (0..count).map(outcome).collect()
}

const fn is_number(type_: &counterfoil_engine::plan::Type) -> bool {
    use counterfoil_engine::plan::Type;

    matches!(type_, Type::Integer | Type::Decimal | Type::Money)
}

fn number(text: &str) -> Outcome {
    match rust_decimal::Decimal::from_str_exact(text) {
        Ok(number) => Outcome::Number(number),
        Err(error) => Outcome::None(format!("{text}: {error}")),
    }
}
