//! The engine's own JSON reader and writer against serde_json, which is known to be right.

use counterfoil_engine::answers::{AnswersOf, Data};
use proptest::prelude::*;
use serde_json::{Value as Json, value::RawValue};

/// What stands in JSON text, broken or not.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\"a\":",
    "\"b\":",
    " ",
    "\n",
    "\t",
    "null",
    "true",
    "false",
    "nul",
    "fals",
    "0",
    "-",
    "-0",
    "7",
    "01",
    "1.",
    "1.5",
    ".5",
    "1e5",
    "1E+",
    "-1e-9",
    "\\",
    "\\n",
    "\\u0041",
    "\\u12",
    "\\uzzzz",
    "\"\\u00e9\"",
    "\"\\/\\b\\f\\r\\\"\"",
    "é",
    "\"😀\"",
    "\u{1}",
    "\"\u{1f}\"",
    "x",
    "\u{feff}",
    "99999999999999999999999999",
];

fn broken() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        "\\PC{0,6}".prop_map(Json::from),
        "[\u{0}-\u{2f}\"\\\\]{0,6}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec(("\\PC{0,3}", inner), 0..4)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

/// Line, column and what is wrong, as serde_json has it.
fn complaint(text: &str) -> Option<(usize, usize, String)> {
    let error = serde_json::from_str::<&RawValue>(text).err()?;
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let place = format!(" at line {line} column {column}");
    Some((line, column, message.strip_suffix(&place)?.to_owned()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_no_json_is_refused_at_the_same_place_in_the_same_words(text in broken()) {
        let ours = Data::from_json(&text).err();
        let ours = ours.map(|error| (error.line, error.column, error.message));
        prop_assert_eq!(ours, complaint(&text), "{:?}", text);
    }
}

proptest! {
    #[test]
    fn what_is_json_is_read_and_written_as_it_was(value in value(), pretty: bool) {
        let compact = value.to_string();
        let text = if pretty { format!("{value:#}") } else { compact.clone() };
        let data = Data::from_json(&text).expect("JSON");
        prop_assert_eq!(serde_json::to_string(&data).expect("JSON"), compact.clone());
        if let Data::Record(entries) = data {
            prop_assert_eq!(AnswersOf(entries).to_json(), compact);
        }
    }
}

#[test]
fn halves_of_characters_are_refused() {
    for (text, sound) in [
        (r#""\ud83d\ude00""#, true),
        (r#""\ud83d""#, false),
        (r#""\ude00""#, false),
        (r#""\ud83dx""#, false),
        (r#""\ud83d\n""#, false),
        (r#""\ud83d\u0041""#, false),
        (r#""\ud83d\u"#, false),
    ] {
        assert_eq!(Data::from_json(text).is_ok(), sound, "{text}");
    }
    assert_eq!(Data::from_json(r#""\ud83d\ude00""#), Ok(Data::text("😀")));
}
