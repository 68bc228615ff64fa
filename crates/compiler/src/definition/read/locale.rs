//! Locale files.

use super::{Context, template::Placeholders};
use crate::{
    definition::{LocaleFile, LocaleStatus, Template},
    source::{FileId, Loaded, Spanned},
    yaml,
};

/// Reads the files `locales/<tag>.yaml` that there are. That of the first language holds only words in place
/// of the compiler's, so that a form may do without it and it is no draft unless it says so.
pub(super) fn read_all(
    context: &mut Context<'_>,
    languages: &[Spanned<String>],
) -> Vec<LocaleFile> {
    languages
        .iter()
        .enumerate()
        .filter_map(|(place, language)| {
            let status = if place == 0 {
                LocaleStatus::Reviewed
            } else {
                LocaleStatus::default()
            };
            read(context, language, status)
        })
        .collect()
}

fn read(
    context: &mut Context<'_>,
    language: &Spanned<String>,
    status: LocaleStatus,
) -> Option<LocaleFile> {
    let read = context.texts_of(&format!("locales/{}.yaml", language.value))?;
    Some(LocaleFile {
        file: read.file,
        locale: language.clone(),
        status: read.status.unwrap_or(status),
        texts: read.texts,
    })
}

/// What a locale file says.
pub(super) struct LocaleTexts {
    pub file: FileId,
    pub status: Option<LocaleStatus>,
    pub texts: Vec<(Spanned<String>, Template)>,
}

impl Context<'_> {
    /// Reads a locale file by its name; none where there is none or it cannot be read.
    pub(super) fn texts_of(&mut self, name: &str) -> Option<LocaleTexts> {
        const STATUSES: &[(&str, LocaleStatus)] = &[
            ("draft", LocaleStatus::Draft),
            ("reviewed", LocaleStatus::Reviewed),
        ];
        let Loaded::File(file) = self.load(name) else {
            return None;
        };
        let node = yaml::parse(&self.sources, file, &mut self.diagnostics)?;
        let entries = self.entries(&node, "a locale file")?;
        let mut status = None;
        let mut texts = Vec::new();
        for entry in entries {
            if entry.key.value == "status" {
                status = self
                    .word(&entry.value, "a status", STATUSES)
                    .map_or(status, |word| Some(word.value));
                continue;
            }
            // Which texts take placeholders is for whoever knows the form to say.
            let template = self.template(&entry.value, Placeholders::Expressions);
            texts.push((entry.key.clone(), template));
        }
        Some(LocaleTexts {
            file,
            status,
            texts,
        })
    }
}
