//! Tables, and look-ups in them.

use super::{
    super::{Node, RowIndex, RowNode, TableNode, Test},
    Lowered, Lowering, unsound,
};
use crate::plan::{Cell, HitPolicy, Literal, Table};

impl Lowering<'_> {
    /// The table and output of a look-up.
    pub(super) fn table_call(
        &self,
        table: &str,
        inputs: &[Node],
        output: &str,
        collect: bool,
    ) -> Lowered<(usize, usize)> {
        let table = self.table_of(table, inputs, collect)?;
        Ok((table, self.output(table, output)?))
    }

    /// The table that takes so many inputs, and gives a list or one row as wanted.
    pub(super) fn table_of(&self, table: &str, inputs: &[Node], collect: bool) -> Lowered<usize> {
        let Some(&index) = self.tables.get(table) else {
            return unsound(format!("the plan has no table `{table}`"));
        };
        let declared = &self.rules.tables[index];
        if inputs.len() != declared.inputs.len() {
            return unsound(format!(
                "the plan calls the table `{table}` with the wrong columns"
            ));
        }
        if (declared.hit == HitPolicy::Collect) != collect {
            return unsound(format!(
                "the plan mistakes a list for one row at the table `{table}`"
            ));
        }
        Ok(index)
    }

    pub(super) fn output(&self, table: usize, output: &str) -> Lowered<usize> {
        let declared = &self.rules.tables[table];
        let position = declared
            .outputs
            .iter()
            .position(|column| column.name == output);
        match position {
            Some(output) => Ok(output),
            None => unsound(format!(
                "the plan's table `{}` has no output `{output}`",
                declared.table
            )),
        }
    }
}

/// A table, with cells that fit its columns.
pub(super) fn lower_table(table: &Table) -> Lowered<TableNode> {
    let marginal = table.hit == HitPolicy::Marginal;
    if marginal && (table.inputs.len() != 1 || table.outputs.len() != 1) {
        return unsound(format!(
            "the plan's marginal table `{}` must have one input and one output",
            table.table
        ));
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let sound = row.when.len() == table.inputs.len()
            && row.then.len() == table.outputs.len()
            && (!marginal || is_band(&row.when[0]));
        if !sound {
            return unsound(format!(
                "a row of the plan's table `{}` does not fit its columns",
                table.table
            ));
        }
        rows.push(RowNode {
            when: row
                .when
                .iter()
                .map(|cells| cells.iter().map(lower_cell).collect())
                .collect(),
            then: row.then.clone(),
        });
    }
    Ok(TableNode {
        id: table.table.clone(),
        hit: table.hit,
        outputs: table
            .outputs
            .iter()
            .map(|column| column.type_.clone())
            .collect(),
        index: (!marginal).then(|| RowIndex::new(&rows)).flatten(),
        rows,
    })
}

/// A marginal band is one range of numbers, or any number.
fn is_band(cells: &[Cell]) -> bool {
    let number = |end: &Option<Literal>| matches!(end, None | Some(Literal::Number(_)));
    match cells {
        [] => true,
        [Cell::Range { from, to, .. }] => number(from) && number(to),
        _ => false,
    }
}

fn lower_cell(cell: &Cell) -> Test {
    match cell.clone() {
        Cell::Blank => Test::Blank,
        Cell::Equal(literal) => Test::Equal(literal),
        Cell::Range {
            from,
            after,
            to,
            before,
        } => Test::Range {
            from,
            after,
            to,
            before,
        },
    }
}
