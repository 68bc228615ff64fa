//! The page's state while it is being filled in.

use std::{collections::BTreeSet, rc::Rc};

use counterfoil_engine::{
    Answers, Context, Plan, Report, Words, explain, input, report::Account, session::Changed, words,
};
use counterfoil_html::{
    Links, View, control, live,
    page::{Step, step},
};
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, DocumentFragment, Element, HtmlFormElement, HtmlInputElement, HtmlTemplateElement,
};

use super::{
    pairs::{self, Pairs},
    patch,
};
use crate::{error::named, session::OwnedSession};

/// The attribute that names the question of a wrapper.
const PATH: &str = "data-path";
/// The list of what was wrong when the page was posted.
const SUMMARY: &str = "[data-counterfoil=error-summary]";
/// The attribute that names a part which follows the answers.
const REGION: &str = "data-live";

/// A page that follows what is typed into it.
pub struct Live {
    plan: Rc<Plan>,
    context: Context,
    session: OwnedSession,
    locale: String,
    page: String,
    record: Option<usize>,
    elsewhere: Pairs,
    document: Document,
    element: Element,
    /// None where the page only shows answers, because something is still wrong with them.
    form: Option<HtmlFormElement>,
    /// Questions into which something was entered since the page was drawn.
    entered: BTreeSet<String>,
    /// Questions that may show what is wrong: entered and left, or shown with an error by the server.
    left: BTreeSet<String>,
    /// Whether something is being pressed.
    pressed: bool,
    /// Questions that were left and have not been drawn anew.
    unsettled: Vec<String>,
    /// What the controls held at the latest evaluation, and what it came to.
    last: Option<(Pairs, Rc<Outcome>)>,
}

/// What an evaluation came to.
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The report in the page's language.
    pub words: Words,
    /// The answers as they were typed, made strict.
    answers: Answers,
    /// Paths that are not asked.
    hidden: BTreeSet<String>,
}

impl Live {
    /// Takes over the page that stands in the element.
    pub fn new(element: Element, plan: Rc<Plan>) -> Result<Self, JsValue> {
        let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
        let as_of = attribute("data-as-of").parse().map_err(|_| {
            named(
                "ContextError",
                &"data-as-of must be a day such as 2026-01-31",
            )
        })?;
        let form = element
            .query_selector("form")?
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let document = element
            .owner_document()
            .ok_or_else(|| named("PageError", &"the element stands in no document"))?;
        let context = Context::on(as_of);
        let session = OwnedSession::new(Rc::clone(&plan), Answers::default(), context.clone())?;
        let mut live = Self {
            context,
            session,
            locale: attribute("data-locale"),
            page: attribute("data-page"),
            record: attribute("data-record").parse().ok(),
            elsewhere: pairs::of_other_pages(&element)?,
            entered: BTreeSet::new(),
            left: BTreeSet::new(),
            pressed: false,
            unsettled: Vec::new(),
            last: None,
            plan,
            document,
            element,
            form,
        };
        live.left = live.paths_with_errors()?;
        Ok(live)
    }

    /// What the latest evaluation came to.
    pub fn last(&self) -> Option<Rc<Outcome>> {
        self.last.as_ref().map(|(_, outcome)| Rc::clone(outcome))
    }

    /// Notes that something was entered at a control.
    pub fn enter(&mut self, control: &Element) {
        self.entered.extend(path_of(control));
    }

    /// Notes that the focus went from one control to another. A question is left when the focus goes
    /// to no control of the same question; it may then show what is wrong.
    pub fn leave(&mut self, from: &Element, to: Option<&Element>) -> Result<(), JsValue> {
        let Some(path) = path_of(from) else {
            return Ok(());
        };
        let is_left = to.and_then(path_of).as_ref() != Some(&path);
        if is_left && self.entered.contains(&path) && self.left.insert(path.clone()) {
            self.unsettled.push(path);
        }
        self.settle()
    }

    /// Notes that a button of the mouse, or a finger, goes down. Until it has come up again nothing
    /// may move: an error that appeared would push the button away which is being pressed.
    pub const fn press(&mut self) {
        self.pressed = true;
    }

    /// Notes that nothing is being pressed any more.
    pub fn release(&mut self) -> Result<(), JsValue> {
        self.pressed = false;
        self.settle()
    }

    fn settle(&mut self) -> Result<(), JsValue> {
        if !self.pressed
            && let Some((typed, outcome)) = &self.last
        {
            let unsettled = std::mem::take(&mut self.unsettled);
            let wanted = |path: &str| unsettled.iter().any(|other| other == path);
            self.draw_questions(typed, outcome, &wanted)?;
        }
        Ok(())
    }

    /// Evaluates what the controls hold, as far as it differs, and brings to it what of the page hangs on
    /// that; `false` where they hold what they held before.
    pub fn update(&mut self) -> Result<bool, JsValue> {
        let mut typed = self.elsewhere.clone();
        if let Some(form) = &self.form {
            typed.extend(pairs::of_form(form)?);
        }
        if self.last.as_ref().is_some_and(|(last, _)| *last == typed) {
            return Ok(false);
        }
        let answers = input::from_text(&self.plan, &self.locale, &typed);
        let (changed, report, hidden) = self.session.with(|session| {
            session.replace(answers.clone());
            let changed = session.changed();
            (
                changed,
                session.report().clone().into_owned(),
                session.hidden(),
            )
        });
        let outcome = Rc::new(Outcome {
            words: words(&self.plan, &self.locale, &report),
            report,
            answers,
            hidden,
        });
        match &self.last {
            None => {
                self.draw_questions(&typed, &outcome, &|_| true)?;
                self.draw_regions(&outcome, &|_| true)?;
                self.tell_office(&outcome.report)?;
            }
            Some((before, _)) => {
                // A question shows what was typed into it too, such as which part of a date is wrong.
                let typed_into = pairs::differing(before, &typed);
                self.draw_questions(&typed, &outcome, &|path| {
                    let of_path = |name: &&str| {
                        let rest = name.strip_prefix(path);
                        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                    };
                    changed.paths.iter().any(|changed| changed == path)
                        || typed_into.iter().any(of_path)
                })?;
                if !changed.is_empty() {
                    self.draw_regions(&outcome, &|region| concerns(region, &changed))?;
                    self.tell_office(&outcome.report)?;
                }
            }
        }
        self.last = Some((typed, outcome));
        Ok(true)
    }

    /// Draws the step anew, where the page is one, and brings its questions of those paths to the same
    /// state. Where there are none, nothing is drawn.
    fn draw_questions(
        &self,
        typed: &Pairs,
        outcome: &Outcome,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), JsValue> {
        let questions = self.elements(PATH)?;
        let mut stale = questions
            .iter()
            .filter_map(|question| Some((question, question.get_attribute(PATH)?)))
            .filter(|(_, path)| wanted(path))
            .peekable();
        if stale.peek().is_none() {
            return Ok(());
        }
        let untouched: Vec<String> = questions
            .iter()
            .filter_map(|question| question.get_attribute(PATH))
            .filter(|path| !self.left.contains(path))
            .collect();
        // Addresses are not brought over, so that none need be known.
        let links = Links {
            form: "",
            catalogue: "",
            plan: "",
        };
        let view = View {
            plan: &self.plan,
            locale: &self.locale,
            report: &outcome.report,
            words: &outcome.words,
            pairs: typed,
            hidden: &outcome.hidden,
            posted: true,
            new: &untouched,
            links: &links,
            csrf: None,
        };
        let page = Step {
            page: &self.page,
            record: self.record,
            back: None,
            change: false,
            why: None,
        };
        let Some(drawn) = step(&view, &page) else {
            return Ok(());
        };
        let drawn = self.fragment(&drawn.main.into_string())?;
        if let Some(summary) = self.element.query_selector(SUMMARY)? {
            patch::mend_summary(&summary, drawn.query_selector(SUMMARY)?.as_ref())?;
        }
        for (question, path) in stale {
            // A path holds neither quotes nor backslashes.
            if let Some(new) = drawn.query_selector(&format!("[{PATH}=\"{path}\"]"))? {
                patch::question(question, &new)?;
            }
        }
        Ok(())
    }

    /// Brings verdicts, fees and reasons to what the answers come to.
    fn draw_regions(
        &self,
        outcome: &Outcome,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), JsValue> {
        for region in self.elements(REGION)? {
            let name = region.get_attribute(REGION).unwrap_or_default();
            if wanted(&name)
                && let Some(html) = self.region(&name, outcome)
            {
                let drawn = self.fragment(&html)?;
                patch::contents(&region, &drawn)?;
            }
        }
        Ok(())
    }

    fn region(&self, name: &str, outcome: &Outcome) -> Option<String> {
        match name {
            "decisions" => Some(live::decisions(&self.plan, &outcome.words)),
            "fees" => Some(live::fees(&self.plan, &outcome.words)),
            "why" => {
                let total = live::explained_total(&self.plan)?;
                let (plan, locale) = (&self.plan, self.locale.as_str());
                explain(plan, locale, &outcome.answers, &self.context, total)
                    .ok()
                    .map(|explanation| live::why(plan, locale, &explanation))
            }
            _ => None,
        }
    }

    /// Markup as nodes that stand in no page.
    fn fragment(&self, html: &str) -> Result<DocumentFragment, JsValue> {
        let template: HtmlTemplateElement =
            self.document.create_element("template")?.unchecked_into();
        template.set_inner_html(html);
        Ok(template.content())
    }

    /// Writes what the person sees into the controls that tell the office of it.
    fn tell_office(&self, report: &Report) -> Result<(), JsValue> {
        let sha256 = report.sha256();
        for (name, value) in [
            (control::SHOWN_FEES, total(report.fees.as_ref())),
            (
                control::SHOWN_ENTITLEMENTS,
                total(report.entitlements.as_ref()),
            ),
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
        for question in self.elements(PATH)? {
            if question.query_selector(".govuk-error-message")?.is_some() {
                paths.extend(question.get_attribute(PATH));
            }
        }
        Ok(paths)
    }

    fn elements(&self, attribute: &str) -> Result<Vec<Element>, JsValue> {
        let found = self.element.query_selector_all(&format!("[{attribute}]"))?;
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

/// Whether a part of the page shows something that has changed.
fn concerns(region: &str, changed: &Changed) -> bool {
    let any = |kinds: &[&str]| {
        let of_kind = |node: &String| kinds.iter().any(|kind| node.starts_with(kind));
        changed.nodes.iter().any(of_kind)
    };
    match region {
        "decisions" => any(&["decisions."]),
        "fees" => any(&["fees.", "entitlements."]),
        // Reasons show answers and figures of all kinds.
        _ => true,
    }
}

/// A total as it stands in a report; empty where there is none.
fn total<'r>(account: Option<&'r Account<'_>>) -> &'r str {
    account
        .and_then(|account| account.total.as_deref())
        .unwrap_or_default()
}
