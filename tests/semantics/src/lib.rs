//! Small forms and their reports, for tests that show what a rule of the language means.

use counterfoil_compiler::{Files, compile, render};
use counterfoil_engine::answers::AnswersOf;
use counterfoil_engine::{Answers, Context, Plan, Report, date::Day, evaluate};

/// A form that was compiled from text.
pub struct Form {
    /// Its plan.
    pub plan: Plan,
}

/// What every form of these tests begins with.
const HEAD: &str = "form: sample
title: A sample
currency: EUR
timezone: Europe/Dublin
languages: [en]
effective: 2020-01-01..
";

impl Form {
    /// Compiles the rest of a `form.yaml`; its head is the same for all.
    ///
    /// # Panics
    /// Where the form has mistakes.
    pub fn new(rest: &str) -> Self {
        Self::with_files(rest, &[])
    }

    /// The same with further files, each with its path and text.
    ///
    /// # Panics
    /// Where the form has mistakes.
    pub fn with_files(rest: &str, further: &[(&str, &str)]) -> Self {
        Self::compiled(format!("{HEAD}{rest}"), further)
    }

    /// Compiles a whole `form.yaml`, its head included.
    ///
    /// # Panics
    /// Where the form has mistakes.
    pub fn whole(text: &str) -> Self {
        Self::compiled(text.to_owned(), &[])
    }

    fn compiled(form: String, further: &[(&str, &str)]) -> Self {
        let further = further
            .iter()
            .map(|(path, text)| (*path, (*text).to_owned()));
        let files = Files::in_memory(std::iter::once(("form.yaml", form)).chain(further));
        let compiled = compile(&files);
        let Some(plan) = compiled.plan else {
            let text = render::human(&compiled.diagnostics, &compiled.sources, false);
            panic!("the form has mistakes:\n{text}");
        };
        let plan = Plan::from_json(&plan.to_json()).expect("a compiled plan loads");
        Self { plan }
    }

    /// The day of evaluation of these tests, 1 June 2026, on which the office knows nothing.
    ///
    /// # Panics
    /// Never: it is a day.
    pub fn context() -> Context {
        Context::on(Day::from_ymd(2026, 6, 1).expect("a day"))
    }

    /// The report on these answers, as JSON, on 1 June 2026.
    ///
    /// # Panics
    /// Where the answers are not one JSON object.
    pub fn report(&self, answers: &str) -> Report {
        self.report_knowing(answers, "{}")
    }

    /// The same with what the office knows, one JSON object too.
    ///
    /// # Panics
    /// Where the answers or the facts are not one JSON object, or the report is written or read wrongly.
    pub fn report_knowing(&self, answers: &str, facts: &str) -> Report {
        let answers = Answers::from_json(answers).expect("the answers are one JSON object");
        let facts = Answers::from_json(facts).expect("the facts are one JSON object");
        let context = Context {
            facts: facts.0,
            ..Self::context()
        };
        let report = evaluate(&self.plan, &answers, &context).expect("the form is in force");
        let json = report.to_json();
        let by_serde = serde_json::to_string(&report).expect("a report serialises");
        assert_eq!(json, by_serde, "both ways of writing a report agree");
        assert_eq!(Report::from_json(&json).expect("a report is read"), report);
        report
    }
}

/// Codes of what the compiler finds in the rest of a `form.yaml`, in order.
pub fn findings(rest: &str) -> Vec<String> {
    let files = Files::in_memory([("form.yaml", format!("{HEAD}{rest}"))]);
    let found = compile(&files).diagnostics;
    found.iter().map(|found| found.code.id.to_owned()).collect()
}

/// Paths and codes of a report's errors.
pub fn errors(report: &Report) -> Vec<(&str, &str)> {
    report
        .errors
        .iter()
        .map(|error| (&*error.path, &*error.code))
        .collect()
}

/// A computed value of a report as JSON text; `absent` where it is not determined.
pub fn value(report: &Report, id: &str) -> String {
    let answers = AnswersOf(
        report
            .values
            .0
            .iter()
            .filter(|(key, _)| key == id)
            .cloned()
            .collect(),
    );
    match answers.0.as_slice() {
        [] => "absent".to_owned(),
        _ => {
            let json = answers.to_json();
            let start = json.find(':').map_or(0, |colon| colon + 1);
            json[start..json.len() - 1].to_owned()
        }
    }
}

/// A form with these values, `v0` and so on, and the questions `start` (a date) and `number`.
///
/// # Panics
/// Where the form has mistakes.
pub fn values(values: &[&str]) -> Form {
    let mut text = "
pages:
  - page: only
    title: Only
    fields:
      - field: start
        type: date
        label: Start
      - field: number
        type: integer
        min: -1000
        max: 1000
        label: Number
        required: false
values:
"
    .to_owned();
    for (index, expr) in values.iter().enumerate() {
        text.push_str(&format!("  v{index}: |\n    {expr}\n"));
    }
    Form::new(&text)
}

/// Holds expressions to what they come to where `start` has this answer.
///
/// # Panics
/// Where one comes to something else.
pub fn results(pairs: &[(&str, &str)], start: &str) {
    let exprs: Vec<&str> = pairs.iter().map(|(expr, _)| *expr).collect();
    let report = values(&exprs).report(&format!(r#"{{"start": "{start}"}}"#));
    for (index, (expr, expected)) in pairs.iter().enumerate() {
        let found = value(&report, &format!("v{index}"));
        assert_eq!(found.trim_matches('"'), *expected, "{expr}");
    }
}
