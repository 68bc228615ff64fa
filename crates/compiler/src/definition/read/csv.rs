//! CSV files with the place of every cell.

use csv::{ByteRecord, ReaderBuilder};

use super::Context;
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{FileId, Loaded, Span, Spanned, Text},
};

/// A CSV file: its header and its rows, cells without outer white space.
pub(crate) struct Sheet {
    pub header: Vec<Text>,
    pub rows: Vec<SheetRow>,
    /// Whether every row has as many cells as the header.
    pub complete: bool,
}

/// A row of a CSV file, as long as the header.
pub(crate) struct SheetRow {
    pub cells: Vec<Text>,
    pub span: Span,
}

/// Reads the CSV file that `name` names; none where it cannot be read at all, which has been reported.
pub(crate) fn read(context: &mut Context<'_>, name: &Spanned<String>) -> Option<Sheet> {
    let path = format!("{}{}", context.folder, name.value);
    // A path never leads out of the folder, into another of whose files some are there.
    let loaded = match name.value.split('/').any(|part| part == "..") {
        true => Loaded::Absent,
        false => context.load(&path),
    };
    let file = match loaded {
        Loaded::File(file) => file,
        Loaded::Unusable => return None,
        Loaded::Absent => {
            let folder = context.folder.as_str();
            let message = if folder.is_empty() {
                format!("the form has no file `{}`", name.value)
            } else {
                format!("the folder of this file has no file `{}`", name.value)
            };
            let found = Diagnostic::error(codes::FILE, name.span, message);
            let names: Vec<&str> = context
                .files
                .names()
                .filter_map(|name| name.strip_prefix(folder))
                .filter(|name| name.ends_with(".csv") && !name.starts_with("../"))
                .collect();
            let found = match crate::closest::closest(&name.value, names.iter().copied()) {
                Some(meant) => found
                    .help(format!("Did you mean `{meant}`?"))
                    .suggest(name.span, meant),
                None => found.help("Write its path within the folder: `tables/name.csv`."),
            };
            context.error(found);
            return None;
        }
    };
    let source = context.sources.file(file).text().to_owned();
    if refuse_separator(context, file, &source) {
        return None;
    }
    let records = records(context, file, &source)?;
    let mut records = records.into_iter();
    let Some(header) = records.next() else {
        context.error(
            Diagnostic::error(
                codes::TABLE_SHAPE,
                Span::new(file, 0, 0),
                "the table is empty",
            )
            .help("The first line holds the names of the columns."),
        );
        return None;
    };
    let width = header.cells.len();
    let mut sheet = Sheet {
        header: header.cells,
        rows: Vec::new(),
        complete: true,
    };
    for row in records {
        // Spreadsheets leave rows of empty cells behind.
        if row.cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        if row.cells.len() == width {
            sheet.rows.push(row);
            continue;
        }
        sheet.complete = false;
        let cells = match row.cells.len() {
            1 => "1 cell".to_owned(),
            more => format!("{more} cells"),
        };
        let help = if row.cells.len() < width {
            "Every row has a cell for each column of the first line; in a column of inputs `-` accepts anything."
        } else {
            "Put a cell that holds a comma in double quotes; decimals take a point."
        };
        let message = format!("this row has {cells}, and the header has {width}");
        context.error(Diagnostic::error(codes::TABLE_SHAPE, row.span, message).help(help));
    }
    Some(sheet)
}

/// Reports a file whose columns are separated by something else than commas.
fn refuse_separator(context: &mut Context<'_>, file: FileId, source: &str) -> bool {
    let line = source.lines().next().unwrap_or_default();
    let found = [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(separator, _)| line.contains(*separator) && !line.contains(','));
    let Some((separator, name)) = found else {
        return false;
    };
    let offset = line.find(separator).unwrap_or(0);
    context.error(
        Diagnostic::error(
            codes::CSV_SYNTAX,
            Span::new(file, offset, offset + 1),
            format!("the columns are separated by {name}"),
        )
        .help("Save the file with commas between the columns; spreadsheets ask for the separator when they export."),
    );
    true
}

/// Every record of a file, with the place of each cell.
fn records(context: &mut Context<'_>, file: FileId, source: &str) -> Option<Vec<SheetRow>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(source.as_bytes());
    let mut rows = Vec::new();
    let mut record = ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Some(rows),
            Err(error) => {
                let offset = error
                    .position()
                    .and_then(|position| usize::try_from(position.byte()).ok())
                    .unwrap_or(0)
                    .min(source.len());
                let message = format!("the file is no CSV: {error}");
                let span = Span::new(file, offset, offset);
                context.error(Diagnostic::error(codes::CSV_SYNTAX, span, message));
                return None;
            }
        }
        let start = record
            .position()
            .and_then(|position| usize::try_from(position.byte()).ok())
            .unwrap_or(0);
        // The reader places a record behind the line end before it, blank lines included.
        let skipped =
            source[start..].len() - source[start..].trim_start_matches(['\r', '\n']).len();
        let mut cursor = Cursor {
            file,
            source,
            offset: start + skipped,
        };
        let begin = cursor.offset;
        let cells: Vec<Text> = record
            .iter()
            .map(|field| cursor.cell(&String::from_utf8_lossy(field)))
            .collect();
        let end = cells.last().map_or(begin, |cell| cell.whole().end);
        rows.push(SheetRow {
            cells,
            span: Span::new(file, begin, end.max(begin)),
        });
    }
}

/// Follows the source of a record's cells.
struct Cursor<'a> {
    file: FileId,
    source: &'a str,
    offset: usize,
}

impl Cursor<'_> {
    fn cell(&mut self, field: &str) -> Text {
        let rest = self.source.get(self.offset..).unwrap_or_default();
        let quoted = rest.starts_with('"');
        let mut offset = self.offset + usize::from(quoted);
        let mut text = Text::empty(self.file, offset, !quoted);
        for c in field.chars() {
            let doubled = quoted && c == '"';
            let length = c.len_utf8() + usize::from(doubled);
            text.push(c, offset..offset + length);
            offset += length;
        }
        // Past the closing quote and the separator.
        offset += usize::from(quoted);
        self.offset = offset + 1;
        let start = field.len() - field.trim_start().len();
        text.slice(start..start + field.trim().len())
    }
}
