//! `counterfoil diff`

use std::{
    io::{self, Write},
    path::Path,
};

use counterfoil_compiler::{
    diff::{Change, Comparison, Origin, Version, compare},
    form_tests::{self, TestResult},
    search::{Case, Options},
};
use counterfoil_engine::{
    Answers, Plan,
    answers::{AnswersOf, Data},
    date::Day,
};
use serde_json::json;

use crate::{
    args::{Diff, Format},
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::Out,
};

/// Compares two versions of a form and prints what differs.
pub fn run(args: &Diff, out: &mut Out) -> Result<Outcome, Failure> {
    let (old, old_tests) = version(&args.old)?;
    let (new, new_tests) = version(&args.new)?;
    let tests = if new_tests.is_empty() {
        &old_tests
    } else {
        &new_tests
    };
    let day = args.as_of.unwrap_or_else(|| load::usual_day(&new, tests));
    let submissions = match &args.submissions {
        Some(file) => submissions(file, day)?,
        None => Vec::new(),
    };
    let comparison = compare(
        &side(&old, old_tests),
        &side(&new, new_tests),
        &submissions,
        Options::on(day),
    );
    match args.output.format {
        Format::Json => {
            let mut json = json!(comparison);
            json["same"] = json!(comparison.is_same());
            json["texts_only"] = json!(comparison.is_texts_only());
            out.json(&json)?;
        }
        Format::Human => print(out, &comparison)?,
    }
    Ok(Outcome::fine_if(comparison.is_same()))
}

/// A plan with its tests; a built plan has none.
fn version(path: &Path) -> Result<(Plan, Vec<TestResult>), Failure> {
    let plan = load::plan(path)?;
    let is_plan = path.is_file() && path.extension().is_none_or(|end| end != "yaml");
    let tests = if is_plan {
        Vec::new()
    } else {
        form_tests::run(&Form::read(path)?.files, &plan).tests
    };
    Ok((plan, tests))
}

fn side(plan: &Plan, tests: Vec<TestResult>) -> Version<'_> {
    Version {
        plan,
        tests: tests
            .into_iter()
            .map(|test| (test.test, test.case))
            .collect(),
    }
}

/// Recorded submissions, one a line: `{"answers": …}` with any of `as_of` and `facts`, or bare answers.
fn submissions(file: &Path, day: Day) -> Result<Vec<Case>, Failure> {
    let text = load::text(file, "the submissions")?;
    let mut cases = Vec::new();
    for (index, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        // What is wrong is told without a word of what the line says: it is a citizen's.
        let case = case(line, day).ok_or_else(|| {
            Failure::with_help(
                format!("{}:{}: no submission", file.display(), index + 1),
                "each line is one JSON object, such as {\"as_of\": \"2026-06-01\", \"answers\": {\"stalls\": 2}}",
            )
        })?;
        cases.push(case);
    }
    Ok(cases)
}

fn case(line: &str, day: Day) -> Option<Case> {
    let data = Data::from_json(line).ok()?;
    let Data::Record(_) = &data else {
        return None;
    };
    let Some(answers) = data.get("answers").cloned() else {
        return Some(Case {
            answers: Answers::from_data(data).ok()?,
            ..Case::on(day)
        });
    };
    let as_of = match data.get("as_of") {
        Some(as_of) => as_of.as_text()?.parse().ok()?,
        None => day,
    };
    let facts = match data.get("facts") {
        Some(Data::Record(entries)) => entries.clone(),
        Some(Data::Null) | None => Vec::new(),
        Some(_) => return None,
    };
    Some(Case {
        as_of,
        facts,
        answers: Answers::from_data(answers).ok()?,
    })
}

fn print(out: &mut Out, comparison: &Comparison) -> io::Result<()> {
    let (title, aside) = (out.styles.title, out.styles.aside);
    if comparison.is_same() {
        return writeln!(out, "No difference.");
    }
    if comparison.is_texts_only() {
        writeln!(
            out,
            "Only texts and sources differ; every result stays as it is."
        )?;
    }
    if !comparison.definitions.is_empty() {
        writeln!(out, "{title}Defined differently{title:#}")?;
        for definition in &comparison.definitions {
            writeln!(out, "  {}: {}", definition.name, definition.text)?;
        }
    }
    if !comparison.drafts.is_empty() {
        writeln!(out, "\n{title}Breaks answers that were kept{title:#}")?;
        for broken in &comparison.drafts {
            writeln!(out, "  {} {}", broken.path, broken.text)?;
        }
    }
    let mut heading = None;
    for change in &comparison.changes {
        if heading != Some(change.kind) {
            heading = Some(change.kind);
            writeln!(out, "\n{title}{}{title:#}", capital(change.kind.name()))?;
        }
        print_change(out, change)?;
    }
    if !comparison.texts.is_empty() {
        print_texts(out, comparison)?;
    }
    let compared = &comparison.compared;
    let (tests, generated) = (compared.tests, compared.generated);
    if tests + generated + compared.submissions > 0 {
        let recorded = match compared.submissions {
            0 => String::new(),
            submissions => format!(", {submissions} recorded"),
        };
        let of_tests = match tests {
            1 => "1 case of tests".to_owned(),
            _ => format!("{tests} cases of tests"),
        };
        let text = format!("compared over {of_tests}, {generated} generated{recorded}");
        writeln!(out, "\n{aside}{text}{aside:#}")?;
        if comparison.changes.is_empty() && !comparison.definitions.is_empty() {
            writeln!(out, "None of them comes out differently.")?;
        }
    }
    Ok(())
}

fn print_change(out: &mut Out, change: &Change) -> io::Result<()> {
    let aside = out.styles.aside;
    let by = match &change.between {
        Some((least, greatest)) if least == greatest => format!(" by {least}"),
        Some((least, greatest)) => format!(" by {least} to {greatest}"),
        None => String::new(),
    };
    let cases = match change.cases {
        1 => "1 case".to_owned(),
        cases => format!("{cases} cases"),
    };
    let recorded = match change.submissions {
        0 => String::new(),
        count => format!(", {count} recorded"),
    };
    writeln!(out, "  {}{by} ({cases}{recorded})", change.target)?;
    if change.causes.is_empty() {
        writeln!(out, "    because of several changes together")?;
    } else {
        writeln!(out, "    because of {}", change.causes.join(", "))?;
    }
    let example = &change.smallest;
    let answers = match &example.origin {
        // A citizen's answers stay in their file.
        Origin::Submission(line) => format!("recorded on line {line}"),
        Origin::Test(name) => format!("{} (test: {name})", example.answers.to_json()),
        Origin::Generated => example.answers.to_json(),
    };
    let facts = match example.facts.as_slice() {
        [] => String::new(),
        facts => format!(", facts {}", AnswersOf(facts.to_vec()).to_json()),
    };
    writeln!(out, "    {} → {}", example.old, example.new)?;
    writeln!(
        out,
        "    {aside}on {}{facts}: {answers}{aside:#}",
        example.as_of
    )
}

fn print_texts(out: &mut Out, comparison: &Comparison) -> io::Result<()> {
    const TOLD: usize = 20;
    let title = out.styles.title;
    let texts = &comparison.texts;
    writeln!(out, "\n{title}Texts and sources{title:#}")?;
    for text in texts.iter().take(TOLD) {
        let locale = text.locale.as_deref().unwrap_or("source");
        writeln!(out, "  {locale}: {}", text.key)?;
    }
    if texts.len() > TOLD {
        writeln!(out, "  and {} more", texts.len() - TOLD)?;
    }
    Ok(())
}

fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
