//! `counterfoil i18n extract`

use std::{io::Write, path::PathBuf};

use super::{texts, xliff};
use crate::{
    args::I18nExtract,
    commands::build::write_atomically,
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::Out,
};

/// Writes the texts of a form for translators.
pub fn run(args: &I18nExtract, out: &mut Out) -> Result<Outcome, Failure> {
    let form = Form::read(&args.form)?;
    let (plan, texts) = texts(&form, &args.locale)?;
    let id = &plan.rules().form;
    let text = xliff::write(id, plan.default_locale(), &args.locale, &texts);
    let file = args
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{id}.{}.xlf", args.locale)));
    if load::is_dash(&file) {
        out.write_all(text.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    write_atomically(&file, text.as_bytes())
        .map_err(|error| Failure::file("cannot write the texts to", &file, &error))?;
    let all = texts.texts.len();
    let open = texts.texts.iter().filter(|text| text.target.is_none());
    writeln!(
        out,
        "{}: {all} texts, {} of them to be translated",
        file.display(),
        open.count()
    )?;
    Ok(Outcome::Fine)
}
