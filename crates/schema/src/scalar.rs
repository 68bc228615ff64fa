//! Single values, and mappings whose keys are the author's own.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

macro_rules! scalars {
    ($($(#[$doc:meta])* $name:ident $schema:tt)*) => {
        $($(#[$doc])*
        pub struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })*
    };
}

scalars! {
    /// A text for people. YAML takes `2026` for a number; here it is a text all the same.
    Text { "type": ["string", "number", "boolean"] }

    /// A rule in the form's expression language.
    Rule { "type": ["string", "number", "boolean"] }

    /// A name that rules, answers or texts use. YAML takes `true` for a boolean.
    Id { "type": ["string", "boolean"], "pattern": "^[a-z][a-z0-9_]{0,63}$" }

    /// The name of a type of the library that comes with Counterfoil, or of the form.
    FieldTypeId {
        "type": ["string", "boolean"],
        "pattern": "^[a-z][a-z0-9_]{0,63}$",
        "examples": ["address", "address_de", "address_es", "address_fr", "address_gb", "address_nl", "address_us", "bic", "bsn", "email", "full_name", "iban", "nhs_number", "nif", "nino", "nir", "payment_card", "person_name", "pesel", "postcode_de", "postcode_es", "postcode_fr", "postcode_gb", "postcode_nl", "ssn", "state_us", "steuer_id", "telephone", "telephone_international", "utr", "zip_code_us"]
    }

    /// The path of a shared file.
    SharedPath {
        "type": "string",
        "pattern": "^\\.\\./[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*\\.yaml$",
        "examples": ["../shared/holidays.yaml"]
    }

    /// The name of a form.
    FormId { "type": ["string", "boolean"], "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 64 }

    /// The name of a field, value or group; of a field of a group, both with a point.
    Path {
        "type": ["string", "boolean"],
        "pattern": "^[a-z][a-z0-9_]{0,63}(\\.[a-z][a-z0-9_]{0,63})?$"
    }

    /// A day.
    Day { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date" }

    /// The first and last day of a time, either of which may be left out.
    Period {
        "type": "string",
        "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})? *\\.\\. *([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
    }

    /// A number of records or characters.
    Count { "type": "integer", "minimum": 0, "maximum": 100_000 }

    /// Digits after the point.
    Scale { "type": "integer", "minimum": 0, "maximum": 12 }

    /// The code of a currency.
    CurrencyCode { "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR", "GBP", "USD"] }

    /// A name of the IANA time zone database.
    Timezone { "type": "string", "examples": ["Europe/London", "Europe/Berlin", "America/New_York"] }

    /// The tag of a language.
    Language {
        "type": "string",
        "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        "examples": ["en", "cy", "pt-BR"]
    }

    /// A number or a day, as the type says.
    Limit { "type": ["number", "string"] }

    /// A constant, as the type says.
    Constant { "type": ["string", "number", "boolean"] }

    /// A cell of a table.
    Cell { "type": ["string", "number", "boolean"] }

    /// `true`, `false` or a condition.
    Requirement { "type": ["boolean", "string", "number"], "examples": [false] }

    /// How long something is kept.
    Retention { "type": "string", "pattern": "^[0-9]+ (day|week|month|year)s?$", "examples": ["6 years"] }

    /// Anything.
    Anything {}
}

/// A mapping whose keys are names chosen by the author.
pub struct Named<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,63}$"},
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

/// One of something, or a list.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum OneOrMore<T> {
    /// One.
    One(T),
    /// A list.
    List(Vec<T>),
}
