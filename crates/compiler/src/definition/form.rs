//! The form as a whole.

use std::collections::BTreeMap;

use counterfoil_engine::{date::LeapBirthday, plan::Period};

use super::{
    Check, Composite, Decision, Fact, FieldType, Function, Id, Line, LocaleFile, OptionSet, Page,
    Parameter, Privacy, Section, Shared, Table, Template,
};
use crate::{
    expression::Expr,
    source::{FileId, Span, Spanned},
};

/// A form as written in `form.yaml`, with its tables and locale files.
#[derive(Clone, Debug, PartialEq)]
pub struct FormDefinition {
    /// The file `form.yaml`.
    pub file: FileId,
    /// `form`: its id, the name of its folder; here words may be joined by `-`.
    pub form: Id,
    /// `title`.
    pub title: Template,
    /// `authority`: who offers the form.
    pub authority: Option<Template>,
    /// `introduction`: text of the start page.
    pub introduction: Option<Template>,
    /// `currency`; none where the form has no money.
    pub currency: Option<Currency>,
    /// `timezone`: a name of the IANA time zone database.
    pub timezone: Spanned<String>,
    /// `languages`: BCP 47 tags, at least one; the first is the language of `form.yaml` itself.
    pub languages: Vec<Spanned<String>>,
    /// `effective`: the days on which the form can be used; none means always.
    pub effective: Option<Spanned<Period>>,
    /// `rounding`: what `round` does with halves.
    pub rounding: Rounding,
    /// `rules_of`: which day's parameters hold.
    pub rules_of: RulesOf,
    /// `leap_birthday`: when one born on 29 February turns a year older.
    pub leap_birthday: LeapBirthday,
    /// `weekend`: the days of the week on which nobody works, 1 for Monday to 7 for Sunday, ascending.
    pub weekend: Vec<u8>,
    /// `privacy`: why data are asked and how long they are kept.
    pub privacy: Option<Privacy>,
    /// `option_sets`, in order.
    pub option_sets: Vec<OptionSet>,
    /// `parameters`, in order.
    pub parameters: Vec<Parameter>,
    /// `facts`, in order.
    pub facts: Vec<Fact>,
    /// `sections` of the task list, in order; a form without any has no task list.
    pub sections: Vec<Section>,
    /// `pages`, in order.
    pub pages: Vec<Page>,
    /// `values` of the whole form, in order; those of a group stand in the group.
    pub values: Vec<Value>,
    /// `checks`, in order.
    pub checks: Vec<Check>,
    /// `decisions`, in order.
    pub decisions: Vec<Decision>,
    /// `fees`, in order.
    pub fees: Vec<Line>,
    /// `entitlements`, in order.
    pub entitlements: Vec<Line>,
    /// Questions of composite types.
    pub composites: Vec<Composite>,
    /// What the form's own field types make of a field that says nothing of its own.
    pub stated_types: Vec<Spanned<FieldType>>,
    /// Texts that came from field types, and the library's translations of them.
    pub shared_texts: SharedTexts,
    /// `functions`, in order.
    pub functions: Vec<Function>,
    /// `tables`, in order.
    pub tables: Vec<Table>,
    /// The files `locales/<tag>.yaml`, in the order of `languages`. A language without a file is missing
    /// here, which for all but the first is a warning for whoever reads the texts.
    pub locales: Vec<LocaleFile>,
    /// `uses`: what the form takes from files that it shares with others.
    pub shared: Shared,
}

impl FormDefinition {
    /// A question of a composite type by its name: one of that group, or any where the group is not
    /// said.
    pub fn composite(&self, group: Option<&str>, name: &str) -> Option<&Composite> {
        self.composites.iter().find(|composite| {
            composite.composite.value == name
                && (group.is_none() || composite.group.as_deref() == group)
        })
    }
}

/// Texts of field types, which every field of the type shares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedTexts {
    /// Where such texts stand, with their keys (`field_type.iban.label`).
    pub places: Vec<(Span, String)>,
    /// Texts of the library by language and key.
    pub library: BTreeMap<String, BTreeMap<String, Template>>,
}

impl SharedTexts {
    /// The key of the text that stands at a place, if it is one of a field type.
    pub fn key_at(&self, span: Span) -> Option<&str> {
        let mut places = self.places.iter();
        let found = places.find(|(place, _)| place.covers(span))?;
        Some(&found.1)
    }

    /// A text of the library in a locale, by its key.
    pub fn library(&self, locale: &str, key: &str) -> Option<&Template> {
        let language = locale.split('-').next().unwrap_or(locale);
        self.library.get(language)?.get(key)
    }
}

/// A currency that ISO 4217 lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// Its code, such as `GBP`.
    pub code: Spanned<String>,
    /// Digits after the point of an amount.
    pub digits: u8,
}

/// What `round` does with halves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    #[default]
    HalfUp,
    /// To the even step.
    HalfEven,
}

/// Which day's parameters hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RulesOf {
    /// The day of evaluation.
    #[default]
    SubmissionDay,
    /// The answer of a date field.
    Field(Id),
}

/// A computed value, of the form or of a group's record.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its id.
    pub value: Id,
    /// How it is computed.
    pub expr: Expr,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}
