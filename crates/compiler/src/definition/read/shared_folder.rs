//! A folder of shared files, read without a form.

use std::collections::BTreeSet;

use counterfoil_engine::{date::LeapBirthday, plan};

use super::{Context, uses::SharedParts};
use crate::{
    closest::closest,
    codes,
    definition::{
        Currency, Field, FieldType, FormDefinition, OptionSet, Options, Page, PageContent,
        Rounding, RulesOf, Shared, SharedTexts, Template,
    },
    diagnostic::Diagnostic,
    source::{Files, SourceMap, Span, Spanned},
};

/// What came of reading a folder of shared files.
#[derive(Debug)]
pub struct SharedReading {
    /// For each file that could be read a form that has what the file declares, and a question for each
    /// of its field types and option sets.
    pub forms: Vec<FormDefinition>,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Everything found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the shared files of a folder, each by itself, and their locale files.
pub fn read_shared(files: &Files) -> SharedReading {
    let mut context = Context::new(files);
    let mut forms = Vec::new();
    let mut keys = BTreeSet::new();
    let mut languages = BTreeSet::new();
    let mut all_read = true;
    for name in files.shared_files() {
        let loaded = context
            .sources
            .load_text(files, name, &mut context.diagnostics);
        let parts = loaded.and_then(|file| {
            let path = Spanned::new(name.to_owned(), Span::new(file, 0, 0));
            context.shared_file(path, file, String::new())
        });
        match parts {
            Some(parts) => {
                languages.insert(parts.file.language.value.clone());
                forms.push(context.form_of(parts, &mut keys));
            }
            None => all_read = false,
        }
    }
    if all_read && context.diagnostics.is_empty() {
        context.check_locales(&keys, &languages);
        context.report_unused_tables();
    }
    SharedReading {
        forms,
        sources: context.sources,
        diagnostics: context.diagnostics,
    }
}

impl Context<'_> {
    /// A form that has what a shared file declares. Adds the keys of its texts to others.
    fn form_of(&mut self, parts: SharedParts, keys: &mut BTreeSet<String>) -> FormDefinition {
        let file = parts.file.file;
        self.report_circles();
        let head = Span::new(file, 0, 0);
        let spanned = |text: &str| Spanned::new(text.to_owned(), head);
        let nothing = Template::new(Vec::new(), head);
        self.language.clone_from(&parts.file.language.value);
        let mut fields = self.questions_of_types();
        let sets = parts.option_sets.iter();
        fields.extend(sets.map(|set| question_of_set(set, &nothing)));
        text_keys(&parts, keys);
        let mut types = std::mem::take(&mut self.types);
        keys.extend(types.text_keys());
        FormDefinition {
            file,
            form: spanned("shared"),
            title: nothing.clone(),
            authority: None,
            introduction: None,
            currency: parts.currency.map(|code| Currency {
                digits: super::currency::digits(&code.value).unwrap_or(2),
                code,
            }),
            timezone: spanned("UTC"),
            languages: vec![parts.file.language],
            effective: None,
            rounding: Rounding::default(),
            rules_of: RulesOf::default(),
            leap_birthday: LeapBirthday::default(),
            weekend: plan::weekend(),
            privacy: None,
            option_sets: parts.option_sets,
            parameters: parts.parameters,
            facts: Vec::new(),
            sections: Vec::new(),
            pages: vec![Page {
                page: spanned("shared"),
                title: nothing,
                text: None,
                section: None,
                when: None,
                purpose: Vec::new(),
                content: PageContent::Fields(fields),
                span: head,
            }],
            values: Vec::new(),
            checks: std::mem::take(&mut types.checks),
            decisions: Vec::new(),
            fees: Vec::new(),
            entitlements: Vec::new(),
            composites: types.composites,
            stated_types: Vec::new(),
            shared_texts: SharedTexts::default(),
            functions: parts.functions,
            tables: parts.tables,
            locales: Vec::new(),
            shared: Shared::default(),
        }
    }

    /// Reports texts of locale files that no shared file has, and those that are missing.
    fn check_locales(&mut self, keys: &BTreeSet<String>, languages: &BTreeSet<String>) {
        let files = self.files;
        let locales = files.names().filter_map(|name| {
            let tag = name.strip_prefix("locales/")?.strip_suffix(".yaml")?;
            Some((name, tag))
        });
        for (name, tag) in locales {
            let Some(read) = self.texts_of(name) else {
                continue;
            };
            let head = Span::new(read.file, 0, 0);
            for (key, _) in &read.texts {
                if keys.contains(key.as_str()) {
                    continue;
                }
                let message = format!("no shared file has a text `{}`", key.value);
                let found = Diagnostic::warning(codes::UNKNOWN_TEXT, key.span, message);
                self.error(
                    match closest(key.as_str(), keys.iter().map(String::as_str)) {
                        Some(meant) => found
                            .help(format!("did you mean `{meant}`?"))
                            .suggest(key.span, meant),
                        None => found.help("leave it out"),
                    },
                );
            }
            // The texts of one file may stand in the language of another.
            if languages.contains(tag) {
                continue;
            }
            let given: BTreeSet<&str> = read.texts.iter().map(|(key, _)| key.as_str()).collect();
            let missing = keys.iter().map(String::as_str);
            let missing: Vec<&str> = missing.filter(|key| !given.contains(key)).collect();
            if !missing.is_empty() {
                let named = missing[..missing.len().min(MAX_NAMED)].join("`, `");
                let further = match missing.len().saturating_sub(MAX_NAMED) {
                    0 => String::new(),
                    further => format!(" and {further} more"),
                };
                let message = format!("no translation of `{named}`{further}");
                self.error(
                    Diagnostic::warning(codes::MISSING_TEXT, head, message)
                        .help("add them here; until then forms show the text of the shared file"),
                );
            }
        }
    }

    /// Warns of tables that no shared file names.
    fn report_unused_tables(&mut self) {
        let used: BTreeSet<&str> = self.sources.files().map(|(_, file)| file.name()).collect();
        let unused = self.files.names();
        let unused = unused.filter(|name| name.starts_with("tables/") && !used.contains(name));
        let unused: Vec<String> = unused.map(str::to_owned).collect();
        for name in unused {
            let file = self.sources.add(name.clone(), "");
            let message = format!("no shared file uses `{name}`");
            self.error(
                Diagnostic::warning(codes::FILE, Span::new(file, 0, 0), message)
                    .help("name it as the `csv` of a table, or delete it"),
            );
        }
    }
}

/// Missing texts named one by one.
const MAX_NAMED: usize = 5;

/// A question that has a set's options.
fn question_of_set(set: &OptionSet, label: &Template) -> Field {
    let id = &set.option_set;
    Field {
        // No shared file can declare a name with a point.
        field: Spanned::new(format!("option_set.{}", id.value), id.span),
        type_: Spanned::new(
            FieldType::Choice {
                options: Options::Named(id.clone()),
            },
            id.span,
        ),
        label: label.clone(),
        name: None,
        hint: None,
        unit: None,
        when: None,
        required: None,
        autocomplete: None,
        multiline: false,
        file: false,
        fixed: None,
        purpose: Vec::new(),
        personal: None,
        field_type: None,
        part_of: None,
        errors: Vec::new(),
        span: set.span,
    }
}

/// The keys of a file's texts, besides those of its field types.
fn text_keys(parts: &SharedParts, keys: &mut BTreeSet<String>) {
    for parameter in &parts.parameters {
        if parameter.label.is_some() {
            keys.insert(format!("parameter.{}.label", parameter.parameter.value));
        }
    }
    for table in &parts.tables {
        if table.label.is_some() {
            keys.insert(format!("table.{}.label", table.table.value));
        }
    }
    for function in &parts.functions {
        let key = format!("function.{}", function.function.value);
        if function.label.is_some() {
            keys.insert(format!("{key}.label"));
        }
        for argument in &function.arguments {
            if argument.label.is_some() {
                keys.insert(format!("{key}.{}.label", argument.argument.value));
            }
        }
    }
    for set in &parts.option_sets {
        for option in &set.options {
            let key = format!(
                "option_set.{}.{}",
                set.option_set.value, option.option.value
            );
            if option.hint.is_some() {
                keys.insert(format!("{key}.hint"));
            }
            keys.insert(key);
        }
    }
}
