//! Functions of texts: check digits by their published schemes and examples, parts and lengths.

use counterfoil_engine::Report;
use counterfoil_semantics::{Form, value};
use proptest::prelude::*;

/// A form with one text and values of it.
fn form(values: &str) -> Form {
    let indented: String = values.lines().map(|line| format!("  {line}\n")).collect();
    Form::new(&format!(
        "pages:
  - page: one
    title: One
    fields:
      - field: text
        type: text
        max_length: 60
        label: Text
      - field: from
        type: integer
        label: From
        required: false
      - field: to
        type: integer
        label: To
        required: false
values:
{indented}"
    ))
}

/// What the value `x` comes to where the text is this.
fn of(form: &Form, text: &str) -> String {
    let answers = serde_json::json!({ "text": text }).to_string();
    value(&form.report(&answers), "x")
}

/// Every text that differs from this one in one digit.
fn one_digit_wrong(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, old) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for new in ('0'..='9').filter(|new| *new != old) {
            let mut mutated = text.to_owned();
            mutated.replace_range(at..=at, &new.to_string());
            wrong.push(mutated);
        }
    }
    wrong
}

/// Published numbers are right, and with any one digit changed they are wrong.
fn refuses_one_wrong_digit(rule: &str, numbers: &[&str]) {
    let form = form(&format!("x: {rule}"));
    for number in numbers {
        assert_eq!(of(&form, number), "true", "{number}");
        let wrong = one_digit_wrong(number);
        assert!(wrong.len() >= 9 * 8);
        for wrong in wrong {
            assert_eq!(of(&form, &wrong), "false", "{wrong} for {number}");
        }
    }
}

/// Examples of ISO 13616, as the registry of IBANs prints them.
const IBANS: [&str; 12] = [
    "GB29 NWBK 6016 1331 9268 19",
    "DE89 3704 0044 0532 0130 00",
    "FR14 2004 1010 0505 0001 3M02 606",
    "ES91 2100 0418 4502 0005 1332",
    "NL91 ABNA 0417 1643 00",
    "IE29 AIBK 9311 5212 3456 78",
    "PL61 1090 1014 0000 0712 1981 2874",
    "BE68 5390 0754 7034",
    "CH93 0076 2011 6238 5295 7",
    "NO93 8601 1117 947",
    "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    "SE45 5000 0000 0583 9825 7466",
];

#[test]
fn an_iban_with_one_wrong_digit_is_refused() {
    refuses_one_wrong_digit(
        "mod97(characters(text, 5, 60), characters(text, 1, 4)) == 1",
        &IBANS
            .map(|iban| iban.replace(' ', ""))
            .each_ref()
            .map(String::as_str),
    );
}

#[test]
fn mod97_leaves_out_blanks_and_hyphens_and_folds_case() {
    let form = form("x: mod97(text)");
    // The number 3214282912345698765432161182 of ISO 13616 leaves 1.
    assert_eq!(of(&form, "3214282912345698765432161182"), "1");
    assert_eq!(of(&form, "NWBK60161331926819GB29"), "1");
    assert_eq!(of(&form, "nwbk 6016-1331\u{a0}9268\u{202f}19 gb29"), "1");
    assert_eq!(of(&form, "97"), "0");
    assert_eq!(of(&form, "96"), "96");
    for other in ["-", "12.5", "1_000", "é1", "١٢", "NWBK/60161331926819GB29"] {
        assert_eq!(of(&form, other), "97", "{other}");
    }
}

#[test]
fn a_card_number_with_one_wrong_digit_is_refused() {
    refuses_one_wrong_digit(
        "luhn(text)",
        &[
            "79927398713",
            "4111111111111111",
            "5500005555555559",
            "378282246310005",
            "6011-1111 1111-1117",
        ],
    );
    let form = form("x: luhn(text)");
    for other in ["0", "7992739871A", "4111 1111 1111 1111.", "-", "４１１１"] {
        assert_eq!(of(&form, other), "false", "{other}");
    }
}

#[test]
fn a_german_tax_number_with_one_wrong_digit_is_refused() {
    refuses_one_wrong_digit(
        "mod11_10(text)",
        &["86095742719", "47036892816", "65929970489"],
    );
    let form = form("x: mod11_10(text)");
    // The example of ISO 7064: 0794 gets the check digit 5.
    assert_eq!(of(&form, "0794 5"), "true");
    for other in ["5", "0794", "86095742719 A", "-"] {
        assert_eq!(of(&form, other), "false", "{other}");
    }
}

#[test]
fn an_nhs_number_with_one_wrong_digit_is_refused() {
    // Weights 10 to 2; the check digit has the weight 1.
    refuses_one_wrong_digit(
        "remainder(weighted_sum(text, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), 11) == 0",
        &["943 476 5919", "401 023 2137"],
    );
}

#[test]
fn a_bsn_with_one_wrong_digit_is_refused() {
    refuses_one_wrong_digit(
        "remainder(weighted_sum(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]), 11) == 0",
        &["111222333", "123456782"],
    );
}

#[test]
fn a_pesel_with_one_wrong_digit_is_refused() {
    refuses_one_wrong_digit(
        "remainder(weighted_sum(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]), 10) == 0",
        &["44051401359", "02070803628"],
    );
}

#[test]
fn parts_and_lengths_count_characters() {
    let form = form(
        "part: characters(text, from ?? 2, to ?? 3)
only: digits(text)
long: length(text)
capitals: upper(text)
begins: starts_with(text, \"Ž\")
weighed: weighted_sum(text, [100, 10])
",
    );
    let given =
        |answers: serde_json::Value, id: &str| value(&form.report(&answers.to_string()), id);
    let text = serde_json::json!({"text": "Žaß-z9"});
    assert_eq!(given(text.clone(), "part"), "\"aß\"");
    assert_eq!(given(text.clone(), "only"), "\"9\"");
    assert_eq!(given(text.clone(), "long"), "6");
    assert_eq!(given(text.clone(), "capitals"), "\"ŽAß-Z9\"");
    assert_eq!(given(text.clone(), "begins"), "true");
    // `Ž` and `ß` count 0 in their places, the hyphen is left out: a, z and 9 have 10, 10 and 100.
    assert_eq!(
        given(text, "weighed"),
        (10 * 10 + 35 * 10 + 9 * 100).to_string()
    );
    assert_eq!(given(serde_json::json!({"text": "žaß"}), "begins"), "false");
    for (from, to, part) in [
        (1, 1, "a"),
        (-5, 2, "ab"),
        (0, 0, ""),
        (3, 99, "cd"),
        (4, 3, ""),
        (9, 12, ""),
        (-999_999_999, 999_999_999, "abcd"),
    ] {
        let answers = serde_json::json!({"text": "abcd", "from": from, "to": to});
        assert_eq!(
            given(answers, "part"),
            format!("\"{part}\""),
            "{from} to {to}"
        );
    }
}

#[test]
fn text_functions_map_over_records_and_wait_for_what_is_pending() {
    let form = Form::new(
        "pages:
  - page: accounts
    title: Accounts
    group: accounts
    max: 3
    fields:
      - field: number
        type: text
        label: Number
values:
  sound: all(luhn(accounts.number))
  digits_given: sum(length(digits(accounts.number)))
",
    );
    let report = form.report(r#"{"accounts": [{"number": "79927398713"}, {"number": "18-a"}]}"#);
    assert_eq!(value(&report, "sound"), "false");
    assert_eq!(value(&report, "digits_given"), "13");
    let report = form.report(r#"{"accounts": [{"number": "79927398713"}, {}]}"#);
    assert_eq!(value(&report, "sound"), "absent");
    assert_eq!(value(&report, "digits_given"), "absent");
}

#[test]
fn remainders_are_never_negative() {
    let form = form("x: remainder(from ?? 0, 11)\nown: remainder(from ?? 0, max(to ?? 1, 1))");
    for (number, expected) in [(0, 0), (10, 10), (11, 0), (-1, 10), (-11, 0), (-12, 10)] {
        let answers = serde_json::json!({"text": "a", "from": number}).to_string();
        assert_eq!(value(&form.report(&answers), "x"), expected.to_string());
    }
    let report = form.report(r#"{"text": "a", "from": -7, "to": 4}"#);
    assert_eq!(value(&report, "own"), "1");
}

/// The remainder of a number written out in decimal, by long division.
fn long_division(decimal: &str) -> u32 {
    decimal.bytes().fold(0, |remainder, digit| {
        (remainder * 10 + u32::from(digit - b'0')) % 97
    })
}

thread_local! {
    static ALL: Form = form(
        "ninety_seven: mod97(text)
parted: mod97(characters(text, 1, 7), characters(text, 8, 60))
by_luhn: luhn(text)
ends_right: mod11_10(text)
",
    );
}

fn report_on(text: &str) -> Report {
    ALL.with(|form| form.report(&serde_json::json!({ "text": text }).to_string()))
}

/// The check digit of ISO 7064 MOD 11,10 as the one that makes the whole leave 1.
fn mod11_10(digits: &str) -> u32 {
    let step = |product: u32, digit: u32| match (product + digit) % 10 {
        0 => 10,
        sum => sum,
    };
    let carried = digits.bytes().fold(10, |product, byte| {
        step(product, u32::from(byte - b'0')) * 2 % 11
    });
    (0..10)
        .find(|last| (carried + last) % 10 == 1)
        .expect("a digit")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn mod97_is_the_remainder_of_the_number_written_out(text in "[0-9A-Za-z][0-9A-Za-z -]{0,40}[0-9A-Z]") {
        let written_out: String = text
            .chars()
            .filter_map(|c| c.to_digit(36))
            .map(|value| value.to_string())
            .collect();
        let report = report_on(&text);
        let expected = long_division(&written_out).to_string();
        prop_assert_eq!(value(&report, "ninety_seven"), &*expected);
        prop_assert_eq!(value(&report, "parted"), &*expected);
    }

    #[test]
    fn exactly_one_last_digit_is_right(digits in "[0-9]{1,30}") {
        // Luhn's formula as ISO/IEC 7812-1 words it: double every second digit from the right of the number
        // without its check digit, add the digits of what results.
        let sum: u32 = digits
            .bytes()
            .rev()
            .map(|byte| u32::from(byte - b'0'))
            .enumerate()
            .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
            .sum();
        let expected = (10 - sum % 10) % 10;
        let right = |id: &str| {
            (0..10_u32)
                .filter(|last| value(&report_on(&format!("{digits}{last}")), id) == "true")
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(right("by_luhn"), vec![expected]);
        prop_assert_eq!(right("ends_right"), vec![mod11_10(&digits)]);
    }
}
