//! Functions of the form: their bodies, and the calls that are held against what they declare.

use std::rc::Rc;

use counterfoil_engine::plan::{self, Expr};

use super::{Checker, Memo, Obligation, Site, Typed, limits, lowering::Lowering};
use crate::{
    codes,
    definition::Function,
    diagnostic::Diagnostic,
    expression::Expr as Source,
    proofs::{cost, walk},
    source::{Span, Spanned},
    types::{Bounds, Days, Type},
};

/// Deepest nesting of an expression with that of the functions that it calls.
pub(super) const MAX_TOTAL_DEPTH: usize = 150;
/// Most work that a call may ask for, in parts of expressions.
const MAX_WORK: u64 = 20_000;

/// A function as calls see it.
#[derive(Clone, Debug)]
pub struct FunctionInfo {
    /// Types of its arguments, with their limits.
    pub arguments: Vec<ArgumentInfo>,
    /// What it comes to, over its arguments.
    pub result: Typed,
    /// Nesting of its body with that of the functions that it calls.
    depth: usize,
    /// Parts of its body with those of the functions that it calls.
    work: u64,
    /// Lists that are gone through inside each other.
    lists: usize,
}

/// An argument as calls see it.
#[derive(Clone, Debug)]
pub struct ArgumentInfo {
    /// Its name.
    pub name: String,
    /// Its type with its limits.
    pub type_: Type,
    /// Whether it may be blank.
    pub optional: bool,
}

impl<'f> Checker<'f> {
    /// A function, its body checked with the types that it declares.
    pub fn function(&mut self, position: usize) -> Option<Rc<FunctionInfo>> {
        match &self.functions[position] {
            Memo::Done(function) => return Some(Rc::clone(function)),
            Memo::Open => return None,
            Memo::New => self.functions[position] = Memo::Open,
        }
        let form = self.form;
        let function = &form.functions[position];
        let id = function.function.as_str();
        let arguments: Vec<_> = function
            .arguments
            .iter()
            .map(|argument| ArgumentInfo {
                name: argument.argument.value.clone(),
                type_: self.input_type_of(
                    id,
                    "function",
                    &argument.argument,
                    Some(&argument.type_),
                ),
                optional: argument.optional,
            })
            .collect();
        self.report_shadowed(function);
        let locals = arguments.iter().zip(&function.arguments);
        let locals = locals.map(|(info, argument)| {
            let expr = Expr::Local(info.name.clone());
            let typed = Typed::new(expr, info.type_.clone(), argument.argument.span);
            (info.name.clone(), typed.maybe_blank(info.optional))
        });
        let locals = locals.collect();
        let mut result = self.body(id, &function.body, locals);
        result.type_ = result.type_.named();
        let info = FunctionInfo {
            depth: self.total_depth(&result.expr),
            work: self.total_work(&result.expr),
            lists: self.nested_lists(&result.expr),
            arguments,
            result,
        };
        self.report_limits(function, &info);
        let info = Rc::new(info);
        self.functions[position] = Memo::Done(Rc::clone(&info));
        self.function_order.push(position);
        Some(info)
    }

    fn report_limits(&mut self, function: &'f Function, info: &FunctionInfo) {
        let id = &function.function;
        if info.work > MAX_WORK {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::FUNCTION_WORK,
                    id.span,
                    format!(
                        "one call of `{}` asks for {} steps, and {} are the most",
                        id.value,
                        cost::grouped(info.work),
                        cost::grouped(MAX_WORK)
                    ),
                )
                .help("it calls functions that call functions: give what they share a name with `let`"),
            );
        }
    }

    /// Names in a function that mean something else outside of it, or that stand twice in it.
    fn report_shadowed(&mut self, function: &'f Function) {
        let arguments = function.arguments.iter().map(|argument| &argument.argument);
        let names = arguments.chain(function.body.locals.iter().map(|(name, _)| name));
        let mut seen: Vec<&Spanned<String>> = Vec::new();
        for name in names {
            let found = |message: String, earlier: Span, label: &str| {
                Diagnostic::error(codes::LOCAL_NAME, name.span, message)
                    .label(earlier, label)
                    .help("give one of the two another name: nobody could tell which is meant")
            };
            if let Some(earlier) = seen.iter().find(|other| other.value == name.value) {
                let message = format!("`{}` stands twice in this function", name.value);
                self.diagnostics
                    .push(found(message, earlier.span, "it stands here first"));
            } else if let Some(outer) = self.names.place(name.as_str())
                // What a form calls its own is unknown to a shared file.
                && (self.form.shared.file(name.span.file).is_none()
                    || outer.file == name.span.file)
            {
                let message = format!("`{}` is also a name outside the function", name.value);
                self.diagnostics
                    .push(found(message, outer, "declared here"));
            }
            seen.push(name);
        }
    }

    /// As the plan states it.
    pub fn published_function(&mut self, position: usize) -> Option<plan::Function> {
        let info = self.function(position)?;
        let id = self.form.functions[position].function.value.clone();
        Some(plan::Function {
            arguments: info
                .arguments
                .iter()
                .map(|argument| plan::Argument {
                    argument: argument.name.clone(),
                    type_: argument.type_.published(),
                })
                .collect(),
            type_: info.result.type_.published(),
            expr: info.result.expr.clone(),
            function: id,
        })
    }

    /// A function by its id, where it has been worked out.
    pub(super) fn known_function(&self, id: &str) -> Option<&FunctionInfo> {
        let position = self
            .form
            .functions
            .iter()
            .position(|f| f.function.value == id)?;
        match &self.functions[position] {
            Memo::Done(function) => Some(function),
            Memo::New | Memo::Open => None,
        }
    }

    /// How deep an expression is nested, with the functions that it calls.
    pub(super) fn total_depth(&self, expr: &Expr) -> usize {
        let called = match expr {
            Expr::Call { function, .. } => self.known_function(function).map_or(0, |f| f.depth),
            _ => 0,
        };
        1 + called + super::depth::deepest(expr, &|operand| self.total_depth(operand))
    }

    /// How many lists an expression goes through inside each other, with the functions that it calls.
    pub(super) fn nested_lists(&self, expr: &Expr) -> usize {
        let own = match expr {
            Expr::Aggregate { .. } | Expr::OverRows { .. } | Expr::Each { .. } => 1,
            Expr::Call { function, .. } => self.known_function(function).map_or(0, |f| f.lists),
            _ => 0,
        };
        own + super::depth::deepest(expr, &|operand| self.nested_lists(operand))
    }

    fn total_work(&self, expr: &Expr) -> u64 {
        let called = match expr {
            Expr::Call { function, .. } => self.known_function(function).map_or(0, |f| f.work),
            _ => 0,
        };
        let operands = walk::operands(expr)
            .into_iter()
            .fold(0_u64, |sum, operand| {
                sum.saturating_add(self.total_work(operand))
            });
        called.saturating_add(operands).saturating_add(1)
    }
}

impl Lowering<'_, '_> {
    /// A call of a function of the form.
    pub(super) fn call_function(
        &mut self,
        position: usize,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let definition = &self.checker.form.functions[position];
        let id = definition.function.as_str();
        let arguments: Vec<Typed> = arguments.iter().map(|source| self.expr(source)).collect();
        let count = definition.arguments.len();
        if arguments.len() != count {
            let names: Vec<_> = definition
                .arguments
                .iter()
                .map(|a| a.argument.as_str())
                .collect();
            let message = format!(
                "the function `{id}` takes {count} argument{}, and here are {}",
                if count == 1 { "" } else { "s" },
                arguments.len()
            );
            let help = format!("write `{id}({})`", names.join(", "));
            return self.clash(codes::ARGUMENTS, span, message, Some(help));
        }
        // A function that depends on itself has been reported.
        let Some(function) = self.checker.function(position) else {
            return Typed::error(span);
        };
        let mut sound = true;
        let mut given = Vec::with_capacity(count);
        for (argument, info) in arguments.into_iter().zip(&function.arguments) {
            let argument = self.coerced(argument, &info.type_);
            sound &= self.fits_argument(&argument, info, id);
            given.push(argument);
        }
        let joined = self.join(&given, span);
        let Some(reads) = joined.filter(|_| sound && !function.result.type_.is_error()) else {
            return Typed::error(span);
        };
        let expr = Expr::Call {
            function: id.to_owned(),
            arguments: given.into_iter().map(|argument| argument.expr).collect(),
        };
        let typed = Typed::new(expr, function.result.type_.clone(), span)
            .reading(reads)
            .maybe_blank(function.result.blank);
        self.leave(Obligation::Called, &typed);
        typed
    }

    /// Whether an argument is of the type that a function declares, within its limits, and there.
    fn fits_argument(&mut self, argument: &Typed, wanted: &ArgumentInfo, function: &str) -> bool {
        let text = self.checker.text(argument.span);
        let slot = format!("the argument `{}` of `{function}`", wanted.name);
        let beyond = |message: String| {
            Some(
                Diagnostic::error(codes::ARGUMENT_LIMITS, argument.span, message)
                    .help("widen the argument's limits, or give a narrower value"),
            )
        };
        let outside = |inner: [String; 2], outer: [String; 2]| {
            beyond(limits::beyond(text, &slot, &inner, &outer))
        };
        let problem = match (&argument.type_, &wanted.type_) {
            (Type::Error, _) | (_, Type::Error) => return false,
            (Type::Number(number), Type::Number(domain)) => {
                if number.unit.same(domain.unit).is_none() {
                    Some(Diagnostic::error(
                        codes::UNIT_CLASH,
                        argument.span,
                        format!("{slot} is {}, and this is {}", wanted.type_, argument.type_),
                    ))
                } else if number.scale > domain.scale {
                    Some(
                        Diagnostic::error(
                            codes::ARGUMENT_LIMITS,
                            argument.span,
                            format!(
                                "`{text}` can have {} digits after the point, and {slot} has {}",
                                number.scale, domain.scale
                            ),
                        )
                        .help("round it first, or declare the argument with that `scale`"),
                    )
                } else if domain.bounds.covers(number.bounds) {
                    None
                } else {
                    let show = |bounds: Bounds| [bounds.min, bounds.max].map(|n| n.to_string());
                    outside(show(number.bounds), show(domain.bounds))
                }
            }
            (Type::Date(days), Type::Date(domain)) if !domain.covers(*days) => {
                let show = |days: &Days| [days.min, days.max].map(|day| day.to_string());
                outside(show(days), show(domain))
            }
            (Type::Duration(given), Type::Duration(domain)) if given.hull(*domain) != *domain => {
                beyond(format!("`{text}` can be longer or shorter than {slot}"))
            }
            (Type::Range(given), Type::Range(domain)) if given.hull(*domain) != *domain => {
                beyond(format!("`{text}` can have other days than {slot}"))
            }
            (Type::Date(_), Type::Date(_))
            | (Type::Duration(_), Type::Duration(_))
            | (Type::Range(_), Type::Range(_))
            | (Type::Boolean, Type::Boolean)
            | (Type::Text { .. }, Type::Text { .. }) => None,
            (Type::Choice(a), Type::Choice(b)) if a == b => None,
            (Type::Quotient(_), Type::Number(_)) => {
                let rounded = self.rounded(argument.clone(), "an argument of a function");
                return !rounded.type_.is_error();
            }
            (given, wanted) => Some(Diagnostic::error(
                codes::TYPE_CLASH,
                argument.span,
                format!("{slot} is {wanted}, and this is {given}"),
            )),
        };
        if let Some(diagnostic) = problem {
            self.diagnostics.push(diagnostic);
            return false;
        }
        wanted.optional || self.present(argument)
    }

    /// A name within the function that is being worked out.
    pub(super) fn local(&self, name: &str, span: Span) -> Option<Typed> {
        let (_, typed) = self.locals.iter().find(|(local, _)| local == name)?;
        Some(Typed {
            span,
            ..typed.clone()
        })
    }
}

impl<'f> Checker<'f> {
    /// What a function comes to: its named results, and what is made of them.
    fn body(
        &mut self,
        id: &str,
        body: &'f crate::definition::Body,
        locals: Vec<(String, Typed)>,
    ) -> Typed {
        self.walk(Site::FORM, &[], |walk| {
            walk.locals = locals;
            walk.function = Some(id.to_owned());
            let mut named = Vec::with_capacity(body.locals.len());
            for (name, source) in &body.locals {
                let typed = walk.expr(source);
                let typed = walk.settled(typed);
                let mut typed = walk.single(typed, "what `let` names");
                if matches!(typed.type_, Type::Set(_)) {
                    let message = "`let` cannot name a set of options".to_owned();
                    let help = Some("ask for one of them: `\"option\" in …`".to_owned());
                    typed = walk.clash(codes::TYPE_CLASH, typed.span, message, help);
                }
                // A text under a name is no option or date any more; a number still goes with money.
                if let Type::Text { .. } = typed.type_ {
                    typed.type_ = Type::TEXT;
                }
                named.push(plan::Local {
                    local: name.value.clone(),
                    expr: typed.expr.clone(),
                });
                let local = Typed {
                    expr: Expr::Local(name.value.clone()),
                    ..typed
                };
                walk.locals.push((name.value.clone(), local));
            }
            let typed = walk.expr(&body.result);
            let typed = walk.settled(typed);
            let typed = walk.rounded(typed, "the result of a function");
            let mut typed = walk.single(typed, "the result of a function");
            if !named.is_empty() && !typed.type_.is_error() {
                typed.expr = Expr::Let {
                    locals: named,
                    result: Box::new(typed.expr),
                };
            }
            walk.checker.shallow(typed)
        })
    }
}
