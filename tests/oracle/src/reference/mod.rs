//! Rhai's own evaluator, with the functions that our language adds.

mod days;
mod lists;
pub mod tables;

use rhai::{AST, Dynamic, Engine, INT, Map, Module, OptimizationLevel, Scope};
use rust_decimal::{Decimal, RoundingStrategy};

use self::{
    days::{Length, Range},
    lists::List,
};
use crate::{
    Outcome,
    form::TODAY,
    generate::{FUNCTIONS, Parts, RECORD_VALUES},
    operands::{Operands, Value},
};

/// Rhai with the words of our language, and one form's operands and functions.
pub struct Reference {
    engine: Engine,
    functions: AST,
}

impl Reference {
    /// A stock engine that also knows what our language has.
    ///
    /// # Errors
    /// What Rhai has against the form's functions, or says of its records' values.
    pub fn new(operands: &Operands, parts: &Parts) -> Result<Self, String> {
        let mut engine = Engine::new();
        engine.set_optimization_level(OptimizationLevel::None);
        engine.set_max_expr_depths(0, 0);
        for (word, precedence) in [("and", 60), ("or", 30)] {
            // Both words are free and neither precedence is 0, so neither is refused.
            let _ = engine.register_custom_operator(word, precedence);
        }
        scalars(&mut engine);
        days::register(&mut engine);
        tables::register(&mut engine);
        lists::register(&mut engine)?;

        let mut form = Module::new();
        form.set_var(
            "today",
            TODAY
                .parse::<jiff::civil::Date>()
                .map_err(|error| error.to_string())?,
        );
        for (weekday, number) in [("monday", 1), ("saturday", 6), ("sunday", 7)] {
            form.set_var(weekday, number as INT);
        }
        for (name, value) in &operands.form {
            form.set_var(*name, dynamic(value));
        }
        engine.register_global_module(form.into());
        let mut rows = Map::new();
        for record in &operands.records {
            for (name, value) in own(&engine, record, &parts.record)? {
                let list = rows
                    .entry(name.into())
                    .or_insert_with(|| Dynamic::from(List::default()));
                if let Some(mut list) = list.write_lock::<List>() {
                    list.0.push(value);
                }
            }
        }
        // Without records the lists are empty ones.
        for name in RECORD_FIELDS.iter().chain(&RECORD_VALUES) {
            rows.entry((*name).into())
                .or_insert_with(|| Dynamic::from(List::default()));
        }
        let count = operands.records.len() as INT;
        engine.register_fn("count", move |_: Map| count);
        let mut group = Module::new();
        group.set_var("rows", rows);
        engine.register_global_module(group.into());

        let functions = FUNCTIONS.iter().zip(&parts.bodies);
        let functions =
            functions.map(|(name, body)| format!("fn {name}(x, y, z, c, w, v) {{ {body} }}\n"));
        let functions = engine.compile(functions.collect::<String>());
        let functions = functions.map_err(|error| error.to_string())?;
        Ok(Self { engine, functions })
    }

    /// What Rhai makes of an expression.
    pub fn outcome(&self, expression: &str) -> Outcome {
        let evaluated = self
            .engine
            .compile_expression(expression)
            .map(|expression| {
                let script = self.functions.merge(&expression);
                self.engine
                    .eval_ast_with_scope::<Dynamic>(&mut Scope::new(), &script)
            });
        match evaluated {
            Ok(Ok(value)) => outcome(value),
            Ok(Err(error)) => Outcome::None(error.to_string()),
            Err(error) => Outcome::None(error.to_string()),
        }
    }
}

/// The questions of a record.
const RECORD_FIELDS: [&str; 8] = ["n", "q", "lit", "k", "paid", "since", "o", "h"];

/// What a record holds: its answers, those that are not asked as blank, and its own values.
fn own(
    engine: &Engine,
    record: &[(&'static str, Value)],
    values: &[String],
) -> Result<Vec<(&'static str, Dynamic)>, String> {
    let lit = record.contains(&("lit", Value::Bool(true)));
    let mut scope = Scope::new();
    let mut own = Vec::new();
    for (name, value) in record {
        let asked = *name != "h" || lit;
        let value = if asked { dynamic(value) } else { Dynamic::UNIT };
        scope.push_constant_dynamic(*name, value.clone());
        own.push((*name, value));
    }
    for (name, expression) in RECORD_VALUES.iter().zip(values) {
        let value = engine.eval_expression_with_scope::<Dynamic>(&mut scope, expression);
        own.push((
            *name,
            value.map_err(|error| format!("{expression}: {error}"))?,
        ));
    }
    Ok(own)
}

fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Blank => Dynamic::UNIT,
        Value::Bool(value) => (*value).into(),
        Value::Integer(value) => (*value as INT).into(),
        Value::Decimal(value) => (*value).into(),
        Value::Text(value) => value.clone().into(),
        Value::Day(day) => Dynamic::from(*day),
        Value::Days(days) => Dynamic::from(Length {
            months: 0,
            days: *days,
        }),
        Value::Range(start, end) => Dynamic::from(Range {
            start: *start,
            end: *end,
        }),
    }
}

fn scalars(engine: &mut Engine) {
    engine.register_fn("and", |a: bool, b: bool| a && b);
    engine.register_fn("or", |a: bool, b: bool| a || b);
    engine.register_fn("not", |a: bool| !a);
    engine.register_fn("answered", |value: Dynamic| !value.is_unit());
    engine.register_fn("abs", |value: INT| value.abs());
    engine.register_fn("abs", |value: Decimal| value.abs());
    engine.register_fn("min", |a: INT, b: INT| a.min(b));
    engine.register_fn("max", |a: INT, b: INT| a.max(b));
    engine.register_fn("min", |a: Decimal, b: Decimal| a.min(b));
    engine.register_fn("max", |a: Decimal, b: Decimal| a.max(b));
    engine.register_fn("min", |a: Decimal, b: INT| a.min(b.into()));
    engine.register_fn("max", |a: Decimal, b: INT| a.max(b.into()));
    rounding(engine, "round", RoundingStrategy::MidpointAwayFromZero);
    rounding(engine, "round_even", RoundingStrategy::MidpointNearestEven);
    rounding(engine, "round_up", RoundingStrategy::ToPositiveInfinity);
    rounding(engine, "round_down", RoundingStrategy::ToNegativeInfinity);
}

fn outcome(value: Dynamic) -> Outcome {
    if value.is_unit() {
        return Outcome::Blank;
    }
    if let Ok(value) = value.as_bool() {
        return Outcome::Bool(value);
    }
    if let Ok(value) = value.as_int() {
        return Outcome::Number(value.into());
    }
    if let Ok(value) = value.as_decimal() {
        return Outcome::Number(value);
    }
    if let Some(day) = value.clone().try_cast::<jiff::civil::Date>() {
        return Outcome::Text(day.to_string());
    }
    if let Some(length) = value.clone().try_cast::<Length>() {
        return Outcome::Text(length.to_string());
    }
    value
        .into_string()
        .map_or_else(|kind| Outcome::None(kind.to_owned()), Outcome::Text)
}

/// Rounding to a step: the number of steps is rounded to a whole one. Every step generated divides a
/// power of ten, so that the number of steps is exact wherever the number is.
fn rounding(engine: &mut Engine, name: &str, strategy: RoundingStrategy) {
    let round = move |value: Decimal, step: Decimal| {
        (value / step).round_dp_with_strategy(0, strategy) * step
    };
    engine.register_fn(name, round);
    engine.register_fn(name, move |value: Decimal, step: INT| {
        round(value, step.into())
    });
    engine.register_fn(name, move |value: INT, step: Decimal| {
        round(value.into(), step)
    });
    engine.register_fn(name, move |value: INT, step: INT| {
        round(value.into(), step.into())
    });
}
