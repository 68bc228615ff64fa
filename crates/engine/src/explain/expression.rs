//! What an expression read on the way to its result: one arm for each kind of expression.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
};
use crate::{
    evaluate::{At, Datum, RecordAt, State},
    plan::{AggregateOp, Expr},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// Adds what an expression read on the way to its result.
    pub(super) fn reads(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        if self.is_full() {
            return;
        }
        match expr {
            // Arguments and columns are told where the function and the row are.
            Expr::Literal(_) | Expr::Blank | Expr::Local(_) | Expr::Column(_) => {}
            Expr::Call { .. } => self.call(expr, node, scope, reasons),
            Expr::Let { locals, result } => {
                self.named_results(locals, result, node, scope, reasons);
            }
            Expr::OverRows { op, each, .. } => {
                self.over_rows(expr, *op, each, node, scope, reasons)
            }
            Expr::Collect { .. } => self.collected(expr, node, scope, reasons),
            Expr::Today
            | Expr::Field(_)
            | Expr::Value(_)
            | Expr::Parameter(_)
            | Expr::Fact(_)
            | Expr::Fee(_)
            | Expr::FeeSubtotal
            | Expr::Entitlement(_)
            | Expr::EntitlementSubtotal
            | Expr::Rule { .. }
            | Expr::Count(_) => {
                if let Some(reason) = self.symbol(expr, node, scope) {
                    self.add(reasons, reason);
                }
            }
            // What these do shows in the sentence around them.
            Expr::Not(_)
            | Expr::Answered(_)
            | Expr::Negate(_)
            | Expr::Duration { .. }
            | Expr::Range(..)
            | Expr::RangeStart(_)
            | Expr::RangeEnd(_) => {
                self.operand_reads(expr, node, scope, reasons);
            }
            Expr::And(_) => self.chain(expr, node, scope, false, reasons),
            Expr::Or(_) => self.chain(expr, node, scope, true, reasons),
            _ if expr.attribute().is_some() => self.attribute(expr, node, scope, reasons),
            Expr::If { .. } => self.branches(expr, node, scope, reasons),
            Expr::Compare { op, left, right } => {
                self.comparison(expr, *op, [left, right], node, scope, reasons);
            }
            Expr::OneOf { item, list } => self.one_of(expr, item, list, node, scope, reasons),
            Expr::Contains { set, item } => self.contains(expr, set, item, node, scope, reasons),
            Expr::Default(..) => self.default(expr, node, scope, reasons),
            Expr::Round { mode, step, .. } => {
                self.rounding(expr, *mode, *step, node, scope, reasons);
            }
            Expr::Add(_)
            | Expr::Subtract(..)
            | Expr::Multiply(_)
            | Expr::Divide(..)
            | Expr::Move(..) => {
                self.calculation(expr, node, scope, reasons);
            }
            Expr::Aggregate { op, each, .. } => {
                self.aggregate(expr, *op, each, node, scope, reasons);
            }
            Expr::ParameterOn { .. } => self.parameter_on(expr, node, scope, reasons),
            Expr::Accrue { .. } => self.accrual(expr, node, scope, reasons),
            Expr::InRange { .. } => self.in_range(expr, node, scope, reasons),
            Expr::Each { each, .. } => self.each(each, node, scope, reasons),
            Expr::Table { table, .. } => self.look_up(expr, table, node, scope, reasons),
            Expr::Absolute(_)
            | Expr::Remainder(..)
            | Expr::Text { .. }
            | Expr::Min(_)
            | Expr::Max(_)
            | Expr::DaysBetween(..)
            | Expr::AddDays(..)
            | Expr::AddMonths(..)
            | Expr::AddYears(..)
            | Expr::AgeOn(..)
            | Expr::YearOf(_)
            | Expr::MonthOf(_)
            | Expr::DayOf(_)
            | Expr::Weekday(_)
            | Expr::MonthsBetween(..)
            | Expr::Date(_)
            | Expr::StartOfMonth(_)
            | Expr::EndOfMonth(_)
            | Expr::Overlap(..)
            | Expr::DaysIn(_)
            | Expr::DayCount(_)
            | Expr::WeekdayCount { .. }
            | Expr::IsWorkingDay { .. }
            | Expr::AddWorkingDays { .. }
            | Expr::WorkingDaysBetween { .. } => self.function(expr, node, scope, reasons),
        }
    }

    /// Adds what each operand read.
    pub(super) fn operand_reads(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        for (expr, node) in pairs(expr, node) {
            self.reads(expr, node, scope, reasons);
        }
    }

    /// What an expression read, by itself.
    pub(super) fn reasons(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
    ) -> Vec<Explanation> {
        let mut reasons = Vec::new();
        self.reads(expr, node, scope, &mut reasons);
        reasons
    }

    fn aggregate(
        &mut self,
        expr: &'a Expr,
        op: AggregateOp,
        each: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Aggregate {
            group,
            each: each_node,
            ..
        } = node
        else {
            return;
        };
        let group = *group;
        self.expected = None;
        let state = self.evaluation.eval(node, scope.at);
        let mut because = Vec::new();
        for record in 0..self.evaluation.groups[group].records.len() {
            let record = RecordAt { group, record };
            let at = At {
                record: Some(record),
                ..scope.at
            };
            let one = self.evaluation.eval(each_node, at);
            // Where some records decide, the others do not matter.
            let decisive = match (op, &state) {
                (AggregateOp::Any, State::Known(Datum::Bool(true)))
                | (AggregateOp::All, State::Known(Datum::Bool(false))) => one == state,
                _ => true,
            };
            if decisive && !self.is_full() {
                let reason = self.record(each, each_node, (record, at), &one);
                self.add(&mut because, reason);
            }
        }
        if self.evaluation.groups[group].count().is_none() || because.is_empty() {
            let reason = self.group_head(group);
            self.add(&mut because, reason);
        }
        let title = self.group_title(group);
        let type_ = self.type_of(expr);
        let shown = type_.and_then(|type_| self.shown(&state, &type_));
        let text = self.aggregate_words(op, &state, &title, shown.as_deref());
        let reason = Explanation {
            value: shown,
            expression: self.expression(expr, scope),
            because,
            ..self.step(Kind::Aggregate, text)
        };
        self.add(reasons, reason);
    }

    /// What one record contributes. A single answer or value says by itself which record it is of.
    pub(super) fn record(
        &mut self,
        each: &'a Expr,
        node: &'a Node,
        (record, at): (RecordAt, At<'_, 'a>),
        state: &State<'_>,
    ) -> Explanation {
        let scope = Scope { at, group: None };
        let mut reasons = self.reasons(each, node, scope);
        let title = self.record_title(record);
        let id = &self.plan.program().groups[record.group].id;
        let path = format!("{id}[{}]", record.record);
        let own = matches!(each, Expr::Field(_) | Expr::Value(_));
        match reasons.pop() {
            Some(only) if reasons.is_empty() && own => only,
            Some(only)
                if reasons.is_empty() && (only.label.is_none() || only.kind == Kind::Table) =>
            {
                Explanation {
                    node: Some(path),
                    text: self.statement(&title, &only.text),
                    label: Some(title),
                    kind: Kind::Record,
                    ..only
                }
            }
            last => {
                reasons.extend(last);
                let type_ = self.type_of(each).unwrap_or(crate::plan::Type::Decimal);
                Explanation {
                    node: Some(path),
                    because: reasons,
                    ..self.stated(Kind::Record, &title, self.shown(state, &type_))
                }
            }
        }
    }
}

/// The operands of an expression, each beside its lowered form.
pub(super) fn pairs<'a>(
    expr: &'a Expr,
    node: &'a Node,
) -> impl Iterator<Item = (&'a Expr, &'a Node)> {
    expr.operands().into_iter().zip(node.operands())
}
