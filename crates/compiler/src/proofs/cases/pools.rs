//! Answers worth trying: ends of limits, what conditions compare with, and what lies beside it.

use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

use counterfoil_engine::{
    answers::Data,
    date::Day,
    number::Number,
    plan::{Cell, Expr, FieldType, Literal, PageContent, Requirement, RoundMode, Rules},
};

use super::Order;
use crate::{proofs::walk, search::samples, types::Bounds};

/// Constants of a form that are tried in its fields.
const MAX_CONSTANTS: usize = 60;
/// Days in a year as ages count them, roughly.
const YEAR: i64 = 365;

/// Answers worth trying, by field.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// Days of evaluation.
    pub days: Vec<Day>,
    fields: HashMap<String, Rc<[Data]>>,
    facts: HashMap<String, Rc<[Data]>>,
    optional: BTreeSet<String>,
    numbers: Vec<Number>,
}

impl Pools {
    /// The pools of a form.
    pub fn of(rules: &Rules) -> Self {
        let mut constants = Constants::default();
        each_expr(rules, &mut |expr| constants.read(expr));
        constants.read_tables(rules);
        let mut pools = Self {
            days: days_of(rules),
            numbers: constants.numbers.clone(),
            ..Self::default()
        };
        for page in &rules.pages {
            let (fields, prefix) = match &page.content {
                PageContent::Fields(fields) => (fields, String::new()),
                PageContent::Group(group) => (&group.fields, format!("{}.", group.group)),
            };
            for field in fields {
                let path = format!("{prefix}{}", field.field);
                if field.required != Requirement::Always {
                    pools.optional.insert(path.clone());
                }
                let pool = constants.pool(rules, &field.type_);
                pools.fields.insert(path, pool);
            }
        }
        for fact in &rules.facts {
            let pool = constants.pool(rules, &fact.type_);
            pools.facts.insert(fact.fact.clone(), pool);
        }
        pools
    }

    /// An answer of a field; none to leave it out.
    pub fn pick(
        &self,
        path: &str,
        type_: &FieldType,
        as_of: Day,
        order: &mut Order,
    ) -> Option<Data> {
        if self.optional.contains(path) && order.below(3) == 0 {
            return None;
        }
        self.from(self.fields.get(path)?, type_, as_of, order)
    }

    /// A fact.
    pub fn pick_fact(
        &self,
        id: &str,
        type_: &FieldType,
        as_of: Day,
        order: &mut Order,
    ) -> Option<Data> {
        self.from(self.facts.get(id)?, type_, as_of, order)
    }

    fn from(
        &self,
        pool: &[Data],
        type_: &FieldType,
        as_of: Day,
        order: &mut Order,
    ) -> Option<Data> {
        if let FieldType::Date { min, max } = type_
            && order.below(2) == 0
        {
            let near = self.near(as_of, order);
            let (min, max) = (min.unwrap_or(Day::MIN), max.unwrap_or(Day::MAX));
            return Some(date(near.clamp(min, max)));
        }
        // Ends of limits show more than what lies between them; they stand first.
        let pool = if pool.len() > 2 && order.below(3) == 0 {
            &pool[..2]
        } else {
            pool
        };
        order.pick(pool).cloned()
    }

    /// A day that lies as far from another as some constant says.
    fn near(&self, day: Day, order: &mut Order) -> Day {
        let constant = order.pick(&self.numbers).and_then(|n| n.to_i64());
        let count = constant.filter(|n| n.abs() < 100_000).unwrap_or(0);
        let step = if order.below(2) == 0 { 1 } else { YEAR };
        let beside = i64::try_from(order.below(5)).unwrap_or(0) - 2;
        let days = match order.below(3) {
            0 => count * step + beside,
            1 => -count * step + beside,
            _ => beside,
        };
        day.add_days(days).unwrap_or(day)
    }
}

/// An answer of a date field.
pub fn date(day: Day) -> Data {
    Data::text(day.to_string())
}

/// An answer of a number field.
pub fn number(value: Number, type_: &FieldType) -> Data {
    match type_ {
        FieldType::Integer { .. } => Data::number(value.normalized().to_string()),
        _ => Data::text(value.to_string()),
    }
}

/// Calls for every expression of a form.
pub fn each_expr<'r>(rules: &'r Rules, visit: &mut impl FnMut(&'r Expr)) {
    fn field<'r>(field: &'r counterfoil_engine::plan::Field, visit: &mut impl FnMut(&'r Expr)) {
        if let Some(when) = &field.when {
            visit(when);
        }
        if let Requirement::When(when) = &field.required {
            visit(when);
        }
        if let FieldType::Choice { options } | FieldType::Set { options } = &field.type_ {
            options
                .iter()
                .filter_map(|o| o.when.as_ref())
                .for_each(visit);
        }
    }
    for page in &rules.pages {
        page.when.iter().for_each(&mut *visit);
        match &page.content {
            PageContent::Fields(fields) => fields.iter().for_each(|f| field(f, visit)),
            PageContent::Group(group) => {
                group.when.iter().for_each(&mut *visit);
                if let Requirement::When(when) = &group.required {
                    visit(when);
                }
                group.fields.iter().for_each(|f| field(f, visit));
                group.values.iter().for_each(|value| visit(&value.expr));
            }
        }
    }
    rules.values.iter().for_each(|value| visit(&value.expr));
    rules.functions.iter().for_each(|f| visit(&f.expr));
    for check in &rules.checks {
        check.when.iter().for_each(&mut *visit);
        visit(&check.require);
        check.params.iter().for_each(|param| visit(&param.expr));
    }
    for rule in rules.decisions.iter().flat_map(|d| &d.rules) {
        rule.when.iter().for_each(&mut *visit);
        visit(&rule.require);
        rule.params.iter().for_each(|param| visit(&param.expr));
    }
    for line in rules.fees.iter().chain(&rules.entitlements) {
        line.when.iter().for_each(&mut *visit);
        visit(&line.amount);
    }
}

/// Days of evaluation worth trying: the ends of the form's and its parameters' periods.
fn days_of(rules: &Rules) -> Vec<Day> {
    let mut days = BTreeSet::new();
    let effective = rules.effective;
    days.extend([effective.from, effective.to].into_iter().flatten());
    for (period, _) in rules.parameters.iter().flat_map(|p| &p.periods) {
        days.extend(period.from);
        days.extend(period.from.and_then(|day| day.add_days(-1)));
        days.extend(period.to);
        days.extend(period.to.and_then(|day| day.add_days(1)));
    }
    // A day on which people live, where the form itself names none.
    days.extend(Day::from_ymd(2026, 6, 15));
    let within = |day: &Day| {
        effective.from.is_none_or(|from| *day >= from) && effective.to.is_none_or(|to| *day <= to)
    };
    let mut days: Vec<Day> = days.into_iter().filter(within).collect();
    if days.is_empty() {
        days.push(effective.from.or(effective.to).unwrap_or(Day::MIN));
    }
    days
}

/// What a form compares with.
#[derive(Default)]
struct Constants {
    numbers: Vec<Number>,
    days: Vec<Day>,
    texts: BTreeSet<String>,
    /// Numbers and what lies beside them, by digits after the point.
    beside: HashMap<u8, Vec<Number>>,
    /// Answers of number fields, by their type and limits: many fields share theirs.
    answers: HashMap<String, Rc<[Data]>>,
}

impl Constants {
    fn read(&mut self, expr: &Expr) {
        walk::each_part(expr, &mut |part| {
            if let Expr::Literal(literal) = part {
                self.literal(literal);
            }
        });
    }

    fn literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Number(number)
                if self.numbers.len() < MAX_CONSTANTS && !self.numbers.contains(number) =>
            {
                self.numbers.push(*number);
            }
            Literal::Date(day) if self.days.len() < MAX_CONSTANTS && !self.days.contains(day) => {
                self.days.push(*day);
            }
            Literal::Text(text) if self.texts.len() < MAX_CONSTANTS => {
                self.texts.insert(text.clone());
            }
            _ => {}
        }
    }

    fn read_tables(&mut self, rules: &Rules) {
        for (_, literal) in rules.parameters.iter().flat_map(|p| &p.periods) {
            self.literal(literal);
        }
        let rows = rules.tables.iter().flat_map(|table| &table.rows);
        for cell in rows.flat_map(|row| &row.when).flatten() {
            match cell {
                Cell::Blank => {}
                Cell::Equal(literal) => self.literal(literal),
                Cell::Range { from, to, .. } => {
                    [from, to]
                        .into_iter()
                        .flatten()
                        .for_each(|l| self.literal(l));
                }
            }
        }
    }

    fn pool(&mut self, rules: &Rules, type_: &FieldType) -> Rc<[Data]> {
        match type_ {
            FieldType::Integer { min, max } => self.shared("integer", *min, *max, 0, type_),
            FieldType::Decimal { scale, min, max } => {
                self.shared("decimal", *min, *max, *scale, type_)
            }
            FieldType::Money { min, max } => {
                let digits = rules.currency.as_ref().map_or(2, |c| c.digits);
                self.shared("money", *min, *max, digits, type_)
            }
            _ => self.others(rules, type_).into(),
        }
    }

    /// The answers of a number field.
    fn shared(
        &mut self,
        name: &str,
        min: Number,
        max: Number,
        scale: u8,
        type_: &FieldType,
    ) -> Rc<[Data]> {
        let key = format!("{name} {scale} {min} {max}");
        if let Some(known) = self.answers.get(&key) {
            return Rc::clone(known);
        }
        let pool: Rc<[Data]> = self.numbers(min, max, scale, type_).into();
        self.answers.insert(key, Rc::clone(&pool));
        pool
    }

    /// The answers of a field that is no number.
    fn others(&self, rules: &Rules, type_: &FieldType) -> Vec<Data> {
        match type_ {
            FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Money { .. } => {
                Vec::new()
            }
            FieldType::Boolean { accepted: true } => vec![Data::Bool(true)],
            FieldType::Boolean { accepted: false } => vec![Data::Bool(false), Data::Bool(true)],
            FieldType::Text { .. } => {
                let texts = samples(rules, type_);
                let texts = texts.iter().chain(&self.texts).cloned();
                texts.map(Data::text).collect()
            }
            FieldType::Date { min, max } => {
                let mut days = vec![min.unwrap_or(Day::MIN), max.unwrap_or(Day::MAX)];
                for day in &self.days {
                    days.extend(
                        [day.add_days(-1), Some(*day), day.add_days(1)]
                            .iter()
                            .flatten(),
                    );
                }
                days.extend(Day::from_ymd(2026, 6, 15));
                days.retain(|day| min.is_none_or(|m| m <= *day) && max.is_none_or(|m| m >= *day));
                days.into_iter().map(date).collect()
            }
            FieldType::Duration { unit, min, max } => {
                let middle = min.saturating_add((max - min) / 2);
                [*min, middle, *max]
                    .map(|count| Data::text(format!("P{count}{}", unit.letter())))
                    .to_vec()
            }
            FieldType::DateRange { min, max } => {
                let days = self.others(
                    rules,
                    &FieldType::Date {
                        min: *min,
                        max: *max,
                    },
                );
                let day = |data: &Data| data.as_text().map(str::to_owned);
                let mut days: Vec<String> = days.iter().filter_map(day).collect();
                days.sort();
                days.dedup();
                // One day, two that follow each other, and all of them.
                let whole = days.first().zip(days.last()).into_iter();
                let pairs = days.iter().zip(days.iter().skip(1));
                whole
                    .chain(days.iter().zip(&days))
                    .chain(pairs)
                    .map(|(start, end)| {
                        Data::Record(vec![
                            ("start".into(), Data::text(start.clone())),
                            ("end".into(), Data::text(end.clone())),
                        ])
                    })
                    .collect()
            }
            FieldType::Choice { options } => options
                .iter()
                .map(|o| Data::text(o.option.clone()))
                .collect(),
            FieldType::Set { options } => {
                let all: Vec<Data> = options
                    .iter()
                    .map(|o| Data::text(o.option.clone()))
                    .collect();
                let single = all.iter().map(|option| Data::List(vec![option.clone()]));
                let mut pool: Vec<Data> = single.collect();
                pool.push(Data::List(all));
                pool.push(Data::List(Vec::new()));
                pool
            }
        }
    }

    fn numbers(&mut self, min: Number, max: Number, scale: u8, type_: &FieldType) -> Vec<Data> {
        let limits = Bounds { min, max };
        let beside = self.beside(scale).iter().copied();
        let within = beside.filter(|v| limits.contains(*v) && *v != min && *v != max);
        let found = [min, max].into_iter().chain(within);
        found.map(|value| number(value, type_)).collect()
    }

    /// The form's numbers, and those one unit below and above, each once.
    fn beside(&mut self, scale: u8) -> &[Number] {
        let numbers = &self.numbers;
        self.beside.entry(scale).or_insert_with(|| {
            let unit = Number::new(1, scale).unwrap_or(Number::ZERO);
            let mut found: Vec<Number> = Vec::new();
            for constant in numbers.iter().chain(&[Number::ZERO, Number::from_int(1)]) {
                let beside = [
                    constant.checked_sub(unit),
                    Some(*constant),
                    constant.checked_add(unit),
                ];
                for value in beside.into_iter().flatten() {
                    let value = value.round_to(unit, RoundMode::Down);
                    if let Some(value) = value.filter(|value| !found.contains(value)) {
                        found.push(value);
                    }
                }
            }
            found
        })
    }
}
