//! The bounds of what expressions come to.

use counterfoil_engine::{
    date::Day,
    number::Number,
    plan::{AggregateOp, Expr, FieldType, HitPolicy, Literal, Parameter, Requirement},
};

use super::{
    Known, MAX_NAMES, MAX_PARTS, Theory, between,
    dates::{days, ends},
};
use crate::{
    proofs::table_rows,
    types::{Bounds, divide_bounds},
};

impl Theory<'_, '_> {
    /// Bounds of an expression's results; none where nothing is known.
    pub(super) fn range(&mut self, expr: &Expr) -> Known<Option<Bounds>> {
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

    pub(super) fn forward(&mut self, expr: &Expr) -> Known<Option<Bounds>> {
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
            Expr::Today => Some(self.today()),
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
                match self.days_moved(first, second)? {
                    Some(days) => Some(days),
                    None => a.zip(b).and_then(|(a, b)| b.plus(a.negate())),
                }
            }
            Expr::AddDays(date, count) => self.moved(date, count, Day::add_days)?,
            Expr::AddMonths(date, count) => self.moved(date, count, Day::add_months)?,
            Expr::AddYears(date, count) => self.moved(date, count, Day::add_years)?,
            Expr::Move(date, by) => self.moved_by(date, by)?,
            Expr::Remainder(number, divisor) => self.remainder(number, divisor)?,
            Expr::Text { function, operands } => self.of_texts(*function, operands)?,
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

    /// What is left of a number on division; a divisor that is not above 0 fails.
    fn remainder(&mut self, number: &Expr, divisor: &Expr) -> Known<Option<Bounds>> {
        let (number, divisor) = (self.range(number)?, self.range(divisor)?);
        let one = Number::from_int(1);
        let Some(divisor) = divisor.filter(|divisor| divisor.min >= one) else {
            return Ok(None);
        };
        let own = number.filter(|number| !number.min.is_negative() && number.max < divisor.min);
        Ok(own.or_else(|| {
            let max = divisor.max.checked_sub(one)?;
            Some(Bounds::new(Number::ZERO, max))
        }))
    }

    pub(super) fn named(&mut self, definition: &Expr) -> Known<Option<Bounds>> {
        self.names += 1;
        let bounds = if self.names > MAX_NAMES {
            Ok(None)
        } else {
            self.range(definition)
        };
        self.names -= 1;
        bounds
    }

    pub(super) fn line(&mut self, id: &str, fee: bool) -> Known<Option<Bounds>> {
        let Some(line) = self.model.line(id, fee) else {
            return Ok(None);
        };
        let bounds = self.named(&line.amount)?;
        Ok(match line.when {
            Some(_) => bounds.map(|bounds| bounds.hull(Bounds::of_ints(0, 0))),
            None => bounds,
        })
    }

    pub(super) fn folded(
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

    pub(super) fn records(&self, group: &str) -> Option<Bounds> {
        let (group, page) = self.model.group(group)?;
        let always =
            page.when.is_none() && group.when.is_none() && group.required == Requirement::Always;
        let least = if always { group.min } else { 0 };
        Some(Bounds::of_ints(least.into(), group.max.into()))
    }

    /// Looks at something apart from what has been narrowed: what is known of the record at hand says
    /// nothing of all records.
    pub(super) fn apart<T>(&mut self, look: impl FnOnce(&mut Self) -> Known<T>) -> Known<T> {
        let narrowed = std::mem::take(&mut self.ranges);
        let found = look(self);
        self.ranges = narrowed;
        found
    }

    pub(super) fn aggregate(
        &mut self,
        op: AggregateOp,
        group: &str,
        each: &Expr,
    ) -> Option<Bounds> {
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

    pub(super) fn look_up(
        &mut self,
        table: &str,
        inputs: &[Expr],
        output: &str,
    ) -> Known<Option<Bounds>> {
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
}

/// More than any figure or day.
fn anything() -> Option<Bounds> {
    let most = Number::new(10_i128.pow(27), 0)?;
    Some(Bounds::new(-most, most))
}

/// The bounds of a constant.
pub fn literal_bounds(literal: &Literal) -> Option<Bounds> {
    match literal {
        Literal::Number(number) => Some(Bounds::point(*number)),
        Literal::Date(day) => Some(days(*day, *day)),
        Literal::Boolean(_) | Literal::Text(_) => None,
    }
}

/// The bounds of an answer.
fn type_bounds(type_: &FieldType) -> Option<Bounds> {
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
