//! Cells of a table's input columns.

use std::ops::Range;

use super::Context;
use crate::{
    codes,
    definition::{Alternative, AlternativeKind, Cell},
    diagnostic::Diagnostic,
    source::{Span, Spanned, Text},
};

/// Reads a cell: `-`, or alternatives between `|`, each a literal, a comparison, a range or `blank`.
pub(super) fn read(context: &mut Context<'_>, text: &Text) -> Cell {
    let span = text.whole();
    let mut cell = Cell {
        alternatives: Vec::new(),
        span,
        error: false,
    };
    if text.text.trim() == "-" {
        return cell;
    }
    for range in split(&text.text) {
        match alternative(&text.slice(range)) {
            Ok(alternative) => cell.alternatives.push(alternative),
            Err(found) => {
                context.error(*found);
                cell.error = true;
            }
        }
    }
    cell
}

/// The parts between `|` that stand outside quotes, without outer white space.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (offset, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '|' if !quoted => {
                parts.push(start..offset);
                start = offset + 1;
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
        .into_iter()
        .map(|range| trimmed(text, range))
        .collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

type Read<T> = Result<T, Box<Diagnostic>>;

fn error(span: Span, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::CELL_SYNTAX, span, message).help(help))
}

fn alternative(text: &Text) -> Read<Alternative> {
    const SYNTAX: &str = "A cell is `-` for anything, a value, `a | b`, a comparison such as `<= 5`, a range such as `[1..5)`, or `blank`.";
    let span = text.whole();
    let written = text.text.as_str();
    let made = |kind| Ok(Alternative { kind, span });
    match written {
        "" => return Err(error(span, "a value is missing here", SYNTAX)),
        "-" => {
            let help = "Write `-` alone: it accepts anything already.";
            return Err(error(
                span,
                "`-` cannot be one of several alternatives",
                help,
            ));
        }
        "blank" => return made(AlternativeKind::Blank),
        _ => {}
    }
    if let Some(comparison) = comparison(text)? {
        return made(comparison);
    }
    if written.starts_with(['[', '(']) || written.ends_with([']', ')']) {
        return range(text).and_then(made);
    }
    if written.contains("..") {
        let found = error(
            span,
            "a range needs brackets that say whether its ends belong to it",
            "`[` and `]` include the end, `(` and `)` exclude it.",
        );
        return Err(Box::new(found.suggest(span, format!("[{written}]"))));
    }
    literal(text).map(AlternativeKind::Equal).and_then(made)
}

fn comparison(text: &Text) -> Read<Option<AlternativeKind>> {
    let span = text.whole();
    let written = text.text.as_str();
    for (sign, meant) in [("≤", "<="), ("≥", ">="), ("=<", "<="), ("=>", ">=")] {
        if let Some(rest) = written.strip_prefix(sign) {
            let found = error(
                span,
                format!("`{sign}` is no comparison"),
                "Write `<=` or `>=`.",
            );
            let replacement = format!("{meant} {}", rest.trim());
            return Err(Box::new(found.suggest(span, replacement)));
        }
    }
    if let Some(rest) = ["==", "!=", "<>", "="]
        .iter()
        .find_map(|sign| written.strip_prefix(sign))
    {
        let found = if written.starts_with('=') {
            error(
                span,
                "a value stands in a cell without `=`",
                "Take the `=` out.",
            )
            .suggest(span, rest.trim())
        } else {
            *error(
                span,
                "a cell cannot exclude a value",
                "List the values that match, `a | b`, or write two ranges.",
            )
        };
        return Err(Box::new(found));
    }
    let Some((sign, length)) = [("<=", 2), (">=", 2), ("<", 1), (">", 1)]
        .into_iter()
        .find(|(sign, _)| written.starts_with(sign))
    else {
        return Ok(None);
    };
    let end = Some(literal(
        &text.slice(trimmed(written, length..written.len())),
    )?);
    let included = sign.ends_with('=');
    Ok(Some(if sign.starts_with('<') {
        AlternativeKind::Range {
            from: None,
            from_included: false,
            to: end,
            to_included: included,
        }
    } else {
        AlternativeKind::Range {
            from: end,
            from_included: included,
            to: None,
            to_included: false,
        }
    }))
}

fn range(text: &Text) -> Read<AlternativeKind> {
    let span = text.whole();
    let written = text.text.as_str();
    let brackets =
        written.len() >= 2 && written.starts_with(['[', '(']) && written.ends_with([']', ')']);
    let inner = 1..written.len().saturating_sub(1);
    let dots = brackets
        .then(|| written[inner.clone()].find(".."))
        .flatten()
        .map(|dots| dots + 1);
    let Some(dots) = dots else {
        return Err(error(
            span,
            format!("`{written}` is not a range"),
            "Write `[1..5]`; `[` and `]` include the end, `(` and `)` exclude it, and one end may be left out: `[1..)`.",
        ));
    };
    let end = |range: Range<usize>| -> Read<Option<Spanned<String>>> {
        let part = text.slice(trimmed(written, range));
        if part.text.is_empty() {
            return Ok(None);
        }
        literal(&part).map(Some)
    };
    let from = end(inner.start..dots)?;
    let to = end(dots + 2..inner.end)?;
    if from.is_none() && to.is_none() {
        let found = error(
            span,
            "this range has no end on either side",
            "Write `-` for anything.",
        );
        return Err(Box::new(found.suggest(span, "-")));
    }
    Ok(AlternativeKind::Range {
        from,
        from_included: written.starts_with('['),
        to,
        to_included: written.ends_with(']'),
    })
}

/// A literal: raw, or a text in double quotes.
fn literal(text: &Text) -> Read<Spanned<String>> {
    let span = text.whole();
    let written = text.text.as_str();
    if written.is_empty() {
        return Err(error(
            span,
            "a value is missing here",
            "Write it after the sign.",
        ));
    }
    if let Some(inner) = written.strip_prefix('"') {
        return match inner.strip_suffix('"') {
            Some(inner) if !inner.contains('"') => Ok(Spanned::new(inner.to_owned(), span)),
            _ => Err(error(
                span,
                "the quotes do not fit together",
                "Write a text as `\"text\"`.",
            )),
        };
    }
    if let Some((from, to)) = written.split_once(['-', '–', '—'])
        && [from, to].iter().all(|end| is_digits(end.trim()))
    {
        let found = error(
            span,
            format!("`{written}` is not a range"),
            "Write the range with brackets.",
        );
        return Err(Box::new(
            found.suggest(span, format!("[{}..{}]", from.trim(), to.trim())),
        ));
    }
    if let Some(condition) = in_words(written) {
        let found = error(
            span,
            format!("`{written}` is in words"),
            "Write the condition with signs.",
        );
        return Err(Box::new(found.suggest(span, condition)));
    }
    if let Some(offset) = written.find("..") {
        return Err(error(
            text.span(offset..offset + 2),
            "`..` cannot stand within a value",
            "Write a range with brackets, `[1..5)`, and a text with points in double quotes.",
        ));
    }
    let bad = written.find([',', ';', '<', '>', '[', ']', '(', ')', '"', '=']);
    if let Some(offset) = bad {
        let sign = &written[offset..=offset];
        let help = match sign {
            "," | ";" => {
                "Write several values as `a | b`, decimals with a point, and a text with a comma in double quotes."
            }
            _ => {
                "Write one condition: two of them are a range, such as `[1..5)`. A text with such a sign stands in double quotes."
            }
        };
        return Err(error(
            text.span(offset..offset + 1),
            format!("`{sign}` cannot stand within a value"),
            help,
        ));
    }
    Ok(Spanned::new(written.to_owned(), span))
}

/// A condition on a number or a date as people say it, such as `up to 50`, with signs instead.
fn in_words(written: &str) -> Option<String> {
    const WORDS: &[(&str, &str)] = &[
        ("up to", "<="),
        ("at most", "<="),
        ("at least", ">="),
        ("more than", ">"),
        ("less than", "<"),
        ("fewer than", "<"),
        ("over", ">"),
        ("above", ">"),
        ("under", "<"),
        ("below", "<"),
        ("from", ">="),
    ];
    let lower = written.to_lowercase();
    if let Some((from, to)) = lower.split_once(" to ")
        && let Some(from) =
            Some(from.trim().trim_start_matches("from ")).filter(|from| is_digits(from))
        && is_digits(to.trim())
    {
        return Some(format!("[{from}..{}]", to.trim()));
    }
    WORDS.iter().find_map(|(words, sign)| {
        let rest = lower.strip_prefix(words)?;
        let limit = rest.trim();
        (rest.starts_with(' ') && is_digits(&limit.replace('-', "")))
            .then(|| format!("{sign} {limit}"))
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.starts_with(|c: char| c.is_ascii_digit())
}
