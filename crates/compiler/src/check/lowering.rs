//! The walk over an expression.

use counterfoil_engine::plan::{Expr, Literal};

use super::{
    Assumption, Checker, Obligation, Open, Reads, Site, Typed, collect::LookUp, depth::depth,
    functions::MAX_TOTAL_DEPTH,
};
use crate::{
    codes::{self, Code},
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    source::Span,
    types::{NumberType, Type},
};

/// How often the operands of `and` and `or` may be looked at again in one expression. A second look
/// is needed where an operand relies on one to its right.
const MAX_RETRIES: usize = 1_000;

/// Deepest nesting of an expression in a plan.
const MAX_DEPTH: usize = 60;

/// Deepest nesting of aggregates in a plan: each multiplies the work by its records.
const MAX_NESTED_AGGREGATES: usize = 2;

/// Names of the language's functions, in order.
pub const FUNCTIONS: &[&str] = &[
    "abs",
    "accrue",
    "add_days",
    "add_months",
    "add_working_days",
    "add_years",
    "age_on",
    "all",
    "answered",
    "any",
    "characters",
    "count",
    "date",
    "day_count",
    "day_of",
    "days",
    "days_between",
    "days_in",
    "digits",
    "end_of_month",
    "is_working_day",
    "length",
    "luhn",
    "max",
    "min",
    "mod11_10",
    "mod97",
    "month_of",
    "months",
    "months_between",
    "not",
    "overlap",
    "range",
    "remainder",
    "round",
    "round_down",
    "round_even",
    "round_up",
    "start_of_month",
    "starts_with",
    "sum",
    "upper",
    "weekday",
    "weekday_count",
    "weeks",
    "weighted_sum",
    "working_days_between",
    "year_of",
    "years",
    "years_between",
];

/// The walk over one expression.
pub struct Lowering<'c, 'f> {
    /// What knows the form.
    pub checker: &'c mut Checker<'f>,
    /// Where the expression stands.
    pub site: Site,
    /// What holds where the walk is.
    pub assumed: Vec<Assumption>,
    /// What was found in this expression.
    pub diagnostics: Vec<Diagnostic>,
    /// Look-ups in tables that collect.
    pub look_ups: Vec<LookUp>,
    /// Arguments and named results of the function that is being worked out.
    pub locals: Vec<(String, Typed)>,
    /// The function that is being worked out.
    pub function: Option<String>,
    /// What is left to be proved of it.
    pub open: Vec<Open>,
    retries: usize,
}

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

impl<'f> Lowering<'_, 'f> {
    /// Lowers any expression.
    pub fn expr(&mut self, source: &Source) -> Typed {
        let span = source.span;
        match &source.kind {
            ExprKind::Boolean(value) => {
                Typed::new(Expr::Literal(Literal::Boolean(*value)), Type::Boolean, span)
            }
            ExprKind::Number { value, .. } => Typed::new(
                Expr::Literal(Literal::Number(*value)),
                Type::Number(NumberType::literal(*value)),
                span,
            ),
            ExprKind::Text(text) => Typed::new(
                Expr::Literal(Literal::Text(text.clone())),
                Type::Text { literal: true },
                span,
            ),
            ExprKind::Name(name) => self.name(name, span),
            ExprKind::Member { base, name } => self.member(base, name, span),
            ExprKind::Call { name, arguments } => self.call(name, arguments, span),
            ExprKind::Method {
                base,
                name,
                arguments,
            } => self.on_day(base, name, arguments, span),
            ExprKind::Not(operand) => {
                let typed = self.boolean(operand);
                if typed.type_.is_error() {
                    return Typed::error(span);
                }
                Typed::new(Expr::Not(Box::new(typed.expr)), Type::Boolean, span)
                    .reading(typed.reads)
            }
            ExprKind::Negate(operand) => self.negate(operand, span),
            ExprKind::And(operands) => self.chain(operands, true, span),
            ExprKind::Or(operands) => self.chain(operands, false, span),
            ExprKind::Binary { op, left, right } => self.binary(op.value, left, right, span),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => self.branches(condition, then, otherwise, span),
            ExprKind::List(_) => self.error(
                Diagnostic::error(
                    codes::TYPE_CLASH,
                    span,
                    "a list in brackets can stand only after `in`",
                )
                .help("write `x in [\"a\", \"b\"]`"),
            ),
            ExprKind::Error => Typed::error(span),
        }
    }

    /// Reports a mistake and goes on with a type that goes with everything.
    pub fn error(&mut self, diagnostic: Diagnostic) -> Typed {
        let span = diagnostic.span;
        self.diagnostics.push(diagnostic);
        Typed::error(span)
    }

    /// An operand that must be yes or no and not blank.
    pub fn boolean(&mut self, source: &Source) -> Typed {
        let typed = self.expr(source);
        match &typed.type_ {
            Type::Error => typed,
            Type::Boolean => {
                if self.present(&typed) {
                    typed
                } else {
                    Typed::error(typed.span)
                }
            }
            other => {
                let mut diagnostic = Diagnostic::error(
                    codes::TYPE_CLASH,
                    typed.span,
                    format!("a condition is yes or no, and this is {other}"),
                );
                diagnostic = match other {
                    Type::Choice(_) => {
                        diagnostic.help("compare it with an option: `… == \"option\"`")
                    }
                    Type::Set(_) => diagnostic.help("ask for an option: `\"option\" in …`"),
                    Type::Text { .. } => diagnostic.help("compare it: `… == \"text\"`"),
                    Type::Number(_) | Type::Quotient(_) => diagnostic.help("compare it: `… > 0`"),
                    Type::Range(_) => diagnostic.help("ask for a date: `date in …`"),
                    Type::Duration(_) => diagnostic.help("compare it: `… > days(0)`"),
                    _ => diagnostic.help("compare it with another date"),
                };
                self.error(diagnostic)
            }
        }
    }

    /// `and` and `or`: each operand may rely on what the others say, as long as none relies on itself.
    fn chain(&mut self, operands: &[Source], conjunction: bool, span: Span) -> Typed {
        let mut settled: Vec<Option<Typed>> = vec![None; operands.len()];
        let mut waiting: Vec<(usize, Typed, Found)> = Vec::new();
        for (index, operand) in operands.iter().enumerate() {
            let (typed, found) = self.with_siblings(operand, &settled, conjunction);
            if found.diagnostics.iter().any(is_about_blank) && operands.len() > 1 {
                waiting.push((index, typed, found));
            } else {
                self.take(found);
                settled[index] = Some(typed);
            }
        }
        let at_once: Vec<bool> = settled.iter().map(Option::is_some).collect();
        let mut progress = true;
        while progress && !waiting.is_empty() && self.retries > 0 {
            progress = false;
            for (index, first_try, first_found) in std::mem::take(&mut waiting) {
                self.retries = self.retries.saturating_sub(1);
                let (typed, found) = self.with_siblings(&operands[index], &settled, conjunction);
                if self.retries == 0 || found.diagnostics.iter().any(is_about_blank) {
                    waiting.push((index, first_try, first_found));
                } else {
                    self.take(found);
                    settled[index] = Some(typed);
                    progress = true;
                }
            }
        }
        for (index, typed, found) in waiting {
            self.take(found);
            settled[index] = Some(typed);
        }
        self.leave_operands(&settled, &at_once, conjunction);
        let operands: Vec<Typed> = settled.into_iter().flatten().collect();
        let Some(reads) = self.join(&operands, span) else {
            return Typed::error(span);
        };
        if operands.iter().any(|operand| operand.type_.is_error()) {
            return Typed::error(span);
        }
        let operands = operands.into_iter().map(|operand| operand.expr).collect();
        let expr = if conjunction {
            Expr::And(operands)
        } else {
            Expr::Or(operands)
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// An operand of `and` or `or` where those that are settled are known to leave the result open.
    fn with_siblings(
        &mut self,
        operand: &Source,
        settled: &[Option<Typed>],
        conjunction: bool,
    ) -> (Typed, Found) {
        let outer = self.assumed.len();
        for sibling in settled.iter().flatten().filter(|s| !s.type_.is_error()) {
            self.assumed
                .push(Assumption::leaves_open(sibling, conjunction));
        }
        let (diagnostics, open) = (self.diagnostics.len(), self.open.len());
        let typed = self.boolean(operand);
        let found = Found {
            diagnostics: self.diagnostics.split_off(diagnostics),
            open: self.open.split_off(open),
        };
        self.assumed.truncate(outer);
        (typed, found)
    }

    fn take(&mut self, found: Found) {
        self.diagnostics.extend(found.diagnostics);
        self.open.extend(found.open);
    }

    /// Each operand is to make a difference where those before it leave the result open. Those that rely
    /// on another to their right do not count: it may be there for their sake alone.
    fn leave_operands(&mut self, operands: &[Option<Typed>], at_once: &[bool], conjunction: bool) {
        let outer = self.assumed.len();
        for (operand, at_once) in operands.iter().zip(at_once) {
            let Some(operand) = operand.as_ref().filter(|o| !o.type_.is_error()) else {
                break;
            };
            self.leave(Obligation::Operand, operand);
            if *at_once {
                self.assumed
                    .push(Assumption::leaves_open(operand, conjunction));
            }
        }
        self.assumed.truncate(outer);
    }

    fn branches(
        &mut self,
        condition: &Source,
        then: &Source,
        otherwise: &Source,
        span: Span,
    ) -> Typed {
        let condition = self.boolean(condition);
        if !condition.type_.is_error() {
            self.leave(Obligation::Branch, &condition);
        }
        let mut branch = |source: &Source, holds: bool| {
            let outer = self.assumed.len();
            if !condition.type_.is_error() {
                let expr = condition.expr.clone();
                self.assumed.push(Assumption {
                    expr: if holds {
                        expr
                    } else {
                        Expr::Not(Box::new(expr))
                    },
                    reads: condition.reads,
                });
            }
            let typed = self.expr(source);
            let typed = self.settled(typed);
            self.assumed.truncate(outer);
            typed
        };
        let then = branch(then, true);
        let otherwise = branch(otherwise, false);
        let blank = then.blank || otherwise.blank;
        let joined = self.join(&[condition.clone(), then.clone(), otherwise.clone()], span);
        let (then, otherwise) = self.agreed(then, otherwise);
        let type_ = self.unify(
            &then,
            &otherwise,
            span,
            "the two branches of `if` must be of one type",
        );
        let Some(reads) = joined else {
            return Typed::error(span);
        };
        if condition.type_.is_error() || type_.is_error() {
            return Typed::error(span);
        }
        let expr = Expr::If {
            condition: Box::new(condition.expr),
            then: Box::new(then.expr),
            otherwise: Box::new(otherwise.expr),
        };
        Typed::new(expr, type_, span)
            .reading(reads)
            .maybe_blank(blank)
    }

    /// What several operands read together; none, and a report, where they do not go together.
    pub fn join(&mut self, operands: &[Typed], span: Span) -> Option<Reads> {
        let mut joined = Reads::Form;
        for operand in operands {
            joined = match (joined, operand.reads) {
                (reads, Reads::Form) | (Reads::Form, reads) => reads,
                (Reads::Record, Reads::Record) => Reads::Record,
                (Reads::Each(a), Reads::Each(b)) if a == b => joined,
                (Reads::Rows { look_up, .. }, Reads::Record)
                | (Reads::Record, Reads::Rows { look_up, .. }) => Reads::Rows {
                    look_up,
                    record: true,
                },
                (
                    Reads::Rows {
                        look_up: a,
                        record: x,
                    },
                    Reads::Rows {
                        look_up: b,
                        record: y,
                    },
                ) if a == b => Reads::Rows {
                    look_up: a,
                    record: x || y,
                },
                (Reads::Rows { .. }, _) | (_, Reads::Rows { .. }) => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::MIXED_GROUPS,
                            span,
                            "the rows of a table and another list do not belong to each other",
                        )
                        .help("make one value of one of them first, with `sum`, `any` or the like"),
                    );
                    return None;
                }
                (Reads::Each(a), Reads::Each(b)) => {
                    let id = |group: usize| self.checker.names.groups[group].group.group.as_str();
                    let message = format!(
                        "the records of `{}` and of `{}` do not belong to each other",
                        id(a),
                        id(b)
                    );
                    self.diagnostics.push(
                        Diagnostic::error(codes::MIXED_GROUPS, span, message).help(
                            "make one value of each group first, with `sum`, `any` or the like",
                        ),
                    );
                    return None;
                }
                (Reads::Each(_), Reads::Record) | (Reads::Record, Reads::Each(_)) => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::MIXED_GROUPS,
                            span,
                            "a list of records and the record at hand are mixed",
                        )
                        .help(
                            "make one value of the list first, with `sum`, `any` or the like, and \
                             leave the record's own fields outside of it",
                        ),
                    );
                    return None;
                }
            };
        }
        Some(joined)
    }

    /// Reports a list where one value is wanted.
    pub fn single(&mut self, typed: Typed, what: &str) -> Typed {
        if typed.type_.is_error() {
            return typed;
        }
        let of = match typed.reads {
            Reads::Form | Reads::Record => return typed,
            Reads::Each(group) => {
                let id = self.checker.names.groups[group].group.group.as_str();
                format!("one for each record of `{id}`")
            }
            Reads::Rows { look_up, .. } => {
                format!(
                    "one for each row of `{}` that matches",
                    self.table_of(look_up)
                )
            }
        };
        let text = self.checker.text(typed.span);
        let aggregates = match typed.type_ {
            Type::Boolean => format!("`any({text})`, `all({text})` or `count({text})`"),
            Type::Number(_) => format!("`sum({text})`, `min({text})` or `max({text})`"),
            Type::Date(_) | Type::Duration(_) => format!("`min({text})` or `max({text})`"),
            Type::Range(_) => {
                format!("`day_count({text})`, or `min({text}.start)` or `max({text}.end)`")
            }
            _ => format!("`any({text} == …)` or `all({text} == …)`"),
        };
        self.error(
            Diagnostic::error(
                codes::LIST_GIVEN,
                typed.span,
                format!("{what} has one result, and this has {of}"),
            )
            .help(format!("write {aggregates}")),
        )
    }

    /// Reports operands that do not go together.
    pub fn clash(
        &mut self,
        code: Code,
        span: Span,
        message: String,
        help: Option<String>,
    ) -> Typed {
        let diagnostic = Diagnostic::error(code, span, message);
        self.error(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        })
    }
}

/// What was found while an operand was looked at, until it is settled.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    open: Vec<Open>,
}

fn is_about_blank(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == codes::MAY_BE_BLANK
}
