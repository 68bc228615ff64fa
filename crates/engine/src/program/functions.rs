//! Functions of a plan: lowered once each, callees first, with a bound on their work.

use std::collections::BTreeSet;

use super::{
    FunctionNode, Node,
    lower::{Lowered, Lowering, Scope, unsound},
};
use crate::{
    names::Names,
    plan::{Expr, Local},
};

/// Most nodes that a plan comes to with every call written out.
const MAX_WORK: u64 = 10_000_000;
/// Deepest nesting of expressions, those of the functions that they call included.
const MAX_TOTAL_DEPTH: usize = 160;

/// What a call of a function asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Callee {
    pub index: usize,
    arguments: usize,
    /// Steps on which it depends.
    needs: BTreeSet<usize>,
    /// Nodes, those of the functions that it calls included.
    work: u64,
    /// Nesting, that of the functions that it calls included.
    depth: usize,
    /// Aggregates within each other.
    aggregates: usize,
}

/// The function that is being lowered.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    locals: Vec<String>,
    needs: BTreeSet<usize>,
    depth: usize,
    aggregates: usize,
}

/// What the lowering of functions keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Functions {
    pub known: Names<Callee>,
    pub current: Option<Current>,
    /// Nodes lowered so far, calls written out.
    pub work: u64,
}

impl Lowering<'_> {
    /// Every function; each can call those above it alone, so that none calls itself.
    pub(super) fn lower_functions(&mut self) -> Lowered<Vec<FunctionNode>> {
        let rules = self.rules;
        let mut nodes = Vec::with_capacity(rules.functions.len());
        for (index, function) in rules.functions.iter().enumerate() {
            let id = &function.function;
            let locals: Vec<_> = function
                .arguments
                .iter()
                .map(|a| a.argument.clone())
                .collect();
            let before = self.functions.work;
            self.functions.current = Some(Current {
                locals,
                ..Current::default()
            });
            let code = self.lower(&function.expr, Scope::last(None).without_lines())?;
            let current = self.functions.current.take().unwrap_or_default();
            let callee = Callee {
                index,
                arguments: function.arguments.len(),
                needs: current.needs,
                work: self.functions.work - before,
                depth: current.depth,
                aggregates: current.aggregates,
            };
            if !self.functions.known.insert(id, callee) {
                return unsound(format!("the plan declares the function `{id}` twice"));
            }
            nodes.push(FunctionNode {
                id: id.clone(),
                arguments: function
                    .arguments
                    .iter()
                    .map(|a| (a.argument.clone(), a.type_.clone()))
                    .collect(),
                type_: function.type_.clone(),
                code,
            });
        }
        Ok(nodes)
    }

    /// Notes a node, for the bound on the plan's work.
    pub(super) fn note_node(&mut self, scope: Scope, depth: usize) -> Lowered<()> {
        self.functions.work += 1;
        if let Some(current) = &mut self.functions.current {
            current.depth = current.depth.max(depth + 1);
            current.aggregates = current.aggregates.max(scope.aggregates);
        }
        if self.functions.work > MAX_WORK {
            return unsound(format!(
                "the plan's functions call each other too often: more than {MAX_WORK} steps in all"
            ));
        }
        Ok(())
    }

    /// Notes a step that the function being lowered reads.
    pub(super) fn note_need(&mut self, step: usize) {
        if let Some(current) = &mut self.functions.current {
            current.needs.insert(step);
        }
    }

    pub(super) fn apply(
        &mut self,
        function: &str,
        arguments: Vec<Node>,
        scope: Scope,
        depth: usize,
    ) -> Lowered<Node> {
        let Some(callee) = self.functions.known.get(function).cloned() else {
            return unsound(format!(
                "the plan has no function `{function}` above the place where it is called"
            ));
        };
        if arguments.len() != callee.arguments {
            return unsound(format!(
                "the plan calls the function `{function}` with the wrong arguments"
            ));
        }
        if depth + callee.depth > MAX_TOTAL_DEPTH {
            return unsound(format!(
                "the plan's functions call each other more than {MAX_TOTAL_DEPTH} deep"
            ));
        }
        let inner = scope.within(callee.aggregates)?;
        self.functions.work += callee.work;
        self.note_node(inner, depth + callee.depth)?;
        for &step in &callee.needs {
            self.note_need(step);
            self.read_step(function, step, scope)?;
        }
        Ok(Node::Apply {
            function: callee.index,
            arguments,
        })
    }

    pub(super) fn named(
        &mut self,
        locals: &[Local],
        result: &Expr,
        scope: Scope,
        depth: usize,
    ) -> Lowered<Node> {
        let outer = self.locals()?.len();
        let mut values = Vec::with_capacity(locals.len());
        for local in locals {
            values.push(self.expression(&local.expr, scope, depth + 1)?);
            let names = self.locals()?;
            if names.contains(&local.local) {
                return unsound(format!(
                    "the plan names `{}` twice in one function",
                    local.local
                ));
            }
            names.push(local.local.clone());
        }
        let result = Box::new(self.expression(result, scope, depth + 1)?);
        self.locals()?.truncate(outer);
        Ok(Node::Let { values, result })
    }

    pub(super) fn local(&mut self, name: &str) -> Lowered<Node> {
        let position = self.locals()?.iter().position(|local| local == name);
        match position {
            Some(position) => Ok(Node::Local(position)),
            None => unsound(format!("the plan's function has no `{name}`")),
        }
    }

    fn locals(&mut self) -> Lowered<&mut Vec<String>> {
        match &mut self.functions.current {
            Some(current) => Ok(&mut current.locals),
            None => unsound("the plan names a local outside every function".to_owned()),
        }
    }
}
