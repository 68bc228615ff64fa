//! Functions of the form: arguments, named results, and what is made of them.

use super::{
    run::Evaluation,
    scope::{At, Locals},
    state::State,
};
use crate::program::Node;

impl<'a> Evaluation<'a> {
    pub(super) fn apply(
        &self,
        function: usize,
        arguments: &'a [Node],
        at: At<'_, 'a>,
    ) -> State<'a> {
        let states: Vec<_> = arguments.iter().map(|node| self.eval(node, at)).collect();
        let locals = Locals {
            states: &states,
            before: None,
        };
        let inner = At {
            locals: Some(&locals),
            ..At::default()
        };
        self.eval(&self.program.functions[function].code, inner)
    }

    pub(super) fn with_locals(
        &self,
        values: &'a [Node],
        result: &'a Node,
        at: At<'_, 'a>,
    ) -> State<'a> {
        let states = self.named(values, at);
        let locals = Locals {
            states: &states,
            before: at.locals,
        };
        let locals = Some(&locals);
        self.eval(result, At { locals, ..at })
    }

    /// Named results, each of which can read those before it.
    pub(crate) fn named(&self, values: &'a [Node], at: At<'_, 'a>) -> Vec<State<'a>> {
        let mut states = Vec::with_capacity(values.len());
        for value in values {
            let locals = Locals {
                states: &states,
                before: at.locals,
            };
            let locals = Some(&locals);
            let state = self.eval(value, At { locals, ..at });
            states.push(state);
        }
        states
    }

    pub(super) fn local(position: usize, at: At<'_, 'a>) -> State<'a> {
        let state = at.locals.and_then(|locals| locals.get(position));
        state.cloned().unwrap_or(State::Failed)
    }
}
