//! Types of numbers: unit, scale and bounds, and what arithmetic makes of them.

use counterfoil_engine::{
    number::{MAX_DIGITS, Number},
    plan::RoundMode,
};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing in particular.
    None,
    /// The form's currency.
    Money,
    /// Whatever its neighbours count: a literal.
    Any,
}

impl Unit {
    /// The unit of two numbers that must count the same; `None` where they do not.
    pub const fn same(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Any, unit) | (unit, Self::Any) => Some(unit),
            (Self::None, Self::None) => Some(Self::None),
            (Self::Money, Self::Money) => Some(Self::Money),
            _ => None,
        }
    }

    /// The unit of a product; `None` for money times money.
    pub const fn product(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Money, Self::Money) => None,
            (Self::Money, _) | (_, Self::Money) => Some(Self::Money),
            (Self::Any, Self::Any) => Some(Self::Any),
            _ => Some(Self::None),
        }
    }

    /// The unit of a quotient; `None` for a plain number divided by money.
    pub const fn quotient(self, divisor: Self) -> Option<Self> {
        match (self, divisor) {
            // A literal that is divided by money is money: how often one goes into the other.
            (Self::Money | Self::Any, Self::Money) => Some(Self::None),
            (Self::None, Self::Money) => None,
            (unit, _) => Some(unit),
        }
    }
}

/// Least and greatest value, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Least value.
    pub min: Number,
    /// Greatest value.
    pub max: Number,
}

impl Bounds {
    /// Bounds in either order.
    pub fn new(a: Number, b: Number) -> Self {
        Self {
            min: a.min(b),
            max: a.max(b),
        }
    }

    /// The bounds of whole numbers.
    pub const fn of_ints(min: i64, max: i64) -> Self {
        Self {
            min: Number::from_int(min),
            max: Number::from_int(max),
        }
    }

    /// The bounds of one value.
    pub const fn point(value: Number) -> Self {
        Self {
            min: value,
            max: value,
        }
    }

    /// The least bounds around both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// Whether a value lies within.
    pub fn contains(self, value: Number) -> bool {
        self.min <= value && value <= self.max
    }

    /// Whether all of the other's values lie within.
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// The greatest magnitude.
    pub fn magnitude(self) -> Number {
        self.min.abs().max(self.max.abs())
    }

    /// Bounds of the sum; `None` where the engine could not carry them.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            min: self.min.checked_add(other.min)?,
            max: self.max.checked_add(other.max)?,
        })
    }

    /// Bounds of the negated value.
    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            min: -self.max,
            max: -self.min,
        }
    }

    /// Bounds of the product; `None` where the engine could not carry them.
    pub fn multiply(self, other: Self) -> Option<Self> {
        let corners = [
            self.min.checked_mul(other.min)?,
            self.min.checked_mul(other.max)?,
            self.max.checked_mul(other.min)?,
            self.max.checked_mul(other.max)?,
        ];
        Some(Self {
            min: corners.into_iter().min()?,
            max: corners.into_iter().max()?,
        })
    }

    /// Bounds of the absolute value.
    #[must_use]
    pub fn absolute(self) -> Self {
        let min = if self.contains(Number::ZERO) {
            Number::ZERO
        } else {
            self.min.abs().min(self.max.abs())
        };
        Self {
            min,
            max: self.magnitude(),
        }
    }

    /// Bounds of the smaller of two values.
    #[must_use]
    pub fn smaller(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.min(other.max),
        }
    }

    /// Bounds of the greater of two values.
    #[must_use]
    pub fn greater(self, other: Self) -> Self {
        self.negate().smaller(other.negate()).negate()
    }

    /// Bounds of the rounded value; `None` where the engine could not carry them.
    pub fn round(self, step: Number, mode: RoundMode) -> Option<Self> {
        Some(Self {
            min: self.min.round_to(step, mode)?,
            max: self.max.round_to(step, mode)?,
        })
    }

    /// Bounds of the sum of so many values.
    pub fn times_count(self, least: u32, most: u32) -> Option<Self> {
        self.multiply(Self::of_ints(least.into(), most.into()))
    }
}

/// Digits before the point.
pub fn whole_digits(value: Number) -> u32 {
    let units = value.units().unsigned_abs();
    let digits = units.checked_ilog10().map_or(0, |log| log + 1);
    digits.saturating_sub(u32::from(value.scale()))
}

/// The type of an exact number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberType {
    /// What it counts.
    pub unit: Unit,
    /// Most digits after the point.
    pub scale: u8,
    /// Least and greatest value.
    pub bounds: Bounds,
}

/// Why arithmetic has no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyDigits {
    /// Digits that the result may need, where they could be counted.
    pub digits: Option<u32>,
}

pub(super) type Result<T> = std::result::Result<T, TooManyDigits>;

pub(super) const OVERFLOW: TooManyDigits = TooManyDigits { digits: None };

impl NumberType {
    /// The type of a whole number without unit.
    pub const fn integer(min: i64, max: i64) -> Self {
        Self {
            unit: Unit::None,
            scale: 0,
            bounds: Bounds::of_ints(min, max),
        }
    }

    /// The type of a literal.
    pub fn literal(value: Number) -> Self {
        Self {
            unit: Unit::Any,
            scale: value.normalized().scale(),
            bounds: Bounds::point(value),
        }
    }

    /// The same type, if no value of it needs more than 28 digits.
    pub fn fitting(self) -> Result<Self> {
        let digits = whole_digits(self.bounds.magnitude()) + u32::from(self.scale);
        if digits <= MAX_DIGITS {
            Ok(self)
        } else {
            Err(TooManyDigits {
                digits: Some(digits),
            })
        }
    }

    /// The type of a sum of two numbers of that unit.
    pub fn add(self, other: Self, unit: Unit) -> Result<Self> {
        Self {
            unit,
            scale: self.scale.max(other.scale),
            bounds: self.bounds.plus(other.bounds).ok_or(OVERFLOW)?,
        }
        .fitting()
    }

    /// The type of the negated number.
    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            bounds: self.bounds.negate(),
            ..self
        }
    }

    /// The type of a product that has that unit.
    pub fn multiply(self, other: Self, unit: Unit) -> Result<Self> {
        Self {
            unit,
            scale: self.scale + other.scale,
            bounds: self.bounds.multiply(other.bounds).ok_or(OVERFLOW)?,
        }
        .fitting()
    }

    /// The type of a value that is one or the other, both of that unit.
    pub fn either(self, other: Self, unit: Unit) -> Result<Self> {
        self.with(other, unit, self.bounds.hull(other.bounds))
    }

    /// The type of a result of both that keeps their scale.
    pub fn with(self, other: Self, unit: Unit, bounds: Bounds) -> Result<Self> {
        Self {
            unit,
            scale: self.scale.max(other.scale),
            bounds,
        }
        .fitting()
    }

    /// The type of the number rounded to a step.
    pub fn round(self, step: Number, mode: RoundMode) -> Result<Self> {
        Self {
            unit: self.unit,
            scale: step.normalized().scale(),
            bounds: self.bounds.round(step, mode).ok_or(OVERFLOW)?,
        }
        .fitting()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn number(units: i64, scale: u8) -> Number {
        Number::new(units.into(), scale).unwrap()
    }

    pub(crate) fn bounds() -> impl Strategy<Value = (Bounds, Number)> {
        (-500..500_i64, 0..300_i64, 0..300_i64, 0..3_u8).prop_map(|(start, width, at, scale)| {
            let bounds = Bounds::new(number(start, scale), number(start + width, scale));
            (bounds, number(start + at.min(width), scale))
        })
    }

    proptest! {
        #[test]
        fn arithmetic_on_bounds_contains_arithmetic_on_values((a, x) in bounds(), (b, y) in bounds()) {
            prop_assert!(a.plus(b).unwrap().contains(x.checked_add(y).unwrap()));
            prop_assert!(a.multiply(b).unwrap().contains(x.checked_mul(y).unwrap()));
            prop_assert!(a.smaller(b).contains(x.min(y)));
            prop_assert!(a.greater(b).contains(x.max(y)));
            prop_assert!(a.hull(b).contains(x) && a.hull(b).contains(y));
            prop_assert!(a.absolute().contains(x.abs()));
            prop_assert!(a.negate().contains(-x));
            for mode in [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Up, RoundMode::Down] {
                let step = number(5, 1);
                prop_assert!(a.round(step, mode).unwrap().contains(x.round_to(step, mode).unwrap()));
            }
        }
    }

    #[test]
    fn twenty_eight_digits_fit_and_no_more() {
        let trillion = NumberType {
            unit: Unit::Money,
            scale: 2,
            bounds: Bounds::of_ints(-1_000_000_000_000, 1_000_000_000_000),
        };
        let rate = NumberType::literal(Number::parse("0.123456789012").unwrap());
        let product = trillion.multiply(rate, Unit::Money).unwrap();
        assert_eq!(product.scale, 14);
        let error = trillion.multiply(trillion, Unit::None).unwrap_err();
        assert_eq!(error.digits, Some(29));
    }
}
