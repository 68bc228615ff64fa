//! `uses`, and the shared files that it names.

use super::{Context, form, reader::Mapping};
use crate::{
    closest::closest,
    codes,
    definition::{
        Function, InputColumn, InputType, OptionSet, Parameter, SharedFile, SharedLocale, Table,
        language_of,
    },
    diagnostic::Diagnostic,
    source::{FileId, Loaded, SharedPath, Spanned},
    yaml,
};

/// Keys of a shared file.
const KEYS: &[&str] = &[
    "language",
    "currency",
    "parameters",
    "option_sets",
    "field_types",
    "tables",
    "functions",
];

/// What a shared file declares, besides its field types.
pub(super) struct SharedParts {
    pub file: SharedFile,
    pub parameters: Vec<Parameter>,
    pub option_sets: Vec<OptionSet>,
    pub tables: Vec<Table>,
    pub functions: Vec<Function>,
    /// Its currency, where it names one.
    pub currency: Option<Spanned<String>>,
}

impl Context<'_> {
    /// The files under `uses`, before anything that may use what they declare.
    pub(super) fn uses(&mut self, mapping: &Mapping<'_>) -> Vec<SharedParts> {
        let Some(node) = mapping.get("uses") else {
            return Vec::new();
        };
        let mut read: Vec<SharedParts> = Vec::new();
        for item in self.items(node, "`uses`").unwrap_or_default() {
            let Some(text) = self.text(item, "the path of a shared file") else {
                self.incomplete = true;
                continue;
            };
            let path = Spanned::new(text.text.clone(), text.whole());
            let earlier = read.iter().find(|file| file.file.path.value == path.value);
            if let Some(earlier) = earlier {
                let message = format!("`{}` stands twice under `uses`", path.value);
                self.error(
                    Diagnostic::error(codes::DUPLICATE_ID, path.span, message)
                        .label(earlier.file.path.span, "it stands here first")
                        .help("take one of the two out"),
                );
                continue;
            }
            match self.used_file(&path) {
                Some(parts) => read.push(parts),
                None => self.incomplete = true,
            }
        }
        read
    }

    fn used_file(&mut self, path: &Spanned<String>) -> Option<SharedParts> {
        let Some(place) = SharedPath::new(&path.value) else {
            self.refuse_path(path);
            return None;
        };
        let file = match self.load(&path.value) {
            Loaded::File(file) => file,
            Loaded::Unusable => return None,
            Loaded::Absent => {
                self.refuse_absent_file(path, &place);
                return None;
            }
        };
        self.shared_file(path.clone(), file, place.prefix())
    }

    /// What a file declares whose folder's files have names that begin with `folder`.
    pub(super) fn shared_file(
        &mut self,
        path: Spanned<String>,
        file: FileId,
        folder: String,
    ) -> Option<SharedParts> {
        let node = yaml::parse(&self.sources, file, &mut self.diagnostics)?;
        let mapping = self.mapping(&node, "a shared file", KEYS)?;
        let language = self
            .required(&mapping, "language", "en")
            .and_then(|node| form::language(self, node))
            .unwrap_or_else(|| Spanned::new(self.language.clone(), node.span.before()));
        let currency = mapping.get("currency");
        let currency = currency.and_then(|node| form::currency_at(self, node));
        self.folder.clone_from(&folder);
        if let Some(node) = mapping.get("field_types") {
            self.field_types(node);
        }
        let mut parts = SharedParts {
            file: SharedFile {
                path,
                file,
                folder,
                language,
            },
            parameters: form::part(self, &mapping, "parameters", Context::parameters),
            option_sets: form::part(self, &mapping, "option_sets", Context::option_sets),
            tables: form::part(self, &mapping, "tables", Context::tables),
            functions: form::part(self, &mapping, "functions", Context::functions),
            currency: currency.map(|currency| currency.code),
        };
        self.folder.clear();
        self.refuse_borrowed_types(&mut parts);
        Some(parts)
    }

    /// Refuses types that are taken from a question, which a shared file does not have.
    fn refuse_borrowed_types(&mut self, parts: &mut SharedParts) {
        let columns = parts.tables.iter_mut().flat_map(|table| &mut table.inputs);
        for InputColumn { name, type_ } in columns {
            let (span, message) = match type_ {
                Some(InputType::SameAs(path)) => (
                    path.span,
                    "a shared table cannot take a type from a question of one form".to_owned(),
                ),
                None => (
                    name.span,
                    format!("the column `{}` of a shared table has no type", name.value),
                ),
                Some(InputType::Typed(_) | InputType::Error) => continue,
            };
            self.error(
                Diagnostic::error(codes::SHARED_NAME, span, message).help(format!(
                    "write under `inputs` what the column is: `{}:`, and below it `type:` with its limits",
                    name.value
                )),
            );
            *type_ = Some(InputType::Error);
        }
        let functions = parts.functions.iter_mut();
        for argument in functions.flat_map(|function| &mut function.arguments) {
            if let InputType::SameAs(path) = &argument.type_ {
                let message = "a shared function cannot take a type from a question of one form";
                self.error(
                    Diagnostic::error(codes::SHARED_NAME, path.span, message)
                        .help("write `type:` in place of `same_as:`, with its limits"),
                );
                argument.type_ = InputType::Error;
            }
        }
    }

    /// The translations of shared files in the languages of a form.
    pub(super) fn shared_locales(
        &mut self,
        files: &[SharedFile],
        languages: &[Spanned<String>],
    ) -> Vec<SharedLocale> {
        let mut locales: Vec<SharedLocale> = Vec::new();
        for file in files {
            for language in languages {
                for tag in [language.as_str(), language_of(language.as_str())] {
                    let read =
                        |other: &SharedLocale| other.folder == file.folder && other.locale == tag;
                    if tag == file.language.value || locales.iter().any(read) {
                        continue;
                    }
                    let name = format!("{}locales/{tag}.yaml", file.folder);
                    let Some(read) = self.texts_of(&name) else {
                        continue;
                    };
                    let texts = read.texts.into_iter();
                    locales.push(SharedLocale {
                        folder: file.folder.clone(),
                        locale: tag.to_owned(),
                        texts: texts.map(|(key, text)| (key.value, text)).collect(),
                    });
                }
            }
        }
        locales
    }

    fn refuse_path(&mut self, path: &Spanned<String>) {
        let written = path.value.replace('\\', "/");
        let stem = written.strip_suffix(".yml").unwrap_or(&written);
        let meant = [
            written.clone(),
            format!("{stem}.yaml"),
            format!("../{written}"),
            format!("../{stem}.yaml"),
        ];
        let known = |meant: &&String| {
            SharedPath::new(meant).is_some() && self.files.get(meant.as_str()).is_some()
        };
        let message = format!("`{}` is not the path of a shared file", path.value);
        let found = Diagnostic::error(codes::SHARED_PATH, path.span, message).help(
            "Write `../`, a folder beside that of this form, and a file ending in `.yaml` in it: `../shared/holidays.yaml`.",
        );
        self.error(match meant.iter().find(known) {
            Some(meant) => found.suggest(path.span, meant.clone()),
            None => found,
        });
    }

    fn refuse_absent_file(&mut self, path: &Spanned<String>, place: &SharedPath) {
        let prefix = place.prefix();
        let folder = &place.folder;
        let beside: Vec<&str> = self
            .files
            .names()
            .filter(|name| SharedPath::new(name).is_some() && name.starts_with(&prefix))
            .collect();
        let message = if beside.is_empty() {
            format!("there is no folder `{folder}` with shared files beside that of the form")
        } else {
            format!("the folder `{folder}` has no file `{}`", place.file)
        };
        let found = Diagnostic::error(codes::FILE, path.span, message);
        self.error(match closest(&path.value, beside.iter().copied()) {
            Some(meant) => found
                .help(format!("Did you mean `{meant}`?"))
                .suggest(path.span, meant),
            None if beside.is_empty() => found.help(format!(
                "Make the folder beside the form's own, and write `{}` in it, or take this line out.",
                place.file
            )),
            None => found.help(format!(
                "It has `{}`: name one of these, write the file, or take this line out.",
                beside.join("`, `")
            )),
        });
    }
}
