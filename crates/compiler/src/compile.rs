//! The whole way from files to a plan.

use counterfoil_engine::{Plan, plan::Published};

use crate::{
    assemble,
    check::Checker,
    codes, definition,
    diagnostic::{Diagnostic, Severity},
    proofs, sections,
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
    let unread = diagnostics.iter().any(|d| d.severity == Severity::Error);
    if let Some(form) = &reading.definition {
        let mut checker = Checker::new(form, &reading.sources);
        let (rules, said) = assemble::rules(&mut checker);
        let texts = assemble::texts(&mut checker, &said);
        let sources = assemble::sources(form, &checker.names);
        diagnostics.append(&mut checker.diagnostics);
        sections::check(form, &mut diagnostics);
        diagnostics.extend(proofs::privacy::prove(form, &checker.names));
        if !diagnostics.iter().any(|d| d.severity == Severity::Error) {
            let published = Published::new(rules, texts, sources);
            match Plan::load(published.clone()) {
                Ok(loaded) => {
                    diagnostics.extend(other_folder(files, form));
                    proofs::of_plan(&checker, &loaded, &mut diagnostics);
                }
                Err(refused) => diagnostics.push(
                    Diagnostic::error(
                        codes::REFUSED,
                        form.form.span,
                        format!("the form is sound, but the engine refuses it: {refused}"),
                    )
                    .help("this is a mistake of the compiler, not yours; please report it"),
                ),
            }
            // What takes too much work is not published either.
            let sound = !diagnostics.iter().any(|d| d.severity == Severity::Error);
            plan = sound.then_some(published);
        }
    }
    // Of what could not be read the texts are missing too, and the days on which the form is in force may
    // be: whoever mends that is not to be told of translations and periods.
    diagnostics.retain(|found| {
        let follows = [codes::UNKNOWN_TEXT, codes::MISSING_TEXT, codes::PERIODS];
        !(unread && follows.contains(&found.code) && found.severity < Severity::Error)
    });
    // What one form has no use for in a shared file another has, and what could not be proved of it is
    // for no single form to show.
    diagnostics.retain(|found| {
        let one_s_own = !reading.sources.file(found.span.file).is_shared();
        one_s_own || (found.severity > Severity::Note && found.code != codes::ROW_UNREACHED)
    });
    finished(plan, diagnostics, reading.sources)
}

/// Says of a form in a folder of another name that the two are to agree.
fn other_folder(files: &Files, form: &definition::FormDefinition) -> Option<Diagnostic> {
    let folder = files.folder()?;
    let id = &form.form;
    (folder != id.value).then(|| {
        let message = format!("the form is called `{}`, and its folder `{folder}`", id.value);
        Diagnostic::note(codes::BAD_ID, id.span, message).help(
            "People and programs find the form by the name in this line; give both one name where the \
             folder is not a copy.",
        )
    })
}

/// Checks the files that forms share, without a form: the files of a folder without `form.yaml`, each by
/// itself. There is never a plan.
pub fn check_shared(files: &Files) -> Compiled {
    let reading = definition::read_shared(files);
    let mut diagnostics = reading.diagnostics;
    for form in &reading.forms {
        let mut checker = Checker::new(form, &reading.sources);
        drop(assemble::rules(&mut checker));
        diagnostics.append(&mut checker.diagnostics);
    }
    finished(None, diagnostics, reading.sources)
}

/// The result, its diagnostics in the order of the files.
fn finished(
    plan: Option<Published>,
    mut diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
) -> Compiled {
    // What could not be proved of the library is for its own tests to show.
    diagnostics.retain(|found| {
        found.severity > Severity::Note || !sources.file(found.span.file).is_shipped()
    });
    diagnostics.sort_by_key(|found| (found.span, found.code));
    diagnostics.dedup();
    Compiled {
        plan,
        diagnostics,
        sources,
    }
}
