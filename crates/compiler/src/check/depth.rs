//! How deep an expression is nested.

use counterfoil_engine::plan::Expr;

/// How deep an expression is nested.
pub(super) fn depth(expr: &Expr) -> usize {
    1 + deepest(expr, &depth)
}

/// How deep aggregates and lists of records are nested in an expression.
pub(super) fn aggregates(expr: &Expr) -> usize {
    usize::from(matches!(expr, Expr::Aggregate { .. } | Expr::Each { .. }))
        + deepest(expr, &aggregates)
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
        | Expr::Weekday(a)
        | Expr::StartOfMonth(a)
        | Expr::EndOfMonth(a)
        | Expr::Duration { count: a, .. }
        | Expr::RangeStart(a)
        | Expr::RangeEnd(a)
        | Expr::DaysIn(a)
        | Expr::ParameterOn { day: a, .. }
        | Expr::Accrue { range: a, .. }
        | Expr::Each { each: a, .. } => depth(a),
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
        | Expr::AgeOn(a, b)
        | Expr::MonthsBetween(a, b)
        | Expr::Move(a, b)
        | Expr::Range(a, b)
        | Expr::InRange { item: a, range: b }
        | Expr::Overlap(a, b) => depth(a).max(depth(b)),
        Expr::And(operands)
        | Expr::Or(operands)
        | Expr::Add(operands)
        | Expr::Multiply(operands)
        | Expr::Min(operands)
        | Expr::Max(operands)
        | Expr::DayCount(operands)
        | Expr::Table {
            inputs: operands, ..
        } => deepest(operands),
        Expr::Date(parts) => deepest(&parts[..]),
        Expr::OneOf { item, list }
        | Expr::WeekdayCount {
            weekday: item,
            ranges: list,
        }
        | Expr::IsWorkingDay {
            date: item,
            holidays: list,
        } => depth(item).max(deepest(list)),
        Expr::AddWorkingDays {
            date: a,
            days: b,
            holidays,
        }
        | Expr::WorkingDaysBetween {
            from: a,
            to: b,
            holidays,
        } => depth(a).max(depth(b)).max(deepest(holidays)),
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
