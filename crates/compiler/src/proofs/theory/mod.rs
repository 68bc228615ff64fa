//! What is known of figures, dates and texts where conditions have come out in some way.
//!
//! Every expression has bounds: of a field its limits, of a sum the sum of its parts' bounds, and so on.
//! A comparison that came out true or false narrows the bounds of both sides, and through them those of
//! their parts, until nothing changes. Where nothing is left, the outcomes cannot come together.
//!
//! Bounds are never too narrow: an operation that may fail (a division by what may be zero, a date beyond
//! the calendar) says nothing about its operands, since a failed condition may come out either way.

mod bounds;
mod dates;
mod narrow;
mod scale;
mod texts;
mod truth;

use counterfoil_engine::{
    number::Number,
    plan::{AggregateOp, CompareOp, Expr},
};

pub use self::bounds::literal_bounds;

use super::model::Model;
use crate::types::Bounds;

/// Rounds of narrowing; more would narrow further, fewer are sound too.
const MAX_ROUNDS: usize = 6;
/// Names within names beyond which nothing is said.
const MAX_NAMES: usize = 24;
/// Parts of an expression beyond which nothing is said, in one look at it.
const MAX_PARTS: usize = 2_000;

/// Bounds of expressions where some conditions have come out in a certain way; dates count as the
/// numbers of their days.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    narrowed: Vec<(Expr, Bounds)>,
    texts: Vec<(Expr, Vec<String>)>,
}

impl Ranges {
    /// The bounds to which an expression has been narrowed, if it has.
    pub fn of(&self, expr: &Expr) -> Option<Bounds> {
        let found = self.narrowed.iter().find(|(other, _)| other == expr);
        found.map(|(_, bounds)| *bounds)
    }

    /// The texts that an expression can be, if they are known one by one.
    pub fn texts(&self, expr: &Expr) -> Option<&[String]> {
        let found = self.texts.iter().find(|(other, _)| other == expr);
        found.map(|(_, texts)| texts.as_slice())
    }
}

/// The bounds of everything where conditions have come out so; `None` where they cannot together.
pub fn ranges(model: &Model<'_>, outcomes: &[(&Expr, bool)]) -> Option<Ranges> {
    Theory::of(model, outcomes).ok().map(|theory| theory.ranges)
}

/// The bounds of expressions wherever the conditions hold; `None` where they cannot hold together.
pub fn bounds(model: &Model<'_>, assumed: &[Expr], exprs: &[Expr]) -> Option<Vec<Option<Bounds>>> {
    let mut outcomes = Vec::new();
    for condition in assumed {
        outcomes_of(condition, true, &mut outcomes);
    }
    let mut theory = Theory::of(model, &outcomes).ok()?;
    let of = |expr: &Expr| {
        theory.parts = 0;
        theory.range(expr).ok()
    };
    exprs.iter().map(of).collect()
}

/// Whether a date that is moved stays within the calendar wherever the conditions hold. A false answer may
/// mean that it could not be proved.
pub fn stays(model: &Model<'_>, assumed: &[Expr], moved: &Expr) -> bool {
    let mut outcomes = Vec::new();
    for condition in assumed {
        outcomes_of(condition, true, &mut outcomes);
    }
    match Theory::of(model, &outcomes) {
        Ok(mut theory) => {
            theory.near = true;
            theory.stays(moved).unwrap_or(true)
        }
        // Nobody gets there.
        Err(Empty) => true,
    }
}

/// How the parts of a condition come out where it does.
fn outcomes_of<'e>(condition: &'e Expr, truth: bool, outcomes: &mut Vec<(&'e Expr, bool)>) {
    match (condition, truth) {
        (Expr::Not(operand), _) => outcomes_of(operand, !truth, outcomes),
        (Expr::And(operands), true) | (Expr::Or(operands), false) => {
            for operand in operands {
                outcomes_of(operand, truth, outcomes);
            }
        }
        _ => outcomes.push((condition, truth)),
    }
}

/// Nothing is left.
struct Empty;

type Known<T> = Result<T, Empty>;

struct Theory<'m, 'p> {
    model: &'m Model<'p>,
    ranges: Ranges,
    changed: bool,
    names: usize,
    parts: usize,
    /// Today is a day that somebody will see, even where the form has no end.
    near: bool,
}

impl<'m, 'p> Theory<'m, 'p> {
    /// What is known where conditions have come out so.
    fn of(model: &'m Model<'p>, outcomes: &[(&Expr, bool)]) -> Known<Self> {
        let mut theory = Self {
            model,
            ranges: Ranges::default(),
            changed: false,
            names: 0,
            parts: 0,
            near: false,
        };
        theory.assert_texts(outcomes)?;
        for _ in 0..MAX_ROUNDS {
            theory.changed = false;
            for (expr, truth) in outcomes {
                theory.parts = 0;
                theory.assert(expr, *truth)?;
            }
            if !theory.changed {
                break;
            }
        }
        theory.parts = 0;
        Ok(theory)
    }

    fn assert(&mut self, expr: &Expr, truth: bool) -> Known<()> {
        match expr {
            Expr::Compare { op, left, right } => {
                let (op, left, right) = oriented(*op, left, right, truth);
                match op {
                    CompareOp::Less => self.ordered(left, right, true),
                    CompareOp::AtMost => self.ordered(left, right, false),
                    CompareOp::Equal => self.equal(left, right),
                    CompareOp::NotEqual => self.different(left, right),
                    CompareOp::Greater | CompareOp::AtLeast => Ok(()),
                }
            }
            Expr::OneOf { item, list } if truth => {
                let mut hull: Option<Bounds> = None;
                for candidate in list {
                    let Some(bounds) = self.range(candidate)? else {
                        return Ok(());
                    };
                    hull = Some(hull.map_or(bounds, |hull| hull.hull(bounds)));
                }
                match hull {
                    Some(hull) => self.narrow(item, hull),
                    None => Ok(()),
                }
            }
            // It takes a record for which the condition comes out so.
            Expr::Aggregate { op, each, .. } => {
                let (no, yes) = self.apart(|apart| apart.truth(each))?;
                match (op, truth) {
                    (AggregateOp::Any, true) if !yes => Err(Empty),
                    (AggregateOp::All, false) if !no => Err(Empty),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// `left` is at most `right`, or below it.
    fn ordered(&mut self, left: &Expr, right: &Expr, strictly: bool) -> Known<()> {
        let (Some(low), Some(high)) = (self.range(left)?, self.range(right)?) else {
            return Ok(());
        };
        // Numbers of a scale lie at least one of its units apart.
        let unit = match (strictly, self.scale(left), self.scale(right)) {
            (true, Some(a), Some(b)) => Number::new(1, a.max(b)),
            _ => Some(Number::ZERO),
        };
        let unit = unit.unwrap_or(Number::ZERO);
        if low.min > high.max || (strictly && low.min == high.max) {
            return Err(Empty);
        }
        if let Some(top) = high.max.checked_sub(unit)
            && top < low.max
        {
            self.narrow(left, between(low.min, top)?)?;
        }
        if let Some(bottom) = low.min.checked_add(unit)
            && bottom > high.min
        {
            self.narrow(right, between(bottom, high.max)?)?;
        }
        Ok(())
    }

    fn equal(&mut self, left: &Expr, right: &Expr) -> Known<()> {
        // Two blanks are equal too.
        if !never_blank(left) && !never_blank(right) {
            return Ok(());
        }
        if let (Some(a), Some(b)) = (self.range(left)?, self.range(right)?) {
            let both = between(a.min.max(b.min), a.max.min(b.max))?;
            self.narrow(left, both)?;
            self.narrow(right, both)?;
        }
        Ok(())
    }

    fn different(&mut self, left: &Expr, right: &Expr) -> Known<()> {
        if !never_blank(left) || !never_blank(right) {
            return Ok(());
        }
        for (one, other) in [(left, right), (right, left)] {
            let (Some(point), Some(all)) = (self.range(one)?, self.range(other)?) else {
                return Ok(());
            };
            let unit = self.scale(other).and_then(|scale| Number::new(1, scale));
            let (Some(unit), true) = (unit, point.min == point.max) else {
                continue;
            };
            let min = if all.min == point.min {
                all.min.checked_add(unit)
            } else {
                Some(all.min)
            };
            let max = if all.max == point.min {
                all.max.checked_sub(unit)
            } else {
                Some(all.max)
            };
            if let (Some(min), Some(max)) = (min, max) {
                self.narrow(other, between(min, max)?)?;
            }
        }
        Ok(())
    }
}

/// A comparison that came out in some way as one of `<`, `<=`, `==` and `!=` that holds.
fn oriented<'e>(
    op: CompareOp,
    left: &'e Expr,
    right: &'e Expr,
    truth: bool,
) -> (CompareOp, &'e Expr, &'e Expr) {
    match (op, truth) {
        (CompareOp::Less, true) | (CompareOp::AtLeast, false) => (CompareOp::Less, left, right),
        (CompareOp::AtMost, true) | (CompareOp::Greater, false) => (CompareOp::AtMost, left, right),
        (CompareOp::Greater, true) | (CompareOp::AtMost, false) => (CompareOp::Less, right, left),
        (CompareOp::AtLeast, true) | (CompareOp::Less, false) => (CompareOp::AtMost, right, left),
        (CompareOp::Equal, true) | (CompareOp::NotEqual, false) => (CompareOp::Equal, left, right),
        (CompareOp::NotEqual, true) | (CompareOp::Equal, false) => {
            (CompareOp::NotEqual, left, right)
        }
    }
}

/// Whether an expression whose operands are there is never blank itself.
fn never_blank(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(_)
        | Expr::Parameter(_)
        | Expr::Today
        | Expr::Fee(_)
        | Expr::Entitlement(_)
        | Expr::Negate(_)
        | Expr::Add(_)
        | Expr::Subtract(..)
        | Expr::Multiply(_)
        | Expr::Divide(..)
        | Expr::Absolute(_)
        | Expr::Round { .. }
        | Expr::Count(_)
        | Expr::DaysBetween(..)
        | Expr::AddDays(..)
        | Expr::AddMonths(..)
        | Expr::AddYears(..)
        | Expr::AgeOn(..)
        | Expr::YearOf(_)
        | Expr::MonthOf(_)
        | Expr::DayOf(_)
        | Expr::Weekday(_) => true,
        Expr::Aggregate { op, .. } => !matches!(op, AggregateOp::Min | AggregateOp::Max),
        _ => false,
    }
}

fn between(min: Number, max: Number) -> Known<Bounds> {
    if min <= max {
        Ok(Bounds { min, max })
    } else {
        Err(Empty)
    }
}
