//! The element's own events. They carry paths and states, never an answer: whoever listens on the page
//! sees how far a person is, and asks the element for its report where it may have the answers.

use std::borrow::Cow;

use counterfoil_engine::{
    Report,
    answers::Data,
    report::{DecisionReport, ReportError, Status, Verdict},
};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::value::{self, record, text, texts};

/// After every evaluation; its detail is a [`State`].
pub const CHANGE: &str = "counterfoil-change";
/// Where the page cannot be taken over or evaluated; its detail holds `name` and `message`.
pub const ERROR: &str = "counterfoil-error";
/// Before the form is posted; its detail is that of the change. Preventing its default keeps
/// the form from being posted.
pub const SUBMIT: &str = "counterfoil-submit";

/// How far the answers are: paths and states, no answers. The detail of the element's events.
struct State<'a> {
    /// The form's id.
    form: &'a str,
    /// The plan's id: 64 hexadecimal digits.
    plan: &'a str,
    /// Whether the answers can be taken.
    status: Status,
    /// What is wrong, in field order.
    errors: Vec<StateError<'a>>,
    /// Paths of required questions without an answer, in field order.
    missing: &'a [Cow<'a, str>],
    /// Verdicts.
    decisions: Vec<StateDecision<'a>>,
}

/// Something wrong at a path.
struct StateError<'a> {
    /// Where, such as `streets[0].metres`.
    path: &'a str,
    /// The report's code.
    code: &'a str,
}

/// A decision's verdict.
struct StateDecision<'a> {
    /// The decision's id.
    decision: &'a str,
    /// Its verdict.
    verdict: Verdict,
    /// Paths of the questions that would decide an undetermined verdict, in field order.
    needs: &'a [Cow<'a, str>],
}

/// How far the answers of a report are, as an object of JavaScript.
pub fn state(report: &Report) -> Result<JsValue, JsValue> {
    Ok(value::object(&State::of(report).data().to_json())?)
}

impl<'a> State<'a> {
    fn of(report: &'a Report) -> Self {
        let finding = |error: &'a ReportError| StateError {
            path: &error.path,
            code: &error.code,
        };
        let decided = |decision: &'a DecisionReport<'a>| StateDecision {
            decision: &decision.decision,
            verdict: decision.verdict,
            needs: &decision.needs,
        };
        Self {
            form: &report.form,
            plan: &report.plan,
            status: report.status,
            errors: report.errors.iter().map(finding).collect(),
            missing: &report.missing,
            decisions: report.decisions.iter().map(decided).collect(),
        }
    }

    fn data(&self) -> Data {
        let finding = |error: &StateError<'_>| {
            record([("path", text(error.path)), ("code", text(error.code))])
        };
        let decided = |decision: &StateDecision<'_>| {
            record([
                ("decision", text(decision.decision)),
                ("verdict", text(decision.verdict.name())),
                ("needs", texts(decision.needs)),
            ])
        };
        record([
            ("form", text(self.form)),
            ("plan", text(self.plan)),
            ("status", text(self.status.name())),
            (
                "errors",
                Data::List(self.errors.iter().map(finding).collect()),
            ),
            ("missing", texts(self.missing)),
            (
                "decisions",
                Data::List(self.decisions.iter().map(decided).collect()),
            ),
        ])
    }
}

/// Fires an event that bubbles; `false` where a listener prevented its default.
pub fn fire(element: &Element, name: &str, detail: &JsValue) -> Result<bool, JsValue> {
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_cancelable(name == SUBMIT);
    options.set_detail(detail);
    let event = CustomEvent::new_with_event_init_dict(name, &options)?;
    element.dispatch_event(&event)
}
