//! Conditions: what was compared, and which part of a condition decided.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
    expression::pairs,
};
use crate::{
    evaluate::{Datum, State},
    format,
    plan::{CompareOp, Expr, Type},
    program::Node,
};

impl<'a> Explainer<'a> {
    /// The reasons of a condition under words such as `This applies because`. A single reason stands in
    /// the same sentence.
    pub(super) fn condition(
        &mut self,
        key: &str,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
    ) -> Explanation {
        let expected = self.expected.take();
        let mut reasons = self.reasons(expr, node, scope);
        self.expected = expected;
        let label = self.text(key);
        let state = self.evaluation.eval(node, scope.at);
        let told = match reasons.pop() {
            Some(only) if reasons.is_empty() => Explanation {
                source: only.source,
                because: only.because,
                ..self.step(Kind::Condition, self.statement(&label, &only.text))
            },
            last => {
                reasons.extend(last);
                Explanation {
                    because: reasons,
                    ..self.step(Kind::Condition, self.heading(&label))
                }
            }
        };
        Explanation {
            label: Some(label),
            value: self
                .shown(&state, &Type::Boolean)
                .filter(|_| matches!(state, State::Known(_))),
            expression: self.expression(expr, scope),
            ..told
        }
    }

    /// `and` and `or`: the operands that decide, or those that leave it open, or else all.
    pub(super) fn chain(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        decisive: bool,
        reasons: &mut Vec<Explanation>,
    ) {
        let is_bool = |state: &State<'_>, wanted| *state == State::bool(wanted);
        let result = self.evaluation.eval(node, scope.at);
        for (expr, node) in pairs(expr, node) {
            let state = self.evaluation.eval(node, scope.at);
            let matters = if is_bool(&result, decisive) {
                is_bool(&state, decisive)
            } else if is_bool(&result, !decisive) {
                true
            } else {
                !is_bool(&state, !decisive)
            };
            if matters {
                self.reads(expr, node, scope, reasons);
            }
        }
    }

    /// `if`: why this way was taken, then what was read on it.
    pub(super) fn branches(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let operands: Vec<_> = pairs(expr, node).collect();
        let [(condition, condition_node), then, otherwise] = operands[..] else {
            return;
        };
        let taken = match self.evaluation.eval(condition_node, scope.at) {
            State::Known(Datum::Bool(true)) => Some(then),
            State::Known(_) => Some(otherwise),
            _ => None,
        };
        let key = match taken {
            Some(_) => "explain.branch",
            None => "explain.branch.open",
        };
        let reason = self.condition(key, condition, condition_node, scope);
        self.add(reasons, reason);
        if let Some((expr, node)) = taken {
            self.reads(expr, node, scope, reasons);
        }
    }

    /// `??`: what stands in for what is blank.
    pub(super) fn default(
        &mut self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let operands: Vec<_> = pairs(expr, node).collect();
        let [(first, first_node), (second, second_node)] = operands[..] else {
            return;
        };
        if self.evaluation.eval(first_node, scope.at) != State::Blank {
            return self.reads(first, first_node, scope, reasons);
        }
        let type_ = self.type_of(expr);
        let value = self.figure(second, second_node, scope, type_.as_ref());
        let label = self.short_label(first).unwrap_or_default();
        let shown = value
            .clone()
            .unwrap_or_else(|| self.text("explain.unknown"));
        let values = [("label", label.as_str()), ("value", shown.as_str())];
        let text = self.say("explain.default", &values, || {
            self.statement(&label, &shown)
        });
        let mut because = self.reasons(first, first_node, scope);
        self.reads(second, second_node, scope, &mut because);
        // That it is not answered is said already.
        because.retain(|reason| !says_no_more(reason));
        let reason = Explanation {
            value,
            expression: self.expression(expr, scope),
            because,
            ..self.step(Kind::Default, text)
        };
        self.add(reasons, reason);
    }

    pub(super) fn comparison(
        &mut self,
        expr: &'a Expr,
        op: CompareOp,
        operands: [&'a Expr; 2],
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Compare(_, nodes) = node else {
            return;
        };
        let types = operands.map(|operand| self.type_of(operand));
        let type_ = types[0].clone().or_else(|| types[1].clone());
        let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        let options = matches!(
            type_,
            Some(Type::Boolean | Type::Choice { .. } | Type::Text) | None
        );
        let literal = operands
            .iter()
            .any(|operand| matches!(operand, Expr::Literal(_)));
        let state = self.evaluation.eval(node, scope.at);
        let mut because = Vec::new();
        for (operand, node) in operands.into_iter().zip(nodes.iter()) {
            self.reads(operand, node, scope, &mut because);
        }
        let sentence = match state {
            // What was answered says enough where it is held against one option.
            State::Known(Datum::Bool(_)) if equality && options && literal => None,
            State::Known(Datum::Bool(holds)) => {
                let hint = type_.as_ref();
                let left = self.in_sentence(operands[0], &nodes[0], scope, hint);
                let right = self.in_sentence(operands[1], &nodes[1], scope, hint);
                let dates = type_ == Some(Type::Date);
                left.zip(right)
                    .map(|(left, right)| self.compared(op, holds, dates, &left, &right))
            }
            _ => None,
        };
        self.add_sentence(sentence, expr, scope, because, reasons);
    }

    pub(super) fn one_of(
        &mut self,
        expr: &'a Expr,
        item: &'a Expr,
        list: &'a [Expr],
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::OneOf(item_node, list_nodes) = node else {
            return;
        };
        let type_ = self.type_of(item);
        let mut because = self.reasons(item, item_node, scope);
        let mut items = Vec::with_capacity(list.len());
        for (candidate, node) in list.iter().zip(list_nodes) {
            items.extend(self.figure(candidate, node, scope, type_.as_ref()));
            self.reads(candidate, node, scope, &mut because);
        }
        let state = self.evaluation.eval(node, scope.at);
        let sentence = match state {
            State::Known(Datum::Bool(holds)) if items.len() == list.len() => {
                let key = if holds {
                    "explain.one_of"
                } else {
                    "explain.none_of"
                };
                let list = items
                    .into_iter()
                    .reduce(|a, b| {
                        let both = [("first", a.as_str()), ("second", b.as_str())];
                        self.say("explain.cell.or", &both, || format!("{a} | {b}"))
                    })
                    .unwrap_or_default();
                let item = self.in_sentence(item, item_node, scope, None);
                item.map(|item| {
                    let values = [("item", item.as_str()), ("list", list.as_str())];
                    let sign = if holds { "∈" } else { "∉" };
                    self.say(key, &values, || format!("{item} {sign} {list}"))
                })
            }
            _ => None,
        };
        self.add_sentence(sentence, expr, scope, because, reasons);
    }

    pub(super) fn contains(
        &mut self,
        expr: &'a Expr,
        set: &'a Expr,
        item: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Node::Contains(nodes) = node else {
            return;
        };
        let one = match self.type_of(set) {
            Some(Type::Set { labels }) => Some(Type::Choice { labels }),
            _ => None,
        };
        let mut because = self.reasons(set, &nodes[0], scope);
        self.reads(item, &nodes[1], scope, &mut because);
        let state = self.evaluation.eval(node, scope.at);
        let sentence = match state {
            State::Known(Datum::Bool(holds)) => {
                let key = if holds {
                    "explain.contains"
                } else {
                    "explain.contains.not"
                };
                let set = self.in_sentence(set, &nodes[0], scope, None);
                let item = match item {
                    Expr::Literal(_) => self
                        .figure(item, &nodes[1], scope, one.as_ref())
                        .map(|text| self.quoted(&text)),
                    item => self.in_sentence(item, &nodes[1], scope, one.as_ref()),
                };
                set.zip(item).map(|(set, item)| {
                    let values = [("set", set.as_str()), ("item", item.as_str())];
                    let sign = if holds { "∋" } else { "∌" };
                    self.say(key, &values, || format!("{set} {sign} {item}"))
                })
            }
            _ => None,
        };
        self.add_sentence(sentence, expr, scope, because, reasons);
    }

    /// Adds a sentence with the reasons that it does not name itself; without a sentence, the reasons.
    pub(super) fn add_sentence(
        &mut self,
        sentence: Option<String>,
        expr: &'a Expr,
        scope: Scope<'_, 'a>,
        mut because: Vec<Explanation>,
        reasons: &mut Vec<Explanation>,
    ) {
        let Some(text) = sentence else {
            for reason in because {
                self.add(reasons, reason);
            }
            return;
        };
        because.retain(|reason| !says_no_more(reason));
        let reason = Explanation {
            expression: self.expression(expr, scope),
            because,
            ..self.step(Kind::Comparison, text)
        };
        self.add(reasons, reason);
    }

    /// An operand in a sentence: what has a name is named.
    pub(super) fn in_sentence(
        &self,
        expr: &'a Expr,
        node: &'a Node,
        scope: Scope<'_, 'a>,
        hint: Option<&Type>,
    ) -> Option<String> {
        let figure = match self.evaluation.eval(node, scope.at) {
            State::Known(Datum::Set(items)) if items.is_empty() => self.text("explain.blank"),
            _ => self.figure(expr, node, scope, hint)?,
        };
        Some(match self.short_label(expr) {
            Some(label) => self.named(&label, &figure),
            None => figure
                .strip_prefix('(')
                .and_then(|figure| figure.strip_suffix(')'))
                .unwrap_or(&figure)
                .to_owned(),
        })
    }

    /// Items as a list in a sentence.
    pub(super) fn listed(&self, items: &[String]) -> String {
        format::list(self.texts, items)
    }
}

/// Whether a reason says no more than a sentence that names it with its figure.
fn says_no_more(reason: &Explanation) -> bool {
    let plain = matches!(
        reason.kind,
        Kind::Field | Kind::Group | Kind::Fact | Kind::Value | Kind::Fee | Kind::Entitlement
    );
    plain && reason.because.is_empty() && reason.source.is_none()
}
