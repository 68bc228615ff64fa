//! Lists out of tables: the rows of a look-up in a table whose hit policy is `collect`.

use counterfoil_engine::plan::{AggregateOp, CompareOp, Expr};

use super::{Reads, Typed, lowering::Lowering};
use crate::{codes, diagnostic::Diagnostic, expression::BinaryOp, source::Span, types::Type};

/// A look-up in a table that collects.
#[derive(Clone, Debug, PartialEq)]
pub struct LookUp {
    /// The table's position.
    table: usize,
    inputs: Vec<Expr>,
    /// Whether an input reads the record at hand.
    record: bool,
}

impl Lowering<'_, '_> {
    /// An output of each row that a look-up finds: a list.
    pub(super) fn rows_of(
        &mut self,
        table: usize,
        inputs: Vec<Typed>,
        output: (String, Type),
        reads: Reads,
        span: Span,
    ) -> Typed {
        let record = match reads {
            Reads::Form => false,
            Reads::Record => true,
            Reads::Each(_) | Reads::Rows { .. } => {
                let id = self.checker.form.tables[table].table.as_str();
                let message = format!(
                    "`{id}` gives a list of rows, and here it is looked up once for each item of \
                     another list"
                );
                return self.error(Diagnostic::error(codes::LIST_GIVEN, span, message).help(
                    "make one value of the rows for each record first: a value of the group, such \
                         as `total: sum(…)`",
                ));
            }
        };
        let look_up = LookUp {
            table,
            inputs: inputs.into_iter().map(|input| input.expr).collect(),
            record,
        };
        // The same look-up, written twice, goes through its rows once.
        let known = self.look_ups.iter().position(|other| *other == look_up);
        let look_up = known.unwrap_or_else(|| {
            self.look_ups.push(look_up);
            self.look_ups.len() - 1
        });
        Typed::new(Expr::Column(output.0), output.1, span).reading(Reads::Rows {
            look_up,
            record: false,
        })
    }

    /// Least and greatest number of rows that a look-up finds.
    pub(super) fn row_counts(&self, look_up: usize) -> (u32, u32) {
        let look_up = &self.look_ups[look_up];
        let rows = self.checker.form.tables[look_up.table].rows.len();
        let most = u32::try_from(rows).unwrap_or(u32::MAX);
        // Without inputs every row matches.
        (if look_up.inputs.is_empty() { most } else { 0 }, most)
    }

    /// One result over the rows of a look-up, with what it reads.
    pub(super) fn over_rows(
        &self,
        op: AggregateOp,
        each: Expr,
        look_up: usize,
        record: bool,
    ) -> (Expr, Reads) {
        let found = &self.look_ups[look_up];
        let expr = Expr::OverRows {
            op,
            table: self.checker.form.tables[found.table].table.value.clone(),
            inputs: found.inputs.clone(),
            each: Box::new(each),
        };
        (expr, read_of(found.record || record))
    }

    /// The id of the table in which something is looked up.
    pub(super) fn table_of(&self, look_up: usize) -> &str {
        let table = self.look_ups[look_up].table;
        self.checker.form.tables[table].table.as_str()
    }

    /// Whether a value is among those of a list out of a table.
    pub(super) fn in_rows(&mut self, item: Typed, list: Typed, span: Span) -> Typed {
        let item = self.coerced(item, &list.type_);
        let list = self.rounded(list, "what a list holds");
        if list.type_.is_error() || !self.comparable(BinaryOp::Equal, &item, &list, span) {
            return Typed::error(span);
        }
        let Some(list) = self.list_of(&list) else {
            return self.in_mapped_rows(item, list, span);
        };
        let Some(reads) = self.join(&[item.clone(), list.clone()], span) else {
            return Typed::error(span);
        };
        let expr = Expr::Contains {
            set: Box::new(list.expr),
            item: Box::new(item.expr),
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// Whether a value is among what is made of each row.
    fn in_mapped_rows(&mut self, item: Typed, list: Typed, span: Span) -> Typed {
        let expr = Expr::Compare {
            op: CompareOp::Equal,
            left: Box::new(list.expr.clone()),
            right: Box::new(item.expr.clone()),
        };
        let Some(Reads::Rows { look_up, record }) = self.join(&[item, list], span) else {
            return Typed::error(span);
        };
        let (expr, reads) = self.over_rows(AggregateOp::Any, expr, look_up, record);
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// The list itself, as [`Expr::Collect`], for what takes a list of constants: its type is that of
    /// one item. None where it is no plain output of a table that collects.
    pub(super) fn list_of(&self, list: &Typed) -> Option<Typed> {
        let (Expr::Column(output), Reads::Rows { look_up, .. }) = (&list.expr, list.reads) else {
            return None;
        };
        let found = &self.look_ups[look_up];
        let expr = Expr::Collect {
            table: self.checker.form.tables[found.table].table.value.clone(),
            inputs: found.inputs.clone(),
            output: output.clone(),
        };
        let list = Typed::new(expr, list.type_.clone(), list.span);
        Some(list.reading(read_of(found.record)))
    }
}

const fn read_of(record: bool) -> Reads {
    if record { Reads::Record } else { Reads::Form }
}
