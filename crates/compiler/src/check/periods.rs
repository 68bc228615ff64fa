//! The periods of parameters.

use counterfoil_engine::date::Day;

use super::Checker;
use crate::{
    codes,
    definition::{Parameter, RulesOf},
    diagnostic::Diagnostic,
    names::Item,
    source::Span,
    types::{Days, Type},
};

/// A day on which a parameter has no value though the form can be evaluated.
#[derive(Clone, Debug)]
pub struct Hole {
    /// The parameter's position.
    pub parameter: usize,
    /// The day.
    pub day: Day,
}

impl Checker<'_> {
    pub(super) fn report_periods(&mut self, parameter: &Parameter) {
        let mut periods: Vec<_> = parameter.periods.iter().collect();
        periods.sort_by_key(|period| period.from.as_ref().map(|from| from.value));
        let mut report = |span: Span, message: String, earlier: Option<Span>, help: &str| {
            let diagnostic = Diagnostic::error(codes::PERIODS, span, message).help(help);
            self.diagnostics.push(match earlier {
                Some(earlier) => diagnostic.label(earlier, "the other period"),
                None => diagnostic,
            });
        };
        for period in &periods {
            if let (Some(from), Some(to)) = (&period.from, &period.to)
                && from.value > to.value
            {
                let message = format!("the period ends before it begins, on {}", from.value);
                report(to.span, message, None, "`to` must not be before `from`");
            }
        }
        for pair in periods.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let starts = (first.from.as_ref(), second.from.as_ref());
            match starts {
                (a, b) if a.map(|a| a.value) == b.map(|b| b.value) => report(
                    second.span,
                    "two periods begin on the same day".to_owned(),
                    Some(first.span),
                    "give each period its own `from`; only the first can do without",
                ),
                (_, Some(start)) => {
                    if let Some(end) = first.to.as_ref().filter(|end| end.value >= start.value) {
                        report(
                            end.span,
                            format!("the next period begins on {}", start.value),
                            Some(second.span),
                            "leave `to` out: a period ends the day before the next begins",
                        );
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports parameters without a value on a day on which the form can be evaluated. One that is read on
    /// other days alone need not have a value on the form's own.
    pub fn report_uncovered_parameters(&mut self) {
        let form = self.form;
        for position in 0..form.parameters.len() {
            let read = self.parameter_reads[position];
            if read.own_day || !read.other_days {
                self.report_uncovered_days(position);
            }
        }
    }

    /// A day on which the form can be evaluated and the parameter has no value.
    fn report_uncovered_days(&mut self, position: usize) {
        let parameter = &self.form.parameters[position];
        let (days, when) = match &self.form.rules_of {
            RulesOf::SubmissionDay => (self.today, "though the form is in force then"),
            RulesOf::Field(id) => {
                let Some(Item::Field(field)) = self.names.resolve(id.as_str(), None) else {
                    return;
                };
                let Type::Date(days) = self.fields[field].type_ else {
                    return;
                };
                (days, "though its day can be answered")
            }
        };
        let mut periods: Vec<_> = parameter.periods.iter().collect();
        periods.sort_by_key(|period| period.from.as_ref().map(|from| from.value));
        let mut next = Some(days.min);
        for (index, period) in periods.iter().enumerate() {
            let from = period
                .from
                .as_ref()
                .map_or(Days::ALL.min, |from| from.value);
            match next {
                Some(day) if from > day => break,
                _ => {}
            }
            let following = periods.get(index + 1).and_then(|p| p.from.as_ref());
            next = match (&period.to, following) {
                (Some(to), _) => to.value.add_days(1).max(next),
                (None, Some(following)) => Some(following.value),
                (None, None) => None,
            };
        }
        let Some(day) = next.filter(|day| *day <= days.max) else {
            return;
        };
        // Before its first period it has no value on the day before either, which says more.
        let first = periods.first().and_then(|first| first.from.as_ref());
        let before = first.and_then(|from| from.value.add_days(-1));
        self.holes.push(Hole {
            parameter: position,
            day: before.filter(|_| day == Days::ALL.min).unwrap_or(day),
        });
        let day = if day == Days::ALL.min {
            "before its first period".to_owned()
        } else {
            format!("on {day}")
        };
        self.diagnostics.push(
            Diagnostic::warning(
                codes::PERIODS,
                parameter.parameter.span,
                format!(
                    "`{}` has no value {day}, {when}",
                    parameter.parameter.value
                ),
            )
            .help("add a period, leave `from` out of the first one, or narrow `effective` or the date's \
                 limits"),
        );
    }
}
