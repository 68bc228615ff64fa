//! Why a result over the rows of a table is what it is.

use super::{Explainer, Explanation, add};
use crate::{
    evaluate::At,
    program::{Node, TableNode},
};

impl<'a> Explainer<'a> {
    /// A look-up in a table that collects: each matching row with the outputs that were read of it, then
    /// what the inputs were.
    pub(super) fn rows(
        &mut self,
        index: usize,
        inputs: &'a [Node],
        each: &'a Node,
        at: At<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let mut columns = Vec::new();
        columns_of(each, &mut columns);
        let rows = self.collected(index, inputs, &columns, at);
        add(reasons, rows);
        for row in self
            .evaluation
            .matching_rows(index, inputs, at)
            .into_iter()
            .flatten()
        {
            let row = Some(row);
            self.reads(each, At { row, ..at }, reasons);
        }
    }

    /// A look-up with the outputs of every matching row.
    pub(super) fn collected(
        &mut self,
        index: usize,
        inputs: &'a [Node],
        columns: &[usize],
        at: At<'_, 'a>,
    ) -> Explanation {
        let table: &TableNode = &self.plan.program().tables[index];
        let label = self.label(&format!("table.{}", table.id), &table.id);
        let mut because = Vec::new();
        let found = self.evaluation.matching_rows(index, inputs, at);
        let text = match &found {
            Ok(rows) => {
                for &row in rows {
                    let values: Vec<_> = columns
                        .iter()
                        .map(|&column| {
                            self.literal(&table.rows[row].then[column], &table.outputs[column])
                        })
                        .collect();
                    let place = self.row_text(row);
                    let values = (!values.is_empty()).then(|| values.join(", "));
                    let text = match values {
                        Some(values) => self.stated(&place, Some(values)),
                        None => place,
                    };
                    add(&mut because, Explanation::leaf(text, None));
                }
                self.stated(&label, Some(rows.len().to_string()))
            }
            Err(_) => self.stated(&label, None),
        };
        for input in inputs {
            self.reads(input, at, &mut because);
        }
        Explanation {
            text,
            source: self.source(&format!("table.{}", table.id)),
            because,
        }
    }

    /// "row 3".
    pub(super) fn row_text(&self, row: usize) -> String {
        let row = (row + 1).to_string();
        self.texts.fill("explain.row", |name| match name {
            "row" => Some(row.clone()),
            _ => None,
        })
    }
}

/// The outputs of the row at hand that an expression reads.
fn columns_of(node: &Node, columns: &mut Vec<usize>) {
    match node {
        Node::Column { output, .. } if !columns.contains(output) => columns.push(*output),
        Node::Aggregate { each, .. } => columns_of(each, columns),
        Node::OneOf(_, list) => list.iter().for_each(|node| columns_of(node, columns)),
        _ => {}
    }
    for operand in node.operands() {
        columns_of(operand, columns);
    }
}
