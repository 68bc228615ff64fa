//! Which form of a word goes with a whole number: CLDR's rules for cardinal numbers, as short rules that
//! the engine can follow.

use counterfoil_engine::plan::PluralRule;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// Numbers up to here may have forms of their own; from here on the last two digits tell the form, but for
/// round millions.
const SMALL: u64 = 200;
pub(super) const MILLION: u64 = 1_000_000;
/// Numbers on which the rules found are tried.
const TRIED: &[u64] = &[
    200, 201, 202, 203, 211, 299, 300, 301, 311, 400, 1_000, 1_001, 1_002, 1_011, 10_000, 11_111,
    100_000, 100_001, 999_999, 1_000_000, 1_000_001, 2_000_000, 3_000_003,
];

/// The rules of a locale, the first that fits counting; a number that none fits takes `other`. `None` where
/// the locale's rules are of another kind than CLDR has had so far.
pub(super) fn plurals(locale: &Locale) -> Option<Vec<PluralRule>> {
    let cldr = PluralRules::try_new_cardinal(locale.into()).ok()?;
    let form = |number: u64| name(cldr.category_for(number));
    let by_digits: Vec<_> = (0..100).map(|digits| form(SMALL + digits)).collect();
    let mut rules = Vec::new();
    // Forms of small numbers alone, such as Welsh `tri`, and what other numbers of their digits take.
    let small: Vec<_> = (0..SMALL)
        .map(|number| {
            let own = form(number);
            (own != by_digits[(number % 100) as usize]).then_some(own)
        })
        .collect();
    push_runs(&mut rules, &small, 0);
    if form(MILLION) != by_digits[0] {
        rules.push(PluralRule {
            form: form(MILLION).to_owned(),
            modulo: MILLION,
            from: 0,
            to: 0,
        });
    }
    let by_digits: Vec<_> = by_digits
        .into_iter()
        .map(|form| (form != OTHER).then_some(form))
        .collect();
    push_runs(&mut rules, &by_digits, 100);
    let follows = |number: u64| {
        let rule = rules.iter().find(|rule| rule.fits(number));
        rule.map_or(OTHER, |rule| rule.form.as_str()) == form(number)
    };
    let sound = (0..2 * SMALL).chain(TRIED.iter().copied()).all(follows);
    sound.then_some(rules)
}

pub(super) const OTHER: &str = "other";

const fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => OTHER,
    }
}

/// A rule for every run of numbers of one form.
fn push_runs(rules: &mut Vec<PluralRule>, forms: &[Option<&'static str>], modulo: u64) {
    let mut number = 0;
    for run in forms.chunk_by(|left, right| left == right) {
        let from = number;
        number += run.len() as u64;
        if let Some(form) = run[0] {
            rules.push(PluralRule {
                form: form.to_owned(),
                modulo,
                from,
                to: number - 1,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use icu_locale::Locale;

    use super::{OTHER, plurals};

    #[test]
    fn numbers_take_the_forms_that_cldr_says() {
        let form = |tag: &str, number: u64| {
            let locale: Locale = tag.parse().expect("a tag");
            let rules = plurals(&locale).expect("rules that can be written down");
            let rule = rules.into_iter().find(|rule| rule.fits(number));
            rule.map_or(OTHER.to_owned(), |rule| rule.form)
        };
        // The examples of CLDR's chart of plural rules.
        for (tag, number, expected) in [
            ("en", 0, "other"),
            ("en", 1, "one"),
            ("en", 101, "other"),
            ("fr", 0, "one"),
            ("fr", 1_000_000, "many"),
            ("es", 2_000_000, "many"),
            ("cy", 0, "zero"),
            ("cy", 2, "two"),
            ("cy", 3, "few"),
            ("cy", 6, "many"),
            ("cy", 106, "other"),
            ("ar", 0, "zero"),
            ("ar", 3, "few"),
            ("ar", 10, "few"),
            ("ar", 11, "many"),
            ("ar", 99, "many"),
            ("ar", 100, "other"),
            ("ar", 103, "few"),
            ("pl", 22, "few"),
            ("pl", 12, "many"),
            ("ru", 21, "one"),
            ("ru", 111, "many"),
            ("ga", 7, "many"),
        ] {
            assert_eq!(form(tag, number), expected, "{tag} {number}");
        }
    }
}
