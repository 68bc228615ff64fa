//! `tests.yaml`: cases with the results that they must have.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    conditions,
    scalar::{Anything, Day, Text},
};

/// Cases with the results that they must have.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Tests of a Counterfoil form")]
pub struct Tests {
    /// The cases, in order.
    pub tests: Vec<Case>,
}

/// A case: answers on a day, and what must come of them. With `cases`, a table of them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::case_or_table)]
pub struct Case {
    /// What it shows, such as `Three stalls cost three licences`; no two cases may have the same name.
    pub test: Option<Text>,
    /// A CSV file with a case in each row, such as `tests/fees.csv`: the columns are `test`, `as_of`, answers by
    /// their paths, and expectations that begin with `=`, such as `=fees.total`. What stands beside it here
    /// holds for all of them.
    pub cases: Option<Text>,
    /// The day on which the form is filled in, such as `2026-06-01`.
    pub as_of: Option<Day>,
    /// What is answered, by field; a group is a list of records.
    pub answers: Option<BTreeMap<String, Anything>>,
    /// What the office knows, by fact.
    pub facts: Option<BTreeMap<String, Anything>>,
    /// What must come of it: as much of the result as the case is about.
    pub expect: Option<Expectations>,
}

/// What must come of a case. Mappings are compared by the keys that are written, lists as a whole, numbers
/// by value. `null` expects that a figure is not determined.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Expectations {
    /// Whether the answers can be sent.
    pub status: Option<Status>,
    /// Mistakes in the answers, each with `path` and `code`, in the order of the fields.
    pub errors: Option<Anything>,
    /// Paths of the questions that are still to be answered.
    pub missing: Option<Anything>,
    /// Paths of answers that play no part since their questions are not asked.
    pub ignored: Option<Anything>,
    /// The answers as the office keeps them, by field; `null` where nothing is answered.
    pub answers: Option<Anything>,
    /// Computed figures by name.
    pub values: Option<Anything>,
    /// Verdicts by decision: `eligible`, `ineligible` or `undetermined`.
    pub decisions: Option<Anything>,
    /// Rules by decision and name, such as `closure.short_enough: true`.
    pub rules: Option<Anything>,
    /// Amounts by fee line, and `total`.
    pub fees: Option<Anything>,
    /// Amounts by entitlement line, and `total`.
    pub entitlements: Option<Anything>,
}

/// The status of a report. Another word is no mistake in the file; the test then fails.
pub struct Status;

impl JsonSchema for Status {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"examples": ["complete", "incomplete", "invalid"]})
    }
}
