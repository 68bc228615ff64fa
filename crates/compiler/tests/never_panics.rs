//! No text, however broken, makes the compiler panic, and every place it reports lies in its file.

use counterfoil_compiler::{
    Files, SourceMap, compile,
    diagnostic::Diagnostic,
    expression::Parser,
    render,
    source::{Span, Text},
};
use proptest::{prelude::*, sample::select};

const FORM: &str = include_str!("../../../forms/street-party/form.yaml");
const LOCALE: &str = include_str!("../../../forms/street-party/locales/cy.yaml");
const TABLE: &str = include_str!("../../../forms/street-party/tables/base_fee.csv");

/// What people and YAML stumble over.
const FRAGMENTS: &[&str] = &[
    "",
    " ",
    "\n",
    "\t",
    "\r\n",
    "  ",
    ": ",
    "- ",
    "#",
    " #",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    "|",
    ">",
    "!",
    "!!",
    "&a",
    "*a",
    "<<: ",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "?",
    "~",
    "null",
    "yes",
    "é",
    "\u{2028}",
    "🙂",
    "\u{feff}",
    "\\",
    "\\u00",
    "0x",
    "1e9",
    "..",
    "-",
    "- -",
    "and",
    "or",
    "not(",
    "not ",
    "??",
    "?.",
    "==",
    "=",
    "<",
    "if ",
    "else",
    "{{",
    "}}",
    "{x}",
    "1_000",
    "9999999999999999999999999999999",
    "switch",
    "let x = ",
    "//",
    "/*",
    "$",
    "rows:\n",
    "fields:\n",
    "min: ",
    "\u{7f}",
    "\u{0}",
];

/// Edits of a text: where, as a share of its length, how much goes, and what comes.
fn edits() -> impl Strategy<Value = Vec<(u16, usize, &'static str)>> {
    prop::collection::vec((any::<u16>(), 0..12_usize, select(FRAGMENTS)), 1..5)
}

fn edit(text: &str, edits: &[(u16, usize, &str)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (share, removed, inserted) in edits {
        let start = chars.len() * usize::from(*share) / (usize::from(u16::MAX) + 1);
        let end = (start + removed).min(chars.len());
        chars.splice(start..end, inserted.chars());
    }
    chars.into_iter().collect()
}

fn check_places(diagnostics: &[Diagnostic], sources: &SourceMap) {
    let check = |span: Span| {
        let text = sources.file(span.file).text();
        let inside = text.get(span.start..span.end).is_some();
        assert!(inside, "{span:?} of {} bytes", text.len());
    };
    for diagnostic in diagnostics {
        check(diagnostic.span);
        diagnostic.labels.iter().for_each(|label| check(label.span));
        diagnostic.suggestion.iter().for_each(|s| check(s.span));
    }
    render::human(diagnostics, sources, true);
    render::json(diagnostics, sources);
}

#[test]
fn deep_and_long_files_end() {
    let rows = "  - a: b\n".repeat(40_000);
    for text in [
        "[".repeat(300_000),
        "{a: ".repeat(200_000),
        "- ".repeat(300_000),
        "a:\n ".repeat(5_000),
        format!("a: {{{}}}", "b: c, ".repeat(100_000)),
        format!("form: {}", "\"x\" y\n".repeat(50_000)),
        format!("form: {}", "x: > 5\n".repeat(50_000)),
        format!("pages:\n{rows}"),
        format!("title: {}", "{x".repeat(300_000)),
        format!("title: {}", "x\n ".repeat(200_000)),
        "é: ü\n".repeat(100_000),
    ] {
        let compiled = compile(&Files::in_memory([("form.yaml", text)]));
        assert!(compiled.plan.is_none());
        assert!(!compiled.diagnostics.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forms(form in edits(), locale in edits(), table in edits()) {
        let files = Files::in_memory([
            ("form.yaml", edit(FORM, &form)),
            ("locales/cy.yaml", edit(LOCALE, &locale)),
            ("tables/base_fee.csv", edit(TABLE, &table)),
        ]);
        let compiled = compile(&files);
        check_places(&compiled.diagnostics, &compiled.sources);
    }

    #[test]
    fn expressions(parts in prop::collection::vec(
        prop_oneof![
            select(FRAGMENTS),
            select(&["a", "streets.metres", "1", "2.50", "\"x\"", "+", "*", "/", "in", "round(a, 0.01)", "[1, 2]", ">="][..]),
        ],
        0..12,
    ), spaced in any::<bool>()) {
        let source = parts.join(if spaced { " " } else { "" });
        let mut sources = SourceMap::default();
        let file = sources.add("form.yaml", source.as_str());
        let mut diagnostics = Vec::new();
        let expr = Parser::new().parse(&Text::verbatim(file, 0, source.as_str()), &mut diagnostics);
        check_places(&diagnostics, &sources);
        prop_assert!(source.get(expr.span.start..expr.span.end).is_some());
    }

    #[test]
    fn expressions_of_anything(source in ".{0,40}") {
        let mut sources = SourceMap::default();
        let file = sources.add("form.yaml", source.as_str());
        let mut diagnostics = Vec::new();
        Parser::new().parse(&Text::verbatim(file, 0, source.as_str()), &mut diagnostics);
        check_places(&diagnostics, &sources);
    }
}
