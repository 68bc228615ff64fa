//! One submission: what it claims, and what evaluating it again gives.

use std::{collections::BTreeMap, fmt};

use counterfoil_engine::{
    Answers, Context, Plan, Report,
    answers::{AnswersError, Data},
    date::Day,
    evaluate,
    report::Status,
};
use counterfoil_server::figures::mismatches;
use serde::Serialize;

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
        unreadable(format!("not a submission: {error}"))
    }
}

fn unreadable(problem: impl Into<String>) -> Fault {
    Fault(Verdict::Unreadable, problem.into())
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
    let report = evaluate(plan, &submission.answers, &submission.context)
        .map_err(|error| Fault(Verdict::Refused, error.to_string()))?;
    Ok(submission.compare(&report))
}

struct Submission {
    plan: Option<String>,
    answers: Answers,
    context: Context,
    report: Option<Data>,
    report_sha256: Option<String>,
    shown: BTreeMap<String, Option<String>>,
}

impl Submission {
    /// No answer to a form is an object, so one under `answers` tells a submission from bare answers.
    fn read(line: &str, as_of: Day) -> Result<Self, Fault> {
        let object = Answers::from_json(line)?;
        let mut submission = Self {
            plan: None,
            answers: Answers::default(),
            context: Context::on(as_of),
            report: None,
            report_sha256: None,
            shown: BTreeMap::new(),
        };
        if !matches!(object.get("answers"), Some(Data::Record(_))) {
            submission.answers = object;
            return Ok(submission);
        }
        for (key, value) in object.0 {
            match (key.as_str(), value) {
                ("answers", Data::Record(answers)) => submission.answers = Answers(answers),
                ("plan", Data::Text(id)) => submission.plan = Some(id),
                ("as_of", Data::Text(day)) => {
                    submission.context.as_of = day
                        .parse()
                        .map_err(|error| unreadable(format!("`as_of` is {error}")))?;
                }
                ("facts", Data::Record(facts)) => submission.context.facts = facts,
                ("report_sha256", Data::Text(hash)) => submission.report_sha256 = Some(hash),
                ("report", report @ Data::Record(_)) => submission.report = Some(report),
                ("shown", Data::Record(figures)) => {
                    for (path, figure) in figures {
                        let figure = match figure {
                            Data::Text(figure) => Some(figure),
                            Data::Null => None,
                            _ => return Err(unreadable("the figures in `shown` must be texts")),
                        };
                        submission.shown.insert(path, figure);
                    }
                }
                ("plan" | "as_of" | "facts" | "report_sha256" | "report" | "shown", Data::Null) => {
                }
                (
                    "answers" | "plan" | "as_of" | "facts" | "report_sha256" | "report" | "shown",
                    _,
                ) => return Err(unreadable(format!("`{key}` is of the wrong type"))),
                _ => return Err(unreadable(format!("a submission has no key `{key}`"))),
            }
        }
        Ok(submission)
    }

    fn compare(&self, report: &Report) -> Judged {
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
    fn difference(&self, report: &Report) -> Option<Difference> {
        if let Some(claimed) = &self.report {
            // A report is JSON.
            let computed = Data::from_json(&report.to_json()).unwrap_or(Data::Null);
            if let Some(difference) = first_difference("", Some(claimed), Some(&computed)) {
                return Some(difference);
            }
        }
        let mismatch = mismatches(&self.shown, report).into_iter().next()?;
        let text = |figure: Option<String>| figure.and_then(|figure| json(&Data::Text(figure)));
        Some(Difference {
            path: mismatch.path,
            claimed: text(mismatch.shown),
            computed: text(mismatch.computed),
        })
    }
}

/// The first difference in the order of what was computed, then of what was only claimed.
fn first_difference(
    path: &str,
    claimed: Option<&Data>,
    computed: Option<&Data>,
) -> Option<Difference> {
    match (claimed, computed) {
        (Some(Data::Record(left)), Some(Data::Record(right))) => {
            let only_claimed = left
                .iter()
                .filter(|(key, _)| right.iter().all(|(other, _)| other != key));
            right.iter().chain(only_claimed).find_map(|(key, _)| {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let (left, right) = (claimed?.get(key), computed?.get(key));
                first_difference(&path, left, right)
            })
        }
        (Some(Data::List(left)), Some(Data::List(right))) => (0..left.len().max(right.len()))
            .find_map(|index| {
                first_difference(
                    &format!("{path}[{index}]"),
                    left.get(index),
                    right.get(index),
                )
            }),
        (claimed, computed) if claimed == computed => None,
        (claimed, computed) => Some(Difference {
            path: path.to_owned(),
            claimed: claimed.and_then(json),
            computed: computed.and_then(json),
        }),
    }
}

fn json(data: &Data) -> Option<String> {
    serde_json::to_string(data).ok()
}
