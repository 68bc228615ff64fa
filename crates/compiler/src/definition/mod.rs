//! The form as written: every part with its place, nothing resolved or typed yet.
//!
//! Where a part could not be read, its place is taken by an `Error` (of an expression, a type, a
//! constant, a table's rows) that has been reported and is to be passed over in silence.

mod account;
mod field;
mod form;
mod function;
mod locale;
mod parameter;
mod privacy;
mod read;
mod rule;
mod shared;
mod table;
mod template;

pub use account::Line;
pub use field::{
    ChoiceOption, Composite, Field, FieldType, Group, OptionAttribute, OptionSet, Options, Page,
    PageContent, Requirement, Section,
};
pub use form::{Currency, FormDefinition, Rounding, RulesOf, SharedTexts, Value};
pub use function::{Argument, Body, Function};
pub use locale::{LocaleFile, LocaleStatus};
pub use parameter::{Constant, Fact, Parameter, ParameterPeriod, ScalarType};
pub use privacy::{Privacy, Purpose, Retention, RetentionUnit};
pub(crate) use read::{Context, Sheet, mangled_date, read_sheet};
pub use read::{Reading, SharedReading, read, read_shared};
pub use rule::{Check, Decision, IfIneligible, Path, Rule};
pub use shared::{Shared, SharedFile, SharedLocale, language_of};
pub use table::{
    Alternative, AlternativeKind, Cell, HitPolicy, InputColumn, InputType, OutputColumn, Table,
    TableRow,
};
pub use template::{Placeholder, Plural, Segment, Template};

use crate::source::Spanned;

/// An id: `[a-z][a-z0-9_]*` and no reserved word, or one that has been reported.
pub type Id = Spanned<String>;
