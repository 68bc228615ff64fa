//! Exact quotients, on their way to a comparison or a rounding.

use std::cmp::Ordering;

use super::{Number, divide, multiply, power_of_ten};
use crate::plan::RoundMode;

/// An exact quotient, lowest terms, positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotient {
    numerator: i128,
    denominator: i128,
}

impl From<Number> for Quotient {
    fn from(number: Number) -> Self {
        let number = number.normalized();
        // MAX_SCALE keeps the power within i128.
        let denominator = power_of_ten(number.scale()).unwrap_or(1);
        Self::reduced(number.units(), denominator).unwrap_or(Self {
            numerator: number.units(),
            denominator,
        })
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Quotient {
    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let sign = denominator.signum();
        Some(Self {
            numerator: (numerator / divisor).checked_mul(sign)?,
            denominator: (denominator / divisor).checked_mul(sign)?,
        })
    }

    /// The sum; `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::reduced(
            left.checked_add(right)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// The product; `None` on overflow.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // Reducing crosswise first keeps the products small.
        let a = Self::reduced(self.numerator, other.denominator)?;
        let b = Self::reduced(other.numerator, self.denominator)?;
        Self::reduced(
            a.numerator.checked_mul(b.numerator)?,
            a.denominator.checked_mul(b.denominator)?,
        )
    }

    /// The quotient of two quotients; `None` on overflow or a zero divisor.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(Self::reduced(other.denominator, other.numerator)?)
    }

    /// The negated quotient; `None` on overflow.
    pub fn checked_neg(self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_neg()?,
            denominator: self.denominator,
        })
    }

    /// Compares exactly; `None` on overflow.
    pub fn checked_cmp(self, other: Self) -> Option<Ordering> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(left.cmp(&right))
    }

    /// The quotient rounded to a multiple of a positive step; `None` on overflow or a step that is not
    /// positive.
    pub fn round_to(self, step: Number, mode: RoundMode) -> Option<Number> {
        if step.units() <= 0 {
            return None;
        }
        let steps = self.checked_div(Self::from(step))?;
        round(steps.numerator, steps.denominator, step, mode)
    }
}

/// `n / d` steps, for a positive `d`, rounded to whole ones.
pub(super) fn round(n: i128, d: i128, step: Number, mode: RoundMode) -> Option<Number> {
    let (mut floor, mut remainder) = divide(n, d);
    if remainder < 0 {
        floor -= 1;
        remainder += d;
    }
    let up = match mode {
        RoundMode::Down => false,
        RoundMode::Up => remainder > 0,
        RoundMode::HalfUp | RoundMode::HalfEven => {
            match remainder.cmp(&(d - remainder)) {
                Ordering::Less => false,
                Ordering::Greater => true,
                // Away from zero: up for a positive number, down for a negative one.
                Ordering::Equal if mode == RoundMode::HalfUp => n > 0,
                Ordering::Equal => floor & 1 == 1,
            }
        }
    };
    let count = floor.checked_add(i128::from(up))?;
    Number::new(multiply(count, step.units())?, step.scale())
}
