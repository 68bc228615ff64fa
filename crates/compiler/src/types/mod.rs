//! Types of expressions.

mod dates;
mod number;
mod quotient;

use std::{fmt, rc::Rc};

use counterfoil_engine::{date::Day, number::Number, plan};

pub use dates::{DurationType, RangeType, Whole};
pub use number::{Bounds, NumberType, TooManyDigits, Unit};
pub use quotient::{Numeric, QuotientType, divide_bounds};

/// The options that choices of one kind share. Two choices compare only if their sets are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionSet {
    /// The name of a named set, or the path of the field that lists the options.
    pub id: String,
    /// Ids of the options, in order.
    pub options: Vec<String>,
    /// Their labels in the form's own file, in order; empty where a label is worked out.
    pub labels: Vec<String>,
    /// Attributes of the options.
    pub attributes: Vec<Attribute>,
}

/// Something that is known of every option of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type, around the values of all options.
    pub type_: Type,
    /// As the plan states it.
    pub published: plan::Type,
    /// One value for each option.
    pub values: Vec<plan::Literal>,
}

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Boolean,
    /// An exact number.
    Number(NumberType),
    /// An exact quotient.
    Quotient(QuotientType),
    /// A text; a literal can still become an option or a date.
    Text {
        /// Whether it consists of literals only.
        literal: bool,
    },
    /// A civil day.
    Date(Days),
    /// A length of time.
    Duration(DurationType),
    /// The days from a start to an end.
    Range(RangeType),
    /// One of a set's options.
    Choice(ChoiceType),
    /// Several of a set's options.
    Set(ChoiceType),
    /// Something wrong that has been reported; it goes with everything in silence.
    Error,
}

/// First and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub min: Day,
    /// Last day.
    pub max: Day,
}

impl Days {
    /// Every day of the calendar.
    pub const ALL: Self = Self {
        min: Day::MIN,
        max: Day::MAX,
    };

    /// The least range around both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// Whether all of the other's days lie within.
    pub fn covers(self, other: Self) -> bool {
        self.min <= other.min && other.max <= self.max
    }
}

/// The type of a choice or set.
#[derive(Clone, Debug)]
pub struct ChoiceType {
    /// Its options.
    pub set: Rc<OptionSet>,
    /// Prefix of the text keys of their labels, such as `field.organiser`.
    pub labels: String,
}

/// Where labels come from does not matter to what goes with what.
impl PartialEq for ChoiceType {
    fn eq(&self, other: &Self) -> bool {
        self.set.id == other.set.id
    }
}

impl Eq for ChoiceType {}

impl Type {
    /// A text that is no literal.
    pub const TEXT: Self = Self::Text { literal: false };

    /// Whether this is a mistake that has been reported.
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::Error)
    }

    /// As number or quotient, if it is one.
    pub const fn numeric(&self) -> Option<Numeric> {
        match self {
            Self::Number(number) => Some(Numeric::Number(*number)),
            Self::Quotient(quotient) => Some(Numeric::Quotient(*quotient)),
            _ => None,
        }
    }

    /// The type under a name: away from its neighbours a literal number counts nothing in particular, and
    /// a literal text is a text.
    #[must_use]
    pub fn named(self) -> Self {
        match self {
            Self::Text { .. } => Self::TEXT,
            Self::Number(number) if number.unit == Unit::Any => Self::Number(NumberType {
                unit: Unit::None,
                ..number
            }),
            other => other,
        }
    }

    /// As the plan states it; a quotient has been refused before.
    pub fn published(&self) -> plan::Type {
        match self {
            Self::Boolean => plan::Type::Boolean,
            Self::Number(number) if number.unit == Unit::Money => plan::Type::Money,
            Self::Number(number) if number.scale == 0 && fits_json(number.bounds) => {
                plan::Type::Integer
            }
            Self::Number(_) | Self::Quotient(_) => plan::Type::Decimal,
            Self::Text { .. } | Self::Error => plan::Type::Text,
            Self::Date(_) => plan::Type::Date,
            Self::Duration(_) => plan::Type::Duration { unit: None },
            Self::Range(_) => plan::Type::DateRange,
            Self::Choice(choice) => plan::Type::Choice {
                labels: choice.labels.clone(),
            },
            Self::Set(choice) => plan::Type::Set {
                labels: choice.labels.clone(),
            },
        }
    }
}

/// Whether every value is an integer that JSON readers keep exactly.
pub fn fits_json(bounds: Bounds) -> bool {
    bounds.magnitude() < Number::from_int(1 << 53)
}

/// As a diagnostic names it: "an amount of money".
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => f.write_str("yes or no"),
            Self::Number(NumberType { unit, scale, .. }) => f.write_str(match (unit, scale) {
                (Unit::Money, _) => "an amount of money",
                (_, 0) => "a whole number",
                _ => "a number",
            }),
            Self::Quotient(QuotientType { unit, .. }) => f.write_str(match unit {
                Unit::Money => "an exact quotient of money",
                _ => "an exact quotient",
            }),
            Self::Text { .. } => f.write_str("a text"),
            Self::Date(_) => f.write_str("a date"),
            Self::Duration(_) => f.write_str("a duration"),
            Self::Range(_) => f.write_str("a range of days"),
            Self::Choice(choice) => write!(f, "an option of `{}`", choice.set.id),
            Self::Set(choice) => write!(f, "a set of options of `{}`", choice.set.id),
            Self::Error => f.write_str("something that could not be read"),
        }
    }
}
