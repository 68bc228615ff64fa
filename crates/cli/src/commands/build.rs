//! `counterfoil build`

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use counterfoil_compiler::render;
use serde_json::json;

use crate::{
    args::{Build, Format},
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::{Out, wants_colour},
};

/// Compiles a form and writes its plan. What the compiler warns of goes to the standard error.
pub fn run(args: &Build, out: &mut Out) -> Result<Outcome, Failure> {
    let compiled = Form::read(&args.form)?.compile();
    // Loading proves that what is written can be read back.
    let plan = load::plan_of(&compiled)?;
    if !compiled.diagnostics.is_empty() {
        let colour = wants_colour(&io::stderr());
        let text = render::human(&compiled.diagnostics, &compiled.sources, colour);
        writeln!(io::stderr(), "{}", text.trim_end())?;
    }

    let form = &plan.rules().form;
    let json = plan.published().to_json();
    let file = args
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{form}.plan.json")));
    if load::is_dash(&file) {
        out.write_all(json.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    write_atomically(&file, json.as_bytes())
        .map_err(|error| Failure::file("cannot write the plan to", &file, &error))?;
    match args.format {
        Format::Json => out.json(&json!({
            "form": form,
            "plan": plan.id(),
            "file": file.display().to_string(),
            "bytes": json.len(),
        }))?,
        Format::Human => writeln!(out, "{}  {}", plan.id(), file.display())?,
    }
    Ok(Outcome::Fine)
}

/// Writes a file so that a reader finds the old content or the new, never a part.
pub(super) fn write_atomically(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    let temporary = temporary.persist(file)?;
    make_readable(&temporary)
}

/// Temporary files are their owner's alone; a plan or a text is for others too.
#[cfg(unix)]
fn make_readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}
