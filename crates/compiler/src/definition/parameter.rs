//! Dated constants and the office's facts.

use counterfoil_engine::{date::Day, number::Number, plan};

use super::{FieldType, Id, Template};
use crate::source::{Span, Spanned};

/// A dated constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its id.
    pub parameter: Id,
    /// `type`.
    pub type_: Spanned<ScalarType>,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
    /// `periods` in the order written; a `value` written without periods is one period with open
    /// ends.
    pub periods: Vec<ParameterPeriod>,
    /// The whole entry.
    pub span: Span,
}

/// The value of a parameter over a time.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterPeriod {
    /// `from`: first day.
    pub from: Option<Spanned<Day>>,
    /// `to`: last day.
    pub to: Option<Spanned<Day>>,
    /// `value`, of the parameter's type.
    pub value: Spanned<Constant>,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// The type of a constant or of a table's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarType {
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `decimal`
    Decimal,
    /// `money`
    Money,
    /// `text`
    Text,
    /// `date`
    Date,
    /// Not readable; reported already.
    Error,
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer, decimal or amount.
    Number {
        /// Its exact value.
        value: Number,
        /// As written, such as `12.50`.
        raw: String,
    },
    /// A text.
    Text(String),
    /// A day.
    Date(Day),
    /// Not readable; reported already.
    Error,
}

impl ScalarType {
    /// As the plan states it.
    pub const fn published(self) -> plan::Type {
        match self {
            Self::Boolean | Self::Error => plan::Type::Boolean,
            Self::Integer => plan::Type::Integer,
            Self::Decimal => plan::Type::Decimal,
            Self::Money => plan::Type::Money,
            Self::Text => plan::Type::Text,
            Self::Date => plan::Type::Date,
        }
    }
}

impl Constant {
    /// As the plan states it; what could not be read is no longer published.
    pub fn literal(&self) -> plan::Literal {
        match self {
            Self::Boolean(value) => plan::Literal::Boolean(*value),
            Self::Number { value, .. } => plan::Literal::Number(*value),
            Self::Text(text) => plan::Literal::Text(text.clone()),
            Self::Date(day) => plan::Literal::Date(*day),
            Self::Error => plan::Literal::Boolean(false),
        }
    }
}

/// What only the office knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its id.
    pub fact: Id,
    /// `type` with the limits that go with it.
    pub type_: Spanned<FieldType>,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
    /// The whole entry.
    pub span: Span,
}
