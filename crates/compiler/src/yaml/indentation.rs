//! Lines that are not indented as the lines to which they belong.

use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{FileId, Span},
};

/// Spaces that a web page or a word processor leaves behind, and that YAML takes for letters.
const STRANGE_SPACES: &[char] = &['\u{a0}', '\u{202f}', '\u{2007}', '\u{2003}', '\u{3000}'];

/// A line `- key: …` or `key: …`: where its parts begin.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// The byte of the file at which it begins.
    start: usize,
    /// Its first byte that is no space, counted from `start`.
    first: usize,
    /// Whether it begins with `- `.
    item: bool,
    /// Where the key begins, counted from `start`.
    key_column: usize,
    /// Whether a key stands there.
    keyed: bool,
    /// The key; of an item without one, all that stands there.
    key: &'t str,
}

/// Says of a line how far it is to be indented. `line` is anywhere in the line.
pub(super) fn misplaced(file: FileId, text: &str, offset: usize) -> Diagnostic {
    let start = line_start(text, offset);
    let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let shown = text[start..end].trim_end();
    let shown = Span::new(
        file,
        start + (shown.len() - shown.trim_start().len()),
        start + shown.len(),
    );
    let message = "this line does not begin where the lines to which it belongs begin";
    let found = Diagnostic::error(codes::YAML_SYNTAX, shown, message);
    let Some(line) = Line::at(text, start) else {
        return found.help("Give it the indentation of the key to which it belongs.");
    };
    let open = open_levels(text, start);
    // Of a list whose first item was written without its `- `, the second is where YAML stops.
    if line.item
        && let Some(level) = open
            .iter()
            .find(|level| !level.item && level.topmost.key == line.key)
        && !level.topmost.item
        && level.column >= line.first + 2
    {
        let (key, first) = (level.topmost.start + level.column, level.topmost.key);
        return Diagnostic::error(
            codes::YAML_SYNTAX,
            Span::new(file, key, key + first.len()),
            format!("a `- ` is missing before `{first}`"),
        )
        .label(shown, "the next item of the list begins with it")
        .help("Every item of a list begins with `- `.")
        .suggest(Span::new(file, key - 2, key), "- ");
    }
    let own = if line.item {
        line.first
    } else {
        line.key_column
    };
    let beside = open
        .iter()
        .filter(|level| level.item == line.item)
        .min_by_key(|level| level.column.abs_diff(own));
    let Some(beside) = beside else {
        return found.help("Give it the indentation of the key to which it belongs.");
    };
    let spaces = match beside.column {
        0 => "at the very beginning of the line".to_owned(),
        1 => "after one space".to_owned(),
        more => format!("after {more} spaces"),
    };
    // What is to be taken away, or the place where something is to be added.
    let moved = Span::new(
        file,
        start + line.first.min(beside.column),
        start + line.first,
    );
    let sign = if line.item { "-" } else { beside.nearest.key };
    let place = beside.nearest.start + beside.column;
    found
        .label(
            Span::new(file, place, place + sign.len()),
            if line.item {
                "it may be an item of this list"
            } else {
                "it may belong beside this"
            },
        )
        .help(format!("If so, begin it {spaces}, exactly below."))
        .suggest(moved, " ".repeat(beside.column.saturating_sub(line.first)))
}

/// A space that YAML takes for a letter, in the indentation or after the colon of the line at an offset or
/// of the one above.
pub(super) fn strange_space(file: FileId, text: &str, offset: usize) -> Option<Diagnostic> {
    let here = line_start(text, offset);
    let above = here.checked_sub(1).map(|end| line_start(text, end));
    [Some(here), above].into_iter().flatten().find_map(|start| {
        let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
        let line = &text[start..end];
        let (found, c) = line
            .char_indices()
            .find(|(_, c)| STRANGE_SPACES.contains(c))?;
        let before = &line[..found];
        let matters = before.trim().is_empty() || before.ends_with([':', '-']);
        matters.then(|| {
            let place = start + found;
            let span = Span::new(file, place, place + c.len_utf8());
            Diagnostic::error(
                codes::YAML_TRAP,
                span,
                "a space stands here that YAML takes for a letter (a no-break space)",
            )
            .help("Delete it and type a plain space; it came with a text that was copied.")
            .suggest(span, " ")
        })
    })
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())]
        .rfind('\n')
        .map_or(0, |end| end + 1)
}

/// A mapping or a list that is still open at a place.
struct Level<'t> {
    /// Where its keys, or the `- ` of its items, begin.
    column: usize,
    /// Whether it is a list.
    item: bool,
    /// The last and the first line that belong to it.
    nearest: Line<'t>,
    topmost: Line<'t>,
}

/// The mappings and lists that are open before a line, the innermost first.
fn open_levels(text: &str, start: usize) -> Vec<Level<'_>> {
    let mut open: Vec<Level<'_>> = Vec::new();
    let mut end = start;
    while end > 0 && open.last().is_none_or(|level| level.column > 0) {
        end = line_start(text, end - 1);
        let Some(line) = Line::at(text, end) else {
            continue;
        };
        let levels = [
            line.keyed.then_some((line.key_column, false)),
            line.item.then_some((line.first, true)),
        ];
        for (column, item) in levels.into_iter().flatten() {
            match open.last_mut() {
                Some(inner) if column > inner.column => {}
                Some(inner) if column == inner.column && item == inner.item => {
                    inner.topmost = line;
                }
                _ => open.push(Level {
                    column,
                    item,
                    nearest: line,
                    topmost: line,
                }),
            }
        }
    }
    open
}

impl<'t> Line<'t> {
    /// The line that begins at a byte; none of a comment, an empty line, or words of a longer text.
    fn at(text: &'t str, start: usize) -> Option<Self> {
        let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
        let line = text[start..end].trim_end();
        let first = line.len() - line.trim_start_matches(' ').len();
        let mut key_column = first;
        while let Some(rest) = line[key_column..].strip_prefix("- ") {
            key_column = line.len() - rest.trim_start_matches(' ').len();
        }
        let item = key_column > first;
        let rest = &line[key_column..];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || "_.-$".contains(c)))
            .unwrap_or(rest.len());
        let keyed = length > 0 && rest[length..].trim_start().starts_with(':');
        (keyed || item).then(|| Self {
            start,
            first,
            item,
            key_column,
            keyed,
            key: if keyed { &rest[..length] } else { rest },
        })
    }
}
