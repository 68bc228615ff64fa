//! Numbers with check digits: what is published is taken, and the same with one slip is not.

use counterfoil_engine::Plan;
use serde_json::json;

use crate::{errors, form, plan, report};

/// Published examples: registries, standards, administrations' own guidance and test numbers.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "iban",
        &[
            "GB82 WEST 1234 5698 7654 32",
            "DE89370400440532013000",
            "FR14 2004 1010 0505 0001 3M02 606",
            "es91 2100 0418 4502 0005 1332",
            "NL91 ABNA 0417 1643 00",
            "NO93 8601 1117 947",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
            "PL61 1090 1014 0000 0712 1981 2874",
        ],
    ),
    (
        "payment_card",
        &[
            "4111 1111 1111 1111",
            "5500005555555559",
            "3782-822463-10005",
            "6011 1111 1111 1117",
        ],
    ),
    (
        "nhs_number",
        &["943 476 5919", "401-023-2137", "9000000009"],
    ),
    (
        "nif",
        &[
            "12345678Z",
            "00000000T",
            "99999999-R",
            "X1234567L",
            "Y-1234567-X",
            "z1234567r",
        ],
    ),
    (
        "nir",
        &[
            "2 55 08 14 168 025 38",
            "269054958815780",
            "1 84 07 2A 004 123 40",
            "1 84 07 2b 004 123 67",
        ],
    ),
    (
        "steuer_id",
        &[
            "86 095 742 719",
            "47036892816",
            "65929970489",
            "57549285017",
            "25768131411",
        ],
    ),
    ("bsn", &["111222333", "1234.56.782"]),
    ("pesel", &["44051401359", "02070803628"]),
];

fn takes(plan: &Plan, answer: &str) -> bool {
    errors(&report(plan, &json!({ "it": answer }))).is_empty()
}

#[test]
fn published_examples_are_taken_and_slips_are_not() {
    for (type_, examples) in EXAMPLES {
        let plan = plan(&form(&format!("- field: it\n  type: {type_}"), ""));
        for example in *examples {
            assert!(takes(&plan, example), "{type_} refuses {example}");
            for (at, digit) in example.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                for other in ('0'..='9').filter(|other| *other != digit) {
                    let mut slip = (*example).to_owned();
                    slip.replace_range(at..=at, &other.to_string());
                    assert!(!takes(&plan, &slip), "{type_} takes {slip}");
                }
            }
        }
    }
}

/// Neighbours that are exchanged are found by all of these but by Luhn's formula and by PESEL's weights,
/// which leave some pairs out.
#[test]
fn exchanged_neighbours_are_refused() {
    for (type_, examples) in EXAMPLES {
        if ["payment_card", "pesel", "steuer_id"].contains(type_) {
            continue;
        }
        let plan = plan(&form(&format!("- field: it\n  type: {type_}"), ""));
        for example in *examples {
            let characters: Vec<char> = example.chars().collect();
            for at in 1..characters.len() {
                let pair = [characters[at - 1], characters[at]];
                if pair[0] == pair[1] || !pair.iter().all(char::is_ascii_digit) {
                    continue;
                }
                let mut exchanged = characters.clone();
                exchanged.swap(at - 1, at);
                let exchanged: String = exchanged.into_iter().collect();
                assert!(!takes(&plan, &exchanged), "{type_} takes {exchanged}");
            }
        }
    }
}

#[test]
fn every_other_letter_of_a_nif_is_refused() {
    let plan = plan(&form("- field: it\n  type: nif", ""));
    for (number, letter) in [("12345678", 'Z'), ("X1234567", 'L'), ("Y1234567", 'X')] {
        for other in 'A'..='Z' {
            assert_eq!(takes(&plan, &format!("{number}{other}")), other == letter);
        }
    }
}

/// Ten and eleven have no digit: 1 and 2 stand for them.
#[test]
fn a_taxpayer_reference_has_its_check_digit_in_front() {
    let plan = plan(&form("- field: it\n  type: utr", ""));
    for taken in [
        "3282497350",
        "32824 97350",
        "1955839661",
        "1100000003",
        "2000000000",
    ] {
        assert!(takes(&plan, taken), "{taken}");
        for other in ('0'..='9').filter(|digit| !taken.starts_with(*digit)) {
            let refused = format!("{other}{}", &taken[1..]);
            assert!(!takes(&plan, &refused), "{refused}");
        }
    }
    for refused in ["3282497530", "328249735", "3282497351"] {
        assert!(!takes(&plan, refused), "{refused}");
    }
}

/// Lengths of countries as the registry of release 101 lists them.
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI FK FO GL NL SD"),
    (19, "MK SI"),
    (20, "AT BA EE KZ LT LU MN XK"),
    (21, "CH HR LI LV"),
    (22, "BG BH CR DE GB GE IE ME RS VA"),
    (23, "AE GI IL IQ OM SO TL"),
    (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
    (25, "LY PT ST"),
    (26, "IS TR"),
    (27, "BI DJ FR GR IT MC MR SM"),
    (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
    (29, "BR EG PS QA UA"),
    (30, "JO KW MU YE"),
    (31, "MT SC"),
    (32, "LC"),
    (33, "RU"),
];

/// An account number of a country and length whose check digits are right.
fn iban(country: &str, length: usize) -> String {
    let zeros = "0".repeat(length - 4);
    let digits = |text: &str| -> u32 {
        text.chars().fold(0, |rest, c| {
            let value = c.to_digit(36).unwrap();
            (rest * if value > 9 { 100 } else { 10 } + value) % 97
        })
    };
    let check = 98 - digits(&format!("{zeros}{country}00"));
    format!("{country}{check:02}{zeros}")
}

#[test]
fn an_iban_is_as_long_as_its_country_says() {
    let plan = plan(&form("- field: it\n  type: iban", ""));
    let mut listed = 0;
    for first in 'A'..='Z' {
        for second in 'A'..='Z' {
            let country = format!("{first}{second}");
            let stated = LENGTHS
                .iter()
                .find(|(_, list)| list.split(' ').any(|c| c == country));
            listed += usize::from(stated.is_some());
            for length in [
                15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
            ] {
                // Of most countries and lengths one in some will do.
                let near = stated.is_some_and(|(stated, _)| stated.abs_diff(length) <= 1);
                if !near && (usize::from(second as u8) + length) % 9 > 0 {
                    continue;
                }
                let number = iban(&country, length);
                let expected = stated.is_none_or(|(stated, _)| *stated == length);
                assert_eq!(takes(&plan, &number), expected, "{number}");
            }
        }
    }
    assert_eq!(listed, 89);
    assert!(!takes(&plan, &iban("MA", 14)));
    assert!(!takes(&plan, &iban("MA", 35)));
    let spaced = "gb82 west 1234 5698 7654 3 2";
    assert!(takes(&plan, spaced));
}

/// These would be right by their remainder, as 97, 98 and 02 are; no bank gives them out.
#[test]
fn check_digits_that_no_bank_gives_out_are_refused() {
    let plan = plan(&form("- field: it\n  type: iban", ""));
    let numbers = (0..200).map(|number| format!("{number:018}"));
    let mut refused = 0;
    for account in numbers {
        for (check, twin) in [("00", "97"), ("01", "98"), ("99", "02")] {
            if takes(&plan, &format!("DE{twin}{account}")) {
                assert!(!takes(&plan, &format!("DE{check}{account}")));
                refused += 1;
            }
        }
    }
    assert!(refused >= 3, "{refused}");
}

#[test]
fn numbers_of_people_without_an_identity_card_are_taken_as_they_are() {
    let plan = plan(&form("- field: it\n  type: nif", ""));
    for number in ["K1234567S", "l-1234567-A", "M 1234567 Z"] {
        assert!(takes(&plan, number), "{number}");
    }
    assert!(!takes(&plan, "N1234567A"));
}

#[test]
fn what_no_office_gives_out_is_refused() {
    for (type_, answer) in [
        ("nhs_number", "000 000 0000"),
        ("bsn", "000000000"),
        ("iban", "GB00 WEST 1234 5698 7654 32"),
        ("iban", "GB82"),
        ("steuer_id", "02476291358"),
        ("pesel", "44351401358"),
    ] {
        let plan = plan(&form(&format!("- field: it\n  type: {type_}"), ""));
        assert!(!takes(&plan, answer), "{type_} takes {answer}");
    }
}

/// A wrong digit is said in the words of the type, and with its source.
#[test]
fn a_wrong_check_digit_is_said_in_words() {
    let plan = plan(&form("- field: it\n  type: iban", ""));
    let report = report(&plan, &json!({ "it": "GB82 WEST 1234 5698 7654 33" }));
    let said = counterfoil_engine::words(&plan, "en", &report);
    assert_eq!(
        said.errors[0].message,
        "Check the IBAN: its check digits do not fit"
    );
    assert_eq!(
        plan.sources()["check.it_iban"],
        "ISO 13616-1, and SWIFT, IBAN Registry, release 101"
    );
}
