//! Durations: how they are written, and arithmetic with dates and with each other.

use counterfoil_engine::{date::DurationUnit, plan::Expr};

use super::{Obligation, Typed, dates::likely, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{BinaryOp, Expr as Source},
    source::{Span, Spanned},
    types::{Bounds, Days, DurationType, NumberType, Type, Unit, Whole},
};

impl Lowering<'_, '_> {
    /// `days(n)`, `weeks(n)`, `months(n)`, `years(n)`.
    pub(super) fn duration(
        &mut self,
        unit: DurationUnit,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = format!("{}(number)", name.value);
        let Some([count]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some((count, bounds)) = self.whole_number(count, name) else {
            return Typed::error(span);
        };
        let type_ = Type::Duration(DurationType::of(unit, whole(bounds)));
        let expr = Expr::Duration {
            unit,
            count: Box::new(count.expr),
        };
        Typed::new(expr, type_, span).reading(count.reads)
    }

    /// An argument that must be a plain whole number and is never blank.
    pub(super) fn whole_number(
        &mut self,
        argument: Typed,
        name: &Spanned<String>,
    ) -> Option<(Typed, Bounds)> {
        match argument.type_ {
            Type::Number(NumberType {
                unit: Unit::None | Unit::Any,
                scale: 0,
                bounds,
            }) => self.present(&argument).then_some((argument, bounds)),
            Type::Error => None,
            _ => {
                self.wrong_argument(&argument, name, "a whole number");
                None
            }
        }
    }

    /// Arithmetic with a duration; `None` where neither operand is one.
    pub(super) fn duration_arithmetic(
        &mut self,
        op: BinaryOp,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> Option<Typed> {
        let is_duration = |typed: &Typed| matches!(typed.type_, Type::Duration(_));
        if !is_duration(left) && !is_duration(right) {
            return None;
        }
        // A literal text beside a duration is a date.
        let mut date = |typed: &Typed| self.coerced(typed.clone(), &Type::Date(Days::ALL));
        let (left, right) = (date(left), date(right));
        let (type_, expr) = match (op, &left.type_, &right.type_) {
            (_, Type::Error, _) | (_, _, Type::Error) => return Some(Typed::error(span)),
            (BinaryOp::Add, Type::Date(days), Type::Duration(by)) => {
                let (date, by_expr) = (left.expr.clone(), right.expr.clone());
                return Some(self.moved(&left, &right, *days, *by, (date, by_expr), span));
            }
            (BinaryOp::Add, Type::Duration(by), Type::Date(days)) => {
                let (date, by_expr) = (right.expr.clone(), left.expr.clone());
                return Some(self.moved(&left, &right, *days, *by, (date, by_expr), span));
            }
            (BinaryOp::Subtract, Type::Date(days), Type::Duration(by)) => {
                let back = Expr::Negate(Box::new(right.expr.clone()));
                let exprs = (left.expr.clone(), back);
                return Some(self.moved(&left, &right, *days, by.negate(), exprs, span));
            }
            (BinaryOp::Add, Type::Duration(a), Type::Duration(b)) => {
                let operands = vec![left.expr.clone(), right.expr.clone()];
                (a.plus(*b), Expr::Add(operands))
            }
            (BinaryOp::Subtract, Type::Duration(a), Type::Duration(b)) => {
                let (a_expr, b_expr) = (left.expr.clone(), right.expr.clone());
                let expr = Expr::Subtract(Box::new(a_expr), Box::new(b_expr));
                (a.plus(b.negate()), expr)
            }
            (BinaryOp::Multiply, Type::Duration(a), Type::Number(n))
            | (BinaryOp::Multiply, Type::Number(n), Type::Duration(a))
                if n.scale == 0 && n.unit != Unit::Money =>
            {
                let operands = vec![left.expr.clone(), right.expr.clone()];
                (a.times(whole(n.bounds)), Expr::Multiply(operands))
            }
            _ => return Some(self.no_duration_arithmetic(op, &left, &right, span)),
        };
        let present = self.present(&left) & self.present(&right);
        let reads = self.join(&[left, right], span).filter(|_| present);
        Some(match reads {
            Some(reads) => Typed::new(expr, Type::Duration(type_), span).reading(reads),
            None => Typed::error(span),
        })
    }

    /// A date moved by a duration; `exprs` are the two as lowered.
    fn moved(
        &mut self,
        left: &Typed,
        right: &Typed,
        days: Days,
        by: DurationType,
        exprs: (Expr, Expr),
        span: Span,
    ) -> Typed {
        let present = self.present(left) & self.present(right);
        let joined = self.join(&[left.clone(), right.clone()], span);
        let Some(reads) = joined.filter(|_| present) else {
            return Typed::error(span);
        };
        let Some(moved) = by.move_days(days) else {
            return self.outside_calendar(span);
        };
        let within = by.stays_within(likely(&exprs.0, days));
        let expr = Expr::Move(Box::new(exprs.0), Box::new(exprs.1));
        let typed = Typed::new(expr, Type::Date(moved), span).reading(reads);
        if !within {
            self.leave(Obligation::Moved, &typed);
        }
        typed
    }

    pub(super) fn outside_calendar(&mut self, span: Span) -> Typed {
        self.error(
            Diagnostic::error(
                codes::NO_SUCH_DAY,
                span,
                "this is always a day before the year 1 or after the year 9999",
            )
            .help("look at the numbers: such a day has no place in the calendar"),
        )
    }

    fn no_duration_arithmetic(
        &mut self,
        op: BinaryOp,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> Typed {
        let message = format!(
            "`{}` makes nothing of {} and {}",
            op.symbol(),
            left.type_,
            right.type_
        );
        let help = match (op, &left.type_, &right.type_) {
            (BinaryOp::Multiply, ..) => {
                "a duration can be multiplied by a whole number, as in `months(3) * 2`"
            }
            (BinaryOp::Divide, ..) => {
                "a duration cannot be divided, since a month has no fixed number of days; divide the \
                 number before it becomes a duration"
            }
            (_, Type::Number(_), _) | (_, _, Type::Number(_)) => {
                "say what the number counts: `days(…)`, `weeks(…)`, `months(…)` or `years(…)`"
            }
            _ => {
                "a duration can be added to a date or to another duration, or taken from one, as in \
                 `moved_in + months(3)`"
            }
        };
        self.clash(codes::TYPE_CLASH, span, message, Some(help.to_owned()))
    }

    /// Reports two durations of which either can be the longer.
    pub(super) fn comparable_durations(
        &mut self,
        left: (&Typed, DurationType),
        right: (&Typed, DurationType),
        span: Span,
    ) -> bool {
        if left.1.comparable(right.1) {
            return true;
        }
        let holds = |typed: DurationType| match (typed.months.max, typed.months.min) {
            (0, 0) => "days",
            _ if typed.days.min == 0 && typed.days.max == 0 => "months",
            _ => "months and days",
        };
        self.error(
            Diagnostic::error(
                codes::DURATIONS,
                span,
                "nobody can say which of these two is the longer: a month has no fixed number of days",
            )
            .label(left.0.span, holds(left.1))
            .label(right.0.span, holds(right.1))
            .help(
                "compare days with days or months with months; or compare dates, as in \
                 `start + months(1) <= start + days(30)`",
            ),
        );
        false
    }
}

/// The whole numbers within the bounds of one.
pub(super) fn whole(bounds: Bounds) -> Whole {
    // A whole number beyond 64 bits is beyond every duration on the same side.
    Whole {
        min: bounds.min.to_i64().unwrap_or(i64::MIN),
        max: bounds.max.to_i64().unwrap_or(i64::MAX),
    }
}
