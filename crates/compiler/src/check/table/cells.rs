//! Cells, read by the types of their columns.

use counterfoil_engine::{
    number::Number,
    plan::{Cell, Literal},
};

use super::Column;
use crate::{
    check::Checker,
    closest::closest,
    codes,
    definition::{Alternative, AlternativeKind, mangled_date},
    diagnostic::Diagnostic,
    source::Spanned,
    types::Type,
};

impl Checker<'_> {
    /// A cell's alternative as the plan has it.
    pub(super) fn cell(&mut self, alternative: &Alternative, column: &Column) -> Option<Cell> {
        let has_order = matches!(column.type_, Type::Number(_) | Type::Date(_));
        match &alternative.kind {
            AlternativeKind::Blank => Some(Cell::Blank),
            AlternativeKind::Equal(literal) => self.literal(literal, column).map(Cell::Equal),
            AlternativeKind::Range { .. } if column.type_.is_error() => None,
            AlternativeKind::Range { .. } if !has_order => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::TABLE_CELL,
                        alternative.span,
                        format!(
                            "the column `{}` holds {}, which has no order",
                            column.name, column.type_
                        ),
                    )
                    .help("list what is meant, as in `a | b`"),
                );
                None
            }
            AlternativeKind::Range {
                from,
                from_included,
                to,
                to_included,
            } => {
                let mut end = |end: &Option<Spanned<String>>| match end {
                    None => Some(None),
                    Some(literal) => self.literal(literal, column).map(Some),
                };
                let (from, to) = (end(from), end(to));
                let (from, to) = (from?, to?);
                Some(Cell::Range {
                    after: from.is_some() && !from_included,
                    before: to.is_some() && !to_included,
                    from,
                    to,
                })
            }
        }
    }

    fn literal(&mut self, written: &Spanned<String>, column: &Column) -> Option<Literal> {
        let text = written.as_str();
        let (literal, wants) = match &column.type_ {
            Type::Error | Type::Quotient(_) | Type::Set(_) | Type::Duration(_) | Type::Range(_) => {
                return None;
            }
            Type::Boolean => (text.parse().ok().map(Literal::Boolean), "`true` or `false`"),
            Type::Number(_) => (
                Number::parse(text).ok().map(Literal::Number),
                "a number, such as 12.50",
            ),
            Type::Date(_) => (
                match mangled_date(text, written.span) {
                    Some(found) => {
                        self.diagnostics.push(found);
                        return None;
                    }
                    None => text.parse().ok().map(Literal::Date),
                },
                "a date, such as 2026-01-31",
            ),
            Type::Text { .. } => (Some(Literal::Text(text.to_owned())), "a text"),
            Type::Choice(choice) => {
                let options = &choice.set.options;
                if !options.iter().any(|option| option == text) {
                    let diagnostic = Diagnostic::error(
                        codes::UNKNOWN_OPTION,
                        written.span,
                        format!("`{}` has no option `{text}`", choice.set.id),
                    );
                    self.diagnostics.push(
                        match closest(text, options.iter().map(String::as_str)) {
                            Some(meant) => diagnostic
                                .help(format!("did you mean `{meant}`?"))
                                .suggest(written.span, meant),
                            None => {
                                diagnostic.help(format!("its options are {}", options.join(", ")))
                            }
                        },
                    );
                    return None;
                }
                (Some(Literal::Text(text.to_owned())), "an option")
            }
        };
        if literal.is_none() {
            self.diagnostics.push(Diagnostic::error(
                codes::TABLE_CELL,
                written.span,
                format!("the column `{}` wants {wants}, not `{text}`", column.name),
            ));
        }
        literal
    }
}

pub(super) fn is_blank(alternative: &Alternative) -> bool {
    alternative.kind == AlternativeKind::Blank
}

pub(super) fn literal_text(alternative: &Alternative) -> Option<String> {
    match &alternative.kind {
        AlternativeKind::Equal(text) => Some(text.value.clone()),
        _ => None,
    }
}
