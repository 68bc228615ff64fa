//! Words that other form tools and spreadsheets use for what the language calls something else.

/// Such a word, with what may be meant by it; the first that is known where it stands is.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    // Keys.
    ("answers", &["options"]),
    ("assert", &["require"]),
    ("basis", &["source"]),
    ("calculate", &["expr", "amount"]),
    ("calculation", &["expr", "amount"]),
    ("caption", &["label", "title"]),
    ("choices", &["options"]),
    ("columns", &["inputs"]),
    ("condition", &["when", "require"]),
    ("cost", &["amount", "value"]),
    ("data", &["rows"]),
    ("decimals", &["scale"]),
    ("depends_on", &["when"]),
    ("description", &["hint", "text", "label"]),
    ("digits", &["scale"]),
    ("error", &["say"]),
    ("expression", &["expr", "require", "amount"]),
    ("file", &["csv"]),
    ("formula", &["expr", "amount"]),
    ("heading", &["title"]),
    ("help", &["hint", "text"]),
    ("if", &["when"]),
    ("info", &["hint", "text"]),
    ("intro", &["introduction", "text"]),
    ("items", &["options", "fields", "rows"]),
    ("law", &["source"]),
    ("legal", &["source"]),
    ("length", &["max_length"]),
    ("mandatory", &["required"]),
    ("maximum", &["max"]),
    ("message", &["say"]),
    ("minimum", &["min"]),
    ("note", &["hint", "text"]),
    ("optional", &["required"]),
    ("precision", &["scale"]),
    ("price", &["amount", "value"]),
    ("question", &["label"]),
    ("questions", &["fields"]),
    ("reference", &["source"]),
    ("regex", &["pattern"]),
    ("repeat", &["group"]),
    ("show_if", &["when"]),
    ("since", &["from"]),
    ("start", &["from"]),
    ("text", &["label", "say"]),
    ("title", &["label"]),
    ("valid_from", &["from"]),
    ("validation", &["require", "pattern"]),
    ("visible", &["when"]),
    ("visible_if", &["when"]),
    // Types.
    ("amount", &["money"]),
    ("array", &["set"]),
    ("checkbox", &["boolean"]),
    ("checkboxes", &["set"]),
    ("currency", &["money"]),
    ("dropdown", &["choice"]),
    ("enum", &["choice", "options"]),
    ("float", &["decimal"]),
    ("list", &["choice"]),
    ("multiple", &["set"]),
    ("number", &["integer"]),
    ("period", &["date_range"]),
    ("radio", &["choice"]),
    ("select", &["choice"]),
    ("string", &["text"]),
    ("yes_no", &["boolean"]),
];

/// What is meant by a word of another tool, of the words that can stand in its place.
pub fn meant_by<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let folded = written.to_lowercase().replace(['-', ' '], "_");
    let (_, candidates) = OTHER_WORDS.iter().find(|(word, _)| *word == folded)?;
    candidates
        .iter()
        .find_map(|candidate| known.iter().copied().find(|name| name == candidate))
}
