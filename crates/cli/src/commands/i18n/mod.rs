//! `counterfoil i18n`

pub mod extract;
mod locale_file;
pub mod merge;
mod xliff;

use counterfoil_compiler::{Translations, translations};
use counterfoil_engine::Plan;

use crate::{
    load::{self, Form},
    outcome::Failure,
};

/// The plan of a form and its texts for the translators of a language.
fn texts(form: &Form, locale: &str) -> Result<(Plan, Translations), Failure> {
    let plan = load::plan_of(&form.compile())?;
    let first = plan.default_locale();
    if locale == first {
        return Err(Failure::with_help(
            format!("`{locale}` is the form's first language"),
            "its texts stand in form.yaml; name a language to translate into",
        ));
    }
    load::locale(&plan, Some(locale)).map_err(|_| {
        Failure::with_help(
            format!("the form has no language `{locale}`"),
            format!(
                "add it to `languages` in {}, where now are {}",
                form.place("form.yaml"),
                plan.locales().join(", ")
            ),
        )
    })?;
    let Some(mut texts) = translations(&form.files, locale) else {
        return Err(Failure::new("the form cannot be read"));
    };
    texts.sources = form.placed(texts.sources);
    Ok((plan, texts))
}
