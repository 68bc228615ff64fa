//! Names in expressions: fields, values, members of groups, rules and lines.

use counterfoil_engine::{
    number::Number,
    plan::{CompareOp, Expr, Literal},
};

use super::{
    Lines, Reads, Typed,
    lowering::{FUNCTIONS, Lowering},
};
use crate::{
    closest::closest,
    codes,
    definition::Composite,
    diagnostic::Diagnostic,
    expression::{Expr as Source, ExprKind},
    names::Item,
    source::{Span, Spanned},
    types::{Bounds, NumberType, Type, Unit},
};

/// Days of the week, which are the numbers from 1 on where the form gives the word no other meaning.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Lowering<'_, '_> {
    pub(super) fn name(&mut self, name: &str, span: Span) -> Typed {
        match name {
            "today" => return Typed::new(Expr::Today, Type::Date(self.checker.today), span),
            "subtotal" => return self.subtotal(span),
            "fees" | "entitlements" | "rules" | "decisions" => {
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
        if let Some(local) = self.local(name, span) {
            return local;
        }
        match self.checker.names.resolve(name, self.site.group) {
            Some(item) => self.item(item, span),
            None => match WEEKDAYS.iter().position(|weekday| *weekday == name) {
                Some(position) => {
                    let number = Number::from_int(position as i64 + 1);
                    let type_ = Type::Number(NumberType::literal(number));
                    Typed::new(Expr::Literal(Literal::Number(number)), type_, span)
                }
                None => self.unknown(name, span),
            },
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
            Item::Parameter(parameter) => {
                self.checker.parameter_reads[parameter].own_day = true;
                Typed::new(
                    Expr::Parameter(form.parameters[parameter].parameter.value.clone()),
                    self.checker.parameters[parameter].clone(),
                    span,
                )
            }
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
            Item::Function(function) => {
                let function = &form.functions[function];
                let arguments = function.arguments.iter().map(|a| a.argument.as_str());
                let call = arguments.collect::<Vec<_>>().join(", ");
                let id = function.function.as_str();
                self.error(
                    Diagnostic::error(
                        codes::MISPLACED_NAME,
                        span,
                        format!("`{id}` is a function and needs its arguments"),
                    )
                    .help(format!("write `{id}({call})`")),
                )
            }
            Item::Table(table) => {
                let table = &form.tables[table];
                let inputs: Vec<_> = table.inputs.iter().map(|i| i.name.as_str()).collect();
                let id = table.table.as_str();
                let form = match (inputs.is_empty(), table.outputs.first()) {
                    (true, Some(output)) => format!("{id}.{}", output.name.value),
                    _ => format!("{id}({})", inputs.join(", ")),
                };
                self.error(
                    Diagnostic::error(codes::MISPLACED_NAME, span, format!("`{id}` is a table"))
                        .help(format!("look something up in it: `{form}`")),
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
        if self.checker.form.shared.incomplete {
            // A file could not be read that may have declared it.
            return Typed::error(span);
        }
        let names = &self.checker.names;
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            span,
            format!("nothing in the form is called `{name}`"),
        );
        if let Some(composite) = self.checker.form.composite(None, name) {
            return self.asked_in_parts(composite, name, span);
        }
        if FUNCTIONS.contains(&name) {
            diagnostic.message = format!("`{name}` is a function and needs parentheses");
            diagnostic = diagnostic.help(format!("write `{name}(…)`"));
        } else if let Some(group) = names.groups_with(name) {
            diagnostic = diagnostic
                .help(format!(
                    "the group `{group}` has it: outside the group write `{group}.{name}`"
                ))
                .suggest(span, format!("{group}.{name}"));
        } else if let Some(meant) = closest(
            name,
            names
                .visible(self.site.group)
                .chain(WEEKDAYS)
                .chain(self.locals.iter().map(|(local, _)| local.as_str())),
        ) {
            diagnostic = diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(span, meant);
        }
        self.error(diagnostic)
    }

    /// A question of several parts, read as one.
    fn asked_in_parts(&mut self, composite: &Composite, written: &str, span: Span) -> Typed {
        let part = composite.parts.first().map_or("…", String::as_str);
        let message = format!("`{written}` is asked in parts, and has no answer of its own");
        self.error(
            Diagnostic::error(codes::COMPOSITE_PART, span, message)
                .help(format!("read one of its parts, as in `{written}.{part}`")),
        )
    }

    /// A part that a question does not have.
    fn part_of(&mut self, composite: &Composite, name: &Spanned<String>) -> Typed {
        let id = &composite.composite.value;
        let message = format!("`{id}` has no part `{}`", name.value);
        let found = Diagnostic::error(codes::COMPOSITE_PART, name.span, message);
        let parts = composite.parts.iter().map(String::as_str);
        let found = match closest(name.as_str(), parts) {
            Some(meant) => found
                .help(format!("did you mean `{id}.{meant}`?"))
                .suggest(name.span, meant),
            None => found.help(format!("its parts are `{}`", composite.parts.join("`, `"))),
        };
        self.error(found)
    }

    pub(super) fn member(&mut self, base: &Source, name: &Spanned<String>, span: Span) -> Typed {
        match &base.kind {
            ExprKind::Name(base) if base == "fees" => self.line(name, true, span),
            ExprKind::Name(base) if base == "entitlements" => self.line(name, false, span),
            ExprKind::Name(base) if base == "rules" => self.rule(name, span),
            ExprKind::Name(base) if base == "decisions" => self.decision(name, span),
            ExprKind::Name(local) if self.locals.iter().any(|(name, _)| name == local) => {
                self.part(base, name, span)
            }
            ExprKind::Name(group) => match self.checker.names.resolve(group, self.site.group) {
                Some(Item::Group(group)) => self.each(group, name, span),
                Some(Item::Table(position))
                    if self.checker.form.tables[position].inputs.is_empty() =>
                {
                    self.look_up(position, &[], Some(name), span)
                }
                Some(Item::Table(_)) => {
                    let base = self.expr(base);
                    Typed::error(base.span)
                }
                Some(_) => self.part(base, name, span),
                None => match self.checker.form.composite(None, group) {
                    Some(composite) => self.part_of(composite, name),
                    None => self.unknown(group, base.span),
                },
            },
            ExprKind::Call {
                name: table,
                arguments,
            } => match self.checker.names.resolve(table.as_str(), self.site.group) {
                Some(Item::Table(position)) => self.look_up(position, arguments, Some(name), span),
                _ => self.part(base, name, span),
            },
            ExprKind::Error => Typed::error(span),
            _ => self.part(base, name, span),
        }
    }

    /// A part of a value: an end of a range, or an attribute of an option.
    fn part(&mut self, base: &Source, name: &Spanned<String>, span: Span) -> Typed {
        let typed = self.expr(base);
        if typed.type_.is_error() {
            return Typed::error(span);
        }
        match self.end_of_range(&typed, name, span) {
            Some(end) => end,
            None => self.attribute(typed, name, span),
        }
    }

    /// A field or value of every record of a group.
    fn each(&mut self, group: usize, name: &Spanned<String>, span: Span) -> Typed {
        let reads = Reads::Each(group);
        match self.checker.names.member(group, name.as_str()) {
            Some(Item::Field(field)) => self.field(field, span).reading(reads),
            Some(Item::Value(value)) => self.value(value, span).reading(reads),
            _ => {
                let id = self.checker.names.groups[group].group.group.as_str();
                if let Some(composite) = self.checker.form.composite(Some(id), name.as_str()) {
                    let written = format!("{id}.{}", name.value);
                    return self.asked_in_parts(composite, &written, span);
                }
                let mut diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    name.span,
                    format!("the group `{id}` has no `{}`", name.value),
                );
                if let Some(meant) = closest(name.as_str(), self.checker.names.members(group)) {
                    diagnostic = diagnostic
                        .help(format!("did you mean `{id}.{meant}`?"))
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

    /// `decisions.x`: whether the verdict is `eligible`. Every rule that applies holds, so it is false as
    /// soon as one does not, and undecided while the verdict is.
    fn decision(&mut self, name: &Spanned<String>, span: Span) -> Typed {
        let form = self.checker.form;
        let Some(found) = form
            .decisions
            .iter()
            .find(|d| d.decision.value == name.value)
        else {
            let ids = form.decisions.iter().map(|d| d.decision.as_str());
            let diagnostic = self.unknown_of("a decision", name, ids);
            return self.error(diagnostic);
        };
        let held = found.rules.iter().map(|rule| {
            let holds = Expr::Rule {
                decision: found.decision.value.clone(),
                rule: rule.rule.value.clone(),
            };
            match rule.when {
                // Where it does not apply it is blank, and stands in nobody's way.
                Some(_) => Expr::Compare {
                    op: CompareOp::NotEqual,
                    left: Box::new(holds),
                    right: Box::new(Expr::Literal(Literal::Boolean(false))),
                },
                None => holds,
            }
        });
        Typed::new(Expr::And(held.collect()), Type::Boolean, span)
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
                .help(format!("did you mean `{meant}`?"))
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
        if let (Lines::Fees(_), false) | (Lines::Entitlements(_), true) = (self.site.lines, fees) {
            let message = "fees and entitlements are worked out apart from each other".to_owned();
            let help = Some("give what both need a name under `values:`".to_owned());
            return self.clash(codes::MISPLACED_NAME, span, message, help);
        }
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
}
