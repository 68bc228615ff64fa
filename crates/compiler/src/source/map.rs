//! Places in source files.

use std::fmt;

use super::joined;

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// Bytes of one file, from `start` up to but without `end`. Both lie on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset of the byte after the last.
    pub end: usize,
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

impl Span {
    /// A span of a file.
    pub const fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end }
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The empty span at this span's start.
    #[must_use]
    pub const fn before(self) -> Self {
        Self::new(self.file, self.start, self.start)
    }

    /// The empty span at this span's end.
    #[must_use]
    pub const fn after(self) -> Self {
        Self::new(self.file, self.end, self.end)
    }

    /// Whether the other lies within it.
    pub fn covers(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The least span that covers both; this span if the other is of another file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self::new(
            self.file,
            self.start.min(other.start),
            self.end.max(other.end),
        )
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl Spanned<String> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    /// Offsets of the first byte of every line.
    lines: Vec<usize>,
    /// Whether it comes with the compiler rather than with the form.
    shipped: bool,
}

impl SourceFile {
    /// The file's name relative to the form's folder, with `/` between folders; one of a folder that forms
    /// share begins with `../`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it comes with the compiler rather than with the form.
    pub const fn is_shipped(&self) -> bool {
        self.shipped
    }

    /// Whether it lies in a folder that the form shares with others.
    pub fn is_shared(&self) -> bool {
        self.name.starts_with("../")
    }

    /// Line and column of a byte offset; an offset beyond the end is at the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines[line - 1];
        let column = self
            .text
            .get(start..offset)
            .map_or(offset - start, |before| before.chars().count());
        Position {
            line,
            column: column + 1,
        }
    }

    /// The byte range of a line counted from 1, without its line end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = line
            .checked_sub(1)
            .and_then(|index| self.lines.get(index))
            .copied()
            .unwrap_or(self.text.len());
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + text.len()
    }
}

/// The files that a compilation has read, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file. `text` must be without a byte order mark.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(offset, _)| offset + 1));
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text,
            lines,
            shipped: false,
        });
        id
    }

    /// Adds a file that comes with the compiler, and so stands in no folder of a form.
    pub fn add_shipped(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = self.add(name, text);
        if let Some(file) = self.files.last_mut() {
            file.shipped = true;
        }
        id
    }

    /// The same files under names that begin with a folder, for showing places to someone who does
    /// not stand in the form's own folder.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        for file in self.files.iter_mut().filter(|file| !file.shipped) {
            file.name = joined(folder, &file.name);
        }
        self
    }

    /// A file of this map.
    ///
    /// # Panics
    /// Where the id comes from another map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The source text at a span; empty where the span does not lie in its file.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start..span.end)
            .unwrap_or_default()
    }

    /// Line and column of a span's start.
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }

    /// The files in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0_u32..).map(FileId).zip(&self.files)
    }
}
