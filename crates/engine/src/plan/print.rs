//! Writes a published expression out in the form language, with no more parentheses than it needs.

use super::{AggregateOp, CompareOp, Expr, HitPolicy, Literal, RoundMode, Rules, TextFunction};

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    If,
    Or,
    And,
    Equality,
    In,
    Order,
    Default,
    Sum,
    Product,
    Negative,
    Primary,
}

impl Rules {
    /// An expression of this plan as the form language writes it. `group` names the group whose record
    /// is at hand where the expression stands; its fields are written without the group.
    pub fn expression_text<'a>(&'a self, expr: &'a Expr, group: Option<&'a str>) -> String {
        let mut printer = Printer {
            rules: self,
            group,
            rows: None,
            text: String::new(),
        };
        printer.write(expr, Level::If);
        printer.text
    }
}

struct Printer<'a> {
    rules: &'a Rules,
    group: Option<&'a str>,
    /// The look-up whose rows are being gone through.
    rows: Option<(&'a str, &'a [Expr])>,
    text: String,
}

impl<'a> Printer<'a> {
    /// Writes an expression, in parentheses where it holds together less tightly than it must.
    fn write(&mut self, expr: &'a Expr, least: Level) {
        self.write_in(expr, level(expr) < least);
    }

    fn write_in(&mut self, expr: &'a Expr, parentheses: bool) {
        if parentheses {
            self.text.push('(');
            self.bare(expr);
            self.text.push(')');
        } else {
            self.bare(expr);
        }
    }

    fn bare(&mut self, expr: &'a Expr) {
        if let Some((option, attribute)) = expr.attribute() {
            self.write(option, Level::Primary);
            self.text.push('.');
            self.text.push_str(attribute);
            return;
        }
        match expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Field(path) | Expr::Value(path) => self.path(path),
            Expr::Parameter(id) | Expr::Fact(id) => self.text.push_str(id),
            Expr::Today => self.text.push_str("today"),
            Expr::Fee(id) => self.member("fees", id),
            Expr::Entitlement(id) => self.member("entitlements", id),
            Expr::FeeSubtotal | Expr::EntitlementSubtotal => self.text.push_str("subtotal"),
            Expr::Rule { rule, .. } => self.member("rules", rule),
            Expr::And(operands) => self.chain(" and ", operands, Level::Equality),
            Expr::Or(operands) => self.chain(" or ", operands, Level::And),
            Expr::If {
                condition,
                then,
                otherwise,
            } => self.branches(condition, then, otherwise),
            Expr::Compare { op, left, right } => self.comparison(*op, left, right),
            Expr::OneOf { item, list } => {
                self.write(item, Level::Order);
                self.text.push_str(" in [");
                self.list(list);
                self.text.push(']');
            }
            Expr::Contains { set, item } => {
                self.write(item, Level::Order);
                self.text.push_str(" in ");
                self.write(set, Level::Primary);
            }
            Expr::Default(first, second) => {
                // A chain leans to the left; arithmetic beside `??` must stand in parentheses.
                let arithmetic = matches!(level(first), Level::Sum | Level::Product);
                self.write_in(first, arithmetic || level(first) < Level::Default);
                self.text.push_str(" ?? ");
                self.write(second, Level::Negative);
            }
            Expr::Negate(operand) => {
                self.text.push('-');
                self.write(operand, Level::Primary);
            }
            Expr::Add(operands) => {
                let is_sum = |expr: &Expr| matches!(expr, Expr::Add(_));
                self.flat_chain(" + ", operands, Level::Sum, is_sum);
            }
            Expr::Subtract(a, b) => {
                self.write(a, Level::Sum);
                self.text.push_str(" - ");
                self.write(b, Level::Product);
            }
            Expr::Multiply(operands) => {
                let is_product = |expr: &Expr| matches!(expr, Expr::Multiply(_));
                self.flat_chain(" * ", operands, Level::Product, is_product);
            }
            Expr::Divide(a, b) => {
                self.write(a, Level::Product);
                self.text.push_str(" / ");
                self.write(b, Level::Negative);
            }
            Expr::Round { mode, value, step } => {
                self.text.push_str(round_name(*mode));
                self.text.push('(');
                self.write(value, Level::If);
                self.text.push_str(&format!(", {step})"));
            }
            Expr::Aggregate { op, each, .. } => {
                let group = self.group.take();
                self.call(aggregate_name(*op), vec![each]);
                self.group = group;
            }
            Expr::Count(group) => self.text.push_str(&format!("count({group})")),
            Expr::Table {
                table,
                inputs,
                output,
            } => {
                self.look_up(table, inputs, output);
            }
            Expr::ParameterOn { parameter, day } => {
                self.call(&format!("{parameter}.on"), vec![day]);
            }
            Expr::Accrue { parameter, range } => {
                self.text.push_str(&format!("accrue({parameter}, "));
                self.write(range, Level::If);
                self.text.push(')');
            }
            // `date - days(3)` is the date moved by the negative.
            Expr::Move(date, by) => {
                let (sign, by) = match &**by {
                    Expr::Negate(by) => (" - ", by),
                    _ => (" + ", by),
                };
                self.write(date, Level::Sum);
                self.text.push_str(sign);
                self.write(by, Level::Product);
            }
            Expr::RangeStart(range) => {
                self.write(range, Level::Primary);
                self.text.push_str(".start");
            }
            Expr::RangeEnd(range) => {
                self.write(range, Level::Primary);
                self.text.push_str(".end");
            }
            Expr::InRange { item, range } => {
                self.write(item, Level::Order);
                self.text.push_str(" in ");
                self.write(range, Level::Primary);
            }
            Expr::Call {
                function,
                arguments,
            } => self.call(function, arguments.iter().collect()),
            Expr::Local(name) => self.text.push_str(name),
            Expr::Let { locals, result } => {
                for local in locals {
                    self.text.push_str(&format!("let {} = ", local.local));
                    self.write(&local.expr, Level::If);
                    self.text.push_str("; ");
                }
                self.write(result, Level::If);
            }
            Expr::OverRows {
                op,
                table,
                inputs,
                each,
            } => {
                let outer = self.rows.replace((table, inputs));
                self.text.push_str(aggregate_name(*op));
                self.text.push('(');
                match &**each {
                    // The number of rows is that of any of their outputs.
                    Expr::Literal(Literal::Boolean(true)) => {
                        let output = self.first_output(table);
                        self.look_up(table, inputs, output);
                    }
                    each => self.write(each, Level::If),
                }
                self.text.push(')');
                self.rows = outer;
            }
            Expr::Column(output) => match self.rows {
                Some((table, inputs)) => self.look_up(table, inputs, output),
                None => self.text.push_str(output),
            },
            Expr::Collect {
                table,
                inputs,
                output,
            } => self.look_up(table, inputs, output),
            Expr::Each { each, .. } => {
                let group = self.group.take();
                self.write(each, Level::If);
                self.group = group;
            }
            // The language has no word for the blank value, and no expression of a form holds one.
            Expr::Blank => self.text.push_str("blank"),
            // The weights stand in brackets.
            Expr::Text {
                function: TextFunction::WeightedSum,
                operands,
            } => {
                self.text.push_str("weighted_sum(");
                let (text, weights) = operands.split_at(operands.len().min(1));
                self.list(text);
                self.text.push_str(", [");
                self.list(weights);
                self.text.push_str("])");
            }
            Expr::Not(_)
            | Expr::Remainder(..)
            | Expr::Text { .. }
            | Expr::Answered(_)
            | Expr::Absolute(_)
            | Expr::Min(_)
            | Expr::Max(_)
            | Expr::DaysBetween(..)
            | Expr::AddDays(..)
            | Expr::AddMonths(..)
            | Expr::AddYears(..)
            | Expr::AgeOn(..)
            | Expr::YearOf(_)
            | Expr::MonthOf(_)
            | Expr::DayOf(_)
            | Expr::Weekday(_)
            | Expr::MonthsBetween(..)
            | Expr::Date(_)
            | Expr::StartOfMonth(_)
            | Expr::EndOfMonth(_)
            | Expr::Duration { .. }
            | Expr::Range(..)
            | Expr::Overlap(..)
            | Expr::DaysIn(_)
            | Expr::DayCount(_)
            | Expr::WeekdayCount { .. }
            | Expr::IsWorkingDay { .. }
            | Expr::AddWorkingDays { .. }
            | Expr::WorkingDaysBetween { .. } => {
                self.call(expr.function().unwrap_or_default(), expr.operands());
            }
        }
    }

    fn literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Boolean(value) => self.text.push_str(&value.to_string()),
            Literal::Number(number) => self.text.push_str(&number.to_string()),
            Literal::Date(day) => self.text.push_str(&format!("\"{day}\"")),
            Literal::Text(text) => {
                self.text.push('"');
                for character in text.chars() {
                    match character {
                        '"' => self.text.push_str("\\\""),
                        '\\' => self.text.push_str("\\\\"),
                        '\n' => self.text.push_str("\\n"),
                        '\r' => self.text.push_str("\\r"),
                        '\t' => self.text.push_str("\\t"),
                        other => self.text.push(other),
                    }
                }
                self.text.push('"');
            }
        }
    }

    /// A name, without the group whose record is at hand.
    fn path(&mut self, path: &str) {
        let own = self
            .group
            .and_then(|group| path.strip_prefix(group)?.strip_prefix('.'));
        self.text.push_str(own.unwrap_or(path));
    }

    fn member(&mut self, of: &str, id: &str) {
        self.text.push_str(of);
        self.text.push('.');
        self.text.push_str(id);
    }

    fn call(&mut self, name: &str, operands: Vec<&'a Expr>) {
        self.text.push_str(name);
        self.text.push('(');
        self.list(operands);
        self.text.push(')');
    }

    fn list(&mut self, operands: impl IntoIterator<Item = &'a Expr>) {
        for (index, operand) in operands.into_iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.write(operand, Level::If);
        }
    }

    fn chain(&mut self, operator: &str, operands: &'a [Expr], least: Level) {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.text.push_str(operator);
            }
            self.write(operand, least);
        }
    }

    /// A sum or product: the first operand may be of the same level, unless it would melt into the
    /// chain.
    fn flat_chain(
        &mut self,
        operator: &str,
        operands: &'a [Expr],
        own: Level,
        melts: impl Fn(&Expr) -> bool,
    ) {
        for (index, operand) in operands.iter().enumerate() {
            if index == 0 {
                self.write_in(operand, level(operand) < own || melts(operand));
            } else {
                self.text.push_str(operator);
                self.write_in(operand, level(operand) <= own);
            }
        }
    }

    fn comparison(&mut self, op: CompareOp, left: &'a Expr, right: &'a Expr) {
        let least = match op {
            CompareOp::Equal | CompareOp::NotEqual => Level::In,
            _ => Level::Default,
        };
        // Comparisons do not chain.
        let enclosed =
            |operand: &Expr| matches!(operand, Expr::Compare { .. }) || level(operand) < least;
        self.write_in(left, enclosed(left));
        self.text.push_str(&format!(" {} ", op.symbol()));
        self.write_in(right, enclosed(right));
    }

    fn branches(&mut self, condition: &'a Expr, then: &'a Expr, otherwise: &'a Expr) {
        self.text.push_str("if ");
        self.write(condition, Level::Or);
        self.text.push_str(" { ");
        self.write(then, Level::If);
        self.text.push_str(" } else ");
        if level(otherwise) == Level::If {
            self.bare(otherwise);
        } else {
            self.text.push_str("{ ");
            self.write(otherwise, Level::If);
            self.text.push_str(" }");
        }
    }

    /// A look-up; one without inputs is written without parentheses, and then names its output.
    fn look_up(&mut self, table: &'a str, inputs: &'a [Expr], output: &'a str) {
        let outer = self.rows.take();
        if inputs.is_empty() {
            self.member(table, output);
        } else {
            self.call(table, inputs.iter().collect());
            if self.has_several_outputs(table) {
                self.text.push('.');
                self.text.push_str(output);
            }
        }
        self.rows = outer;
    }

    fn first_output(&self, table: &str) -> &'a str {
        let declared = self.rules.tables.iter().find(|t| t.table == table);
        let output = declared.and_then(|table| table.outputs.first());
        output.map_or("", |output| &output.name)
    }

    fn has_several_outputs(&self, table: &str) -> bool {
        let declared = self.rules.tables.iter().find(|t| t.table == table);
        declared.is_some_and(|table| table.hit != HitPolicy::Marginal && table.outputs.len() > 1)
    }
}

impl CompareOp {
    /// The comparison as the form language writes it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// `round` without a suffix is half away from zero unless the form says otherwise, and then the plan
/// has no such rounding.
const fn round_name(mode: RoundMode) -> &'static str {
    match mode {
        RoundMode::HalfUp => "round",
        RoundMode::HalfEven => "round_even",
        RoundMode::Up => "round_up",
        RoundMode::Down => "round_down",
    }
}

const fn aggregate_name(op: AggregateOp) -> &'static str {
    match op {
        AggregateOp::Sum | AggregateOp::SumDurations => "sum",
        AggregateOp::Min => "min",
        AggregateOp::Max => "max",
        AggregateOp::Count => "count",
        AggregateOp::Any => "any",
        AggregateOp::All => "all",
    }
}

fn level(expr: &Expr) -> Level {
    match expr {
        _ if expr.attribute().is_some() => Level::Primary,
        Expr::If { .. } => Level::If,
        Expr::Or(_) => Level::Or,
        Expr::And(_) => Level::And,
        Expr::Compare {
            op: CompareOp::Equal | CompareOp::NotEqual,
            ..
        } => Level::Equality,
        Expr::Compare { .. } => Level::Order,
        Expr::OneOf { .. } | Expr::Contains { .. } | Expr::InRange { .. } => Level::In,
        Expr::Default(..) => Level::Default,
        Expr::Add(_) | Expr::Subtract(..) | Expr::Move(..) => Level::Sum,
        Expr::Multiply(_) | Expr::Divide(..) => Level::Product,
        Expr::Negate(_) => Level::Negative,
        Expr::Literal(Literal::Number(number)) if number.is_negative() => Level::Negative,
        _ => Level::Primary,
    }
}
