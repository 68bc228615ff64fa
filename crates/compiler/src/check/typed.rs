//! Expressions with what is known of their results.

use counterfoil_engine::plan::{Expr, Literal};

use crate::{expression::Expr as Source, source::Span, types::Type};

/// A lowered expression with its type.
#[derive(Clone, Debug)]
pub struct Typed {
    /// As it stands in the plan.
    pub expr: Expr,
    /// Its type, of one record where it is a list.
    pub type_: Type,
    /// Whether it may be blank, as far as its own form tells; what is assumed where it stands may rule
    /// that out.
    pub blank: bool,
    /// What of the answers it reads.
    pub reads: Reads,
    /// Where it was written.
    pub span: Span,
}

/// What of the answers an expression reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reads {
    /// Nothing of a record.
    #[default]
    Form,
    /// The record at hand.
    Record,
    /// Every record of a group, one after another: the expression is a list.
    Each(usize),
    /// Every row that a look-up finds, one after another: the expression is a list.
    Rows {
        /// The look-up, by position among those of the expression.
        look_up: usize,
        /// Whether the record at hand is read besides.
        record: bool,
    },
}

/// A condition that holds where an expression stands.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// The condition.
    pub expr: Expr,
    /// What it reads.
    pub reads: Reads,
}

impl Assumption {
    /// A condition that reads nothing of a record.
    pub const fn of_form(expr: Expr) -> Self {
        Self {
            expr,
            reads: Reads::Form,
        }
    }

    /// What stands under a condition, as written and as read. Under one that could not be read nothing is
    /// known, and nothing that follows from that is to be reported: a contradiction allows everything.
    pub fn under(written: Option<&Source>, read: Option<&Expr>, reads: Reads) -> Option<Self> {
        match (written, read) {
            (_, Some(expr)) => Some(Self {
                expr: expr.clone(),
                reads,
            }),
            (Some(_), None) => Some(Self::unread()),
            (None, None) => None,
        }
    }

    /// The place of a condition that could not be read.
    pub const fn unread() -> Self {
        Self::of_form(Expr::Literal(Literal::Boolean(false)))
    }

    /// That an operand of `and` (or of `or`) leaves the result to the others.
    pub fn leaves_open(operand: &Typed, conjunction: bool) -> Self {
        let expr = operand.expr.clone();
        Self {
            expr: if conjunction {
                expr
            } else {
                Expr::Not(Box::new(expr))
            },
            reads: operand.reads,
        }
    }
}

impl Typed {
    /// What stands for a mistake that has been reported.
    pub const fn error(span: Span) -> Self {
        Self::new(Expr::Blank, Type::Error, span)
    }

    /// An expression that reads nothing of a record and is never blank.
    pub const fn new(expr: Expr, type_: Type, span: Span) -> Self {
        Self {
            expr,
            type_,
            blank: false,
            reads: Reads::Form,
            span,
        }
    }

    /// The same with what it reads.
    #[must_use]
    pub const fn reading(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    /// The same, blank or not.
    #[must_use]
    pub const fn maybe_blank(mut self, blank: bool) -> Self {
        self.blank = blank;
        self
    }

    /// The group whose records it lists.
    pub const fn list(&self) -> Option<usize> {
        match self.reads {
            Reads::Each(group) => Some(group),
            Reads::Form | Reads::Record | Reads::Rows { .. } => None,
        }
    }

    /// Whether it is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self.reads, Reads::Each(_) | Reads::Rows { .. })
    }
}
