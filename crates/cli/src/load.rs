//! Reads what the command line names: forms, plans, answers, facts.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use counterfoil_compiler::{
    Compiled, Files, SourceMap, check_shared, compile, coverage::Places, form_tests::TestResult,
    render, source,
};
use counterfoil_engine::{
    Answers, Context, Plan,
    answers::{AnswersError, Entries},
    date::Day,
    evaluate::EvaluateError,
};
use counterfoil_server::clock::{Clock, SystemClock, day_in};

use crate::{args::Case, outcome::Failure, output::wants_colour};

/// The name that stands for the standard input or output.
const DASH: &str = "-";

/// Whether a path stands for the standard input or output.
pub fn is_dash(path: &Path) -> bool {
    path == Path::new(DASH)
}

/// A form on disk, or the folder of files that forms share.
pub struct Form {
    /// Its files.
    pub files: Files,
    folder: PathBuf,
}

impl Form {
    /// Reads a form, named by its folder or by the `form.yaml` in it.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let form = Self::read_any(path)?;
        if form.is_shared() {
            return Err(Failure::with_help(
                format!("{} holds shared files and no form", path.display()),
                "name the folder of a form that uses them; `counterfoil check` takes both",
            ));
        }
        Ok(form)
    }

    /// Reads a form, or a folder of shared files.
    pub fn read_any(path: &Path) -> Result<Self, Failure> {
        let folder = match path.file_name() {
            Some(name) if name == "form.yaml" => path.parent().unwrap_or(path),
            _ => path,
        };
        // The parent of a bare file name is the empty path.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let no_form = || {
            Failure::with_help(
                format!("{} holds no form.yaml", folder.display()),
                "name the folder of a form; `counterfoil new my-form` writes one to start from",
            )
        };
        if !folder.is_dir() {
            return Err(no_form());
        }
        let files = Files::on_disk(folder)
            .map_err(|error| Failure::file("cannot read the form", folder, &error))?;
        let form = Self {
            files,
            folder: folder.to_owned(),
        };
        if form.files.get(source::FORM_FILE).is_none() && !form.is_shared() {
            return Err(no_form());
        }
        Ok(form)
    }

    /// Whether these are files that forms share, and no form.
    pub fn is_shared(&self) -> bool {
        self.files.are_shared()
    }

    /// Compiles the form, or checks the shared files.
    pub fn compile(&self) -> Compiled {
        let mut compiled = if self.is_shared() {
            check_shared(&self.files)
        } else {
            compile(&self.files)
        };
        compiled.sources = self.placed(compiled.sources);
        compiled
    }

    /// Files under the names that they have from where the command stands.
    pub fn placed(&self, sources: SourceMap) -> SourceMap {
        match self.prefix() {
            Some(folder) => sources.within(&folder),
            None => sources,
        }
    }

    /// Places under the names that their files have from where the command stands.
    pub fn places(&self, places: Places) -> Places {
        match self.prefix() {
            Some(folder) => places.within(&folder),
            None => places,
        }
    }

    /// A file of the form under the name that it has from where the command stands.
    pub fn place(&self, file: &str) -> String {
        match self.prefix() {
            Some(folder) => source::joined(&folder, file),
            None => file.to_owned(),
        }
    }

    fn prefix(&self) -> Option<String> {
        let folder = self.folder.display().to_string();
        let folder = folder.trim_end_matches(std::path::is_separator);
        (folder != ".").then(|| folder.to_owned())
    }
}

/// A plan, from the folder of a form or from a file that `counterfoil build` wrote.
pub fn plan(path: &Path) -> Result<Plan, Failure> {
    let is_form = path.is_dir()
        || path
            .extension()
            .is_some_and(|extension| extension == "yaml");
    if is_form {
        return plan_of(&Form::read(path)?.compile());
    }
    let text = text(path, "the form or plan")?;
    Plan::from_json(&text).map_err(|error| {
        Failure::with_help(
            format!("{} is no plan: {error}", path.display()),
            "name the folder of a form, or a file that `counterfoil build` wrote",
        )
    })
}

/// The plan of a compiled form.
///
/// # Errors
/// Where the form has errors; they are rendered for the standard error.
pub fn plan_of(compiled: &Compiled) -> Result<Plan, Failure> {
    let Some(published) = &compiled.plan else {
        let colour = wants_colour(&io::stderr());
        let diagnostics = render::human(&compiled.diagnostics, &compiled.sources, colour);
        return Err(Failure::Unsound(diagnostics));
    };
    Plan::load(published.clone())
        .map_err(|error| Failure::new(format!("the compiled plan was refused: {error}")))
}

/// The text of a file or of the standard input.
pub fn text(path: &Path, what: &str) -> Result<String, Failure> {
    let text = if is_dash(path) {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    text.map_err(|error| Failure::file(&format!("cannot read {what}"), path, &error))
}

/// Answers from a JSON file or the standard input.
pub fn answers(path: &Path) -> Result<Answers, Failure> {
    Answers::from_json(&text(path, "the answers")?).map_err(|error| not_json(path, &error))
}

/// What a case is evaluated with: the day, by default today in the form's time zone, and the facts.
pub fn context(case: &Case, plan: &Plan) -> Result<Context, Failure> {
    Ok(Context {
        as_of: case.as_of.unwrap_or_else(|| today(plan)),
        facts: facts(case.facts.as_deref())?,
    })
}

/// Facts from a JSON file; none where no file is named.
pub fn facts(path: Option<&Path>) -> Result<Entries<'static>, Failure> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let facts = Answers::from_json(&text(path, "the facts")?);
    Ok(facts.map_err(|error| not_json(path, &error))?.0)
}

/// Today in the form's time zone.
pub fn today(plan: &Plan) -> Day {
    day_in(SystemClock.now(), &plan.rules().timezone)
}

fn not_json(path: &Path, error: &AnswersError) -> Failure {
    Failure::with_help(
        format!(
            "{}:{}:{}: {error}",
            path.display(),
            error.line,
            error.column
        ),
        "write one JSON object, such as {\"stalls\": 2}",
    )
}

/// The locale wanted, or the form's first.
///
/// # Errors
/// Where the form does not speak the language.
pub fn locale<'a>(plan: &'a Plan, wanted: Option<&'a str>) -> Result<&'a str, Failure> {
    let locale = wanted.unwrap_or_else(|| plan.default_locale());
    if plan.texts(locale).is_some() {
        return Ok(locale);
    }
    Err(Failure::with_help(
        format!("the form has no texts in `{locale}`"),
        format!("it has {}", plan.locales().join(", ")),
    ))
}

/// The form cannot be evaluated on the day asked for.
pub fn not_in_force(error: &EvaluateError) -> Failure {
    Failure::with_help(error.to_string(), "name a day with --as-of")
}

/// The day on which most is evaluated: that of the first test, or else the first on which the form, or
/// the last of its periods, is in force. It does not hang on the day on which the command runs.
pub fn usual_day(plan: &Plan, tests: &[TestResult]) -> Day {
    let rules = plan.rules();
    let periods = rules
        .parameters
        .iter()
        .flat_map(|parameter| &parameter.periods);
    let last = periods.filter_map(|(period, _)| period.from).max();
    let first = tests.first().map(|test| test.case.as_of);
    let day = first.or(rules.effective.from).or(last);
    day.or_else(|| Day::from_ymd(2026, 1, 1))
        .unwrap_or(Day::MIN)
}
