//! What differs between two reports of one case.

use std::collections::BTreeSet;

use counterfoil_engine::{
    Report,
    number::Number,
    report::{Account, Status, Verdict},
};
use serde::Serialize;

/// A kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A fee line is higher, or charged where it was not.
    Dearer,
    /// A fee line is lower, or no longer charged.
    Cheaper,
    /// An entitlement is higher.
    More,
    /// An entitlement is lower.
    Less,
    /// Eligible, and was not.
    Gained,
    /// No longer eligible.
    Lost,
    /// Another verdict than before where one of them is open.
    Verdict,
    /// An answer is refused that was taken.
    Refused,
    /// An answer is taken that was refused.
    Taken,
    /// Another status than before.
    Status,
    /// A computed value differs, and nothing that hangs on it.
    Value,
    /// The form is in force on that day in one version alone.
    InForce,
}

impl Kind {
    /// Its heading for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dearer => "dearer",
            Self::Cheaper => "cheaper",
            Self::More => "more to receive",
            Self::Less => "less to receive",
            Self::Gained => "now eligible",
            Self::Lost => "no longer eligible",
            Self::Verdict => "another verdict",
            Self::Refused => "now refused",
            Self::Taken => "no longer refused",
            Self::Status => "another status",
            Self::Value => "another value",
            Self::InForce => "in force in one version alone",
        }
    }
}

/// A difference between two reports.
pub(super) struct Outcome {
    pub kind: Kind,
    pub target: String,
    pub old: String,
    pub new: String,
    /// Of amounts, by how much.
    pub difference: Option<Number>,
}

/// What a report has at a target, as text; the same text means no difference.
pub(super) fn figure(report: Option<&Report>, target: &str) -> String {
    let Some(report) = report else {
        return "not in force".to_owned();
    };
    let (section, id) = target.split_once('.').unwrap_or((target, ""));
    match section {
        "fees" => line(report.fees.as_ref(), id),
        "entitlements" => line(report.entitlements.as_ref(), id),
        "decisions" => {
            let decision = report
                .decisions
                .iter()
                .find(|decision| decision.decision == id);
            verdict(decision.map(|decision| decision.verdict)).to_owned()
        }
        "errors" => match errors(report).contains(id) {
            true => "refused".to_owned(),
            false => "taken".to_owned(),
        },
        "values" => report.values.get(id).map_or_else(
            || "not known".to_owned(),
            |data| serde_json::to_string(data).unwrap_or_default(),
        ),
        "status" => status(report.status).to_owned(),
        _ => "in force".to_owned(),
    }
}

/// The differences of two reports, `None` being a day on which the version is not in force. Of a recorded
/// case, open verdicts and the status count as well.
pub(super) fn outcomes(old: Option<&Report>, new: Option<&Report>, recorded: bool) -> Vec<Outcome> {
    let (before, after) = match (old, new) {
        (Some(before), Some(after)) => (before, after),
        (None, None) => return Vec::new(),
        _ => return vec![differing(Kind::InForce, "effective".to_owned(), old, new)],
    };
    let mut found = Vec::new();
    amounts(
        &mut found,
        "fees",
        before,
        after,
        Kind::Dearer,
        Kind::Cheaper,
    );
    amounts(
        &mut found,
        "entitlements",
        before,
        after,
        Kind::More,
        Kind::Less,
    );
    verdicts(&mut found, before, after, recorded);
    let (errors_before, errors_after) = (errors(before), errors(after));
    for error in errors_after.difference(&errors_before) {
        found.push(differing(
            Kind::Refused,
            format!("errors.{error}"),
            old,
            new,
        ));
    }
    for error in errors_before.difference(&errors_after) {
        found.push(differing(Kind::Taken, format!("errors.{error}"), old, new));
    }
    if recorded && before.status != after.status {
        found.push(differing(Kind::Status, "status".to_owned(), old, new));
    }
    if found.is_empty() {
        for (id, data) in &before.values.0 {
            if after.values.get(id).is_some_and(|other| other != data) {
                found.push(differing(Kind::Value, format!("values.{id}"), old, new));
            }
        }
    }
    found
}

fn differing(kind: Kind, target: String, old: Option<&Report>, new: Option<&Report>) -> Outcome {
    Outcome {
        old: figure(old, &target),
        new: figure(new, &target),
        kind,
        target,
        difference: None,
    }
}

fn amounts(
    found: &mut Vec<Outcome>,
    section: &str,
    old: &Report,
    new: &Report,
    up: Kind,
    down: Kind,
) {
    let account = |report: &'_ Report| match section {
        "fees" => report.fees.clone(),
        _ => report.entitlements.clone(),
    };
    let (before, after) = (account(old), account(new));
    let lines = |account: &Option<Account>| -> Vec<String> {
        account
            .iter()
            .flat_map(|account| &account.lines)
            .map(|line| line.id.to_string())
            .collect()
    };
    let mut ids = lines(&before);
    ids.extend(lines(&after));
    let mut told = BTreeSet::new();
    for id in ids {
        if !told.insert(id.clone()) {
            continue;
        }
        let (Some(old), Some(new)) = (amount(before.as_ref(), &id), amount(after.as_ref(), &id))
        else {
            continue;
        };
        if old == new {
            continue;
        }
        found.push(Outcome {
            kind: if new > old { up } else { down },
            target: format!("{section}.{id}"),
            old: line(before.as_ref(), &id),
            new: line(after.as_ref(), &id),
            difference: new.checked_sub(old),
        });
    }
}

/// A line's amount; 0 where it does not apply, `None` while it is open.
fn amount(account: Option<&Account>, id: &str) -> Option<Number> {
    match account.and_then(|account| account.lines.iter().find(|line| line.id == id)) {
        None => Some(Number::ZERO),
        Some(line) => Number::parse(line.amount.as_ref()?).ok(),
    }
}

fn line(account: Option<&Account>, id: &str) -> String {
    match account.and_then(|account| account.lines.iter().find(|line| line.id == id)) {
        None => "not charged".to_owned(),
        Some(line) => line
            .amount
            .clone()
            .unwrap_or_else(|| "not known".into())
            .into_owned(),
    }
}

fn verdicts(found: &mut Vec<Outcome>, old: &Report, new: &Report, recorded: bool) {
    for decision in &new.decisions {
        let same = |other: &&counterfoil_engine::report::DecisionReport| {
            other.decision == decision.decision
        };
        let before = old.decisions.iter().find(same).map(|other| other.verdict);
        let Some(was) = before.filter(|was| *was != decision.verdict) else {
            continue;
        };
        let kind = match (was, decision.verdict) {
            (Verdict::Ineligible, Verdict::Eligible) => Kind::Gained,
            (Verdict::Eligible, Verdict::Ineligible) => Kind::Lost,
            // Whoever was certain to fail or is so now is told; what is merely open is not.
            (Verdict::Undetermined, Verdict::Ineligible) => Kind::Lost,
            (Verdict::Ineligible, Verdict::Undetermined) => Kind::Gained,
            _ if recorded => Kind::Verdict,
            _ => continue,
        };
        found.push(Outcome {
            kind,
            target: format!("decisions.{}", decision.decision),
            old: verdict(before).to_owned(),
            new: verdict(Some(decision.verdict)).to_owned(),
            difference: None,
        });
    }
}

const fn verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Eligible) => "eligible",
        Some(Verdict::Ineligible) => "ineligible",
        Some(Verdict::Undetermined) => "undetermined",
        None => "no such decision",
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Complete => "complete",
        Status::Incomplete => "incomplete",
        Status::Invalid => "invalid",
    }
}

/// Errors as path and code, of a failed check with its id; positions of records play no part.
fn errors(report: &Report) -> BTreeSet<String> {
    let named = |error: &counterfoil_engine::report::ReportError| {
        let check = error.params.get("check").and_then(|check| check.as_text());
        let mut path = error.path.to_string();
        while let (Some(open), Some(close)) = (path.find('['), path.find(']')) {
            if close < open {
                break;
            }
            path.replace_range(open..=close, "");
        }
        format!("{path}: {}", check.unwrap_or(&error.code))
    };
    report.errors.iter().map(named).collect()
}

/// Takes an amount into a range written as texts.
pub(super) fn widen(least: &mut String, greatest: &mut String, amount: Number) {
    let known = |text: &str| Number::parse(text).unwrap_or(amount);
    if amount < known(least) {
        *least = amount.to_string();
    }
    if amount > known(greatest) {
        *greatest = amount.to_string();
    }
}
