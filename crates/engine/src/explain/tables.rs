//! Look-ups: the row that applies in words, or the bands of a marginal table.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
    expression::pairs,
};
use crate::{
    evaluate::{Datum, State, matching_row},
    number::Number,
    plan::{Expr, HitPolicy, Literal, Table, Type},
    program::{Node, Test},
};

impl<'a> Explainer<'a> {
    pub(super) fn look_up(
        &mut self,
        expr: &'a Expr,
        table: &str,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Some((index, declared)) = self.table_at(table) else {
            return;
        };
        let states: Vec<_> = node
            .operands()
            .iter()
            .map(|input| self.evaluation.eval(input, scope.at))
            .collect();
        let known = |state: &State<'_>| matches!(state, State::Known(_) | State::Blank);
        let row = match declared.hit {
            HitPolicy::Marginal => None,
            _ if !states.iter().all(known) => None,
            _ => matching_row(self.table_node(index), &states),
        };
        let label = self.label(&format!("table.{table}"), table);
        let state = self.evaluation.eval(node, scope.at);
        let type_ = self.type_of(expr).unwrap_or(Type::Decimal);
        let value = self.shown(&state, &type_);
        let mut because = Vec::new();
        let heading = match row {
            Some(row) => {
                self.cells(expr, node, scope, (declared, row), &mut because);
                let number = (row + 1).to_string();
                let values = [("table", label.as_str()), ("row", number.as_str())];
                self.say("explain.row", &values, || format!("{label} ({number})"))
            }
            None => {
                self.operand_reads(expr, node, scope, &mut because);
                if let (HitPolicy::Marginal, [State::Known(Datum::Number(input))]) =
                    (declared.hit, &states[..])
                {
                    self.bands((index, declared), *input, &type_, &mut because);
                }
                self.say("explain.table", &[("table", &label)], || label.clone())
            }
        };
        let reason = Explanation {
            node: Some(format!("tables.{table}")),
            source: self.source(&format!("table.{table}")),
            expression: self.expression(expr, scope),
            because,
            ..self.stated(Kind::Table, &heading, value)
        };
        self.add(reasons, reason);
    }

    /// An attribute of the option that is chosen.
    pub(super) fn attribute(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Some((_, attribute)) = expr.attribute() else {
            return;
        };
        let mut because = Vec::new();
        match (expr, node) {
            (Expr::If { condition, .. }, Node::If(nodes)) => {
                self.reads(condition, &nodes[0], scope, &mut because);
            }
            _ => self.operand_reads(expr, node, scope, &mut because),
        }
        let type_ = self.type_of(expr).unwrap_or(Type::Text);
        let shown = self.shown(&self.evaluation.eval(node, scope.at), &type_);
        let reason = Explanation {
            expression: self.expression(expr, scope),
            because,
            ..self.stated(Kind::Value, attribute, shown)
        };
        self.add(reasons, reason);
    }

    /// Each input beside what the row accepts; a cell that accepts anything is not worth a word.
    fn cells(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        (table, row): (&'a Table, usize),
        reasons: &mut Vec<Explanation>,
    ) {
        let index = self.table_at(&table.table).map_or(0, |(index, _)| index);
        let tests = &self.table_node(index).rows[row].when;
        let columns = table.inputs.iter().zip(tests);
        for ((operand, operand_node), (column, cell)) in pairs(expr, node).zip(columns) {
            let mut because = self.reasons(operand, operand_node, scope);
            let single = matches!(&cell[..], [Test::Equal(_) | Test::Blank]);
            if cell.is_empty() || single {
                // The input says it all.
                for reason in because {
                    self.add(reasons, reason);
                }
                continue;
            }
            let figure = self
                .figure(operand, operand_node, scope, Some(&column.type_))
                .unwrap_or_else(|| self.text("explain.unknown"));
            let label = self.scoped_label(operand, scope);
            let input = match &label {
                Some(label) => self.statement(label, &figure),
                None => figure.clone(),
            };
            let cell = self.cell_words(cell, &column.type_);
            let values = [("input", input.as_str()), ("cell", cell.as_str())];
            let text = self.say("explain.cell", &values, || format!("{input} ({cell})"));
            // The input itself stands in the sentence: what it was worked out from is left to tell.
            if label.is_some()
                && let [only] = &mut because[..]
            {
                because = std::mem::take(&mut only.because);
            }
            let reason = Explanation {
                label,
                value: Some(figure),
                because,
                expression: self.expression(operand, scope),
                ..self.step(Kind::Cell, text)
            };
            self.add(reasons, reason);
        }
    }

    /// One line for each band that the input reaches.
    fn bands(
        &mut self,
        (index, table): (usize, &'a Table),
        input: Number,
        type_: &Type,
        reasons: &mut Vec<Explanation>,
    ) {
        let (Some(column), Some(rate_column)) = (table.inputs.first(), table.outputs.first())
        else {
            return;
        };
        for row in &self.table_node(index).rows {
            let (from, to) = match row.when.first().map(Vec::as_slice) {
                Some([Test::Range { from, to, .. }]) => (number(from), number(to)),
                _ => (None, None),
            };
            let Some(Literal::Number(rate)) = row.then.first() else {
                return;
            };
            let from = from.unwrap_or(Number::ZERO);
            let top = to.map_or(input, |to| to.min(input));
            let Some(part) = top.checked_sub(from).filter(|_| top > from) else {
                continue;
            };
            let Some(amount) = part.checked_mul(*rate) else {
                return;
            };
            let write =
                |number: Number, type_: &Type| self.literal(&Literal::Number(number), type_);
            let rate = write(*rate, &rate_column.type_);
            let (part, amount) = (write(part, &column.type_), write(amount, type_));
            let (from, to) = (
                write(from, &column.type_),
                to.map(|to| write(to, &column.type_)),
            );
            let key = match to {
                Some(_) => "explain.band",
                None => "explain.band.above",
            };
            let to = to.unwrap_or_default();
            let words = self.say(key, &[("from", &from), ("to", &to)], || {
                format!("{from}–{to}")
            });
            let sum = format!("{part} × {rate} = {amount}");
            let reason = Explanation {
                label: Some(words.clone()),
                value: Some(amount),
                ..self.step(Kind::Band, self.statement(&words, &sum))
            };
            self.add(reasons, reason);
        }
    }

    /// A table by itself: every look-up that the answers led to.
    pub(super) fn table_node_of(&mut self, id: &str) -> Option<Explanation> {
        self.table_at(id)?;
        let label = self.label(&format!("table.{id}"), id);
        let mut because = Vec::new();
        for (expr, node, scope) in self.everything() {
            self.look_ups_in(id, expr, node, scope, &mut because);
        }
        if because.is_empty() {
            because.push(self.step(Kind::Table, self.text("explain.table.unused")));
        }
        Some(Explanation {
            node: Some(format!("tables.{id}")),
            label: Some(label.clone()),
            source: self.source(&format!("table.{id}")),
            because,
            ..self.step(Kind::Table, self.heading(&label))
        })
    }

    /// The look-ups in a table that an expression made; a branch that was not taken made none.
    fn look_ups_in(
        &mut self,
        id: &str,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        if self.is_full() {
            return;
        }
        match (expr, node) {
            (
                Expr::Table { table, .. }
                | Expr::OverRows { table, .. }
                | Expr::Collect { table, .. },
                _,
            ) if table == id => {
                self.reads(expr, node, scope, reasons);
            }
            // What a function looks up is told with the call.
            (Expr::Call { function, .. }, _) if self.function_reads(function, id) => {
                self.reads(expr, node, scope, reasons);
            }
            (
                Expr::Aggregate { each, .. },
                Node::Aggregate {
                    group, each: node, ..
                },
            ) => {
                for record in 0..self.evaluation.groups[*group].records.len() {
                    let record = Some(crate::evaluate::RecordAt {
                        group: *group,
                        record,
                    });
                    let at = crate::evaluate::At { record, ..scope.at };
                    let scope = Scope { at, group: None };
                    self.look_ups_in(id, each, node, scope, reasons);
                }
            }
            _ => {
                let skipped = match (expr, node) {
                    (Expr::If { .. }, Node::If(nodes)) => {
                        match self.evaluation.eval(&nodes[0], scope.at) {
                            State::Known(Datum::Bool(true)) => Some(2),
                            State::Known(_) => Some(1),
                            _ => None,
                        }
                    }
                    _ => None,
                };
                for (index, (expr, node)) in pairs(expr, node).enumerate() {
                    if Some(index) != skipped {
                        self.look_ups_in(id, expr, node, scope, reasons);
                    }
                }
            }
        }
    }
}

fn number(end: &Option<Literal>) -> Option<Number> {
    match end {
        Some(Literal::Number(number)) => Some(*number),
        _ => None,
    }
}
