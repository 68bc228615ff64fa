//! Texts with placeholders.

use super::Context;
use crate::{
    codes,
    definition::{Placeholder, Segment, Template},
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    source::{Span, Text},
};

/// Which placeholders a text can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholders {
    /// None at all.
    None,
    /// Expressions.
    Expressions,
}

/// Reads a text: `{expression}` is a placeholder, `{{` and `}}` are braces.
pub(super) fn read(context: &mut Context<'_>, text: &Text, allowed: Placeholders) -> Template {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut offset = 0;
    while let Some(found) = text.text[offset..].find(['{', '}']) {
        literal.push_str(&text.text[offset..offset + found]);
        let brace = offset + found;
        let rest = &text.text[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            literal.push_str(&rest[..1]);
            offset = brace + 2;
            continue;
        }
        if rest.starts_with('}') {
            context.error(
                Diagnostic::error(
                    codes::PLACEHOLDER,
                    text.span(brace..brace + 1),
                    "this `}` closes no placeholder",
                )
                .help("Take it out, or write `}}` for a brace in the text."),
            );
            offset = brace + 1;
            continue;
        }
        let Some(length) = placeholder_length(rest) else {
            context.error(
                Diagnostic::error(
                    codes::PLACEHOLDER,
                    text.span(brace..brace + 1),
                    "this placeholder is not closed",
                )
                .help("Close it with `}`, or write `{{` for a brace in the text."),
            );
            segments.push(unread_part(text.span(brace..brace + 1)));
            offset = brace + 1;
            continue;
        };
        let end = brace + length;
        let span = text.span(brace..end);
        offset = end;
        if allowed == Placeholders::None {
            context.error(
                Diagnostic::error(
                    codes::PLACEHOLDER,
                    span,
                    "this text can hold no placeholder",
                )
                .help("Placeholders belong to `say`. For a brace in the text write `{{` or `}}`."),
            );
            continue;
        }
        let inner = text.slice(brace + 1..end - 1);
        let source = inner.text.trim().to_owned();
        let expr = if source.is_empty() {
            context.error(
                Diagnostic::error(codes::PLACEHOLDER, span, "this placeholder is empty")
                    .help("Write the name of a value between the braces."),
            );
            Expr {
                kind: ExprKind::Error,
                span,
            }
        } else {
            context.parsed(&inner)
        };
        if !literal.is_empty() {
            segments.push(Segment::Literal(std::mem::take(&mut literal)));
        }
        segments.push(Segment::Placeholder(Placeholder { source, expr, span }));
    }
    literal.push_str(&text.text[offset..]);
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    Template::new(segments, text.whole())
}

/// A text that could not be read, which has been reported.
pub(super) fn unread(span: Span) -> Template {
    Template::new(vec![unread_part(span)], span)
}

/// By this whoever compares a text with its translations knows that it is not whole.
fn unread_part(span: Span) -> Segment {
    Segment::Placeholder(Placeholder {
        source: String::new(),
        expr: Expr {
            kind: ExprKind::Error,
            span,
        },
        span,
    })
}

/// The length of the placeholder at the start of a text, braces included. An expression may hold braces
/// and quoted texts of its own.
fn placeholder_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (offset, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(offset + 1);
        }
    }
    None
}
