//! Functions: rounding, aggregates, smallest and greatest, dates.

use counterfoil_engine::{
    date::Day,
    number::Number,
    plan::{AggregateOp, Expr, RoundMode},
};

use super::{
    Reads, Typed,
    lowering::{FUNCTIONS, Lowering},
};
use crate::{
    closest::closest,
    codes,
    definition::Rounding,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    names::Item,
    source::{Span, Spanned},
    types::{Bounds, Days, NumberType, Numeric, QuotientType, Type, Unit},
};

impl Lowering<'_, '_> {
    pub(super) fn call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        match name.as_str() {
            "round" => {
                let mode = match self.checker.form.rounding {
                    Rounding::HalfUp => RoundMode::HalfUp,
                    Rounding::HalfEven => RoundMode::HalfEven,
                };
                self.round(mode, name, arguments, span)
            }
            "round_up" => self.round(RoundMode::Up, name, arguments, span),
            "round_down" => self.round(RoundMode::Down, name, arguments, span),
            "round_even" => self.round(RoundMode::HalfEven, name, arguments, span),
            "sum" => self.aggregate(AggregateOp::Sum, name, arguments, span),
            "any" => self.aggregate(AggregateOp::Any, name, arguments, span),
            "all" => self.aggregate(AggregateOp::All, name, arguments, span),
            "count" => self.count(name, arguments, span),
            "min" | "max" => self.extreme(name, arguments, span),
            "abs" => self.absolute(name, arguments, span),
            "answered" => self.answered(name, arguments, span),
            "days_between" | "age_on" => self.between_dates(name, arguments, span),
            "add_days" | "add_months" | "add_years" => self.moved_date(name, arguments, span),
            "year_of" | "month_of" | "day_of" | "weekday" => {
                self.part_of_date(name, arguments, span)
            }
            _ => match self.checker.names.resolve(name.as_str(), self.site.group) {
                Some(Item::Table(table)) => self.look_up(table, arguments, None, span),
                Some(_) => {
                    let message = format!("`{}` is no function or table", name.value);
                    let help = format!("write `{}` without parentheses", name.value);
                    self.clash(codes::MISPLACED_NAME, name.span, message, Some(help))
                }
                None => self.unknown_function(name),
            },
        }
    }

    fn unknown_function(&mut self, name: &Spanned<String>) -> Typed {
        let tables = self.checker.form.tables.iter().map(|t| t.table.as_str());
        let meant = closest(name.as_str(), FUNCTIONS.iter().copied().chain(tables));
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            format!("there is no function or table `{}`", name.value),
        );
        self.error(match meant {
            Some(meant) => diagnostic
                .help(format!("is `{meant}` meant?"))
                .suggest(name.span, meant),
            None => diagnostic,
        })
    }

    /// The arguments of a function, if there are as many as it takes.
    fn arguments<const N: usize>(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Source],
        usage: &str,
    ) -> Option<[Typed; N]> {
        let Ok(sources) = <&[Source; N]>::try_from(arguments) else {
            let message = format!(
                "`{}` takes {N} argument{}, and here are {}",
                name.value,
                if N == 1 { "" } else { "s" },
                arguments.len()
            );
            self.clash(
                codes::ARGUMENTS,
                name.span,
                message,
                Some(format!("write `{usage}`")),
            );
            return None;
        };
        let typed = sources.each_ref().map(|source| self.expr(source));
        (!typed.iter().any(|typed| typed.type_.is_error())).then_some(typed)
    }

    fn wrong_argument(&mut self, argument: &Typed, name: &Spanned<String>, wants: &str) -> Typed {
        let message = format!(
            "`{}` wants {wants}, and this is {}",
            name.value, argument.type_
        );
        self.clash(codes::TYPE_CLASH, argument.span, message, None)
    }

    fn round(
        &mut self,
        mode: RoundMode,
        name: &Spanned<String>,
        arguments: &[Source],
        span: Span,
    ) -> Typed {
        let [value, step] = arguments else {
            let inner = arguments.first().map_or("x", |a| self.checker.text(a.span));
            let message = format!("`{}` takes a number and the step to round to", name.value);
            let help = format!(
                "write `{}({inner}, 1)` for whole numbers, `{}({inner}, 0.01)` for hundredths",
                name.value, name.value
            );
            return self.clash(codes::ARGUMENTS, span, message, Some(help));
        };
        let value = self.expr(value);
        let step = match step.kind {
            ExprKind::Number { value, .. } if value > Number::ZERO => value,
            ExprKind::Error => return Typed::error(span),
            _ => {
                let message = "the step to round to is a number above zero, written out".to_owned();
                let help = Some("write it as in `round(x, 0.01)`".to_owned());
                return self.clash(codes::ARGUMENTS, step.span, message, help);
            }
        };
        if value.type_.is_error() {
            return value;
        }
        let type_ = match value.type_.numeric() {
            Some(Numeric::Number(number)) => number.round(step, mode),
            Some(Numeric::Quotient(quotient)) => quotient.round(step, mode),
            None => return self.wrong_argument(&value, name, "a number"),
        };
        if !self.present(&value) {
            return Typed::error(span);
        }
        let reads = value.reads;
        let expr = Expr::Round {
            mode,
            value: Box::new(value.expr),
            step,
        };
        self.numeric_result(type_.map(Type::Number), expr, reads, span)
    }

    /// Refuses an exact quotient where it cannot stay one.
    pub(super) fn rounded(&mut self, typed: Typed, what: &str) -> Typed {
        if !matches!(typed.type_, Type::Quotient(_)) {
            return typed;
        }
        let text = self.checker.text(typed.span);
        let step = match typed.type_ {
            Type::Quotient(QuotientType {
                unit: Unit::Money, ..
            }) => self.smallest_coin(),
            _ => "1".to_owned(),
        };
        self.error(
            Diagnostic::error(
                codes::QUOTIENT,
                typed.span,
                format!("{what} cannot be an exact quotient, whose digits may never end"),
            )
            .help(format!(
                "compare it, or say how it is rounded: `round({text}, {step})`"
            ))
            .suggest(typed.span, format!("round({text}, {step})")),
        )
    }

    /// The smallest amount of the form's currency, as written: `0.01`.
    fn smallest_coin(&self) -> String {
        let digits = self.checker.currency_digits();
        Number::new(1, digits).map_or_else(|| "1".to_owned(), |coin| coin.to_string())
    }

    /// Refuses what is no amount of money that can be paid.
    pub(super) fn rounded_money(&mut self, typed: Typed) -> Typed {
        let text = self.checker.text(typed.span);
        let digits = self.checker.currency_digits();
        let (unit, fits) = match &typed.type_ {
            Type::Error => return typed,
            Type::Number(number) => (number.unit, number.scale <= digits),
            Type::Quotient(quotient) => (quotient.unit, false),
            other => {
                let message = format!("an amount is money, and this is {other}");
                return self.clash(codes::TYPE_CLASH, typed.span, message, None);
            }
        };
        if unit == Unit::None {
            let message = "an amount is money, and this is a plain number".to_owned();
            let help = "multiply it with an amount, such as a parameter of type `money`".to_owned();
            return self.clash(codes::UNIT_CLASH, typed.span, message, Some(help));
        }
        if !fits {
            let coin = self.smallest_coin();
            let message = match &typed.type_ {
                Type::Number(number) => format!(
                    "this amount can have {} digits after the point, and the currency has {digits}",
                    number.scale
                ),
                _ => "this amount is an exact quotient, whose digits may never end".to_owned(),
            };
            return self.error(
                Diagnostic::error(codes::UNROUNDED_MONEY, typed.span, message)
                    .help(format!("say how it is rounded: `round({text}, {coin})`"))
                    .suggest(typed.span, format!("round({text}, {coin})")),
            );
        }
        match typed.type_ {
            Type::Number(number) => Typed {
                type_: Type::Number(NumberType {
                    unit: Unit::Money,
                    ..number
                }),
                ..typed
            },
            _ => typed,
        }
    }

    fn aggregate(
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
        let Some(group) = each.list() else {
            let message = format!(
                "`{}` works on the records of a group, and this is one value",
                name.value
            );
            let help = "read a field of a group, as in `group.field`".to_owned();
            return self.clash(codes::LIST_EXPECTED, each.span, message, Some(help));
        };
        let each = self.rounded(each, "what is aggregated");
        if each.type_.is_error() {
            return each;
        }
        let boolean = matches!(op, AggregateOp::Any | AggregateOp::All | AggregateOp::Count);
        let fits = match &each.type_ {
            Type::Boolean => boolean,
            Type::Number(_) => !boolean,
            Type::Date(_) => matches!(op, AggregateOp::Min | AggregateOp::Max),
            _ => false,
        };
        if !fits {
            let wants = match op {
                AggregateOp::Sum => "numbers",
                AggregateOp::Min | AggregateOp::Max => "numbers or dates",
                _ => "conditions, such as `group.number > 5`",
            };
            return self.wrong_argument(&each, name, wants);
        }
        if !self.present(&each) {
            return Typed::error(span);
        }
        let (least, most) = self.record_counts(group);
        let type_ = match (op, &each.type_) {
            (AggregateOp::Sum, Type::Number(number)) => {
                let bounds = number.bounds.times_count(least, most);
                match bounds {
                    Some(bounds) => NumberType { bounds, ..*number }.fitting(),
                    None => number.multiply(NumberType::integer(0, most.into()), number.unit),
                }
                .map(Type::Number)
            }
            (AggregateOp::Count, _) => Ok(Type::Number(NumberType::integer(0, most.into()))),
            (AggregateOp::Any | AggregateOp::All, _) => Ok(Type::Boolean),
            (_, type_) => Ok(type_.clone()),
        };
        let extreme = matches!(op, AggregateOp::Min | AggregateOp::Max);
        let id = self.checker.names.groups[group].group.group.value.clone();
        let expr = Expr::Aggregate {
            op,
            group: id,
            each: Box::new(each.expr),
        };
        self.numeric_result(type_, expr, Reads::Form, span)
            .maybe_blank(extreme && least == 0)
    }

    /// Least and greatest number of records where a group's answer is known.
    fn record_counts(&mut self, group: usize) -> (u32, u32) {
        let entry = &self.checker.names.groups[group];
        let (definition, page) = (entry.group, entry.page);
        let always = self.checker.form.pages[page].when.is_none()
            && matches!(
                self.checker.group_requirement(group),
                counterfoil_engine::plan::Requirement::Always
            );
        let least = definition.min.as_ref().map_or(0, |min| min.value);
        (if always { least } else { 0 }, definition.max.value)
    }

    fn count(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
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
    fn extreme(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
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
                && !matches!(operand.type_, Type::Date(_))
            {
                return self.wrong_argument(&operand, name, "numbers or dates");
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

    fn absolute(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let Some([operand]) = self.arguments::<1>(name, arguments, "abs(x)") else {
            return Typed::error(span);
        };
        let type_ = match operand.type_ {
            Type::Number(number) => Type::Number(NumberType {
                bounds: number.bounds.absolute(),
                ..number
            }),
            Type::Quotient(quotient) => Type::Quotient(QuotientType {
                bounds: quotient.bounds.map(Bounds::absolute),
                ..quotient
            }),
            _ => return self.wrong_argument(&operand, name, "a number"),
        };
        if !self.present(&operand) {
            return Typed::error(span);
        }
        Typed::new(Expr::Absolute(Box::new(operand.expr)), type_, span).reading(operand.reads)
    }

    fn answered(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let Some([operand]) = self.arguments::<1>(name, arguments, "answered(field)") else {
            return Typed::error(span);
        };
        let reads = operand.reads;
        let expr = Expr::Answered(Box::new(operand.expr));
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// An argument that must be a date and is never blank.
    fn date(&mut self, argument: Typed, name: &Spanned<String>) -> Option<(Typed, Days)> {
        let argument = self.coerced(argument, &Type::Date(Days::ALL));
        match argument.type_ {
            Type::Date(days) => self.present(&argument).then_some((argument, days)),
            Type::Error => None,
            _ => {
                self.wrong_argument(&argument, name, "a date");
                None
            }
        }
    }

    fn between_dates(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let age = name.value == "age_on";
        let usage = if age {
            "age_on(birth_date, day)"
        } else {
            "days_between(first_day, second_day)"
        };
        let Some([first, second]) = self.arguments::<2>(name, arguments, usage) else {
            return Typed::error(span);
        };
        let first = self.date(first, name);
        let second = self.date(second, name);
        let (Some((first, from)), Some((second, to))) = (first, second) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[first.clone(), second.clone()], span) else {
            return Typed::error(span);
        };
        let (bounds, expr): (_, fn(Box<Expr>, Box<Expr>) -> Expr) = if age {
            let bounds = (from.max.age_on(to.min), from.min.age_on(to.max));
            (bounds, Expr::AgeOn)
        } else {
            let bounds = (from.max.days_until(to.min), from.min.days_until(to.max));
            (bounds, Expr::DaysBetween)
        };
        let type_ = Type::Number(NumberType::integer(bounds.0, bounds.1));
        Typed::new(
            expr(Box::new(first.expr), Box::new(second.expr)),
            type_,
            span,
        )
        .reading(reads)
    }

    fn moved_date(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let usage = format!("{}(date, number)", name.value);
        let Some([date, count]) = self.arguments::<2>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let date = self.date(date, name);
        let whole = matches!(
            &count.type_,
            Type::Number(NumberType {
                unit: Unit::None | Unit::Any,
                scale: 0,
                ..
            })
        );
        if !whole {
            return self.wrong_argument(&count, name, "a whole number");
        }
        let present = self.present(&count);
        let (Some((date, days)), true) = (date, present) else {
            return Typed::error(span);
        };
        let Some(reads) = self.join(&[date.clone(), count.clone()], span) else {
            return Typed::error(span);
        };
        let moved = |day: Day, number: Number, fallback: Day| {
            let number = number.to_i64()?;
            let moved = match name.value.as_str() {
                "add_days" => day.add_days(number),
                "add_months" => day.add_months(number),
                _ => day.add_years(number),
            };
            Some(moved.unwrap_or(fallback))
        };
        let Type::Number(NumberType { bounds, .. }) = count.type_ else {
            return Typed::error(span);
        };
        let range = Days {
            min: moved(days.min, bounds.min, Day::MIN).unwrap_or(Day::MIN),
            max: moved(days.max, bounds.max, Day::MAX).unwrap_or(Day::MAX),
        };
        let (date, count) = (Box::new(date.expr), Box::new(count.expr));
        let expr = match name.value.as_str() {
            "add_days" => Expr::AddDays(date, count),
            "add_months" => Expr::AddMonths(date, count),
            _ => Expr::AddYears(date, count),
        };
        Typed::new(expr, Type::Date(range), span).reading(reads)
    }

    fn part_of_date(&mut self, name: &Spanned<String>, arguments: &[Source], span: Span) -> Typed {
        let usage = format!("{}(date)", name.value);
        let Some([date]) = self.arguments::<1>(name, arguments, &usage) else {
            return Typed::error(span);
        };
        let Some((date, days)) = self.date(date, name) else {
            return Typed::error(span);
        };
        let operand = Box::new(date.expr);
        let (expr, min, max) = match name.value.as_str() {
            "year_of" => {
                let (first, last) = (days.min.ymd().0, days.max.ymd().0);
                (Expr::YearOf(operand), first.into(), last.into())
            }
            "month_of" => (Expr::MonthOf(operand), 1, 12),
            "day_of" => (Expr::DayOf(operand), 1, 31),
            _ => (Expr::Weekday(operand), 1, 7),
        };
        let type_ = Type::Number(NumberType::integer(min, max));
        Typed::new(expr, type_, span).reading(date.reads)
    }

    /// A look-up in a table; of several outputs one is named.
    pub(super) fn look_up(
        &mut self,
        position: usize,
        arguments: &[Source],
        output: Option<&Spanned<String>>,
        span: Span,
    ) -> Typed {
        let definition = &self.checker.form.tables[position];
        let id = definition.table.as_str();
        let table = self.checker.table(position);
        let arguments: Vec<Typed> = arguments.iter().map(|source| self.expr(source)).collect();
        if table.inputs.len() != arguments.len() {
            let inputs: Vec<_> = definition.inputs.iter().map(|i| i.name.as_str()).collect();
            let message = format!(
                "the table `{id}` has {} input{}, and here are {}",
                inputs.len(),
                if inputs.len() == 1 { "" } else { "s" },
                arguments.len()
            );
            let help = format!("write `{id}({})`", inputs.join(", "));
            return self.clash(codes::ARGUMENTS, span, message, Some(help));
        }
        let mut sound = true;
        let mut inputs = Vec::with_capacity(arguments.len());
        for (argument, column) in arguments.into_iter().zip(&table.inputs) {
            let argument = self.coerced(argument, &column.type_);
            sound &= self.fits_column(&argument, column, id);
            inputs.push(argument);
        }
        let joined = self.join(&inputs, span);
        let Some(reads) = joined.filter(|_| sound) else {
            return Typed::error(span);
        };
        let Some((name, type_)) = self.output(position, &table, output, span) else {
            return Typed::error(span);
        };
        let type_ = match (&table.bands, &inputs[..]) {
            (
                Some(bands),
                [
                    Typed {
                        type_: Type::Number(input),
                        ..
                    },
                ],
            ) => bands.result(*input, &type_),
            _ => Ok(type_),
        };
        let expr = Expr::Table {
            table: id.to_owned(),
            inputs: inputs.into_iter().map(|input| input.expr).collect(),
            output: name,
        };
        self.numeric_result(type_, expr, reads, span)
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
