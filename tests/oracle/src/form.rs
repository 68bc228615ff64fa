//! A form whose values are the expressions, and what the engine makes of them.

use counterfoil_compiler::{Files, compile, render};
use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate};

use crate::{Outcome, generate::Operands};

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
values:
";

/// The text of a form with these expressions as its values `x0`, `x1`, ….
pub fn text(expressions: &[String]) -> String {
    let mut text = FORM.to_owned();
    for (index, expression) in expressions.iter().enumerate() {
        let quoted = expression.replace('\'', "''");
        text.push_str(&format!("  x{index}: '{quoted}'\n"));
    }
    text
}

/// The plan of a form with these expressions.
///
/// # Errors
/// What the checker has against them.
pub fn plan(expressions: &[String]) -> Result<Plan, String> {
    let compiled = compile(&Files::in_memory([("form.yaml", text(expressions))]));
    let Some(plan) = compiled.plan else {
        return Err(render::human(
            &compiled.diagnostics,
            &compiled.sources,
            false,
        ));
    };
    Plan::load(plan).map_err(|error| error.to_string())
}

/// What the engine makes of a plan's values.
pub fn outcomes(plan: &Plan, operands: &Operands, count: usize) -> Vec<Outcome> {
    let answers = match Answers::from_json(&operands.to_json()) {
        Ok(answers) => answers,
        Err(error) => return vec![Outcome::None(error.to_string()); count],
    };
    let day = match "2026-06-01".parse() {
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
