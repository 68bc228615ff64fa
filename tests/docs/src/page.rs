//! A page of Markdown: its blocks, tables, comments, headings and links, in order and with their places.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// What the harness looks at, in order.
    pub items: Vec<Item>,
    /// Anchors of the headings.
    pub anchors: Vec<String>,
    /// Targets of the links, with their lines.
    pub links: Vec<(usize, String)>,
    /// The first heading.
    pub title: String,
}

/// Something on a page.
#[derive(Debug)]
pub enum Item {
    /// A fenced block.
    Block(Block),
    /// A table.
    Table(Table),
    /// An HTML comment: its line and its text.
    Comment(usize, String),
}

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// What stands behind the fence.
    pub info: String,
    /// What stands inside.
    pub text: String,
    /// The line of the fence, from 1; the text begins on the next.
    pub line: usize,
    /// Where the text stands, in bytes.
    pub range: Range<usize>,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its header.
    pub header: Vec<Cell>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text without marks.
    pub text: String,
    /// Whether it is one piece of code and nothing else.
    pub code: bool,
    /// Its line, from 1.
    pub line: usize,
    /// Where it stands, in bytes, with its marks.
    pub range: Range<usize>,
}

/// Reads a page.
pub fn read(text: &str) -> Page {
    let mut reader = Reader {
        text,
        page: Page::default(),
        heading: None,
        table: None,
        cell: None,
        pieces: 0,
    };
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut block: Option<(String, Range<usize>)> = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                block = Some((info.into_string(), range));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, range)) = block.take() {
                    reader.block(info, range);
                }
            }
            Event::Html(html) => {
                if let Some(comment) = html.trim().strip_prefix("<!--") {
                    let comment = comment.trim_end_matches("-->").trim().to_owned();
                    let line = reader.line(range.start);
                    reader.page.items.push(Item::Comment(line, comment));
                }
            }
            other => reader.inline(other, range),
        }
    }
    reader.page
}

struct Reader<'a> {
    text: &'a str,
    page: Page,
    heading: Option<String>,
    table: Option<Table>,
    cell: Option<Cell>,
    pieces: usize,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text[..offset].matches('\n').count()
    }

    fn block(&mut self, info: String, range: Range<usize>) {
        let whole = &self.text[range.clone()];
        let start = range.start + whole.find('\n').map_or(whole.len(), |end| end + 1);
        let trimmed = self.text[..range.end].trim_end_matches('\n');
        let end = trimmed.rfind('\n').map_or(start, |end| end + 1).max(start);
        self.page.items.push(Item::Block(Block {
            info,
            text: self.text[start..end].to_owned(),
            line: self.line(range.start),
            range: start..end,
        }));
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let heading = self.heading.take().unwrap_or_default();
                if self.page.title.is_empty() {
                    self.page.title.clone_from(&heading);
                }
                self.page.anchors.push(anchor(&heading));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let line = self.line(range.start);
                self.page.links.push((line, dest_url.into_string()));
            }
            Event::Start(Tag::Table(_)) => {
                self.table = Some(Table {
                    header: Vec::new(),
                    rows: Vec::new(),
                });
            }
            Event::End(TagEnd::Table) => {
                self.page.items.extend(self.table.take().map(Item::Table));
            }
            Event::Start(Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Event::Start(Tag::TableCell) => {
                self.pieces = 0;
                self.cell = Some(Cell {
                    line: self.line(range.start),
                    range: trimmed(self.text, range),
                    ..Cell::default()
                });
            }
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::Text(text) => self.piece(&text, false),
            Event::Code(text) => self.piece(&text, true),
            _ => {}
        }
    }

    fn piece(&mut self, text: &str, code: bool) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(cell) = &mut self.cell {
            self.pieces += 1;
            cell.code = code && self.pieces == 1;
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let Some((cell, table)) = self.cell.take().zip(self.table.as_mut()) else {
            return;
        };
        match table.rows.last_mut() {
            Some(row) => row.push(cell),
            None => table.header.push(cell),
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let cell = text[range.clone()].trim_matches('|');
    let lead = text[range.clone()].find(cell).unwrap_or(0);
    let start = range.start + lead + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

/// The anchor that forges give a heading.
fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase();
    lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
