//! A submission as it comes.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de};

/// A submission, as far as it can be wrong.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Submission<'a> {
    #[serde(borrow)]
    pub(super) applicant_kind: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_full_name: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_company_name: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_company_number: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_email: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_contact_by: Texts<'a>,
    #[serde(borrow)]
    pub(super) applicant_phone: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_street: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_city: Text<'a>,
    #[serde(borrow)]
    pub(super) applicant_postcode: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    pub(super) site_same_address: Option<bool>,
    #[serde(borrow)]
    pub(super) site_street: Text<'a>,
    #[serde(borrow)]
    pub(super) site_postcode: Text<'a>,
    #[serde(borrow)]
    pub(super) site_parcel_id: Text<'a>,
    pub(super) site_area_m2: Number,
    #[serde(borrow)]
    pub(super) site_zone: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    pub(super) site_flood_zone: Option<bool>,
    pub(super) site_flood_elevation_m: Number,
    #[serde(deserialize_with = "boolean")]
    pub(super) site_heritage: Option<bool>,
    #[serde(borrow)]
    pub(super) site_heritage_ref: Text<'a>,
    #[serde(borrow)]
    pub(super) project_work_type: Text<'a>,
    #[serde(borrow)]
    pub(super) project_description: Text<'a>,
    #[serde(borrow)]
    pub(super) project_start_date: Text<'a>,
    #[serde(borrow)]
    pub(super) project_end_date: Text<'a>,
    pub(super) project_existing_area_m2: Number,
    #[serde(deserialize_with = "boolean")]
    pub(super) project_demolition_plan: Option<bool>,
    pub(super) project_parking_spaces: Number,
    #[serde(borrow)]
    pub(super) structures: Option<Vec<Structure<'a>>>,
    pub(super) works_declared_value: Number,
    #[serde(borrow)]
    pub(super) works_features: Texts<'a>,
    #[serde(deserialize_with = "boolean")]
    pub(super) contractor_used: Option<bool>,
    #[serde(borrow)]
    pub(super) contractor_name: Text<'a>,
    #[serde(borrow)]
    pub(super) contractor_licence: Text<'a>,
    #[serde(borrow)]
    pub(super) contractor_licence_expires: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    pub(super) decl_nonprofit: Option<bool>,
    #[serde(borrow)]
    pub(super) decl_green_cert: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    pub(super) decl_expedited: Option<bool>,
    #[serde(deserialize_with = "boolean")]
    pub(super) decl_accurate: Option<bool>,
    #[serde(borrow)]
    pub(super) decl_signature: Text<'a>,
    #[serde(borrow)]
    pub(super) decl_signed_on: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Structure<'a> {
    #[serde(borrow)]
    pub(super) use_class: Text<'a>,
    pub(super) floor_area_m2: Number,
    pub(super) storeys: Number,
    pub(super) value: Number,
}

/// A text that may borrow from the input; empty where it is missing.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] Option<Cow<'a, str>>);

impl Text<'_> {
    pub fn get(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Texts<'a>(#[serde(borrow)] Option<Vec<Cow<'a, str>>>);

impl Texts<'_> {
    pub fn get(&self) -> &[Cow<'_, str>] {
        self.0.as_deref().unwrap_or_default()
    }

    pub fn contains(&self, wanted: &str) -> bool {
        self.get().iter().any(|item| item == wanted)
    }
}

/// A boolean field, in which an empty text is as good as nothing.
fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    struct Visitor;
    impl de::Visitor<'_> for Visitor {
        type Value = Option<bool>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a boolean")
        }

        fn visit_unit<E>(self) -> Result<Option<bool>, E> {
            Ok(None)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Option<bool>, E> {
            Ok(Some(value))
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<Option<bool>, E> {
            match value {
                "" => Ok(None),
                _ => Err(E::custom("a text is no boolean")),
            }
        }
    }
    deserializer.deserialize_any(Visitor)
}

/// A number field, which may hold a text that is no number.
#[derive(Clone, Copy, Default)]
pub(super) enum Number {
    #[default]
    Missing,
    Text,
    Value(f64),
}

impl Number {
    pub const fn is_given(self) -> bool {
        !matches!(self, Self::Missing)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Number;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number or a text")
            }

            fn visit_unit<E>(self) -> Result<Number, E> {
                Ok(Number::Missing)
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                Ok(Number::Value(value))
            }

            #[allow(clippy::cast_precision_loss)] // The data are far smaller.
            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number::Value(value as f64))
            }

            #[allow(clippy::cast_precision_loss)] // The data are far smaller.
            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number::Value(value as f64))
            }

            fn visit_str<E>(self, value: &str) -> Result<Number, E> {
                Ok(if value.is_empty() {
                    Number::Missing
                } else {
                    Number::Text
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
