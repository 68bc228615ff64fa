//! Evaluations that can fail: divisions by zero, and dates beyond the calendar.
//!
//! A warning has answers with which that very operation fails: the engine has worked out that the divisor is
//! 0, or the date and by how much it is moved and yet no day; and the evaluation fails at the entry of the form
//! in which the operation is read.

use counterfoil_engine::{
    Plan,
    date::Day,
    number::Number,
    plan::{CompareOp, Expr, Literal, PageContent},
};

use super::{
    cases::{Builder, Case, Observer, Pools, Probe, Seen, Wanted, failures},
    entries::{paths_at, without_positions},
    implication::{self, Outcome},
    model::Model,
    slice::{slice, work as work_of},
    theory,
    unfolded::unfolded,
};
use crate::{
    check::{Checker, Obligation, Open, Within},
    codes,
    diagnostic::{Diagnostic, Witness},
};

/// Work that the cases of all operations may take, in parts of expressions.
const MAX_WORK: usize = 6_000_000;
/// Years from now in which somebody may still evaluate a form that has no end.
const FAR: i64 = 200;
/// Cases tried for one operation.
const ATTEMPTS: u64 = 80;

/// Diagnostics about the operations of a form that can fail.
pub fn prove(
    checker: &Checker<'_>,
    model: &Model<'_>,
    pools: &Pools,
    plan: &Plan,
) -> Vec<Diagnostic> {
    let may_fail =
        |open: &&Open| matches!(open.obligation, Obligation::Divisor | Obligation::Moved);
    let mut open: Vec<&Open> = checker.open.iter().filter(may_fail).collect();
    open.sort_by_key(|open| open.span);
    if open.is_empty() {
        return Vec::new();
    }
    let mut work = Work {
        builder: Builder { plan, model, pools },
        open: &checker.open,
        left: MAX_WORK,
    };
    let mut diagnostics = Vec::new();
    for open in open {
        let found = match open.obligation {
            Obligation::Divisor => divisor(checker, &mut work, open),
            _ => moved(checker, &mut work, open),
        };
        diagnostics.extend(found);
    }
    diagnostics
}

/// What it takes to find out whether an operation fails.
struct Work<'m, 'p> {
    builder: Builder<'m, 'p>,
    /// All that was left to be proved, calls among it.
    open: &'m [Open],
    /// Work that is left, in parts of expressions.
    left: usize,
}

fn divisor(checker: &Checker<'_>, work: &mut Work<'_, '_>, open: &Open) -> Option<Diagnostic> {
    let text = checker.text(open.span);
    let help = format!(
        "divide only where it is not: `if {text} > 0 {{ … }} else {{ … }}`, or give it a `min` above 0"
    );
    let found = match work.failing(checker, open) {
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

fn moved(checker: &Checker<'_>, work: &mut Work<'_, '_>, open: &Open) -> Option<Diagnostic> {
    let text = checker.text(open.span);
    let found = match work.failing(checker, open) {
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

impl Work<'_, '_> {
    /// Whether there is a case in which the operation fails, wherever it is worked out.
    fn failing(&mut self, checker: &Checker<'_>, open: &Open) -> Fails {
        let (builder, left) = (&self.builder, &mut self.left);
        if open.within == Within::default() {
            return failing(checker, builder, left, open);
        }
        let Some(places) = unfolded(open, self.open, builder.plan.rules()) else {
            return Fails::Perhaps;
        };
        let mut fails = Fails::Never;
        for place in places {
            match failing(checker, builder, left, &place) {
                Fails::Never => {}
                Fails::Here(witness) => return Fails::Here(witness),
                Fails::Perhaps => fails = Fails::Perhaps,
            }
        }
        fails
    }
}

/// Whether there is a case in which the operation fails, of what stands in the form itself.
fn failing(
    checker: &Checker<'_>,
    builder: &Builder<'_, '_>,
    left: &mut usize,
    open: &Open,
) -> Fails {
    let is_divisor = open.obligation == Obligation::Divisor;
    let mut model = builder.model;
    if !is_divisor && theory::stays(model, &open.assumed, &open.expr) {
        return Fails::Never;
    }
    // An operation that fails comes out in no way at all, though what it is made of does.
    let probed = match moving(&open.expr) {
        _ if is_divisor => vec![is_zero(&open.expr)],
        Some((date, by)) => vec![
            Expr::And(vec![answered(date), answered(by)]),
            answered(&open.expr),
        ],
        None => return Fails::Perhaps,
    };
    let mut conditions = open.assumed.clone();
    if is_divisor {
        conditions.extend(probed.iter().cloned());
    }
    let wanted = match implication::satisfy(&mut model, &conditions) {
        Outcome::Refuted => return Fails::Never,
        Outcome::GaveUp => Wanted::default(),
        Outcome::Found(found) => Wanted::of(builder.model, &found),
    };
    let published = builder.plan.published();
    if !is_divisor {
        conditions.extend(probed.iter().cloned());
    }
    let Some(part) = slice(builder.model, published, &conditions) else {
        return Fails::Perhaps;
    };
    let names = Model::of(&part.rules);
    let group = open.group.and_then(|group| {
        let pages = published.rules.pages.iter();
        let mut groups = pages.filter_map(|page| match &page.content {
            PageContent::Group(group) => Some(&group.group),
            PageContent::Fields(_) => None,
        });
        groups.nth(group).cloned()
    });
    let probes = probed.into_iter().map(|expr| Probe {
        expr,
        assumed: open.assumed.clone(),
        group: group.clone(),
    });
    let Some(observer) = Observer::of(&part, &probes.collect::<Vec<_>>()) else {
        return Fails::Perhaps;
    };
    let last = last_day(builder);
    let fails = |case: &Case| {
        let (seen, _) = observer.observe(&within(&names, case));
        case.context.as_of <= last
            && seen[0].yes
            && seen.get(1).is_none_or(|seen| *seen == Seen::default())
    };
    let entries = paths_at(checker, open.span);
    let failure = |case: &Case| {
        let failed = fails(case).then(|| failures(builder.plan, case));
        let mut failed = failed.into_iter().flatten();
        failed.find(|path| entries.contains(&without_positions(path)))
    };
    let cost = work_of(&published.rules);
    let attempts = ATTEMPTS.min(u64::try_from(*left / cost).unwrap_or(ATTEMPTS));
    *left = left.saturating_sub(cost.saturating_mul(ATTEMPTS as usize));
    let kept = |case: &Case| within(&names, case);
    match builder.failing(&wanted, attempts, &failure, &kept) {
        Some(witness) => Fails::Here(witness),
        None => Fails::Perhaps,
    }
}

/// The date that an expression moves, and by how much.
fn moving(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match expr {
        Expr::AddDays(date, by)
        | Expr::AddMonths(date, by)
        | Expr::AddYears(date, by)
        | Expr::Move(date, by)
        | Expr::AddWorkingDays { date, days: by, .. } => Some((date, by)),
        _ => None,
    }
}

fn is_zero(divisor: &Expr) -> Expr {
    Expr::Compare {
        op: CompareOp::Equal,
        left: Box::new(divisor.clone()),
        right: Box::new(Expr::Literal(Literal::Number(Number::ZERO))),
    }
}

fn answered(expr: &Expr) -> Expr {
    Expr::Answered(Box::new(expr.clone()))
}

/// The case with nothing but what the part of the plan asks.
pub fn within(part: &Model<'_>, case: &Case) -> Case {
    let mut case = case.clone();
    case.answers.0.retain(|(key, _)| part.place(key).is_some());
    case.context
        .facts
        .retain(|(key, _)| part.fact(key).is_some());
    case
}

/// The last day on which somebody evaluates the form; where it has no end, nobody waits for the last day
/// of the calendar.
fn last_day(builder: &Builder<'_, '_>) -> Day {
    let effective = builder.plan.rules().effective;
    let named = builder.pools.days.iter().max();
    effective.to.unwrap_or_else(|| {
        let far = named.and_then(|day| day.add_years(FAR));
        far.unwrap_or(Day::MAX)
    })
}
