//! The whole way from files to a plan.

use counterfoil_engine::plan::Published;

use crate::{
    assemble,
    check::Checker,
    definition,
    diagnostic::{Diagnostic, Severity},
    proofs,
    source::{Files, SourceMap},
};

/// What came of compiling a form.
#[derive(Debug)]
pub struct Compiled {
    /// The plan, if and only if no error was found.
    pub plan: Option<Published>,
    /// Everything found, in the order of the files and of the places in them.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read, for whoever shows the diagnostics.
    pub sources: SourceMap,
}

/// Compiles a form.
///
/// The result depends on the files alone: the same files give the same plan, byte for byte.
pub fn compile(files: &Files) -> Compiled {
    let reading = definition::read(files);
    let mut diagnostics = reading.diagnostics;
    let mut plan = None;
    if let Some(form) = &reading.definition {
        let mut checker = Checker::new(form, &reading.sources);
        let (rules, said) = assemble::rules(&mut checker);
        let texts = assemble::texts(&mut checker, &said);
        let sources = assemble::sources(form, &checker.names);
        diagnostics.append(&mut checker.diagnostics);
        diagnostics.extend(proofs::privacy::prove(form, &checker.names));
        if !diagnostics.iter().any(|d| d.severity == Severity::Error) {
            let published = Published::new(rules, texts, sources);
            diagnostics.extend(proofs::of_plan(&checker, &published));
            // What takes too much work is not published either.
            let sound = !diagnostics.iter().any(|d| d.severity == Severity::Error);
            plan = sound.then_some(published);
        }
    }
    // What could not be proved of the library is for its own tests to show.
    diagnostics.retain(|found| {
        found.severity > Severity::Note || !reading.sources.file(found.span.file).is_shipped()
    });
    diagnostics.sort_by_key(|found| (found.span, found.code));
    diagnostics.dedup();
    Compiled {
        plan,
        diagnostics,
        sources: reading.sources,
    }
}
