//! `counterfoil explain`

use std::io::Write;

use counterfoil_engine::explain::{ExplainError, Explanation, explain};
use serde_json::{Value as Json, json};

use crate::{
    args::{Explain, Format},
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
    let explanation =
        explain(&plan, locale, &answers, &context, &args.node).map_err(|error| match error {
            ExplainError::UnknownNode(message) => Failure::new(message),
            ExplainError::Evaluate(error) => load::not_in_force(&error),
        })?;
    match case.output.format {
        Format::Json => out.json(&tree(&explanation))?,
        Format::Human => writeln!(out, "{}", explanation.to_text().trim_end())?,
    }
    Ok(Outcome::Fine)
}

fn tree(explanation: &Explanation) -> Json {
    json!({
        "text": explanation.text,
        "source": explanation.source,
        "because": explanation.because.iter().map(tree).collect::<Vec<_>>(),
    })
}
