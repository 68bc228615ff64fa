//! Arithmetic against an independent decimal library.

use counterfoil_engine::{
    number::{Number, Quotient},
    plan::RoundMode,
};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

fn decimal() -> impl Strategy<Value = (i64, u32)> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..6)
}

fn ours((units, scale): (i64, u32)) -> Number {
    Number::parse(&Decimal::new(units, scale).to_string()).expect("a decimal")
}

fn theirs((units, scale): (i64, u32)) -> Decimal {
    Decimal::new(units, scale)
}

fn text(number: Decimal) -> String {
    let number = number.normalize();
    if number.is_zero() {
        "0".to_owned()
    } else {
        number.to_string()
    }
}

proptest! {
    #[test]
    fn sums_differences_products_and_order_agree(a in decimal(), b in decimal()) {
        let (x, y) = (ours(a), ours(b));
        prop_assert_eq!(x.checked_add(y).unwrap().to_string(), text(theirs(a) + theirs(b)));
        prop_assert_eq!(x.checked_sub(y).unwrap().to_string(), text(theirs(a) - theirs(b)));
        prop_assert_eq!(x.checked_mul(y).unwrap().to_string(), text(theirs(a) * theirs(b)));
        prop_assert_eq!(x.cmp(&y), theirs(a).cmp(&theirs(b)));
    }

    #[test]
    fn rounding_agrees_in_every_mode(a in decimal(), places in 0_u32..4) {
        let step = Number::parse(&Decimal::new(1, places).to_string()).unwrap();
        for (mode, strategy) in [
            (RoundMode::HalfUp, RoundingStrategy::MidpointAwayFromZero),
            (RoundMode::HalfEven, RoundingStrategy::MidpointNearestEven),
            (RoundMode::Up, RoundingStrategy::ToPositiveInfinity),
            (RoundMode::Down, RoundingStrategy::ToNegativeInfinity),
        ] {
            let rounded = ours(a).round_to(step, mode).unwrap();
            let expected = theirs(a).round_dp_with_strategy(places, strategy);
            prop_assert_eq!(rounded.to_string(), text(expected), "{:?}", mode);
        }
    }

    #[test]
    fn a_quotient_times_its_divisor_is_the_dividend(a in decimal(), b in decimal()) {
        prop_assume!(b.0 != 0);
        let quotient = Quotient::from(ours(a)).checked_div(Quotient::from(ours(b))).unwrap();
        let product = quotient.checked_mul(Quotient::from(ours(b))).unwrap();
        prop_assert_eq!(product, Quotient::from(ours(a)));
    }

    #[test]
    fn reading_any_text_never_panics_and_what_is_read_is_written_back(text in "[-+.eE0-9]{0,40}") {
        if let Ok(number) = Number::parse(&text) {
            prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
        }
    }
}

#[test]
fn one_third_three_times_is_one() {
    let one = Quotient::from(Number::from_int(1));
    let three = Quotient::from(Number::from_int(3));
    let third = one.checked_div(three).unwrap();
    assert_eq!(third.checked_mul(three), Some(one));
    assert_eq!(one.checked_div(Quotient::from(Number::ZERO)), None);
}
