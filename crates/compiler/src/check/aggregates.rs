//! One result of many: over the records of a group, or of several values.

use counterfoil_engine::plan::{AggregateOp, Expr, Literal, Requirement};

use super::{Reads, Typed, lowering::Lowering};
use crate::{
    codes,
    expression::{Expr as Source, ExprKind},
    names::Item,
    source::{Span, Spanned},
    types::{Days, NumberType, Type, Whole},
};

impl Lowering<'_, '_> {
    pub(super) fn aggregate(
        &mut self,
        op: AggregateOp,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = match op {
            AggregateOp::Sum => "sum(group.number)",
            _ => "any(group.number > 5)",
        };
        let Some([each]) = self.arguments::<1>(name, arguments, usage) else {
            return Typed::error(span);
        };
        self.aggregated(op, name, each, span)
    }

    fn aggregated(
        &mut self,
        op: AggregateOp,
        name: &Spanned<String>,
        each: Typed,
        span: Span,
    ) -> Typed {
        let list = each.reads;
        if !each.is_list() {
            let message = format!(
                "`{}` works on the records of a group, or on the rows of a table that collects, and \
                 this is one value",
                name.value
            );
            let help = "read a field of a group, as in `group.field`".to_owned();
            return self.clash(codes::LIST_EXPECTED, each.span, message, Some(help));
        }
        let each = self.rounded(each, "what is aggregated");
        if each.type_.is_error() {
            return each;
        }
        let boolean = matches!(op, AggregateOp::Any | AggregateOp::All | AggregateOp::Count);
        let fits = match &each.type_ {
            Type::Boolean => boolean,
            Type::Number(_) => !boolean,
            Type::Date(_) => matches!(op, AggregateOp::Min | AggregateOp::Max),
            Type::Duration(_) if op == AggregateOp::Sum => true,
            Type::Duration(duration) if matches!(op, AggregateOp::Min | AggregateOp::Max) => {
                let pair = (&each, *duration);
                if !self.comparable_durations(pair, pair, each.span) {
                    return Typed::error(span);
                }
                true
            }
            _ => false,
        };
        if !fits {
            let wants = match op {
                AggregateOp::Sum => "numbers or durations",
                AggregateOp::Min | AggregateOp::Max => "numbers, dates or durations",
                _ => "conditions, such as `group.number > 5`",
            };
            return self.wrong_argument(&each, name, wants);
        }
        if !self.present(&each) {
            return Typed::error(span);
        }
        let (least, most) = match list {
            Reads::Each(group) => self.record_counts(group),
            Reads::Rows { look_up, .. } => self.row_counts(look_up),
            Reads::Form | Reads::Record => (1, 1),
        };
        let type_ = match (op, &each.type_) {
            (AggregateOp::Sum, Type::Number(number)) => {
                let bounds = number.bounds.times_count(least, most);
                match bounds {
                    Some(bounds) => NumberType { bounds, ..*number }.fitting(),
                    None => number.multiply(NumberType::integer(0, most.into()), number.unit),
                }
                .map(Type::Number)
            }
            (AggregateOp::Sum, Type::Duration(each)) => Ok(Type::Duration(each.times(Whole {
                min: least.into(),
                max: most.into(),
            }))),
            (AggregateOp::Count, _) => Ok(Type::Number(NumberType::integer(0, most.into()))),
            (AggregateOp::Any | AggregateOp::All, _) => Ok(Type::Boolean),
            (_, type_) => Ok(type_.clone()),
        };
        let op = match (op, &each.type_) {
            (AggregateOp::Sum, Type::Duration(_)) => AggregateOp::SumDurations,
            _ => op,
        };
        let extreme = matches!(op, AggregateOp::Min | AggregateOp::Max);
        let (expr, reads) = match list {
            Reads::Rows { look_up, record } => self.over_rows(op, each.expr, look_up, record),
            Reads::Each(group) => {
                let group = self.checker.names.groups[group].group.group.value.clone();
                let each = Box::new(each.expr);
                (Expr::Aggregate { op, group, each }, Reads::Form)
            }
            Reads::Form | Reads::Record => (each.expr, list),
        };
        self.numeric_result(type_, expr, reads, span)
            .maybe_blank(extreme && least == 0)
    }

    /// Least and greatest number of records where a group's answer is known.
    fn record_counts(&mut self, group: usize) -> (u32, u32) {
        let entry = &self.checker.names.groups[group];
        let (definition, page) = (entry.group, entry.page);
        let always = self.checker.form.pages[page].when.is_none()
            && matches!(self.checker.group_requirement(group), Requirement::Always);
        let least = definition.min.as_ref().map_or(0, |min| min.value);
        (if always { least } else { 0 }, definition.max.value)
    }

    pub(super) fn count(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        if let [
            Source {
                kind: ExprKind::Name(group),
                ..
            },
        ] = arguments
            && let Some(Item::Group(group)) = self.checker.names.resolve(group, self.site.group)
        {
            let (least, most) = self.record_counts(group);
            let id = self.checker.names.groups[group].group.group.value.clone();
            let type_ = Type::Number(NumberType::integer(least.into(), most.into()));
            return Typed::new(Expr::Count(id), type_, span);
        }
        let usage = "count(group)` or `count(group.number > 5)";
        let Some([each]) = self.arguments::<1>(name, arguments, usage) else {
            return Typed::error(span);
        };
        if let (Reads::Rows { .. }, false) = (each.reads, each.type_ == Type::Boolean) {
            let every = Expr::Literal(Literal::Boolean(true));
            let every = Typed::new(every, Type::Boolean, each.span).reading(each.reads);
            return self.aggregated(AggregateOp::Count, name, every, span);
        }
        if let (Some(group), false) = (each.list(), each.type_ == Type::Boolean) {
            let id = self.checker.names.groups[group].group.group.as_str();
            let help = Some(format!(
                "write `count({id})` for the number of records, or give a condition"
            ));
            let message = "`count` counts records or conditions that hold".to_owned();
            return self.clash(codes::TYPE_CLASH, each.span, message, help);
        }
        self.aggregated(AggregateOp::Count, name, each, span)
    }

    /// `min` and `max`: of one list, or of several values.
    pub(super) fn extreme(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let greatest = name.value == "max";
        if arguments.len() < 2 {
            let usage = format!("{0}(group.number)` or `{0}(a, b)", name.value);
            let Some([each]) = self.arguments::<1>(name, arguments, &usage) else {
                return Typed::error(span);
            };
            let op = if greatest {
                AggregateOp::Max
            } else {
                AggregateOp::Min
            };
            return self.aggregated(op, name, each, span);
        }
        let operands: Vec<Typed> = arguments.iter().map(|source| self.expr(source)).collect();
        let joined = self.join(&operands, span);
        let mut result: Option<Typed> = None;
        let mut exprs = Vec::with_capacity(operands.len());
        for operand in operands {
            let (so_far, operand) = match result {
                None => (None, operand),
                Some(so_far) => {
                    let (so_far, operand) = self.agreed(so_far, operand);
                    (Some(so_far), operand)
                }
            };
            if !operand.type_.is_error()
                && operand.type_.numeric().is_none()
                && !matches!(operand.type_, Type::Date(_) | Type::Duration(_))
            {
                return self.wrong_argument(&operand, name, "numbers, dates or durations");
            }
            if let Some(so_far) = &so_far
                && let (Type::Duration(a), Type::Duration(b)) = (&so_far.type_, &operand.type_)
                && !self.comparable_durations((so_far, *a), (&operand, *b), span)
            {
                return Typed::error(span);
            }
            let present = self.present(&operand);
            let type_ = match &so_far {
                _ if !present => Type::Error,
                None => operand.type_.clone(),
                Some(so_far) => {
                    let rule = format!("`{}` wants values of one type", name.value);
                    let either = self.unify(so_far, &operand, span, &rule);
                    narrowed(either, &so_far.type_, &operand.type_, greatest)
                }
            };
            // A first date that was written as a text has been read as one by now.
            if let Some(so_far) = so_far
                && exprs.len() == 1
            {
                exprs[0] = so_far.expr;
            }
            exprs.push(operand.expr.clone());
            result = Some(Typed { type_, ..operand });
        }
        let (Some(reads), Some(result)) = (joined, result) else {
            return Typed::error(span);
        };
        if result.type_.is_error() {
            return Typed::error(span);
        }
        let expr = if greatest {
            Expr::Max(exprs)
        } else {
            Expr::Min(exprs)
        };
        Typed::new(expr, result.type_, span).reading(reads)
    }
}

/// The type of the smaller or greater of two values, whose hull is known.
fn narrowed(either: Type, a: &Type, b: &Type, greatest: bool) -> Type {
    match (either, a, b) {
        (Type::Number(either), Type::Number(a), Type::Number(b)) => {
            let bounds = if greatest {
                a.bounds.greater(b.bounds)
            } else {
                a.bounds.smaller(b.bounds)
            };
            Type::Number(NumberType { bounds, ..either })
        }
        (Type::Date(_), Type::Date(a), Type::Date(b)) => Type::Date(if greatest {
            Days {
                min: a.min.max(b.min),
                max: a.max.max(b.max),
            }
        } else {
            Days {
                min: a.min.min(b.min),
                max: a.max.min(b.max),
            }
        }),
        (either, ..) => either,
    }
}
