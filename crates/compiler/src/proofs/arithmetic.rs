//! Evaluations that can fail: divisions by zero, and dates beyond the calendar.

use counterfoil_engine::{
    Plan,
    date::Day,
    number::Number,
    plan::{CompareOp, Expr, Literal, PageContent},
};

use super::{
    cases::{Builder, Case, Observer, Pools, Probe, Wanted},
    implication::{self, Outcome},
    model::Model,
    slice::{slice, work},
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
    let found = match work.failing(open) {
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
    let found = match work.failing(open) {
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
    fn failing(&mut self, open: &Open) -> Fails {
        if open.within == Within::default() {
            return failing(&self.builder, &mut self.left, open);
        }
        let rules = self.builder.plan.rules();
        let Some(places) = unfolded(open, self.open, rules) else {
            return Fails::Perhaps;
        };
        let mut fails = Fails::Never;
        for place in places {
            match failing(&self.builder, &mut self.left, &place) {
                Fails::Never => {}
                Fails::Here(witness) => return Fails::Here(witness),
                Fails::Perhaps => fails = Fails::Perhaps,
            }
        }
        fails
    }
}

/// Whether there is a case in which the operation fails, of what stands in the form itself.
fn failing(builder: &Builder<'_, '_>, left: &mut usize, open: &Open) -> Fails {
    let condition = match open.obligation {
        Obligation::Divisor => Expr::Compare {
            op: CompareOp::Equal,
            left: Box::new(open.expr.clone()),
            right: Box::new(Expr::Literal(Literal::Number(Number::ZERO))),
        },
        // That a date is where it is holds in no case where it lies beyond the calendar.
        _ => Expr::Answered(Box::new(open.expr.clone())),
    };
    let is_divisor = open.obligation == Obligation::Divisor;
    let mut conditions = open.assumed.clone();
    if is_divisor {
        conditions.push(condition.clone());
    }
    let mut model = builder.model;
    if !is_divisor && theory::stays(model, &open.assumed, &open.expr) {
        return Fails::Never;
    }
    let wanted = match implication::satisfy(&mut model, &conditions) {
        Outcome::Refuted => return Fails::Never,
        Outcome::GaveUp => Wanted::default(),
        Outcome::Found(found) => Wanted::of(builder.model, &found),
    };
    let published = builder.plan.published();
    if !is_divisor {
        conditions.push(condition.clone());
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
    let probe = Probe {
        expr: condition,
        assumed: open.assumed.clone(),
        group,
    };
    let Some(observer) = Observer::of(&part, &[probe]) else {
        return Fails::Perhaps;
    };
    let last = last_day(builder);
    let shows = |case: &Case| {
        // What fails comes out in no way at all.
        case.context.as_of <= last
            && (!is_divisor || observer.observe(&within(&names, case)).0[0].yes)
    };
    let cost = work(&published.rules);
    let attempts = ATTEMPTS.min(u64::try_from(*left / cost).unwrap_or(ATTEMPTS));
    *left = left.saturating_sub(cost.saturating_mul(ATTEMPTS as usize));
    let kept = |case: &Case| within(&names, case);
    match builder.failing(&wanted, attempts, &shows, &kept) {
        Some(witness) => Fails::Here(witness),
        None => Fails::Perhaps,
    }
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
