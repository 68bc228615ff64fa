//! Reads lines in batches, of bounded size whatever the file holds.

use std::io::{self, BufRead, Read};

/// A longer line holds no answers to a form; it is passed over.
const MAX_LINE_BYTES: u64 = 16 << 20;
/// A batch ends after so many lines…
const BATCH_LINES: usize = 4096;
/// …or so many bytes, whichever comes first.
const BATCH_BYTES: usize = 32 << 20;

/// Some lines that follow each other.
#[derive(Debug, Default)]
pub struct Batch {
    /// Number of the first line, from 1.
    pub first: u64,
    /// The lines without their ends; `None` for one that is too long or not UTF-8.
    pub lines: Vec<Option<String>>,
    /// Bytes read, line ends included.
    pub bytes: u64,
}

/// The batches of a stream.
pub struct Batches<R> {
    reader: R,
    next_line: u64,
}

impl<R: BufRead> Batches<R> {
    /// The batches of a reader.
    pub const fn new(reader: R) -> Self {
        Self {
            reader,
            next_line: 1,
        }
    }

    fn read(&mut self) -> io::Result<Batch> {
        let mut batch = Batch {
            first: self.next_line,
            ..Batch::default()
        };
        let mut held = 0;
        while batch.lines.len() < BATCH_LINES && held < BATCH_BYTES {
            let mut line = Vec::new();
            let read = (&mut self.reader)
                .take(MAX_LINE_BYTES)
                .read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            batch.bytes += read as u64;
            let whole = line.last() == Some(&b'\n') || (read as u64) < MAX_LINE_BYTES;
            if !whole {
                batch.bytes += self.skip_line()?;
                line = vec![0xff];
            }
            held += line.len();
            batch.lines.push(String::from_utf8(line).ok());
            self.next_line += 1;
        }
        Ok(batch)
    }

    /// Passes over the rest of a line.
    fn skip_line(&mut self) -> io::Result<u64> {
        let mut skipped = 0;
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(buffer.len(), |end| end + 1);
            self.reader.consume(length);
            skipped += length as u64;
            if end.is_some() || length == 0 {
                return Ok(skipped);
            }
        }
    }
}

impl<R: BufRead> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.read() {
            Ok(batch) if batch.lines.is_empty() => None,
            result => Some(result),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_beyond_the_limit_is_passed_over_alone() {
        let mut text = b"{\"a\":1}\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', MAX_LINE_BYTES as usize + 100));
        text.extend(b"\n\xff\n{\"b\":2}");
        let batches: Vec<_> = Batches::new(text.as_slice()).map(Result::unwrap).collect();
        let lines: Vec<_> = batches
            .iter()
            .flat_map(|batch| batch.lines.clone())
            .collect();
        assert_eq!(
            lines,
            [
                Some("{\"a\":1}\n".to_owned()),
                None,
                None,
                Some("{\"b\":2}".to_owned())
            ]
        );
        let bytes: u64 = batches.iter().map(|batch| batch.bytes).sum();
        assert_eq!(bytes, text.len() as u64);
    }

    #[test]
    fn batches_are_bounded_and_numbered() {
        let text = "{}\n".repeat(BATCH_LINES + 5);
        let batches: Vec<_> = Batches::new(text.as_bytes()).map(Result::unwrap).collect();
        let sizes: Vec<_> = batches.iter().map(|b| (b.first, b.lines.len())).collect();
        assert_eq!(sizes, [(1, BATCH_LINES), (BATCH_LINES as u64 + 1, 5)]);
    }
}
