//! What evaluation returns: codes, ids and parameters, no prose.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use crate::{
    answers::{AnswersError, Data, DataOf, Entries, own_entries, write_entries},
    date::Day,
    json::{Decode, Decoded, Json, Mismatch, Write, record, variants, writes},
};

/// Reads and writes a structure, its parts in this order.
macro_rules! both_ways {
    ($type:ident $parts:tt) => {
        record!($type<'static> $parts);
        writes!($type<'_> $parts);
    };
}

/// Reads and writes variants by their names.
macro_rules! names {
    ($type:ident { $($name:literal => $variant:ident),* $(,)? }) => {
        variants!($type { $($name => $variant ()),* });

        impl $type {
            /// Its name, as reports have it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }
        }

        impl Write for $type {
            fn write(&self, out: &mut String) {
                self.name().write(out);
            }
        }
    };
}

/// Named values that own all their texts.
pub type Record = RecordOf<'static>;

/// Named values in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordOf<'a>(pub Entries<'a>);

impl<'a> RecordOf<'a> {
    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of that name.
    pub fn get(&self, key: &str) -> Option<&DataOf<'a>> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> Record {
        RecordOf(own_entries(self.0))
    }
}

impl Serialize for RecordOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A report that owns all its texts. A [`ReportOf`] may borrow them from the plan and the answers.
pub type Report = ReportOf<'static>;

/// The report of one evaluation. Keys stand in a fixed order, decimals are strings, and equal inputs
/// give equal bytes on every side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportOf<'a> {
    /// The form's id.
    pub form: Cow<'a, str>,
    /// The plan's id: 64 hexadecimal digits.
    pub plan: Cow<'a, str>,
    /// What the results mean; see [`crate::plan::SEMANTICS`].
    pub semantics: u32,
    /// The civil day of evaluation.
    pub as_of: Day,
    /// Whether the answers can be taken.
    pub status: Status,
    /// What is wrong, in field order: at most one own error a path, or the checks that fail at it.
    pub errors: Vec<ReportError<'a>>,
    /// Paths of required questions without an answer, in field order.
    pub missing: Vec<Cow<'a, str>>,
    /// Paths of answers that were given but are not asked, in field order.
    pub ignored: Vec<Cow<'a, str>>,
    /// The answers that count, normalised, in field order. Decimals and money are strings, integers
    /// are numbers, dates are `YYYY-MM-DD`.
    pub answers: RecordOf<'a>,
    /// Computed values that are determined; `null` where the value is blank. Values of a group stand
    /// under the group's id, one object a record.
    pub values: RecordOf<'a>,
    /// Verdicts.
    pub decisions: Vec<DecisionReport<'a>>,
    /// What is to be paid; absent where the form has no fees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<Account<'a>>,
    /// What is to be received; absent where the form has no entitlements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entitlements: Option<Account<'a>>,
}

/// Whether the answers can be taken; `invalid` outranks `incomplete`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All is answered and nothing is wrong.
    Complete,
    /// Something required is not answered.
    Incomplete,
    /// Something is wrong.
    Invalid,
}

/// Something wrong at a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportError<'a> {
    /// Where, such as `streets[0].metres`.
    pub path: Cow<'a, str>,
    /// `type`, `option`, `length`, `pattern`, `format`, `date`, `range`, `scale`, `accepted`, `items`,
    /// `check`, `unknown` (a key off the form), `computed` and `fact` (keys that are not the
    /// applicant's to send), `duplicate` (a key sent twice) or `arithmetic`.
    pub code: Cow<'a, str>,
    /// What the message needs: limits (`min`, `max`, `scale`, `max_length`…), `check` with the check's
    /// id, and the check's own placeholders.
    pub params: RecordOf<'a>,
}

/// A decision's verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionReport<'a> {
    /// The decision's id.
    pub decision: Cow<'a, str>,
    /// Its verdict.
    pub verdict: Verdict,
    /// The rules that apply, in order.
    pub rules: Vec<RuleReport<'a>>,
    /// Paths of the questions that would decide an undetermined verdict, in field order.
    pub needs: Vec<Cow<'a, str>>,
}

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every rule holds.
    Eligible,
    /// Some rule does not hold.
    Ineligible,
    /// Not yet decided.
    Undetermined,
}

/// Whether a rule holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleReport<'a> {
    /// The rule's id.
    pub rule: Cow<'a, str>,
    /// `null` while undecided.
    pub holds: Option<bool>,
    /// Placeholders of its message that are determined.
    #[serde(skip_serializing_if = "RecordOf::is_empty")]
    pub params: RecordOf<'a>,
}

/// Fee or entitlement lines with their total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account<'a> {
    /// ISO 4217 code.
    pub currency: Cow<'a, str>,
    /// The lines that apply, in order.
    pub lines: Vec<LineReport<'a>>,
    /// The sum, with the currency's digits; `null` until every line is determined and every decision
    /// it hangs on is eligible.
    pub total: Option<Cow<'a, str>>,
}

/// A fee or entitlement line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineReport<'a> {
    /// The line's id.
    pub id: Cow<'a, str>,
    /// The amount, with the currency's digits; `null` while undetermined.
    pub amount: Option<Cow<'a, str>>,
}

impl ReportOf<'_> {
    /// The report as JSON; equal reports give equal bytes.
    pub fn to_json(&self) -> String {
        // About what a report takes: to move it as it grows would take a good part of the time.
        let values = self.answers.0.len() + self.values.0.len();
        let mut text = String::with_capacity(1024 + 48 * values);
        self.write(&mut text);
        text
    }

    /// The SHA-256 of [`Self::to_json`] in hexadecimal digits.
    pub fn sha256(&self) -> String {
        crate::hash::sha256_hex(self.to_json().as_bytes())
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> Report {
        Report {
            form: own(self.form),
            plan: own(self.plan),
            semantics: self.semantics,
            as_of: self.as_of,
            status: self.status,
            errors: own_all(self.errors, ReportError::into_owned),
            missing: own_all(self.missing, own),
            ignored: own_all(self.ignored, own),
            answers: self.answers.into_owned(),
            values: self.values.into_owned(),
            decisions: own_all(self.decisions, DecisionReport::into_owned),
            fees: self.fees.map(Account::into_owned),
            entitlements: self.entitlements.map(Account::into_owned),
        }
    }
}

impl Report {
    /// Reads a report, as [`ReportOf::to_json`] writes it. The text is untrusted.
    ///
    /// # Errors
    /// Where the text is no report.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        let json = Json::read(text)?;
        Self::decode(&json).map_err(|error| AnswersError {
            message: error.to_string(),
            line: 1,
            column: 1,
        })
    }
}

fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn own_all<T, U>(items: Vec<T>, own: impl Fn(T) -> U) -> Vec<U> {
    items.into_iter().map(own).collect()
}

impl ReportError<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> ReportError<'static> {
        ReportError {
            path: own(self.path),
            code: own(self.code),
            params: self.params.into_owned(),
        }
    }
}

impl DecisionReport<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> DecisionReport<'static> {
        DecisionReport {
            decision: own(self.decision),
            verdict: self.verdict,
            rules: own_all(self.rules, |rule| RuleReport {
                rule: own(rule.rule),
                holds: rule.holds,
                params: rule.params.into_owned(),
            }),
            needs: own_all(self.needs, own),
        }
    }
}

impl Account<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> Account<'static> {
        Account {
            currency: own(self.currency),
            lines: own_all(self.lines, |line| LineReport {
                id: own(line.id),
                amount: line.amount.map(own),
            }),
            total: self.total.map(own),
        }
    }
}

impl Write for RecordOf<'_> {
    fn write(&self, out: &mut String) {
        write_entries(&self.0, out);
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl Decode for Record {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        match Data::decode(json)? {
            Data::Record(entries) => Ok(Self(entries)),
            _ => Err(Mismatch::new("expected an object")),
        }
    }
}

both_ways!(ReportOf {
    required form,
    required plan,
    required semantics,
    required as_of,
    required status,
    required errors,
    required missing,
    required ignored,
    required answers,
    required values,
    required decisions,
    optional fees,
    optional entitlements,
});
both_ways!(ReportError { required path, required code, required params });
both_ways!(DecisionReport { required decision, required verdict, required rules, required needs });
both_ways!(RuleReport { required rule, required holds, optional params });
both_ways!(Account { required currency, required lines, required total });
both_ways!(LineReport { required id, required amount });
names!(Status { "complete" => Complete, "incomplete" => Incomplete, "invalid" => Invalid });
names!(Verdict {
    "eligible" => Eligible,
    "ineligible" => Ineligible,
    "undetermined" => Undetermined,
});
