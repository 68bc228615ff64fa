//! Diagnostics for programs.

use counterfoil_engine::answers::Data;
use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Diagnostic, Witness},
    source::{SourceMap, Span},
};

/// Diagnostics in the order given, as a list of objects with the keys `code`, `title`, `severity`
/// (`error`, `warning`, `note`), `message`, `place`, `note`, `labels` (of `place` and `text`), `help`
/// `suggestion` (of `place` and `replacement`) and `witness` (a case that shows it: `answers`, `as_of`,
/// `facts`, the `path` and `error` that its report has, and `lines` for people).
///
/// A place has the keys `file`, `line`, `column`, `end_line`, `end_column` (counted from 1, columns in
/// characters) and `start`, `end` (offsets in bytes).
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let mut object = Map::new();
            let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
            set("code", json!(diagnostic.code.id));
            set("title", json!(diagnostic.code.title));
            set("severity", json!(diagnostic.severity));
            set("message", json!(diagnostic.message));
            set("place", place(diagnostic.span, sources));
            if let Some(note) = &diagnostic.note {
                set("note", json!(note));
            }
            if !diagnostic.labels.is_empty() {
                let labels = diagnostic
                    .labels
                    .iter()
                    .map(|label| json!({"place": place(label.span, sources), "text": label.text}))
                    .collect();
                set("labels", Value::Array(labels));
            }
            if let Some(help) = &diagnostic.help {
                set("help", json!(help));
            }
            if let Some(suggestion) = &diagnostic.suggestion {
                let place = place(suggestion.span, sources);
                set(
                    "suggestion",
                    json!({"place": place, "replacement": suggestion.replacement}),
                );
            }
            if let Some(shown) = &diagnostic.witness {
                set("witness", witness(shown));
            }
            Value::Object(object)
        })
        .collect()
}

fn witness(witness: &Witness) -> Value {
    let facts = Data::Record(witness.context.facts.clone());
    json!({
        "answers": Data::Record(witness.answers.0.clone()),
        "as_of": witness.context.as_of,
        "facts": facts,
        "path": witness.path,
        "error": witness.error,
        "lines": witness.lines,
    })
}

fn place(span: Span, sources: &SourceMap) -> Value {
    let file = sources.file(span.file);
    let start = file.position(span.start);
    let end = file.position(span.end);
    json!({
        "file": file.name(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    })
}
