//! The files of one form, as they were handed in.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use super::{SharedPath, SourceMap};
use crate::yaml::{self, Node};

/// The name of the file that every form has.
pub const FORM_FILE: &str = "form.yaml";

/// A file of more bytes is refused; it holds no form that a person wrote.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// The files of one form by name, relative to the form's folder and with `/` between folders. Those of a
/// folder that the form shares with others begin with `../` and the name of that folder:
/// `../shared/holidays.yaml`, `../shared/tables/holidays.csv`.
///
/// The compiler reads nothing but these, which makes it a function of its input: the same in a test,
/// on a server and in a browser.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
    folder: Option<String>,
}

impl Files {
    /// Files from memory, by name.
    pub fn in_memory<N: Into<String>, T: Into<Vec<u8>>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(name, text)| (name.into(), text.into()))
                .collect(),
            folder: None,
        }
    }

    /// Reads the files of a form from its folder: `*.yaml` there, and everything under `tables`,
    /// `locales` and `tests`; and in the same way the folders beside it of which `form.yaml` uses a file.
    /// Of a file that is too large only so much is read as shows that it is.
    ///
    /// # Errors
    /// Where a folder or a file in it cannot be read.
    pub fn on_disk(folder: &Path) -> io::Result<Self> {
        let mut files = Self {
            folder: folder
                .file_name()
                .and_then(|name| name.to_str())
                .map(str::to_owned),
            ..Self::default()
        };
        files.read(folder, "", &["tables", "locales", "tests"])?;
        for shared in files.shared_folders() {
            if let Some(path) = beside(folder, &shared) {
                files.read(&path, &format!("../{shared}/"), &["tables", "locales"])?;
            }
        }
        Ok(files)
    }

    fn read(&mut self, folder: &Path, prefix: &str, subfolders: &[&str]) -> io::Result<()> {
        read_folder(folder, prefix, &mut self.files)?;
        for name in subfolders {
            let subfolder = folder.join(name);
            if subfolder.is_dir() {
                read_folder(&subfolder, &format!("{prefix}{name}/"), &mut self.files)?;
            }
        }
        Ok(())
    }

    /// The names of the folders beside the form's own of which `form.yaml` uses a file, in alphabetical
    /// order. Nothing else is looked at, so that `form.yaml` may be wrong in any way.
    pub fn shared_folders(&self) -> BTreeSet<String> {
        let mut sources = SourceMap::default();
        let mut unread = Vec::new();
        let Some(file) = sources.load_text(self, FORM_FILE, &mut unread) else {
            return BTreeSet::new();
        };
        let form = yaml::parse(&sources, file, &mut unread);
        let uses = form.as_ref().and_then(|form| form.get("uses")?.as_list());
        let paths = uses.unwrap_or_default().iter().filter_map(Node::as_text);
        let paths = paths.filter_map(SharedPath::new);
        paths.map(|path| path.folder).collect()
    }

    /// Whether these are the files of no form, but of a folder that forms share: there is no `form.yaml`,
    /// and a file ending in `.yaml` beside it.
    pub fn are_shared(&self) -> bool {
        self.get(FORM_FILE).is_none() && self.shared_files().next().is_some()
    }

    /// The names of the shared files in a folder that is itself shared.
    pub fn shared_files(&self) -> impl Iterator<Item = &str> {
        self.names()
            .filter(|name| name.ends_with(".yaml") && !name.contains('/'))
    }

    /// The name of the folder from which the files were read, if that is known.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// A file's bytes.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The names of all files in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// A folder beside another. Beside one that is a link it is looked for where the link leads, and then where
/// the link stands.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let led = folder.join("..").join(name);
    let named = folder.file_name().map(|_| folder.with_file_name(name));
    [Some(led), named]
        .into_iter()
        .flatten()
        .find(|path| path.is_dir())
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> io::Result<()> {
    use io::Read as _;

    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        let wanted = name.ends_with(".yaml") || name.ends_with(".csv");
        if !wanted || !path.is_file() {
            continue;
        }
        let mut bytes = Vec::new();
        std::fs::File::open(&path)?
            .take(MAX_FILE_BYTES as u64 + 1)
            .read_to_end(&mut bytes)?;
        files.insert(format!("{prefix}{name}"), bytes);
    }
    Ok(())
}
