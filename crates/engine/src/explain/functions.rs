//! Why the result of a function is what it is.

use super::{Explainer, Explanation, add};
use crate::{
    evaluate::{At, Locals},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// A call: its label and result, its arguments each with what they were worked out from, then what
    /// the function read besides.
    pub(super) fn apply(
        &mut self,
        index: usize,
        node: &'a Node,
        arguments: &'a [Node],
        at: At<'_, 'a>,
    ) -> Explanation {
        let function = &self.plan.program().functions[index];
        let label = self.label(&format!("function.{}", function.id), &function.id);
        let result = self.evaluation.eval(node, at);
        let result = self.shown(&result, &function.type_);
        let mut because = Vec::new();
        let mut states = Vec::with_capacity(arguments.len());
        for (argument, (id, type_)) in arguments.iter().zip(&function.arguments) {
            let state = self.evaluation.eval(argument, at);
            let key = format!("function.{}.{id}", function.id);
            let shown = self.shown(&state, type_);
            let text = self.stated(&self.label(&key, id), shown);
            let mut reasons = Vec::new();
            self.reads(argument, at, &mut reasons);
            because.push(Explanation {
                text,
                source: None,
                because: reasons,
            });
            states.push(state);
        }
        let locals = Locals {
            states: &states,
            before: None,
        };
        let inner = At {
            locals: Some(&locals),
            ..At::default()
        };
        self.reads(&function.code, inner, &mut because);
        Explanation {
            text: self.stated(&label, result),
            source: self.source(&format!("function.{}", function.id)),
            because,
        }
    }

    /// What named results read, and what is made of them.
    pub(super) fn with_locals(
        &mut self,
        values: &'a [Node],
        result: &'a Node,
        at: At<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let states = self.evaluation.named(values, at);
        for (position, value) in values.iter().enumerate() {
            let locals = Locals {
                states: &states[..position],
                before: at.locals,
            };
            let locals = Some(&locals);
            self.reads(value, At { locals, ..at }, reasons);
        }
        let locals = Locals {
            states: &states,
            before: at.locals,
        };
        let locals = Some(&locals);
        self.reads(result, At { locals, ..at }, reasons);
    }

    /// A call among the reasons for something else.
    pub(super) fn call(
        &mut self,
        index: usize,
        node: &'a Node,
        arguments: &'a [Node],
        at: At<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let reason = self.apply(index, node, arguments, at);
        add(reasons, reason);
    }
}
