//! The ways into lowering: an expression of the form as a condition, a value, an amount.

use counterfoil_engine::plan::Expr;

use super::{
    Assumption, Checker, Site, Typed, depth::depth, functions::MAX_TOTAL_DEPTH, lowering::Lowering,
};
use crate::{codes, diagnostic::Diagnostic, expression::Expr as Source};

/// How often the operands of `and` and `or` may be looked at again in one expression. A second look
/// is needed where an operand relies on one to its right.
const MAX_RETRIES: usize = 1_000;
/// Deepest nesting of an expression in a plan.
const MAX_DEPTH: usize = 60;
/// Deepest nesting of aggregates in a plan: each multiplies the work by its records.
const MAX_NESTED_AGGREGATES: usize = 2;

impl<'f> Checker<'f> {
    pub(super) fn walk<T>(
        &mut self,
        site: Site,
        assumed: &[Assumption],
        run: impl FnOnce(&mut Lowering<'_, 'f>) -> T,
    ) -> T {
        let mut lowering = Lowering {
            checker: self,
            site,
            assumed: assumed.to_vec(),
            diagnostics: Vec::new(),
            look_ups: Vec::new(),
            locals: Vec::new(),
            function: None,
            open: Vec::new(),
            retries: MAX_RETRIES,
        };
        let result = run(&mut lowering);
        let (found, open) = (lowering.diagnostics, lowering.open);
        self.diagnostics.extend(found);
        self.open.extend(open);
        result
    }

    /// The result of a walk, unless it is nested deeper than the engine goes.
    pub(super) fn shallow(&mut self, typed: Typed) -> Typed {
        if self.nested_lists(&typed.expr) > MAX_NESTED_AGGREGATES {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::EXPRESSION_LIMIT,
                    typed.span,
                    format!(
                        "more than {MAX_NESTED_AGGREGATES} lists are gone through inside each other"
                    ),
                )
                .help("give the inner `sum`, `count` or the like a name under `values:`"),
            );
            return Typed::error(typed.span);
        }
        let levels = depth(&typed.expr);
        if levels <= MAX_DEPTH && self.total_depth(&typed.expr) > MAX_TOTAL_DEPTH {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::FUNCTION_DEPTH,
                    typed.span,
                    format!("with the functions that it calls this is nested more than {MAX_TOTAL_DEPTH} deep"),
                )
                .help("let fewer functions call each other, or give a result a name under `values:`"),
            );
            return Typed::error(typed.span);
        }
        if levels <= MAX_DEPTH {
            return typed;
        }
        self.diagnostics.push(
            Diagnostic::error(
                codes::EXPRESSION_LIMIT,
                typed.span,
                format!("the expression is nested more than {MAX_DEPTH} deep"),
            )
            .help("give parts of it names under `values:`, or write a table"),
        );
        Typed::error(typed.span)
    }

    /// A condition: one boolean that is never blank. None where it is no such thing, which has been
    /// reported.
    pub fn condition(
        &mut self,
        source: &Source,
        site: Site,
        assumed: &[Assumption],
    ) -> Option<Expr> {
        self.walk(site, assumed, |walk| {
            let typed = walk.boolean(source);
            let typed = walk.single(typed, "a condition");
            let typed = walk.checker.shallow(typed);
            (!typed.type_.is_error()).then_some(typed.expr)
        })
    }

    /// One value of any type. What it may not be (a list, an exact quotient) has been reported.
    pub fn scalar(
        &mut self,
        source: &Source,
        site: Site,
        assumed: &[Assumption],
        what: &str,
    ) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.settled(typed);
            let typed = walk.rounded(typed, what);
            let typed = walk.single(typed, what);
            walk.checker.shallow(typed)
        })
    }

    /// The value of a placeholder, which is neither blank nor a list.
    pub fn placeholder(&mut self, source: &Source, site: Site, assumed: &[Assumption]) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.rounded(typed, "a placeholder");
            let typed = walk.single(typed, "a placeholder");
            walk.present(&typed);
            walk.checker.shallow(typed)
        })
    }

    /// The amount of a line: money that is rounded and never blank.
    pub fn amount(&mut self, source: &Source, site: Site, assumed: &[Assumption]) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.single(typed, "an amount");
            walk.present(&typed);
            let typed = walk.rounded_money(typed);
            walk.checker.shallow(typed)
        })
    }
}
