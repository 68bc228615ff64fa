//! Seeded mistakes, one a kind: each is a small change to a real form, is found at its line, and alone.
//!
//! To add one, put it into the module of its family, run the tests and read what people would read in
//! `snapshots/`.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod dates;
mod habits;
mod numbers;
mod parts;
mod privacy;
mod proofs;
mod rules;
mod structure;
mod tables;
mod texts;
mod work;
mod writing;

use std::path::Path;

use counterfoil_compiler::{
    Compiled, Diagnostic, Files, Severity, SourceMap, compile, form_tests, render,
};
use counterfoil_engine::Plan;

/// A form that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `forms/street-party`
    Party,
    /// `forms/building-permit`
    Permit,
    /// `forms/dog-licence`
    Dog,
}

/// A mistake that somebody might make.
pub struct Mistake {
    /// What it is, in a few words.
    pub name: &'static str,
    /// The form in which it is made.
    pub form: Form,
    /// The file in which it is made.
    pub file: &'static str,
    /// A text that stands once in the file.
    pub old: &'static str,
    /// What stands there instead.
    pub new: &'static str,
    /// What is found: codes with the trimmed line of each, most often one.
    pub found: &'static [(&'static str, &'static str)],
}

/// The files of a form by name.
fn files(form: Form) -> Vec<(String, String)> {
    let name = match form {
        Form::Party => "street-party",
        Form::Permit => "building-permit",
        Form::Dog => "dog-licence",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../forms")
        .join(name);
    let files = Files::on_disk(&folder).unwrap();
    let text = |name: &str| String::from_utf8(files.get(name).unwrap().to_vec()).unwrap();
    let names = files.names().filter(|name| match form {
        Form::Party | Form::Dog => true,
        // A mistake in the permit would be told once more of its translation.
        Form::Permit => !name.starts_with("locales/"),
    });
    names
        .map(|name| {
            let text = text(name).replace("languages: [en, es]", "languages: [en]");
            (name.to_owned(), text)
        })
        .collect()
}

impl Mistake {
    /// What the compiler says of it; where a plan comes out, what the form's tests say too.
    fn make(&self) -> (Vec<Diagnostic>, SourceMap) {
        let mut files = files(self.form);
        let (_, text) = files
            .iter_mut()
            .find(|(name, _)| name == self.file)
            .unwrap();
        assert_eq!(
            text.matches(self.old).count(),
            1,
            "{}: {:?}",
            self.name,
            self.old
        );
        *text = text.replace(self.old, self.new);
        let files = Files::in_memory(files);
        let Compiled {
            plan,
            diagnostics,
            sources,
        } = compile(&files);
        let errors = diagnostics
            .iter()
            .any(|found| found.severity == Severity::Error);
        assert_eq!(plan.is_none(), errors, "{}", self.name);
        match plan {
            Some(plan) if diagnostics.is_empty() => {
                let run = form_tests::run(&files, &Plan::load(plan).unwrap());
                (run.diagnostics, run.sources)
            }
            _ => (diagnostics, sources),
        }
    }
}

/// Makes the mistakes of a family; what people read of all of them.
pub fn make(mistakes: &[Mistake]) -> String {
    let mut read = String::new();
    let mut wrong = String::new();
    for mistake in mistakes {
        let (diagnostics, sources) = mistake.make();
        let found: Vec<(&str, String)> = diagnostics
            .iter()
            .map(|found| {
                let file = sources.file(found.span.file);
                let line = file.line_range(file.position(found.span.start).line);
                (found.code.id, file.text()[line].trim().to_owned())
            })
            .collect();
        let rendered = render::human(&diagnostics, &sources, false);
        if !found
            .iter()
            .map(|(code, line)| (*code, line.as_str()))
            .eq(mistake.found.iter().copied())
        {
            wrong.push_str(&format!(
                "# {}\nfound {found:?}\n{rendered}\n",
                mistake.name
            ));
        }
        read.push_str(&format!(
            "# {}\n\n{}\n\n",
            mistake.name,
            rendered.trim_end()
        ));
    }
    assert!(wrong.is_empty(), "{wrong}");
    read
}

#[test]
fn there_are_sixty_kinds() {
    let all = [
        structure::MISTAKES,
        writing::MISTAKES,
        rules::MISTAKES,
        numbers::MISTAKES,
        tables::MISTAKES,
        texts::MISTAKES,
        proofs::MISTAKES,
        habits::MISTAKES,
        privacy::MISTAKES,
        work::MISTAKES,
        dates::MISTAKES,
        parts::MISTAKES,
    ];
    let mut names: Vec<&str> = all
        .iter()
        .flat_map(|family| family.iter().map(|m| m.name))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() >= 60, "{}", names.len());
}
