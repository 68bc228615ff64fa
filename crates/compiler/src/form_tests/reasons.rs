//! Why a report has another status or no total: what a failed test says of it besides.

use counterfoil_engine::{
    Report,
    report::{Account, Status, Verdict},
};

/// At most so many are named.
const MOST: usize = 5;

/// Why the report has what it has at a path, where that is not to be seen there.
pub(super) fn reason(report: &Report, path: &str) -> Option<String> {
    match path {
        "status" => status(report),
        "fees.total" => total(report, report.fees.as_ref()?, "fees"),
        "entitlements.total" => total(report, report.entitlements.as_ref()?, "entitlements"),
        _ => None,
    }
}

fn status(report: &Report) -> Option<String> {
    let errors = report.errors.iter().map(|error| {
        // A failed check has a name of its own.
        let check = error.params.0.iter().find(|(key, _)| key == "check");
        let check = check.and_then(|(_, check)| check.as_text());
        format!("{} ({})", error.path, check.unwrap_or(&error.code))
    });
    match report.status {
        Status::Invalid => listed("wrong", errors.collect()),
        Status::Incomplete => listed(
            "not answered",
            report.missing.iter().map(|path| path.to_string()).collect(),
        ),
        Status::Complete => None,
    }
}

fn total(report: &Report, account: &Account, kind: &str) -> Option<String> {
    if account.total.is_some() {
        return None;
    }
    let lines = account.lines.iter().filter(|line| line.amount.is_none());
    let open: Vec<String> = lines.map(|line| format!("{kind}.{}", line.id)).collect();
    if !open.is_empty() {
        return listed("not determined", open);
    }
    let decisions = report.decisions.iter();
    let against = decisions.filter(|decision| decision.verdict != Verdict::Eligible);
    let against = against.map(|decision| format!("decisions.{}", decision.decision));
    listed("not eligible", against.collect())
}

fn listed(what: &str, mut names: Vec<String>) -> Option<String> {
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| format!("{what}: {}{more}", names.join(", ")))
}
