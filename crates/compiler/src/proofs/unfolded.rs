//! What stands in a function or reads the row of a table, written out for each call and each row.
//!
//! No case of the whole form says what a function's arguments are, or which row is looked at. Put in their
//! places, the arguments of a call and the entries of a row make an expression that cases do say something of.

use counterfoil_engine::plan::{Expr, Function, Rules, Table};

use super::walk;
use crate::check::{Obligation, Open, Within};

/// Places beyond which they are not looked at one by one.
const MAX_PLACES: usize = 256;
/// Parts of an expression beyond which it is not written out.
const MAX_PARTS: usize = 2_000;

/// The places at which an expression is worked out; none where there are too many, or where nothing is known
/// to call the function in which it stands.
pub fn unfolded(open: &Open, all: &[Open], rules: &Rules) -> Option<Vec<Open>> {
    let mut places = Vec::new();
    let mut left = vec![open.clone()];
    while let Some(mut next) = left.pop() {
        let Within { function, table } = std::mem::take(&mut next.within);
        if let Some(table) = table {
            next.within.function = function;
            left.extend(each_row(
                &next,
                rules.tables.iter().find(|t| t.table == table)?,
            ));
        } else if let Some(id) = function {
            let function = rules.functions.iter().find(|f| f.function == id)?;
            let called = calls(&id, all, rules)?;
            if called.is_empty() {
                return None;
            }
            for call in &called {
                left.push(called_by(&next, call, function)?);
            }
        } else {
            places.push(next);
        }
        if places.len() + left.len() > MAX_PLACES {
            return None;
        }
    }
    Some(places)
}

/// The calls of a function, each with the rows that its arguments read.
fn calls(id: &str, all: &[Open], rules: &Rules) -> Option<Vec<Open>> {
    let mut found = Vec::new();
    for call in all {
        let calls = match &call.expr {
            Expr::Call { function, .. } => call.obligation == Obligation::Called && function == id,
            _ => false,
        };
        if !calls {
            continue;
        }
        match &call.within.table {
            None => found.push(call.clone()),
            Some(table) => {
                let mut call = call.clone();
                let table = rules.tables.iter().find(|t| t.table == *table)?;
                call.within.table = None;
                found.extend(each_row(&call, table));
            }
        }
        if found.len() > MAX_PLACES {
            return None;
        }
    }
    Some(found)
}

/// An expression of a function's body where it is called, and there is its place.
fn called_by(open: &Open, call: &Open, function: &Function) -> Option<Open> {
    let Expr::Call { arguments, .. } = &call.expr else {
        return None;
    };
    let names = function
        .arguments
        .iter()
        .map(|argument| argument.argument.as_str());
    let mut known: Vec<(&str, Expr)> = names.zip(arguments.iter().cloned()).collect();
    if let Expr::Let { locals, .. } = &function.expr {
        for local in locals {
            let expr = with_locals(&local.expr, &known)?;
            known.push((&local.local, expr));
        }
    }
    let assumed = open.assumed.iter().map(|expr| with_locals(expr, &known));
    let mut assumed = assumed.collect::<Option<Vec<_>>>()?;
    assumed.extend(call.assumed.iter().cloned());
    Some(Open {
        obligation: open.obligation,
        span: call.span,
        expr: with_locals(&open.expr, &known)?,
        assumed,
        group: call.group,
        within: call.within.clone(),
    })
}

/// An expression with what is known in place of the names; none where it gets too long.
fn with_locals(expr: &Expr, known: &[(&str, Expr)]) -> Option<Expr> {
    let written = walk::rewritten(expr.clone(), &|part| match &part {
        Expr::Local(name) => match known.iter().find(|(known, _)| known == name) {
            Some((_, expr)) => expr.clone(),
            None => part,
        },
        _ => part,
    });
    let mut parts = 0;
    walk::each_part(&written, &mut |_| parts += 1);
    (parts <= MAX_PARTS).then_some(written)
}

/// An expression for each row that it may be worked out for.
fn each_row(open: &Open, table: &Table) -> Vec<Open> {
    let outputs: Vec<&str> = table.outputs.iter().map(|o| o.name.as_str()).collect();
    let rows = table.rows.iter().take(MAX_PLACES + 1).map(|row| {
        let known: Vec<(&str, Expr)> = outputs
            .iter()
            .zip(&row.then)
            .map(|(name, literal)| (*name, Expr::Literal(literal.clone())))
            .collect();
        let mut open = open.clone();
        for expr in open.assumed.iter_mut().chain([&mut open.expr]) {
            set_columns(expr, &known);
        }
        open
    });
    rows.collect()
}

/// Puts the entries of a row in their places; an expression over the rows of a table has its own.
fn set_columns(expr: &mut Expr, known: &[(&str, Expr)]) {
    match expr {
        Expr::Column(name) => {
            if let Some((_, entry)) = known.iter().find(|(known, _)| known == name) {
                *expr = entry.clone();
            }
        }
        Expr::OverRows { inputs, .. } => {
            for input in inputs {
                set_columns(input, known);
            }
        }
        other => {
            for operand in walk::operands_mut(other) {
                set_columns(operand, known);
            }
        }
    }
}
