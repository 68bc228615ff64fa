//! Arithmetic with its figures: `3 × £11.80 = £35.40`.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
    expression::pairs,
    years,
};
use crate::{
    evaluate::{Datum, State},
    format,
    number::Number,
    plan::{Expr, Literal, RoundMode, Type},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// What an expression comes to, written out; `hint` is the type of what stands beside it. An exact
    /// quotient, whose digits may never end, is written as its calculation.
    pub(super) fn figure(
        &self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        hint: Option<&Type>,
    ) -> Option<String> {
        let state = self.evaluation.eval(node, scope.at);
        if let Some(year) = years::year(expr, &state) {
            return Some(year);
        }
        let type_ = self.type_of(expr).or_else(|| hint.cloned());
        match &state {
            State::Known(Datum::Quotient(_)) => {
                let formula = self.formula(expr, node, scope, type_.as_ref())?;
                Some(format!("({formula})"))
            }
            State::Known(Datum::List(literals)) => {
                let type_ = type_.unwrap_or(Type::Text);
                let items: Vec<_> = literals
                    .iter()
                    .map(|literal| self.literal(literal, &type_))
                    .collect();
                Some(format::list(self.texts, &items))
            }
            State::Known(datum) => {
                let own = match datum {
                    Datum::Bool(_) => Type::Boolean,
                    Datum::Number(_) => Type::Decimal,
                    Datum::Date(_) => Type::Date,
                    Datum::Duration(_) => Type::Duration { unit: None },
                    Datum::Range(_) => Type::DateRange,
                    _ => Type::Text,
                };
                self.shown(&state, &type_.unwrap_or(own))
            }
            state => self.shown(state, &Type::Text),
        }
    }

    /// A constant written out.
    pub(super) fn literal(&self, literal: &Literal, type_: &Type) -> String {
        // An option of a set is written as one of a choice.
        let one = match type_ {
            Type::Set { labels } => &Type::Choice {
                labels: labels.clone(),
            },
            type_ => type_,
        };
        self.shown(&State::literal(literal), one)
            .unwrap_or_default()
    }

    /// The calculation of an expression with its operands' figures, where all of them are known.
    fn formula(
        &self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        type_: Option<&Type>,
    ) -> Option<String> {
        let money = |type_: Option<Type>| type_ == Some(Type::Money);
        let (sign, hint) = match expr {
            Expr::Add(_) => (" + ", type_),
            Expr::Subtract(..) => (" − ", type_),
            // Of an amount times a number, one is the amount.
            Expr::Multiply(factors) => {
                let known = factors.iter().any(|factor| money(self.type_of(factor)));
                (" × ", type_.filter(|_| !known && money(type_.cloned())))
            }
            Expr::Divide(..) => (" ÷ ", None),
            Expr::Move(..) => (" + ", None),
            _ => return None,
        };
        let mut formula = String::new();
        for (index, (expr, node)) in pairs(expr, node).enumerate() {
            let figure = self.figure(expr, node, scope, hint)?;
            match (index, figure.strip_prefix('-'), sign) {
                (0, ..) => formula.push_str(&figure),
                (_, Some(rest), " + ") => formula.push_str(&format!(" − {rest}")),
                (_, Some(_), _) => formula.push_str(&format!("{sign}({figure})")),
                (_, None, _) => formula.push_str(&format!("{sign}{figure}")),
            }
        }
        Some(formula)
    }

    pub(super) fn calculation(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let state = self.evaluation.eval(node, scope.at);
        let expected = self.expected.take();
        let type_ = self.type_of(expr).or(expected);
        let Some(formula) = self.formula(expr, node, scope, type_.as_ref()) else {
            return self.operand_reads(expr, node, scope, reasons);
        };
        let mut because = Vec::new();
        self.inner_reads(expr, node, scope, &mut because);
        let type_ = type_.unwrap_or(Type::Decimal);
        let value = match &state {
            State::Known(Datum::Quotient(_)) => None,
            State::Known(_) => years::year(expr, &state).or_else(|| self.shown(&state, &type_)),
            _ => None,
        };
        let text = match &value {
            Some(value) => format!("{formula} = {value}"),
            None => formula,
        };
        let reason = Explanation {
            value,
            expression: self.expression(expr, scope),
            because,
            ..self.step(Kind::Calculation, text)
        };
        self.add(reasons, reason);
    }

    /// What the operands of a calculation read; one that is an exact quotient is part of the
    /// calculation itself.
    fn inner_reads(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        for (expr, node) in pairs(expr, node) {
            match self.evaluation.eval(node, scope.at) {
                State::Known(Datum::Quotient(_))
                    if self.formula(expr, node, scope, None).is_some() =>
                {
                    self.inner_reads(expr, node, scope, reasons);
                }
                _ => self.reads(expr, node, scope, reasons),
            }
        }
    }

    /// A rounding, told where it changes something.
    pub(super) fn rounding(
        &mut self,
        expr: &'a Expr,
        mode: RoundMode,
        step: Number,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let state = self.evaluation.eval(node, scope.at);
        let Some((inner, inner_node)) = pairs(expr, node).next() else {
            return;
        };
        let unchanged = self.evaluation.eval(inner_node, scope.at) == state;
        let State::Known(Datum::Number(_)) = &state else {
            return self.reads(inner, inner_node, scope, reasons);
        };
        if unchanged && !self.options.expressions {
            return self.reads(inner, inner_node, scope, reasons);
        }
        let because = self.reasons(inner, inner_node, scope);
        let type_ = self.type_of(expr);
        let words = self.rounding_words(mode, step, type_.as_ref());
        let value = self.shown(&state, &type_.unwrap_or(Type::Decimal));
        let reason = Explanation {
            expression: self.expression(expr, scope),
            because,
            ..self.stated(Kind::Rounding, &words, value)
        };
        self.add(reasons, reason);
    }

    /// A function of all its operands, in the words that the texts have for it.
    pub(super) fn function(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let state = self.evaluation.eval(node, scope.at);
        let type_ = self.type_of(expr);
        let mut figures = Vec::new();
        let mut singles = 0;
        for (operand, operand_node) in pairs(expr, node) {
            // A list is told record by record.
            if matches!(operand, Expr::Each { .. }) {
                continue;
            }
            singles += 1;
            let operand_state = self.evaluation.eval(operand_node, scope.at);
            if let Some(year) = years::year_of_date(expr, singles - 1, &operand_state) {
                figures.push(year);
                continue;
            }
            let hint = match expr {
                Expr::Min(_) | Expr::Max(_) => type_.as_ref(),
                _ => None,
            };
            figures.extend(self.figure(operand, operand_node, scope, hint));
        }
        let own = match &state {
            State::Known(Datum::Date(_)) => Type::Date,
            _ => Type::Decimal,
        };
        let value = match &state {
            State::Known(Datum::Quotient(_)) => None,
            state => years::year(expr, state).or_else(|| self.shown(state, &type_.unwrap_or(own))),
        };
        let (Some(value), Some(name)) = (value, expr.function()) else {
            return self.operand_reads(expr, node, scope, reasons);
        };
        if figures.len() != singles {
            return self.operand_reads(expr, node, scope, reasons);
        }
        let list = format::list(self.texts, &figures);
        let first = figures.first().map_or("", String::as_str);
        let second = figures.get(1).map_or("", String::as_str);
        let values = [("first", first), ("second", second), ("list", &*list)];
        let words = self.say(&format!("explain.function.{name}"), &values, || {
            format!("{name}({})", figures.join("; "))
        });
        let mut because = Vec::new();
        self.operand_reads(expr, node, scope, &mut because);
        let reason = Explanation {
            expression: self.expression(expr, scope),
            because,
            ..self.stated(Kind::Calculation, &words, Some(value))
        };
        self.add(reasons, reason);
    }
}
