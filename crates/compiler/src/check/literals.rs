//! Literal texts, which become options and dates where these are expected; and types that agree.

use counterfoil_engine::{
    date::Day,
    plan::{Expr, Literal},
};

use super::{Reads, Typed, lowering::Lowering};
use crate::{
    closest::closest,
    codes,
    diagnostic::Diagnostic,
    source::Span,
    types::{ChoiceType, Days, Numeric, QuotientType, Type, Unit},
};

impl Lowering<'_, '_> {
    /// Two operands, each literal text among them read as what the other is.
    pub(super) fn agreed(&mut self, left: Typed, right: Typed) -> (Typed, Typed) {
        let left = self.coerced(left, &right.type_);
        let right = self.coerced(right, &left.type_);
        (left, right)
    }

    /// A literal text as the option or date that is expected in its place.
    pub(super) fn coerced(&mut self, typed: Typed, expected: &Type) -> Typed {
        if typed.type_ != (Type::Text { literal: true }) {
            return typed;
        }
        match expected {
            Type::Choice(choice) | Type::Set(choice) => self.as_option(typed, choice),
            Type::Date(_) => self.as_date(typed),
            _ => typed,
        }
    }

    fn as_option(&mut self, typed: Typed, choice: &ChoiceType) -> Typed {
        let mut unknown = None;
        visit_texts(&typed.expr, &mut |text| {
            if !choice.set.options.iter().any(|option| option == text) {
                unknown = Some(text.to_owned());
            }
        });
        let Some(written) = unknown else {
            let type_ = Type::Choice(choice.clone());
            return Typed { type_, ..typed };
        };
        let options = &choice.set.options;
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_OPTION,
            typed.span,
            format!("`{}` has no option \"{written}\"", choice.set.id),
        );
        let all = options.iter().map(|option| format!("\"{option}\""));
        diagnostic = match closest(&written, options.iter().map(String::as_str)) {
            Some(meant) => {
                let diagnostic = diagnostic.help(format!("did you mean \"{meant}\"?"));
                // The place of the text itself is known where it stands alone.
                if matches!(typed.expr, Expr::Literal(_)) {
                    diagnostic.suggest(typed.span, format!("\"{meant}\""))
                } else {
                    diagnostic
                }
            }
            None => diagnostic.help(format!(
                "its options are {}",
                all.collect::<Vec<_>>().join(", ")
            )),
        };
        self.error(diagnostic)
    }

    fn as_date(&mut self, typed: Typed) -> Typed {
        let mut days: Option<Days> = None;
        let mut wrong = None;
        visit_texts(&typed.expr, &mut |text| match text.parse::<Day>() {
            Ok(day) => {
                let point = Days { min: day, max: day };
                days = Some(days.map_or(point, |days| days.hull(point)));
            }
            Err(_) => wrong = Some(text.to_owned()),
        });
        if let Some(text) = wrong {
            return self.error(
                Diagnostic::error(
                    codes::TYPE_CLASH,
                    typed.span,
                    format!("\"{text}\" is no date"),
                )
                .help("write a date as \"2026-01-31\""),
            );
        }
        Typed {
            expr: texts_to_dates(typed.expr),
            type_: Type::Date(days.unwrap_or(Days::ALL)),
            ..typed
        }
    }

    /// The type of what is one of two values.
    pub(super) fn unify(&mut self, a: &Typed, b: &Typed, span: Span, rule: &str) -> Type {
        match (&a.type_, &b.type_) {
            (Type::Error, _) | (_, Type::Error) => Type::Error,
            (Type::Boolean, Type::Boolean) => Type::Boolean,
            (Type::Text { literal: x }, Type::Text { literal: y }) => {
                Type::Text { literal: *x && *y }
            }
            (Type::Date(x), Type::Date(y)) => Type::Date(x.hull(*y)),
            (Type::Duration(x), Type::Duration(y)) => Type::Duration(x.hull(*y)),
            (Type::Range(x), Type::Range(y)) => Type::Range(x.hull(*y)),
            (Type::Choice(x), Type::Choice(y)) if x == y => Type::Choice(x.clone()),
            (Type::Set(x), Type::Set(y)) if x == y => Type::Set(x.clone()),
            (x, y) => {
                let (Some(x), Some(y)) = (x.numeric(), y.numeric()) else {
                    let message = format!("{rule}, and these are {} and {}", a.type_, b.type_);
                    return self.clash(codes::TYPE_CLASH, span, message, None).type_;
                };
                let units = (QuotientType::from(x).unit, QuotientType::from(y).unit);
                let Some(unit) = self.same_unit(units.0, units.1, a, b, span) else {
                    return Type::Error;
                };
                let type_ = match (x, y) {
                    (Numeric::Number(x), Numeric::Number(y)) => x.either(y, unit).map(Type::Number),
                    (x, y) => Ok(Type::Quotient(QuotientType::from(x).either(y.into(), unit))),
                };
                self.numeric_result(type_, Expr::Blank, Reads::Form, span)
                    .type_
            }
        }
    }

    pub(super) fn same_unit(
        &mut self,
        a: Unit,
        b: Unit,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> Option<Unit> {
        let unit = a.same(b);
        if unit.is_none() {
            let (money, plain) = if a == Unit::Money {
                (left, right)
            } else {
                (right, left)
            };
            let message = format!(
                "`{}` is money and `{}` is a plain number",
                self.checker.text(money.span),
                self.checker.text(plain.span)
            );
            let help =
                "money goes with money; multiply a number with an amount to get money".to_owned();
            self.clash(codes::UNIT_CLASH, span, message, Some(help));
        }
        unit
    }
}

/// The texts that an expression of literals can come to.
fn visit_texts(expr: &Expr, visit: &mut dyn FnMut(&str)) {
    match expr {
        Expr::Literal(Literal::Text(text)) => visit(text),
        Expr::If {
            then, otherwise, ..
        } => {
            visit_texts(then, visit);
            visit_texts(otherwise, visit);
        }
        Expr::Default(first, second) => {
            visit_texts(first, visit);
            visit_texts(second, visit);
        }
        _ => {}
    }
}

fn texts_to_dates(expr: Expr) -> Expr {
    match expr {
        Expr::Literal(Literal::Text(text)) => match text.parse() {
            Ok(day) => Expr::Literal(Literal::Date(day)),
            Err(_) => Expr::Literal(Literal::Text(text)),
        },
        Expr::If {
            condition,
            then,
            otherwise,
        } => Expr::If {
            condition,
            then: Box::new(texts_to_dates(*then)),
            otherwise: Box::new(texts_to_dates(*otherwise)),
        },
        Expr::Default(first, second) => Expr::Default(
            Box::new(texts_to_dates(*first)),
            Box::new(texts_to_dates(*second)),
        ),
        other => other,
    }
}
