//! The class `Form`.

use std::rc::Rc;

use counterfoil_engine::{
    Answers, AnswersOf, Context, Plan, Report, ReportOf,
    evaluate::{EvaluateError, evaluate_borrowed},
    explain::explain,
    input, words,
};
use wasm_bindgen::prelude::*;

use crate::{error::named, value};

#[wasm_bindgen(typescript_custom_section)]
// One section, since the first line must come first: what it refers to is a directive only there.
const TYPES: &str = concat!(
    include_str!("types.d.ts"),
    "\n",
    include_str!("contract.d.ts")
);

/// A form, ready to evaluate answers. Made from a published plan, which is verified on the way.
#[wasm_bindgen]
pub struct Form {
    plan: Rc<Plan>,
}

#[wasm_bindgen]
impl Form {
    /// Reads a published plan, as `counterfoil build` writes it and the office publishes it. Throws a
    /// `PlanError` where the text is no sound plan or its hashes are wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = planJson)] plan_json: &str) -> Result<Form, js_sys::Error> {
        let plan = Plan::from_json(plan_json).map_err(|error| named("PlanError", &error))?;
        Ok(Self {
            plan: Rc::new(plan),
        })
    }

    /// The form's id, the name of its folder.
    #[wasm_bindgen(getter)]
    pub fn form(&self) -> String {
        self.plan.rules().form.clone()
    }

    /// The form's time zone, a name of the IANA database such as `Europe/London`: the day of an
    /// evaluation is the civil day there.
    #[wasm_bindgen(getter)]
    pub fn timezone(&self) -> String {
        self.plan.rules().timezone.clone()
    }

    /// The plan's id: 64 hexadecimal digits.
    #[wasm_bindgen(getter, js_name = planId)]
    pub fn plan_id(&self) -> String {
        self.plan.id().to_owned()
    }

    /// The languages that the form is written in, the default first.
    #[wasm_bindgen(getter)]
    pub fn locales(&self) -> Vec<String> {
        self.plan.locales().to_vec()
    }

    /// Evaluates answers and returns the report: the same bytes that the office gets. Both arguments
    /// are JSON texts; the context is `{"as_of": "2026-01-31", "facts": {…}}`.
    ///
    /// Wrong answers are in the report, with codes and paths. Throws an `AnswersError` or a
    /// `ContextError` where a text is not a JSON object, and an `EvaluateError` where the form is not
    /// in force on that day.
    pub fn evaluate(
        &self,
        #[wasm_bindgen(js_name = answersJson)] answers_json: &str,
        #[wasm_bindgen(js_name = contextJson)] context_json: &str,
    ) -> Result<String, js_sys::Error> {
        let answers =
            AnswersOf::borrow_json(answers_json).map_err(|error| named("AnswersError", &error))?;
        let context = context_from_text(context_json)?;
        Ok(self.report(&answers, &context)?.to_json())
    }

    /// Evaluates answers given as an object and returns the report as an object. Numbers are read as
    /// JavaScript prints them: send decimals and money as strings to be exact beyond 15 digits.
    ///
    /// Throws as `evaluate` does.
    #[wasm_bindgen(js_name = evaluateObject, unchecked_return_type = "Report")]
    pub fn evaluate_object(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Context")] context: JsValue,
    ) -> Result<JsValue, js_sys::Error> {
        let answers = answers_from_value(answers)?;
        let context = context_from_value(context)?;
        value::object(&self.report(&answers, &context)?.to_json())
    }

    /// Writes a report out in a language: messages, labels, verdicts and sources. A locale that the
    /// form does not have gives its first language. Throws a `ReportError` where the text is no
    /// report.
    #[wasm_bindgen(unchecked_return_type = "Words")]
    pub fn words(
        &self,
        locale: &str,
        #[wasm_bindgen(js_name = reportJson)] report_json: &str,
    ) -> Result<JsValue, js_sys::Error> {
        value::object(&words(&self.plan, locale, &report_from_text(report_json)?).to_json())
    }

    /// Tells why a figure or verdict is what it is, as indented text. The node is one of
    /// `fees.total`, `fees.<line>`, `values.<value>`, `decisions.<decision>`,
    /// `rules.<decision>.<rule>` and `checks.<check>`; for another, throws an `ExplainError` that
    /// lists what there is. Throws besides as `evaluate` does.
    pub fn explain(
        &self,
        locale: &str,
        #[wasm_bindgen(js_name = answersJson)] answers_json: &str,
        #[wasm_bindgen(js_name = contextJson)] context_json: &str,
        node: &str,
    ) -> Result<String, js_sys::Error> {
        let answers = answers_from_text(answers_json)?;
        let context = context_from_text(context_json)?;
        explain(&self.plan, locale, &answers, &context, node)
            .map(|explanation| explanation.to_text())
            .map_err(|error| named("ExplainError", &error))
    }

    /// Turns what people typed into answers: `[["event_date.day", "1"], …]` as JSON text, in the
    /// names of the form's controls, into the JSON text that `evaluate` takes. Throws an
    /// `AnswersError` where the text is not a list of pairs of texts.
    #[wasm_bindgen(js_name = fromText)]
    pub fn from_text(
        &self,
        locale: &str,
        #[wasm_bindgen(js_name = pairsJson)] pairs_json: &str,
    ) -> Result<String, js_sys::Error> {
        let pairs = pairs_from_text(pairs_json)?;
        Ok(input::from_text(&self.plan, locale, &pairs).to_json())
    }
}

impl Form {
    /// The plan, which pages and sessions share.
    pub(crate) fn plan(&self) -> Rc<Plan> {
        Rc::clone(&self.plan)
    }

    fn report<'a>(
        &'a self,
        answers: &'a AnswersOf<'a>,
        context: &'a Context,
    ) -> Result<ReportOf<'a>, js_sys::Error> {
        evaluate_borrowed(&self.plan, answers, context)
            .map_err(|error: EvaluateError| named("EvaluateError", &error))
    }
}

/// The SHA-256 of a report, in hexadecimal digits: what receipts and submissions call
/// `report_sha256`. Throws a `ReportError` where the text is no report.
#[wasm_bindgen(js_name = reportSha256)]
pub fn report_sha256(
    #[wasm_bindgen(js_name = reportJson)] report_json: &str,
) -> Result<String, js_sys::Error> {
    Ok(report_from_text(report_json)?.sha256())
}

/// Pairs of name and value, as a form posts them.
pub fn pairs_from_text(text: &str) -> Result<Vec<(String, String)>, js_sys::Error> {
    input::pairs_from_json(text).map_err(|error| named("AnswersError", &error))
}

pub fn answers_from_text(text: &str) -> Result<Answers, js_sys::Error> {
    Answers::from_json(text).map_err(|error| named("AnswersError", &error))
}

/// Answers given as an object.
pub fn answers_from_value(answers: JsValue) -> Result<Answers, js_sys::Error> {
    value::data(answers)
        .and_then(|data| Answers::from_data(data).map_err(|error| error.message))
        .map_err(|message| named("AnswersError", &message))
}

/// A context given as an object.
pub fn context_from_value(context: JsValue) -> Result<Context, js_sys::Error> {
    value::data(context)
        .and_then(|data| Context::from_data(data).map_err(|error| error.message))
        .map_err(|message| named("ContextError", &message))
}

fn context_from_text(text: &str) -> Result<Context, js_sys::Error> {
    Context::from_json(text).map_err(|error| named("ContextError", &error))
}

fn report_from_text(text: &str) -> Result<Report, js_sys::Error> {
    Report::from_json(text).map_err(|error| named("ReportError", &error))
}
