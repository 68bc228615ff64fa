//! The class `Session`.

use std::rc::Rc;

use counterfoil_engine::{self as engine, Answers, Context, Plan, evaluate::EvaluateError};
use self_cell::self_cell;
use wasm_bindgen::prelude::*;

use crate::{
    error::named,
    form::{Form, answers_from_value, context_from_value},
    value,
};

/// Answers that change one by one, with the report on them. After a change only what hangs on the changed
/// answer is worked out again; the report is the same that `Form.evaluate` gives.
///
/// A path is a question's (`stalls`, `streets[0].metres`), a group's (`streets`) or a record's
/// (`streets[0]`), counted from 0.
#[wasm_bindgen]
pub struct Session {
    session: OwnedSession,
}

#[wasm_bindgen]
impl Session {
    /// Begins with some answers, `{}` for none. Throws an `AnswersError` or a `ContextError` where one is no
    /// such object, and an `EvaluateError` where the form is not in force on that day.
    #[wasm_bindgen(constructor)]
    pub fn new(
        form: &Form,
        #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Context")] context: JsValue,
    ) -> Result<Session, js_sys::Error> {
        let answers = answers_from_value(answers)?;
        let context = context_from_value(context)?;
        Ok(Self {
            session: OwnedSession::new(form.plan(), answers, context)?,
        })
    }

    /// Puts an answer at a path; the first record that is not there yet is added. Throws a `PathError` where
    /// there is no such record, and an `AnswersError` where the answer is none.
    pub fn set(
        &mut self,
        path: &str,
        #[wasm_bindgen(unchecked_param_type = "Answer | Answers")] answer: JsValue,
    ) -> Result<(), js_sys::Error> {
        let answer = value::data(answer).map_err(|message| named("AnswersError", &message))?;
        let set = self.session.with(|session| session.set(path, answer));
        set.map_err(|error| named("PathError", &error))
    }

    /// Takes the answer away that stands at a path, or a record; those behind it move up. Throws a
    /// `PathError` where there is no such record.
    pub fn clear(&mut self, path: &str) -> Result<(), js_sys::Error> {
        let cleared = self.session.with(|session| session.clear(path));
        cleared.map_err(|error| named("PathError", &error))
    }

    /// Puts other answers in place of all that there are. Throws an `AnswersError` where they are no such
    /// object.
    pub fn replace(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
    ) -> Result<(), js_sys::Error> {
        let answers = answers_from_value(answers)?;
        self.session.with(|session| session.replace(answers));
        Ok(())
    }

    /// The answers as they are now.
    #[wasm_bindgen(getter, unchecked_return_type = "Answers")]
    pub fn answers(&mut self) -> Result<JsValue, js_sys::Error> {
        let json = self.session.with(|session| session.answers().to_json());
        value::object(&json)
    }

    /// The report on them.
    #[wasm_bindgen(getter, unchecked_return_type = "Report")]
    pub fn report(&mut self) -> Result<JsValue, js_sys::Error> {
        value::object(&self.report_json())
    }

    /// The report as JSON text: the same bytes that the office gets.
    #[wasm_bindgen(js_name = reportJson)]
    pub fn report_json(&mut self) -> String {
        self.session.with(|session| session.report().to_json())
    }

    /// What has come to be different since this was called last, or since the session began: all that a
    /// page need draw anew.
    #[wasm_bindgen(unchecked_return_type = "Changed")]
    pub fn changed(&mut self) -> Result<JsValue, js_sys::Error> {
        let json = self.session.with(|session| session.changed().to_json());
        value::object(&json)
    }

    /// Paths that are not asked at present: questions, groups, and options as `organiser=charity`.
    pub fn hidden(&mut self) -> Vec<String> {
        self.session
            .with(|session| session.hidden().into_iter().collect())
    }
}

/// What a session is begun with, and goes on reading.
struct Given {
    plan: Rc<Plan>,
    context: Context,
}

type Borrowing<'p> = engine::Session<'p>;

self_cell!(
    struct Cell {
        owner: Given,

        #[not_covariant]
        dependent: Borrowing,
    }
);

/// A session that keeps the plan and the context which it reads.
pub struct OwnedSession(Cell);

impl OwnedSession {
    /// Begins with some answers. Fails with an `EvaluateError`.
    pub fn new(plan: Rc<Plan>, answers: Answers, context: Context) -> Result<Self, js_sys::Error> {
        Cell::try_new(Given { plan, context }, |given| {
            engine::Session::new(&given.plan, answers, &given.context)
        })
        .map(Self)
        .map_err(|error: EvaluateError| named("EvaluateError", &error))
    }

    /// Does something with the session.
    pub fn with<R>(&mut self, what: impl FnOnce(&mut engine::Session<'_>) -> R) -> R {
        self.0.with_dependent_mut(|_, session| what(session))
    }
}
