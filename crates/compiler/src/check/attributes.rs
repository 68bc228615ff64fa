//! Attributes of options: `tax_year.starts`.

use counterfoil_engine::plan::{self, Cell, Expr, HitPolicy, Literal, Row, TableColumn};

use super::{Checker, Typed, lowering::Lowering};
use crate::{
    closest::closest,
    codes,
    diagnostic::Diagnostic,
    source::{Span, Spanned},
    types::{ChoiceType, Type},
};

/// The id of the table in which the attributes of a set's options stand; no id of a table has a slash.
fn table_id(set: &str) -> String {
    format!("options/{set}")
}

impl Lowering<'_, '_> {
    /// An attribute of the option that is chosen; blank where none is.
    pub(super) fn attribute(&mut self, base: Typed, name: &Spanned<String>, span: Span) -> Typed {
        let choice = match &base.type_ {
            Type::Error => return Typed::error(span),
            Type::Choice(choice) => choice.clone(),
            _ => {
                let text = self.checker.text(base.span);
                return self.error(Diagnostic::error(
                    codes::MISPLACED_NAME,
                    span,
                    format!(
                        "`{text}` is {}, so there is no `{}` in it",
                        base.type_, name.value
                    ),
                ));
            }
        };
        let attributes = &choice.set.attributes;
        let Some(attribute) = attributes.iter().find(|a| a.name == name.value) else {
            return self.unknown_attribute(&choice, name);
        };
        let type_ = attribute.type_.clone();
        self.checker
            .attributed
            .entry(choice.set.id.clone())
            .or_insert(choice.clone());
        let base = self.settled(base);
        let look_up = Expr::Table {
            table: table_id(&choice.set.id),
            inputs: vec![base.expr.clone()],
            output: name.value.clone(),
        };
        let expr = if base.blank {
            Expr::If {
                condition: Box::new(Expr::Answered(Box::new(base.expr))),
                then: Box::new(look_up),
                otherwise: Box::new(Expr::Blank),
            }
        } else {
            look_up
        };
        Typed::new(expr, type_, span)
            .reading(base.reads)
            .maybe_blank(base.blank)
    }

    fn unknown_attribute(&mut self, choice: &ChoiceType, name: &Spanned<String>) -> Typed {
        let known = choice.set.attributes.iter().map(|a| a.name.as_str());
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            format!(
                "the options of `{}` have no attribute `{}`",
                choice.set.id, name.value
            ),
        );
        let diagnostic = match closest(name.as_str(), known) {
            Some(meant) => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(name.span, meant),
            None => diagnostic.help(format!(
                "declare it: `attributes:` with `{}:` and its type, beside `options:`",
                name.value
            )),
        };
        self.error(diagnostic)
    }
}

impl Checker<'_> {
    /// The tables in which attributes are looked up, of those sets whose attributes are read.
    pub fn attribute_tables(&self) -> Vec<plan::Table> {
        let sets = self.attributed.values();
        sets.map(|choice| {
            let set = &choice.set;
            let rows = set.options.iter().enumerate();
            plan::Table {
                table: table_id(&set.id),
                hit: HitPolicy::Unique,
                inputs: vec![TableColumn {
                    name: "option".to_owned(),
                    type_: Type::Choice(choice.clone()).published(),
                }],
                outputs: set
                    .attributes
                    .iter()
                    .map(|attribute| TableColumn {
                        name: attribute.name.clone(),
                        type_: attribute.published.clone(),
                    })
                    .collect(),
                rows: rows
                    .map(|(index, option)| Row {
                        when: vec![vec![Cell::Equal(Literal::Text(option.clone()))]],
                        then: set
                            .attributes
                            .iter()
                            .map(|a| a.values[index].clone())
                            .collect(),
                    })
                    .collect(),
            }
        })
        .collect()
    }
}
