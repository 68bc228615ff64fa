//! A form with its files, compiled, and its diagnostics held against the markers.

use std::{collections::BTreeMap, path::Path};

use counterfoil_compiler::{
    Diagnostic, Files, SourceMap, codes, compile,
    form_tests::{self, TestOutcome},
    render,
};
use counterfoil_engine::Plan;

use crate::{
    markers::{self, Marker},
    run::Outcome,
    source::Source,
};

/// The file of a form.
pub const FORM: &str = "form.yaml";

/// A compiled form.
pub struct Case {
    sources: BTreeMap<String, Source>,
    /// Its files.
    pub files: Files,
    /// Its plan, where it has no error.
    pub plan: Option<Plan>,
    /// What the compiler says.
    pub diagnostics: Vec<Diagnostic>,
    /// Where it says so.
    pub map: SourceMap,
    tests: Option<form_tests::TestRun>,
}

impl Case {
    /// Compiles a form and runs the tests beside it, which `with_tests` expects to be there.
    pub fn compile(form: &Source, files: &BTreeMap<String, Source>, with_tests: bool) -> Self {
        let mut sources = files.clone();
        sources.insert(FORM.to_owned(), form.clone());
        let files = Files::in_memory(sources.iter().map(|(name, file)| (name, file.text())));
        let compiled = compile(&files);
        let plan = compiled.plan.and_then(|plan| Plan::load(plan).ok());
        let tests = plan
            .as_ref()
            .filter(|_| with_tests || files.get(form_tests::FILE).is_some())
            .map(|plan| form_tests::run(&files, plan));
        Self {
            sources,
            files,
            plan,
            diagnostics: compiled.diagnostics,
            map: compiled.sources,
            tests,
        }
    }

    /// Leaves out what is said of names that nothing reads: a page shows a part, and the rest of its form
    /// would read them.
    #[must_use]
    pub fn into_part(mut self) -> Self {
        self.diagnostics.retain(|found| found.code != codes::UNUSED);
        self
    }

    /// The names of its files with their texts.
    pub fn texts(&self) -> impl Iterator<Item = (&str, String)> {
        self.sources
            .iter()
            .map(|(name, file)| (name.as_str(), file.text()))
    }

    /// How people read its diagnostics, those of its tests included.
    pub fn rendered(&self) -> String {
        let mut text = render::human(&self.diagnostics, &self.map, false);
        if let Some(tests) = &self.tests {
            text.push_str(&render::human(&tests.diagnostics, &tests.sources, false));
        }
        text
    }

    /// Holds the diagnostics against the markers, one for one, and the tests against the form.
    ///
    /// What belongs to a file that is not on the page is expected where the page shows all of it.
    pub fn check(&self, line: usize, markers: &[Marker], shown: bool, outcome: &mut Outcome) {
        let mut open = markers.to_vec();
        let mut found: Vec<(&Diagnostic, &SourceMap)> = Vec::new();
        found.extend(self.diagnostics.iter().map(|found| (found, &self.map)));
        if let Some(tests) = &self.tests {
            found.extend(
                tests
                    .diagnostics
                    .iter()
                    .map(|found| (found, &tests.sources)),
            );
        }
        if found.is_empty() {
            outcome.summary.sound += 1;
        }
        for (diagnostic, map) in found {
            let code = diagnostic.code.id;
            outcome.summary.codes.push(code.to_owned());
            let file = map.file(diagnostic.span.file).name();
            if shown && !self.sources.contains_key(file) {
                continue;
            }
            let origin = self.origin(diagnostic, map);
            let marker = open.iter().position(|marker| {
                Some(marker.line) == origin
                    && marker.code == code
                    && marker.severity == diagnostic.severity
            });
            match marker {
                Some(index) => drop(open.remove(index)),
                None => {
                    let rendered = render::human(std::slice::from_ref(diagnostic), map, false);
                    let message = format!("nothing expects this:\n{}", rendered.trim_end());
                    outcome.fail(origin.unwrap_or(line), message);
                }
            }
        }
        self.check_tests(line, &mut open, outcome);
        for marker in open {
            if marker.code == markers::FAILS {
                outcome.fail(marker.line, "the test does not fail here");
                continue;
            }
            let severity = markers::name(marker.severity);
            let message = format!("there is no {severity} {} on this line", marker.code);
            outcome.fail(marker.line, message);
        }
    }

    fn check_tests(&self, line: usize, open: &mut Vec<Marker>, outcome: &mut Outcome) {
        // Tests with mistakes of their own fail for these.
        let sound = |run: &&form_tests::TestRun| run.diagnostics.is_empty();
        let Some((run, source)) = self
            .tests
            .as_ref()
            .filter(sound)
            .zip(self.sources.get(form_tests::FILE))
        else {
            return;
        };
        for test in &run.tests {
            let at = |line_of_file| source.origin(line_of_file).unwrap_or(line);
            match &test.outcome {
                TestOutcome::Passed => {}
                TestOutcome::Refused(message) => outcome.fail(at(test.line), message.clone()),
                TestOutcome::Failed(differences) => {
                    for difference in differences {
                        let at = at(difference.line);
                        let fails =
                            |marker: &Marker| marker.line == at && marker.code == markers::FAILS;
                        if let Some(expected) = open.iter().position(fails) {
                            open.remove(expected);
                            continue;
                        }
                        let message = format!(
                            "{} is {}",
                            difference.path,
                            difference.actual.as_deref().unwrap_or("not there")
                        );
                        outcome.fail(at, message);
                    }
                }
            }
        }
    }

    fn origin(&self, diagnostic: &Diagnostic, map: &SourceMap) -> Option<usize> {
        let file = map.file(diagnostic.span.file).name();
        let line = map.position(diagnostic.span).line;
        self.sources.get(file)?.origin(line)
    }

    /// Holds the form and its tests against those in a folder: the same plan, and the same tests but
    /// for comments.
    pub fn equals(&self, folder: &Path, line: usize, outcome: &mut Outcome) {
        let Ok(files) = Files::on_disk(folder) else {
            outcome.fail(line, "the folder cannot be read");
            return;
        };
        let theirs = compile(&files).plan;
        let parts = |plan: Option<String>| plan.unwrap_or_default();
        let ours = compile(&self.files).plan;
        let ours = parts(ours.map(|plan| plan.to_json()));
        let theirs = parts(theirs.map(|plan| plan.to_json()));
        if ours != theirs {
            let same = ours
                .bytes()
                .zip(theirs.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            let around = |text: &str| {
                let bytes = text.as_bytes();
                let range = same.saturating_sub(60)..(same + 60).min(bytes.len());
                String::from_utf8_lossy(&bytes[range]).into_owned()
            };
            let message = format!(
                "the forms differ; here: {}\nthere: {}",
                around(&ours),
                around(&theirs)
            );
            outcome.fail(line, message);
        }
        let tests = |files: &Files| {
            let text = files.get(form_tests::FILE).unwrap_or_default().to_vec();
            let text = String::from_utf8_lossy(&text).into_owned();
            let lines = text.lines().map(str::trim_end);
            let written = lines.filter(|l| !l.is_empty() && !l.trim_start().starts_with('#'));
            written.map(str::to_owned).collect::<Vec<_>>()
        };
        let (ours, theirs) = (tests(&self.files), tests(&files));
        if ours != theirs {
            let same = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
            let here = ours.get(same).map_or("nothing", String::as_str);
            let there = theirs.get(same).map_or("nothing", String::as_str);
            outcome.fail(
                line,
                format!("the tests differ; here: {here}\nthere: {there}"),
            );
        }
    }
}
