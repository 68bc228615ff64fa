//! The element's own events. They carry paths and states, never an answer: whoever listens on the page
//! sees how far a person is, and asks the element for its report where it may have the answers.

use counterfoil_engine::{
    Report,
    report::{Status, Verdict},
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::form::to_object;

/// After every evaluation; its detail is a [`State`].
pub const CHANGE: &str = "counterfoil-change";
/// Where the page cannot be taken over or evaluated; its detail holds `name` and `message`.
pub const ERROR: &str = "counterfoil-error";
/// Before the form is posted; its detail is that of the change. Preventing its default keeps
/// the form from being posted.
pub const SUBMIT: &str = "counterfoil-submit";

/// How far the answers are.
#[derive(Serialize)]
pub struct State<'a> {
    form: &'a str,
    plan: &'a str,
    status: Status,
    errors: Vec<Finding<'a>>,
    missing: &'a [String],
    decisions: Vec<Decided<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    code: &'a str,
}

#[derive(Serialize)]
struct Decided<'a> {
    decision: &'a str,
    verdict: Verdict,
    needs: &'a [String],
}

impl<'a> State<'a> {
    /// What a report says of the state, without the answers.
    pub fn of(report: &'a Report) -> Self {
        Self {
            form: &report.form,
            plan: &report.plan,
            status: report.status,
            errors: report
                .errors
                .iter()
                .map(|error| Finding {
                    path: &error.path,
                    code: &error.code,
                })
                .collect(),
            missing: &report.missing,
            decisions: report
                .decisions
                .iter()
                .map(|decision| Decided {
                    decision: &decision.decision,
                    verdict: decision.verdict,
                    needs: &decision.needs,
                })
                .collect(),
        }
    }
}

/// Fires an event that bubbles; `false` where a listener prevented its default.
pub fn fire(element: &Element, name: &str, detail: &impl Serialize) -> Result<bool, JsValue> {
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_cancelable(name == SUBMIT);
    options.set_detail(&to_object(detail)?);
    let event = CustomEvent::new_with_event_init_dict(name, &options)?;
    element.dispatch_event(&event)
}
