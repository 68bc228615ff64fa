//! How deep an expression is nested.

use counterfoil_engine::plan::Expr;

/// How deep an expression is nested.
pub fn depth(expr: &Expr) -> usize {
    1 + deepest(expr, &depth)
}

/// How deep the aggregates of an expression are nested.
pub(super) fn aggregates(expr: &Expr) -> usize {
    usize::from(matches!(expr, Expr::Aggregate { .. })) + deepest(expr, &aggregates)
}

/// The greatest measure of an expression's operands.
fn deepest(expr: &Expr, depth: &dyn Fn(&Expr) -> usize) -> usize {
    let deepest = |operands: &[Expr]| operands.iter().map(depth).max().unwrap_or(0);
    match expr {
        Expr::Not(a)
        | Expr::Answered(a)
        | Expr::Negate(a)
        | Expr::Absolute(a)
        | Expr::Round { value: a, .. }
        | Expr::Aggregate { each: a, .. }
        | Expr::YearOf(a)
        | Expr::MonthOf(a)
        | Expr::DayOf(a)
        | Expr::Weekday(a) => depth(a),
        Expr::Compare {
            left: a, right: b, ..
        }
        | Expr::Contains { set: a, item: b }
        | Expr::Default(a, b)
        | Expr::Subtract(a, b)
        | Expr::Divide(a, b)
        | Expr::DaysBetween(a, b)
        | Expr::AddDays(a, b)
        | Expr::AddMonths(a, b)
        | Expr::AddYears(a, b)
        | Expr::AgeOn(a, b) => depth(a).max(depth(b)),
        Expr::And(operands)
        | Expr::Or(operands)
        | Expr::Add(operands)
        | Expr::Multiply(operands)
        | Expr::Min(operands)
        | Expr::Max(operands)
        | Expr::Table {
            inputs: operands, ..
        } => deepest(operands),
        Expr::OneOf { item, list } => depth(item).max(deepest(list)),
        Expr::If {
            condition,
            then,
            otherwise,
        } => depth(condition).max(depth(then)).max(depth(otherwise)),
        Expr::Literal(_)
        | Expr::Blank
        | Expr::Field(_)
        | Expr::Value(_)
        | Expr::Parameter(_)
        | Expr::Fact(_)
        | Expr::Today
        | Expr::Fee(_)
        | Expr::FeeSubtotal
        | Expr::Entitlement(_)
        | Expr::EntitlementSubtotal
        | Expr::Rule { .. }
        | Expr::Count(_) => 0,
    }
}
