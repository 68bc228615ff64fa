//! Rounding, and what must be rounded.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, RoundMode},
};

use super::{Typed, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    source::{Span, Spanned},
    types::{NumberType, Numeric, QuotientType, Type, Unit},
};

impl Lowering<'_, '_> {
    pub(super) fn round(
        &mut self,
        mode: RoundMode,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [value, step] = arguments else {
            let inner = arguments.first().map_or("x", |a| self.checker.text(a.span));
            let message = format!("`{}` takes a number and the step to round to", name.value);
            let help = format!(
                "write `{}({inner}, 1)` for whole numbers, `{}({inner}, 0.01)` for hundredths",
                name.value, name.value
            );
            return self.clash(codes::ARGUMENTS, span, message, Some(help));
        };
        let value = self.expr(value);
        let step = match step.kind {
            ExprKind::Number { value, .. } if value > Number::ZERO => value,
            ExprKind::Error => return Typed::error(span),
            _ => {
                let message = "the step to round to is a number above zero, written out".to_owned();
                let help = Some("write it as in `round(x, 0.01)`".to_owned());
                return self.clash(codes::ARGUMENTS, step.span, message, help);
            }
        };
        if value.type_.is_error() {
            return value;
        }
        let type_ = match value.type_.numeric() {
            Some(Numeric::Number(number)) => number.round(step, mode),
            Some(Numeric::Quotient(quotient)) => quotient.round(step, mode),
            None => return self.wrong_argument(&value, name, "a number"),
        };
        if !self.present(&value) {
            return Typed::error(span);
        }
        let reads = value.reads;
        let expr = Expr::Round {
            mode,
            value: Box::new(value.expr),
            step,
        };
        self.numeric_result(type_.map(Type::Number), expr, reads, span)
    }

    /// Refuses an exact quotient where it cannot stay one.
    pub(super) fn rounded(&mut self, typed: Typed, what: &str) -> Typed {
        if !matches!(typed.type_, Type::Quotient(_)) {
            return typed;
        }
        let text = self.checker.text(typed.span);
        let step = match typed.type_ {
            Type::Quotient(QuotientType {
                unit: Unit::Money, ..
            }) => self.smallest_coin(),
            _ => "1".to_owned(),
        };
        self.error(
            Diagnostic::error(
                codes::QUOTIENT,
                typed.span,
                format!("{what} cannot be an exact quotient, whose digits may never end"),
            )
            .help(format!(
                "compare it, or say how it is rounded: `round({text}, {step})`"
            ))
            .suggest(typed.span, format!("round({text}, {step})")),
        )
    }

    /// The smallest amount of the form's currency, as written: `0.01`.
    fn smallest_coin(&self) -> String {
        let digits = self.checker.currency_digits();
        Number::new(1, digits).map_or_else(|| "1".to_owned(), |coin| coin.to_string())
    }

    /// Refuses what is no amount of money that can be paid.
    pub(super) fn rounded_money(&mut self, typed: Typed) -> Typed {
        let text = self.checker.text(typed.span);
        let digits = self.checker.currency_digits();
        let (unit, fits) = match &typed.type_ {
            Type::Error => return typed,
            Type::Number(number) => (number.unit, number.scale <= digits),
            Type::Quotient(quotient) => (quotient.unit, false),
            other => {
                let message = format!("an amount is money, and this is {other}");
                return self.clash(codes::TYPE_CLASH, typed.span, message, None);
            }
        };
        if unit == Unit::None {
            let message = "an amount is money, and this is a plain number".to_owned();
            let help = "multiply it with an amount, such as a parameter of type `money`".to_owned();
            return self.clash(codes::UNIT_CLASH, typed.span, message, Some(help));
        }
        if !fits {
            let coin = self.smallest_coin();
            let message = match &typed.type_ {
                Type::Number(number) => format!(
                    "this amount can have {} digits after the point, and the currency has {digits}",
                    number.scale
                ),
                _ => "this amount is an exact quotient, whose digits may never end".to_owned(),
            };
            return self.error(
                Diagnostic::error(codes::UNROUNDED_MONEY, typed.span, message)
                    .help(format!("say how it is rounded: `round({text}, {coin})`"))
                    .suggest(typed.span, format!("round({text}, {coin})")),
            );
        }
        match typed.type_ {
            Type::Number(number) => Typed {
                type_: Type::Number(NumberType {
                    unit: Unit::Money,
                    ..number
                }),
                ..typed
            },
            _ => typed,
        }
    }
}
