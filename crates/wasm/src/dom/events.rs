//! The element's own events.

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::form::to_object;

/// After every evaluation; its detail holds `report` and `words`.
pub const CHANGE: &str = "counterfoil-change";
/// Where the page cannot be taken over or evaluated; its detail holds `name` and `message`.
pub const ERROR: &str = "counterfoil-error";
/// Before the form is posted; its detail is that of the change. Preventing its default keeps
/// the form from being posted.
pub const SUBMIT: &str = "counterfoil-submit";

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
