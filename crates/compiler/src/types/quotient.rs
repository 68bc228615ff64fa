//! Types of exact quotients.

use counterfoil_engine::{
    number::{MAX_DIGITS, Number, Quotient},
    plan::RoundMode,
};

use super::{
    Bounds, NumberType, TooManyDigits, Unit,
    number::{OVERFLOW, Result, whole_digits},
};

/// The type of an exact quotient. It is legal in comparisons and under a rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotientType {
    /// What it counts.
    pub unit: Unit,
    /// Bounds, a little wider than the quotient's own; none where the divisor may be zero.
    pub bounds: Option<Bounds>,
    /// Digits that its numerator may need.
    pub numerator: u32,
    /// Digits that its denominator may need.
    pub denominator: u32,
}

/// Digits of a 128-bit integer, less one that carrying may need.
const MAX_QUOTIENT_DIGITS: u32 = 37;
/// Fineness to which bounds of quotients are known.
const FINENESS: u8 = 12;

/// A number or a quotient, for arithmetic that takes either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeric {
    /// A number.
    Number(NumberType),
    /// A quotient.
    Quotient(QuotientType),
}

impl From<NumberType> for QuotientType {
    fn from(number: NumberType) -> Self {
        Self {
            unit: number.unit,
            bounds: Some(number.bounds),
            numerator: whole_digits(number.bounds.magnitude()) + u32::from(number.scale),
            denominator: u32::from(number.scale) + 1,
        }
    }
}

impl From<Numeric> for QuotientType {
    fn from(numeric: Numeric) -> Self {
        match numeric {
            Numeric::Number(number) => number.into(),
            Numeric::Quotient(quotient) => quotient,
        }
    }
}

impl QuotientType {
    fn fitting(self) -> Result<Self> {
        let digits = self.numerator.max(self.denominator);
        if digits <= MAX_QUOTIENT_DIGITS {
            Ok(self)
        } else {
            Err(TooManyDigits {
                digits: Some(digits),
            })
        }
    }

    fn combine(
        self,
        other: Self,
        unit: Unit,
        bounds: impl FnOnce(Bounds, Bounds) -> Option<Bounds>,
    ) -> Self {
        Self {
            unit,
            bounds: self
                .bounds
                .zip(other.bounds)
                .and_then(|(a, b)| bounds(a, b)),
            numerator: self.numerator,
            denominator: self.denominator,
        }
    }

    /// The type of a sum or a difference.
    pub fn add(self, other: Self, unit: Unit) -> Result<Self> {
        Self {
            numerator: 1
                + (self.numerator + other.denominator).max(other.numerator + self.denominator),
            denominator: self.denominator + other.denominator,
            ..self.combine(other, unit, Bounds::plus)
        }
        .fitting()
    }

    /// The type of a product.
    pub fn multiply(self, other: Self, unit: Unit) -> Result<Self> {
        Self {
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
            ..self.combine(other, unit, Bounds::multiply)
        }
        .fitting()
    }

    /// The type of a quotient.
    pub fn divide(self, other: Self, unit: Unit) -> Result<Self> {
        Self {
            numerator: self.numerator + other.denominator,
            denominator: self.denominator + other.numerator,
            ..self.combine(other, unit, divide_bounds)
        }
        .fitting()
    }

    /// The type of a value that is one or the other.
    pub fn either(self, other: Self, unit: Unit) -> Self {
        Self {
            numerator: self.numerator.max(other.numerator),
            denominator: self.denominator.max(other.denominator),
            ..self.combine(other, unit, |a, b| Some(a.hull(b)))
        }
    }

    /// The type of the negated quotient.
    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            bounds: self.bounds.map(Bounds::negate),
            ..self
        }
    }

    /// The type of the quotient rounded to a step.
    pub fn round(self, step: Number, mode: RoundMode) -> Result<NumberType> {
        let step_digits = QuotientType::from(NumberType::literal(step));
        self.divide(step_digits, self.unit)?;
        let scale = step.normalized().scale();
        let bounds = match self.bounds {
            Some(bounds) => bounds.round(step, mode).ok_or(OVERFLOW)?,
            // A divisor that may be zero can also be as small as its scale allows.
            None => {
                let largest = 10_i128
                    .checked_pow(self.numerator.min(MAX_DIGITS - u32::from(scale)))
                    .and_then(|limit| Number::new(limit - 1, 0))
                    .ok_or(OVERFLOW)?;
                Bounds::new(-largest, largest)
            }
        };
        NumberType {
            unit: self.unit,
            scale,
            bounds,
        }
        .fitting()
    }
}

/// Bounds of a quotient, rounded outwards; `None` where the divisor may be zero.
pub fn divide_bounds(dividend: Bounds, divisor: Bounds) -> Option<Bounds> {
    if divisor.contains(Number::ZERO) {
        return None;
    }
    let step = Number::new(1, FINENESS)?;
    let mut corners: Option<Bounds> = None;
    for a in [dividend.min, dividend.max] {
        for b in [divisor.min, divisor.max] {
            let quotient = Quotient::from(a).checked_div(Quotient::from(b))?;
            let corner = Bounds {
                min: quotient.round_to(step, RoundMode::Down)?,
                max: quotient.round_to(step, RoundMode::Up)?,
            };
            corners = Some(corners.map_or(corner, |all| all.hull(corner)));
        }
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::number::tests::{bounds, number};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bounds_of_quotients_survive_rounding((a, x) in bounds(), (b, y) in bounds()) {
            prop_assume!(!y.is_zero());
            let typed = |bounds, scale| QuotientType::from(NumberType { unit: Unit::None, scale, bounds });
            let quotient = typed(a, 2).divide(typed(b, 2), Unit::None).unwrap();
            let step = number(1, 2);
            let rounded = quotient.round(step, RoundMode::HalfUp).unwrap();
            let exact = Quotient::from(x).checked_div(Quotient::from(y)).unwrap();
            prop_assert!(rounded.bounds.contains(exact.round_to(step, RoundMode::HalfUp).unwrap()));
        }
    }
}
