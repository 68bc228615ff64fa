//! Patterns against the `regex` crate.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_compiler::patterns::{self, EMAIL};
use counterfoil_engine::plan::Pattern;
use proptest::prelude::*;

/// Runs an automaton as the plan describes it.
fn accepts(pattern: &Pattern, text: &str) -> bool {
    let columns: Vec<usize> = pattern
        .classes
        .chunks(2)
        .flat_map(|run| std::iter::repeat_n(usize::from(run[1]), usize::from(run[0])))
        .collect();
    assert_eq!(columns.len(), 128);
    let end = text.bytes().fold(1_u16, |state, byte| {
        columns
            .get(usize::from(byte))
            .map_or(0, |&column| pattern.next[usize::from(state)][column])
    });
    pattern.accept.contains(&end)
}

fn oracle(source: &str) -> regex::Regex {
    regex::RegexBuilder::new(&format!("^(?:{source})$"))
        .unicode(false)
        .build()
        .unwrap()
}

const PATTERNS: &[&str] = &[
    r"[A-Z]{2}[0-9]{6}",
    r"\+?[0-9]{7,15}",
    r"[A-Z]{2}[0-9]{2} [0-9]{3}",
    r"a|ab|abc",
    r"(a|b)*abb",
    r"(a*)(b*)?c{0,3}",
    r"(?i)abc|[a-c]+d",
    r"",
    r"\d{1,2}(\.\d{2})?",
    EMAIL,
];

proptest! {
    #[test]
    fn agree_with_the_regex_crate_on_short_texts(
        which in 0..PATTERNS.len(),
        text in "[abcdABC019.@+ é-]{0,9}",
    ) {
        let source = PATTERNS[which];
        let pattern = patterns::compile(source).unwrap();
        prop_assert_eq!(accepts(&pattern, &text), oracle(source).is_match(&text), "{} {:?}", source, text);
    }

    #[test]
    fn agree_with_the_regex_crate_on_matching_texts(
        parcel in "[0-9]{3}-[0-9]{4}-[0-9]{2}",
        cut in 0..12_usize,
        extra in "[0-9x]?",
    ) {
        let source = "[0-9]{3}-[0-9]{4}-[0-9]{2}";
        let pattern = patterns::compile(source).unwrap();
        prop_assert!(accepts(&pattern, &parcel));
        let bent = format!("{}{extra}{}", &parcel[..cut], &parcel[cut..]);
        prop_assert_eq!(accepts(&pattern, &bent), oracle(source).is_match(&bent));
    }

    #[test]
    fn random_patterns_agree_or_are_refused(
        source in "([ab](\\{1,2\\}|\\*|\\?|\\+)?|\\([ab]\\|[ab]c\\)|\\[a-c\\]|\\|){1,6}",
        text in "[abcd]{0,6}",
    ) {
        if let Ok(pattern) = patterns::compile(&source) {
            prop_assert_eq!(accepts(&pattern, &text), oracle(&source).is_match(&text));
        }
    }
}

#[test]
fn email_accepts_addresses_and_nothing_near_them() {
    let email = patterns::compile(EMAIL).unwrap();
    for text in ["a@b.uk", "first.last+tag@mail.example.org"] {
        assert!(accepts(&email, text), "{text}");
    }
    for text in [
        "a@b", "@b.uk", "a b@c.uk", "a@b..uk", "a@b.uk ", "a@b.u", "ä@b.uk",
    ] {
        assert!(!accepts(&email, text), "{text}");
    }
}

#[test]
fn tables_are_small_and_start_at_state_one() {
    let pattern = patterns::compile("[A-Z]{2}[0-9]{6}").unwrap();
    assert_eq!(pattern.next.len(), 10, "dead, eight steps and the end");
    assert!(pattern.next[0].iter().all(|&next| next == 0));
    assert_eq!(pattern.accept, [9]);
    assert_eq!(pattern.next[0].len(), 3, "letters, digits and the rest");
}

#[test]
fn refuses_what_it_cannot_promise() {
    for (source, part) in [
        ("^a$", "leave out `^`"),
        (r"a\b", "look around"),
        ("(?=a)b", "cannot be read"),
        (r"(a)\1", "cannot be read"),
        (r"\p{L}+", "cannot be read"),
        ("a.b", "outside ASCII"),
        ("[^,]+", "outside ASCII"),
        ("né", "ASCII characters"),
        (r"\xff", "ASCII"),
        ("[a&&b]", "no text at all"),
        ("[a-z]{5000}", "states"),
        ("(a|b)*a(a|b){11}", "states"),
        ("((a{99}){99}){99}", "states"),
        ("(", "cannot be read"),
    ] {
        let error = patterns::compile(source).expect_err(source).to_string();
        assert!(error.contains(part), "{source}: {error}");
    }
}
