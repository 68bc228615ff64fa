//! Tables that collect: every row that matches.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
};
use crate::{
    evaluate::{At, Datum, State},
    plan::{AggregateOp, Expr, Type},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// A result over the rows that a look-up found.
    pub(super) fn over_rows(
        &mut self,
        expr: &'a Expr,
        op: AggregateOp,
        each: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::OverRows {
            table,
            inputs,
            each: each_node,
            ..
        } = node
        else {
            return;
        };
        let id = &self.plan.rules().tables[*table].table;
        let title = self.label(&format!("table.{id}"), id);
        let state = self.evaluation.eval(node, scope.at);
        let type_ = self.type_of(expr);
        let outer = self.frame.table.replace(*table);
        let each_type = self.type_of(each).unwrap_or(Type::Decimal);
        let mut because = Vec::new();
        let rows = self.evaluation.matching_rows(*table, inputs, scope.at);
        for row in rows.into_iter().flatten() {
            let at = At {
                row: Some(row),
                ..scope.at
            };
            let one = self.evaluation.eval(each_node, at);
            let words = self.row_words(row);
            let shown = self.shown(&one, &each_type);
            let told = Explanation {
                because: self.reasons(each, each_node, Scope { at, ..scope }),
                ..self.stated(Kind::Row, &words, shown)
            };
            self.add(&mut because, told);
        }
        self.frame.table = outer;
        self.operand_reads(expr, node, scope, &mut because);
        let shown = type_.and_then(|type_| self.shown(&state, &type_));
        let text = self.aggregate_words(op, &state, &title, shown.as_deref());
        let told = Explanation {
            node: Some(format!("tables.{id}")),
            value: shown,
            source: self.source(&format!("table.{id}")),
            expression: self.expression(expr, scope),
            because,
            ..self.step(Kind::Aggregate, text)
        };
        self.add(reasons, told);
    }

    /// A look-up with one output of every row that matches.
    pub(super) fn collected(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Collect {
            table,
            output,
            inputs,
        } = node
        else {
            return;
        };
        let declared = &self.plan.rules().tables[*table];
        let title = self.label(&format!("table.{}", declared.table), &declared.table);
        let program = self.table_node(*table);
        let type_ = &program.outputs[*output];
        let mut because = Vec::new();
        let found = self.evaluation.matching_rows(*table, inputs, scope.at);
        let mut count = None;
        if let Ok(rows) = found {
            count = Some(rows.len().to_string());
            for row in rows {
                let value = self.literal(&program.rows[row].then[*output], type_);
                let told = self.stated(Kind::Row, &self.row_words(row), Some(value));
                self.add(&mut because, told);
            }
        }
        self.operand_reads(expr, node, scope, &mut because);
        let words = self.say("explain.table.rows", &[("table", &title)], || title.clone());
        let told = Explanation {
            node: Some(format!("tables.{}", declared.table)),
            source: self.source(&format!("table.{}", declared.table)),
            expression: self.expression(expr, scope),
            because,
            ..self.stated(Kind::Table, &words, count)
        };
        self.add(reasons, told);
    }

    fn row_words(&self, row: usize) -> String {
        let number = (row + 1).to_string();
        self.say("explain.row.number", &[("row", &number)], || number.clone())
    }

    /// One result of many, as a sentence.
    pub(super) fn aggregate_words(
        &self,
        op: AggregateOp,
        state: &State<'_>,
        title: &str,
        value: Option<&str>,
    ) -> String {
        let key = match (op, state) {
            (_, State::Pending | State::Partial(_) | State::Failed) => "open",
            (AggregateOp::Sum | AggregateOp::SumDurations, _) => "sum",
            (AggregateOp::Min, _) => "min",
            (AggregateOp::Max, _) => "max",
            (AggregateOp::Count, _) => "count",
            (AggregateOp::Any, State::Known(Datum::Bool(true))) => "any",
            (AggregateOp::Any, _) => "none",
            (AggregateOp::All, State::Known(Datum::Bool(true))) => "all",
            (AggregateOp::All, _) => "not_all",
        };
        let value = value.unwrap_or_default();
        let values = [("group", title), ("value", value)];
        self.say(&format!("explain.aggregate.{key}"), &values, || {
            self.statement(title, value)
        })
    }

    /// The type of what is made of each row of a table.
    pub(super) fn row_type(&self, table: &str, each: &Expr) -> Option<Type> {
        match each {
            Expr::Column(output) => self.column_type(self.table_at(table)?.0, output),
            other => other
                .operands()
                .iter()
                .find_map(|operand| self.row_type(table, operand))
                .or_else(|| self.type_of(other)),
        }
    }

    pub(super) fn column_type(&self, table: usize, output: &str) -> Option<Type> {
        let mut columns = self.plan.rules().tables[table].outputs.iter();
        Some(columns.find(|column| column.name == output)?.type_.clone())
    }
}
