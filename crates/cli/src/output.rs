//! The standard output: buffered, and coloured where people look at it.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

/// Styles of human output; plain where colour is not wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Styles {
    /// Titles.
    pub title: Style,
    /// What is in order.
    pub good: Style,
    /// What is wrong.
    pub bad: Style,
    /// What is not decided or wants attention.
    pub open: Style,
    /// What is said beside the matter, such as sources.
    pub aside: Style,
}

impl Styles {
    fn coloured() -> Self {
        Self {
            title: Style::new().bold(),
            good: AnsiColor::Green.on_default(),
            bad: AnsiColor::Red.on_default().bold(),
            open: AnsiColor::Yellow.on_default(),
            aside: Style::new().dimmed(),
        }
    }
}

/// The standard output.
pub struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    /// Styles to print with.
    pub styles: Styles,
    /// Whether colour is wanted.
    pub colour: bool,
}

impl Out {
    /// The standard output, coloured if it is a terminal and `NO_COLOR` is not set.
    pub fn stdout() -> Self {
        let colour = wants_colour(&io::stdout());
        Self {
            writer: BufWriter::new(io::stdout().lock()),
            styles: if colour {
                Styles::coloured()
            } else {
                Styles::default()
            },
            colour,
        }
    }

    /// Says where more is told of a diagnostic's code.
    pub fn more_about(&mut self, code: &str) -> io::Result<()> {
        let aside = self.styles.aside;
        writeln!(
            self,
            "{aside}More about a code: counterfoil check --explain {code}{aside:#}"
        )
    }

    /// Prints a value as indented JSON and ends the line.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// Prints a value as JSON on one line.
    pub fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether a stream is a terminal whose user has not refused colour.
pub fn wants_colour<S: IsTerminal + anstream::stream::RawStream>(stream: &S) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}
