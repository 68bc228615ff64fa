//! What a suggested test expects: the report as it is, as far as it is determined.

use std::borrow::Cow;

use counterfoil_engine::{
    answers::{Data, Entries, Entry},
    observe::{Observer, SiteKind},
    plan::PageContent,
    report::{Account, ReportError, Status, Verdict},
};

use super::Found;

/// The sections of `expect`, in the order of the report.
pub(super) fn expectation(observer: &Observer<'_>, found: &Found) -> Data {
    let report = &found.report;
    let text = |text: &str| Data::text(text.to_owned());
    let mut sections = vec![(
        "status",
        text(match report.status {
            Status::Complete => "complete",
            Status::Incomplete => "incomplete",
            Status::Invalid => "invalid",
        }),
    )];
    sections.push((
        "errors",
        Data::List(report.errors.iter().cloned().map(error).collect()),
    ));
    let is_required = |kind: SiteKind| {
        matches!(
            kind,
            SiteKind::Message {
                code: "required",
                ..
            }
        )
    };
    let kinds = || {
        found
            .goals
            .iter()
            .map(|goal| observer.sites()[goal.site].kind)
    };
    if kinds().any(is_required) {
        let missing = report
            .missing
            .iter()
            .map(|path| (path.clone(), Data::Bool(true)));
        sections.push(("missing", Data::Record(missing.collect())));
    } else {
        let owners = found
            .goals
            .iter()
            .map(|goal| &observer.sites()[goal.site].owner);
        let asked = owners.flat_map(|owner| asked(observer, owner, &report.missing));
        sections.push(("missing", Data::Record(asked.collect())));
    }
    let is_message = |kind: SiteKind| matches!(kind, SiteKind::Message { .. });
    // A case about messages leaves open what is to be paid and decided, and says nothing of it.
    if found
        .goals
        .iter()
        .all(|goal| is_message(observer.sites()[goal.site].kind))
    {
        return Data::Record(
            sections
                .into_iter()
                .map(|(name, data)| (name.into(), data))
                .collect(),
        );
    }
    sections.push(("values", values(&report.values.0)));
    let decisions = report.decisions.iter().map(|decision| {
        let verdict = match decision.verdict {
            Verdict::Eligible => "eligible",
            Verdict::Ineligible => "ineligible",
            Verdict::Undetermined => "undetermined",
        };
        (decision.decision.clone(), text(verdict))
    });
    sections.push(("decisions", Data::Record(decisions.collect())));
    let rules = report.decisions.iter().flat_map(|decision| {
        decision.rules.iter().filter_map(|rule| {
            let name = format!("{}.{}", decision.decision, rule.rule);
            Some((name.into(), Data::Bool(rule.holds?)))
        })
    });
    sections.push(("rules", Data::Record(rules.collect())));
    for (name, account) in [
        ("fees", &report.fees),
        ("entitlements", &report.entitlements),
    ] {
        if let Some(account) = account {
            sections.push((name, figures(account)));
        }
    }
    let is_nothing = |data: &Data| matches!(data, Data::Record(entries) if entries.is_empty());
    let sections = sections.into_iter().filter(|(_, data)| !is_nothing(data));
    Data::Record(sections.map(|(name, data)| (name.into(), data)).collect())
}

/// For a condition of a question: whether the question is missing, which shows that it is asked.
fn asked(observer: &Observer<'_>, owner: &str, missing: &[Cow<'_, str>]) -> Entries<'static> {
    let (kind, rest) = owner.split_once('.').unwrap_or_default();
    let Some((id, "when" | "required")) = rest.rsplit_once('.') else {
        return Vec::new();
    };
    let paths: Vec<String> = match kind {
        "fields" | "groups" => vec![id.to_owned()],
        "pages" => {
            let pages = &observer.plan().rules().pages;
            match pages
                .iter()
                .find(|page| page.page == id)
                .map(|page| &page.content)
            {
                Some(PageContent::Fields(fields)) => {
                    fields.iter().map(|field| field.field.clone()).collect()
                }
                Some(PageContent::Group(group)) => vec![group.group.clone()],
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    let told = paths.iter().flat_map(|path| match path.split_once('.') {
        None => {
            let is_missing = missing.iter().any(|missing| missing == path);
            vec![(path.clone().into(), Data::Bool(is_missing))]
        }
        // In records only what is missing can be told: the others may have no such question.
        Some((group, field)) => missing
            .iter()
            .filter(|path| {
                path.starts_with(&format!("{group}[")) && path.ends_with(&format!("].{field}"))
            })
            .map(|path| (path.to_string().into(), Data::Bool(true)))
            .collect(),
    });
    told.collect()
}

fn error(error: ReportError<'static>) -> Data {
    let mut entries = vec![
        ("path".into(), Data::Text(error.path)),
        ("code".into(), Data::Text(error.code)),
    ];
    if !error.params.is_empty() {
        entries.push(("params".into(), Data::Record(error.params.0)));
    }
    Data::Record(entries)
}

/// Values that are determined; of records only those that have any.
fn values(values: &[Entry<'static>]) -> Data {
    let determined = values.iter().filter(|(_, data)| match data {
        Data::List(records) => records
            .iter()
            .any(|record| matches!(record, Data::Record(entries) if !entries.is_empty())),
        _ => true,
    });
    Data::Record(determined.cloned().collect())
}

/// Lines that are determined, and the total.
fn figures(account: &Account<'static>) -> Data {
    let mut entries: Entries<'static> = (account.lines.iter())
        .filter_map(|line| Some((line.id.clone(), Data::Text(line.amount.clone()?))))
        .collect();
    let total = account.total.clone().map_or(Data::Null, Data::text);
    entries.push(("total".into(), total));
    Data::Record(entries)
}
