//! Values to try in a place: simple ones, those at limits, and wrong ones.

use counterfoil_engine::{
    answers::Data,
    date::{Day, Duration, DurationUnit},
    number::Number,
    plan::{Choice, FieldType, Literal, RoundMode},
};

use super::{
    case::{Case, Variable},
    form::Form,
    text::{other_digits, shortest},
};

/// What a place stands among.
pub(super) struct Surroundings<'s, 'p> {
    pub form: &'s Form<'p>,
    pub case: &'s Case,
    /// Constants of the rules on the way to the outcome.
    pub constants: &'s [Literal],
}

/// A group of more records than this is not filled to its end.
const MOST_RECORDS: u32 = 60;
/// A constant beyond this is no number of days, months or years.
const LONGEST_SPAN: i64 = 40_000;

/// The simplest answer of a type; `Null` where none was found.
pub(super) fn simplest(form: &Form<'_>, type_: &FieldType, as_of: Day) -> Data {
    match type_ {
        FieldType::Boolean { accepted } => Data::Bool(*accepted),
        FieldType::Integer { min, max }
        | FieldType::Decimal { min, max, .. }
        | FieldType::Money { min, max } => number(Number::ZERO.max(*min).min(*max)),
        FieldType::Text { .. } => shortest(form.plan.rules(), type_).map_or(Data::Null, Data::text),
        FieldType::Date { min, max } => {
            let day = min.map_or(as_of, |min| as_of.max(min));
            date(max.map_or(day, |max| day.min(max)))
        }
        FieldType::Duration { unit, min, .. } => duration(*unit, (*min).into()),
        FieldType::DateRange { min, max } => {
            let day = min.map_or(as_of, |min| as_of.max(min));
            let day = max.map_or(day, |max| day.min(max));
            range(day, day)
        }
        FieldType::Choice { options } => options.first().map_or(Data::Null, option),
        FieldType::Set { options } => Data::List(options.first().map(option).into_iter().collect()),
    }
}

/// Sound values for a place, each once: limits, constants with what lies next to them, options, blank.
pub(super) fn sound_values(around: &Surroundings<'_, '_>, variable: Variable) -> Vec<Data> {
    let form = around.form;
    let mut values = match variable {
        Variable::Day => days(around)
            .into_iter()
            .filter(|day| form.in_force(*day))
            .map(date)
            .collect(),
        Variable::Records(group) => {
            let group = &form.groups[group];
            let counts = [0, 1, 2, group.min, group.max];
            let counts = counts.into_iter().filter(|count| {
                *count <= group.max.min(MOST_RECORDS) && (*count == 0 || *count >= group.min)
            });
            counts.map(count).collect()
        }
        Variable::Fact(index) => of_type(around, form.facts[index].type_, variable),
        Variable::Question(index, _) => of_type(around, form.questions[index].type_, variable),
    };
    if let Variable::Question(index, _) = variable
        && form.questions[index].optional
    {
        values.push(Data::Null);
    }
    let mut once: Vec<Data> = Vec::with_capacity(values.len());
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

fn of_type(around: &Surroundings<'_, '_>, type_: &FieldType, variable: Variable) -> Vec<Data> {
    let current = around.case.get(around.form, variable);
    match type_ {
        FieldType::Boolean { accepted: true } => vec![Data::Bool(true)],
        FieldType::Boolean { accepted: false } => vec![Data::Bool(true), Data::Bool(false)],
        FieldType::Integer { min, max } => numbers(around, 0, *min, *max),
        FieldType::Decimal { scale, min, max } => numbers(around, *scale, *min, *max),
        FieldType::Money { min, max } => numbers(around, money_digits(around.form), *min, *max),
        FieldType::Text { .. } => texts(around, type_, current),
        FieldType::Date { min, max } => days(around)
            .into_iter()
            .filter(|day| min.is_none_or(|min| *day >= min) && max.is_none_or(|max| *day <= max))
            .map(date)
            .collect(),
        FieldType::Duration { unit, min, max } => {
            let limits = (i64::from(*min), i64::from(*max));
            let mut counts = vec![limits.0, limits.1, limits.0 + 1, limits.1 - 1];
            for literal in around.constants {
                let count = match literal {
                    Literal::Number(number) => number.to_i64(),
                    _ => None,
                };
                counts.extend(
                    count
                        .into_iter()
                        .flat_map(|count| [count - 1, count, count + 1]),
                );
            }
            counts.retain(|count| (limits.0..=limits.1).contains(count));
            counts
                .into_iter()
                .map(|count| duration(*unit, count))
                .collect()
        }
        FieldType::DateRange { min, max } => {
            let now = current.and_then(ends_of);
            let sound =
                |day: &Day| min.is_none_or(|min| *day >= min) && max.is_none_or(|max| *day <= max);
            let mut ranges = Vec::new();
            for day in days(around).into_iter().filter(sound) {
                ranges.push(range(day, day));
                if let Some((start, end)) = now {
                    ranges.push(range(day, end.max(day)));
                    ranges.push(range(start.min(day), day));
                }
            }
            ranges
        }
        FieldType::Choice { options } => options.iter().map(option).collect(),
        FieldType::Set { options } => sets(options, current),
    }
}

fn numbers(around: &Surroundings<'_, '_>, scale: u8, min: Number, max: Number) -> Vec<Data> {
    let step = step_of(scale);
    let mut values = Vec::new();
    for literal in around.constants {
        if let Literal::Number(constant) = literal {
            let down = constant.round_to(step, RoundMode::Down);
            let up = constant.round_to(step, RoundMode::Up);
            values.extend([down, up].into_iter().flatten());
            values.extend(down.and_then(|down| down.checked_sub(step)));
            values.extend(up.and_then(|up| up.checked_add(step)));
        }
    }
    values.extend([Number::ZERO, Number::from_int(1), min, max]);
    values.extend(min.checked_add(step));
    values.extend(max.checked_sub(step));
    values.retain(|value| (min..=max).contains(value));
    values.into_iter().map(number).collect()
}

/// Days of constants and periods with those next to them, and days that lie a constant away from the day
/// of evaluation or from another date of the case.
fn days(around: &Surroundings<'_, '_>) -> Vec<Day> {
    let mut days = vec![around.case.as_of];
    let mut from = vec![around.case.as_of];
    for (index, question) in around.form.questions.iter().enumerate() {
        if matches!(question.type_, FieldType::Date { .. }) && question.group.is_none() {
            let answer = around
                .case
                .get(around.form, Variable::Question(index, None));
            from.extend(answer.and_then(day_of));
        }
    }
    for (index, question) in around.form.questions.iter().enumerate() {
        if matches!(question.type_, FieldType::DateRange { .. }) && question.group.is_none() {
            let answer = around
                .case
                .get(around.form, Variable::Question(index, None));
            from.extend(
                answer
                    .and_then(ends_of)
                    .into_iter()
                    .flat_map(|(a, b)| [a, b]),
            );
        }
    }
    from.sort_unstable();
    from.dedup();
    let near = |day: Day| (-1..=1).filter_map(move |days| day.add_days(days));
    days.extend(from.iter().flat_map(|day| near(*day)));
    for literal in around.constants {
        match literal {
            Literal::Date(day) => days.extend(near(*day)),
            Literal::Number(constant) => {
                let Some(span) = constant.to_i64().filter(|span| span.abs() <= LONGEST_SPAN) else {
                    continue;
                };
                for day in &from {
                    for span in [span, -span] {
                        days.extend(day.add_days(span).into_iter().flat_map(near));
                        if span.abs() <= 200 {
                            days.extend(day.add_years(span).into_iter().flat_map(near));
                            days.extend(day.add_months(span).into_iter().flat_map(near));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    days.extend(&around.form.days);
    days
}

fn texts(around: &Surroundings<'_, '_>, type_: &FieldType, current: Option<&Data>) -> Vec<Data> {
    let rules = around.form.plan.rules();
    let mut texts: Vec<String> = shortest(rules, type_).into_iter().collect();
    if let FieldType::Text {
        min_length,
        pattern: None,
        format: None,
        ..
    } = type_
    {
        // Digits, for what is worked out of them.
        texts.push("0".repeat((*min_length).max(1) as usize));
    }
    for literal in around.constants {
        if let Literal::Text(text) = literal {
            texts.push(text.clone());
        }
    }
    // What another question is answered with, for rules that want two answers alike.
    for (index, question) in around.form.questions.iter().enumerate() {
        if matches!(question.type_, FieldType::Text { .. }) && question.group.is_none() {
            let other = around
                .case
                .get(around.form, Variable::Question(index, None));
            texts.extend(other.and_then(Data::as_text).map(str::to_owned));
        }
    }
    if let Some(text) = current.and_then(Data::as_text) {
        texts.push(format!("{text}A"));
        texts.extend(other_digits(text));
    }
    texts.into_iter().map(Data::text).collect()
}

/// Sets with an option more or less than the present one, and those of one option alone.
fn sets(options: &[Choice], current: Option<&Data>) -> Vec<Data> {
    let chosen = |data: Option<&Data>| match data {
        Some(Data::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let mut sets = Vec::new();
    for candidate in options {
        let candidate = option(candidate);
        let mut items = chosen(current);
        match items.iter().position(|item| *item == candidate) {
            Some(at) => {
                items.remove(at);
            }
            None => items.push(candidate.clone()),
        }
        let order = |item: &Data| options.iter().position(|known| option(known) == *item);
        items.sort_by_key(order);
        sets.push(Data::List(items));
        sets.push(Data::List(vec![candidate]));
    }
    sets.retain(|set| *set != Data::List(Vec::new()));
    sets
}

/// Values that give an error of a code, the likeliest first.
pub(super) fn wrong_values(
    around: &Surroundings<'_, '_>,
    variable: Variable,
    code: &str,
    limit: Option<&str>,
) -> Vec<Data> {
    let form = around.form;
    let text = |text: &str| Data::text(text.to_owned());
    if code == "required" {
        return vec![Data::Null];
    }
    let type_ = match variable {
        Variable::Question(index, _) => form.questions[index].type_,
        Variable::Records(group) => {
            let max = form.groups[group].max;
            return if max < MOST_RECORDS {
                vec![count(max + 1)]
            } else {
                Vec::new()
            };
        }
        Variable::Day | Variable::Fact(_) => return Vec::new(),
    };
    match (type_, code) {
        (FieldType::Boolean { .. }, _) => vec![Data::Bool(false)],
        (_, "type") => vec![text("x")],
        (FieldType::Integer { min, max }, _) => beyond(0, *min, *max, limit),
        (FieldType::Decimal { scale, min, max }, _) => beyond(*scale, *min, *max, limit),
        (FieldType::Money { min, max }, _) => beyond(money_digits(form), *min, *max, limit),
        (FieldType::Date { .. }, "date") => vec![text("2026-02-30")],
        (FieldType::Date { min, max }, _) => {
            let day = match limit {
                Some("min") => min.and_then(|min| min.add_days(-1)),
                _ => max.and_then(|max| max.add_days(1)),
            };
            day.map(date).into_iter().collect()
        }
        (FieldType::Duration { .. }, "duration") => vec![text("x")],
        (FieldType::Duration { unit, min, max }, _) => {
            let count = match limit {
                Some("min") => i64::from(*min) - 1,
                _ => i64::from(*max) + 1,
            };
            let value = (count >= 0).then(|| duration(*unit, count));
            value.into_iter().collect()
        }
        (FieldType::DateRange { .. }, "date") => {
            let end = |key: &'static str| (key.into(), text("2026-02-30"));
            vec![Data::Record(vec![end("start"), end("end")])]
        }
        (FieldType::DateRange { .. }, "order") => {
            let current = around.case.get(form, variable).and_then(ends_of);
            let turned = current.and_then(|(start, end)| {
                Some([
                    range(end.add_days(1)?, start),
                    range(end, start.add_days(-1)?),
                ])
            });
            turned.into_iter().flatten().collect()
        }
        (FieldType::DateRange { min, max }, _) => {
            let day = match limit {
                Some("min") => min.and_then(|min| min.add_days(-1)),
                _ => max.and_then(|max| max.add_days(1)),
            };
            day.map(|day| range(day, day)).into_iter().collect()
        }
        (
            FieldType::Text {
                min_length,
                max_length,
                ..
            },
            "length",
        ) => {
            let length = match limit {
                Some("min_length") => min_length.saturating_sub(1),
                _ => max_length.saturating_add(1),
            };
            vec![Data::text("A".repeat(length as usize))]
        }
        (FieldType::Text { min_length, .. }, _) => {
            let length = (*min_length).max(1) as usize;
            let alike = ["?", "A", "a", "0"]
                .iter()
                .map(|c| Data::text(c.repeat(length)));
            let longer = shortest(form.plan.rules(), type_)
                .into_iter()
                .flat_map(|text| ["?", "A", "0"].map(|end| Data::text(format!("{text}{end}"))));
            alike.chain(longer).collect()
        }
        (FieldType::Choice { options }, _) => options.iter().map(option).collect(),
        (FieldType::Set { options }, _) => options
            .iter()
            .map(|choice| Data::List(vec![option(choice)]))
            .collect(),
    }
}

/// The first number beyond a limit, or one with a digit too many.
fn beyond(scale: u8, min: Number, max: Number, limit: Option<&str>) -> Vec<Data> {
    let step = step_of(scale);
    let found = match limit {
        Some("min") => min.checked_sub(step),
        Some("max") => max.checked_add(step),
        _ => {
            let finer = step_of(scale + 1);
            [Number::ZERO, min].into_iter().find_map(|from| {
                let value = from.checked_add(finer)?;
                (min..=max).contains(&value).then_some(value)
            })
        }
    };
    found.map(number).into_iter().collect()
}

/// A value some steps away in its place: days, or units of the last digit; `None` beyond the limits or where
/// there is nothing to count.
pub(super) fn moved(form: &Form<'_>, case: &Case, variable: Variable, steps: i64) -> Option<Data> {
    let type_ = match variable {
        Variable::Day => {
            let day = case.as_of.add_days(steps)?;
            return form.in_force(day).then(|| date(day));
        }
        Variable::Records(_) => return None,
        Variable::Fact(index) => form.facts[index].type_,
        Variable::Question(index, _) => form.questions[index].type_,
    };
    let current = case.get(form, variable)?;
    let (scale, min, max) = match type_ {
        FieldType::Date { min, max } => {
            let day = day_of(current)?.add_days(steps)?;
            let sound = min.is_none_or(|min| day >= min) && max.is_none_or(|max| day <= max);
            return sound.then(|| date(day));
        }
        FieldType::DateRange { min, max } => {
            let (start, end) = ends_of(current)?;
            let end = end.add_days(steps)?;
            let sound = end >= start
                && min.is_none_or(|min| end >= min)
                && max.is_none_or(|max| end <= max);
            return sound.then(|| range(start, end));
        }
        FieldType::Duration { unit, min, max } => {
            let known = Duration::parse(current.as_text()?).ok()?;
            let count = known.count_in(*unit)?.checked_add(steps)?;
            let sound = (i64::from(*min)..=i64::from(*max)).contains(&count);
            return sound.then(|| duration(*unit, count));
        }
        FieldType::Integer { min, max } => (0, *min, *max),
        FieldType::Decimal { scale, min, max } => (*scale, *min, *max),
        FieldType::Money { min, max } => (money_digits(form), *min, *max),
        FieldType::Boolean { .. }
        | FieldType::Text { .. }
        | FieldType::Choice { .. }
        | FieldType::Set { .. } => return None,
    };
    let (Data::Number(text) | Data::Text(text)) = current else {
        return None;
    };
    let step = step_of(scale).checked_mul(Number::from_int(steps))?;
    let value = Number::parse(text).ok()?.checked_add(step)?;
    (min..=max).contains(&value).then(|| number(value))
}

fn money_digits(form: &Form<'_>) -> u8 {
    form.plan
        .rules()
        .currency
        .as_ref()
        .map_or(2, |currency| currency.digits)
}

fn step_of(scale: u8) -> Number {
    Number::new(1, scale).unwrap_or(Number::from_int(1))
}

fn number(value: Number) -> Data {
    Data::number(value.normalized().to_string_with(0))
}

fn count(records: u32) -> Data {
    Data::number(records.to_string())
}

fn date(day: Day) -> Data {
    Data::text(day.to_string())
}

fn day_of(data: &Data) -> Option<Day> {
    data.as_text()?.parse().ok()
}

fn duration(unit: DurationUnit, count: i64) -> Data {
    Duration::of(unit, count).map_or(Data::Null, |duration| Data::text(duration.to_string()))
}

fn range(start: Day, end: Day) -> Data {
    Data::Record(vec![
        ("start".into(), date(start)),
        ("end".into(), date(end)),
    ])
}

fn ends_of(data: &Data) -> Option<(Day, Day)> {
    Some((day_of(data.get("start")?)?, day_of(data.get("end")?)?))
}

fn option(choice: &Choice) -> Data {
    Data::text(choice.option.clone())
}
