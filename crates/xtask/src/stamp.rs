//! Whether something must be built again.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::process::root;

/// A step's inputs, hashed, so that an unchanged step can be left out. Times of files are not asked:
/// a fresh clone or a changed branch has new times and the same contents.
pub struct Stamp {
    file: PathBuf,
    digest: String,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// The stamp of a step that turns `inputs` (files or folders) into `outputs`; all paths are
    /// relative to the workspace's root. `setting` stands for what decides besides files.
    ///
    /// # Errors
    /// Where an input cannot be read.
    pub fn of(step: &str, inputs: &[&str], outputs: &[&str], setting: &str) -> Result<Self> {
        let root = root();
        let mut hash = Sha256::new();
        hash.update(setting);
        for input in inputs {
            hash_tree(&root, &root.join(input), &mut hash)?;
        }
        let mut digest = String::with_capacity(64);
        for byte in hash.finalize() {
            let _ = write!(digest, "{byte:02x}");
        }
        Ok(Self {
            file: root.join("target/xtask").join(format!("{step}.stamp")),
            digest,
            outputs: outputs.iter().map(|path| root.join(path)).collect(),
        })
    }

    /// Whether the outputs are there and were made from these very inputs.
    pub fn is_fresh(&self) -> bool {
        self.outputs.iter().all(|path| path.exists())
            && fs::read_to_string(&self.file).is_ok_and(|text| text == self.digest)
    }

    /// Notes that the outputs have been made.
    ///
    /// # Errors
    /// Where the note cannot be written.
    pub fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, &self.digest)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn hash_tree(root: &Path, path: &Path, hash: &mut Sha256) -> Result<()> {
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", path.display()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let contents = fs::read(entry.path())
            .with_context(|| format!("cannot read {}", entry.path().display()))?;
        // Lengths keep a name's end apart from the contents' beginning.
        let name = name.as_os_str().as_encoded_bytes();
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((contents.len() as u64).to_le_bytes());
        hash.update(contents);
    }
    Ok(())
}
