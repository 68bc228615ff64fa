//! What each answer comes to, written down as it is found.

use super::{
    super::{
        shapes::is_date,
        submission::{Number, Text, Texts},
    },
    write::{decimal, key, money, plain, quoted, whole},
};

/// The parts of a report that follow the order of the questions, each as JSON text that is not closed yet.
pub struct Found {
    pub errors: String,
    pub missing: String,
    pub ignored: String,
    pub answers: String,
}

/// A question, in a structure or not.
#[derive(Clone, Copy)]
pub struct Place {
    pub record: Option<usize>,
    pub field: &'static str,
}

impl From<&'static str> for Place {
    fn from(field: &'static str) -> Self {
        Self {
            record: None,
            field,
        }
    }
}

/// What the message of an error needs.
#[derive(Clone, Copy)]
pub enum Param {
    None,
    Text(&'static str, &'static str),
    Number(&'static str, Unit, i64),
}

/// How a number is written.
#[derive(Clone, Copy)]
pub enum Unit {
    Integer,
    /// Kept in hundredths.
    Decimal,
    /// Kept in cents.
    Money,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Money => "money",
        }
    }

    fn write(self, out: &mut String, number: i64) {
        match self {
            Self::Integer => whole(out, number),
            Self::Decimal => decimal(out, number, 2),
            Self::Money => money(out, number),
        }
    }
}

/// Which of several options are chosen, as bits in the order of the options.
#[derive(Clone, Copy, Default)]
pub struct Chosen {
    pub bits: u8,
    /// Whether nothing else is.
    pub is_sound: bool,
}

impl Found {
    pub fn new() -> Self {
        let opened = |bracket: char, capacity| {
            let mut text = String::with_capacity(capacity);
            text.push(bracket);
            text
        };
        Self {
            errors: opened('[', 256),
            missing: opened('[', 128),
            ignored: opened('[', 128),
            answers: opened('{', 2_048),
        }
    }

    pub fn error(&mut self, at: impl Into<Place>, code: &str, param: Param) {
        let out = &mut self.errors;
        error_to(out, at.into(), code);
        match param {
            Param::None => {}
            Param::Text(name, text) => {
                key(out, name);
                plain(out, text);
            }
            Param::Number(name, unit, number) => {
                key(out, name);
                unit.write(out, number);
            }
        }
        out.push_str("}}");
    }

    /// A check that does not hold.
    pub fn check(&mut self, at: &'static str, check: &'static str) {
        self.error(at, "check", Param::Text("check", check));
    }

    /// The check that does not hold where the declared value is another than that of the structures.
    pub fn sum_check(&mut self, at: &'static str, structures_value: i64) {
        let out = &mut self.errors;
        error_to(out, at.into(), "check");
        out.push_str(r#""check":"sum","structures_value":"#);
        money(out, structures_value);
        out.push_str("}}");
    }

    pub fn missed(&mut self, at: impl Into<Place>) {
        listed(&mut self.missing, at.into());
    }

    /// What is not asked, and ignored where it is given.
    pub fn not_asked(&mut self, at: &'static str, is_given: bool) {
        if is_given {
            listed(&mut self.ignored, at.into());
        }
    }

    /// The place for an answer that counts.
    pub fn answer(&mut self, field: &str) -> &mut String {
        let out = &mut self.answers;
        if !out.ends_with('{') {
            out.push(',');
        }
        key(out, field);
        out
    }

    /// A text between two lengths, and what else is wrong with it.
    pub fn text<'s>(
        &mut self,
        at: &'static str,
        text: &'s Text<'_>,
        is_required: bool,
        (min, max): (i64, i64),
        fault: impl Fn(&str) -> Option<(&'static str, Param)>,
    ) -> Option<&'s str> {
        let text = text.get().trim();
        if text.is_empty() {
            if is_required {
                self.missed(at);
            }
            return None;
        }
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        let limit = |name, limit| ("length", Param::Number(name, Unit::Integer, limit));
        let fault = if length < min {
            Some(limit("min_length", min))
        } else if length > max {
            Some(limit("max_length", max))
        } else {
            fault(text)
        };
        if let Some((code, param)) = fault {
            self.error(at, code, param);
            return None;
        }
        quoted(self.answer(at), text);
        Some(text)
    }

    /// A text that matches a pattern.
    pub fn pattern(
        &mut self,
        at: &'static str,
        text: &Text<'_>,
        is_required: bool,
        matches: fn(&str) -> bool,
    ) {
        self.text(at, text, is_required, (0, 1_000), |text| {
            (!matches(text)).then_some(("pattern", Param::None))
        });
    }

    /// One of several options.
    pub fn choice<T: Copy>(
        &mut self,
        at: impl Into<Place>,
        text: &Text<'_>,
        options: &[(&str, T)],
    ) -> Option<T> {
        let (at, text) = (at.into(), text.get());
        if text.is_empty() {
            self.missed(at);
            return None;
        }
        let Some((_, chosen)) = options.iter().find(|(option, _)| *option == text) else {
            self.error(at, "option", Param::None);
            return None;
        };
        plain(self.answer(at.field), text);
        Some(*chosen)
    }

    /// Any of several options.
    pub fn several(
        &mut self,
        at: &'static str,
        texts: &Texts<'_>,
        is_required: bool,
        options: &[&str],
    ) -> Chosen {
        let mut chosen = Chosen {
            bits: 0,
            is_sound: true,
        };
        if texts.get().is_empty() {
            if is_required {
                self.missed(at);
            }
            chosen.is_sound = !is_required;
            return chosen;
        }
        for text in texts.get() {
            match options.iter().position(|option| option == text) {
                Some(position) => chosen.bits |= 1 << position,
                None => chosen.is_sound = false,
            }
        }
        if !chosen.is_sound {
            self.error(at, "option", Param::None);
            return chosen;
        }
        let out = self.answer(at);
        let mut separator = '[';
        for (position, option) in options.iter().enumerate() {
            if chosen.bits & (1 << position) != 0 {
                out.push(separator);
                plain(out, option);
                separator = ',';
            }
        }
        out.push(']');
        chosen
    }

    pub fn boolean(&mut self, at: &'static str, answer: Option<bool>) -> Option<bool> {
        match answer {
            Some(answer) => {
                let text = if answer { "true" } else { "false" };
                self.answer(at).push_str(text);
            }
            None => self.missed(at),
        }
        answer
    }

    /// A declaration, which must be accepted.
    pub fn accepted(&mut self, at: &'static str, answer: Option<bool>) {
        if answer == Some(false) {
            self.error(at, "accepted", Param::None);
        } else {
            self.boolean(at, answer);
        }
    }

    /// A number between two limits, in hundredths where it is no integer.
    pub fn number(
        &mut self,
        at: impl Into<Place>,
        number: Number,
        unit: Unit,
        (min, max): (i32, i32),
    ) -> Option<i64> {
        let at = at.into();
        let factor = if matches!(unit, Unit::Integer) {
            1
        } else {
            100
        };
        let of_type = ("type", Param::Text("type", unit.name()));
        let limit = |name, limit| {
            let limit = i64::from(limit) * factor;
            ("range", Param::Number(name, unit, limit))
        };
        let (code, param) = match number {
            Number::Missing => {
                self.missed(at);
                return None;
            }
            Number::Text => of_type,
            Number::Value(value) if factor == 1 && value.fract().abs() > 0.0 => of_type,
            Number::Value(value) if value < f64::from(min) => limit("min", min),
            Number::Value(value) if value > f64::from(max) => limit("max", max),
            Number::Value(value) => {
                let factor = if factor == 1 { 1.0 } else { 100.0 };
                let units = (value * factor).round();
                if (units / factor - value).abs() > 0.0 {
                    ("scale", Param::Number("scale", Unit::Integer, 2))
                } else {
                    #[allow(clippy::cast_possible_truncation)] // It is within the limits.
                    let units = units as i64;
                    unit.write(self.answer(at.field), units);
                    return Some(units);
                }
            }
        };
        self.error(at, code, param);
        None
    }

    /// A date between two days.
    pub fn date<'s>(
        &mut self,
        at: &'static str,
        text: &'s Text<'_>,
        (min, max): (&'static str, &'static str),
    ) -> Option<&'s str> {
        let text = text.get();
        let (code, param) = if text.is_empty() {
            self.missed(at);
            return None;
        } else if !is_date(text) {
            ("date", Param::None)
        } else if text < min {
            ("range", Param::Text("min", min))
        } else if text > max {
            ("range", Param::Text("max", max))
        } else {
            plain(self.answer(at), text);
            return Some(text);
        };
        self.error(at, code, param);
        None
    }
}

/// An error up to its parameters.
fn error_to(out: &mut String, at: Place, code: &str) {
    if !out.ends_with('[') {
        out.push(',');
    }
    out.push_str(r#"{"path":"#);
    path(out, at);
    out.push_str(r#","code":"#);
    plain(out, code);
    out.push_str(r#","params":{"#);
}

/// A path in a list.
pub fn listed(out: &mut String, at: Place) {
    if !out.ends_with('[') {
        out.push(',');
    }
    path(out, at);
}

fn path(out: &mut String, at: Place) {
    match at.record {
        Some(record) => {
            out.push_str("\"structures[");
            whole(out, i64::try_from(record).unwrap_or_default());
            out.push_str("].");
            out.push_str(at.field);
            out.push('"');
        }
        None => plain(out, at.field),
    }
}
