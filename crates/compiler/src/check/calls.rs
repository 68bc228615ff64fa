//! Functions: rounding, aggregates, smallest and greatest, dates.

use counterfoil_engine::{
    date::DurationUnit,
    plan::{AggregateOp, Expr, RoundMode},
};

use super::{
    Typed,
    lowering::{FUNCTIONS, Lowering},
};
use crate::{
    closest::closest,
    codes,
    definition::Rounding,
    diagnostic::Diagnostic,
    expression::Expr as Source,
    names::Item,
    source::{Span, Spanned},
    types::{Bounds, NumberType, QuotientType, Type},
};

impl Lowering<'_, '_> {
    pub(super) fn call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        match self.checker.names.resolve(name.as_str(), self.site.group) {
            Some(Item::Table(table)) => return self.look_up(table, arguments, None, span),
            Some(Item::Function(function)) => {
                return self.call_function(function, arguments, span);
            }
            _ => {}
        }
        match name.as_str() {
            "round" => {
                let mode = match self.checker.form.rounding {
                    Rounding::HalfUp => RoundMode::HalfUp,
                    Rounding::HalfEven => RoundMode::HalfEven,
                };
                self.round(mode, name, arguments, span)
            }
            "round_up" => self.round(RoundMode::Up, name, arguments, span),
            "round_down" => self.round(RoundMode::Down, name, arguments, span),
            "round_even" => self.round(RoundMode::HalfEven, name, arguments, span),
            "sum" => self.aggregate(AggregateOp::Sum, name, arguments, span),
            "any" => self.aggregate(AggregateOp::Any, name, arguments, span),
            "all" => self.aggregate(AggregateOp::All, name, arguments, span),
            "count" => self.count(name, arguments, span),
            "min" | "max" => self.extreme(name, arguments, span),
            "abs" => self.absolute(name, arguments, span),
            "answered" => self.answered(name, arguments, span),
            "days_between" | "months_between" | "years_between" | "age_on" => {
                self.between_dates(name, arguments, span)
            }
            "add_days" | "add_months" | "add_years" => self.moved_date(name, arguments, span),
            "year_of" | "month_of" | "day_of" | "weekday" => {
                self.part_of_date(name, arguments, span)
            }
            "date" => self.civil_date(name, arguments, span),
            "start_of_month" | "end_of_month" => self.end_of_month(name, arguments, span),
            "days" => self.duration(DurationUnit::Days, name, arguments, span),
            "weeks" => self.duration(DurationUnit::Weeks, name, arguments, span),
            "months" => self.duration(DurationUnit::Months, name, arguments, span),
            "years" => self.duration(DurationUnit::Years, name, arguments, span),
            "range" => self.range(name, arguments, span),
            "overlap" => self.overlap(name, arguments, span),
            "days_in" => self.days_in(name, arguments, span),
            "day_count" => self.day_count(name, arguments, span),
            "weekday_count" => self.weekday_count(name, arguments, span),
            "is_working_day" => self.is_working_day(name, arguments, span),
            "add_working_days" => self.add_working_days(name, arguments, span),
            "working_days_between" => self.working_days_between(name, arguments, span),
            "mod97" | "luhn" | "mod11_10" | "weighted_sum" | "digits" | "characters" | "length"
            | "starts_with" | "upper" => self.text_function(name, arguments, span),
            "remainder" => self.remainder(name, arguments, span),
            "accrue" => self.accrue(name, arguments, span),
            _ => match self.checker.names.resolve(name.as_str(), self.site.group) {
                Some(_) => {
                    let message = format!("`{}` is no function or table", name.value);
                    let help = format!("write `{}` without parentheses", name.value);
                    self.clash(codes::MISPLACED_NAME, name.span, message, Some(help))
                }
                None => self.unknown_function(name),
            },
        }
    }

    fn unknown_function(&mut self, name: &Spanned<String>) -> Typed {
        let shared = &self.checker.form.shared;
        if shared.incomplete {
            // A file could not be read that may have declared it.
            return Typed::error(name.span);
        }
        let shared = shared.left_out.iter().map(String::as_str);
        let tables = self.checker.form.tables.iter().map(|t| t.table.as_str());
        let functions = self.checker.form.functions.iter();
        let functions = functions.map(|function| function.function.as_str());
        let known = FUNCTIONS
            .iter()
            .copied()
            .chain(tables)
            .chain(functions)
            .chain(shared);
        let meant = closest(name.as_str(), known);
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            format!("there is no function or table `{}`", name.value),
        );
        self.error(match meant {
            Some(meant) => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(name.span, meant),
            None => diagnostic,
        })
    }

    /// The arguments of a function, if there are as many as it takes.
    pub(super) fn arguments<const N: usize>(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        usage: &str,
    ) -> Option<[Typed; N]> {
        let Ok(sources) = <&[Source; N]>::try_from(arguments) else {
            let message = format!(
                "`{}` takes {N} value{} between its brackets, and here {} {}",
                name.value,
                if N == 1 { "" } else { "s" },
                if arguments.len() == 1 { "is" } else { "are" },
                arguments.len()
            );
            self.clash(
                codes::ARGUMENTS,
                name.span,
                message,
                Some(format!("write `{usage}`")),
            );
            return None;
        };
        let typed = sources.each_ref().map(|source| self.expr(source));
        (!typed.iter().any(|typed| typed.type_.is_error())).then_some(typed)
    }

    pub(super) fn wrong_argument(
        &mut self,
        argument: &Typed,
        name: &Spanned<String>,
        wants: &str,
    ) -> Typed {
        let message = format!(
            "`{}` wants {wants}, and this is {}",
            name.value, argument.type_
        );
        self.clash(codes::TYPE_CLASH, argument.span, message, None)
    }

    fn absolute(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let Some([operand]) = self.arguments::<1>(name, arguments, "abs(x)") else {
            return Typed::error(span);
        };
        let type_ = match operand.type_ {
            Type::Number(number) => Type::Number(NumberType {
                bounds: number.bounds.absolute(),
                ..number
            }),
            Type::Quotient(quotient) => Type::Quotient(QuotientType {
                bounds: quotient.bounds.map(Bounds::absolute),
                ..quotient
            }),
            _ => return self.wrong_argument(&operand, name, "a number"),
        };
        if !self.present(&operand) {
            return Typed::error(span);
        }
        Typed::new(Expr::Absolute(Box::new(operand.expr)), type_, span).reading(operand.reads)
    }

    fn answered(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let Some([operand]) = self.arguments::<1>(name, arguments, "answered(field)") else {
            return Typed::error(span);
        };
        let reads = operand.reads;
        let expr = Expr::Answered(Box::new(operand.expr));
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }
}
