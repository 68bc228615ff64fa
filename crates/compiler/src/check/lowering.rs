//! The walk over an expression.

use counterfoil_engine::plan::{Expr, Literal};

use super::{Assumption, Checker, Lines, Reads, Site, Typed};
use crate::{
    closest::closest,
    codes::{self, Code},
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    names::Item,
    source::{Span, Spanned},
    types::{Bounds, NumberType, Type, Unit},
};

/// How often the operands of `and` and `or` may be looked at again in one expression. A second look
/// is needed where an operand relies on one to its right.
const MAX_RETRIES: usize = 1_000;

/// Names of the language's functions, for who misspells one.
pub const FUNCTIONS: &[&str] = &[
    "abs",
    "add_days",
    "add_months",
    "add_years",
    "age_on",
    "all",
    "answered",
    "any",
    "count",
    "day_of",
    "days_between",
    "max",
    "min",
    "month_of",
    "not",
    "round",
    "round_down",
    "round_even",
    "round_up",
    "sum",
    "weekday",
    "year_of",
];

/// The walk over one expression.
pub struct Lowering<'c, 'f> {
    /// What knows the form.
    pub checker: &'c mut Checker<'f>,
    /// Where the expression stands.
    pub site: Site,
    /// What holds where the walk is.
    pub assumed: Vec<Assumption>,
    /// What was found in this expression.
    pub diagnostics: Vec<Diagnostic>,
    retries: usize,
}

impl<'f> Checker<'f> {
    fn walk<T>(
        &mut self,
        site: Site,
        assumed: &[Assumption],
        run: impl FnOnce(&mut Lowering<'_, 'f>) -> T,
    ) -> T {
        let mut lowering = Lowering {
            checker: self,
            site,
            assumed: assumed.to_vec(),
            diagnostics: Vec::new(),
            retries: MAX_RETRIES,
        };
        let result = run(&mut lowering);
        let found = lowering.diagnostics;
        self.diagnostics.extend(found);
        result
    }

    /// A condition: one boolean that is never blank. None where it is no such thing, which has been
    /// reported.
    pub fn condition(
        &mut self,
        source: &Source,
        site: Site,
        assumed: &[Assumption],
    ) -> Option<Expr> {
        self.walk(site, assumed, |walk| {
            let typed = walk.boolean(source);
            let typed = walk.single(typed, "a condition");
            (!typed.type_.is_error()).then_some(typed.expr)
        })
    }

    /// One value of any type. What it may not be (a list, an exact quotient) has been reported.
    pub fn scalar(
        &mut self,
        source: &Source,
        site: Site,
        assumed: &[Assumption],
        what: &str,
    ) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.settled(typed);
            let typed = walk.rounded(typed, what);
            walk.single(typed, what)
        })
    }

    /// The value of a placeholder, which is neither blank nor a list.
    pub fn placeholder(&mut self, source: &Source, site: Site, assumed: &[Assumption]) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.rounded(typed, "a placeholder");
            let typed = walk.single(typed, "a placeholder");
            walk.present(&typed);
            typed
        })
    }

    /// The amount of a line: money that is rounded and never blank.
    pub fn amount(&mut self, source: &Source, site: Site, assumed: &[Assumption]) -> Typed {
        self.walk(site, assumed, |walk| {
            let typed = walk.expr(source);
            let typed = walk.single(typed, "an amount");
            walk.present(&typed);
            walk.rounded_money(typed)
        })
    }
}

impl<'f> Lowering<'_, 'f> {
    /// Lowers any expression.
    pub fn expr(&mut self, source: &Source) -> Typed {
        let span = source.span;
        match &source.kind {
            ExprKind::Boolean(value) => {
                Typed::new(Expr::Literal(Literal::Boolean(*value)), Type::Boolean, span)
            }
            ExprKind::Number { value, .. } => Typed::new(
                Expr::Literal(Literal::Number(*value)),
                Type::Number(NumberType::literal(*value)),
                span,
            ),
            ExprKind::Text(text) => Typed::new(
                Expr::Literal(Literal::Text(text.clone())),
                Type::Text { literal: true },
                span,
            ),
            ExprKind::Name(name) => self.name(name, span),
            ExprKind::Member { base, name } => self.member(base, name, span),
            ExprKind::Call { name, arguments } => self.call(name, arguments, span),
            ExprKind::Not(operand) => {
                let typed = self.boolean(operand);
                if typed.type_.is_error() {
                    return Typed::error(span);
                }
                Typed::new(Expr::Not(Box::new(typed.expr)), Type::Boolean, span)
                    .reading(typed.reads)
            }
            ExprKind::Negate(operand) => self.negate(operand, span),
            ExprKind::And(operands) => self.chain(operands, true, span),
            ExprKind::Or(operands) => self.chain(operands, false, span),
            ExprKind::Binary { op, left, right } => self.binary(op.value, left, right, span),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => self.branches(condition, then, otherwise, span),
            ExprKind::List(_) => self.error(
                Diagnostic::error(
                    codes::TYPE_CLASH,
                    span,
                    "a list in brackets can stand only after `in`",
                )
                .help("write `x in [\"a\", \"b\"]`"),
            ),
            ExprKind::Error => Typed::error(span),
        }
    }

    /// Reports a mistake and goes on with a type that goes with everything.
    pub fn error(&mut self, diagnostic: Diagnostic) -> Typed {
        let span = diagnostic.span;
        self.diagnostics.push(diagnostic);
        Typed::error(span)
    }

    /// An operand that must be yes or no and not blank.
    pub fn boolean(&mut self, source: &Source) -> Typed {
        let typed = self.expr(source);
        match &typed.type_ {
            Type::Error => typed,
            Type::Boolean => {
                if self.present(&typed) {
                    typed
                } else {
                    Typed::error(typed.span)
                }
            }
            other => {
                let mut diagnostic = Diagnostic::error(
                    codes::TYPE_CLASH,
                    typed.span,
                    format!("a condition is yes or no, and this is {other}"),
                );
                diagnostic = match other {
                    Type::Choice(_) => {
                        diagnostic.help("compare it with an option: `… == \"option\"`")
                    }
                    Type::Set(_) => diagnostic.help("ask for an option: `\"option\" in …`"),
                    Type::Text { .. } => diagnostic.help("compare it: `… == \"text\"`"),
                    Type::Number(_) | Type::Quotient(_) => diagnostic.help("compare it: `… > 0`"),
                    _ => diagnostic.help("compare it with another date"),
                };
                self.error(diagnostic)
            }
        }
    }

    /// `and` and `or`: each operand may rely on what the others say, as long as none relies on itself.
    fn chain(&mut self, operands: &[Source], conjunction: bool, span: Span) -> Typed {
        let mut settled: Vec<Option<Typed>> = vec![None; operands.len()];
        let mut waiting: Vec<(usize, Typed, Vec<Diagnostic>)> = Vec::new();
        for (index, operand) in operands.iter().enumerate() {
            let (typed, found) = self.with_siblings(operand, &settled, conjunction);
            if found.iter().any(is_about_blank) && operands.len() > 1 {
                waiting.push((index, typed, found));
            } else {
                self.diagnostics.extend(found);
                settled[index] = Some(typed);
            }
        }
        let mut progress = true;
        while progress && !waiting.is_empty() && self.retries > 0 {
            progress = false;
            for (index, first_try, first_found) in std::mem::take(&mut waiting) {
                self.retries = self.retries.saturating_sub(1);
                let (typed, found) = self.with_siblings(&operands[index], &settled, conjunction);
                if self.retries == 0 || found.iter().any(is_about_blank) {
                    waiting.push((index, first_try, first_found));
                } else {
                    self.diagnostics.extend(found);
                    settled[index] = Some(typed);
                    progress = true;
                }
            }
        }
        for (index, typed, found) in waiting {
            self.diagnostics.extend(found);
            settled[index] = Some(typed);
        }
        let operands: Vec<Typed> = settled.into_iter().flatten().collect();
        let Some(reads) = self.join(&operands, span) else {
            return Typed::error(span);
        };
        if operands.iter().any(|operand| operand.type_.is_error()) {
            return Typed::error(span);
        }
        let operands = operands.into_iter().map(|operand| operand.expr).collect();
        let expr = if conjunction {
            Expr::And(operands)
        } else {
            Expr::Or(operands)
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// An operand of `and` or `or` where those that are settled are known to leave the result open.
    fn with_siblings(
        &mut self,
        operand: &Source,
        settled: &[Option<Typed>],
        conjunction: bool,
    ) -> (Typed, Vec<Diagnostic>) {
        let outer = self.assumed.len();
        for sibling in settled.iter().flatten().filter(|s| !s.type_.is_error()) {
            let expr = if conjunction {
                sibling.expr.clone()
            } else {
                Expr::Not(Box::new(sibling.expr.clone()))
            };
            self.assumed.push(Assumption {
                expr,
                reads: sibling.reads,
            });
        }
        let start = self.diagnostics.len();
        let typed = self.boolean(operand);
        let found = self.diagnostics.split_off(start);
        self.assumed.truncate(outer);
        (typed, found)
    }

    fn branches(
        &mut self,
        condition: &Source,
        then: &Source,
        otherwise: &Source,
        span: Span,
    ) -> Typed {
        let condition = self.boolean(condition);
        let mut branch = |source: &Source, holds: bool| {
            let outer = self.assumed.len();
            if !condition.type_.is_error() {
                let expr = condition.expr.clone();
                self.assumed.push(Assumption {
                    expr: if holds {
                        expr
                    } else {
                        Expr::Not(Box::new(expr))
                    },
                    reads: condition.reads,
                });
            }
            let typed = self.expr(source);
            let typed = self.settled(typed);
            self.assumed.truncate(outer);
            typed
        };
        let then = branch(then, true);
        let otherwise = branch(otherwise, false);
        let blank = then.blank || otherwise.blank;
        let joined = self.join(&[condition.clone(), then.clone(), otherwise.clone()], span);
        let (then, otherwise) = self.agreed(then, otherwise);
        let type_ = self.unify(
            &then,
            &otherwise,
            span,
            "the two branches of `if` must be of one type",
        );
        let Some(reads) = joined else {
            return Typed::error(span);
        };
        if condition.type_.is_error() || type_.is_error() {
            return Typed::error(span);
        }
        let expr = Expr::If {
            condition: Box::new(condition.expr),
            then: Box::new(then.expr),
            otherwise: Box::new(otherwise.expr),
        };
        Typed::new(expr, type_, span)
            .reading(reads)
            .maybe_blank(blank)
    }

    fn name(&mut self, name: &str, span: Span) -> Typed {
        match name {
            "today" => return Typed::new(Expr::Today, Type::Date(self.checker.today), span),
            "subtotal" => return self.subtotal(span),
            "fees" | "entitlements" | "rules" => {
                return self.error(
                    Diagnostic::error(
                        codes::MISPLACED_NAME,
                        span,
                        format!("`{name}` alone is no value"),
                    )
                    .help(format!("write `{name}.` and the id of one of them")),
                );
            }
            _ => {}
        }
        match self.checker.names.resolve(name, self.site.group) {
            Some(item) => self.item(item, span),
            None => self.unknown(name, span),
        }
    }

    /// What an item is worth where a bare name stands for it.
    fn item(&mut self, item: Item, span: Span) -> Typed {
        let form = self.checker.form;
        match item {
            Item::Field(field) => {
                let reads = match self.checker.names.fields[field].group {
                    Some(_) => Reads::Record,
                    None => Reads::Form,
                };
                self.field(field, span).reading(reads)
            }
            Item::Value(value) => {
                let reads = match self.checker.names.values[value].group {
                    Some(_) => Reads::Record,
                    None => Reads::Form,
                };
                self.value(value, span).reading(reads)
            }
            Item::Parameter(parameter) => Typed::new(
                Expr::Parameter(form.parameters[parameter].parameter.value.clone()),
                self.checker.parameters[parameter].clone(),
                span,
            ),
            Item::Fact(fact) => Typed::new(
                Expr::Fact(form.facts[fact].fact.value.clone()),
                self.checker.facts[fact].type_.clone(),
                span,
            ),
            Item::Group(group) => {
                let id = self.checker.names.groups[group].group.group.as_str();
                let member = self.checker.names.members(group).next().unwrap_or("…");
                self.error(
                    Diagnostic::error(
                        codes::LIST_GIVEN,
                        span,
                        format!("`{id}` is a group of records, not one value"),
                    )
                    .help(format!(
                        "write `count({id})` for their number, or read one of their fields, as in \
                         `sum({id}.{member})`"
                    )),
                )
            }
            Item::Table(table) => {
                let table = &form.tables[table];
                let inputs: Vec<_> = table.inputs.iter().map(|i| i.name.as_str()).collect();
                let id = table.table.as_str();
                self.error(
                    Diagnostic::error(codes::MISPLACED_NAME, span, format!("`{id}` is a table"))
                        .help(format!(
                            "look something up in it: `{id}({})`",
                            inputs.join(", ")
                        )),
                )
            }
        }
    }

    fn field(&mut self, field: usize, span: Span) -> Typed {
        let entry = &self.checker.names.fields[field];
        let hidden =
            entry.field.when.is_some() || self.checker.form.pages[entry.page].when.is_some();
        let type_ = self.checker.fields[field].type_.clone();
        let path = entry.path.clone();
        // A set that is left empty is the empty set, not blank.
        let optional = !matches!(type_, Type::Set(_))
            && !matches!(
                entry.field.required,
                None | Some(crate::definition::Requirement::Always(_))
            );
        Typed::new(Expr::Field(path), type_, span).maybe_blank(hidden || optional)
    }

    fn value(&mut self, value: usize, span: Span) -> Typed {
        let typed = self.checker.value(value);
        let path = self.checker.names.values[value].path.clone();
        Typed::new(Expr::Value(path), typed.type_, span).maybe_blank(typed.blank)
    }

    fn unknown(&mut self, name: &str, span: Span) -> Typed {
        let names = &self.checker.names;
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            span,
            format!("nothing in the form is called `{name}`"),
        );
        if FUNCTIONS.contains(&name) {
            diagnostic.message = format!("`{name}` is a function and needs parentheses");
            diagnostic = diagnostic.help(format!("write `{name}(…)`"));
        } else if let Some(group) = names.groups_with(name) {
            diagnostic = diagnostic
                .help(format!(
                    "the group `{group}` has it: outside the group write `{group}.{name}`"
                ))
                .suggest(span, format!("{group}.{name}"));
        } else if let Some(meant) = closest(name, names.visible(self.site.group)) {
            diagnostic = diagnostic
                .help(format!("is `{meant}` meant?"))
                .suggest(span, meant);
        }
        self.error(diagnostic)
    }

    fn member(&mut self, base: &Source, name: &Spanned<String>, span: Span) -> Typed {
        match &base.kind {
            ExprKind::Name(base) if base == "fees" => self.line(name, true, span),
            ExprKind::Name(base) if base == "entitlements" => self.line(name, false, span),
            ExprKind::Name(base) if base == "rules" => self.rule(name, span),
            ExprKind::Name(group) => match self.checker.names.resolve(group, self.site.group) {
                Some(Item::Group(group)) => self.each(group, name, span),
                Some(Item::Table(_)) => {
                    let base = self.expr(base);
                    Typed::error(base.span)
                }
                Some(_) => self.no_parts(base, name, span),
                None => self.unknown(group, base.span),
            },
            ExprKind::Call {
                name: table,
                arguments,
            } => match self.checker.names.resolve(table.as_str(), self.site.group) {
                Some(Item::Table(position)) => self.look_up(position, arguments, Some(name), span),
                _ => self.no_parts(base, name, span),
            },
            ExprKind::Error => Typed::error(span),
            _ => self.no_parts(base, name, span),
        }
    }

    fn no_parts(&mut self, base: &Source, name: &Spanned<String>, span: Span) -> Typed {
        let base = self.checker.text(base.span);
        self.error(Diagnostic::error(
            codes::MISPLACED_NAME,
            span,
            format!(
                "`{base}` is no group, so there is no `{}` in it",
                name.value
            ),
        ))
    }

    /// A field or value of every record of a group.
    fn each(&mut self, group: usize, name: &Spanned<String>, span: Span) -> Typed {
        let reads = Reads::Each(group);
        match self.checker.names.member(group, name.as_str()) {
            Some(Item::Field(field)) => self.field(field, span).reading(reads),
            Some(Item::Value(value)) => self.value(value, span).reading(reads),
            _ => {
                let id = self.checker.names.groups[group].group.group.as_str();
                let mut diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    name.span,
                    format!("the group `{id}` has no `{}`", name.value),
                );
                if let Some(meant) = closest(name.as_str(), self.checker.names.members(group)) {
                    diagnostic = diagnostic
                        .help(format!("is `{id}.{meant}` meant?"))
                        .suggest(name.span, meant);
                }
                self.error(diagnostic)
            }
        }
    }

    fn rule(&mut self, name: &Spanned<String>, span: Span) -> Typed {
        let form = self.checker.form;
        let found: Vec<(usize, usize)> = form
            .decisions
            .iter()
            .enumerate()
            .flat_map(|(d, decision)| {
                let rules = decision.rules.iter().enumerate();
                rules
                    .filter(|(_, rule)| rule.rule.value == name.value)
                    .map(move |(r, _)| (d, r))
            })
            .collect();
        let &[(decision, rule)] = found.as_slice() else {
            let ids = form
                .decisions
                .iter()
                .flat_map(|d| &d.rules)
                .map(|r| r.rule.as_str());
            let diagnostic = if let Some(&(decision, rule)) = found.first() {
                Diagnostic::error(
                    codes::MISPLACED_NAME,
                    name.span,
                    format!("two decisions have a rule `{}`", name.value),
                )
                .label(
                    form.decisions[decision].rules[rule].rule.span,
                    "one of them",
                )
                .help("give one of the two another name")
            } else {
                self.unknown_of("a rule", name, ids)
            };
            return self.error(diagnostic);
        };
        let blank = form.decisions[decision].rules[rule].when.is_some();
        let expr = Expr::Rule {
            decision: form.decisions[decision].decision.value.clone(),
            rule: name.value.clone(),
        };
        Typed::new(expr, Type::Boolean, span).maybe_blank(blank)
    }

    fn unknown_of<'n>(
        &self,
        what: &str,
        name: &Spanned<String>,
        ids: impl Iterator<Item = &'n str>,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            format!("the form has no `{}` that is {what}", name.value),
        );
        match closest(name.as_str(), ids) {
            Some(meant) => diagnostic
                .help(format!("is `{meant}` meant?"))
                .suggest(name.span, meant),
            None => diagnostic,
        }
    }

    /// `fees.x` or `entitlements.x`.
    fn line(&mut self, name: &Spanned<String>, fees: bool, span: Span) -> Typed {
        let form = self.checker.form;
        let (lines, what) = if fees {
            (&form.fees, "a fee")
        } else {
            (&form.entitlements, "an entitlement")
        };
        let Some(position) = lines.iter().position(|line| line.line.value == name.value) else {
            let ids = lines.iter().map(|line| line.line.as_str());
            let diagnostic = self.unknown_of(what, name, ids);
            return self.error(diagnostic);
        };
        let above = match self.site.lines {
            Lines::All => usize::MAX,
            Lines::Fees(index) if fees => index,
            Lines::Entitlements(index) if !fees => index,
            _ => 0,
        };
        let parts = if fees {
            &self.checker.fees
        } else {
            &self.checker.entitlements
        };
        if position >= above || parts.len() <= position {
            let place = lines[position].line.span;
            let diagnostic = Diagnostic::error(
                codes::MISPLACED_NAME,
                span,
                format!("the amount of `{}` is not known here", name.value),
            )
            .label(place, "worked out later")
            .help(
                "a line can read only the lines above it; checks and messages can read all of them",
            );
            return self.error(diagnostic);
        }
        let parts = &parts[position];
        let type_ = match (&parts.amount.type_, &parts.when) {
            (Type::Number(number), Some(_)) => Type::Number(NumberType {
                bounds: number.bounds.hull(Bounds::of_ints(0, 0)),
                ..*number
            }),
            (type_, _) => type_.clone(),
        };
        let expr = if fees {
            Expr::Fee(name.value.clone())
        } else {
            Expr::Entitlement(name.value.clone())
        };
        Typed::new(expr, type_, span)
    }

    fn subtotal(&mut self, span: Span) -> Typed {
        let (parts, expr) = match self.site.lines {
            Lines::Fees(_) => (&self.checker.fees, Expr::FeeSubtotal),
            Lines::Entitlements(_) => (&self.checker.entitlements, Expr::EntitlementSubtotal),
            Lines::None | Lines::All => {
                return self.error(
                    Diagnostic::error(
                        codes::MISPLACED_NAME,
                        span,
                        "`subtotal` has a meaning only in a fee or entitlement line",
                    )
                    .help("there it is the sum of the lines above"),
                );
            }
        };
        let mut sum = Ok(NumberType {
            unit: Unit::Money,
            scale: 0,
            bounds: Bounds::of_ints(0, 0),
        });
        for line in parts {
            let Type::Number(number) = line.amount.type_ else {
                return Typed::error(span);
            };
            let bounds = match line.when {
                Some(_) => number.bounds.hull(Bounds::of_ints(0, 0)),
                None => number.bounds,
            };
            sum = sum.and_then(|sum| sum.add(NumberType { bounds, ..number }, Unit::Money));
        }
        self.numeric_result(sum.map(Type::Number), expr, Reads::Form, span)
    }

    /// What several operands read together; none, and a report, where they do not go together.
    pub fn join(&mut self, operands: &[Typed], span: Span) -> Option<Reads> {
        let mut joined = Reads::Form;
        for operand in operands {
            joined = match (joined, operand.reads) {
                (reads, Reads::Form) | (Reads::Form, reads) => reads,
                (Reads::Record, Reads::Record) => Reads::Record,
                (Reads::Each(a), Reads::Each(b)) if a == b => joined,
                (Reads::Each(a), Reads::Each(b)) => {
                    let id = |group: usize| self.checker.names.groups[group].group.group.as_str();
                    let message = format!(
                        "the records of `{}` and of `{}` do not belong to each other",
                        id(a),
                        id(b)
                    );
                    self.diagnostics.push(
                        Diagnostic::error(codes::MIXED_GROUPS, span, message).help(
                            "make one value of each group first, with `sum`, `any` or the like",
                        ),
                    );
                    return None;
                }
                (Reads::Each(_), Reads::Record) | (Reads::Record, Reads::Each(_)) => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::MIXED_GROUPS,
                            span,
                            "a list of records and the record at hand are mixed",
                        )
                        .help(
                            "make one value of the list first, with `sum`, `any` or the like, and \
                             leave the record's own fields outside of it",
                        ),
                    );
                    return None;
                }
            };
        }
        Some(joined)
    }

    /// Reports a list where one value is wanted.
    pub fn single(&mut self, typed: Typed, what: &str) -> Typed {
        let Some(group) = typed.list().filter(|_| !typed.type_.is_error()) else {
            return typed;
        };
        let text = self.checker.text(typed.span);
        let id = self.checker.names.groups[group].group.group.as_str();
        let aggregates = match typed.type_ {
            Type::Boolean => format!("`any({text})`, `all({text})` or `count({text})`"),
            Type::Number(_) => format!("`sum({text})`, `min({text})` or `max({text})`"),
            Type::Date(_) => format!("`min({text})` or `max({text})`"),
            _ => format!("`any({text} == …)` or `all({text} == …)`"),
        };
        self.error(
            Diagnostic::error(
                codes::LIST_GIVEN,
                typed.span,
                format!("{what} is one value, and this is one for each record of `{id}`"),
            )
            .help(format!("write {aggregates}")),
        )
    }

    /// Reports operands that do not go together.
    pub fn clash(
        &mut self,
        code: Code,
        span: Span,
        message: String,
        help: Option<String>,
    ) -> Typed {
        let mut diagnostic = Diagnostic::error(code, span, message);
        diagnostic.help = help;
        self.error(diagnostic)
    }
}

fn is_about_blank(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == codes::MAY_BE_BLANK
}
