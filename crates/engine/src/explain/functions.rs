//! Functions of the form: a call with its arguments, and what the function made of them.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Frame, Scope},
    expression::pairs,
};
use crate::{
    evaluate::{At, Locals},
    plan::{Expr, Function, Local, Type},
    program::Node,
};

impl<'a> Explainer<'a> {
    fn declared_function(&self, id: &str) -> Option<(usize, &'a Function)> {
        let mut functions = self.plan.rules().functions.iter().enumerate();
        functions.find(|(_, function)| function.function == id)
    }

    /// A call: its label and result, its arguments each with what they were worked out from, then what
    /// the function read.
    pub(super) fn call(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Expr::Call { function: id, .. } = expr else {
            return;
        };
        let Some((_, declared)) = self.declared_function(id) else {
            return;
        };
        let Node::Apply { function, .. } = node else {
            return;
        };
        let key = format!("function.{id}");
        let mut because = Vec::new();
        let mut states = Vec::with_capacity(declared.arguments.len());
        for ((argument, argument_node), declared) in pairs(expr, node).zip(&declared.arguments) {
            let state = self.evaluation.eval(argument_node, scope.at);
            let shown = self.shown(&state, &declared.type_);
            let label = self.label(&format!("{key}.{}", declared.argument), &declared.argument);
            let told = Explanation {
                expression: self.expression(argument, scope),
                because: self.reasons(argument, argument_node, scope),
                ..self.stated(Kind::Argument, &label, shown)
            };
            self.add(&mut because, told);
            states.push(state);
        }
        let locals = Locals {
            states: &states,
            before: None,
        };
        let inner = Scope {
            at: At {
                locals: Some(&locals),
                ..At::default()
            },
            group: None,
        };
        let frame = Frame {
            function: Some(*function),
            ..Frame::default()
        };
        let outer = std::mem::replace(&mut self.frame, frame);
        let code = &self.plan.program().functions[*function].code;
        self.reads(&declared.expr, code, inner, &mut because);
        self.frame = outer;
        let result = self.evaluation.eval(node, scope.at);
        let told = Explanation {
            node: Some(format!("functions.{id}")),
            source: self.source(&key),
            expression: self.expression(expr, scope),
            because,
            ..self.stated(
                Kind::Function,
                &self.label(&key, id),
                self.shown(&result, &declared.type_),
            )
        };
        self.add(reasons, told);
    }

    /// What named results read, and what is made of them.
    pub(super) fn named_results(
        &mut self,
        declared: &'a [Local],
        result: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Let {
            values,
            result: result_node,
        } = node
        else {
            return;
        };
        let states = self.evaluation.named(values, scope.at);
        let named = self.frame.named.len();
        for (position, (local, value)) in declared.iter().zip(values).enumerate() {
            let locals = Locals {
                states: &states[..position],
                before: scope.at.locals,
            };
            let at = At {
                locals: Some(&locals),
                ..scope.at
            };
            self.reads(&local.expr, value, Scope { at, ..scope }, reasons);
            let type_ = self.type_of(&local.expr);
            self.frame.named.push((local.local.clone(), type_));
        }
        let locals = Locals {
            states: &states,
            before: scope.at.locals,
        };
        let at = At {
            locals: Some(&locals),
            ..scope.at
        };
        self.reads(result, result_node, Scope { at, ..scope }, reasons);
        self.frame.named.truncate(named);
    }

    /// The type of an argument or named result of the function at hand.
    pub(super) fn local_type(&self, name: &str) -> Option<Type> {
        if let Some((_, type_)) = self.frame.named.iter().find(|(local, _)| local == name) {
            return type_.clone();
        }
        let function = &self.plan.program().functions[self.frame.function?];
        let mut arguments = function.arguments.iter();
        Some(arguments.find(|(argument, _)| argument == name)?.1.clone())
    }

    /// What a sentence calls an argument of the function at hand; a named result has no name for people.
    pub(super) fn local_label(&self, name: &str) -> Option<String> {
        let function = self.plan.rules().functions.get(self.frame.function?)?;
        let mut arguments = function.arguments.iter();
        arguments.find(|argument| argument.argument == name)?;
        Some(self.label(&format!("function.{}.{name}", function.function), name))
    }

    /// Whether a function looks something up in a table, itself or through others.
    pub(super) fn function_reads(&self, id: &str, table: &str) -> bool {
        self.declared_function(id)
            .is_some_and(|(_, function)| self.looks_up(&function.expr, table))
    }

    fn looks_up(&self, expr: &Expr, table: &str) -> bool {
        let within = match expr {
            Expr::Table { table: other, .. }
            | Expr::OverRows { table: other, .. }
            | Expr::Collect { table: other, .. } => other == table,
            Expr::Call { function, .. } => self.function_reads(function, table),
            Expr::Let { result, .. } => self.looks_up(result, table),
            _ => false,
        };
        within
            || expr
                .operands()
                .iter()
                .any(|expr| self.looks_up(expr, table))
    }
}
