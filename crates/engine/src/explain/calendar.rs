//! Ranges, lists of them, and parameters of other days.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
    expression::pairs,
};
use crate::{
    date::{Duration, DurationUnit},
    evaluate::{At, Datum, RecordAt, State, known_day},
    format,
    number::Number,
    plan::{Expr, Literal, Type},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// A parameter on another day.
    pub(super) fn parameter_on(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::ParameterOn(parameter, day_node) = node else {
            return;
        };
        let day = known_day(&self.evaluation.eval(day_node, scope.at));
        let mut because = Vec::new();
        self.operand_reads(expr, node, scope, &mut because);
        let reason = Explanation {
            expression: self.expression(expr, scope),
            ..self.parameter_on_day(*parameter, day, because)
        };
        self.add(reasons, reason);
    }

    /// A daily rate over a range: each period used, with its days.
    pub(super) fn accrual(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Accrue(parameter, range_node) = node else {
            return;
        };
        let State::Known(Datum::Range(range)) = self.evaluation.eval(range_node, scope.at) else {
            return self.operand_reads(expr, node, scope, reasons);
        };
        let declared = &self.plan.program().parameters[*parameter];
        let mut because = Vec::new();
        for (period, days) in self.evaluation.accrued(*parameter, range) {
            let mut told = self.period(*parameter, period);
            let (Literal::Number(rate), Some(value)) = (&declared.periods[period].1, &told.value)
            else {
                continue;
            };
            let Some(amount) = rate.checked_mul(Number::from_int(days)) else {
                continue;
            };
            let amount = self.literal(&Literal::Number(amount), &declared.type_);
            let days = Duration::of(DurationUnit::Days, days).unwrap_or_default();
            let days = format::duration(self.texts, days, Some(DurationUnit::Days));
            let sum = self.step(Kind::Calculation, format!("{days} × {value} = {amount}"));
            told.because.push(sum);
            self.add(&mut because, told);
        }
        self.operand_reads(expr, node, scope, &mut because);
        let label = self.label(&format!("parameter.{}", declared.id), &declared.id);
        let range = format::range(self.texts, range);
        let values = [("label", label.as_str()), ("range", range.as_str())];
        let words = self.say("explain.function.accrue", &values, || {
            format!("{label}, {range}")
        });
        let state = self.evaluation.eval(node, scope.at);
        let reason = Explanation {
            expression: self.expression(expr, scope),
            because,
            ..self.stated(
                Kind::Calculation,
                &words,
                self.shown(&state, &declared.type_),
            )
        };
        self.add(reasons, reason);
    }

    /// Whether a date is in a range.
    pub(super) fn in_range(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let operands: Vec<_> = pairs(expr, node).collect();
        let [(item, item_node), (range, range_node)] = operands[..] else {
            return;
        };
        let state = self.evaluation.eval(node, scope.at);
        let sentence = match state {
            State::Known(Datum::Bool(holds)) => {
                let key = if holds {
                    "explain.in_range"
                } else {
                    "explain.in_range.not"
                };
                let item = self.in_sentence(item, item_node, scope, Some(&Type::Date));
                let range = self.in_sentence(range, range_node, scope, None);
                item.zip(range).map(|(item, range)| {
                    let values = [("item", item.as_str()), ("range", range.as_str())];
                    let sign = if holds { "∈" } else { "∉" };
                    self.say(key, &values, || format!("{item} {sign} {range}"))
                })
            }
            _ => None,
        };
        let mut because = Vec::new();
        self.operand_reads(expr, node, scope, &mut because);
        self.add_sentence(sentence, expr, scope, because, reasons);
    }

    /// A list of one result a record, as an operand of a function.
    pub(super) fn each(
        &mut self,
        each: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Each {
            group,
            each: each_node,
        } = node
        else {
            return;
        };
        let group = *group;
        for record in 0..self.evaluation.groups[group].records.len() {
            if self.is_full() {
                break;
            }
            let record = RecordAt { group, record };
            let at = At {
                record: Some(record),
                ..scope.at
            };
            let state = self.evaluation.eval(each_node, at);
            let reason = self.record(each, each_node, (record, at), &state);
            self.add(reasons, reason);
        }
    }
}
