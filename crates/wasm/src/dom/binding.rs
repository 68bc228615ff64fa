//! The class that the custom element hands itself to.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, FocusEvent};

use super::{
    events::{self, fire, state},
    listener::Listener,
    live::{Live, Outcome},
};
use crate::{error::named, form::Form, value};

/// A page that has been taken over. It follows what is typed until it is freed.
#[wasm_bindgen]
pub struct PageBinding {
    page: Page,
    _listeners: Vec<Listener>,
}

#[wasm_bindgen]
impl PageBinding {
    /// Takes over the page that was drawn into a `<counterfoil-form>`, under the plan that it was drawn
    /// from. Throws a `PageError` where the element holds no page of a form.
    #[wasm_bindgen(constructor)]
    pub fn new(element: Element, form: &Form) -> Result<PageBinding, JsValue> {
        let page = Page {
            live: Rc::new(RefCell::new(Live::new(element.clone(), form.plan())?)),
            element,
        };
        page.update()?;
        Ok(Self {
            _listeners: page.listeners()?,
            page,
        })
    }

    /// The report on what the page holds now.
    #[wasm_bindgen(getter, unchecked_return_type = "Report")]
    pub fn report(&self) -> Result<JsValue, js_sys::Error> {
        let report = self.page.outcome().map(|outcome| outcome.report.to_json());
        report.map_or(Ok(JsValue::NULL), |json| value::object(&json))
    }

    /// The report in the page's language.
    #[wasm_bindgen(getter, unchecked_return_type = "Words")]
    pub fn words(&self) -> Result<JsValue, js_sys::Error> {
        let words = self.page.outcome().map(|outcome| outcome.words.to_json());
        words.map_or(Ok(JsValue::NULL), |json| value::object(&json))
    }
}

#[derive(Clone)]
struct Page {
    live: Rc<RefCell<Live>>,
    element: Element,
}

impl Page {
    fn listeners(&self) -> Result<Vec<Listener>, JsValue> {
        let element = &self.element;
        let window = web_sys::window().ok_or_else(|| named("PageError", &"there is no window"))?;
        Ok(vec![
            self.on(element, "input", Self::entered)?,
            self.on(element, "change", Self::entered)?,
            self.on(element, "focusout", Self::left)?,
            self.on(element, "submit", Self::submitted)?,
            self.on(element, "toggle", Self::toggled)?,
            self.on(&window, "pointerdown", Self::pressed)?,
            self.on(&window, "pointercancel", Self::released)?,
            self.on(&window, "click", Self::released)?,
            self.on(&window, "keydown", Self::released)?,
            // The browser's Back brings a page with its answers, which the state must follow.
            self.on(&window, "pageshow", |page, _| page.refresh())?,
        ])
    }

    fn on(
        &self,
        target: &EventTarget,
        event: &'static str,
        handler: fn(&Self, &Event),
    ) -> Result<Listener, JsValue> {
        let page = self.clone();
        // Only what is opened or closed hears of it.
        let down = event == "toggle";
        Listener::on(target, event, down, move |event| handler(&page, &event))
    }

    fn entered(&self, event: &Event) {
        if let Some(control) = target(event) {
            self.note(|live| {
                live.enter(&control);
                Ok(())
            });
        }
        self.refresh();
    }

    fn left(&self, event: &Event) {
        let to = event
            .dyn_ref::<FocusEvent>()
            .and_then(FocusEvent::related_target)
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(from) = target(event) {
            self.note(|live| live.leave(&from, to.as_ref()));
        }
    }

    fn toggled(&self, event: &Event) {
        if let Some(details) = target(event) {
            self.note(|live| live.open(&details));
        }
    }

    fn pressed(&self, _: &Event) {
        self.note(|live| {
            live.press();
            Ok(())
        });
    }

    fn released(&self, _: &Event) {
        self.note(Live::release);
    }

    /// Lets the page know of something. While the page is being drawn, which may itself move the
    /// focus, there is nothing to know.
    fn note(&self, what: impl FnOnce(&mut Live) -> Result<(), JsValue>) {
        let noted = self
            .live
            .try_borrow_mut()
            .map_or(Ok(()), |mut live| what(&mut live));
        if let Err(error) = noted {
            self.report_error(&error);
        }
    }

    fn submitted(&self, event: &Event) {
        let Some(outcome) = self.outcome() else {
            return;
        };
        let fired =
            state(&outcome.report).and_then(|detail| fire(&self.element, events::SUBMIT, &detail));
        match fired {
            Ok(true) => {}
            Ok(false) => event.prevent_default(),
            Err(error) => self.report_error(&error),
        }
    }

    fn refresh(&self) {
        if let Err(error) = self.update() {
            self.report_error(&error);
        }
    }

    /// Brings the page up to date, then tells of it; listeners may change the page in their turn.
    fn update(&self) -> Result<(), JsValue> {
        let changed = match self.live.try_borrow_mut() {
            Ok(mut live) => live.update()?,
            Err(_) => false,
        };
        if changed && let Some(outcome) = self.outcome() {
            fire(&self.element, events::CHANGE, &state(&outcome.report)?)?;
        }
        Ok(())
    }

    fn outcome(&self) -> Option<Rc<Outcome>> {
        self.live.try_borrow().ok()?.last()
    }

    fn report_error(&self, error: &JsValue) {
        // An error is no plain object; listeners get what they may log of it.
        let detail = js_sys::Object::new();
        for part in ["name", "message"] {
            let part = JsValue::from_str(part);
            let value =
                js_sys::Reflect::get(error, &part).unwrap_or_else(|_| JsValue::from_str(""));
            let _ = js_sys::Reflect::set(&detail, &part, &value);
        }
        // The event is the last resort: where it cannot be fired, the page works as the server drew it.
        let _ = fire(&self.element, events::ERROR, &detail);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
