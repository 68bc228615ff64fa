//! Reads a form's files into its definition.
//!
//! Written by hand rather than derived, so that every mistake is found in one run, each at its place and
//! in words of the form language. [`reader`] has the steps that all parts share, the other modules one
//! part of a form each.

mod account;
mod attribute;
mod cell;
mod csv;
mod currency;
mod field;
mod field_type;
mod form;
mod function;
mod id;
mod join;
mod library;
mod literal;
mod locale;
mod page;
mod parameter;
mod plural;
mod privacy;
mod reader;
mod rows;
mod rule;
mod shared_folder;
mod table;
mod template;
mod uses;

pub(crate) use csv::{Sheet, read as read_sheet};
pub(crate) use literal::mangled_date;
pub use shared_folder::{SharedReading, read_shared};

use std::rc::Rc;

use field_type::FieldTypes;
use join::Mention;
use library::Library;

use super::FormDefinition;
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::Parser,
    source::{FORM_FILE, Files, Loaded, SourceMap, Span},
    yaml,
};

/// What came of reading a form.
#[derive(Debug)]
pub struct Reading {
    /// The form, with `Error` nodes for whatever could not be read; none where there is no `form.yaml`
    /// or it holds no mapping at all.
    pub definition: Option<FormDefinition>,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Everything found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads `form.yaml` and the tables, locale files and shared files that it names.
pub fn read(files: &Files) -> Reading {
    let mut context = Context::new(files);
    let definition = context.form();
    Reading {
        definition,
        sources: context.sources,
        diagnostics: context.diagnostics,
    }
}

/// What reading needs and leaves behind.
pub(crate) struct Context<'f> {
    files: &'f Files,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Everything found.
    pub diagnostics: Vec<Diagnostic>,
    parser: Parser,
    /// The form's first language, in which its texts are written.
    language: String,
    types: FieldTypes,
    library: Option<Rc<Library>>,
    /// What the names of the files begin with that the file being read has beside it: nothing, or
    /// `../shared/`.
    folder: String,
    /// Names that expressions and fields mention.
    mentions: Vec<Mention>,
    /// Whether a shared file could not be read, so that a name that nothing declares may be its own.
    incomplete: bool,
}

impl<'f> Context<'f> {
    /// A context in which nothing has been read.
    pub fn new(files: &'f Files) -> Self {
        Self {
            files,
            sources: SourceMap::default(),
            diagnostics: Vec::new(),
            parser: Parser::new(),
            language: library::FALLBACK.to_owned(),
            types: FieldTypes::default(),
            library: None,
            folder: String::new(),
            mentions: Vec::new(),
            incomplete: false,
        }
    }

    fn form(&mut self) -> Option<FormDefinition> {
        let file = match self.load(FORM_FILE) {
            Loaded::File(file) => file,
            Loaded::Unusable => return None,
            Loaded::Absent => {
                let file = self.sources.add(FORM_FILE, "");
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::FILE,
                        Span::new(file, 0, 0),
                        format!("the form has no file `{FORM_FILE}`"),
                    )
                    .help("`counterfoil new` writes a small form to begin with."),
                );
                return None;
            }
        };
        let node = yaml::parse(&self.sources, file, &mut self.diagnostics)?;
        let mut form = form::read(self, file, &node)?;
        form.locales = locale::read_all(self, &form.languages);
        form.shared.locales = self.shared_locales(&form.shared.files, &form.languages);
        // Where something else is wrong, a file may be unused for that reason alone.
        if self.diagnostics.is_empty() {
            self.report_unused(&form);
        }
        Some(form)
    }

    /// Warns of tables and locale files that the form does not name.
    fn report_unused(&mut self, form: &FormDefinition) {
        let used: Vec<&str> = self.sources.files().map(|(_, file)| file.name()).collect();
        let unused: Vec<String> = self
            .files
            .names()
            .filter(|name| name.starts_with("tables/") || name.starts_with("locales/"))
            .filter(|name| !used.contains(name))
            .map(str::to_owned)
            .collect();
        for name in unused {
            let (span, help) = if name.starts_with("tables/") {
                let help = "Name it as the `csv` of a table, or delete it.";
                (form.form.span, help)
            } else {
                let span = form
                    .languages
                    .first()
                    .map_or(form.form.span, |tag| tag.span);
                let help = "List its language under `languages`, or delete it.";
                (span, help)
            };
            self.diagnostics.push(
                Diagnostic::warning(codes::FILE, span, format!("the form does not use `{name}`"))
                    .help(help),
            );
        }
    }

    /// Loads one of the form's files.
    pub fn load(&mut self, name: &str) -> Loaded {
        self.sources.load(self.files, name, &mut self.diagnostics)
    }
}
