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

type Result<T> = std::result::Result<T, TooManyDigits>;

const OVERFLOW: TooManyDigits = TooManyDigits { digits: None };

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
fn divide_bounds(dividend: Bounds, divisor: Bounds) -> Option<Bounds> {
    use counterfoil_engine::number::Quotient;

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
    use proptest::prelude::*;

    fn number(units: i64, scale: u8) -> Number {
        Number::new(units.into(), scale).unwrap()
    }

    fn bounds() -> impl Strategy<Value = (Bounds, Number)> {
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

        #[test]
        fn bounds_of_quotients_survive_rounding((a, x) in bounds(), (b, y) in bounds()) {
            use counterfoil_engine::number::Quotient;
            prop_assume!(!y.is_zero());
            let typed = |bounds, scale| QuotientType::from(NumberType { unit: Unit::None, scale, bounds });
            let quotient = typed(a, 2).divide(typed(b, 2), Unit::None).unwrap();
            let step = number(1, 2);
            let rounded = quotient.round(step, RoundMode::HalfUp).unwrap();
            let exact = Quotient::from(x).checked_div(Quotient::from(y)).unwrap();
            prop_assert!(rounded.bounds.contains(exact.round_to(step, RoundMode::HalfUp).unwrap()));
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
