//! What a form takes from files that it shares with other forms.

use std::collections::BTreeMap;

use super::Template;
use crate::source::{FileId, Spanned};

/// The files under `uses`, and what the form leaves in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// The files in the order of `uses`.
    pub files: Vec<SharedFile>,
    /// Their translations.
    pub locales: Vec<SharedLocale>,
    /// Whether a file could not be read, so that a name that nothing declares may be one of its own.
    pub incomplete: bool,
    /// Names of parameters, tables and functions that the form does not use.
    pub left_out: Vec<String>,
    /// Names of option sets that the form does not use.
    pub left_out_sets: Vec<String>,
}

impl Shared {
    /// The file with this id, if it is one of them.
    pub fn file(&self, file: FileId) -> Option<&SharedFile> {
        self.files.iter().find(|shared| shared.file == file)
    }

    /// The text of a shared file in a language: as it stands in the file, where that is written in the
    /// language, or else its translation under the first of the keys that has one.
    pub fn text<'s>(
        &'s self,
        written: &'s Template,
        keys: &[&str],
        locale: &str,
    ) -> Option<&'s Template> {
        let file = self.file(written.span.file)?;
        if file.language.value == locale {
            return Some(written);
        }
        let of_folder = |tag: &str| {
            let mut locales = self.locales.iter();
            locales.find(|other| other.folder == file.folder && other.locale == tag)
        };
        let translated = |tag: &str| {
            let texts = &of_folder(tag)?.texts;
            keys.iter().find_map(|key| texts.get(*key))
        };
        let general = language_of(locale);
        translated(locale)
            .or_else(|| (language_of(file.language.as_str()) == general).then_some(written))
            .or_else(|| translated(general))
    }
}

/// A file under `uses`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFile {
    /// Its path at the place where the form names it.
    pub path: Spanned<String>,
    /// The file.
    pub file: FileId,
    /// What the names of all files of its folder begin with: `../shared/`.
    pub folder: String,
    /// `language`: that in which its texts are written.
    pub language: Spanned<String>,
}

/// Translations of the texts of a folder's shared files.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedLocale {
    /// What the names of all files of the folder begin with.
    pub folder: String,
    /// The language's tag.
    pub locale: String,
    /// The texts by key.
    pub texts: BTreeMap<String, Template>,
}

/// The language of a tag, without script and region.
pub fn language_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
