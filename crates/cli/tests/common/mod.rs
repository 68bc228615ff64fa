//! What the tests of the command share.

// Each test file is a program of its own and uses a part of this; a test may panic.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use snapbox::cmd::Command;
use tempfile::TempDir;

/// Answers to the form that `counterfoil new` writes, complete on any day from 2026 on.
pub const ANSWERS: &str = r#"{"full_name":"Ada Example","birth_date":"1990-04-12","resident":true,"plot_size":"medium","wants_water":true,"has_plot":false}"#;

/// A folder that holds the form `allotment`, as `counterfoil new` writes it, and `answers.json`.
pub struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// Writes the form and the answers.
    pub fn new() -> Self {
        let fixture = Self::empty();
        fixture.run(["new", "allotment"]).assert().success();
        fixture.write("answers.json", ANSWERS);
        fixture
    }

    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Replaces a text that stands once in a file.
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {name}");
        self.write(name, &text.replace(old, new));
    }

    /// The command, to be run in the folder.
    pub fn run<const N: usize>(&self, arguments: [&str; N]) -> Command {
        Command::new(snapbox::cmd::cargo_bin!("counterfoil"))
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .env("CLICOLOR_FORCE", "0")
            .args(arguments)
    }

    /// What the command prints, as JSON.
    pub fn json<const N: usize>(&self, arguments: [&str; N]) -> serde_json::Value {
        let output: Output = self.run(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// What the command prints on the standard output.
    pub fn stdout<const N: usize>(&self, arguments: [&str; N]) -> String {
        let output: Output = self.run(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}
