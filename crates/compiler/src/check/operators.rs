//! Operators: arithmetic, comparisons, `in` and `??`.

use counterfoil_engine::{
    date::Day,
    plan::{CompareOp, Expr, Literal},
};

use super::{Assumption, Reads, Typed, lowering::Lowering};
use crate::{
    closest::closest,
    codes,
    diagnostic::Diagnostic,
    expression::{BinaryOp, Expr as Source, ExprKind},
    source::Span,
    types::{ChoiceType, Days, Numeric, QuotientType, TooManyDigits, Type, Unit},
};

impl Lowering<'_, '_> {
    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        left: &Source,
        right: &Source,
        span: Span,
    ) -> Typed {
        match op {
            BinaryOp::Default => self.default(left, right, span),
            BinaryOp::In => self.contained(left, right, span),
            _ => {
                let left = self.expr(left);
                let right = self.expr(right);
                if op.is_comparison() {
                    self.comparison(op, left, right, span)
                } else {
                    self.arithmetic(op, left, right, span)
                }
            }
        }
    }

    pub(super) fn negate(&mut self, operand: &Source, span: Span) -> Typed {
        let operand = self.expr(operand);
        let (type_, present) = match &operand.type_ {
            Type::Error => return Typed::error(span),
            Type::Number(number) => (Type::Number(number.negate()), self.present(&operand)),
            Type::Quotient(quotient) => (Type::Quotient(quotient.negate()), true),
            other => {
                let message = format!("only a number can be negated, and this is {other}");
                return self.clash(codes::TYPE_CLASH, operand.span, message, None);
            }
        };
        if !present {
            return Typed::error(span);
        }
        let expr = match operand.expr {
            Expr::Literal(Literal::Number(number)) => Expr::Literal(Literal::Number(-number)),
            expr => Expr::Negate(Box::new(expr)),
        };
        Typed::new(expr, type_, span).reading(operand.reads)
    }

    fn default(&mut self, first: &Source, second: &Source, span: Span) -> Typed {
        let first = self.expr(first);
        let outer = self.assumed.len();
        if !first.type_.is_error() {
            self.assumed.push(Assumption::answered(&first, false));
        }
        let second = self.expr(second);
        let second = self.settled(second);
        self.assumed.truncate(outer);
        let first = self.settled(first);
        let joined = self.join(&[first.clone(), second.clone()], span);
        let (first, second) = self.agreed(first, second);
        let type_ = self.unify(
            &first,
            &second,
            span,
            "both sides of `??` must be of one type",
        );
        let Some(reads) = joined.filter(|_| !type_.is_error()) else {
            return Typed::error(span);
        };
        let blank = first.blank && second.blank;
        let expr = Expr::Default(Box::new(first.expr), Box::new(second.expr));
        Typed::new(expr, type_, span)
            .reading(reads)
            .maybe_blank(blank)
    }

    fn comparison(&mut self, op: BinaryOp, left: Typed, right: Typed, span: Span) -> Typed {
        let (left, right) = self.agreed(left, right);
        let equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        if !equality && !(self.present(&left) & self.present(&right)) {
            return Typed::error(span);
        }
        let Some(reads) = self.join(&[left.clone(), right.clone()], span) else {
            return Typed::error(span);
        };
        if !self.comparable(op, &left, &right, span) {
            return Typed::error(span);
        }
        let expr = Expr::Compare {
            op: compare_op(op),
            left: Box::new(left.expr),
            right: Box::new(right.expr),
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    fn comparable(&mut self, op: BinaryOp, left: &Typed, right: &Typed, span: Span) -> bool {
        let equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let problem = match (&left.type_, &right.type_) {
            (Type::Error, _) | (_, Type::Error) => return false,
            (a, b) if a.numeric().is_some() && b.numeric().is_some() => {
                return self.comparable_numbers(left, right, span);
            }
            (Type::Date(_), Type::Date(_)) => None,
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
            (a, b) => Some((
                format!("`{}` compares {a} with {b}", op.symbol()),
                "compare values of one type".to_owned(),
            )),
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

    fn same_unit(
        &mut self,
        a: Unit,
        b: Unit,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> Option<Unit> {
        let unit = a.same(b);
        if unit.is_none() {
            let (money, plain) = if a == Unit::Money {
                (left, right)
            } else {
                (right, left)
            };
            let message = format!(
                "`{}` is money and `{}` is a plain number",
                self.checker.text(money.span),
                self.checker.text(plain.span)
            );
            let help =
                "money goes with money; multiply a number with an amount to get money".to_owned();
            self.clash(codes::UNIT_CLASH, span, message, Some(help));
        }
        unit
    }

    fn arithmetic(&mut self, op: BinaryOp, left: Typed, right: Typed, span: Span) -> Typed {
        let (Some(a), Some(b)) = (left.type_.numeric(), right.type_.numeric()) else {
            if left.type_.is_error() || right.type_.is_error() {
                return Typed::error(span);
            }
            return self.not_arithmetic(op, &left, &right, span);
        };
        let present = self.present(&left) & self.present(&right);
        let joined = self.join(&[left.clone(), right.clone()], span);
        let Some(reads) = joined.filter(|_| present) else {
            return Typed::error(span);
        };
        let units = (QuotientType::from(a).unit, QuotientType::from(b).unit);
        let unit = match op {
            BinaryOp::Multiply => units.0.product(units.1),
            BinaryOp::Divide => units.0.quotient(units.1),
            _ => match self.same_unit(units.0, units.1, &left, &right, span) {
                Some(unit) => Some(unit),
                None => return Typed::error(span),
            },
        };
        let Some(unit) = unit else {
            let message = match op {
                BinaryOp::Multiply => "money times money is nothing that a form can pay",
                _ => "a plain number divided by money is nothing that a form can use",
            };
            let help = "one of the two must be a plain number".to_owned();
            return self.clash(codes::UNIT_CLASH, span, message.to_owned(), Some(help));
        };
        if op == BinaryOp::Divide {
            self.report_zero_divisor(&right, b);
        }
        let type_ = match (op, a, b) {
            (BinaryOp::Add, Numeric::Number(a), Numeric::Number(b)) => {
                a.add(b, unit).map(Type::Number)
            }
            (BinaryOp::Subtract, Numeric::Number(a), Numeric::Number(b)) => {
                a.add(b.negate(), unit).map(Type::Number)
            }
            (BinaryOp::Multiply, Numeric::Number(a), Numeric::Number(b)) => {
                a.multiply(b, unit).map(Type::Number)
            }
            (op, a, b) => {
                let (a, b) = (QuotientType::from(a), QuotientType::from(b));
                match op {
                    BinaryOp::Add => a.add(b, unit),
                    BinaryOp::Subtract => a.add(b.negate(), unit),
                    BinaryOp::Multiply => a.multiply(b, unit),
                    _ => a.divide(b, unit),
                }
                .map(Type::Quotient)
            }
        };
        let (left, right) = (left.expr, right.expr);
        let expr = match op {
            BinaryOp::Add => Expr::Add(flattened(left, right, |expr| match expr {
                Expr::Add(operands) => Ok(operands),
                other => Err(other),
            })),
            BinaryOp::Multiply => Expr::Multiply(flattened(left, right, |expr| match expr {
                Expr::Multiply(operands) => Ok(operands),
                other => Err(other),
            })),
            BinaryOp::Subtract => Expr::Subtract(Box::new(left), Box::new(right)),
            _ => Expr::Divide(Box::new(left), Box::new(right)),
        };
        self.numeric_result(type_, expr, reads, span)
    }

    fn not_arithmetic(&mut self, op: BinaryOp, left: &Typed, right: &Typed, span: Span) -> Typed {
        let text = |typed: &Typed| self.checker.text(typed.span).to_owned();
        let (a, b) = (text(left), text(right));
        let message = format!(
            "`{}` needs two numbers, and these are {} and {}",
            op.symbol(),
            left.type_,
            right.type_
        );
        let help = match (op, &left.type_, &right.type_) {
            (BinaryOp::Subtract, Type::Date(_), Type::Date(_)) => Some(format!(
                "write `days_between({b}, {a})` for the days from `{b}` to `{a}`"
            )),
            (BinaryOp::Add, Type::Date(_), Type::Number(_)) => Some(format!(
                "write `add_days({a}, {b})`, or `add_months` or `add_years`"
            )),
            (BinaryOp::Subtract, Type::Date(_), Type::Number(_)) => Some(format!(
                "write `add_days({a}, -({b}))`, or `add_months` or `add_years`"
            )),
            (_, Type::Boolean, _) | (_, _, Type::Boolean) => {
                Some("to count something where it holds, write `if … { 1 } else { 0 }`".to_owned())
            }
            _ => None,
        };
        self.clash(codes::TYPE_CLASH, span, message, help)
    }

    /// A result of arithmetic, unless it needs too many digits.
    pub(super) fn numeric_result(
        &mut self,
        type_: Result<Type, TooManyDigits>,
        expr: Expr,
        reads: Reads,
        span: Span,
    ) -> Typed {
        match type_ {
            Ok(type_) => Typed::new(expr, type_, span).reading(reads),
            Err(error) => {
                let digits = match error.digits {
                    Some(digits) => format!("{digits} digits"),
                    None => "more digits than can be counted".to_owned(),
                };
                self.error(
                    Diagnostic::error(
                        codes::TOO_MANY_DIGITS,
                        span,
                        format!("the result may need {digits}; at most 28 are exact"),
                    )
                    .help("give the fields narrower limits, or round a part of it first"),
                )
            }
        }
    }

    /// A divisor that can be zero makes the figure fail for some answers.
    fn report_zero_divisor(&mut self, divisor: &Typed, type_: Numeric) {
        use counterfoil_engine::number::Number;

        let bounds = match type_ {
            Numeric::Number(number) => Some(number.bounds),
            Numeric::Quotient(quotient) => quotient.bounds,
        };
        if bounds.is_some_and(|bounds| !bounds.contains(Number::ZERO)) {
            return;
        }
        let text = self.checker.text(divisor.span).to_owned();
        if matches!(divisor.expr, Expr::Literal(_)) {
            self.error(Diagnostic::error(
                codes::ZERO_DIVISOR,
                divisor.span,
                "nothing can be divided by zero",
            ));
            return;
        }
        let zero = || Box::new(Expr::Literal(Literal::Number(Number::ZERO)));
        let against_zero = |op: CompareOp| Expr::Compare {
            op,
            left: Box::new(divisor.expr.clone()),
            right: zero(),
        };
        let excluded = [CompareOp::NotEqual, CompareOp::Greater, CompareOp::Less]
            .map(against_zero)
            .iter()
            .any(|condition| self.implies(condition, divisor.reads));
        if excluded {
            return;
        }
        let help = format!(
            "divide only where it is not: `if {text} > 0 {{ … }} else {{ … }}`, or give it a `min` \
             above 0"
        );
        // For a field the answer 0 shows it; of anything else it is only not proved.
        let diagnostic = if matches!(divisor.expr, Expr::Field(_) | Expr::Fact(_)) {
            Diagnostic::warning(
                codes::ZERO_DIVISOR,
                divisor.span,
                format!("`{text}` may be 0, and then there is no result"),
            )
        } else {
            Diagnostic::note(
                codes::ZERO_DIVISOR,
                divisor.span,
                format!("not proved: `{text}` is never 0"),
            )
        };
        self.diagnostics.push(diagnostic.help(help));
    }

    fn contained(&mut self, item: &Source, list: &Source, span: Span) -> Typed {
        let item = self.expr(item);
        if let ExprKind::List(candidates) = &list.kind {
            return self.one_of(item, candidates, span);
        }
        let set = self.expr(list);
        if item.type_.is_error() || set.type_.is_error() {
            return Typed::error(span);
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
            let candidate = self.expr(candidate);
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

    /// Two operands, each literal text among them read as what the other is.
    pub(super) fn agreed(&mut self, left: Typed, right: Typed) -> (Typed, Typed) {
        let left = self.coerced(left, &right.type_);
        let right = self.coerced(right, &left.type_);
        (left, right)
    }

    /// A literal text as the option or date that is expected in its place.
    pub(super) fn coerced(&mut self, typed: Typed, expected: &Type) -> Typed {
        if typed.type_ != (Type::Text { literal: true }) {
            return typed;
        }
        match expected {
            Type::Choice(choice) | Type::Set(choice) => self.as_option(typed, choice),
            Type::Date(_) => self.as_date(typed),
            _ => typed,
        }
    }

    fn as_option(&mut self, typed: Typed, choice: &ChoiceType) -> Typed {
        let mut unknown = None;
        visit_texts(&typed.expr, &mut |text| {
            if !choice.set.options.iter().any(|option| option == text) {
                unknown = Some(text.to_owned());
            }
        });
        let Some(written) = unknown else {
            let type_ = Type::Choice(choice.clone());
            return Typed { type_, ..typed };
        };
        let options = &choice.set.options;
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_OPTION,
            typed.span,
            format!("`{}` has no option \"{written}\"", choice.set.id),
        );
        let all = options.iter().map(|option| format!("\"{option}\""));
        diagnostic = match closest(&written, options.iter().map(String::as_str)) {
            Some(meant) => {
                let diagnostic = diagnostic.help(format!("is \"{meant}\" meant?"));
                // The place of the text itself is known where it stands alone.
                if matches!(typed.expr, Expr::Literal(_)) {
                    diagnostic.suggest(typed.span, format!("\"{meant}\""))
                } else {
                    diagnostic
                }
            }
            None => diagnostic.help(format!(
                "its options are {}",
                all.collect::<Vec<_>>().join(", ")
            )),
        };
        self.error(diagnostic)
    }

    fn as_date(&mut self, typed: Typed) -> Typed {
        let mut days: Option<Days> = None;
        let mut wrong = None;
        visit_texts(&typed.expr, &mut |text| match text.parse::<Day>() {
            Ok(day) => {
                let point = Days { min: day, max: day };
                days = Some(days.map_or(point, |days| days.hull(point)));
            }
            Err(_) => wrong = Some(text.to_owned()),
        });
        if let Some(text) = wrong {
            return self.error(
                Diagnostic::error(
                    codes::TYPE_CLASH,
                    typed.span,
                    format!("\"{text}\" is no date"),
                )
                .help("write a date as \"2026-01-31\""),
            );
        }
        Typed {
            expr: texts_to_dates(typed.expr),
            type_: Type::Date(days.unwrap_or(Days::ALL)),
            ..typed
        }
    }

    /// The type of what is one of two values.
    pub(super) fn unify(&mut self, a: &Typed, b: &Typed, span: Span, rule: &str) -> Type {
        match (&a.type_, &b.type_) {
            (Type::Error, _) | (_, Type::Error) => Type::Error,
            (Type::Boolean, Type::Boolean) => Type::Boolean,
            (Type::Text { literal: x }, Type::Text { literal: y }) => {
                Type::Text { literal: *x && *y }
            }
            (Type::Date(x), Type::Date(y)) => Type::Date(x.hull(*y)),
            (Type::Choice(x), Type::Choice(y)) if x == y => Type::Choice(x.clone()),
            (Type::Set(x), Type::Set(y)) if x == y => Type::Set(x.clone()),
            (x, y) => {
                let (Some(x), Some(y)) = (x.numeric(), y.numeric()) else {
                    let message = format!("{rule}, and these are {} and {}", a.type_, b.type_);
                    return self.clash(codes::TYPE_CLASH, span, message, None).type_;
                };
                let units = (QuotientType::from(x).unit, QuotientType::from(y).unit);
                let Some(unit) = self.same_unit(units.0, units.1, a, b, span) else {
                    return Type::Error;
                };
                let type_ = match (x, y) {
                    (Numeric::Number(x), Numeric::Number(y)) => x.either(y, unit).map(Type::Number),
                    (x, y) => Ok(Type::Quotient(QuotientType::from(x).either(y.into(), unit))),
                };
                self.numeric_result(type_, Expr::Blank, Reads::Form, span)
                    .type_
            }
        }
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

/// The operands of a chain whose left end may be one already.
fn flattened(
    left: Expr,
    right: Expr,
    chain: impl FnOnce(Expr) -> Result<Vec<Expr>, Expr>,
) -> Vec<Expr> {
    let mut operands = chain(left).unwrap_or_else(|single| vec![single]);
    operands.push(right);
    operands
}

/// The texts that an expression of literals can come to.
fn visit_texts(expr: &Expr, visit: &mut dyn FnMut(&str)) {
    match expr {
        Expr::Literal(Literal::Text(text)) => visit(text),
        Expr::If {
            then, otherwise, ..
        } => {
            visit_texts(then, visit);
            visit_texts(otherwise, visit);
        }
        Expr::Default(first, second) => {
            visit_texts(first, visit);
            visit_texts(second, visit);
        }
        _ => {}
    }
}

fn texts_to_dates(expr: Expr) -> Expr {
    match expr {
        Expr::Literal(Literal::Text(text)) => match text.parse() {
            Ok(day) => Expr::Literal(Literal::Date(day)),
            Err(_) => Expr::Literal(Literal::Text(text)),
        },
        Expr::If {
            condition,
            then,
            otherwise,
        } => Expr::If {
            condition,
            then: Box::new(texts_to_dates(*then)),
            otherwise: Box::new(texts_to_dates(*otherwise)),
        },
        Expr::Default(first, second) => Expr::Default(
            Box::new(texts_to_dates(*first)),
            Box::new(texts_to_dates(*second)),
        ),
        other => other,
    }
}
