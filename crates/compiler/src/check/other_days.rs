//! Parameters on other days than the form's own: `p.on(day)`, and `accrue(p, range)`.

use counterfoil_engine::{date::Day, plan::Expr};

use super::{Typed, lowering::Lowering};
use crate::{
    closest::closest,
    codes,
    definition::Parameter,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    names::Item,
    source::{Span, Spanned},
    types::{Days, NumberType, Type},
};

impl Lowering<'_, '_> {
    /// `p.on(day)`.
    pub(super) fn on_day(
        &mut self,
        base: &Source,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let text = self.checker.text(base.span).to_owned();
        let usage = format!("{text}.on(date)");
        let Some(position) = self.parameter_of(base, codes::OTHER_DAY, "`.on` reads a parameter")
        else {
            return Typed::error(span);
        };
        let Some([day]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some((day, days)) = self.date(day, name) else {
            return Typed::error(span);
        };
        let parameter = &self.checker.form.parameters[position];
        let blank = !covers(parameter, days);
        let type_ = self.checker.parameters[position].clone();
        let expr = Expr::ParameterOn {
            parameter: parameter.parameter.value.clone(),
            day: Box::new(day.expr),
        };
        Typed::new(expr, type_, span)
            .reading(day.reads)
            .maybe_blank(blank)
    }

    /// `accrue(p, range)`.
    pub(super) fn accrue(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [parameter, range] = arguments else {
            return self.too_few(name, "accrue(daily_rate, range)");
        };
        let what = "`accrue` adds up a parameter";
        let position = self.parameter_of(parameter, codes::ACCRUED, what);
        let range = self.expr(range);
        let Type::Range(type_) = range.type_ else {
            if !range.type_.is_error() {
                self.wrong_argument(
                    &range,
                    name,
                    "a range of days, such as `range(first, last)`",
                );
            }
            return Typed::error(span);
        };
        let present = self.present(&range);
        let Some(position) = position.filter(|_| present) else {
            return Typed::error(span);
        };
        let definition = &self.checker.form.parameters[position];
        let rate = match self.checker.parameters[position] {
            Type::Number(rate) => rate,
            Type::Error => return Typed::error(span),
            ref other => {
                let message = format!(
                    "`accrue` adds up numbers, and `{}` is {other}",
                    definition.parameter.value
                );
                let found = Diagnostic::error(codes::ACCRUED, parameter.span, message)
                    .help("name a parameter of type `decimal`, `integer` or `money`");
                return self.error(found);
            }
        };
        let blank = !covers(definition, type_.days());
        let expr = Expr::Accrue {
            parameter: definition.parameter.value.clone(),
            range: Box::new(range.expr),
        };
        let days = NumberType::integer(type_.least_days(), type_.most_days());
        let sum = rate.multiply(days, rate.unit).map(Type::Number);
        self.numeric_result(sum, expr, range.reads, span)
            .maybe_blank(blank)
    }

    /// The parameter that a bare name stands for.
    fn parameter_of(&mut self, source: &Source, code: codes::Code, what: &str) -> Option<usize> {
        if let ExprKind::Name(name) = &source.kind
            && let Some(Item::Parameter(position)) =
                self.checker.names.resolve(name, self.site.group)
        {
            self.checker.parameter_reads[position].other_days = true;
            return Some(position);
        }
        if source.kind == ExprKind::Error {
            return None;
        }
        let text = self.checker.text(source.span);
        let form = self.checker.form;
        let parameters = form.parameters.iter().map(|p| p.parameter.as_str());
        let found = Diagnostic::error(code, source.span, format!("{what}, and `{text}` is none"));
        let found = match closest(text, parameters) {
            Some(meant) => found
                .help(format!("did you mean `{meant}`?"))
                .suggest(source.span, meant),
            None => found.help("name one that is declared under `parameters:`"),
        };
        self.error(found);
        None
    }
}

/// Whether a parameter has a value on each of the days.
fn covers(parameter: &Parameter, days: Days) -> bool {
    let mut periods: Vec<_> = parameter.periods.iter().collect();
    periods.sort_by_key(|period| period.from.as_ref().map(|from| from.value));
    // The first day that is not known to have a value.
    let mut open = Some(days.min);
    for (index, period) in periods.iter().enumerate() {
        let Some(day) = open else { break };
        let from = period.from.as_ref().map_or(Day::MIN, |from| from.value);
        let next = periods.get(index + 1).and_then(|next| next.from.as_ref());
        let before_next = next.and_then(|next| next.value.add_days(-1));
        let to = period.to.as_ref().map(|to| to.value);
        let to = [to, before_next].into_iter().flatten().min();
        let to = to.unwrap_or(Day::MAX);
        if from <= day && day <= to {
            open = to.add_days(1);
        }
    }
    open.is_none_or(|day| day > days.max)
}
