//! The untyped tree of an expression.

use counterfoil_engine::number::Number;

use crate::source::{Span, Spanned};

/// An expression as written, nothing resolved or typed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it was written, surrounding parentheses not included.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `true` or `false`.
    Boolean(bool),
    /// A number without a sign; units and scale come from the context.
    Number {
        /// Its exact value.
        value: Number,
        /// Its digits as written, such as `2.50`.
        raw: String,
    },
    /// A quoted text: an option's id, a text, or a date where a date is expected.
    Text(String),
    /// A name standing alone: a field, value, parameter, fact, group, `today` or `subtotal`.
    Name(String),
    /// `base.name`: `streets.metres`, `fees.base`, `rules.short_enough`, `credit(n).rate`.
    Member {
        /// What stands before the point.
        base: Box<Expr>,
        /// What stands after it.
        name: Spanned<String>,
    },
    /// `name(arguments)`: a function or a table. `not(x)` is [`ExprKind::Not`].
    Call {
        /// The name before the parenthesis.
        name: Spanned<String>,
        /// What stands between the parentheses.
        arguments: Vec<Expr>,
    },
    /// `base.name(arguments)`: a parameter on another day, `fee.on(day)`.
    Method {
        /// What stands before the point.
        base: Box<Expr>,
        /// What stands after it.
        name: Spanned<String>,
        /// What stands between the parentheses.
        arguments: Vec<Expr>,
    },
    /// `not(x)`.
    Not(Box<Expr>),
    /// `-x`.
    Negate(Box<Expr>),
    /// `a and b and …`, at least two operands.
    And(Vec<Expr>),
    /// `a or b or …`, at least two operands.
    Or(Vec<Expr>),
    /// Two operands and an operator between them.
    Binary {
        /// The operator.
        op: Spanned<BinaryOp>,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `if condition { then } else { otherwise }`; `else if` nests in `otherwise`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The result where the condition holds.
        then: Box<Expr>,
        /// The result where it does not.
        otherwise: Box<Expr>,
    },
    /// `[a, b, …]`.
    List(Vec<Expr>),
    /// Something that has been reported already; takes any type in silence.
    Error,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `??`: the left operand, or the right one where the left is blank.
    Default,
    /// `in`: whether the left operand is in the list or set on the right.
    In,
}

impl BinaryOp {
    /// The operator as written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Default => "??",
            Self::In => "in",
        }
    }

    /// Whether this is one of `+ - * /`.
    pub const fn is_arithmetic(self) -> bool {
        matches!(
            self,
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide
        )
    }

    /// Whether this is one of `== != < <= > >=`.
    pub const fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::AtMost
                | Self::Greater
                | Self::AtLeast
        )
    }
}
