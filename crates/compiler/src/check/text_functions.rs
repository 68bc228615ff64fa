//! Functions of texts, and the remainder that check digits are worked out with.

use counterfoil_engine::{
    number::Number,
    plan::{Expr, TextFunction},
};

use super::{Obligation, Typed, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    source::{Span, Spanned},
    types::{Bounds, NumberType, Type, Unit},
};

/// Greatest weight of a sum, either way.
const MAX_WEIGHT: i64 = 1_000_000_000;
/// The value of `Z`, the greatest of a character.
const MAX_CHARACTER: i128 = 35;

impl Lowering<'_, '_> {
    /// `mod97(text, …)`, `luhn(text)` and the like.
    pub(super) fn text_function(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        match name.as_str() {
            "mod97" => self.mod97(name, arguments, span),
            "weighted_sum" => self.weighted_sum(name, arguments, span),
            "characters" => self.characters(name, arguments, span),
            "starts_with" => self.starts_with(name, arguments, span),
            "luhn" => self.of_one_text(TextFunction::Luhn, name, arguments, span),
            "mod11_10" => self.of_one_text(TextFunction::Mod11_10, name, arguments, span),
            "digits" => self.of_one_text(TextFunction::Digits, name, arguments, span),
            "length" => self.of_one_text(TextFunction::Length, name, arguments, span),
            _ => self.of_one_text(TextFunction::Upper, name, arguments, span),
        }
    }

    /// An argument that must be a text and is never blank.
    fn text_argument(&mut self, argument: Typed, name: &Spanned<String>) -> Option<Typed> {
        match argument.type_ {
            Type::Text { .. } => self.present(&argument).then_some(argument),
            Type::Error => None,
            _ => {
                self.wrong_argument(&argument, name, "a text");
                None
            }
        }
    }

    fn of_one_text(
        &mut self,
        function: TextFunction,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = format!("{}(text)", name.value);
        let Some([text]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some(text) = self.text_argument(text, name) else {
            return Typed::error(span);
        };
        let type_ = match function {
            TextFunction::Luhn | TextFunction::Mod11_10 => Type::Boolean,
            TextFunction::Length => {
                let most = self.checker.text_length(&text.expr);
                Type::Number(NumberType::integer(0, most.into()))
            }
            _ => Type::TEXT,
        };
        self.text_call(function, type_, vec![text], span)
    }

    fn mod97(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        if arguments.is_empty() {
            return self.too_few(name, "mod97(text)");
        }
        let texts: Vec<_> = arguments.iter().map(|source| self.expr(source)).collect();
        let texts: Vec<_> = texts
            .into_iter()
            .map(|text| self.text_argument(text, name))
            .collect();
        match texts.into_iter().collect::<Option<Vec<_>>>() {
            Some(texts) => {
                let type_ = Type::Number(NumberType::integer(0, 97));
                self.text_call(TextFunction::Mod97, type_, texts, span)
            }
            None => Typed::error(span),
        }
    }

    fn characters(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let usage = "characters(text, from, to)";
        let Some([text, from, to]) = self.arguments::<3>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let text = self.text_argument(text, name);
        let (from, to) = (self.whole_number(from, name), self.whole_number(to, name));
        let (Some(text), Some((from, _)), Some((to, _))) = (text, from, to) else {
            return Typed::error(span);
        };
        let operands = vec![text, from, to];
        self.text_call(TextFunction::Characters, Type::TEXT, operands, span)
    }

    fn starts_with(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let usage = "starts_with(text, prefix)";
        let Some([text, prefix]) = self.arguments::<2>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let text = self.text_argument(text, name);
        let prefix = self.text_argument(prefix, name);
        let (Some(text), Some(prefix)) = (text, prefix) else {
            return Typed::error(span);
        };
        let operands = vec![text, prefix];
        self.text_call(TextFunction::StartsWith, Type::Boolean, operands, span)
    }

    fn weighted_sum(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let [text, weights] = arguments else {
            return self.too_few(name, "weighted_sum(text, [7, 3, 1])");
        };
        let text = self.expr(text);
        let text = self.text_argument(text, name);
        let weights = self.weights(weights);
        let (Some(text), Some(weights)) = (text, weights) else {
            return Typed::error(span);
        };
        let (weights, bounds): (Vec<_>, Vec<_>) = weights.into_iter().unzip();
        let most = self.checker.text_length(&text.expr);
        let type_ = Type::Number(NumberType {
            unit: Unit::None,
            scale: 0,
            bounds: bounds_of_sum(most, &bounds),
        });
        let operands = std::iter::once(text).chain(weights).collect();
        self.text_call(TextFunction::WeightedSum, type_, operands, span)
    }

    /// Whole numbers in brackets, each at most [`MAX_WEIGHT`] either way.
    fn weights(&mut self, source: &Source) -> Option<Vec<(Typed, Bounds)>> {
        let wrong = |span: Span, message: String| {
            Diagnostic::error(codes::WEIGHTS, span, message).help(
                "write whole numbers in brackets, one for each character in turn: `[7, 3, 1]`",
            )
        };
        let items = match &source.kind {
            ExprKind::List(items) if !items.is_empty() => items,
            _ => {
                let text = self.checker.text(source.span);
                let message = format!("the weights of a sum are a list, and here is `{text}`");
                self.error(wrong(source.span, message));
                return None;
            }
        };
        let limits = Bounds::of_ints(-MAX_WEIGHT, MAX_WEIGHT);
        let mut weights = Vec::with_capacity(items.len());
        for item in items {
            let weight = self.expr(item);
            match weight.type_ {
                Type::Error => return None,
                Type::Number(NumberType {
                    unit: Unit::None | Unit::Any,
                    scale: 0,
                    bounds,
                }) if limits.covers(bounds) => {
                    if !self.present(&weight) {
                        return None;
                    }
                    weights.push((weight, bounds));
                }
                _ => {
                    let text = self.checker.text(weight.span);
                    let message =
                        format!("`{text}` is not always a whole number up to 1,000,000,000");
                    self.error(wrong(weight.span, message));
                    return None;
                }
            }
        }
        Some(weights)
    }

    fn text_call(
        &mut self,
        function: TextFunction,
        type_: Type,
        operands: Vec<Typed>,
        span: Span,
    ) -> Typed {
        let Some(reads) = self.join(&operands, span) else {
            return Typed::error(span);
        };
        let operands = operands.into_iter().map(|operand| operand.expr).collect();
        Typed::new(Expr::Text { function, operands }, type_, span).reading(reads)
    }

    /// `remainder(a, b)`.
    pub(super) fn remainder(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = "remainder(number, divisor)";
        let Some([number, divisor]) = self.arguments::<2>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let number = self.whole_number(number, name);
        let divisor = self.whole_number(divisor, name);
        let (Some((number, dividend)), Some((divisor, bounds))) = (number, divisor) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[number.clone(), divisor.clone()], span) else {
            return Typed::error(span);
        };
        if bounds.min.is_negative() || bounds.max.is_zero() {
            let text = self.checker.text(divisor.span);
            let message = if bounds.min == bounds.max {
                format!("`{text}` is not above 0")
            } else {
                format!("`{text}` must be above 0, and it can be {}", bounds.min)
            };
            return self.error(
                Diagnostic::error(codes::REMAINDER_DIVISOR, divisor.span, message).help(
                    "divide by a number such as 11, or give what it is worked out from a `min`",
                ),
            );
        }
        if bounds.min.is_zero() {
            self.leave(Obligation::Divisor, &divisor);
        }
        // What is never negative and below every divisor is its own remainder.
        let own = !dividend.min.is_negative() && dividend.max < bounds.min;
        let below = bounds.max.checked_sub(Number::from_int(1));
        let remainders = Bounds {
            min: Number::ZERO,
            max: below.unwrap_or(bounds.max),
        };
        let type_ = Type::Number(NumberType {
            unit: Unit::None,
            scale: 0,
            bounds: if own { dividend } else { remainders },
        });
        let expr = Expr::Remainder(Box::new(number.expr), Box::new(divisor.expr));
        Typed::new(expr, type_, span).reading(reads)
    }
}

/// Bounds of the sum of so many characters, each times its weight, the weights starting again when they
/// run out; characters may be 0, and texts shorter.
fn bounds_of_sum(most: u32, weights: &[Bounds]) -> Bounds {
    let units = |number: Number| number.units_at(0).unwrap_or(0) * MAX_CHARACTER;
    let (characters, count) = (most as usize, weights.len());
    let (rounds, rest) = (characters / count, characters % count);
    let sum = |weight: &dyn Fn(&Bounds) -> i128| {
        let once: i128 = weights.iter().map(weight).sum();
        let last: i128 = weights.iter().take(rest).map(weight).sum();
        Number::new(once * rounds as i128 + last, 0).unwrap_or(Number::ZERO)
    };
    Bounds {
        min: sum(&|weight| units(weight.min).min(0)),
        max: sum(&|weight| units(weight.max).max(0)),
    }
}
