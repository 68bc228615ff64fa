//! `counterfoil schema`

use std::io::Write;

use counterfoil_compiler::schema::answers_schema;

use crate::{
    args::{Schema, SourceFile},
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// The schema of `form.yaml`.
pub const FORM: &str = include_str!("../../../../docs/schema/form.schema.json");
/// The schema of `tests.yaml`.
pub const TESTS: &str = include_str!("../../../../docs/schema/tests.schema.json");
/// The schema of locale files.
pub const LOCALE: &str = include_str!("../../../../docs/schema/locale.schema.json");

/// The schema of files that forms share.
pub const SHARED: &str = include_str!("../../../../docs/schema/shared.schema.json");

/// Prints the JSON Schema of a form's answers, or of a kind of file.
pub fn run(args: &Schema, out: &mut Out) -> Result<Outcome, Failure> {
    if let Some(kind) = args.of {
        out.write_all(of(kind).as_bytes())?;
    }
    if let Some(form) = &args.form {
        let plan = load::plan(form)?;
        let locale = load::locale(&plan, args.locale.as_deref())?;
        out.json(&answers_schema(&plan, locale))?;
    }
    Ok(Outcome::Fine)
}

const fn of(kind: SourceFile) -> &'static str {
    match kind {
        SourceFile::Form => FORM,
        SourceFile::Tests => TESTS,
        SourceFile::Locale => LOCALE,
        SourceFile::Shared => SHARED,
    }
}
