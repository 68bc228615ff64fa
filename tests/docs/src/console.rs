//! What the command prints: `$ counterfoil check forms/example` and the lines below it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::{case::Case, page::Block, run::Outcome};

/// A folder that goes when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("counterfoil-docs-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the commands of a block, where the form stands under `forms`, and the one before it, if there is
/// one, under `published`.
pub fn run(
    command: &Path,
    case: &Case,
    before: &Case,
    block: &Block,
    update: bool,
    outcome: &mut Outcome,
) {
    match printed(command, case, before, block) {
        Ok(text) => outcome.compare(block, &text, update),
        Err(message) => outcome.fail(block.line, message),
    }
}

fn printed(command: &Path, case: &Case, before: &Case, block: &Block) -> Result<String, String> {
    let told = |error: io::Error| error.to_string();
    let scratch = Scratch::new().map_err(told)?;
    write_form(case, &scratch.0.join("forms")).map_err(told)?;
    write_form(before, &scratch.0.join("published")).map_err(told)?;
    let mut text = String::new();
    for line in block.text.lines() {
        let Some(typed) = line.strip_prefix("$ ") else {
            continue;
        };
        let arguments = typed
            .strip_prefix("counterfoil ")
            .ok_or("only `counterfoil` runs here")?;
        let output = Command::new(command)
            .args(arguments.split_whitespace())
            .current_dir(&scratch.0)
            .env("NO_COLOR", "1")
            .output()
            .map_err(told)?;
        text.push_str(line);
        text.push('\n');
        for bytes in [&output.stdout, &output.stderr] {
            text.push_str(&without_ids(&String::from_utf8_lossy(bytes)));
        }
    }
    Ok(text)
}

fn write_form(case: &Case, folder: &Path) -> io::Result<()> {
    let files: Vec<(&str, String)> = case.texts().collect();
    let id = files
        .iter()
        .filter(|(name, _)| *name == crate::case::FORM)
        .flat_map(|(_, text)| text.lines())
        .find_map(|line| line.strip_prefix("form: "))
        .unwrap_or("example");
    let form = folder.join(id);
    for (name, text) in &files {
        let path = form.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// Plans' ids would change with every release.
fn without_ids(text: &str) -> String {
    let is_id = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut result = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (word, further) = rest.split_at(end);
        result.push_str(if is_id(word) { "…" } else { word });
        let next = further.chars().next().map_or(0, char::len_utf8);
        result.push_str(&further[..next]);
        rest = &further[next..];
    }
    result
}
