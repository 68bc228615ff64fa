//! Comparing what a person was shown with what the office computes.

use std::collections::BTreeMap;

use counterfoil_engine::{
    answers::DataOf,
    report::{Account, ReportOf, Verdict},
};

use crate::problem::Mismatch;

/// The figures that differ from the report, in the order of their paths. A figure that the report
/// does not have differs from anything but `null`.
pub fn mismatches(
    shown: &BTreeMap<String, Option<String>>,
    report: &ReportOf<'_>,
) -> Vec<Mismatch> {
    shown
        .iter()
        .map(|(path, shown)| Mismatch {
            path: path.clone(),
            shown: shown.clone(),
            computed: figure(report, path),
        })
        .filter(|mismatch| mismatch.shown != mismatch.computed)
        .collect()
}

/// A figure of a report as text: `fees.total`, `fees.<line>`, `entitlements.total`,
/// `entitlements.<line>`, `values.<value>` or `decisions.<decision>`. `None` where the report has no
/// such figure, or has it undetermined or blank.
pub fn figure(report: &ReportOf<'_>, path: &str) -> Option<String> {
    let (kind, name) = path.split_once('.')?;
    match kind {
        "fees" => amount(report.fees.as_ref()?, name),
        "entitlements" => amount(report.entitlements.as_ref()?, name),
        "values" => match report.values.get(name)? {
            DataOf::Bool(value) => Some(value.to_string()),
            DataOf::Number(text) | DataOf::Text(text) => Some(text.to_string()),
            DataOf::Null | DataOf::List(_) | DataOf::Record(_) | DataOf::TooDeep => None,
        },
        "decisions" => {
            let decision = report
                .decisions
                .iter()
                .find(|decision| decision.decision == name)?;
            Some(verdict_name(decision.verdict).to_owned())
        }
        _ => None,
    }
}

fn amount(account: &Account, name: &str) -> Option<String> {
    if name == "total" {
        return account.total.as_deref().map(str::to_owned);
    }
    account
        .lines
        .iter()
        .find(|line| line.id == name)?
        .amount
        .as_deref()
        .map(str::to_owned)
}

const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined => "undetermined",
    }
}
