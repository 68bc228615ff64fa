//! References of submissions: short, random, and safe to read out over the telephone.

use std::fmt;

/// Crockford's base 32: no `I`, `L`, `O` or `U`, so that nothing is taken for another symbol or
/// spells a word by accident.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_SYMBOLS: usize = 11;

/// A reference such as `7K3M-92QD-0XWT`: 55 random bits and a check symbol, which detects every
/// single wrong symbol and every exchange of neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Draws a new reference from random bytes.
    pub fn from_random(bytes: [u8; RANDOM_SYMBOLS]) -> Self {
        let mut symbols: Vec<u8> = bytes.iter().map(|byte| byte % 32).collect();
        symbols.push(check_symbol(&symbols));
        Self::from_values(&symbols)
    }

    /// Reads a reference as a person may write it: small letters, spaces or none, `O` for zero, `I`
    /// and `L` for one. `None` where it cannot be one, a wrong check symbol included.
    pub fn parse(text: &str) -> Option<Self> {
        let values: Vec<u8> = text
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b' '))
            .map(|byte| match byte.to_ascii_uppercase() {
                b'O' => Some(0),
                b'I' | b'L' => Some(1),
                upper => SYMBOLS
                    .iter()
                    .position(|symbol| *symbol == upper)
                    .and_then(|i| u8::try_from(i).ok()),
            })
            .collect::<Option<_>>()?;
        let (check, rest) = values.split_last()?;
        (rest.len() == RANDOM_SYMBOLS && check_symbol(rest) == *check)
            .then(|| Self::from_values(&values))
    }

    /// The reference as written on pages and receipts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_values(values: &[u8]) -> Self {
        let mut text = String::with_capacity(14);
        for (index, value) in values.iter().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(SYMBOLS[usize::from(*value)]));
        }
        Self(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Damm's scheme over the field of 32 elements: `c ← 2·(c + symbol)` in GF(2⁵), whose operation is
/// totally anti-symmetric, so that neighbours exchanged always change the result.
fn check_symbol(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |state, symbol| {
        let doubled = (state ^ symbol) << 1;
        // x⁵ + x² + 1 is primitive over GF(2).
        if doubled & 32 == 0 {
            doubled
        } else {
            doubled ^ 0b10_0101
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Reference {
        Reference::from_random([7, 200, 33, 64, 5, 91, 18, 250, 77, 31, 2])
    }

    #[test]
    fn a_reference_reads_back_however_it_is_written() {
        let reference = sample();
        assert_eq!(reference.as_str().len(), 14);
        let loose = reference
            .as_str()
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(Reference::parse(&loose), Some(reference));
    }

    #[test]
    fn every_single_slip_and_exchange_is_noticed() {
        let symbols: Vec<u8> = sample()
            .as_str()
            .bytes()
            .filter(|byte| *byte != b'-')
            .collect();
        let read = |symbols: &[u8]| Reference::parse(std::str::from_utf8(symbols).unwrap());
        assert!(read(&symbols).is_some());
        for place in 0..symbols.len() {
            for other in SYMBOLS {
                let mut slip = symbols.clone();
                slip[place] = *other;
                assert_eq!(read(&slip).is_some(), slip == symbols);
            }
            if place > 0 {
                let mut exchange = symbols.clone();
                exchange.swap(place - 1, place);
                assert_eq!(read(&exchange).is_some(), exchange == symbols);
            }
        }
    }
}
