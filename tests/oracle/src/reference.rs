//! Rhai's own evaluator, with the few functions that our language adds.

use rhai::{Dynamic, Engine, INT, OptimizationLevel, Scope};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Outcome, generate::Operands};

/// Rhai with the words of our language.
pub struct Reference {
    engine: Engine,
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Reference {
    /// A stock engine that also knows `and`, `or`, `not`, `answered`, `min`, `max`, `abs` and the rounding
    /// to steps.
    pub fn new() -> Self {
        let mut engine = Engine::new();
        engine.set_optimization_level(OptimizationLevel::None);
        engine.set_max_expr_depths(0, 0);
        for (word, precedence) in [("and", 60), ("or", 30)] {
            // Both words are free and neither precedence is 0, so neither is refused.
            let _ = engine.register_custom_operator(word, precedence);
        }
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
        rounding(&mut engine, "round", RoundingStrategy::MidpointAwayFromZero);
        rounding(
            &mut engine,
            "round_even",
            RoundingStrategy::MidpointNearestEven,
        );
        rounding(
            &mut engine,
            "round_up",
            RoundingStrategy::ToPositiveInfinity,
        );
        rounding(
            &mut engine,
            "round_down",
            RoundingStrategy::ToNegativeInfinity,
        );
        Self { engine }
    }

    /// What Rhai makes of an expression.
    pub fn outcome(&self, expression: &str, operands: &Operands) -> Outcome {
        let mut scope = Scope::new();
        operands.constants(&mut scope);
        match self
            .engine
            .eval_expression_with_scope::<Dynamic>(&mut scope, expression)
        {
            Ok(value) => outcome(value),
            Err(error) => Outcome::None(error.to_string()),
        }
    }
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
