//! Where Rhai's own evaluator and our language differ by design: both results, side by side.

use counterfoil_oracle::{
    Outcome, form,
    generate::{FUNCTIONS, Parts, RECORD_VALUES},
    operands::{Operands, Value, operands},
    reference::Reference,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use rhai::{Dynamic, Engine};

/// Operands of which the expressions below read none.
fn any_operands() -> Operands {
    let mut runner = TestRunner::deterministic();
    operands()
        .new_tree(&mut runner)
        .map(|tree| tree.current())
        .unwrap_or_else(|reason| panic!("{reason}"))
}

/// A form with one expression; its records' values and functions are not read.
fn parts(expression: &str) -> Parts {
    let any = |name: &str| match name.as_bytes()[1] {
        b'b' => "true",
        b'i' => "1",
        b'd' => "0.5",
        b'm' => "m1",
        _ => "day1",
    };
    Parts {
        expressions: vec![expression.to_owned()],
        record: RECORD_VALUES.map(|name| any(name).to_owned()).to_vec(),
        bodies: FUNCTIONS.map(|name| any(name).to_owned()).to_vec(),
    }
}

fn ours_of(expression: &str, operands: &Operands) -> Outcome {
    match form::plan(&parts(expression)) {
        Ok(plan) => form::outcomes(&plan, operands, 1).remove(0),
        Err(message) => Outcome::None(message),
    }
}

fn theirs_of(expression: &str, operands: &Operands) -> Outcome {
    Reference::new(operands, &parts(expression))
        .map_or_else(Outcome::None, |reference| reference.outcome(expression))
}

fn ours(expression: &str) -> Outcome {
    ours_of(expression, &any_operands())
}

fn theirs(expression: &str) -> Outcome {
    theirs_of(expression, &any_operands())
}

fn number(text: &str) -> Outcome {
    match text.parse() {
        Ok(number) => Outcome::Number(number),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// Checks that the checker refuses an expression with that code.
fn refused(expression: &str, code: &str) {
    match ours(expression) {
        Outcome::None(message) => assert!(message.contains(code), "{expression}: {message}"),
        other => panic!("{expression} passes and is {other:?}"),
    }
}

#[test]
fn whole_numbers_divide_exactly() {
    assert_eq!(theirs("7 / 2 == 3"), Outcome::Bool(true));
    assert_eq!(ours("7 / 2 == 3"), Outcome::Bool(false));
    assert_eq!(ours("7 / 2 == 3.5"), Outcome::Bool(true));
    assert_eq!(theirs("round(7 / 2, 0.1)"), number("3"));
    assert_eq!(ours("round(7 / 2, 0.1)"), number("3.5"));
}

#[test]
fn quotients_stay_exact_until_they_are_rounded() {
    assert_eq!(theirs("1.0 / 3 * 3 == 1"), Outcome::Bool(false));
    assert_eq!(ours("1.0 / 3 * 3 == 1"), Outcome::Bool(true));
    assert_eq!(theirs("round_down(1.0 / 3 * 3, 1)"), number("0"));
    assert_eq!(ours("round_down(1.0 / 3 * 3, 1)"), number("1"));
}

#[test]
fn blank_is_not_put_in_order() {
    let mut operands = any_operands();
    for (name, value) in &mut operands.form {
        if *name == "o1" {
            *value = Value::Blank;
        }
    }
    for expression in ["o1 > 5", "o1 < 5", "o1 >= 0"] {
        let theirs = theirs_of(expression, &operands);
        assert_eq!(theirs, Outcome::Bool(false), "{expression}");
        refused(expression, "CF0401");
    }
    // Equality accepts blank on both sides, alike.
    for (expression, expected) in [("o1 != 0", true), ("o1 == 0", false)] {
        let expected = Outcome::Bool(expected);
        assert_eq!(ours_of(expression, &operands), expected);
        assert_eq!(theirs_of(expression, &operands), expected);
    }
}

#[test]
fn whether_there_is_a_value_is_asked_of_each_record() {
    let mut operands = any_operands();
    operands.records = [Value::Blank, Value::Integer(3)]
        .map(|o| {
            let day = Value::Day(jiff::civil::date(2026, 6, 1));
            vec![
                ("n", Value::Integer(1)),
                ("q", Value::Decimal(0.into())),
                ("lit", Value::Bool(false)),
                ("k", Value::Text("red".to_owned())),
                ("paid", Value::Decimal(0.into())),
                ("since", day),
                ("o", o),
                ("h", Value::Integer(0)),
            ]
        })
        .to_vec();
    // A list is there, whatever is in it, so Rhai leaves its items as they are.
    let expression = "sum(rows.o ?? 40)";
    assert_eq!(ours_of(expression, &operands), number("43"));
    assert!(matches!(theirs_of(expression, &operands), Outcome::None(_)));
}

#[test]
fn a_text_does_not_compare_with_a_number() {
    for expression in ["\"18\" > 17", "t1 > 17", "t1 == 17"] {
        assert_eq!(theirs(expression), Outcome::Bool(false), "{expression}");
        refused(expression, "CF03");
    }
    assert_eq!(theirs("t1 != 17"), Outcome::Bool(true));
    refused("t1 != 17", "CF03");
}

#[test]
fn halves_go_away_from_zero() {
    let rhai = |expression: &str| {
        let value = Engine::new().eval_expression::<Dynamic>(expression);
        let value = value.unwrap_or_else(|error| panic!("{expression}: {error}"));
        value.as_decimal().unwrap_or_else(|kind| panic!("{kind}"))
    };
    // Rhai's own function of one argument rounds halves to even.
    assert_eq!(Outcome::Number(rhai("2.5.round()")), number("2"));
    assert_eq!(Outcome::Number(rhai("2.345.round(2)")), number("2.34"));
    assert_eq!(ours("round(2.5, 1)"), number("3"));
    assert_eq!(ours("round(-2.5, 1)"), number("-3"));
    assert_eq!(ours("round(2.345, 0.01)"), number("2.35"));
    assert_eq!(ours("round_even(2.5, 1)"), number("2"));
    refused("round(2.5)", "CF03");
}

#[test]
fn nothing_is_lost_beyond_28_digits() {
    let fine = "0.00000000000000000000000000001";
    assert_eq!(theirs(&format!("{fine} == 0")), Outcome::Bool(true));
    refused(&format!("{fine} == 0"), "CF0110");
    let product = "0.000000000000001 * 0.000000000000001";
    assert_eq!(theirs(&format!("{product} == 0")), Outcome::Bool(true));
    refused(&format!("{product} == 0"), "CF0602");
    let sum = "9999999999999999999999999999 * 9999999999999999999999999999";
    assert!(matches!(theirs(sum), Outcome::None(_)));
    refused(sum, "CF0602");
}
