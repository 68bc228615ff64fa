//! One submission: what it claims, and what evaluating it again gives.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use counterfoil_engine::{
    Answers, AnswersOf, Context, Plan, ReportOf,
    answers::{AnswersError, DataOf},
    date::Day,
    evaluate_borrowed,
    report::Status,
};
use counterfoil_server::figures::mismatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, value::RawValue};

/// How a line fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Evaluated again, it gives what it claims.
    Matches,
    /// It claims nothing; it has been evaluated.
    Evaluated,
    /// Evaluated again, it gives something else.
    Differs,
    /// Its answers are invalid, whatever it claims.
    Invalid,
    /// It cannot be evaluated under this plan.
    Refused,
    /// It is no submission.
    Unreadable,
}

impl Verdict {
    /// Every verdict, in the order of the summary.
    pub const ALL: [Self; 6] = [
        Self::Matches,
        Self::Evaluated,
        Self::Differs,
        Self::Invalid,
        Self::Refused,
        Self::Unreadable,
    ];

    /// The verdict's name in JSON and in the summary.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Evaluated => "evaluated",
            Self::Differs => "differs",
            Self::Invalid => "invalid",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether the line is as it should be.
    pub const fn is_fine(self) -> bool {
        matches!(self, Self::Matches | Self::Evaluated)
    }
}

/// The result of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// How it fares.
    pub result: Verdict,
    /// The status of the report, where there is one.
    pub status: Option<Status>,
    /// The hash of the report, where there is one.
    pub report_sha256: Option<String>,
    /// What is wrong, in words.
    pub problem: Option<String>,
    /// The first difference between the report claimed and the one computed.
    pub difference: Option<Difference>,
}

/// A place where two reports differ; values as JSON, `None` where there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where, such as `fees.total`.
    pub path: String,
    /// What the submission claims.
    pub claimed: Option<String>,
    /// What evaluation gives.
    pub computed: Option<String>,
}

impl Judged {
    fn without_report(result: Verdict, problem: impl Into<String>) -> Self {
        Self {
            result,
            status: None,
            report_sha256: None,
            problem: Some(problem.into()),
            difference: None,
        }
    }

    /// A line that is no submission.
    pub fn unreadable(problem: &str) -> Self {
        Self::without_report(Verdict::Unreadable, problem)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            |value: &'_ Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        write!(
            f,
            "{}: claimed {}, computed {}",
            self.path,
            text(&self.claimed),
            text(&self.computed)
        )
    }
}

/// A line that is not as it should be, before its report is known.
struct Fault(Verdict, String);

impl From<AnswersError> for Fault {
    fn from(error: AnswersError) -> Self {
        let problem = format!("not a submission: {error}, at column {}", error.column);
        Self(Verdict::Unreadable, problem)
    }
}

/// Evaluates a line again. `as_of` is the day of lines that name none.
pub fn judge(plan: &Plan, line: &str, as_of: Day) -> Judged {
    judge_line(plan, line, as_of)
        .unwrap_or_else(|Fault(result, problem)| Judged::without_report(result, problem))
}

fn judge_line(plan: &Plan, line: &str, as_of: Day) -> Result<Judged, Fault> {
    let submission = Submission::read(line, as_of)?;
    if let Some(named) = &submission.plan
        && named != plan.id()
    {
        let problem = format!("it names the plan {named}, which is not {}", plan.id());
        return Err(Fault(Verdict::Refused, problem));
    }
    let report = evaluate_borrowed(plan, &submission.answers, &submission.context)
        .map_err(|error| Fault(Verdict::Refused, error.to_string()))?;
    Ok(submission.compare(&report))
}

/// A submission as it stands on a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    #[serde(borrow)]
    answers: &'a RawValue,
    plan: Option<String>,
    as_of: Option<Day>,
    #[serde(borrow)]
    facts: Option<&'a RawValue>,
    report: Option<Json>,
    report_sha256: Option<String>,
    #[serde(default)]
    shown: BTreeMap<String, Option<String>>,
}

struct Submission<'l> {
    plan: Option<String>,
    answers: AnswersOf<'l>,
    context: Context,
    report: Option<Json>,
    report_sha256: Option<String>,
    shown: BTreeMap<String, Option<String>>,
}

impl<'l> Submission<'l> {
    /// No answer to a form is an object, so one under `answers` tells a submission from bare answers.
    fn read(line: &'l str, as_of: Day) -> Result<Self, Fault> {
        let object = AnswersOf::borrow_json(line)?;
        if !matches!(object.get("answers"), Some(DataOf::Record(_))) {
            return Ok(Self {
                plan: None,
                answers: object,
                context: Context::on(as_of),
                report: None,
                report_sha256: None,
                shown: BTreeMap::new(),
            });
        }
        let wire: Wire<'l> = serde_json::from_str(line).map_err(AnswersError::from)?;
        let facts = match wire.facts {
            Some(facts) => Answers::from_json(facts.get())?.0,
            None => Vec::new(),
        };
        Ok(Self {
            plan: wire.plan,
            answers: AnswersOf::borrow_json(wire.answers.get())?,
            context: Context {
                as_of: wire.as_of.unwrap_or(as_of),
                facts,
            },
            report: wire.report,
            report_sha256: wire.report_sha256,
            shown: wire.shown,
        })
    }

    fn compare(&self, report: &ReportOf<'_>) -> Judged {
        let report_sha256 = report.sha256();
        let difference = self.difference(report);
        let other_hash = self
            .report_sha256
            .as_ref()
            .filter(|claimed| **claimed != report_sha256);
        let problem = match (&difference, other_hash) {
            (Some(difference), _) => Some(difference.to_string()),
            (None, Some(claimed)) => Some(format!(
                "the report's hash is claimed as {claimed}, not {report_sha256}"
            )),
            (None, None) => None,
        };
        let (result, problem) = match (problem, report.errors.first()) {
            (Some(problem), _) => (Verdict::Differs, Some(problem)),
            (None, Some(error)) => {
                let problem = format!("{}: {}", error.path, error.code);
                (Verdict::Invalid, Some(problem))
            }
            (None, None) if self.claims_something() => (Verdict::Matches, None),
            (None, None) => (Verdict::Evaluated, None),
        };
        Judged {
            result,
            status: Some(report.status),
            report_sha256: Some(report_sha256),
            problem,
            difference,
        }
    }

    fn claims_something(&self) -> bool {
        self.report.is_some() || self.report_sha256.is_some() || !self.shown.is_empty()
    }

    /// The first difference from the report or the figures that are claimed.
    fn difference(&self, report: &ReportOf<'_>) -> Option<Difference> {
        if let Some(claimed) = &self.report {
            // A report always serialises.
            let computed = serde_json::to_value(report).unwrap_or_default();
            if let Some(difference) = first_difference("", Some(claimed), Some(&computed)) {
                return Some(difference);
            }
        }
        let mismatch = mismatches(&self.shown, report).into_iter().next()?;
        let text = |figure: Option<String>| figure.map(|figure| Json::from(figure).to_string());
        Some(Difference {
            path: mismatch.path,
            claimed: text(mismatch.shown),
            computed: text(mismatch.computed),
        })
    }
}

/// The first difference, in the order of paths.
fn first_difference(
    path: &str,
    claimed: Option<&Json>,
    computed: Option<&Json>,
) -> Option<Difference> {
    match (claimed, computed) {
        (Some(Json::Object(left)), Some(Json::Object(right))) => {
            let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
            keys.into_iter().find_map(|key| {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                first_difference(&path, left.get(key), right.get(key))
            })
        }
        (Some(Json::Array(left)), Some(Json::Array(right))) => (0..left.len().max(right.len()))
            .find_map(|index| {
                let path = format!("{path}[{index}]");
                first_difference(&path, left.get(index), right.get(index))
            }),
        (claimed, computed) if claimed == computed => None,
        (claimed, computed) => Some(Difference {
            path: path.to_owned(),
            claimed: claimed.map(Json::to_string),
            computed: computed.map(Json::to_string),
        }),
    }
}
