//! What evaluation returns: codes, ids and parameters, no prose.

use serde::{Deserialize, Serialize, Serializer};

use crate::{
    answers::{AnswersError, Data, write_entries},
    date::Day,
    json::{Decode, Decoded, Json, Mismatch, Write, record, to_json, variants, writes},
};

/// Reads and writes a structure, its parts in this order.
macro_rules! both_ways {
    ($type:ident $parts:tt) => {
        record!($type $parts);
        writes!($type $parts);
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

/// Named values in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record(pub Vec<(String, Data)>);

impl Record {
    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of that name.
    pub fn get(&self, key: &str) -> Option<&Data> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// The report of one evaluation. Keys stand in a fixed order, decimals are strings, and equal inputs
/// give equal bytes on every side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The form's id.
    pub form: String,
    /// The plan's id: 64 hexadecimal digits.
    pub plan: String,
    /// What the results mean; see [`crate::plan::SEMANTICS`].
    pub semantics: u32,
    /// The civil day of evaluation.
    pub as_of: Day,
    /// Whether the answers can be taken.
    pub status: Status,
    /// What is wrong, in field order: at most one own error a path, or the checks that fail at it.
    pub errors: Vec<ReportError>,
    /// Paths of required questions without an answer, in field order.
    pub missing: Vec<String>,
    /// Paths of answers that were given but are not asked, in field order.
    pub ignored: Vec<String>,
    /// The answers that count, normalised, in field order. Decimals and money are strings, integers
    /// are numbers, dates are `YYYY-MM-DD`.
    pub answers: Record,
    /// Computed values that are determined; `null` where the value is blank. Values of a group stand
    /// under the group's id, one object a record.
    pub values: Record,
    /// Verdicts.
    pub decisions: Vec<DecisionReport>,
    /// What is to be paid; absent where the form has no fees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<Account>,
    /// What is to be received; absent where the form has no entitlements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entitlements: Option<Account>,
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
pub struct ReportError {
    /// Where, such as `streets[0].metres`.
    pub path: String,
    /// `type`, `option`, `length`, `pattern`, `format`, `date`, `range`, `scale`, `accepted`, `items`,
    /// `check`, `unknown` (a key off the form), `computed` and `fact` (keys that are not the
    /// applicant's to send), `duplicate` (a key sent twice) or `arithmetic`.
    pub code: String,
    /// What the message needs: limits (`min`, `max`, `scale`, `max_length`…), `check` with the check's
    /// id, and the check's own placeholders.
    pub params: Record,
}

/// A decision's verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionReport {
    /// The decision's id.
    pub decision: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// The rules that apply, in order.
    pub rules: Vec<RuleReport>,
    /// Paths of the questions that would decide an undetermined verdict, in field order.
    pub needs: Vec<String>,
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
pub struct RuleReport {
    /// The rule's id.
    pub rule: String,
    /// `null` while undecided.
    pub holds: Option<bool>,
    /// Placeholders of its message that are determined.
    #[serde(skip_serializing_if = "Record::is_empty")]
    pub params: Record,
}

/// Fee or entitlement lines with their total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    /// ISO 4217 code.
    pub currency: String,
    /// The lines that apply, in order.
    pub lines: Vec<LineReport>,
    /// The sum, with the currency's digits; `null` until every line is determined and every decision
    /// it hangs on is eligible.
    pub total: Option<String>,
}

/// A fee or entitlement line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineReport {
    /// The line's id.
    pub id: String,
    /// The amount, with the currency's digits; `null` while undetermined.
    pub amount: Option<String>,
}

impl Report {
    /// Reads a report, as [`Report::to_json`] writes it. The text is untrusted.
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

    /// The report as JSON; equal reports give equal bytes.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// The SHA-256 of [`Report::to_json`] in hexadecimal digits.
    pub fn sha256(&self) -> String {
        crate::hash::sha256_hex(self.to_json().as_bytes())
    }
}

impl Write for Record {
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

both_ways!(Report {
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
