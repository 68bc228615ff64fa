//! What YAML reads otherwise than it looks, with the text to write instead.

use std::ops::Range;

use super::{Entry, Node, NodeKind, indentation, quoted, read::Failure};
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{FileId, Span, Spanned},
};

const BRACE: &str = "in YAML a `{` at the start begins a mapping, which ends at a `}`";
const QUOTE_PLACEHOLDER: &str = "Put a text that begins with a placeholder in quotes.";

/// Explains why YAML stopped, and gives the bytes to take out so that it can go on; none where what
/// follows could not be trusted.
pub(super) fn diagnose(
    file: FileId,
    text: &str,
    failure: &Failure,
) -> (Diagnostic, Option<Range<usize>>) {
    let offset = failure.flow_start.unwrap_or(failure.offset);
    let value = Value::at(text, offset);
    let span = Span::new(file, value.range.start, value.range.end);
    let stopped = Span::new(file, failure.offset, failure.offset);

    if let Some(diagnostic) =
        tab_in_line(file, text, offset).or_else(|| indentation::strange_space(file, text, offset))
    {
        return (diagnostic, None);
    }
    if failure.info.contains("tab")
        && let Some(found) = text.get(failure.offset..).and_then(|rest| rest.find('\t'))
    {
        // The library tells of a tab at the start of the value that the tab's line goes on with.
        let tab = failure.offset + found;
        return (self::tab(Span::new(file, tab, tab + 1)), None);
    }
    if failure.info.contains("simple key") {
        let line = Value::at(text, last_line_before(text, failure.offset)).line;
        let span = Span::new(file, line.start, line.end);
        let diagnostic = Diagnostic::error(codes::YAML_SYNTAX, span, "this line has no key");
        let diagnostic = match text[line.clone()].split_once(':') {
            Some((key, rest)) if !rest.is_empty() => diagnostic
                .help("YAML wants a space after the colon.")
                .suggest(span, format!("{key}: {rest}")),
            _ => diagnostic.help(
                "Write `key: value`; a text that runs over several lines is indented below its key.",
            ),
        };
        return (diagnostic, None);
    }
    if failure.flow_start.is_none() && failure.offset < value.range.start {
        // YAML stumbled over the line's own key: the line above was not at its end.
        let diagnostic = indentation::misplaced(file, text, value.line.start);
        return (diagnostic, None);
    }
    if let Some(diagnostic) = value.trap(text, span) {
        return (diagnostic, Some(value.range));
    }
    let diagnostic = Diagnostic::error(
        codes::YAML_SYNTAX,
        stopped,
        format!("this is not YAML: {}", failure.info),
    )
    .help("Look at the indentation of this line and of the one above, and at quotes and brackets that are not closed.");
    (diagnostic, None)
}

/// The line at an offset, and the value that stands on it behind `- ` and `key: `.
struct Value {
    line: Range<usize>,
    range: Range<usize>,
}

impl Value {
    fn at(text: &str, offset: usize) -> Self {
        let offset = offset.min(text.len());
        let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let line = text[start..end].trim_end_matches(['\r', ' ', '\t']);
        let end = start + line.len();

        let mut rest = line.trim_start_matches([' ', '\t']);
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start_matches(' ');
        }
        let line_start = end - rest.len();
        let key = rest
            .find(|c: char| !(c.is_alphanumeric() || "_.-$".contains(c)))
            .unwrap_or(rest.len());
        let after_key = rest[key..].trim_start_matches(' ');
        if key > 0
            && let Some(value) = after_key.strip_prefix(':')
            && value.starts_with([' ', '\t'])
        {
            rest = value.trim_start_matches([' ', '\t']);
        }
        Self {
            line: line_start..end,
            range: end - rest.len()..end,
        }
    }

    /// The trap that the value runs into, judged by how it begins.
    fn trap(&self, text: &str, span: Span) -> Option<Diagnostic> {
        let value = &text[self.range.clone()];
        let first = value.chars().next()?;
        let error = |message: &str| Diagnostic::error(codes::YAML_TRAP, span, message);
        let in_quotes = "Put the whole text in quotes.";
        Some(match first {
            '"' | '\'' => return quote_trap(value, first, span),
            '>' | '|' => error(&format!(
                "in YAML a `{first}` at the start begins a block of text on the lines below"
            ))
            .help(in_quotes)
            .suggest(span, quoted(value)),
            '[' => error("in YAML a `[` at the start begins a list, which ends at a `]`")
                .help("Put a range in quotes.")
                .suggest(span, quoted(value)),
            '{' => error(BRACE)
                .help(QUOTE_PLACEHOLDER)
                .suggest(span, quoted(value)),
            '-' if value == "-" || value.starts_with("- ") => {
                error("in YAML a `-` at the start begins an item of a list")
                    .help("Put it in quotes, or put the item on a line of its own.")
                    .suggest(span, quoted(value))
            }
            '*' | '&' | '@' | '`' | '%' | ']' | '}' | ',' | '?' => {
                error(&format!("in YAML a text cannot begin with `{first}`"))
                    .help(in_quotes)
                    .suggest(span, quoted(value))
            }
            _ if value.contains(": ") || value.ends_with(':') => {
                error("in YAML a colon and a space make the words before them a key")
                    .help(in_quotes)
                    .suggest(span, quoted(value))
            }
            _ => return None,
        })
    }
}

/// A value that begins with a quote but does not end with it: an expression, an apostrophe, or a quote
/// that is never closed.
fn quote_trap(value: &str, quote: char, span: Span) -> Option<Diagnostic> {
    let inner = &value[1..];
    let closing = inner.find(quote);
    let Some(closing) = closing else {
        return Some(
            Diagnostic::error(
                codes::YAML_SYNTAX,
                span,
                "the quote is not closed on this line",
            )
            .help("Close it, or write a long text as a block below `key: |`."),
        );
    };
    let content = &inner[..closing];
    let rest = inner[closing + 1..].trim_start();
    if rest.is_empty() {
        return None;
    }
    let is_expression = [
        "==", "!=", "<", ">", "+", "-", "*", "/", "in ", "and ", "or ", "??",
    ]
    .iter()
    .any(|operator| rest.starts_with(operator));
    if !is_expression {
        let whole = if value.len() > 1 && value.ends_with(quote) {
            &value[1..value.len() - 1]
        } else {
            value
        };
        return Some(
            Diagnostic::error(
                codes::YAML_TRAP,
                span,
                "in YAML the text ends at the second quote, but more follows it",
            )
            .help("Put the whole text in quotes of the other kind.")
            .suggest(span, quoted(whole)),
        );
    }
    let diagnostic = Diagnostic::error(
        codes::YAML_TRAP,
        span,
        "a rule that begins with a quote is read by YAML as a quoted text",
    );
    let reordered = ["==", "!="].iter().find_map(|operator| {
        let other = rest.strip_prefix(operator)?.trim();
        let simple = other
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.".contains(c));
        (simple && !other.is_empty()).then(|| format!("{other} {operator} \"{content}\""))
    });
    Some(match reordered {
        Some(reordered) => diagnostic
            .help("Begin with the name, or put the whole rule in single quotes.")
            .suggest(span, reordered),
        None => {
            let rule = format!("\"{content}\" {rest}");
            diagnostic
                .help("Put the whole rule in single quotes, or begin it with a name.")
                .suggest(span, quoted(&rule))
        }
    })
}

/// A tab in a line's indentation or right after its colon.
fn tab_in_line(file: FileId, text: &str, offset: usize) -> Option<Diagnostic> {
    let value = Value::at(text, offset);
    let start = text[..value.line.start]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let found = text[start..value.range.start].find('\t')?;
    let tab = start + found;
    Some(self::tab(Span::new(file, tab, tab + 1)))
}

/// A key that stands before in the same item of a list and began it: the next item has lost its `- `.
pub(super) fn lost_dash(key: &Spanned<String>, first: Span) -> Diagnostic {
    let place = Span::new(key.span.file, key.span.start - 2, key.span.start);
    Diagnostic::error(
        codes::YAML_SYNTAX,
        key.span,
        format!("a `- ` is missing before `{}`", key.value),
    )
    .label(first, "it begins the item above")
    .help("Every item of a list begins with `- `.")
    .suggest(place, "- ")
}

pub(super) fn tab(span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::YAML_TRAP,
        span,
        "a tab stands where YAML wants spaces",
    )
    .help("Use spaces for indentation and after a colon.")
}

fn last_line_before(text: &str, offset: usize) -> usize {
    let line = text[..offset.min(text.len())]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    text[..line].trim_end().len()
}

/// A tag or an anchor. `tag` is the tag as YAML understood it.
pub(super) fn tag_or_anchor(text: &str, node: &Node, tag: Option<String>) -> Diagnostic {
    let span = node.span;
    let value = Value::at(text, span.start);
    let written = if value.range.contains(&span.start) {
        value.range.start..value.range.end
    } else {
        span.start..span.end
    };
    let source = strip_comment(&text[written.clone()]);
    let span = Span::new(span.file, written.start, written.start + source.len());
    if let Some(rule) = source.strip_prefix('!')
        && tag.is_some()
        && !rule.starts_with(['!', '<'])
    {
        return Diagnostic::error(
            codes::YAML_TRAP,
            span,
            "in YAML a `!` at the start is a tag, not a negation",
        )
        .help("Write `not(…)`.")
        .suggest(span, negated(rule.trim_start()));
    }
    if source.starts_with('&') {
        let diagnostic = Diagnostic::error(
            codes::YAML_FEATURE,
            span,
            "in YAML a `&` at the start is an anchor, which forms do not use",
        );
        return match node.kind {
            NodeKind::Scalar(_) => diagnostic
                .help("Put a text that begins with `&` in quotes; write repeated parts out.")
                .suggest(span, quoted(source)),
            _ => diagnostic.help("Write repeated parts out."),
        };
    }
    Diagnostic::error(codes::YAML_FEATURE, span, "forms do not use YAML tags")
        .help("Take the tag out: the form's own keys say what type a value has.")
}

pub(super) fn alias(text: &str, span: Span) -> Diagnostic {
    let name = &text[span.start..span.end];
    Diagnostic::error(
        codes::YAML_FEATURE,
        span,
        format!("`{name}` is a YAML alias, which forms do not use"),
    )
    .help("Write the value out where it belongs.")
}

/// A key without a value inside `{…}`: a comma within a text has cut it in two, or the text began with a
/// placeholder.
pub(super) fn comma_in_flow(
    text: &str,
    start: Span,
    key: &Spanned<String>,
    before: Option<&Entry>,
) -> Diagnostic {
    let Some(before) = before else {
        let value = Value::at(text, start.start);
        let source = strip_comment(&text[start.start..value.range.end.max(start.end)]);
        let span = Span::new(start.file, start.start, start.start + source.len());
        return Diagnostic::error(codes::YAML_TRAP, span, BRACE)
            .help(QUOTE_PLACEHOLDER)
            .suggest(span, quoted(source));
    };
    let diagnostic = Diagnostic::error(
        codes::YAML_TRAP,
        key.span,
        "inside `{…}` a comma ends the value, and a new key begins",
    )
    .help("Put a text with a comma in quotes, or write one key a line.");
    if before.value.as_text().is_none() {
        return diagnostic;
    }
    let whole = before.value.span.to(key.span);
    diagnostic.suggest(whole, quoted(&text[whole.start..whole.end]))
}

/// The rule with its first operand negated: `a and b` becomes `not(a) and b`.
fn negated(rule: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let name = rule.find(|c| !is_name(c)).unwrap_or(rule.len());
    let operand = name + parenthesised(&rule[name..]);
    let (operand, rest) = rule.split_at(operand);
    let inner = operand
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(operand);
    format!("not({inner}){rest}")
}

/// The length of what stands in parentheses at the start of a text; 0 where it starts otherwise.
fn parenthesised(text: &str) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return if c == ')' { offset + 1 } else { 0 };
        }
    }
    text.len()
}

fn strip_comment(value: &str) -> &str {
    value
        .find(" #")
        .map_or(value, |end| value[..end].trim_end())
}
