//! The `texts/<locale>` and `sources` parts of a published plan, and its manifest.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::json::{to_json, writes};

/// The texts of a form in one locale.
///
/// Keys, each followed by its template (`{name}` stands for a parameter, `{{` for a brace):
/// `form.title`, `form.authority`, `form.introduction`, `section.<section>.title`, `page.<page>.title`,
/// `page.<page>.text`, `group.<group>.title`, `group.<group>.record`, `field.<path>.label`, `.name`, `.hint`, `.unit`,
/// `.option.<option>`, `.error.<code>`, `value.<path>.label`, `parameter.<id>.label`,
/// `table.<id>.label`, `check.<id>`, `decision.<id>.title`, `rule.<decision>.<rule>`,
/// `fee.<id>.label`, `entitlement.<id>.label`, `privacy.controller`, `privacy.purpose.<id>`; and the default words: `message.<code>…` and `ui.<…>`.
///
/// A text that counts something has further forms, `check.<id>.one` beside `check.<id>`, which is that of all
/// other numbers, and `check.<id>.number` names the parameter that decides (see [`Texts::in_number`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// BCP 47 tag.
    pub locale: String,
    /// Whether a person who answers for the wording has confirmed it.
    pub status: Status,
    /// How numbers, money and dates are written.
    pub formats: Formats,
    /// Templates by key.
    pub texts: BTreeMap<String, String>,
}

/// Whether texts are confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not yet confirmed by anybody.
    Draft,
    /// Confirmed.
    Reviewed,
}

/// How a locale writes numbers, money and dates (CLDR patterns, resolved when the form is compiled).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Formats {
    /// Writing direction, `ltr` or `rtl`.
    pub direction: String,
    /// Between whole and fraction.
    pub decimal: String,
    /// Between groups of three digits.
    pub group: String,
    /// A positive amount; `{n}` stands for the number.
    pub money: String,
    /// A date; `{d}`, `{m}` (the month's name) and `{y}`.
    pub date: String,
    /// Names of the months, January first, as they stand in a date.
    pub months: Vec<String>,
    /// Joins a list of two or more: between items, and before the last.
    pub list: (String, String),
    /// Which form of a word goes with a whole number, the first rule that fits counting; a number that none
    /// fits takes `other`. A plan made before there were rules has none, and knows `one` and `two`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plurals: Vec<PluralRule>,
}

/// Numbers that take one form of a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PluralRule {
    /// CLDR's name of the form: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub form: String,
    /// What of the number is looked at: its remainder by this, or the number itself where it is 0.
    pub modulo: u64,
    /// The least remainder that takes the form.
    pub from: u64,
    /// The greatest.
    pub to: u64,
}

impl PluralRule {
    /// Whether a whole number takes the form.
    pub fn fits(&self, number: u64) -> bool {
        let looked_at = number.checked_rem(self.modulo).unwrap_or(number);
        // Of round millions, zero is none.
        let is_zero = number == 0 && self.modulo > 100;
        (self.from..=self.to).contains(&looked_at) && !is_zero
    }
}

/// Legal or published sources by the key of what they support: `parameter.<id>.<period index>`,
/// `rule.<decision>.<rule>`, `check.<id>`, `fee.<id>`, `entitlement.<id>`, `table.<id>`, `value.<path>`,
/// `privacy.purpose.<id>`.
pub type Sources = BTreeMap<String, String>;

/// Names the parts of a plan by their hashes; the plan's id is the SHA-256 of its canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The form's id.
    pub form: String,
    /// SHA-256 of the canonical JSON of each part, in lower-case hexadecimal digits.
    pub parts: BTreeMap<String, String>,
    /// See [`super::PLAN_VERSION`].
    pub plan_version: u32,
    /// See [`super::SEMANTICS`].
    pub semantics: u32,
}

impl Manifest {
    /// The manifest as canonical JSON (RFC 8785).
    pub(super) fn to_json(&self) -> String {
        to_json(self)
    }
}

writes!(Manifest { required form, required parts, required plan_version, required semantics });
