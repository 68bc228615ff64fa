//! Event listeners that go with their owner.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// A listener, taken off its target when dropped. It hears an event on its way down to where it happens, as
/// some events do not come up again, or on its way up, after those to whom it happens.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    down: bool,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to an event, on its way `down` or up.
    pub fn on(
        target: &EventTarget,
        event: &'static str,
        down: bool,
        handler: impl FnMut(Event) + 'static,
    ) -> Result<Self, JsValue> {
        let closure = Closure::new(handler);
        let callback = closure.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_bool(event, callback, down)?;
        Ok(Self {
            target: target.clone(),
            event,
            down,
            closure,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It fails only for a listener that is no function.
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback_and_bool(self.event, callback, self.down);
    }
}
