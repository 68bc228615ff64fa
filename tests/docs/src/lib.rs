//! Runs the documentation: every form, answer, result and diagnostic that a page shows.
//!
//! ```text
//! Markdown ─► page ─► blocks and tables ─► cases ─► compile, evaluate ─► failures, edits
//! ```
//!
//! The README beside this crate says how a page marks what it shows.

mod block;
mod case;
mod console;
mod diagnostics_index;
mod expressions;
mod links;
mod markers;
mod page;
mod run;
mod shown;
mod source;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

pub use diagnostics_index::{index, page_of};
pub use run::Summary;

/// Set to anything, it writes what is shown anew in place of comparing it.
pub const UPDATE: &str = "UPDATE_DOCS";

/// Something that a page shows and that is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The page, from the repository's root.
    pub page: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.page, self.line, self.message)
    }
}

/// A page that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// What it shows, in short.
    pub summary: Summary,
    /// Its text, with outputs written anew where that was asked for.
    pub text: String,
}

/// Runs pages.
#[derive(Clone, Debug)]
pub struct Runner {
    root: PathBuf,
    command: Option<PathBuf>,
    update: bool,
}

impl Runner {
    /// A runner for the repository whose root that is; it passes consoles over.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            command: None,
            update: false,
        }
    }

    /// The same, which writes outputs anew if [`UPDATE`] is set.
    pub fn from_environment(root: impl Into<PathBuf>) -> Self {
        Self {
            update: std::env::var_os(UPDATE).is_some(),
            ..Self::new(root)
        }
    }

    /// Runs consoles too, with that `counterfoil`.
    #[must_use]
    pub fn with_command(mut self, command: impl Into<PathBuf>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// The Markdown files right within a folder, in order, from the repository's root.
    ///
    /// # Panics
    /// Where the folder cannot be read.
    pub fn pages_in(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(folder)).expect("the folder can be read");
        let mut pages: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| name.ends_with(".md"))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        pages.sort();
        pages
    }

    /// The same runner, which writes outputs anew.
    #[must_use]
    pub const fn updating(mut self) -> Self {
        self.update = true;
        self
    }

    /// Runs one page; where outputs shall be written anew, writes the page.
    ///
    /// # Panics
    /// Where the page cannot be read or written.
    pub fn run(&self, name: &str) -> (Summary, Vec<Failure>) {
        let path = self.root.join(name);
        let text = fs::read_to_string(&path).expect("the page can be read");
        let (ran, failures) = self.run_text(name, &text);
        if ran.text != text {
            fs::write(&path, ran.text).expect("the page can be written");
        }
        (ran.summary, failures)
    }

    /// Runs the text of a page.
    pub fn run_text(&self, name: &str, text: &str) -> (Ran, Vec<Failure>) {
        let page = page::read(text);
        let mut outcome = run::run(self, &page);
        outcome
            .failures
            .extend(links::check(&self.root, name, &page));
        outcome.failures.sort();
        outcome.failures.dedup();
        let failures = outcome.failures.into_iter();
        let failures = failures.map(|(line, message)| Failure {
            page: name.to_owned(),
            line,
            message,
        });
        let ran = Ran {
            summary: outcome.summary,
            text: run::edited(text, outcome.edits),
        };
        (ran, failures.collect())
    }

    /// Compares a file with what it should hold, or writes it.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn generated(&self, name: &str, wanted: &str) -> Vec<Failure> {
        let path = self.root.join(name);
        let found = fs::read_to_string(&path).unwrap_or_default();
        if found == wanted {
            return Vec::new();
        }
        if self.update {
            fs::write(&path, wanted).expect("the file can be written");
            return Vec::new();
        }
        let same = found
            .lines()
            .zip(wanted.lines())
            .take_while(|(a, b)| a == b);
        vec![Failure {
            page: name.to_owned(),
            line: same.count() + 1,
            message: format!("this is out of date; {UPDATE}=1 writes it anew"),
        }]
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn command(&self) -> Option<&Path> {
        self.command.as_deref()
    }

    pub(crate) const fn updates(&self) -> bool {
        self.update
    }
}

/// Fails with every failure, one a paragraph.
///
/// # Panics
/// Where there is one.
pub fn assert_none(failures: &[Failure]) {
    assert!(
        failures.is_empty(),
        "{} of what the documentation shows is not so:\n\n{}\n\nSet {UPDATE}=1 to write outputs anew, and read the diff.",
        failures.len(),
        failures
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n\n"),
    );
}
