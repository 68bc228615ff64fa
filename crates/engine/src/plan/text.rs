//! Functions of texts.

use serde::Serialize;

/// A function of one text or more. All are defined for every text, whatever it holds.
///
/// Those that work out check digits leave out blanks and hyphens, read `0` to `9` as themselves and the
/// letters `A` to `Z` and `a` to `z` as 10 to 35.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFunction {
    /// The remainder on division by 97 of the texts, one after another, read as one number (ISO 7064
    /// MOD 97-10); 97 where a character is neither letter nor digit, or where there is none.
    Mod97,
    /// Whether the last digit is the right one by Luhn's formula (ISO/IEC 7812-1); false where anything
    /// is no digit, or where there are fewer than two.
    Luhn,
    /// Whether the last digit is the right one by ISO 7064 MOD 11,10; false where anything is no digit,
    /// or where there are fewer than two.
    #[serde(rename = "mod11_10")]
    Mod11_10,
    /// A text and whole numbers: the sum of the characters, each times its number, the numbers starting
    /// again when they run out. A character that is neither letter nor digit counts 0 in its place.
    WeightedSum,
    /// The digits `0` to `9` of a text.
    Digits,
    /// A text and two whole numbers: the characters from one position to the other, both included, the
    /// first being 1. Positions beyond the text are those of its ends.
    Characters,
    /// The number of characters, in code points.
    Length,
    /// Whether the first text begins with the second, letter for letter.
    StartsWith,
    /// A text with the letters `a` to `z` as capitals; others stay as they are.
    Upper,
}

impl TextFunction {
    /// Its name, as expressions write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mod97 => "mod97",
            Self::Luhn => "luhn",
            Self::Mod11_10 => "mod11_10",
            Self::WeightedSum => "weighted_sum",
            Self::Digits => "digits",
            Self::Characters => "characters",
            Self::Length => "length",
            Self::StartsWith => "starts_with",
            Self::Upper => "upper",
        }
    }

    /// Whether it can take so many operands.
    pub const fn takes(self, operands: usize) -> bool {
        match self {
            Self::Mod97 => operands >= 1,
            Self::WeightedSum => operands >= 2,
            Self::Characters => operands == 3,
            Self::StartsWith => operands == 2,
            Self::Luhn | Self::Mod11_10 | Self::Digits | Self::Length | Self::Upper => {
                operands == 1
            }
        }
    }
}
