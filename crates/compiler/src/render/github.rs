//! Diagnostics for GitHub: workflow commands, which it shows beside the lines of a pull request.

use std::fmt;

use crate::{
    diagnostic::{Diagnostic, Severity},
    source::{Position, SourceMap},
};

/// Diagnostics in the order given, one workflow command a line.
///
/// The names of files are those of the map; GitHub takes them as relative to the repository's root. Of
/// each step of a workflow it shows ten errors, ten warnings and ten notices, and the rest in the log
/// alone.
pub fn github(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let line = |diagnostic: &Diagnostic| {
        let file = sources.file(diagnostic.span.file);
        let annotation = Annotation {
            severity: diagnostic.severity,
            file: file.name(),
            start: file.position(diagnostic.span.start),
            end: Some(file.position(diagnostic.span.end)),
            title: diagnostic.code.id,
            message: &message(diagnostic, sources),
        };
        format!("{annotation}\n")
    };
    diagnostics.iter().map(line).collect()
}

/// A workflow command that annotates a place; its [`Display`](fmt::Display) is one line without its end.
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a> {
    /// How grave it is.
    pub severity: Severity,
    /// The file, from the repository's root.
    pub file: &'a str,
    /// Where it begins.
    pub start: Position,
    /// Where it ends; none for the whole line.
    pub end: Option<Position>,
    /// A heading.
    pub title: &'a str,
    /// What there is to say, in one or more lines.
    pub message: &'a str,
}

impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let command = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let line = self.start.line;
        write!(f, "::{command} file={},line={line}", property(self.file))?;
        if let Some(end) = self.end {
            write!(f, ",endLine={}", end.line)?;
            // Columns are for places within one line. GitHub's end is that of the last character.
            if end.line == line {
                let last = end.column.saturating_sub(1).max(self.start.column);
                write!(f, ",col={},endColumn={last}", self.start.column)?;
            }
        }
        write!(f, ",title={}::{}", property(self.title), data(self.message))
    }
}

fn message(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(diagnostic.note.clone());
    for label in &diagnostic.labels {
        let file = sources.file(label.span.file);
        let line = file.position(label.span.start).line;
        lines.push(format!("{}:{line}: {}", file.name(), label.text));
    }
    lines.extend(diagnostic.help.clone());
    if let Some(suggestion) = &diagnostic.suggestion {
        let written = sources.slice(suggestion.span);
        lines.push(match (written, suggestion.replacement.as_str()) {
            ("", inserted) => format!("Insert: {inserted}"),
            (removed, "") => format!("Take out: {removed}"),
            (_, instead) => format!("Write instead: {instead}"),
        });
    }
    lines.join("\n")
}

/// The escapes of a command's text.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The escapes of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
