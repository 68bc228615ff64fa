//! The published plan: a stable, typed tree in canonical JSON.
//!
//! A plan is published in parts: [`Rules`] (all that evaluation needs), one [`Texts`] a locale and
//! the legal [`Sources`]. A [`Manifest`] lists the SHA-256 of every part, and the plan's id is the
//! SHA-256 of the manifest. What is written here stays readable for ever; [`crate::plan::Plan`]
//! lowers it to private slots, which may change between releases.

mod decode;
mod expression;
mod field;
mod loaded;
mod operands;
mod print;
mod privacy;
mod published;
mod rules;
mod text;
mod texts;
mod work;

pub use expression::{AggregateOp, CompareOp, Expr, Literal, Local, RoundMode};
pub use field::{Choice, Field, FieldType, Format, Pattern, Presentation, Requirement};
pub use loaded::Plan;
pub use privacy::{Privacy, Purpose, Retention, RetentionUnit};
pub use published::{PlanError, Published};
pub use rules::{
    Argument, Cell, Check, Currency, Decision, Fact, Function, Group, HitPolicy, IfIneligible,
    Line, Page, PageContent, Param, Parameter, Period, Row, Rule, Rules, RulesOf, Table,
    TableColumn, Type, Value, When, weekend,
};
pub use text::TextFunction;
pub use texts::{Formats, Manifest, PluralRule, Sources, Status as TextStatus, Texts};
pub use work::Work;

/// Version of the published plan's shape; a reader refuses a version it does not know.
pub const PLAN_VERSION: u32 = 1;
/// Raised whenever the result of any evaluation could change.
pub const SEMANTICS: u32 = 1;
