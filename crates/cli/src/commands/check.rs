//! `counterfoil check`

use std::io::Write;

use counterfoil_compiler::{Diagnostic, Severity, render};
use serde_json::json;

use crate::{
    args::{Check, Deny, FindingsFormat},
    diagnostic_pages,
    load::Form,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Compiles every form, checks every folder of shared files, and prints what there is to say about it.
pub fn run(args: &Check, out: &mut Out) -> Result<Outcome, Failure> {
    if let Some(code) = &args.explain {
        out.write_all(diagnostic_pages::page(code)?.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let least = match args.deny {
        Some(Deny::Note) => Severity::Note,
        Some(Deny::Warning) => Severity::Warning,
        None => Severity::Error,
    };
    let mut sound = true;
    let mut forms = Vec::new();
    let mut first_code = None;
    for path in &args.forms {
        let form = Form::read_any(path)?;
        let compiled = form.compile();
        sound &= compiled.diagnostics.iter().all(|d| d.severity < least);
        first_code = first_code.or(compiled.diagnostics.first().map(|found| found.code.id));
        let errors = count(&compiled.diagnostics, Severity::Error);
        let warnings = count(&compiled.diagnostics, Severity::Warning);
        let notes = count(&compiled.diagnostics, Severity::Note);
        let plan = compiled.plan.as_ref().map(|plan| plan.id());
        match args.output.format {
            FindingsFormat::Json => forms.push(json!({
                "form": path.display().to_string(),
                "plan": plan,
                "errors": errors,
                "warnings": warnings,
                "notes": notes,
                "diagnostics": render::json(&compiled.diagnostics, &compiled.sources),
            })),
            FindingsFormat::Github => {
                let lines = render::github(&compiled.diagnostics, &compiled.sources);
                out.write_all(lines.as_bytes())?;
            }
            FindingsFormat::Human => {
                let text = render::human(&compiled.diagnostics, &compiled.sources, out.colour);
                if !text.is_empty() {
                    writeln!(out, "{}\n", text.trim_end())?;
                }
                let styles = out.styles;
                let style = if errors > 0 { styles.bad } else { styles.good };
                let came_out = match plan {
                    Some(id) => format!(", plan {id}"),
                    None if form.is_shared() => ", shared files".to_owned(),
                    None => String::new(),
                };
                writeln!(
                    out,
                    "{style}{}{style:#}: {}{came_out}",
                    path.display(),
                    tally(errors, warnings, notes),
                )?;
            }
        }
    }
    match (args.output.format, first_code) {
        (FindingsFormat::Json, _) => out.json(&json!({ "forms": forms }))?,
        (FindingsFormat::Human, Some(code)) => out.more_about(code)?,
        (FindingsFormat::Human | FindingsFormat::Github, _) => {}
    }
    Ok(Outcome::fine_if(sound))
}

fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|d| d.severity == severity)
        .count()
}

fn tally(errors: usize, warnings: usize, notes: usize) -> String {
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    let mut parts = vec![match errors {
        0 => "no errors".to_owned(),
        _ => counted(errors, "error"),
    }];
    for (count, noun) in [(warnings, "warning"), (notes, "note")] {
        if count > 0 {
            parts.push(counted(count, noun));
        }
    }
    parts.join(", ")
}
