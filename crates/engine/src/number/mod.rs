//! Exact decimal numbers on scaled 128-bit integers.

mod quotient;

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Serialize, Serializer};

pub use quotient::Quotient;

use crate::plan::RoundMode;
use quotient::round;

/// Most digits that a number may have, on both sides of the point together.
pub const MAX_DIGITS: u32 = 28;
/// Most digits after the point that the engine carries between two roundings.
const MAX_SCALE: u8 = 36;

/// An exact decimal number, `units / 10^scale`. Equality and order go by value: `2.0` equals `2`.
// Slots hold numbers: at the alignment of the machine's own they take half the room.
#[derive(Clone, Copy)]
#[repr(Rust, packed(8))]
pub struct Number {
    units: i128,
    scale: u8,
}

/// Why a text is no number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Not a decimal number at all.
    NotANumber,
    /// A number of more than [`MAX_DIGITS`] digits before the point.
    TooLarge,
    /// A number of more digits after the point than fit.
    TooFine,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a decimal number such as 12.50",
            Self::TooLarge => "a number of more than 28 digits",
            Self::TooFine => "a number with too many digits after the point",
        })
    }
}

impl std::error::Error for NumberError {}

/// The powers of ten that fit.
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

fn power_of_ten(exponent: u8) -> Option<i128> {
    POWERS.get(usize::from(exponent)).copied()
}

/// Quotient and remainder by a positive divisor. Nearly all numbers fit the machine's own, whose
/// division takes a fraction of the time.
fn divide(units: i128, divisor: i128) -> (i128, i128) {
    match (i64::try_from(units), i64::try_from(divisor)) {
        (Ok(units), Ok(divisor)) => ((units / divisor).into(), (units % divisor).into()),
        _ => (units / divisor, units % divisor),
    }
}

/// The product, for which the machine's own numbers cannot overflow.
fn multiply(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { units: 0, scale: 0 };

    /// `units / 10^scale`; `None` where the scale is beyond what the engine carries.
    pub fn new(units: i128, scale: u8) -> Option<Self> {
        (scale <= MAX_SCALE && units != i128::MIN).then_some(Self { units, scale })
    }

    /// A whole number.
    pub const fn from_int(value: i64) -> Self {
        Self {
            units: value as i128,
            scale: 0,
        }
    }

    /// Units at the number's own scale.
    pub const fn units(self) -> i128 {
        self.units
    }

    /// Digits after the point that this number carries, trailing zeros included.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The same value with no trailing zero after the point.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        while self.scale > 0 {
            let (units, 0) = divide(self.units, 10) else {
                break;
            };
            self.units = units;
            self.scale -= 1;
        }
        self
    }

    /// Units at another scale; `None` where digits would be lost or it does not fit.
    pub fn units_at(self, scale: u8) -> Option<i128> {
        if scale == self.scale {
            Some(self.units)
        } else if scale > self.scale {
            multiply(self.units, power_of_ten(scale - self.scale)?)
        } else {
            let (units, rest) = divide(self.units, power_of_ten(self.scale - scale)?);
            (rest == 0).then_some(units)
        }
    }

    /// The value as a machine integer, where it is whole and fits.
    pub fn to_i64(self) -> Option<i64> {
        i64::try_from(self.units_at(0)?).ok()
    }

    /// Whether it is the same number, written with as many digits after the point.
    pub(crate) const fn is_same(self, other: Self) -> bool {
        self.units == other.units && self.scale == other.scale
    }

    /// Whether the number is zero.
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether the number is below zero.
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The sum; `None` on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let units = self.units_at(scale)?.checked_add(other.units_at(scale)?)?;
        Self::new(units, scale)
    }

    /// The difference; `None` on overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The product; `None` on overflow.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = multiply(self.units, other.units)?;
        let scale = self.scale + other.scale;
        if scale <= MAX_SCALE {
            Self::new(product, scale)
        } else {
            let reduced = Self {
                units: product,
                scale,
            }
            .normalized();
            Self::new(reduced.units, reduced.scale)
        }
    }

    /// The remainder of whole numbers, from 0 up to below the divisor; `None` where one is not whole or
    /// the divisor is not positive.
    pub fn remainder(self, divisor: Self) -> Option<Self> {
        let (units, divisor) = (self.units_at(0)?, divisor.units_at(0)?);
        (divisor > 0).then(|| Self::new(units.rem_euclid(divisor), 0))?
    }

    /// The absolute value.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            units: self.units.abs(),
            scale: self.scale,
        }
    }

    /// The number rounded to a multiple of a positive step; `None` on overflow or a step that is not
    /// positive.
    pub fn round_to(self, step: Self, mode: RoundMode) -> Option<Self> {
        let scale = self.scale.max(step.scale);
        match (self.units_at(scale), step.units_at(scale)) {
            (Some(units), Some(size)) if size > 0 => round(units, size, step, mode),
            // In lowest terms it may still fit.
            _ => Quotient::from(self).round_to(step, mode),
        }
    }

    /// Reads a decimal number as JSON writes it (`-12.50`, `1e3`), exactly.
    ///
    /// # Errors
    /// Where the text is no number, or one that the engine does not carry.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let with_exponent = digits.split_once(['e', 'E']);
        let (mantissa, exponent) = match with_exponent {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (digits, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(NumberError::NotANumber),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if with_exponent.is_none()
            && let Some(number) = Self::parse_short(negative, whole, fraction)
        {
            return Ok(number);
        }
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(NumberError::NotANumber);
        }

        // The digits without zeros at either end, and the power of ten of the last of them.
        let trimmed_fraction = fraction.trim_end_matches('0');
        let mut significant = [whole, trimmed_fraction].concat();
        let mut power = exponent - i64::try_from(trimmed_fraction.len()).unwrap_or(i64::MAX);
        while significant.ends_with('0') {
            significant.pop();
            power += 1;
        }
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Ok(Self::ZERO);
        }
        let length = i64::try_from(significant.len()).unwrap_or(i64::MAX);
        let max_digits = i64::from(MAX_DIGITS);
        if length.saturating_add(power) > max_digits {
            return Err(NumberError::TooLarge);
        }
        if power < -max_digits || length > max_digits {
            return Err(NumberError::TooFine);
        }
        let units: i128 = significant.parse().map_err(|_| NumberError::TooFine)?;
        let (units, scale) = if power >= 0 {
            let factor = u8::try_from(power)
                .ok()
                .and_then(power_of_ten)
                .ok_or(NumberError::TooLarge)?;
            let units = units.checked_mul(factor).ok_or(NumberError::TooLarge)?;
            (units, 0)
        } else {
            let scale = u8::try_from(-power).map_err(|_| NumberError::TooFine)?;
            (units, scale)
        };
        Self::new(if negative { -units } else { units }, scale).ok_or(NumberError::TooFine)
    }

    /// A number of so few digits that they fit one of the machine's; none where it is another.
    fn parse_short(negative: bool, whole: &str, fraction: &str) -> Option<Self> {
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty() || whole.len() + fraction.len() > 18 {
            return None;
        }
        let mut units = 0_i64;
        for byte in whole.bytes().chain(fraction.bytes()) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            units = units * 10 + i64::from(digit);
        }
        let scale = u8::try_from(fraction.len()).ok()?;
        Self::new((if negative { -units } else { units }).into(), scale)
    }

    /// The number with at least so many digits after the point (`12.5` with 2 is `12.50`).
    pub fn to_string_with(self, digits: u8) -> String {
        let number = self.normalized();
        let scale = number.scale.max(digits);
        let digits = Digits::of(number.units.unsigned_abs());
        let digits = digits.as_str();
        let whole = digits.len().saturating_sub(usize::from(number.scale));
        let mut text = String::with_capacity(digits.len() + usize::from(scale) + 3);
        if number.units < 0 {
            text.push('-');
        }
        text.push_str(if whole == 0 { "0" } else { &digits[..whole] });
        if scale > 0 {
            text.push('.');
            let fraction = &digits[whole..];
            let zeros = |count: usize| (0..count).map(|_| '0');
            text.extend(zeros(usize::from(number.scale) - fraction.len()));
            text.push_str(fraction);
            text.extend(zeros(usize::from(scale - number.scale)));
        }
        text
    }
}

/// The decimal digits of a whole number.
struct Digits {
    /// They stand at its end.
    bytes: [u8; 39],
    start: usize,
}

impl Digits {
    fn of(mut number: u128) -> Self {
        let mut digits = Self {
            bytes: [b'0'; 39],
            start: 39,
        };
        loop {
            let last = match u64::try_from(number) {
                Ok(small) => {
                    number = (small / 10).into();
                    small % 10
                }
                Err(_) => {
                    let last = number % 10;
                    number /= 10;
                    u64::try_from(last).unwrap_or_default()
                }
            };
            digits.start -= 1;
            digits.bytes[digits.start] += u8::try_from(last).unwrap_or_default();
            if number == 0 {
                return digits;
            }
        }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.start..]).unwrap_or_default()
    }
}

fn parse_exponent(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    // A longer exponent is as far beyond every limit as this one.
    let value = digits
        .parse()
        .unwrap_or(1_000_000_000_i64)
        .min(1_000_000_000);
    Ok(if negative { -value } else { value })
}

impl std::ops::Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self {
            units: -self.units,
            scale: self.scale,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.units().cmp(&other.units());
        }
        let scale = self.scale.max(other.scale);
        match (self.units_at(scale), other.units_at(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // The one that no longer fits when scaled up is the greater in magnitude.
            (None, _) => self.units().cmp(&0),
            (_, None) => 0.cmp(&other.units()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_string_with(0))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string_with(0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn reads_what_json_writes_exactly() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("12.50", "12.5"),
            ("1e3", "1000"),
            ("2.5E-1", "0.25"),
            ("100e-2", "1"),
            (
                "0.0000000000000000000000000001",
                "0.0000000000000000000000000001",
            ),
            (
                "-9999999999999999999999999999",
                "-9999999999999999999999999999",
            ),
        ] {
            assert_eq!(number(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number_of_ours() {
        for text in [
            "", "-", "1.", ".5", "1e", "+1", "0x1", "1 ", "１", "NaN", "1e+", "1.2.3",
        ] {
            assert_eq!(Number::parse(text), Err(NumberError::NotANumber), "{text}");
        }
        for text in ["1e400", "1e99999999999999999999", &"9".repeat(400)] {
            assert_eq!(Number::parse(text), Err(NumberError::TooLarge), "{text}");
        }
        for text in [
            "1e-400",
            "0.12345678901234567890123456789",
            "12345678901234567890.123456789",
        ] {
            assert_eq!(Number::parse(text), Err(NumberError::TooFine), "{text}");
        }
    }

    #[test]
    fn rounds_to_steps_as_each_mode_says() {
        use RoundMode::{Down, HalfEven, HalfUp, Up};
        for (value, step, half_up, half_even, up, down) in [
            ("2.345", "0.01", "2.35", "2.34", "2.35", "2.34"),
            ("-2.345", "0.01", "-2.35", "-2.34", "-2.34", "-2.35"),
            ("2.5", "1", "3", "2", "3", "2"),
            ("74", "50", "50", "50", "100", "50"),
            ("75", "50", "100", "100", "100", "50"),
            ("125", "50", "150", "100", "150", "100"),
        ] {
            for (mode, expected) in [
                (HalfUp, half_up),
                (HalfEven, half_even),
                (Up, up),
                (Down, down),
            ] {
                let rounded = number(value).round_to(number(step), mode).unwrap();
                assert_eq!(rounded.to_string(), expected, "{value} to {step}, {mode:?}");
            }
        }
    }

    #[test]
    fn compares_across_scales_without_overflow() {
        let huge = Number::new(i128::MAX, 0).unwrap();
        let tiny = Number::new(1, MAX_SCALE).unwrap();
        assert!(huge > tiny);
        assert!(-huge < tiny);
        assert_eq!(number("2.0"), number("2"));
    }

    /// Units around the borders of the machine's own numbers, of the digits that are kept, and small ones.
    fn units() -> impl Strategy<Value = i128> {
        let borders = [
            0,
            i128::from(i64::MAX),
            i128::from(u64::MAX),
            10_i128.pow(17),
            10_i128.pow(18),
            10_i128.pow(19),
            10_i128.pow(28),
            i128::MAX,
        ];
        let near = (prop::sample::select(borders.to_vec()), -3..=3_i128);
        let near = near.prop_map(|(border, step)| border.saturating_add(step));
        let sign = prop::sample::select(vec![-1, 1_i128]);
        (
            prop_oneof![near, -2_000..2_000_i128, any::<i64>().prop_map(i128::from)],
            sign,
        )
            .prop_map(|(units, sign)| units.saturating_mul(sign).max(-i128::MAX))
    }

    fn any_number() -> impl Strategy<Value = Number> {
        (units(), 0..=MAX_SCALE).prop_map(|(units, scale)| Number::new(units, scale).unwrap())
    }

    fn short() -> impl Strategy<Value = Number> {
        (units(), 0..4_u8).prop_map(|(units, scale)| Number::new(units, scale).unwrap())
    }

    proptest! {
        #[test]
        fn a_number_is_rounded_as_its_quotient_is(
            number in short(),
            step in short(),
            mode in prop::sample::select(vec![
                RoundMode::Down,
                RoundMode::Up,
                RoundMode::HalfUp,
                RoundMode::HalfEven,
            ]),
        ) {
            let rounded = number.round_to(step, mode);
            let slowly = Quotient::from(number).round_to(step, mode);
            prop_assert_eq!(rounded.map(|n| (n.units(), n.scale())), slowly.map(|n| (n.units(), n.scale())));
        }

        #[test]
        fn numbers_stand_in_the_order_of_their_quotients(a in any_number(), b in any_number()) {
            if let Some(order) = Quotient::from(a).checked_cmp(Quotient::from(b)) {
                prop_assert_eq!(a.cmp(&b), order);
            }
        }

        #[test]
        fn a_short_text_is_read_as_a_long_one_is(text in "-?[0-9]{1,20}(\\.[0-9]{1,20})?") {
            // An exponent, of nothing too, goes the long way.
            let (short, long) = (Number::parse(&text), Number::parse(&format!("{text}e0")));
            let parts = |read: Result<Number, NumberError>| read.map(|n| (n.units(), n.scale()));
            prop_assert_eq!(parts(short), parts(long));
        }

        #[test]
        fn what_is_written_is_read_again(number in any_number(), digits in 0..6_u8) {
            // With more zeros behind it would no longer fit.
            prop_assume!(number.units().abs() < 10_i128.pow(30));
            let text = number.to_string_with(digits);
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            prop_assert!(fraction.len() >= usize::from(digits));
            prop_assert!(fraction.len() <= usize::from(digits) || !fraction.ends_with('0'));
            prop_assert_eq!(whole.starts_with('-'), number.is_negative());
            let units: i128 = [whole, fraction].concat().parse().unwrap();
            let scale = u8::try_from(fraction.len()).unwrap();
            let read = Number::new(units, scale).unwrap();
            prop_assert_eq!(read.normalized().units(), number.normalized().units());
            prop_assert_eq!(read.normalized().scale(), number.normalized().scale());
        }
    }
}
