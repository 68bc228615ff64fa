//! The class that draws a form's pages where no server does.
//!
//! Its addresses begin with `#`, so that a link means the same wherever the form is embedded: `#` is the
//! start page, `#/event` a page, `#/streets/2` a record, `#/task-list` the sections of a form that
//! has them, `#/check-answers` the answers at a glance; `?change` behind one leads straight back to the last.

use std::rc::Rc;

use counterfoil_engine::{Context, Plan, Report, answers::Data, input::from_text, words};
use counterfoil_html::{
    Content, Links, control, journey,
    journey::{Journey, Outcome, Taken, typed},
    page,
};
use wasm_bindgen::prelude::*;

use crate::{
    error::named,
    form::{Form, pairs_from_text},
    value::{self, property, record, text, text_or_null},
};

/// The start page's address.
const START: &str = "#";
/// Where the answers are checked, behind [`START`].
const CHECK_ANSWERS: &str = "/check-answers";
/// The task list of a form with sections, behind [`START`].
const TASK_LIST: &str = "/task-list";
/// Names of the figures that a page was drawn with begin so.
const SHOWN: &str = "shown.";

/// A form's pages and what was typed into them, drawn without a server. Every method that draws throws
/// an `EvaluateError` where the form is not in force on the day.
#[wasm_bindgen]
pub struct Pages {
    plan: Rc<Plan>,
    locale: String,
    context: Context,
    typed: journey::Pairs,
}

/// A page that was drawn without a server.
struct Drawn {
    /// Its address within the form; it may lie beyond the one that was asked for.
    address: String,
    /// What stands in `main`.
    html: String,
    /// The page's heading.
    title: String,
    /// Whether it says that something is wrong.
    has_errors: bool,
    /// Where the link above the heading leads.
    back: Option<String>,
    /// The id of the page in its form; null where no script follows it.
    page: Option<String>,
    /// The position of the record on it, counted from 0; null where it holds none.
    record: Option<usize>,
}

#[wasm_bindgen]
impl Pages {
    /// The pages of a form in a language, for a civil day in the form's time zone (`2026-01-31`). Throws
    /// a `ContextError` where the text is no day.
    #[wasm_bindgen(constructor)]
    pub fn new(
        form: &Form,
        locale: &str,
        #[wasm_bindgen(js_name = asOf)] as_of: &str,
    ) -> Result<Pages, js_sys::Error> {
        let plan = form.plan();
        let as_of = as_of
            .parse()
            .map_err(|_| named("ContextError", &"the day must be such as 2026-01-31"))?;
        Ok(Self {
            locale: plan.texts_or_default(locale).locale.clone(),
            plan,
            context: Context::on(as_of),
            typed: Vec::new(),
        })
    }

    /// The language of the pages.
    #[wasm_bindgen(getter)]
    pub fn locale(&self) -> String {
        self.locale.clone()
    }

    /// The language's writing direction, `ltr` or `rtl`.
    #[wasm_bindgen(getter)]
    pub fn direction(&self) -> String {
        let texts = self.plan.texts_or_default(&self.locale);
        texts.formats.direction.clone()
    }

    /// What was typed so far, as JSON text: `[["event_date.day", "1"], …]`.
    #[wasm_bindgen(getter)]
    pub fn typed(&self) -> String {
        let pairs = self.typed.iter();
        let pairs = pairs.map(|(name, value)| Data::List(vec![text(name), text(value)]));
        Data::List(pairs.collect()).to_json()
    }

    /// Puts what was typed before, in a language, in place of what is typed now. Throws an
    /// `AnswersError` where the text is not a list of pairs of texts.
    pub fn restore(
        &mut self,
        locale: &str,
        #[wasm_bindgen(js_name = pairsJson)] pairs_json: &str,
    ) -> Result<(), js_sys::Error> {
        let pairs = pairs_from_text(pairs_json)?;
        self.typed = if locale == self.locale {
            pairs
        } else {
            typed::in_language(&self.plan, locale, &self.locale, &pairs)
        };
        Ok(())
    }

    /// Begins with answers that are known already, given as for `Form.evaluate`. Throws an
    /// `AnswersError` where the text is not a JSON object.
    pub fn prefill(
        &mut self,
        #[wasm_bindgen(js_name = answersJson)] answers_json: &str,
    ) -> Result<(), js_sys::Error> {
        let answers = crate::form::answers_from_text(answers_json)?;
        self.typed = typed::from_answers(&self.plan, &self.locale, &answers);
        Ok(())
    }

    /// The answers as the engine reads them, as JSON text.
    #[wasm_bindgen(getter)]
    pub fn answers(&self) -> String {
        from_text(&self.plan, &self.locale, &self.typed).to_json()
    }

    /// Draws the page at an address, or the next that is asked; for one that the form does not have, the
    /// start page.
    #[wasm_bindgen(unchecked_return_type = "Drawn")]
    pub fn draw(&mut self, address: &str) -> Result<JsValue, js_sys::Error> {
        self.drawn(&Address::of(address))?.to_object()
    }

    /// Takes what was sent from the page at an address, `[["event_date.day", "1"], …]` as JSON text, and
    /// draws it again where something is wrong with it, or else the page that follows. Throws an
    /// `AnswersError` where the text is not a list of pairs of texts.
    #[wasm_bindgen(unchecked_return_type = "Drawn")]
    pub fn take(
        &mut self,
        address: &str,
        #[wasm_bindgen(js_name = pairsJson)] pairs_json: &str,
    ) -> Result<JsValue, js_sys::Error> {
        let sent = pairs_from_text(pairs_json)?;
        let at = Address::of(address);
        let Some(page) = at.page else {
            return self.drawn(&at)?.to_object();
        };
        let mut typed = std::mem::take(&mut self.typed);
        let taken = self
            .journey(at.change)
            .take(&mut typed, page, at.record, &sent);
        self.typed = typed;
        let drawn = match taken.map_err(|error| named("EvaluateError", &error))? {
            None => self.drawn(&Address::of(START))?,
            Some(Taken::Next(next)) => self.drawn(&Address::of(&next))?,
            Some(Taken::Again(again)) => {
                let content = self.journey(at.change).step(
                    &self.typed,
                    &again.outcome,
                    page,
                    at.record,
                    Some(&again),
                );
                match content {
                    Some(content) => Drawn::new(address.to_owned(), content),
                    None => self.drawn(&Address::of(START))?,
                }
            }
        };
        drawn.to_object()
    }

    /// The submission as the office's API takes it, as JSON text. `pairsJson` is what the page from which
    /// it is sent has shown, as its form posts it.
    pub fn submission(
        &self,
        #[wasm_bindgen(js_name = pairsJson)] pairs_json: &str,
    ) -> Result<String, js_sys::Error> {
        let sent = pairs_from_text(pairs_json)?;
        let filled = |value: &'_ str| !value.is_empty();
        let shown = sent.iter().filter_map(|(name, value)| {
            let value = Some(value.as_str()).filter(|value| filled(value));
            let name = name.strip_prefix(SHOWN)?.to_owned();
            Some((name.into(), text_or_null(value)))
        });
        let report_sha256 = sent
            .iter()
            .find(|(name, _)| name == control::REPORT_SHA256)
            .map(|(_, value)| value.as_str());
        let submission = record([
            ("plan", text(self.plan.id())),
            (
                "answers",
                Data::Record(from_text(&self.plan, &self.locale, &self.typed).0),
            ),
            ("shown", Data::Record(shown.collect())),
            ("report_sha256", text_or_null(report_sha256)),
        ]);
        Ok(submission.to_json())
    }

    /// Draws the confirmation from the office's answer to a submission that it has taken. `recordHref` is
    /// where the record can be downloaded. Throws a `ReportError` where the text is no such answer.
    #[wasm_bindgen(unchecked_return_type = "Drawn")]
    pub fn confirmation(
        &self,
        #[wasm_bindgen(js_name = responseJson)] response_json: &str,
        #[wasm_bindgen(js_name = shownSha256)] shown_sha256: Option<String>,
        #[wasm_bindgen(js_name = recordHref)] record_href: &str,
    ) -> Result<JsValue, js_sys::Error> {
        let taken = Receipt::read(response_json)
            .ok_or_else(|| named("ReportError", &"the office's answer is no receipt"))?;
        let outcome = Outcome {
            words: words(&self.plan, &self.locale, &taken.report),
            answers: counterfoil_engine::Answers::default(),
            report: taken.report,
            why: None,
            hidden: std::collections::BTreeSet::new(),
        };
        let confirmation = page::Confirmation {
            reference: &taken.reference,
            receipt: &taken.receipt,
            receipt_href: record_href,
            shown_sha256: shown_sha256.as_deref(),
            office_sha256: &taken.report_sha256,
        };
        let journey = self.journey(false);
        let content = page::confirmation(&journey.view(&[], &outcome, None), &confirmation);
        let address = format!("{START}{CHECK_ANSWERS}/confirmation");
        Drawn::new(address, content).to_object()
    }

    /// Draws what the office answered to a submission that it has not taken: both figures where they
    /// differ, what stops an application, what is wrong with the answers, or that it failed. Nothing of
    /// the answers is lost.
    #[wasm_bindgen(unchecked_return_type = "Drawn")]
    pub fn refusal(
        &mut self,
        #[wasm_bindgen(js_name = problemJson)] problem_json: &str,
    ) -> Result<JsValue, js_sys::Error> {
        let texts = self.plan.texts_or_default(&self.locale);
        let check = format!("{START}{CHECK_ANSWERS}");
        let problem = value::object(problem_json).unwrap_or_default();
        let kind = property(&problem, "type").as_string().unwrap_or_default();
        let content = match kind.rsplit('/').next().unwrap_or_default() {
            "answers-refused" => return self.draw(&check),
            "not-in-force" => page::closed(texts, START),
            "unknown-plan" | "key-reused" => page::outdated(texts, &check),
            "not-eligible" => {
                let outcome = self.outcome(false)?;
                let stopped = page::Stopped { back: &check };
                page::stopped(
                    &self.journey(false).view(&self.typed, &outcome, None),
                    &stopped,
                )
            }
            "figure-differs" => {
                let mismatches = mismatches(&problem);
                let differences: Vec<_> = mismatches
                    .iter()
                    .map(|mismatch| page::Difference {
                        path: &mismatch.path,
                        shown: mismatch.shown.as_deref().unwrap_or_default(),
                        computed: mismatch.computed.as_deref(),
                    })
                    .collect();
                let outcome = self.outcome(false)?;
                let journey = self.journey(false);
                page::changed(
                    &journey.view(&self.typed, &outcome, None),
                    &differences,
                    None,
                )
            }
            _ => page::failed(texts, &check),
        };
        Drawn::new(check, content).to_object()
    }
}

impl Pages {
    fn journey(&self, change: bool) -> Journey<'_> {
        Journey {
            plan: &self.plan,
            locale: &self.locale,
            context: &self.context,
            links: Links {
                form: START,
                catalogue: START,
                plan: START,
            },
            change,
        }
    }

    fn outcome(&self, change: bool) -> Result<Outcome, js_sys::Error> {
        self.journey(change)
            .outcome(&self.typed)
            .map_err(|error| named("EvaluateError", &error))
    }

    fn drawn(&mut self, at: &Address<'_>) -> Result<Drawn, js_sys::Error> {
        let start = |pages: &Self, outcome: &Outcome| {
            let journey = pages.journey(false);
            let begun = !pages.typed.is_empty();
            let content = journey.start(&pages.typed, outcome, begun, false);
            // There is nothing before the first page of a form that stands by itself.
            Drawn::new(
                START.to_owned(),
                Content {
                    back: None,
                    ..content
                },
            )
        };
        let outcome = self.outcome(at.change)?;
        let Some(page) = at.page else {
            if at.tasks
                && let Some(content) = self.journey(false).task_list(&self.typed, &outcome)
            {
                return Ok(Drawn::new(format!("{START}{TASK_LIST}"), content));
            }
            if !at.check || self.typed.is_empty() {
                return Ok(start(self, &outcome));
            }
            let content = self
                .journey(false)
                .check_answers(&self.typed, &outcome, None);
            return Ok(Drawn::new(format!("{START}{CHECK_ANSWERS}"), content));
        };
        let journey = self.journey(at.change);
        let Some(asked) = journey.page(page) else {
            return Ok(start(self, &outcome));
        };
        if !outcome.asks(asked) {
            let next = journey.after(&outcome, page);
            return self.drawn(&Address::of(&next));
        }
        let (outcome, typed) = match at.record {
            None => (outcome, self.typed.clone()),
            Some(record) => {
                let Some(group) = journey.open_record(&self.typed, page, record) else {
                    return Ok(start(self, &outcome));
                };
                // A record that is only being looked at is not added yet.
                let mut typed = self.typed.clone();
                typed::keep_record(&mut typed, group, record);
                let outcome = journey
                    .outcome(&typed)
                    .map_err(|error| named("EvaluateError", &error))?;
                (outcome, typed)
            }
        };
        Ok(
            match journey.step(&typed, &outcome, page, at.record, None) {
                Some(content) => Drawn::new(at.to_text(), content),
                None => start(self, &outcome),
            },
        )
    }
}

/// What the office answers to a submission that it has taken.
struct Receipt {
    reference: String,
    report: Report,
    report_sha256: String,
    receipt: String,
}

impl Receipt {
    fn read(json: &str) -> Option<Self> {
        let answer = value::object(json).ok()?;
        let text = |name: &str| property(&answer, name).as_string();
        // Reports hold no numbers but those that JavaScript reads and writes exactly.
        let report = js_sys::JSON::stringify(&property(&answer, "report")).ok()?;
        Some(Self {
            reference: text("reference")?,
            report: Report::from_json(&String::from(report)).ok()?,
            report_sha256: text("report_sha256")?,
            receipt: text("receipt")?,
        })
    }
}

/// A figure that the office works out otherwise than it was shown.
struct Mismatch {
    path: String,
    shown: Option<String>,
    computed: Option<String>,
}

/// The figures of a problem that the office found; none where it names none.
fn mismatches(problem: &JsValue) -> Vec<Mismatch> {
    let Ok(items) = property(problem, "mismatches").dyn_into::<js_sys::Array>() else {
        return Vec::new();
    };
    let read = |item: JsValue| {
        Some(Mismatch {
            path: property(&item, "path").as_string()?,
            shown: property(&item, "shown").as_string(),
            computed: property(&item, "computed").as_string(),
        })
    };
    items.iter().filter_map(read).collect()
}

impl Drawn {
    /// The page as an object of JavaScript.
    fn to_object(&self) -> Result<JsValue, js_sys::Error> {
        let record_number = self.record.map(|record| Data::number(record.to_string()));
        let drawn = record([
            ("address", text(&self.address)),
            ("html", text(&self.html)),
            ("title", text(&self.title)),
            ("has_errors", Data::Bool(self.has_errors)),
            ("back", text_or_null(self.back.as_deref())),
            ("page", text_or_null(self.page.as_deref())),
            ("record", record_number.unwrap_or(Data::Null)),
        ]);
        value::object(&drawn.to_json())
    }

    fn new(address: String, content: Content) -> Self {
        let (page, record, elsewhere) = match content.followed {
            Some(followed) => (
                Some(followed.page),
                followed.record,
                followed.elsewhere.into_string(),
            ),
            None => (None, None, String::new()),
        };
        Self {
            address,
            html: content.main.into_string() + &elsewhere,
            title: content.title,
            has_errors: content.has_errors,
            back: content.back,
            page,
            record,
        }
    }
}

/// An address taken apart.
struct Address<'a> {
    page: Option<&'a str>,
    /// Counted from 0.
    record: Option<usize>,
    check: bool,
    tasks: bool,
    change: bool,
}

impl<'a> Address<'a> {
    /// Reads an address; what cannot be read leads to the start page. What stands behind a second `#`,
    /// the control to go to, plays no part.
    fn of(address: &'a str) -> Self {
        let path = address.strip_prefix('#').unwrap_or(address);
        let path = path.split('#').next().unwrap_or_default();
        let (path, change) = match path.strip_suffix("?change") {
            Some(path) => (path, true),
            None => (path, false),
        };
        let check = path == CHECK_ANSWERS;
        let tasks = path == TASK_LIST;
        let mut parts = path.split('/').skip(1);
        let page = parts
            .next()
            .filter(|page| !page.is_empty() && !check && !tasks);
        Self {
            page,
            record: parts.next().and_then(typed::from_one),
            check,
            tasks,
            change,
        }
    }

    fn to_text(&self) -> String {
        let page = self.page.unwrap_or_default();
        let record = self
            .record
            .map(|record| format!("/{}", record + 1))
            .unwrap_or_default();
        let change = if self.change { "?change" } else { "" };
        format!("{START}/{page}{record}{change}")
    }
}
