//! `counterfoil explain`

use std::io::Write;

use counterfoil_engine::explain::{ExplainError, Options, explain_with};
use counterfoil_html::explanation_document;

use crate::{
    args::{Explain, ExplainFormat},
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Prints why a node of the report is what it is.
pub fn run(args: &Explain, out: &mut Out) -> Result<Outcome, Failure> {
    let case = &args.case;
    let plan = load::plan(&case.form)?;
    let answers = load::answers(&case.answers)?;
    let context = load::context(case, &plan)?;
    let locale = load::locale(&plan, case.locale.as_deref())?;
    let options = Options {
        expressions: args.expressions,
    };
    let explanation = explain_with(&plan, locale, &answers, &context, &args.node, options)
        .map_err(|error| match error {
            ExplainError::UnknownNode(message) => Failure::new(message),
            ExplainError::Evaluate(error) => load::not_in_force(&error),
        })?;
    match args.format {
        ExplainFormat::Human => writeln!(out, "{}", explanation.to_text().trim_end())?,
        ExplainFormat::Json => out.json(&explanation)?,
        ExplainFormat::Html => {
            let texts = plan.texts_or_default(locale);
            write!(out, "{}", explanation_document(texts, &explanation))?;
        }
    }
    Ok(Outcome::Fine)
}
