//! Answers, and what evaluation gives for them: parts of the report, words, explanations.

use counterfoil_compiler::{
    Files, SourceMap,
    form_tests::{self, TestOutcome},
    render,
    yaml::{self, Node, NodeKind, Style},
};
use counterfoil_engine::{
    Answers, Context, Report, Words,
    answers::{AnswersOf, Data, Entries},
    date::Day,
    evaluate, explain, words,
};

use crate::{
    block::{DAY, Kind},
    case::Case,
    page::Block,
    run::Outcome,
};

/// What is answered so far for a form, and on which day.
pub struct Shown<'a> {
    /// The form.
    pub case: &'a Case,
    /// Whether outputs are written anew.
    pub update: bool,
    /// The day of evaluation.
    pub as_of: String,
    answers: Option<Block>,
    facts: Option<Block>,
}

impl<'a> Shown<'a> {
    /// Nothing is answered yet.
    pub fn new(case: &'a Case, update: bool) -> Self {
        Self {
            case,
            update,
            as_of: DAY.to_owned(),
            answers: None,
            facts: None,
        }
    }

    /// Takes a block's answers in, or compares what it shows.
    pub fn block(&mut self, block: &Block, kind: &Kind, outcome: &mut Outcome) {
        let update = self.update;
        match kind {
            Kind::Diagnostics => outcome.compare(block, &self.case.rendered(), update),
            Kind::Answers(day) => {
                self.as_of.clone_from(day);
                self.answers = Some(block.clone());
            }
            Kind::Facts => self.facts = Some(block.clone()),
            Kind::Expect => self.expect(block, outcome),
            Kind::Report => match self.report() {
                Ok(report) => {
                    let mut json = serde_json::to_value(&report).unwrap_or_default();
                    json["plan"] = "…".into();
                    let text = serde_json::to_string_pretty(&json).unwrap_or_default();
                    outcome.compare(block, &text, update);
                }
                Err(message) => outcome.fail(block.line, message),
            },
            Kind::Words(locale) => match self.report() {
                Ok(report) => {
                    let Some(plan) = &self.case.plan else { return };
                    let locale = locale.as_deref().unwrap_or_else(|| plan.default_locale());
                    outcome.compare(block, &told(&words(plan, locale, &report)), update);
                }
                Err(message) => outcome.fail(block.line, message),
            },
            Kind::Explain(node, locale) => match self.explained(node, locale.as_deref()) {
                Ok(text) => outcome.compare(block, &text, update),
                Err(message) => outcome.fail(block.line, message),
            },
            _ => {}
        }
    }

    fn expect(&self, block: &Block, outcome: &mut Outcome) {
        let Some(plan) = &self.case.plan else {
            outcome.fail(block.line, "the form has errors");
            return;
        };
        let indented = |key: &str, block: Option<&Block>| {
            let text = block.map_or("", |block| block.text.as_str());
            if text.is_empty() {
                return String::new();
            }
            let lines = text.lines().map(|line| format!("      {line}\n"));
            format!("    {key}:\n{}", lines.collect::<String>())
        };
        let before = format!(
            "tests:\n  - test: example\n    as_of: {}\n{}{}",
            self.as_of,
            indented("answers", self.answers.as_ref()),
            indented("facts", self.facts.as_ref()),
        );
        let first = before.lines().count() + 1;
        let text = before + indented("expect", Some(block)).as_str();
        let mut files: Vec<(String, String)> = self
            .case
            .texts()
            .map(|(name, text)| (name.to_owned(), text))
            .collect();
        files.retain(|(name, _)| name != form_tests::FILE);
        files.push((form_tests::FILE.to_owned(), text));
        let run = form_tests::run(&Files::in_memory(files), plan);
        if !run.diagnostics.is_empty() {
            let text = render::human(&run.diagnostics, &run.sources, false);
            outcome.fail(block.line, format!("this cannot be compared:\n{text}"));
        }
        for test in run.tests {
            match test.outcome {
                TestOutcome::Passed => {}
                TestOutcome::Refused(message) => outcome.fail(block.line, message),
                TestOutcome::Failed(differences) => {
                    for difference in differences {
                        let line = (block.line + difference.line).saturating_sub(first);
                        let actual = difference.actual.unwrap_or_else(|| "not there".to_owned());
                        outcome.fail(line, format!("{} is {actual}", difference.path));
                    }
                }
            }
        }
    }

    fn explained(&self, node: &str, locale: Option<&str>) -> Result<String, String> {
        let plan = self.case.plan.as_ref().ok_or("the form has errors")?;
        let locale = locale.unwrap_or_else(|| plan.default_locale());
        let (answers, context) = self.given()?;
        explain(plan, locale, &answers, &context, node)
            .map(|explanation| explanation.to_text())
            .map_err(|error| error.to_string())
    }

    fn report(&self) -> Result<Report, String> {
        let plan = self.case.plan.as_ref().ok_or("the form has errors")?;
        let (answers, context) = self.given()?;
        evaluate(plan, &answers, &context).map_err(|error| error.to_string())
    }

    /// What is answered, and the day and facts.
    pub fn given(&self) -> Result<(Answers, Context), String> {
        let answers = data_of(self.answers.as_ref())?;
        let facts = data_of(self.facts.as_ref())?;
        let as_of: Day = self
            .as_of
            .parse()
            .map_err(|_| "that is no day".to_owned())?;
        Ok((AnswersOf(answers), Context { as_of, facts }))
    }
}

fn data_of(block: Option<&Block>) -> Result<Entries<'static>, String> {
    let Some(block) = block else {
        return Ok(Vec::new());
    };
    match data_of_text(&block.text)? {
        Data::Record(entries) => Ok(entries),
        Data::Null => Ok(Vec::new()),
        _ => Err("answers are written `field: answer`, one a line".to_owned()),
    }
}

/// YAML as answers: a plain `true`, `false`, `null` or number is one, all else is a text.
pub fn data_of_text(text: &str) -> Result<Data, String> {
    let mut map = SourceMap::default();
    let file = map.add("answers", text);
    let mut diagnostics = Vec::new();
    let node = yaml::parse(&map, file, &mut diagnostics);
    match (node, diagnostics.as_slice()) {
        (Some(node), []) => Ok(data(&node)),
        (None, []) => Ok(Data::Null),
        _ => Err(render::human(&diagnostics, &map, false)),
    }
}

fn data(node: &Node) -> Data {
    match &node.kind {
        NodeKind::Empty | NodeKind::Error => Data::Null,
        NodeKind::Scalar(scalar) if scalar.style != Style::Plain => Data::text(scalar.text.clone()),
        NodeKind::Scalar(scalar) => match scalar.text.as_str() {
            "null" | "~" => Data::Null,
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            text if serde_json::from_str::<serde_json::Number>(text).is_ok() => {
                Data::number(text.to_owned())
            }
            text => Data::text(text.to_owned()),
        },
        NodeKind::List(items) => Data::List(items.iter().map(data).collect()),
        NodeKind::Mapping(entries) => Data::Record(
            entries
                .iter()
                .map(|entry| (entry.key.value.clone().into(), data(&entry.value)))
                .collect(),
        ),
    }
}

/// The words of a report, a line each.
fn told(words: &Words) -> String {
    let mut lines: Vec<String> = Vec::new();
    let sourced = |text: String, source: Option<&String>| match source {
        Some(source) => format!("{text} [{source}]"),
        None => text,
    };
    for error in &words.errors {
        lines.push(format!("{}: {}", error.path, error.message));
    }
    for missing in &words.missing {
        lines.push(format!("{}: {}", missing.path, missing.message));
    }
    for decision in &words.decisions {
        lines.push(format!("{}: {}", decision.title, decision.verdict_text));
        for rule in &decision.rules {
            let state = match rule.holds {
                Some(true) => "holds",
                Some(false) => "does not hold",
                None => "not decided",
            };
            lines.push(sourced(
                format!("  {state}: {}", rule.message),
                rule.source.as_ref(),
            ));
        }
        for need in &decision.needs {
            lines.push(format!("  still needed: {}", need.label));
        }
    }
    let accounts = [("Fees", &words.fees), ("Entitlements", &words.entitlements)];
    for (title, account) in accounts {
        let Some(account) = account else { continue };
        let amount =
            |amount: &Option<String>| amount.clone().unwrap_or_else(|| "not decided".into());
        lines.push(title.to_owned());
        for line in &account.lines {
            let text = format!("  {}: {}", line.label, amount(&line.amount));
            lines.push(sourced(text, line.source.as_ref()));
        }
        lines.push(format!("  Total: {}", amount(&account.total)));
    }
    lines.join("\n")
}
