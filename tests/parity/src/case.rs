//! A case: the texts that both sides are given.

use counterfoil_engine::{Answers, Context, Plan, answers::Data, evaluate, words};

/// Answers and context, as data that can still be made smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The answers; not always an object.
    pub answers: Data,
    /// The context; not always a sound one.
    pub context: Data,
}

impl Case {
    /// The JSON texts of answers and context.
    pub fn texts(&self) -> (String, String) {
        (self.answers.to_json(), self.context.to_json())
    }

    /// How much there is of it: the length of its texts.
    pub fn size(&self) -> usize {
        let (answers, context) = self.texts();
        answers.len() + context.len()
    }
}

/// What this process makes of a case: the report and its words in every language, a line each; or the
/// error, by name.
pub fn outcome(plan: &Plan, answers: &str, context: &str) -> String {
    let answers = match Answers::from_json(answers) {
        Ok(answers) => answers,
        Err(error) => return format!("AnswersError: {error}"),
    };
    let context = match Context::from_json(context) {
        Ok(context) => context,
        Err(error) => return format!("ContextError: {error}"),
    };
    let report = match evaluate(plan, &answers, &context) {
        Ok(report) => report,
        Err(error) => return format!("EvaluateError: {error}"),
    };
    let mut text = report.to_json();
    for locale in plan.locales() {
        text.push('\n');
        text.push_str(&words(plan, locale, &report).to_json());
    }
    text
}
