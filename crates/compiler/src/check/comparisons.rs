//! Comparisons, and `in`.

use counterfoil_engine::plan::{CompareOp, Expr};

use super::{Reads, Typed, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::{BinaryOp, Expr as Source, ExprKind},
    source::Span,
    types::{Numeric, QuotientType, Type, Unit},
};

impl Lowering<'_, '_> {
    pub(super) fn comparison(
        &mut self,
        op: BinaryOp,
        left: Typed,
        right: Typed,
        span: Span,
    ) -> Typed {
        let (left, right) = self.agreed(left, right);
        let equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        if !self.comparable(op, &left, &right, span)
            || !(equality || (self.present(&left) & self.present(&right)))
        {
            return Typed::error(span);
        }
        let Some(reads) = self.join(&[left.clone(), right.clone()], span) else {
            return Typed::error(span);
        };
        let expr = Expr::Compare {
            op: compare_op(op),
            left: Box::new(left.expr),
            right: Box::new(right.expr),
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    pub(super) fn comparable(
        &mut self,
        op: BinaryOp,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> bool {
        let equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let problem = match (&left.type_, &right.type_) {
            (Type::Error, _) | (_, Type::Error) => return false,
            (a, b) if a.numeric().is_some() && b.numeric().is_some() => {
                return self.comparable_numbers(left, right, span);
            }
            (Type::Date(_), Type::Date(_)) => None,
            (Type::Duration(a), Type::Duration(b)) => {
                return self.comparable_durations((left, *a), (right, *b), span);
            }
            (Type::Range(_), Type::Range(_)) if equality => None,
            (Type::Boolean, Type::Boolean) | (Type::Text { .. }, Type::Text { .. }) if equality => {
                None
            }
            (Type::Choice(a), Type::Choice(b)) if a == b && equality => None,
            (Type::Choice(a), Type::Choice(b)) if equality => Some((
                format!(
                    "the options of `{}` and of `{}` have nothing to do with each other",
                    a.set.id, b.set.id
                ),
                "options compare only with options of the same set; give both fields one of \
                 `option_sets`"
                    .to_owned(),
            )),
            (Type::Set(_), _) | (_, Type::Set(_)) => Some((
                "a set of options is not compared as a whole".to_owned(),
                "ask for each option: `\"option\" in …`".to_owned(),
            )),
            (a, b) if std::mem::discriminant(a) == std::mem::discriminant(b) => Some((
                format!("`{}` puts in order what has none: {a}", op.symbol()),
                "use `==` or `!=`".to_owned(),
            )),
            (a, b) => {
                let message = format!("`{}` compares {a} with {b}", op.symbol());
                let found = Diagnostic::error(codes::TYPE_CLASH, span, message)
                    .label(left.span, a.to_string())
                    .label(right.span, b.to_string());
                let found = match self.meant_beside(op, (left, right), span) {
                    Some((help, Some((place, instead)))) => {
                        found.help(help).suggest(place, instead)
                    }
                    Some((help, None)) => found.help(help),
                    None => found.help("compare values of one type"),
                };
                self.error(found);
                return false;
            }
        };
        match problem {
            None => true,
            Some((message, help)) => {
                self.clash(codes::TYPE_CLASH, span, message, Some(help));
                false
            }
        }
    }

    fn comparable_numbers(&mut self, left: &Typed, right: &Typed, span: Span) -> bool {
        let (Some(a), Some(b)) = (left.type_.numeric(), right.type_.numeric()) else {
            return false;
        };
        let (Numeric::Number(_), Numeric::Number(_)) = (a, b) else {
            let (a, b) = (QuotientType::from(a), QuotientType::from(b));
            if self.same_unit(a.unit, b.unit, left, right, span).is_none() {
                return false;
            }
            // Quotients are compared by multiplying crosswise.
            let result = a.add(b, Unit::None).map(Type::Quotient);
            let typed = self.numeric_result(result, Expr::Blank, Reads::Form, span);
            return !typed.type_.is_error();
        };
        let (a, b) = (QuotientType::from(a).unit, QuotientType::from(b).unit);
        self.same_unit(a, b, left, right, span).is_some()
    }

    pub(super) fn contained(&mut self, item: &Source, list: &Source, span: Span) -> Typed {
        let item = self.expr(item);
        if let ExprKind::List(candidates) = &list.kind {
            return self.one_of(item, candidates, span);
        }
        let set = self.expr(list);
        if item.type_.is_error() || set.type_.is_error() {
            return Typed::error(span);
        }
        if matches!(set.type_, Type::Range(_)) {
            return self.in_range(item, set, span);
        }
        if let Reads::Rows { .. } = set.reads {
            return self.in_rows(item, set, span);
        }
        let Type::Set(options) = set.type_.clone() else {
            return self.no_set(&item, &set, span);
        };
        let item = self.coerced(item, &Type::Choice(options.clone()));
        match &item.type_ {
            Type::Error => return Typed::error(span),
            Type::Choice(choice) if *choice == options => {}
            other => {
                let message = format!("`{}` holds options, and this is {other}", options.set.id);
                return self.clash(codes::TYPE_CLASH, item.span, message, None);
            }
        }
        if !matches!(set.expr, Expr::Field(_) | Expr::Value(_) | Expr::Fact(_)) {
            let message = "what stands after `in` must be the name of a set".to_owned();
            let help = "put the `in` into each branch".to_owned();
            return self.clash(codes::TYPE_CLASH, set.span, message, Some(help));
        }
        let Some(reads) = self.join(&[item.clone(), set.clone()], span) else {
            return Typed::error(span);
        };
        let expr = Expr::Contains {
            set: Box::new(set.expr),
            item: Box::new(item.expr),
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    fn no_set(&mut self, item: &Typed, set: &Typed, span: Span) -> Typed {
        let (a, b) = (self.checker.text(item.span), self.checker.text(set.span));
        let help = if set.list().is_some() {
            format!("to ask whether some record has it, write `any({b} == {a})`")
        } else {
            "after `in` stands a set of options or a list such as `[\"a\", \"b\"]`".to_owned()
        };
        let message = format!("`{b}` is {}, so nothing is in it", set.type_);
        self.clash(codes::TYPE_CLASH, span, message, Some(help))
    }

    fn one_of(&mut self, item: Typed, candidates: &[Source], span: Span) -> Typed {
        let mut reads = Some(item.reads);
        let mut list = Vec::with_capacity(candidates.len());
        let mut sound = !item.type_.is_error();
        for candidate in candidates {
            let word = candidate;
            let candidate = self.expr(word);
            self.explain_bare_word(word, &item);
            let candidate = self.coerced(candidate, &item.type_);
            sound &= !candidate.type_.is_error() && self.present(&candidate);
            if sound {
                sound &= self.comparable(BinaryOp::Equal, &item, &candidate, candidate.span);
            }
            let so_far = Typed::new(Expr::Blank, Type::Error, span);
            reads = reads.and_then(|reads| {
                self.join(&[so_far.clone().reading(reads), candidate.clone()], span)
            });
            list.push(candidate.expr);
        }
        let Some(reads) = reads.filter(|_| sound) else {
            return Typed::error(span);
        };
        let expr = Expr::OneOf {
            item: Box::new(item.expr),
            list,
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }
}

const fn compare_op(op: BinaryOp) -> CompareOp {
    match op {
        BinaryOp::NotEqual => CompareOp::NotEqual,
        BinaryOp::Less => CompareOp::Less,
        BinaryOp::AtMost => CompareOp::AtMost,
        BinaryOp::Greater => CompareOp::Greater,
        BinaryOp::AtLeast => CompareOp::AtLeast,
        _ => CompareOp::Equal,
    }
}
