//! Messages, which may put in figures.

use schemars::JsonSchema;

use crate::scalar::{Rule, Text};

/// A message, or a mapping with a form for each kind of number in it: `one:`, `other:`.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum Message {
    /// One text for all numbers.
    Text(Text),
    /// A text for each kind of number.
    Forms(Box<Forms>),
}

/// A text for each kind of number that the language tells apart; English has `one` and `other`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Forms {
    /// Where the text puts in several whole numbers: the one that decides, as it stands between the braces.
    pub number: Option<Rule>,
    /// For none, where the language has a form for it, as Arabic and Welsh have.
    pub zero: Option<Text>,
    /// For 1, and in some languages for others such as 21.
    pub one: Option<Text>,
    /// For 2, where the language has a form for it.
    pub two: Option<Text>,
    /// For few, where the language has a form for it: 2 to 4 in Polish, 3 to 10 in Arabic.
    pub few: Option<Text>,
    /// For many, where the language has a form for it: 11 to 99 in Arabic.
    pub many: Option<Text>,
    /// For all other numbers.
    pub other: Text,
}
