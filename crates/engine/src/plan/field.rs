//! Questions: what is asked, and which answers are taken.

use serde::Serialize;

use super::{Expr, When};
use crate::{
    date::{Day, DurationUnit},
    number::Number,
};

/// A question. In a group, `field` is the id within the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// The field's id, its key in the answers.
    pub field: String,
    /// Type and limits.
    #[serde(rename = "type")]
    pub type_: FieldType,
    /// When it is asked, besides its page's and group's own conditions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
    /// Whether it must be answered when asked.
    #[serde(skip_serializing_if = "Requirement::is_always")]
    pub required: Requirement,
    /// Hints for pages; no rule reads them.
    #[serde(skip_serializing_if = "Presentation::is_default")]
    pub presentation: Presentation,
}

/// Whether an answer is required.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// It is.
    #[default]
    Always,
    /// It may be left blank.
    Never,
    /// It is where the condition holds.
    When(Expr),
}

impl Requirement {
    pub(super) fn is_always(&self) -> bool {
        matches!(self, Self::Always)
    }
}

/// Hints for pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Presentation {
    /// HTML autocomplete token (WCAG 2.2, 1.3.5); for a date, `bday` stands for its three parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
    /// Several lines of text.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub multiline: bool,
    /// A document to be sent: the answer, which is only ever yes, is that the applicant will send it later.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub file: bool,
    /// Nobody can change what is asked, such as a date of birth: no other answer is ever proposed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// The question that it is a part of, by its id. Neighbouring fields with the same one stand under
    /// one legend, the text `field.<id>.label`, in a group `field.<group>.<id>.label`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// What the answer is for: purposes of [`super::Rules::privacy`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<String>,
}

impl Presentation {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Type and limits of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Yes or no.
    Boolean {
        /// Only `true` is acceptable (code `accepted`).
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        accepted: bool,
    },
    /// A whole number.
    Integer {
        /// Least value.
        min: Number,
        /// Greatest value.
        max: Number,
    },
    /// A number with at most `scale` digits after the point.
    Decimal {
        /// Digits after the point.
        scale: u8,
        /// Least value.
        min: Number,
        /// Greatest value.
        max: Number,
    },
    /// An amount in the form's currency.
    Money {
        /// Least amount.
        min: Number,
        /// Greatest amount.
        max: Number,
    },
    /// A text; lengths count Unicode code points after trimming.
    Text {
        /// Least length.
        min_length: u32,
        /// Greatest length.
        max_length: u32,
        /// Name of a pattern in [`super::Rules::patterns`] (code `pattern`).
        #[serde(skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// A format known by name (code `format`).
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<Format>,
    },
    /// A civil day.
    Date {
        /// First day allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<Day>,
        /// Last day allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Day>,
    },
    /// A whole number of days, weeks, months or years.
    Duration {
        /// What it is counted in.
        unit: DurationUnit,
        /// Least number.
        min: u32,
        /// Greatest number.
        max: u32,
    },
    /// The days from a start to an end that is not before it.
    DateRange {
        /// First day allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<Day>,
        /// Last day allowed.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Day>,
    },
    /// One option.
    Choice {
        /// The options in order.
        options: Vec<Choice>,
    },
    /// Several options; an empty set reads as blank for `required`.
    Set {
        /// The options in order.
        options: Vec<Choice>,
    },
}

/// A text format known by name; `pattern` names its automaton in [`super::Rules::patterns`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Format {
    /// The format's name, such as `email`.
    pub format: String,
    /// Its automaton.
    pub pattern: String,
}

/// An option of a choice or set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The option's id, its value in the answers.
    pub option: String,
    /// When it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: When,
}

/// A text pattern as a deterministic automaton over bytes, anchored at both ends.
///
/// State 0 is dead, state 1 the start. Bytes from 128 on lead to the dead state, patterns being ASCII.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// The pattern as written, for people.
    pub source: String,
    /// Column of each of the 128 ASCII bytes, run-length encoded as `[count, column, …]`.
    pub classes: Vec<u8>,
    /// Rows of next states, one a state, each with one entry a column.
    pub next: Vec<Vec<u16>>,
    /// Accepting states, ascending.
    pub accept: Vec<u16>,
}
