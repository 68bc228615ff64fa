//! Operators: arithmetic, comparisons, `in` and `??`.

use counterfoil_engine::plan::{Expr, Literal};

use super::{Assumption, Obligation, Reads, Typed, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{BinaryOp, Expr as Source},
    source::Span,
    types::{Numeric, QuotientType, TooManyDigits, Type},
};

impl Lowering<'_, '_> {
    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        left: &Source,
        right: &Source,
        span: Span,
    ) -> Typed {
        match op {
            BinaryOp::Default => self.default(left, right, span),
            BinaryOp::In => self.contained(left, right, span),
            _ => {
                let (left_word, right_word) = (left, right);
                let left = self.expr(left);
                let right = self.expr(right);
                if op.is_comparison() {
                    self.explain_bare_word(left_word, &right);
                    self.explain_bare_word(right_word, &left);
                    self.comparison(op, left, right, span)
                } else {
                    self.arithmetic(op, left, right, span)
                }
            }
        }
    }

    pub(super) fn negate(&mut self, operand: &Source, span: Span) -> Typed {
        let operand = self.expr(operand);
        let (type_, present) = match &operand.type_ {
            Type::Error => return Typed::error(span),
            Type::Number(number) => (Type::Number(number.negate()), self.present(&operand)),
            Type::Quotient(quotient) => (Type::Quotient(quotient.negate()), true),
            Type::Duration(duration) => (Type::Duration(duration.negate()), self.present(&operand)),
            other => {
                let message = format!("only a number can be negated, and this is {other}");
                return self.clash(codes::TYPE_CLASH, operand.span, message, None);
            }
        };
        if !present {
            return Typed::error(span);
        }
        let expr = match operand.expr {
            Expr::Literal(Literal::Number(number)) => Expr::Literal(Literal::Number(-number)),
            expr => Expr::Negate(Box::new(expr)),
        };
        Typed::new(expr, type_, span).reading(operand.reads)
    }

    fn default(&mut self, first: &Source, second: &Source, span: Span) -> Typed {
        let first = self.expr(first);
        let outer = self.assumed.len();
        if !first.type_.is_error() {
            self.assumed.push(Assumption::answered(&first, false));
        }
        let second = self.expr(second);
        let second = self.settled(second);
        self.assumed.truncate(outer);
        let first = self.settled(first);
        let joined = self.join(&[first.clone(), second.clone()], span);
        let (first, second) = self.agreed(first, second);
        let type_ = self.unify(
            &first,
            &second,
            span,
            "both sides of `??` must be of one type",
        );
        let Some(reads) = joined.filter(|_| !type_.is_error()) else {
            return Typed::error(span);
        };
        let blank = first.blank && second.blank;
        let expr = Expr::Default(Box::new(first.expr), Box::new(second.expr));
        Typed::new(expr, type_, span)
            .reading(reads)
            .maybe_blank(blank)
    }

    fn arithmetic(&mut self, op: BinaryOp, left: Typed, right: Typed, span: Span) -> Typed {
        if let Some(typed) = self.duration_arithmetic(op, &left, &right, span) {
            return typed;
        }
        let (Some(a), Some(b)) = (left.type_.numeric(), right.type_.numeric()) else {
            if left.type_.is_error() || right.type_.is_error() {
                return Typed::error(span);
            }
            return self.not_arithmetic(op, &left, &right, span);
        };
        let units = (QuotientType::from(a).unit, QuotientType::from(b).unit);
        let unit = match op {
            BinaryOp::Multiply => units.0.product(units.1),
            BinaryOp::Divide => units.0.quotient(units.1),
            _ => match self.same_unit(units.0, units.1, &left, &right, span) {
                Some(unit) => Some(unit),
                None => return Typed::error(span),
            },
        };
        let Some(unit) = unit else {
            let message = match op {
                BinaryOp::Multiply => "money times money is nothing that a form can pay",
                _ => "a plain number divided by money is nothing that a form can use",
            };
            let help = "one of the two must be a plain number".to_owned();
            return self.clash(codes::UNIT_CLASH, span, message.to_owned(), Some(help));
        };
        let present = self.present(&left) & self.present(&right);
        let joined = self.join(&[left.clone(), right.clone()], span);
        let Some(reads) = joined.filter(|_| present) else {
            return Typed::error(span);
        };
        if op == BinaryOp::Divide {
            self.report_zero_divisor(&right, b);
        }
        let type_ = match (op, a, b) {
            (BinaryOp::Add, Numeric::Number(a), Numeric::Number(b)) => {
                a.add(b, unit).map(Type::Number)
            }
            (BinaryOp::Subtract, Numeric::Number(a), Numeric::Number(b)) => {
                a.add(b.negate(), unit).map(Type::Number)
            }
            (BinaryOp::Multiply, Numeric::Number(a), Numeric::Number(b)) => {
                a.multiply(b, unit).map(Type::Number)
            }
            (op, a, b) => {
                let (a, b) = (QuotientType::from(a), QuotientType::from(b));
                match op {
                    BinaryOp::Add => a.add(b, unit),
                    BinaryOp::Subtract => a.add(b.negate(), unit),
                    BinaryOp::Multiply => a.multiply(b, unit),
                    _ => a.divide(b, unit),
                }
                .map(Type::Quotient)
            }
        };
        let (left, right) = (left.expr, right.expr);
        let expr = match op {
            BinaryOp::Add => Expr::Add(flattened(left, right, |expr| match expr {
                Expr::Add(operands) => Ok(operands),
                other => Err(other),
            })),
            BinaryOp::Multiply => Expr::Multiply(flattened(left, right, |expr| match expr {
                Expr::Multiply(operands) => Ok(operands),
                other => Err(other),
            })),
            BinaryOp::Subtract => Expr::Subtract(Box::new(left), Box::new(right)),
            _ => Expr::Divide(Box::new(left), Box::new(right)),
        };
        self.numeric_result(type_, expr, reads, span)
    }

    fn not_arithmetic(&mut self, op: BinaryOp, left: &Typed, right: &Typed, span: Span) -> Typed {
        let text = |typed: &Typed| self.checker.text(typed.span).to_owned();
        let (a, b) = (text(left), text(right));
        let message = format!(
            "`{}` needs two numbers, and these are {} and {}",
            op.symbol(),
            left.type_,
            right.type_
        );
        let help = match (op, &left.type_, &right.type_) {
            (BinaryOp::Subtract, Type::Date(_), Type::Date(_)) => Some(format!(
                "write `days_between({b}, {a})` for the days from `{b}` to `{a}`"
            )),
            (BinaryOp::Add, Type::Date(_), Type::Number(_)) => Some(format!(
                "write `{a} + days({b})`, or `weeks`, `months` or `years`"
            )),
            (BinaryOp::Subtract, Type::Date(_), Type::Number(_)) => Some(format!(
                "write `{a} - days({b})`, or `weeks`, `months` or `years`"
            )),
            (_, Type::Boolean, _) | (_, _, Type::Boolean) => {
                Some("to count something where it holds, write `if … { 1 } else { 0 }`".to_owned())
            }
            _ => None,
        };
        self.clash(codes::TYPE_CLASH, span, message, help)
    }

    /// A result of arithmetic, unless it needs too many digits.
    pub(super) fn numeric_result(
        &mut self,
        type_: Result<Type, TooManyDigits>,
        expr: Expr,
        reads: Reads,
        span: Span,
    ) -> Typed {
        match type_ {
            Ok(type_) => Typed::new(expr, type_, span).reading(reads),
            Err(error) => {
                let digits = match error.digits {
                    Some(digits) => format!("{digits} digits"),
                    None => "more digits than can be counted".to_owned(),
                };
                self.error(
                    Diagnostic::error(
                        codes::TOO_MANY_DIGITS,
                        span,
                        format!("the result may need {digits}; at most 28 are exact"),
                    )
                    .help("give the fields narrower limits, or round a part of it first"),
                )
            }
        }
    }

    /// A divisor that can be zero makes the figure fail for some answers.
    fn report_zero_divisor(&mut self, divisor: &Typed, type_: Numeric) {
        use counterfoil_engine::number::Number;

        let bounds = match type_ {
            Numeric::Number(number) => Some(number.bounds),
            Numeric::Quotient(quotient) => quotient.bounds,
        };
        if bounds.is_some_and(|bounds| !bounds.contains(Number::ZERO)) {
            return;
        }
        if matches!(divisor.expr, Expr::Literal(_)) {
            self.error(Diagnostic::error(
                codes::ZERO_DIVISOR,
                divisor.span,
                "nothing can be divided by zero",
            ));
            return;
        }
        self.leave(Obligation::Divisor, divisor);
    }
}

/// The operands of a chain whose left end may be one already.
fn flattened(
    left: Expr,
    right: Expr,
    chain: impl FnOnce(Expr) -> Result<Vec<Expr>, Expr>,
) -> Vec<Expr> {
    let mut operands = chain(left).unwrap_or_else(|single| vec![single]);
    operands.push(right);
    operands
}
