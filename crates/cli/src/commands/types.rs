//! `counterfoil types`

use std::io::Write;

use counterfoil_compiler::typescript::form_types;

use super::build::write_atomically;
use crate::{
    args::Types,
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Writes the TypeScript types of a form.
pub fn run(args: &Types, out: &mut Out) -> Result<Outcome, Failure> {
    let plan = load::plan(&args.form)?;
    let locale = load::locale(&plan, args.locale.as_deref())?;
    let types = form_types(&plan, locale);
    if load::is_dash(&args.output) {
        out.write_all(types.as_bytes())?;
    } else {
        write_atomically(&args.output, types.as_bytes())
            .map_err(|error| Failure::file("cannot write the types to", &args.output, &error))?;
    }
    Ok(Outcome::Fine)
}
