//! What is known of figures, dates and texts where conditions have come out in some way.
//!
//! Every expression has bounds: of a field its limits, of a sum the sum of its parts' bounds, and so on.
//! A comparison that came out true or false narrows the bounds of both sides, and through them those of
//! their parts, until nothing changes. Where nothing is left, the outcomes cannot come together.
//!
//! Bounds are never too narrow: an operation that may fail (a division by what may be zero, a date beyond
//! the calendar) says nothing about its operands, since a failed condition may come out either way.

use std::cell::Cell;

use counterfoil_engine::{
    date::Day,
    number::Number,
    plan::{AggregateOp, CompareOp, Expr, FieldType, HitPolicy, Literal, Parameter, RoundMode},
};

use super::{model::Model, table_rows};
use crate::types::{Bounds, divide_bounds};

/// Rounds of narrowing; more would narrow further, fewer are sound too.
const MAX_ROUNDS: usize = 6;
/// Names within names beyond which nothing is said.
const MAX_NAMES: usize = 24;
/// Parts of an expression beyond which nothing is said, in one look at it.
const MAX_PARTS: usize = 2_000;
/// Parts of an expression beyond which its scale is not known.
const MAX_SCALE_PARTS: usize = 200;

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
    let mut theory = Theory::new(model);
    theory.assert_texts(outcomes).ok()?;
    for _ in 0..MAX_ROUNDS {
        theory.changed = false;
        for (expr, truth) in outcomes {
            theory.parts = 0;
            theory.assert(expr, *truth).ok()?;
        }
        if !theory.changed {
            break;
        }
    }
    Some(theory.ranges)
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
}

impl<'m, 'p> Theory<'m, 'p> {
    fn new(model: &'m Model<'p>) -> Self {
        Self {
            model,
            ranges: Ranges::default(),
            changed: false,
            names: 0,
            parts: 0,
        }
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

    /// Takes in that an expression lies within bounds, and what that says of its parts.
    fn narrow(&mut self, expr: &Expr, wanted: Bounds) -> Known<()> {
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

    fn narrow_parts(&mut self, expr: &Expr, new: Bounds) -> Known<()> {
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

    /// Bounds of an expression's results; none where nothing is known.
    fn range(&mut self, expr: &Expr) -> Known<Option<Bounds>> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Ok(None);
        }
        let forward = self.forward(expr)?;
        match (forward, self.ranges.of(expr)) {
            (Some(a), Some(b)) => between(a.min.max(b.min), a.max.min(b.max)).map(Some),
            (None, narrowed) => Ok(narrowed),
            (forward, None) => Ok(forward),
        }
    }

    fn forward(&mut self, expr: &Expr) -> Known<Option<Bounds>> {
        Ok(match expr {
            Expr::Literal(literal) => literal_bounds(literal),
            Expr::Field(path) => self
                .model
                .field_at(path)
                .and_then(|at| type_bounds(&at.field.type_)),
            Expr::Fact(id) => self.model.fact(id).and_then(type_bounds),
            // Nothing is known yet, but a condition may say more.
            Expr::Local(_) | Expr::Column(_) => anything(),
            Expr::Value(path) => match self.model.value(path) {
                Some(definition) => self.named(definition)?,
                None => None,
            },
            Expr::Parameter(id) => self.model.parameter(id).and_then(parameter_bounds),
            Expr::Today => {
                let effective = self.model.rules.effective;
                Some(days(
                    effective.from.unwrap_or(Day::MIN),
                    effective.to.unwrap_or(Day::MAX),
                ))
            }
            Expr::Fee(id) => self.line(id, true)?,
            Expr::Entitlement(id) => self.line(id, false)?,
            Expr::Negate(operand) => self.range(operand)?.map(Bounds::negate),
            Expr::Absolute(operand) => self.range(operand)?.map(Bounds::absolute),
            Expr::Add(operands) => self.folded(operands, Bounds::plus)?,
            Expr::Multiply(operands) => self.folded(operands, Bounds::multiply)?,
            Expr::Min(operands) => self.folded(operands, |a, b| Some(a.smaller(b)))?,
            Expr::Max(operands) => self.folded(operands, |a, b| Some(a.greater(b)))?,
            Expr::Subtract(left, right) => {
                let (a, b) = (self.range(left)?, self.range(right)?);
                a.zip(b).and_then(|(a, b)| a.plus(b.negate()))
            }
            Expr::Divide(left, right) => {
                let (a, b) = (self.range(left)?, self.range(right)?);
                a.zip(b).and_then(|(a, b)| divide_bounds(a, b))
            }
            Expr::Round { mode, value, step } => self
                .range(value)?
                .and_then(|bounds| bounds.round(*step, *mode)),
            Expr::If {
                condition,
                then,
                otherwise,
            } => match self.truth(condition)? {
                (false, true) => self.range(then)?,
                (true, false) => self.range(otherwise)?,
                _ => {
                    let (a, b) = (self.range(then)?, self.range(otherwise)?);
                    match (&**then, &**otherwise) {
                        (Expr::Blank, _) => b,
                        (_, Expr::Blank) => a,
                        _ => a.zip(b).map(|(a, b)| a.hull(b)),
                    }
                }
            },
            Expr::Default(first, second) => {
                let (a, b) = (self.range(first)?, self.range(second)?);
                a.zip(b).map(|(a, b)| a.hull(b))
            }
            Expr::Count(group) => self.records(group),
            Expr::Aggregate { op, group, each } => self.aggregate(*op, group, each),
            Expr::Table {
                table,
                inputs,
                output,
            } => self.look_up(table, inputs, output)?,
            Expr::DaysBetween(first, second) => {
                let (a, b) = (self.range(first)?, self.range(second)?);
                a.zip(b).and_then(|(a, b)| b.plus(a.negate()))
            }
            Expr::AddDays(date, count) => self.moved(date, count, Day::add_days)?,
            Expr::AddMonths(date, count) => self.moved(date, count, Day::add_months)?,
            Expr::AddYears(date, count) => self.moved(date, count, Day::add_years)?,
            Expr::AgeOn(birth, day) => {
                let (birth, day) = (self.range(birth)?, self.range(day)?);
                birth
                    .zip(day)
                    .and_then(|(birth, day)| Some((ends(birth)?, ends(day)?)))
                    .map(|((b0, b1), (d0, d1))| {
                        let leap_birthday = self.model.rules.leap_birthday;
                        Bounds::of_ints(b1.age_on(d0, leap_birthday), b0.age_on(d1, leap_birthday))
                    })
            }
            Expr::YearOf(date) => self
                .range(date)?
                .and_then(ends)
                .map(|(first, last)| Bounds::of_ints(first.ymd().0.into(), last.ymd().0.into())),
            Expr::MonthOf(_) => Some(Bounds::of_ints(1, 12)),
            Expr::DayOf(_) => Some(Bounds::of_ints(1, 31)),
            Expr::Weekday(_) => Some(Bounds::of_ints(1, 7)),
            _ => None,
        })
    }

    fn named(&mut self, definition: &Expr) -> Known<Option<Bounds>> {
        self.names += 1;
        let bounds = if self.names > MAX_NAMES {
            Ok(None)
        } else {
            self.range(definition)
        };
        self.names -= 1;
        bounds
    }

    fn line(&mut self, id: &str, fee: bool) -> Known<Option<Bounds>> {
        let Some(line) = self.model.line(id, fee) else {
            return Ok(None);
        };
        let bounds = self.named(&line.amount)?;
        Ok(match line.when {
            Some(_) => bounds.map(|bounds| bounds.hull(Bounds::of_ints(0, 0))),
            None => bounds,
        })
    }

    fn folded(
        &mut self,
        operands: &[Expr],
        join: impl Fn(Bounds, Bounds) -> Option<Bounds>,
    ) -> Known<Option<Bounds>> {
        let mut joined: Option<Bounds> = None;
        for operand in operands {
            let Some(bounds) = self.range(operand)? else {
                return Ok(None);
            };
            joined = match joined {
                None => Some(bounds),
                Some(before) => match join(before, bounds) {
                    Some(joined) => Some(joined),
                    None => return Ok(None),
                },
            };
        }
        Ok(joined)
    }

    fn moved(
        &mut self,
        date: &Expr,
        count: &Expr,
        step: fn(Day, i64) -> Option<Day>,
    ) -> Known<Option<Bounds>> {
        let (date, count) = (self.range(date)?, self.range(count)?);
        let Some(((first, last), count)) = date.and_then(ends).zip(count) else {
            return Ok(None);
        };
        let moved = |day: Day, count: Number, beyond: Day| {
            count
                .to_i64()
                .map(|count| step(day, count).unwrap_or(beyond))
        };
        let low = moved(first, count.min, Day::MIN);
        let high = moved(last, count.max, Day::MAX);
        // What fails lies anywhere.
        let fails = |day, count: Number| count.to_i64().and_then(|n| step(day, n)).is_none();
        if fails(first, count.min) || fails(last, count.max) {
            return Ok(Some(calendar()));
        }
        Ok(low.zip(high).map(|(low, high)| days(low, high)))
    }

    fn records(&self, group: &str) -> Option<Bounds> {
        let (group, page) = self.model.group(group)?;
        let always = page.when.is_none()
            && group.when.is_none()
            && group.required == counterfoil_engine::plan::Requirement::Always;
        let least = if always { group.min } else { 0 };
        Some(Bounds::of_ints(least.into(), group.max.into()))
    }

    /// Looks at something apart from what has been narrowed: what is known of the record at hand says
    /// nothing of all records.
    fn apart<T>(&mut self, look: impl FnOnce(&mut Self) -> Known<T>) -> Known<T> {
        let narrowed = std::mem::take(&mut self.ranges);
        let found = look(self);
        self.ranges = narrowed;
        found
    }

    fn aggregate(&mut self, op: AggregateOp, group: &str, each: &Expr) -> Option<Bounds> {
        let records = self.records(group)?;
        let bounds = self.apart(|apart| apart.range(each)).ok().flatten();
        match op {
            AggregateOp::Count => Some(Bounds {
                min: Number::ZERO,
                max: records.max,
            }),
            AggregateOp::Sum => bounds.and_then(|each| each.multiply(records)),
            AggregateOp::Min | AggregateOp::Max => bounds,
            AggregateOp::Any | AggregateOp::All | AggregateOp::SumDurations => None,
        }
    }

    fn look_up(&mut self, table: &str, inputs: &[Expr], output: &str) -> Known<Option<Bounds>> {
        let Some(table) = self.model.table(table) else {
            return Ok(None);
        };
        if !matches!(table.hit, HitPolicy::Unique | HitPolicy::First) {
            return Ok(None);
        }
        let column = table.outputs.iter().position(|c| c.name == output);
        let mut ranges = Vec::with_capacity(inputs.len());
        for input in inputs {
            ranges.push(self.range(input)?);
        }
        let mut hull: Option<Bounds> = None;
        for row in &table.rows {
            if !table_rows::may_match(row, &ranges) {
                continue;
            }
            let literal = column.and_then(|column| row.then.get(column));
            let Some(bounds) = literal.and_then(literal_bounds) else {
                return Ok(None);
            };
            hull = Some(hull.map_or(bounds, |hull| hull.hull(bounds)));
        }
        Ok(hull)
    }

    /// Whether a condition can come out false, and whether it can come out true.
    fn truth(&mut self, expr: &Expr) -> Known<(bool, bool)> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Ok((true, true));
        }
        Ok(match expr {
            Expr::Literal(Literal::Boolean(value)) => (!value, *value),
            Expr::Not(operand) => {
                let (no, yes) = self.truth(operand)?;
                (yes, no)
            }
            Expr::And(operands) => {
                let mut result = (false, true);
                for operand in operands {
                    let (no, yes) = self.truth(operand)?;
                    result = (result.0 || no, result.1 && yes);
                }
                result
            }
            Expr::Or(operands) => {
                let mut result = (true, false);
                for operand in operands {
                    let (no, yes) = self.truth(operand)?;
                    result = (result.0 && no, result.1 || yes);
                }
                result
            }
            Expr::Compare { op, left, right } => {
                let (op, left, right) = oriented(*op, left, right, true);
                let (Some(a), Some(b)) = (self.range(left)?, self.range(right)?) else {
                    return Ok((true, true));
                };
                match op {
                    CompareOp::Less => (a.max >= b.min, a.min < b.max),
                    CompareOp::AtMost => (a.max > b.min, a.min <= b.max),
                    _ => (true, true),
                }
            }
            _ => (true, true),
        })
    }

    /// Digits after the point that results can have; none where that is not known.
    fn scale(&self, expr: &Expr) -> Option<u8> {
        self.scale_within(expr, &Cell::new(MAX_SCALE_PARTS))
    }

    fn scale_within(&self, expr: &Expr, left: &Cell<usize>) -> Option<u8> {
        left.set(left.get().checked_sub(1)?);
        let finest = |operands: &[Expr]| -> Option<u8> {
            operands.iter().try_fold(0, |scale: u8, operand| {
                Some(scale.max(self.scale_within(operand, left)?))
            })
        };
        let one = |operand: &Expr| self.scale_within(operand, left);
        match expr {
            Expr::Literal(literal) => literal_scale(literal),
            Expr::Field(path) => self.type_scale(&self.model.field_at(path)?.field.type_),
            Expr::Fact(id) => self.type_scale(self.model.fact(id)?),
            Expr::Value(path) => one(self.model.value(path)?),
            Expr::Parameter(id) => {
                let periods = &self.model.parameter(id)?.periods;
                periods.iter().try_fold(0, |scale: u8, (_, literal)| {
                    Some(scale.max(literal_scale(literal)?))
                })
            }
            Expr::Fee(_) | Expr::Entitlement(_) => {
                Some(self.model.rules.currency.as_ref().map_or(2, |c| c.digits))
            }
            Expr::Negate(operand) | Expr::Absolute(operand) => one(operand),
            Expr::Add(operands) | Expr::Min(operands) | Expr::Max(operands) => finest(operands),
            Expr::Subtract(a, b) => Some(one(a)?.max(one(b)?)),
            Expr::Multiply(operands) => operands.iter().try_fold(0_u8, |scale, operand| {
                scale.checked_add(self.scale_within(operand, left)?)
            }),
            Expr::Round { step, .. } => Some(step.normalized().scale()),
            Expr::Aggregate {
                op: AggregateOp::Sum | AggregateOp::Min | AggregateOp::Max,
                each,
                ..
            } => one(each),
            Expr::Today
            | Expr::Count(_)
            | Expr::Aggregate { .. }
            | Expr::DaysBetween(..)
            | Expr::AddDays(..)
            | Expr::AddMonths(..)
            | Expr::AddYears(..)
            | Expr::AgeOn(..)
            | Expr::YearOf(_)
            | Expr::MonthOf(_)
            | Expr::DayOf(_)
            | Expr::Weekday(_) => Some(0),
            _ => None,
        }
    }

    fn type_scale(&self, type_: &FieldType) -> Option<u8> {
        match type_ {
            FieldType::Integer { .. } | FieldType::Date { .. } => Some(0),
            FieldType::Decimal { scale, .. } => Some(*scale),
            FieldType::Money { .. } => {
                Some(self.model.rules.currency.as_ref().map_or(2, |c| c.digits))
            }
            _ => None,
        }
    }

    /// Texts that are compared with texts written out.
    fn assert_texts(&mut self, outcomes: &[(&Expr, bool)]) -> Known<()> {
        let mut excluded: Vec<(&Expr, &str)> = Vec::new();
        for (expr, truth) in outcomes {
            let Some((term, texts, among)) = text_test(expr, *truth) else {
                continue;
            };
            if !among {
                excluded.extend(texts.into_iter().map(|text| (term, text)));
                continue;
            }
            let admitted = texts.into_iter().filter(|text| self.admits(term, text));
            let admitted: Vec<String> = admitted.map(str::to_owned).collect();
            match self.ranges.texts.iter_mut().find(|(e, _)| e == term) {
                Some((_, known)) => known.retain(|text| admitted.contains(text)),
                None => self.ranges.texts.push((term.clone(), admitted)),
            }
        }
        for (term, texts) in &mut self.ranges.texts {
            texts.retain(|text| !excluded.contains(&(&*term, text)));
            if texts.is_empty() {
                return Err(Empty);
            }
        }
        Ok(())
    }

    /// Whether a field's limits let it be that text.
    fn admits(&self, term: &Expr, text: &str) -> bool {
        let Expr::Field(path) = term else { return true };
        match self.model.field_at(path).map(|at| &at.field.type_) {
            Some(FieldType::Text {
                min_length,
                max_length,
                ..
            }) => {
                let length = text.chars().count();
                length >= *min_length as usize && length <= *max_length as usize
            }
            Some(FieldType::Choice { options }) => options.iter().any(|o| o.option == text),
            _ => true,
        }
    }
}

/// A test of a term against texts: the texts, and whether the term is among them.
fn text_test(expr: &Expr, truth: bool) -> Option<(&Expr, Vec<&str>, bool)> {
    match expr {
        Expr::Compare { op, left, right } => {
            let among = match op {
                CompareOp::Equal => truth,
                CompareOp::NotEqual => !truth,
                _ => return None,
            };
            match (&**left, &**right) {
                (term, Expr::Literal(Literal::Text(text)))
                | (Expr::Literal(Literal::Text(text)), term) => Some((term, vec![text], among)),
                _ => None,
            }
        }
        Expr::OneOf { item, list } => {
            let texts: Option<Vec<&str>> = list
                .iter()
                .map(|candidate| match candidate {
                    Expr::Literal(Literal::Text(text)) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            Some((item, texts?, truth))
        }
        _ => None,
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

fn days(first: Day, last: Day) -> Bounds {
    Bounds::of_ints(first.number().into(), last.number().into())
}

/// More than any figure or day.
fn anything() -> Option<Bounds> {
    let most = Number::new(10_i128.pow(27), 0)?;
    Some(Bounds::new(-most, most))
}

fn calendar() -> Bounds {
    days(Day::MIN, Day::MAX)
}

/// First and last day of bounds, as far as the calendar goes.
fn ends(bounds: Bounds) -> Option<(Day, Day)> {
    let step = Number::from_int(1);
    let first = bounds.min.round_to(step, RoundMode::Up)?.to_i64()?;
    let last = bounds.max.round_to(step, RoundMode::Down)?.to_i64()?;
    Some((Day::from_number(first)?, Day::from_number(last)?))
}

/// The bounds of a constant.
pub fn literal_bounds(literal: &Literal) -> Option<Bounds> {
    match literal {
        Literal::Number(number) => Some(Bounds::point(*number)),
        Literal::Date(day) => Some(days(*day, *day)),
        Literal::Boolean(_) | Literal::Text(_) => None,
    }
}

fn literal_scale(literal: &Literal) -> Option<u8> {
    match literal {
        Literal::Number(number) => Some(number.normalized().scale()),
        Literal::Date(_) => Some(0),
        Literal::Boolean(_) | Literal::Text(_) => None,
    }
}

/// The bounds of an answer.
pub fn type_bounds(type_: &FieldType) -> Option<Bounds> {
    match type_ {
        FieldType::Integer { min, max }
        | FieldType::Decimal { min, max, .. }
        | FieldType::Money { min, max } => Some(Bounds {
            min: *min,
            max: *max,
        }),
        FieldType::Date { min, max } => {
            Some(days(min.unwrap_or(Day::MIN), max.unwrap_or(Day::MAX)))
        }
        _ => None,
    }
}

fn parameter_bounds(parameter: &Parameter) -> Option<Bounds> {
    parameter
        .periods
        .iter()
        .map(|(_, literal)| literal_bounds(literal))
        .reduce(|a, b| Some(a?.hull(b?)))
        .flatten()
}
