//! The form as a whole.

use schemars::JsonSchema;

use crate::{
    account::{Entitlement, Fee},
    field::OptionSet,
    field_type::FieldTypeEntry,
    function::Function,
    page::{Page, Value},
    parameter::{Fact, Parameter},
    privacy::Privacy,
    rule::{Check, Decision},
    scalar::{CurrencyCode, FormId, Id, Language, Named, Period, SharedPath, Text, Timezone},
    table::Table,
};

/// A form: what is asked, what follows from the answers, and what it costs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Counterfoil form")]
pub struct Form {
    /// The name of the form, the same as the name of its folder: small letters and digits, words joined by
    /// hyphens, such as `street-party`.
    pub form: FormId,
    /// The heading of the form, such as `Apply to close a street for a party`.
    pub title: Text,
    /// Who offers the form, such as `Example City Council`.
    pub authority: Option<Text>,
    /// The text of the start page: who can use the form, and what a person needs at hand.
    pub introduction: Option<Text>,
    /// The currency of all amounts, by its code of three letters, such as `GBP`. A form without money needs
    /// none.
    pub currency: Option<CurrencyCode>,
    /// Where the office is, as area and city, such as `Europe/London`: `today` is the day there.
    pub timezone: Timezone,
    /// The languages of the form, such as `en`. The texts of the first stand in this file, those of each
    /// other in a file such as `locales/cy.yaml`.
    #[schemars(length(min = 1))]
    pub languages: Vec<Language>,
    /// The days on which the form can be used: `2026-01-01..2026-12-31`, or `2026-01-01..` for ever after.
    pub effective: Option<Period>,
    /// What `round` does with a half: `half_up` (2.5 becomes 3) or `half_even` (2.5 becomes 2).
    pub rounding: Option<Rounding>,
    /// Whose day decides which parameters hold: `submission_day`, or the name of a date field.
    pub rules_of: Option<Id>,
    /// When one born on 29 February turns a year older in other years: `1_march` or `28_february`. Without
    /// it, on 1 March.
    pub leap_birthday: Option<LeapBirthday>,
    /// The days of the week on which nobody works. Without it, `saturday` and `sunday`.
    pub weekend: Option<Vec<Weekday>>,
    /// Files that the form shares with others, by their paths: `../shared/holidays.yaml` is the file
    /// `holidays.yaml` in the folder `shared`, beside the folder of this form.
    pub uses: Option<Vec<SharedPath>>,
    /// Lists of options that several fields or tables share, by name.
    pub option_sets: Option<Named<OptionSet>>,
    /// Types of your own that several questions name, each with limits, a check or parts.
    pub field_types: Option<Vec<FieldTypeEntry>>,
    /// Numbers, amounts, dates and texts that the law sets and may change, each with the days on which it
    /// holds and its source. Rules use them by name.
    pub parameters: Option<Named<Parameter>>,
    /// What only the office knows of a person or case. Rules use facts by name; whoever fills in the form
    /// cannot state them.
    pub facts: Option<Named<Fact>>,
    /// The sections of a long form by name, each with its title. A form that has sections begins with a list
    /// of them, in which people choose where to go on; every page then names its `section`.
    pub sections: Option<Named<Text>>,
    /// The pages of the form, in order, each with its questions.
    pub pages: Vec<Page>,
    /// Figures that are worked out from the answers, by name: `closed_metres: sum(streets.metres)`.
    pub values: Option<Named<Value>>,
    /// What must hold between answers. A check that does not hold is shown as a mistake at its field.
    pub checks: Option<Vec<Check>>,
    /// What the office decides, each with the rules that must all hold. One who does not qualify has made
    /// no mistake.
    pub decisions: Option<Vec<Decision>>,
    /// What the applicant pays, line by line.
    pub fees: Option<Vec<Fee>>,
    /// What the applicant receives, line by line.
    pub entitlements: Option<Vec<Entitlement>>,
    /// Decision tables by name. Rules call them like a function: `base_fee(closed_metres)`.
    pub tables: Option<Named<Table>>,
    /// Rules that are used in several places, each under a name: `reduction(income)`.
    pub functions: Option<Vec<Function>>,
    /// What personal data are for and how long they are kept. With it, every question that tells of a
    /// person needs a purpose.
    pub privacy: Option<Privacy>,
}

/// What `round` does with a half.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Rounding {
    /// A half goes up, away from zero: 2.5 becomes 3.
    HalfUp,
    /// A half goes to the even neighbour: 2.5 becomes 2, and 3.5 becomes 4.
    HalfEven,
}

/// When one born on 29 February turns a year older in other years.
#[derive(JsonSchema)]
pub enum LeapBirthday {
    /// On the day after 28 February.
    #[schemars(rename = "1_march")]
    FirstOfMarch,
    /// On the last day of February.
    #[schemars(rename = "28_february")]
    LastOfFebruary,
}

/// A day of the week.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[allow(missing_docs)] // Their names say it.
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
