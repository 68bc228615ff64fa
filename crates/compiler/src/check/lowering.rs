//! The walk over an expression.

use counterfoil_engine::plan::{Expr, Literal};

use super::{Assumption, Checker, Obligation, Open, Reads, Site, Typed, collect::LookUp};
use crate::{
    codes::{self, Code},
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    source::Span,
    types::{NumberType, Type},
};

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
    pub(super) retries: usize,
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
            if condition.type_.is_error() {
                self.assumed.push(Assumption::unread());
            } else {
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
