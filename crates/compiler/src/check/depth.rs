//! The operands of an expression, and how deep it is nested.

use counterfoil_engine::plan::Expr;

/// How deep an expression is nested.
pub(super) fn depth(expr: &Expr) -> usize {
    1 + deepest(expr, &depth)
}

/// The greatest measure of an expression's operands.
pub(super) fn deepest(expr: &Expr, measure: &dyn Fn(&Expr) -> usize) -> usize {
    let mut greatest = 0;
    operands(expr, &mut |operand| {
        greatest = greatest.max(measure(operand))
    });
    greatest
}

/// Visits the operands of an expression in order.
pub(super) fn operands(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
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
        | Expr::Each { each: a, .. } => visit(a),
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
        | Expr::Overlap(a, b) => [a, b].into_iter().for_each(|operand| visit(operand)),
        Expr::And(operands)
        | Expr::Or(operands)
        | Expr::Add(operands)
        | Expr::Multiply(operands)
        | Expr::Min(operands)
        | Expr::Max(operands)
        | Expr::DayCount(operands)
        | Expr::Table {
            inputs: operands, ..
        }
        | Expr::Collect {
            inputs: operands, ..
        }
        | Expr::Call {
            arguments: operands,
            ..
        } => operands.iter().for_each(visit),
        Expr::Date(parts) => parts.iter().for_each(visit),
        Expr::OverRows { inputs, each, .. } => {
            inputs.iter().for_each(&mut *visit);
            visit(each);
        }
        Expr::Let { locals, result } => {
            locals.iter().for_each(|local| visit(&local.expr));
            visit(result);
        }
        Expr::OneOf { item, list }
        | Expr::WeekdayCount {
            weekday: item,
            ranges: list,
        }
        | Expr::IsWorkingDay {
            date: item,
            holidays: list,
        } => {
            visit(item);
            list.iter().for_each(visit);
        }
        Expr::AddWorkingDays {
            date: a,
            days: b,
            holidays,
        }
        | Expr::WorkingDaysBetween {
            from: a,
            to: b,
            holidays,
        } => {
            visit(a);
            visit(b);
            holidays.iter().for_each(visit);
        }
        Expr::If {
            condition,
            then,
            otherwise,
        } => {
            let parts = [condition, then, otherwise];
            parts.into_iter().for_each(|operand| visit(operand));
        }
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
        | Expr::Column(_)
        | Expr::Local(_)
        | Expr::Count(_) => {}
    }
}
