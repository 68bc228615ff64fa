//! The page's state while it is being filled in.

use std::{collections::BTreeSet, rc::Rc};

use counterfoil_engine::{
    Answers, Context, Plan, Report, Words, explain, input,
    report::Account,
    session::{Changed, PathError},
    words,
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
/// The part that tells how the total was worked out.
const REASONS: &str = "why";
/// What is closed is drawn when it is opened.
const CLOSED: &str = "details:not([open])";

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
    /// What the page's controls held at the latest evaluation, and what it came to.
    last: Option<(Pairs, Rc<Outcome>)>,
    /// The same, made strict.
    here: Answers,
}

/// What an evaluation came to.
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The report in the page's language.
    pub words: Words,
    /// Paths that are not asked.
    hidden: BTreeSet<String>,
}

impl Outcome {
    /// Whether there is anything to say at a question.
    fn finds(&self, path: &str) -> bool {
        self.report.errors.iter().any(|error| error.path == path)
            || self.report.missing.iter().any(|missing| missing == path)
    }
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
            here: Answers::default(),
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

    /// Draws what has just been opened, or closed.
    pub fn open(&mut self, details: &Element) -> Result<(), JsValue> {
        let reasons = format!("[{REGION}={REASONS}]");
        match self.last() {
            Some(outcome) if details.query_selector(&reasons)?.is_some() => {
                self.draw_regions(&outcome, &|region| region == REASONS)
            }
            _ => Ok(()),
        }
    }

    fn settle(&mut self) -> Result<(), JsValue> {
        if !self.pressed
            && let Some((typed, outcome)) = &self.last
        {
            let mut unsettled = std::mem::take(&mut self.unsettled);
            unsettled.retain(|path| outcome.finds(path));
            self.draw_questions(typed, outcome, unsettled)?;
        }
        Ok(())
    }

    /// Evaluates what the controls hold, as far as it differs, and brings to it what of the page hangs on
    /// that; `false` where they hold what they held before.
    pub fn update(&mut self) -> Result<bool, JsValue> {
        let typed = match &self.form {
            Some(form) => pairs::of_form(form)?,
            None => Pairs::new(),
        };
        if self.last.as_ref().is_some_and(|(last, _)| *last == typed) {
            return Ok(false);
        }
        self.answer(&typed)?;
        let (changed, report, hidden) = self.session.with(|session| {
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
            hidden,
        });
        match self.last.take() {
            None => {
                let all = self.paths()?;
                self.draw_questions(&typed, &outcome, all)?;
                self.draw_regions(&outcome, &|_| true)?;
                self.tell_office(&outcome.report)?;
            }
            Some((before, earlier)) => {
                let answered = paths_of(&pairs::differing(&before, &typed), &changed);
                self.follow(&typed, &earlier, &outcome, answered)?;
                if !changed.is_empty() {
                    self.draw_regions(&outcome, &|region| concerns(region, &changed))?;
                    self.tell_office(&outcome.report)?;
                }
            }
        }
        self.last = Some((typed, outcome));
        Ok(true)
    }

    /// Tells the session what the controls hold. Those of single questions give their answers one by one;
    /// a record's are part of its group, which other pages may hold more of.
    fn answer(&mut self, typed: &Pairs) -> Result<(), JsValue> {
        let here = input::from_text(&self.plan, &self.locale, typed);
        let (before, after) = pairs::apart(&self.here.0, &here.0);
        let is_single = typed.iter().all(|(name, _)| !name.contains('['));
        if self.last.is_some() && is_single {
            self.session
                .with(|session| {
                    let is_gone = |path| after.iter().all(|(other, _)| other != path);
                    for (path, _) in before.iter().filter(|(path, _)| is_gone(path)) {
                        session.clear(path)?;
                    }
                    for (path, answer) in after {
                        session.set(path, answer.clone())?;
                    }
                    Ok(())
                })
                .map_err(|error: PathError| named("PageError", &error))?;
        } else {
            let all = input::from_text(&self.plan, &self.locale, &self.all(typed));
            self.session.with(|session| session.replace(all));
        }
        self.here = here;
        Ok(())
    }

    /// What was typed on all pages.
    fn all(&self, typed: &Pairs) -> Pairs {
        [self.elsewhere.as_slice(), typed].concat()
    }

    /// Brings the questions to what has come to be different. `answered` are those whose answers differ, or
    /// what is wrong with them.
    fn follow(
        &self,
        typed: &Pairs,
        earlier: &Outcome,
        outcome: &Outcome,
        mut answered: Vec<String>,
    ) -> Result<(), JsValue> {
        if self.element.query_selector(SUMMARY)?.is_some() {
            return self.draw_questions(typed, outcome, answered);
        }
        // A question shows what is wrong with it, which depends on what was typed into it too, such as
        // which part of a date is wrong; and it shows its options.
        answered.retain(|path| {
            self.left.contains(path) && (earlier.finds(path) || outcome.finds(path))
        });
        let (was, is) = (&earlier.hidden, &outcome.hidden);
        let turned: Vec<&String> = was
            .iter()
            .filter(|path| !is.contains(*path))
            .chain(is.iter().filter(|path| !was.contains(*path)))
            .collect();
        let options = turned.iter().filter_map(|path| path.split_once('='));
        answered.extend(options.map(|(question, _)| question.to_owned()));
        // What shows nothing else comes and goes without being drawn.
        for path in turned.into_iter().filter(|path| !answered.contains(path)) {
            if let Some(question) = self.question(path)? {
                question.toggle_attribute_with_force("hidden", is.contains(path))?;
            }
        }
        self.draw_questions(typed, outcome, answered)
    }

    /// Draws the step anew, where the page is one, and brings its questions of those paths to the same
    /// state. Where there are none, nothing is drawn.
    fn draw_questions(
        &self,
        typed: &Pairs,
        outcome: &Outcome,
        paths: Vec<String>,
    ) -> Result<(), JsValue> {
        let mut stale: Vec<(Element, String)> = Vec::new();
        for path in paths {
            // What is drawn goes into the page, and is there but once.
            let is_new = stale.iter().all(|(_, other)| *other != path);
            if is_new && let Some(question) = self.question(&path)? {
                stale.push((question, path));
            }
        }
        if stale.is_empty() {
            return Ok(());
        }
        let untouched: Vec<String> = self
            .paths()?
            .into_iter()
            .filter(|path| !self.left.contains(path))
            .collect();
        let typed = &self.all(typed);
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
            if let Some(new) = drawn.query_selector(&of_path(&path))? {
                patch::question(&question, &new)?;
            }
        }
        Ok(())
    }

    /// Brings verdicts, fees and reasons to what the answers come to.
    fn draw_regions(
        &mut self,
        outcome: &Outcome,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), JsValue> {
        for region in self.elements(&format!("[{REGION}]"))? {
            let name = region.get_attribute(REGION).unwrap_or_default();
            if wanted(&name)
                && region.closest(CLOSED)?.is_none()
                && let Some(html) = self.region(&name, outcome)
            {
                let drawn = self.fragment(&html)?;
                patch::contents(&region, &drawn)?;
            }
        }
        Ok(())
    }

    fn region(&mut self, name: &str, outcome: &Outcome) -> Option<String> {
        match name {
            "decisions" => Some(live::decisions(&self.plan, &outcome.words)),
            "fees" => Some(live::fees(&self.plan, &outcome.words)),
            REASONS => {
                let total = live::explained_total(&self.plan)?;
                let answers = self.session.with(|session| session.answers().clone());
                let (plan, locale) = (&self.plan, self.locale.as_str());
                explain(plan, locale, &answers, &self.context, total)
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
        for input in self.elements("input[type=hidden]")? {
            let input: HtmlInputElement = input.unchecked_into();
            match input.name().as_str() {
                control::SHOWN_FEES => input.set_value(total(report.fees.as_ref())),
                control::SHOWN_ENTITLEMENTS => input.set_value(total(report.entitlements.as_ref())),
                control::REPORT_SHA256 => input.set_value(&report.sha256()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The question of that path, where the page asks it.
    fn question(&self, path: &str) -> Result<Option<Element>, JsValue> {
        // A path holds neither quotes nor backslashes; the name of a control that is no question's may.
        if path.contains(['"', '\\']) {
            return Ok(None);
        }
        self.element.query_selector(&of_path(path))
    }

    /// Paths of the page's questions.
    fn paths(&self) -> Result<Vec<String>, JsValue> {
        let questions = self.elements(&format!("[{PATH}]"))?;
        Ok(questions
            .iter()
            .filter_map(|question| question.get_attribute(PATH))
            .collect())
    }

    fn paths_with_errors(&self) -> Result<BTreeSet<String>, JsValue> {
        let mut paths = BTreeSet::new();
        for question in self.elements(&format!("[{PATH}]"))? {
            if question.query_selector(".govuk-error-message")?.is_some() {
                paths.extend(question.get_attribute(PATH));
            }
        }
        Ok(paths)
    }

    fn elements(&self, selector: &str) -> Result<Vec<Element>, JsValue> {
        let found = self.element.query_selector_all(selector)?;
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

/// The selector of a question.
fn of_path(path: &str) -> String {
    format!("[{PATH}=\"{path}\"]")
}

/// The paths to which names of controls may belong, such as `event_date` for `event_date.day`, and those of
/// which something has changed.
fn paths_of(names: &[&str], changed: &Changed) -> Vec<String> {
    let mut paths = changed.paths.clone();
    for name in names {
        let ends = name.match_indices('.').map(|(end, _)| end);
        paths.extend(ends.chain([name.len()]).map(|end| name[..end].to_owned()));
    }
    paths
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
