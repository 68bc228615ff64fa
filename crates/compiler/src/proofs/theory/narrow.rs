//! What the bounds of an expression say of its parts.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, RoundMode},
};

use super::{Known, MAX_NAMES, Theory, between, dates::calendar};
use crate::types::{Bounds, divide_bounds};

impl Theory<'_, '_> {
    /// Takes in that an expression lies within bounds, and what that says of its parts.
    pub(super) fn narrow(&mut self, expr: &Expr, wanted: Bounds) -> Known<()> {
        let Some(known) = self.range(expr)? else {
            return Ok(());
        };
        let new = between(known.min.max(wanted.min), known.max.min(wanted.max))?;
        let new = match self.scale(expr) {
            Some(scale) => at_scale(new, scale)?,
            None => new,
        };
        if new == known || matches!(expr, Expr::Literal(_)) {
            return Ok(());
        }
        self.changed = true;
        match self.ranges.narrowed.iter_mut().find(|(e, _)| e == expr) {
            Some((_, bounds)) => *bounds = new,
            None => self.ranges.narrowed.push((expr.clone(), new)),
        }
        self.narrow_parts(expr, new)
    }

    pub(super) fn narrow_parts(&mut self, expr: &Expr, new: Bounds) -> Known<()> {
        match expr {
            Expr::Value(path) => {
                let Some(definition) = self.model.value(path) else {
                    return Ok(());
                };
                self.names += 1;
                let result = if self.names > MAX_NAMES {
                    Ok(())
                } else {
                    self.narrow(definition, new)
                };
                self.names -= 1;
                result
            }
            Expr::Negate(operand) => self.narrow(operand, new.negate()),
            Expr::Add(operands) => {
                for index in 0..operands.len() {
                    let mut rest = Some(Bounds::of_ints(0, 0));
                    for (other, operand) in operands.iter().enumerate() {
                        if other != index {
                            let bounds = self.range(operand)?;
                            rest = rest.zip(bounds).and_then(|(a, b)| a.plus(b));
                        }
                    }
                    if let Some(own) = rest.and_then(|rest| new.plus(rest.negate())) {
                        self.narrow(&operands[index], own)?;
                    }
                }
                Ok(())
            }
            Expr::Subtract(left, right) => {
                let (a, b) = (self.range(left)?, self.range(right)?);
                if let Some(own) = b.and_then(|b| new.plus(b)) {
                    self.narrow(left, own)?;
                }
                match a.and_then(|a| a.plus(new.negate())) {
                    Some(own) => self.narrow(right, own),
                    None => Ok(()),
                }
            }
            Expr::Multiply(operands) => {
                let [left, right] = operands.as_slice() else {
                    return Ok(());
                };
                for (one, other) in [(left, right), (right, left)] {
                    let by = self.range(one)?.filter(|by| !by.contains(Number::ZERO));
                    if let Some(own) = by.and_then(|by| divide_bounds(new, by)) {
                        self.narrow(other, own)?;
                    }
                }
                Ok(())
            }
            Expr::Round { value, step, .. } => {
                let (Some(min), Some(max)) =
                    (new.min.checked_sub(*step), new.max.checked_add(*step))
                else {
                    return Ok(());
                };
                self.narrow(value, Bounds { min, max })
            }
            Expr::Min(operands) | Expr::Max(operands) => {
                for operand in operands {
                    if let Some(known) = self.range(operand)? {
                        let own = match expr {
                            Expr::Max(_) => Bounds::new(known.min.min(new.max), new.max),
                            _ => Bounds::new(new.min, known.max.max(new.min)),
                        };
                        self.narrow(operand, own)?;
                    }
                }
                Ok(())
            }
            Expr::DaysBetween(first, second) => {
                let (a, b) = (self.range(first)?, self.range(second)?);
                if let Some(own) = a.and_then(|a| a.plus(new)) {
                    self.narrow(second, own)?;
                }
                match b.and_then(|b| b.plus(new.negate())) {
                    Some(own) => self.narrow(first, own),
                    None => Ok(()),
                }
            }
            Expr::AddDays(date, count) => {
                let (Some(a), Some(b)) = (self.range(date)?, self.range(count)?) else {
                    return Ok(());
                };
                // A date beyond the calendar fails, and then says nothing.
                if !a.plus(b).is_some_and(|sum| calendar().covers(sum)) {
                    return Ok(());
                }
                if let Some(own) = new.plus(b.negate()) {
                    self.narrow(date, own)?;
                }
                match new.plus(a.negate()) {
                    Some(own) => self.narrow(count, own),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// The bounds of the numbers of a scale within bounds.
fn at_scale(bounds: Bounds, scale: u8) -> Known<Bounds> {
    let Some(step) = Number::new(1, scale) else {
        return Ok(bounds);
    };
    match (
        bounds.min.round_to(step, RoundMode::Up),
        bounds.max.round_to(step, RoundMode::Down),
    ) {
        (Some(min), Some(max)) => between(min, max),
        _ => Ok(bounds),
    }
}
