//! The page's state while it is being filled in.

use std::collections::BTreeSet;

use counterfoil_engine::{
    Answers, Context, Plan, Report, Words, evaluate, explain, hidden, input, words,
};
use counterfoil_html::{
    Links, View, control,
    page::{Step, step},
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlFormElement, HtmlInputElement, HtmlTemplateElement};

use super::{
    pairs::{self, Pairs},
    patch,
};
use crate::error::named;

/// The attribute that names the question of a wrapper.
const PATH: &str = "data-path";
/// The attribute that names a part which follows the answers.
const REGION: &str = "data-live";

/// A page that follows what is typed into it.
pub struct Live {
    plan: Plan,
    context: Context,
    locale: String,
    /// The step to draw anew; none on a page without questions.
    page: Option<String>,
    record: Option<usize>,
    elsewhere: Pairs,
    document: Document,
    element: Element,
    form: HtmlFormElement,
    /// Questions into which something was entered since the page was drawn.
    entered: BTreeSet<String>,
    /// Questions that may show what is wrong: entered and left, or shown with an error by the server.
    left: BTreeSet<String>,
    last: Option<Outcome>,
}

/// What an evaluation came to.
#[derive(Clone, Serialize)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The report in the page's language.
    pub words: Words,
    /// The answers as they were typed, made strict.
    #[serde(skip)]
    pub answers: Answers,
}

impl Live {
    /// Takes over the page that stands in the element.
    pub fn new(element: Element, plan: Plan) -> Result<Self, JsValue> {
        let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
        let as_of = attribute("data-as-of").parse().map_err(|_| {
            named(
                "ContextError",
                &"data-as-of must be a day such as 2026-01-31",
            )
        })?;
        let form = element
            .query_selector("form")?
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
            .ok_or_else(|| named("PageError", &"the element holds no form"))?;
        let document = element
            .owner_document()
            .ok_or_else(|| named("PageError", &"the element stands in no document"))?;
        let mut live = Self {
            context: Context::on(as_of),
            locale: attribute("data-locale"),
            page: element.get_attribute("data-page"),
            record: attribute("data-record").parse().ok(),
            elsewhere: pairs::of_other_pages(&element)?,
            entered: BTreeSet::new(),
            left: BTreeSet::new(),
            last: None,
            plan,
            document,
            element,
            form,
        };
        live.left = live.paths_with_errors()?;
        Ok(live)
    }

    /// The form that the element holds.
    pub const fn form(&self) -> &HtmlFormElement {
        &self.form
    }

    /// What the latest evaluation came to.
    pub const fn last(&self) -> Option<&Outcome> {
        self.last.as_ref()
    }

    /// Notes that something was entered at a control.
    pub fn enter(&mut self, control: &Element) {
        self.entered.extend(path_of(control));
    }

    /// Notes that the focus went from one control to another. A question is left when the focus goes
    /// to no control of the same question; `true` where that may change what the page shows.
    pub fn leave(&mut self, from: &Element, to: Option<&Element>) -> bool {
        match path_of(from) {
            Some(path) if to.and_then(path_of).as_ref() != Some(&path) => {
                self.entered.contains(&path) && self.left.insert(path)
            }
            _ => false,
        }
    }

    /// Evaluates what the controls hold and brings the page to it.
    pub fn update(&mut self) -> Result<(), JsValue> {
        let mut typed = self.elsewhere.clone();
        typed.extend(pairs::of_form(&self.form)?);
        let answers = input::from_text(&self.plan, &self.locale, &typed);
        let report = evaluate(&self.plan, &answers, &self.context)
            .map_err(|error| named("EvaluateError", &error))?;
        let words = words(&self.plan, &self.locale, &report);
        let outcome = Outcome {
            report,
            words,
            answers,
        };
        self.draw(&typed, &outcome)?;
        self.tell_office(&outcome.report)?;
        self.last = Some(outcome);
        Ok(())
    }

    /// Draws the step anew and brings its questions and live regions to the same state.
    fn draw(&self, typed: &Pairs, outcome: &Outcome) -> Result<(), JsValue> {
        let Some(page) = &self.page else {
            return Ok(());
        };
        let present = self.elements(&self.element, PATH)?;
        let untouched: Vec<String> = present
            .iter()
            .filter_map(|question| question.get_attribute(PATH))
            .filter(|path| !self.left.contains(path))
            .collect();
        let explanation = explain(
            &self.plan,
            &self.locale,
            &outcome.answers,
            &self.context,
            "fees.total",
        );
        // Addresses are not brought over, so that none need be known.
        let links = Links {
            form: "",
            catalogue: "",
            plan: "",
        };
        let hidden = hidden(&self.plan, &outcome.answers, &self.context);
        let view = View {
            plan: &self.plan,
            locale: &self.locale,
            report: &outcome.report,
            words: &outcome.words,
            pairs: typed,
            hidden: &hidden,
            posted: true,
            new: &untouched,
            links: &links,
            csrf: None,
        };
        let drawn = step(
            &view,
            &Step {
                page,
                record: self.record,
                back: None,
                change: false,
                why: explanation.as_ref().ok(),
            },
        );
        let Some(drawn) = drawn else {
            return Ok(());
        };
        let template: HtmlTemplateElement =
            self.document.create_element("template")?.unchecked_into();
        template.set_inner_html(&drawn.main.into_string());
        let drawn = template.content();
        for question in present {
            if let Some(new) = counterpart(&drawn, &question, PATH)? {
                patch::question(&question, &new)?;
            }
        }
        for region in self.elements(&self.element, REGION)? {
            if let Some(new) = counterpart(&drawn, &region, REGION)? {
                patch::contents(&region, &new)?;
            }
        }
        Ok(())
    }

    /// Writes what the person sees into the controls that tell the office of it.
    fn tell_office(&self, report: &Report) -> Result<(), JsValue> {
        let total = report.fees.as_ref().and_then(|fees| fees.total.as_deref());
        let sha256 = report.sha256();
        for (name, value) in [
            (control::SHOWN_TOTAL, total.unwrap_or_default()),
            (control::REPORT_SHA256, &sha256),
        ] {
            let selector = format!("input[type=hidden][name=\"{name}\"]");
            if let Some(input) = self.element.query_selector(&selector)? {
                input.unchecked_into::<HtmlInputElement>().set_value(value);
            }
        }
        Ok(())
    }

    fn paths_with_errors(&self) -> Result<BTreeSet<String>, JsValue> {
        let mut paths = BTreeSet::new();
        for question in self.elements(&self.element, PATH)? {
            if question.query_selector(".govuk-error-message")?.is_some() {
                paths.extend(question.get_attribute(PATH));
            }
        }
        Ok(paths)
    }

    fn elements(&self, within: &Element, attribute: &str) -> Result<Vec<Element>, JsValue> {
        let found = within.query_selector_all(&format!("[{attribute}]"))?;
        Ok((0..found.length())
            .filter_map(|index| found.item(index)?.dyn_into().ok())
            .collect())
    }
}

/// The path of the question that a control belongs to.
fn path_of(control: &Element) -> Option<String> {
    control
        .closest(&format!("[{PATH}]"))
        .ok()
        .flatten()?
        .get_attribute(PATH)
}

/// The element drawn anew that bears the same name as one on the page.
fn counterpart(
    drawn: &web_sys::DocumentFragment,
    element: &Element,
    attribute: &str,
) -> Result<Option<Element>, JsValue> {
    let name = element.get_attribute(attribute).unwrap_or_default();
    // Paths and names of regions hold neither quotes nor backslashes.
    drawn.query_selector(&format!("[{attribute}=\"{name}\"]"))
}
