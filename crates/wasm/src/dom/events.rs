//! The element's own events. They carry paths and states, never an answer: whoever listens on the page
//! sees how far a person is, and asks the element for its report where it may have the answers.

use counterfoil_engine::{
    Report,
    answers::Data,
    report::{DecisionReport, ReportError},
};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::value::{self, record, text, texts};

/// After every evaluation; its detail is the [`state`].
pub const CHANGE: &str = "counterfoil-change";
/// Where the page cannot be taken over or evaluated; its detail holds `name` and `message`.
pub const ERROR: &str = "counterfoil-error";
/// Before the form is posted; its detail is that of the change. Preventing its default keeps
/// the form from being posted.
pub const SUBMIT: &str = "counterfoil-submit";

/// How far the answers are: what a report says of the state, without the answers.
pub fn state(report: &Report) -> Result<JsValue, JsValue> {
    let finding =
        |error: &ReportError| record([("path", text(&error.path)), ("code", text(&error.code))]);
    let decided = |decision: &DecisionReport| {
        record([
            ("decision", text(&decision.decision)),
            ("verdict", text(decision.verdict.name())),
            ("needs", texts(&decision.needs)),
        ])
    };
    let state = record([
        ("form", text(&report.form)),
        ("plan", text(&report.plan)),
        ("status", text(report.status.name())),
        (
            "errors",
            Data::List(report.errors.iter().map(finding).collect()),
        ),
        ("missing", texts(&report.missing)),
        (
            "decisions",
            Data::List(report.decisions.iter().map(decided).collect()),
        ),
    ]);
    Ok(value::object(&state.to_json())?)
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
