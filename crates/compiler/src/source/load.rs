//! From bytes to text.

use super::{FileId, Files, MAX_FILE_BYTES, SourceMap, Span};
use crate::{codes, diagnostic::Diagnostic};

/// What came of loading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// There is no such file.
    Absent,
    /// It is no text that could be read on; reported already.
    Unusable,
    /// Its text is in the map.
    File(FileId),
}

impl SourceMap {
    /// Adds one of the files as text, if it is there and can be read.
    pub fn load_text(
        &mut self,
        files: &Files,
        name: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<FileId> {
        match self.load(files, name, diagnostics) {
            Loaded::File(file) => Some(file),
            Loaded::Absent | Loaded::Unusable => None,
        }
    }

    /// Adds one of the files as text, without a byte order mark.
    pub fn load(&mut self, files: &Files, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Loaded {
        let Some(bytes) = files.get(name) else {
            return Loaded::Absent;
        };
        let mut report = |file: FileId, offset: usize, message: String, help: &str| {
            let span = Span::new(file, offset, offset);
            diagnostics.push(Diagnostic::error(codes::FILE, span, message).help(help));
        };
        if bytes.len() > MAX_FILE_BYTES {
            let file = self.add(name, "");
            let message = format!("`{name}` is larger than {} KiB", MAX_FILE_BYTES / 1024);
            report(file, 0, message, "Split what it holds over several tables.");
            return Loaded::Unusable;
        }
        let is_table = name.ends_with(".csv");
        let help = if is_table {
            "Save it with the encoding UTF-8; in a spreadsheet choose “CSV UTF-8”."
        } else {
            "Save it with the encoding UTF-8; most editors offer it under “Save as”."
        };
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            let file = self.add(name, "");
            let message = format!("`{name}` is in the encoding UTF-16, not in UTF-8");
            report(file, 0, message, help);
            return Loaded::Unusable;
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let offset = error.valid_up_to();
                let file = self.add(name, String::from_utf8_lossy(&bytes[..offset]));
                report(
                    file,
                    offset,
                    "from here on the file is not in UTF-8".to_owned(),
                    help,
                );
                return Loaded::Unusable;
            }
        };
        let Some(offset) = text.find(is_unprintable) else {
            return Loaded::File(self.add(name, text));
        };
        // A space takes the one byte of the character, so that every other place stays.
        let file = self.add(name, text.replace(is_unprintable, " "));
        report(
            file,
            offset,
            "the file holds a control character here".to_owned(),
            "Delete it, and save the file as plain text.",
        );
        Loaded::File(file)
    }
}

const fn is_unprintable(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t')
}
