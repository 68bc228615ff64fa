//! The sentences of an explanation, each a template of the plan's texts.
//!
//! A plan for ever keeps the texts with which it was published, so every template has a form without
//! words to stand in for it.

use super::explainer::Explainer;
use crate::{
    number::Number,
    plan::{CompareOp, Literal, RoundMode, Type},
    program::Test,
};

impl Explainer<'_> {
    /// A template filled in, or what stands in for one that the plan lacks.
    pub(super) fn say(
        &self,
        key: &str,
        values: &[(&str, &str)],
        otherwise: impl FnOnce() -> String,
    ) -> String {
        if self.texts.get(key).is_none() {
            return otherwise();
        }
        self.texts.fill(key, |name| {
            let found = values.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    /// `Label: value`; a question is followed by its answer as it stands.
    pub(super) fn statement(&self, label: &str, value: &str) -> String {
        if label.ends_with(['?', ':', '؟']) {
            return format!("{label} {value}");
        }
        self.say(
            "explain.stated",
            &[("label", label), ("value", value)],
            || format!("{label}: {value}"),
        )
    }

    /// A label that is followed by a list.
    pub(super) fn heading(&self, label: &str) -> String {
        if label.ends_with(['?', ':', '؟']) {
            return label.to_owned();
        }
        self.statement(label, "").trim_end().to_owned()
    }

    /// Something by its name in a sentence, with what it comes to.
    pub(super) fn named(&self, label: &str, value: &str) -> String {
        self.say(
            "explain.named",
            &[("label", label), ("value", value)],
            || format!("{label} ({value})"),
        )
    }

    /// A text in quotation marks.
    pub(super) fn quoted(&self, text: &str) -> String {
        self.say("explain.quoted", &[("text", text)], || format!("“{text}”"))
    }

    /// How two values compare, as a sentence that is true.
    pub(super) fn compared(
        &self,
        op: CompareOp,
        holds: bool,
        dates: bool,
        left: &str,
        right: &str,
    ) -> String {
        let op = if holds { op } else { opposite(op) };
        let word = match op {
            CompareOp::Equal => "equal",
            CompareOp::NotEqual => "not_equal",
            CompareOp::Less => "less",
            CompareOp::AtMost => "at_most",
            CompareOp::Greater => "greater",
            CompareOp::AtLeast => "at_least",
        };
        let order = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        let date = if dates && order { "date." } else { "" };
        self.say(
            &format!("explain.compare.{date}{word}"),
            &[("left", left), ("right", right)],
            || format!("{left} {} {right}", op.symbol()),
        )
    }

    /// What a rounding does, such as `Rounded down to whole pounds`.
    pub(super) fn rounding_words(
        &self,
        mode: RoundMode,
        step: Number,
        type_: Option<&Type>,
    ) -> String {
        let mode = match mode {
            RoundMode::HalfUp => "half_up",
            RoundMode::HalfEven => "half_even",
            RoundMode::Up => "up",
            RoundMode::Down => "down",
        };
        let step = self.step_words(step, type_);
        self.say(&format!("explain.round.{mode}"), &[("step", &step)], || {
            format!("→ {step}")
        })
    }

    fn step_words(&self, step: Number, type_: Option<&Type>) -> String {
        let is = |units: i128, scale: u8| Number::new(units, scale) == Some(step);
        let money = matches!(type_, Some(Type::Money));
        let key = match money {
            true if is(1, 0) => Some("explain.step.units"),
            true if is(1, 2) && self.plan.program().currency_digits == 2 => {
                Some("explain.step.hundredths")
            }
            false if is(1, 0) => Some("explain.step.whole"),
            false if is(1, 1) => Some("explain.step.one_place"),
            false if is(1, 2) => Some("explain.step.two_places"),
            _ => None,
        };
        if let Some(text) = key.and_then(|key| self.texts.get(key)) {
            return text.to_owned();
        }
        let literal = Literal::Number(step);
        let type_ = if money { Type::Money } else { Type::Decimal };
        let step = self.literal(&literal, &type_);
        self.say("explain.step.multiple", &[("step", &step)], || step.clone())
    }

    /// What the cell of a table accepts.
    pub(super) fn cell_words(&self, cells: &[Test], type_: &Type) -> String {
        let words = cells.iter().map(|cell| match cell {
            Test::Blank => self.text("explain.blank"),
            Test::Equal(literal) => self.literal(literal, type_),
            Test::Range {
                from,
                after,
                to,
                before,
            } => {
                let end = |literal: &Option<Literal>, word: &str, sign: &str| {
                    let end = self.literal(literal.as_ref()?, type_);
                    let key = format!("explain.cell.{word}");
                    Some(self.say(&key, &[("end", &end)], || format!("{sign} {end}")))
                };
                let from = match after {
                    true => end(from, "more_than", ">"),
                    false => end(from, "at_least", "≥"),
                };
                let to = match before {
                    true => end(to, "less_than", "<"),
                    false => end(to, "at_most", "≤"),
                };
                match (from, to) {
                    (Some(from), Some(to)) => {
                        let ends = [("from", from.as_str()), ("to", to.as_str())];
                        self.say("explain.cell.between", &ends, || format!("{from}, {to}"))
                    }
                    (Some(end), None) | (None, Some(end)) => end,
                    (None, None) => self.text("explain.cell.any"),
                }
            }
        });
        let either = |first: String, second: String| {
            let both = [("first", first.as_str()), ("second", second.as_str())];
            self.say("explain.cell.or", &both, || format!("{first} | {second}"))
        };
        words
            .reduce(either)
            .unwrap_or_else(|| self.text("explain.cell.any"))
    }
}

const fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::AtLeast,
        CompareOp::AtMost => CompareOp::Greater,
        CompareOp::Greater => CompareOp::AtMost,
        CompareOp::AtLeast => CompareOp::Less,
    }
}
