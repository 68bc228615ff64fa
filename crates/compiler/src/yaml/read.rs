//! From YAML text to a tree.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use super::{Entry, Node, NodeKind, Scalar, Style, trap};
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{FileId, SourceMap, Span, Spanned},
};

/// Mappings and lists nested deeper than this are refused.
pub const MAX_DEPTH: usize = 24;
/// A file with more mappings, lists and scalars than this is refused.
pub const MAX_NODES: usize = 200_000;
/// So many mistakes that stop YAML itself are taken out one after the other.
const MAX_RECOVERIES: usize = 40;

/// Reads a file into a tree, or reports why it cannot be read; empty files are reported too.
pub fn parse(sources: &SourceMap, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let original = sources.file(file).text();
    let mut text = original.to_owned();
    let mut removed = BTreeSet::new();
    loop {
        let index = CharIndex::new(&text);
        let mut builder = Builder {
            file,
            text: &text,
            index: &index,
            removed: &removed,
            parser: Parser::new_from_str(&text),
            flow_start: None,
            nodes: 0,
            cut_off: Vec::new(),
            diagnostics: Vec::new(),
        };
        let stop = match builder.document() {
            Ok(node) => {
                diagnostics.append(&mut builder.diagnostics);
                return node;
            }
            Err(stop) => stop,
        };
        let failure = match stop {
            Stop::Limit => {
                diagnostics.append(&mut builder.diagnostics);
                return None;
            }
            Stop::Scan(failure) => failure,
        };
        let (diagnostic, region) = trap::diagnose(file, &text, &failure);
        diagnostics.push(diagnostic);
        let region = region.filter(|region| {
            removed.len() < MAX_RECOVERIES && !region.is_empty() && !removed.contains(&region.start)
        })?;
        let filler = filler(&text[region.clone()]);
        text.replace_range(region.clone(), &filler);
        removed.insert(region.start);
    }
}

/// A plain scalar in place of another value, each character as long as the one that stood there, so that
/// every place stays where it is.
fn filler(removed: &str) -> String {
    let of_length = |length: usize| match length {
        1 => ' ',
        2 => 'é',
        3 => '€',
        _ => '🙂',
    };
    let mut filler: String = removed.chars().map(|c| of_length(c.len_utf8())).collect();
    if filler.starts_with(' ') {
        filler.replace_range(..1, "x");
    }
    filler
}

/// Why the parser stopped.
pub(super) struct Failure {
    /// Byte offset at which it stopped.
    pub offset: usize,
    /// What the YAML library says.
    pub info: String,
    /// Where the outermost open `[` or `{` stands.
    pub flow_start: Option<usize>,
}

enum Stop {
    Scan(Failure),
    Limit,
}

/// Byte offsets of characters; the YAML library counts characters.
struct CharIndex {
    /// Offsets by character; empty where every character is one byte.
    offsets: Vec<usize>,
    length: usize,
}

impl CharIndex {
    fn new(text: &str) -> Self {
        let offsets = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(offset, _)| offset).collect()
        };
        Self {
            offsets,
            length: text.len(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        if self.offsets.is_empty() {
            character.min(self.length)
        } else {
            self.offsets.get(character).copied().unwrap_or(self.length)
        }
    }
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    index: &'a CharIndex,
    removed: &'a BTreeSet<usize>,
    parser: Parser<'a, StrInput<'a>>,
    flow_start: Option<usize>,
    nodes: usize,
    /// Items of a list that have lost their `- ` and were read as a part of the item before them.
    cut_off: Vec<Node>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let start = self.index.byte(span.start.index());
                let end = self.index.byte(span.end.index()).max(start);
                Ok((event, Span::new(self.file, start, end)))
            }
            Some(Err(error)) => Err(Stop::Scan(Failure {
                offset: self.index.byte(error.marker().index()),
                info: error.info().to_owned(),
                flow_start: self.flow_start,
            })),
            None => Ok((
                Event::StreamEnd,
                self.span(self.text.len(), self.text.len()),
            )),
        }
    }

    const fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(_) if root.is_some() => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::YAML_FEATURE,
                            span,
                            "a second YAML document starts here",
                        )
                        .help("A file holds one document: take out the line `---`."),
                    );
                    return Ok(root);
                }
                Event::DocumentStart(_) => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        if root.is_none() {
            self.diagnostics.push(Diagnostic::error(
                codes::WRONG_SHAPE,
                self.span(0, 0),
                "the file is empty",
            ));
        }
        Ok(root)
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let message = if depth > MAX_DEPTH {
                format!("nested more than {MAX_DEPTH} levels deep")
            } else {
                format!("the file has more than {MAX_NODES} entries")
            };
            self.diagnostics
                .push(Diagnostic::error(codes::YAML_LIMIT, span, message));
            return Err(Stop::Limit);
        }
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        let tag_text = match &event {
            Event::Scalar(_, _, _, Some(tag)) => Some(tag_source(tag)),
            _ => None,
        };
        let flow = !span.is_empty() && self.flow_start.is_none();
        let mut node = match event {
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, span),
            Event::SequenceStart(..) => {
                if flow {
                    self.flow_start = Some(span.start);
                }
                let node = self.list(span, depth)?;
                if flow {
                    self.flow_start = None;
                }
                node
            }
            Event::MappingStart(..) => {
                if flow {
                    self.flow_start = Some(span.start);
                }
                let node = self.mapping(span, depth)?;
                if flow {
                    self.flow_start = None;
                }
                node
            }
            Event::Alias(_) => {
                self.diagnostics.push(trap::alias(self.text, span));
                Node {
                    kind: NodeKind::Error,
                    span,
                }
            }
            _ => Node {
                kind: NodeKind::Empty,
                span,
            },
        };
        if tag || anchor > 0 {
            self.diagnostics
                .push(trap::tag_or_anchor(self.text, &node, tag_text));
            node.kind = NodeKind::Error;
        }
        Ok(node)
    }

    fn scalar(&self, text: String, style: ScalarStyle, span: Span) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        if style == Style::Plain && text.is_empty() {
            let end = self.span(span.start, span.start);
            return Node {
                kind: NodeKind::Empty,
                span: end,
            };
        }
        if self.removed.contains(&span.start) {
            return Node {
                kind: NodeKind::Error,
                span,
            };
        }
        let mut scalar = Scalar {
            text,
            style,
            comment: None,
        };
        // The library lets a quoted scalar's span run on to a comment or the line's end.
        let span = match style {
            Style::SingleQuoted | Style::DoubleQuoted => {
                let end = super::text(self.text, span, &scalar).whole().end;
                let quote = if style == Style::SingleQuoted {
                    '\''
                } else {
                    '"'
                };
                let end = self.text[end..]
                    .find(quote)
                    .map_or(span.end, |found| end + found + 1);
                self.span(span.start, end)
            }
            _ => span,
        };
        if matches!(
            style,
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted
        ) {
            let rest = self.text[span.end..].trim_start_matches([' ', '\t']);
            if rest.starts_with('#') {
                let start = self.text.len() - rest.len();
                let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
                scalar.comment = Some(self.span(start, start + length));
            }
        }
        Node {
            kind: NodeKind::Scalar(scalar),
            span,
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, Stop> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let end = if span.is_empty() {
                    items.last().map_or(start, |item| item.span)
                } else {
                    span
                };
                return Ok(Node {
                    kind: NodeKind::List(items),
                    span: start.to(end),
                });
            }
            items.push(self.node(event, span, depth + 1)?);
            items.append(&mut self.cut_off);
        }
    }

    fn mapping(&mut self, mut start: Span, depth: usize) -> Result<Node, Stop> {
        let in_flow = !start.is_empty();
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut poisoned = false;
        let mut before: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let end = match entries.last() {
                    Some(entry) if span.is_empty() || !in_flow => {
                        entry.key.span.to(entry.value.span)
                    }
                    _ => span,
                };
                let kind = if poisoned {
                    NodeKind::Error
                } else {
                    NodeKind::Mapping(entries)
                };
                let node = Node {
                    kind,
                    span: start.to(end),
                };
                before.push(node);
                let first = before.remove(0);
                self.cut_off = before;
                return Ok(first);
            }
            let key_node = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, depth + 1)?;
            let Some(key) = self.key(key_node) else {
                continue;
            };
            if value.kind == NodeKind::Empty {
                value.span = key.span.after();
                if in_flow && !poisoned && !self.text[key.span.end..].trim_start().starts_with(':')
                {
                    self.diagnostics.push(trap::comma_in_flow(
                        self.text,
                        start,
                        &key,
                        entries.last(),
                    ));
                    poisoned = true;
                }
            }
            if let Some(first) = entries.first()
                && first.key.value == key.value
                && self.begins_item(first.key.span)
                && self.text[..key.span.start].ends_with("  ")
            {
                let begun = first.key.span;
                self.diagnostics.push(trap::lost_dash(&key, begun));
                let end = entries.last().map_or(begun, |entry| entry.value.span);
                before.push(Node {
                    kind: NodeKind::Mapping(std::mem::take(&mut entries)),
                    span: start.to(end),
                });
                start = key.span;
                seen.clear();
            }
            if let Some(first) = seen.get(&key.value) {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::DUPLICATE_KEY,
                        key.span,
                        format!("`{}` stands twice here", key.value),
                    )
                    .label(*first, "it stands here first")
                    .help("Keep one of them, or give the other its own name."),
                );
                continue;
            }
            seen.insert(key.value.clone(), key.span);
            entries.push(Entry { key, value });
        }
    }

    /// Whether a key stands behind the `- ` of a list.
    fn begins_item(&self, key: Span) -> bool {
        let before = self.text[..key.start].trim_end_matches(' ');
        before.ends_with('-') && before.len() < key.start
    }

    /// The key of a mapping's entry; none where it has been reported.
    fn key(&mut self, node: Node) -> Option<Spanned<String>> {
        let span = node.span;
        match node.kind {
            NodeKind::Scalar(scalar) if scalar.text == "<<" && scalar.style == Style::Plain => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::YAML_FEATURE,
                        span,
                        "forms do not use merge keys (`<<`)",
                    )
                    .help("Write the keys out where they belong."),
                );
                None
            }
            NodeKind::Scalar(scalar) => {
                let before = self.text[..span.start].trim_end_matches([' ', '\t', '-']);
                if let Some(tab) = self.text[before.len()..span.start].find('\t') {
                    let start = before.len() + tab;
                    self.diagnostics
                        .push(trap::tab(self.span(start, start + 1)));
                }
                Some(Spanned::new(scalar.text, span))
            }
            NodeKind::Error => None,
            NodeKind::Empty | NodeKind::List(_) | NodeKind::Mapping(_) => {
                self.diagnostics.push(Diagnostic::error(
                    codes::WRONG_SHAPE,
                    span,
                    "a key must be a single word",
                ));
                None
            }
        }
    }
}

fn tag_source(tag: &Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}
