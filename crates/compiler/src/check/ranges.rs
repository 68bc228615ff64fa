//! Ranges of days: how they are written, their ends, and what is counted in them.

use counterfoil_engine::{number::Number, plan::Expr};

use super::{Reads, Typed, lowering::Lowering};
use crate::{
    codes,
    diagnostic::Diagnostic,
    expression::Expr as Source,
    source::{Span, Spanned},
    types::{Bounds, Days, NumberType, RangeType, Type},
};

/// Parts of a list as the plan has them, with what was written.
pub(super) struct Parts {
    /// Single values and lists, in order.
    pub exprs: Vec<Expr>,
    /// What was written for each, those of lists with what the list holds.
    pub typed: Vec<Typed>,
    /// What the single values read together.
    pub reads: Reads,
}

impl Lowering<'_, '_> {
    /// `range(start, end)`.
    pub(super) fn range(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = "range(first_day, last_day)";
        let Some([start, end]) = self.arguments::<2>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let (start, end) = (self.date(start, name), self.date(end, name));
        let (Some((start, first)), Some((end, last))) = (start, end) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[start.clone(), end.clone()], span) else {
            return Typed::error(span);
        };
        let type_ = RangeType {
            start: first,
            end: last,
        };
        if type_.most_days() == 0 {
            return self.error(
                Diagnostic::error(
                    codes::EMPTY_RANGE,
                    span,
                    format!("there is no day from {} to {}", first.min, last.max),
                )
                .help("write the earlier day first; both days are in the range"),
            );
        }
        let expr = Expr::Range(Box::new(start.expr), Box::new(end.expr));
        Typed::new(expr, Type::Range(type_), span).reading(reads)
    }

    /// An argument that must be a range and is never blank.
    fn range_argument(
        &mut self,
        argument: Typed,
        name: &Spanned<String>,
    ) -> Option<(Typed, RangeType)> {
        match argument.type_ {
            Type::Range(type_) => self.present(&argument).then_some((argument, type_)),
            Type::Error => None,
            _ => {
                self.wrong_argument(
                    &argument,
                    name,
                    "a range of days, such as `range(first, last)`",
                );
                None
            }
        }
    }

    /// `overlap(r, s)`.
    pub(super) fn overlap(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let Some([a, b]) = self.arguments::<2>(name, arguments, "overlap(range, range)") else {
            return Typed::error(span);
        };
        let (a, b) = (self.range_argument(a, name), self.range_argument(b, name));
        let (Some((a, first)), Some((b, second))) = (a, b) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[a.clone(), b.clone()], span) else {
            return Typed::error(span);
        };
        let expr = Expr::Overlap(Box::new(a.expr), Box::new(b.expr));
        Typed::new(expr, Type::Range(first.overlap(second)), span).reading(reads)
    }

    /// `days_in(r)`.
    pub(super) fn days_in(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let Some([range]) = self.arguments::<1>(name, arguments, "days_in(range)") else {
            return Typed::error(span);
        };
        let Some((range, type_)) = self.range_argument(range, name) else {
            return Typed::error(span);
        };
        let number = NumberType::integer(type_.least_days(), type_.most_days());
        let expr = Expr::DaysIn(Box::new(range.expr));
        Typed::new(expr, Type::Number(number), span).reading(range.reads)
    }

    /// `r.start` and `r.end`; `None` where the base is no range.
    pub(super) fn end_of_range(
        &mut self,
        base: &Typed,
        name: &Spanned<String>,
        span: Span,
    ) -> Option<Typed> {
        let Type::Range(type_) = base.type_ else {
            return None;
        };
        let operand = Box::new(base.expr.clone());
        let (expr, days) = match name.value.as_str() {
            "start" => (Expr::RangeStart(operand), type_.start),
            "end" => (Expr::RangeEnd(operand), type_.end),
            _ => {
                let diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    name.span,
                    format!("a range of days has no `{}`", name.value),
                );
                return Some(self.error(diagnostic.help("it has a `start` and an `end`")));
            }
        };
        if !self.present(base) {
            return Some(Typed::error(span));
        }
        Some(Typed::new(expr, Type::Date(days), span).reading(base.reads))
    }

    /// `date in r`.
    pub(super) fn in_range(&mut self, item: Typed, range: Typed, span: Span) -> Typed {
        let item = self.coerced(item, &Type::Date(Days::ALL));
        match &item.type_ {
            Type::Error => return Typed::error(span),
            Type::Date(_) => {}
            other => {
                let message = format!("a range holds dates, and this is {other}");
                return self.clash(codes::TYPE_CLASH, item.span, message, None);
            }
        }
        let Some(reads) = self.join(&[item.clone(), range.clone()], span) else {
            return Typed::error(span);
        };
        let expr = Expr::InRange {
            item: Box::new(item.expr),
            range: Box::new(range.expr),
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// `day_count(ranges)`.
    pub(super) fn day_count(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let Some((parts, type_)) = self.ranges(name, arguments, "day_count(group.range)") else {
            return Typed::error(span);
        };
        // Several ranges may be one and the same, and a list may be empty.
        let least = match parts.typed.as_slice() {
            [only] if only.list().is_none() => type_.least_days(),
            _ => 0,
        };
        let number = NumberType::integer(least, type_.most_days());
        let expr = Expr::DayCount(parts.exprs);
        Typed::new(expr, Type::Number(number), span).reading(parts.reads)
    }

    /// `weekday_count(monday, ranges)`.
    pub(super) fn weekday_count(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let usage = "weekday_count(monday, group.range)";
        let [weekday, ranges @ ..] = arguments else {
            return self.too_few(name, usage);
        };
        let weekday = self.expr(weekday);
        let weekday = self.whole_number(weekday, name);
        let ranges = self.ranges(name, ranges, usage);
        let (Some((weekday, bounds)), Some((parts, type_))) = (weekday, ranges) else {
            return Typed::error(span);
        };
        if !Bounds::of_ints(1, 7).covers(bounds) {
            let text = self.checker.text(weekday.span);
            let possible = bounds.min <= Number::from_int(7) && bounds.max >= Number::from_int(1);
            let message = if possible {
                format!("`{text}` is not always a day of the week")
            } else {
                format!("`{text}` is no day of the week")
            };
            return self.error(
                Diagnostic::error(codes::WEEKDAY, weekday.span, message)
                    .help("write `monday` to `sunday`, or a number that is always from 1 to 7"),
            );
        }
        let so_far = Typed::new(Expr::Blank, Type::Error, span).reading(parts.reads);
        let Some(reads) = self.join(&[weekday.clone(), so_far], span) else {
            return Typed::error(span);
        };
        let number = NumberType::integer(0, (type_.most_days() + 6) / 7);
        let expr = Expr::WeekdayCount {
            weekday: Box::new(weekday.expr),
            ranges: parts.exprs,
        };
        Typed::new(expr, Type::Number(number), span).reading(reads)
    }

    pub(super) fn too_few(&mut self, name: &Spanned<String>, usage: &str) -> Typed {
        let message = format!("`{}` needs more than this", name.value);
        let help = Some(format!("write `{usage}`"));
        self.clash(codes::ARGUMENTS, name.span, message, help)
    }

    /// One or more ranges or lists of them, with the type around all.
    fn ranges(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        usage: &str,
    ) -> Option<(Parts, RangeType)> {
        if arguments.is_empty() {
            self.too_few(name, usage);
            return None;
        }
        let typed: Vec<Typed> = arguments.iter().map(|source| self.expr(source)).collect();
        let mut all: Option<RangeType> = None;
        let mut sound = true;
        for typed in &typed {
            match self.range_argument(typed.clone(), name) {
                Some((_, type_)) => all = Some(all.map_or(type_, |all| all.hull(type_))),
                None => sound = false,
            }
        }
        let parts = self.parts(typed, arguments.first()?.span)?;
        all.filter(|_| sound).map(|all| (parts, all))
    }

    /// Single values and lists as the parts of one list.
    pub(super) fn parts(&mut self, typed: Vec<Typed>, span: Span) -> Option<Parts> {
        let mut singles = Vec::new();
        let mut exprs = Vec::with_capacity(typed.len());
        for part in &typed {
            match part.list() {
                Some(group) => exprs.push(Expr::Each {
                    group: self.checker.names.groups[group].group.group.value.clone(),
                    each: Box::new(part.expr.clone()),
                }),
                None => {
                    singles.push(part.clone());
                    exprs.push(part.expr.clone());
                }
            }
        }
        let reads = self.join(&singles, span)?;
        Some(Parts {
            exprs,
            typed,
            reads,
        })
    }
}
