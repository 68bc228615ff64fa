//! Locale files.

use super::{Context, template::Placeholders};
use crate::{
    definition::{LocaleFile, LocaleStatus},
    source::{Loaded, Spanned},
    yaml,
};

/// Reads the files `locales/<tag>.yaml` of all languages but the first.
pub(super) fn read_all(
    context: &mut Context<'_>,
    languages: &[Spanned<String>],
) -> Vec<LocaleFile> {
    let further = languages.get(1..).unwrap_or_default();
    further
        .iter()
        .filter_map(|language| read(context, language))
        .collect()
}

fn read(context: &mut Context<'_>, language: &Spanned<String>) -> Option<LocaleFile> {
    const STATUSES: &[(&str, LocaleStatus)] = &[
        ("draft", LocaleStatus::Draft),
        ("reviewed", LocaleStatus::Reviewed),
    ];
    let name = format!("locales/{}.yaml", language.value);
    let Loaded::File(file) = context.load(&name) else {
        return None;
    };
    let node = yaml::parse(&context.sources, file, &mut context.diagnostics)?;
    let entries = context.entries(&node, "a locale file")?;
    let mut status = LocaleStatus::default();
    let mut texts = Vec::new();
    for entry in entries {
        if entry.key.value == "status" {
            status = context
                .word(&entry.value, "a status", STATUSES)
                .map_or(status, |word| word.value);
            continue;
        }
        // Which texts take placeholders is for whoever knows the form to say.
        let template = context.template(&entry.value, Placeholders::Expressions);
        texts.push((entry.key.clone(), template));
    }
    Some(LocaleFile {
        file,
        locale: language.clone(),
        status,
        texts,
    })
}
