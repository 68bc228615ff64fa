//! Presence: what may be blank, and what is known not to be where it stands.

use counterfoil_engine::plan::{Expr, Requirement};

use super::{Assumption, Checker, Reads, Typed, lowering::Lowering};
use crate::{
    codes, definition,
    diagnostic::Diagnostic,
    proofs::implication::{self, Domain, Environment, FieldFacts, Required},
    types::Type,
};

impl Lowering<'_, '_> {
    /// Reports an operand that may be blank where it stands. True if it is never blank.
    pub fn present(&mut self, operand: &Typed) -> bool {
        if operand.type_.is_error() || self.is_present(operand) {
            return true;
        }
        let diagnostic = self.explain_blank(operand);
        self.diagnostics.push(diagnostic);
        false
    }

    /// The same expression, known not to be blank where what is assumed rules that out.
    pub fn settled(&mut self, mut typed: Typed) -> Typed {
        typed.blank = typed.blank && !self.is_present(&typed);
        typed
    }

    fn is_present(&mut self, operand: &Typed) -> bool {
        if !operand.blank {
            return true;
        }
        let assumptions = self.assumptions_for(operand.reads);
        implication::implies_present(self.checker, &assumptions, &operand.expr)
    }

    /// The assumptions that speak of the same records as an operand does: the names of a record mean
    /// another record in a list than at hand.
    pub(super) fn assumptions_for(&mut self, reads: Reads) -> Vec<Expr> {
        let lists = self
            .assumed
            .iter()
            .any(|assumption| matches!(assumption.reads, Reads::Each(_) | Reads::Rows { .. }));
        let wanted = |other: Reads| match (reads, other) {
            (_, Reads::Form) => true,
            (Reads::Form, Reads::Record) => !lists,
            (Reads::Form, Reads::Each(_) | Reads::Rows { .. }) => true,
            (Reads::Rows { .. }, Reads::Record) => true,
            (Reads::Rows { look_up: a, .. }, Reads::Rows { look_up: b, .. }) => a == b,
            (reads, other) => reads == other,
        };
        let mut assumptions: Vec<Expr> = self
            .assumed
            .iter()
            .filter(|assumption| wanted(assumption.reads))
            .map(|assumption| assumption.expr.clone())
            .collect();
        // Where there is a record, its page is asked.
        if let Reads::Each(group) = reads {
            let page = self.checker.names.groups[group].page;
            assumptions.extend(self.checker.page_when(page));
        }
        assumptions
    }

    fn explain_blank(&self, operand: &Typed) -> Diagnostic {
        let text = self.checker.text(operand.span);
        let diagnostic =
            |message: String| Diagnostic::error(codes::MAY_BE_BLANK, operand.span, message);
        let found = match &operand.expr {
            Expr::Field(path) => self.explain_blank_field(path, text, &diagnostic),
            Expr::Aggregate { group, .. } => {
                diagnostic(format!("`{text}` is blank where `{group}` has no records"))
            }
            Expr::ParameterOn { parameter, .. } => diagnostic(format!(
                "`{text}` is blank where `{parameter}` has no value on that day"
            )),
            Expr::Accrue { parameter, .. } => diagnostic(format!(
                "`{text}` is blank where `{parameter}` has no value on one of the days"
            )),
            Expr::Date(_) => diagnostic(format!("`{text}` is blank where there is no such day")),
            Expr::Call { function, .. } => diagnostic(format!(
                "`{text}` is blank where `{function}` comes to nothing"
            )),
            Expr::OverRows { table, .. } => diagnostic(format!(
                "`{text}` is blank where no row of `{table}` matches"
            )),
            Expr::Rule { .. } => {
                diagnostic(format!("`{text}` is blank where the rule does not apply"))
            }
            _ => diagnostic(format!("`{text}` may be blank here")),
        };
        let simple = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.()".contains(&b));
        let name = if simple { text } else { "…" };
        let shown = match &operand.expr {
            Expr::Field(path) => self.asked_where(path),
            _ => None,
        };
        let where_there = format!(
            "use it only where `{}` holds, with `when:` or `if`",
            shown.unwrap_or(&format!("answered({name})"))
        );
        found.help(match operand.type_ {
            Type::Boolean => {
                format!("Write `{name} == true` if blank counts as no, or {where_there}")
            }
            Type::Number(_) => {
                format!("say what counts instead, `({name} ?? 0)`, or {where_there}")
            }
            _ => format!("{where_there}, or say what counts instead with `??`"),
        })
    }

    /// The condition under which a field is asked, where it is short enough to repeat.
    fn asked_where(&self, path: &str) -> Option<&str> {
        const MAX_REPEATED: usize = 60;

        let checker = &*self.checker;
        let entry = &checker.names.fields[checker.names.field_at(path)?];
        let optional = !matches!(
            entry.field.required,
            None | Some(definition::Requirement::Always(_))
        );
        let when = entry.field.when.as_ref().filter(|_| !optional)?;
        let text = checker.text(when.span);
        (text.len() <= MAX_REPEATED && !text.contains('\n')).then_some(text)
    }

    fn explain_blank_field(
        &self,
        path: &str,
        text: &str,
        diagnostic: &dyn Fn(String) -> Diagnostic,
    ) -> Diagnostic {
        let checker = &*self.checker;
        let Some(field) = checker.names.field_at(path) else {
            return diagnostic(format!("`{text}` may be blank here"));
        };
        let entry = &checker.names.fields[field];
        let page = &checker.form.pages[entry.page];
        let hidden = match (&entry.field.when, &page.when) {
            (Some(when), _) => Some((when, "it is asked")),
            (None, Some(when)) if entry.group.is_none() => Some((when, "its page is asked")),
            _ => None,
        };
        match (hidden, &entry.field.required) {
            (_, Some(definition::Requirement::Never(span))) => {
                diagnostic(format!("`{text}` may be left blank")).label(*span, "it is optional")
            }
            (Some((when, what)), _) => {
                diagnostic(format!("`{text}` is blank where it is not asked"))
                    .label(when.span, format!("{what} only where this holds"))
            }
            (None, Some(definition::Requirement::When(when))) => {
                diagnostic(format!("`{text}` may be left blank"))
                    .label(when.span, "it is required only where this holds")
            }
            _ => diagnostic(format!("`{text}` may be blank here")),
        }
    }
}

impl Checker<'_> {
    /// Reports a question that no answers can lead to.
    pub(super) fn report_never_asked(&mut self, field: usize) {
        let entry = &self.names.fields[field];
        let page = &self.form.pages[entry.page];
        let Some(condition) = entry.field.when.as_ref().or(page.when.as_ref()) else {
            return;
        };
        // A page that is never asked is reported once, at its first question.
        let first = entry.field.when.is_some()
            || field
                .checked_sub(1)
                .is_none_or(|before| self.names.fields[before].page != entry.page);
        let (span, path) = (condition.span, entry.path.clone());
        let shown: Vec<Expr> = self.shown(field).into_iter().map(|a| a.expr).collect();
        if first && !shown.is_empty() && implication::contradict(self, &shown) {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::NEVER_ASKED,
                    span,
                    format!("no answers make this true, so `{path}` is never asked"),
                )
                .help("mend the condition, or leave the question out"),
            );
        }
    }
}

impl Environment for Checker<'_> {
    fn field(&mut self, path: &str) -> Option<FieldFacts> {
        let field = self.names.field_at(path)?;
        let type_ = &self.fields[field].type_;
        let domain = match type_ {
            Type::Boolean => Domain::Boolean,
            Type::Choice(choice) => Domain::Options(choice.set.options.clone()),
            _ => Domain::Many,
        };
        let set = matches!(type_, Type::Set(_));
        let shown = self.shown(field).into_iter().map(|a| a.expr).collect();
        let required = match self.field_requirement(field) {
            // A set that is left empty is the empty set, not blank.
            _ if set => Required::Always,
            Requirement::Always => Required::Always,
            Requirement::Never => Required::Never,
            Requirement::When(condition) => Required::When(condition),
        };
        Some(FieldFacts {
            domain,
            shown,
            required,
        })
    }

    fn definition(&mut self, name: &Expr) -> Option<Expr> {
        match name {
            Expr::Value(path) => {
                let value = self.names.value_at(path)?;
                let typed = self.value(value);
                (!typed.type_.is_error()).then_some(typed.expr)
            }
            Expr::Rule { decision, rule } => {
                let decisions = &self.form.decisions;
                let position = decisions
                    .iter()
                    .position(|d| d.decision.value == *decision)?;
                let rules = &decisions[position].rules;
                let rule = rules.iter().position(|r| r.rule.value == *rule)?;
                let parts = self.rule(position, rule)?;
                Some(match parts.when {
                    Some(when) => Expr::If {
                        condition: Box::new(when),
                        then: Box::new(parts.require),
                        otherwise: Box::new(Expr::Blank),
                    },
                    None => parts.require,
                })
            }
            _ => None,
        }
    }
}

impl Assumption {
    /// That a value is there or not, where an expression stands.
    pub(super) fn answered(operand: &Typed, answered: bool) -> Self {
        let condition = Expr::Answered(Box::new(operand.expr.clone()));
        Self {
            expr: if answered {
                condition
            } else {
                Expr::Not(Box::new(condition))
            },
            reads: operand.reads,
        }
    }
}
