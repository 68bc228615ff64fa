//! Capital and small letters of the Latin, Greek, Cyrillic and Armenian scripts. The other scripts have
//! none that a text begins with. The library's tables of all of Unicode take 25 kB, which a browser would
//! download to begin a sentence.

/// Small letters from the first to the last, every so many, and how far below them their capitals stand.
const SMALL: &[(u32, u32, u32, i32)] = &[
    // Latin.
    (0x61, 0x7A, 1, 32),
    (0xE0, 0xF6, 1, 32),
    (0xF8, 0xFE, 1, 32),
    (0xFF, 0xFF, 1, -121),
    (0x101, 0x12F, 2, 1),
    (0x131, 0x131, 1, 232),
    (0x133, 0x137, 2, 1),
    (0x13A, 0x148, 2, 1),
    (0x14B, 0x177, 2, 1),
    (0x17A, 0x17E, 2, 1),
    (0x1F9, 0x21F, 2, 1),
    (0x223, 0x233, 2, 1),
    (0x1E01, 0x1E95, 2, 1),
    (0x1EA1, 0x1EFF, 2, 1),
    // Greek; the sigma that ends words comes after the other, which is the one that a capital gives.
    (0x3AC, 0x3AC, 1, 38),
    (0x3AD, 0x3AF, 1, 37),
    (0x3B1, 0x3C1, 1, 32),
    (0x3C3, 0x3CB, 1, 32),
    (0x3C2, 0x3C2, 1, 31),
    (0x3CC, 0x3CC, 1, 64),
    (0x3CD, 0x3CE, 1, 63),
    // Cyrillic.
    (0x430, 0x44F, 1, 32),
    (0x450, 0x45F, 1, 80),
    (0x461, 0x481, 2, 1),
    (0x48B, 0x4BF, 2, 1),
    (0x4C2, 0x4CE, 2, 1),
    (0x4D1, 0x52F, 2, 1),
    // Armenian.
    (0x561, 0x586, 1, 48),
];

/// The capital of a small letter; any other character is itself.
pub fn capital(letter: char) -> char {
    let code = u32::from(letter);
    let found = SMALL.iter().find(|(first, last, step, _)| {
        (*first..=*last).contains(&code) && (code - first) % step == 0
    });
    found
        .and_then(|(.., below)| char::from_u32(code.checked_add_signed(-below)?))
        .unwrap_or(letter)
}

/// The small letter of a capital; any other character is itself.
pub fn small(letter: char) -> char {
    let small = |(first, last, step, below): &(u32, u32, u32, i32)| {
        let code = u32::from(letter).checked_add_signed(*below)?;
        let fits = (*first..=*last).contains(&code) && (code - first) % step == 0;
        char::from_u32(code).filter(|_| fits)
    };
    SMALL.iter().find_map(small).unwrap_or(letter)
}

/// A text that begins with a capital letter.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(capital);
    first.into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the library knows; where it gives several letters, the letter itself.
    fn only(mut letters: impl Iterator<Item = char>, letter: char) -> char {
        match (letters.next(), letters.next()) {
            (Some(only), None) => only,
            _ => letter,
        }
    }

    #[test]
    fn the_letters_of_the_languages_of_europe_are_those_of_unicode() {
        let blocks = [
            0x20..=0x17E,
            0x386..=0x3CE,
            0x400..=0x52F,
            0x531..=0x586,
            0x1E00..=0x1E95,
        ];
        for code in blocks.into_iter().flatten() {
            let letter = char::from_u32(code).unwrap();
            // Neither belongs to a script's own pairs: the sign of a millionth, and Turkish ones.
            let is_exception = matches!(letter, 'µ' | 'İ' | '\u{3CF}' | '\u{4C0}' | '\u{4CF}');
            if is_exception {
                continue;
            }
            assert_eq!(
                capital(letter),
                only(letter.to_uppercase(), letter),
                "{letter}"
            );
            assert_eq!(
                small(letter),
                only(letter.to_lowercase(), letter),
                "{letter}"
            );
        }
        for code in 0..0x11_0000 {
            let Some(letter) = char::from_u32(code) else {
                continue;
            };
            if capital(letter) != letter {
                assert_eq!(
                    capital(letter),
                    only(letter.to_uppercase(), letter),
                    "{letter}"
                );
            }
            if small(letter) != letter {
                assert_eq!(
                    small(letter),
                    only(letter.to_lowercase(), letter),
                    "{letter}"
                );
            }
        }
    }

    #[test]
    fn a_text_begins_with_a_capital() {
        for (text, capitalised) in [("", ""), ("élan", "Élan"), ("ŵyl", "Ŵyl"), ("شارع", "شارع")]
        {
            assert_eq!(super::capitalised(text), capitalised);
        }
    }
}
