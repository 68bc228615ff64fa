//! `counterfoil schema`

use counterfoil_compiler::schema::answers_schema;

use crate::{
    args::Schema,
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Prints the JSON Schema of a form's answers.
pub fn run(args: &Schema, out: &mut Out) -> Result<Outcome, Failure> {
    let plan = load::plan(&args.form)?;
    let locale = load::locale(&plan, args.locale.as_deref())?;
    out.json(&answers_schema(&plan, locale))?;
    Ok(Outcome::Fine)
}
