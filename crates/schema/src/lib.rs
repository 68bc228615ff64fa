//! The form format as types, from which its published JSON Schema is derived.
//!
//! `docs/schema/*.json` serve editors: completion, hover texts and squiggles while a person writes. The
//! doc comments of these types are the hover texts, so they are written for a policy officer and not for
//! a programmer. Nothing else uses the types; the compiler reads forms by hand, with better messages than
//! a schema can give, and has neither `schemars` nor `jsonschema` in its tree.
//!
//! [`contract`] is of another kind: it puts the engine's own types into TypeScript, for the npm package.
//!
//! After a change run `cargo run -p counterfoil-schema`, which writes the files. The tests of this crate
//! hold them against the types, against the compiler's reader and against every form of the repository:
//! a key that the reader learns is missed here until a type has it.

pub mod account;
pub mod cases;
pub mod contract;
pub mod field;
pub mod field_type;
pub mod form;
pub mod function;
pub mod locale;
pub mod message;
pub mod page;
pub mod parameter;
pub mod privacy;
pub mod rule;
pub mod scalar;
pub mod shared;
pub mod table;

mod conditions;
mod tidy;

use schemars::{JsonSchema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value as Json;

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `form.yaml`
    Form,
    /// `tests.yaml`
    Tests,
    /// `locales/<tag>.yaml`
    Locale,
    /// A file that forms share, such as `shared/holidays.yaml`
    Shared,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Form, Self::Tests, Self::Locale, Self::Shared];

    /// The name of the kind, as in `form.schema.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Tests => "tests",
            Self::Locale => "locale",
            Self::Shared => "shared",
        }
    }
}

/// The JSON Schema of a kind of file.
///
/// It is of draft 7, the newest that editors support in full. It describes a file as YAML 1.2 reads it,
/// so a text may be a number or boolean for it (`title: 2026`); what it refuses, the compiler refuses too.
pub fn schema(kind: Kind) -> Json {
    let mut schema = match kind {
        Kind::Form => root::<form::Form>(),
        Kind::Tests => root::<cases::Tests>(),
        Kind::Locale => root::<locale::Locale>(),
        Kind::Shared => root::<shared::Shared>(),
    };
    let id = format!("urn:counterfoil:schema:{}", kind.name());
    schema.insert("$id".to_owned(), id.into());
    schema.into()
}

fn root<T: JsonSchema>() -> schemars::Schema {
    SchemaSettings::draft07()
        .with_transform(RecursiveTransform(tidy::tidy))
        .into_generator()
        .into_root_schema_for::<T>()
}
