//! Diagnostics for people: the line, what is wrong with it, what to write instead.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::{
    diagnostic::{Diagnostic, Severity},
    source::{FileId, SourceMap, Span},
};

/// Lines shown before and behind those that a diagnostic is about.
const CONTEXT: usize = 1;

/// Renders diagnostics in the order given, with an excerpt of the source each; `color` adds the escapes
/// of a terminal.
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut result = String::new();
    for diagnostic in diagnostics {
        let groups = groups(diagnostic, sources);
        result.push_str(&renderer.render(&groups));
        result.push_str("\n\n");
    }
    result
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.id)
        .elements(excerpts(diagnostic, sources));
    let case = diagnostic.witness.as_ref().map(|witness| {
        let on = format!("{} = {}", "today", witness.context.as_of);
        let lines = witness.lines.iter().map(String::as_str);
        let lines: Vec<&str> = lines.chain([on.as_str()]).collect();
        format!("for example, where {}", lines.join("; "))
    });
    if let Some(case) = case {
        group = group.element(Level::NOTE.message(case));
    }
    let help = diagnostic.help.as_deref();
    let Some(suggestion) = &diagnostic.suggestion else {
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        return vec![group];
    };
    let window = Window::around(sources, &[suggestion.span]);
    let patch = Patch::new(
        window.local(suggestion.span),
        suggestion.replacement.as_str(),
    );
    let snippet = Snippet::source(window.text)
        .path(sources.file(suggestion.span.file).name())
        .line_start(window.first_line)
        .patch(patch);
    let title = Level::HELP.secondary_title(help.unwrap_or("Write this instead."));
    vec![group, title.element(snippet)]
}

/// One excerpt a file, the diagnostic's own file first.
fn excerpts<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut files = vec![diagnostic.span.file];
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let excerpt = |file: FileId| {
        let labels = || diagnostic.labels.iter().filter(|l| l.span.file == file);
        let mut spans: Vec<Span> = labels().map(|label| label.span).collect();
        if diagnostic.span.file == file {
            spans.push(diagnostic.span);
        }
        let window = Window::around(sources, &spans);
        let mut snippet = Snippet::source(window.text)
            .path(sources.file(file).name())
            .line_start(window.first_line);
        if diagnostic.span.file == file {
            snippet = snippet.annotation(
                AnnotationKind::Primary
                    .span(window.local(diagnostic.span))
                    .label(diagnostic.note.as_deref()),
            );
        }
        snippet.annotations(labels().map(|label| {
            AnnotationKind::Context
                .span(window.local(label.span))
                .label(label.text.as_str())
        }))
    };
    files.into_iter().map(excerpt).collect()
}

/// The lines of a file around some spans.
struct Window<'a> {
    text: &'a str,
    start: usize,
    first_line: usize,
}

impl<'a> Window<'a> {
    /// The lines around spans of one file, at least one of them.
    fn around(sources: &'a SourceMap, spans: &[Span]) -> Self {
        let file = sources.file(spans[0].file);
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
        let first_line = file.position(first).line.saturating_sub(CONTEXT).max(1);
        let start = file.line_range(first_line).start;
        let end = file.line_range(file.position(last).line + CONTEXT).end;
        Self {
            text: &file.text()[start..end.max(start)],
            start,
            first_line,
        }
    }

    /// The span within the window; the renderer panics at a place within a character.
    fn local(&self, span: Span) -> std::ops::Range<usize> {
        let local = |offset: usize| {
            let offset = offset.saturating_sub(self.start);
            self.text.floor_char_boundary(offset)
        };
        local(span.start)..local(span.end.max(span.start))
    }
}
