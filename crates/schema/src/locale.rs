//! `locales/<tag>.yaml`: the texts of a form in a further language.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::message::Message;

/// The texts of a form in a further language, by the key of each: `page.event.title`,
/// `field.event_date.label`, `check.enough_notice.say`. `counterfoil check` names those that are missing.
#[derive(JsonSchema)]
#[schemars(title = "Texts of a Counterfoil form in a further language")]
pub struct Locale {
    /// Whether a person who answers for the wording has read it.
    pub status: Option<Status>,
    /// The texts.
    #[schemars(flatten)]
    pub texts: BTreeMap<String, Message>,
}

/// Whether a person who answers for the wording has read it.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Status {
    /// Not yet.
    Draft,
    /// They have, and it is right.
    Reviewed,
}
