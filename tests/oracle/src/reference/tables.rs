//! The form's tables, written as conditions.

use rhai::{Dynamic, Engine, INT, ImmutableString, Map};
use rust_decimal::Decimal;

/// Registers them; what they say is that of [`crate::form`].
pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("band", |of: INT| -> INT {
        match of {
            ..0 => -1,
            0..=10 => 2,
            25..40 => 30,
            _ => 7,
        }
    });
    engine.register_fn("price", |colour: ImmutableString, reduced: bool| {
        let (fee, share, open) = match (colour.as_str(), reduced) {
            ("red" | "green", true) => (450, 25, true),
            ("red", false) => (1_200, 50, false),
            _ => (2_075, 100, true),
        };
        let money = |cents: i64| Dynamic::from(Decimal::new(cents, 2));
        Map::from([
            ("fee".into(), money(fee)),
            ("share".into(), money(share)),
            ("open".into(), open.into()),
        ])
    });
    engine.register_fn("tiers", |of: Decimal| {
        let above = |end: i64| (of - Decimal::from(end)).max(Decimal::ZERO);
        // 5 % from 10 on, and 20 % more from 50 on.
        above(10) * Decimal::new(5, 2) + above(50) * Decimal::new(20, 2)
    });
}
