//! The files of one form, as they were handed in.

use std::{collections::BTreeMap, io, path::Path};

/// A file of more bytes is refused; it holds no form that a person wrote.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// The files of one form by name, relative to the form's folder and with `/` between folders.
///
/// The compiler reads nothing but these, which makes it a function of its input: the same in a test,
/// on a server and in a browser.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
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
        }
    }

    /// Reads the files of a form from its folder: `*.yaml` there, and everything under `tables`,
    /// `locales` and `tests`. Of a file that is too large only so much is read as shows that it is.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read.
    pub fn on_disk(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        read_folder(folder, "", &mut files)?;
        for name in ["tables", "locales", "tests"] {
            let subfolder = folder.join(name);
            if subfolder.is_dir() {
                read_folder(&subfolder, &format!("{name}/"), &mut files)?;
            }
        }
        Ok(Self { files })
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
