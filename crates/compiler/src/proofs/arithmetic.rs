//! Evaluations that can fail: divisions by zero, and dates beyond the calendar.

use counterfoil_engine::{
    Plan,
    number::Number,
    plan::{CompareOp, Expr, Literal, Published},
};

use super::{
    cases::{Builder, Case, Observer, Pools, Probe, Wanted},
    implication::{self, Outcome},
    model::Model,
};
use crate::{
    check::{Checker, Obligation, Open},
    codes,
    diagnostic::{Diagnostic, Witness},
};

/// Cases tried for one operation.
const ATTEMPTS: u64 = 80;

/// Diagnostics about the operations of a form that can fail.
pub fn prove(
    checker: &Checker<'_>,
    model: &Model<'_>,
    pools: &Pools,
    published: &Published,
) -> Vec<Diagnostic> {
    let may_fail =
        |open: &&Open| matches!(open.obligation, Obligation::Divisor | Obligation::Moved);
    let mut open: Vec<&Open> = checker.open.iter().filter(may_fail).collect();
    open.sort_by_key(|open| open.span);
    if open.is_empty() {
        return Vec::new();
    }
    let Ok(plan) = Plan::load(published.clone()) else {
        return Vec::new();
    };
    let builder = Builder {
        plan: &plan,
        model,
        pools,
    };
    let mut diagnostics = Vec::new();
    for open in open {
        let found = match open.obligation {
            Obligation::Divisor => divisor(checker, &builder, published, open),
            _ => moved(checker, &builder, published, open),
        };
        diagnostics.extend(found);
    }
    diagnostics
}

fn divisor(
    checker: &Checker<'_>,
    builder: &Builder<'_, '_>,
    published: &Published,
    open: &Open,
) -> Option<Diagnostic> {
    let text = checker.text(open.span);
    let zero = Expr::Compare {
        op: CompareOp::Equal,
        left: Box::new(open.expr.clone()),
        right: Box::new(Expr::Literal(Literal::Number(Number::ZERO))),
    };
    let help = format!(
        "divide only where it is not: `if {text} > 0 {{ … }} else {{ … }}`, or give it a `min` above 0"
    );
    let found = match failing(builder, published, open, zero) {
        Fails::Never => return None,
        Fails::Here(witness) => Diagnostic::warning(
            codes::ZERO_DIVISOR,
            open.span,
            format!("`{text}` may be 0, and then there is no result"),
        )
        .witness(witness),
        Fails::Perhaps => Diagnostic::note(
            codes::ZERO_DIVISOR,
            open.span,
            format!("not proved: `{text}` is never 0"),
        ),
    };
    Some(found.help(help))
}

fn moved(
    checker: &Checker<'_>,
    builder: &Builder<'_, '_>,
    published: &Published,
    open: &Open,
) -> Option<Diagnostic> {
    let text = checker.text(open.span);
    // That a date is where it is holds in no case where it lies beyond the calendar.
    let itself = Expr::Answered(Box::new(open.expr.clone()));
    let found = match failing(builder, published, open, itself) {
        Fails::Never => return None,
        Fails::Here(witness) => Diagnostic::warning(
            codes::BEYOND_CALENDAR,
            open.span,
            format!("`{text}` may lie beyond the year 9999 or before the year 1"),
        )
        .witness(witness),
        Fails::Perhaps => Diagnostic::note(
            codes::BEYOND_CALENDAR,
            open.span,
            format!("not proved: `{text}` lies within the years 1 to 9999"),
        ),
    };
    Some(found.help("give the date and the number narrower limits, with `min` and `max`"))
}

enum Fails {
    Never,
    Here(Witness),
    Perhaps,
}

/// Whether there is a case in which the operation fails. For a divisor the condition is that it is zero.
fn failing(
    builder: &Builder<'_, '_>,
    published: &Published,
    open: &Open,
    condition: Expr,
) -> Fails {
    let group = open
        .group
        .and_then(|group| {
            let pages = &published.rules.pages;
            let groups = pages.iter().filter_map(|page| match &page.content {
                counterfoil_engine::plan::PageContent::Group(group) => Some(&group.group),
                counterfoil_engine::plan::PageContent::Fields(_) => None,
            });
            groups.into_iter().nth(group)
        })
        .cloned();
    let is_divisor = open.obligation == Obligation::Divisor;
    let mut conditions = open.assumed.clone();
    if is_divisor {
        conditions.push(condition.clone());
    }
    let mut model = builder.model;
    let wanted = match implication::satisfy(&mut model, &conditions) {
        Outcome::Refuted => return Fails::Never,
        Outcome::GaveUp => Wanted::default(),
        Outcome::Found(found) => Wanted::of(builder.model, &found),
    };
    let probe = Probe {
        expr: condition,
        assumed: open.assumed.clone(),
        group,
    };
    let Some(observer) = Observer::of(published, &[probe]) else {
        return Fails::Perhaps;
    };
    let shows = |case: &Case| {
        let (seen, _) = observer.observe(case);
        // What fails comes out in no way at all.
        !is_divisor || seen[0].yes
    };
    match builder.failing(&wanted, ATTEMPTS, &shows) {
        Some(witness) => Fails::Here(witness),
        None => Fails::Perhaps,
    }
}
