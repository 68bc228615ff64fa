//! The report as tests write it: decisions, rules and fee lines by their ids.

use counterfoil_engine::report::{Account, Report};
use serde_json::{Map, Value as Json, json};

use crate::yaml::{Node, NodeKind};

/// What a section of `expect` is compared with; `None` where the report has no such section.
///
/// A section that is written as a list is compared with the report's own list. Otherwise `decisions`
/// are maps by id, `rules` are `decision.rule: true | false | null`, and the lines of `fees` and
/// `entitlements` stand beside their `total`.
pub(super) fn section(report: &Report, whole: &Json, key: &str, expected: &Node) -> Option<Json> {
    let by_id = matches!(expected.kind, NodeKind::Mapping(_));
    match key {
        "decisions" if by_id => Some(decisions(whole, expected)),
        "rules" => Some(rules(report)),
        "fees" if by_id => report.fees.as_ref().map(account),
        "entitlements" if by_id => report.entitlements.as_ref().map(account),
        _ => whole.get(key).cloned(),
    }
}

/// Each decision as a whole, or its verdict alone where the test writes just that.
fn decisions(whole: &Json, expected: &Node) -> Json {
    let decisions = whole.get("decisions").and_then(Json::as_array);
    let entries = decisions.into_iter().flatten().filter_map(|decision| {
        let id = decision.get("decision")?.as_str()?;
        let in_full = expected
            .get(id)
            .is_some_and(|node| node.as_mapping().is_some());
        let shown = if in_full {
            decision
        } else {
            decision.get("verdict")?
        };
        Some((id.to_owned(), shown.clone()))
    });
    Json::Object(entries.collect())
}

fn rules(report: &Report) -> Json {
    let mut entries = Map::new();
    for decision in &report.decisions {
        for rule in &decision.rules {
            let path = format!("{}.{}", decision.decision, rule.rule);
            entries.insert(path, Json::from(rule.holds));
        }
    }
    Json::Object(entries)
}

fn account(account: &Account) -> Json {
    let mut entries: Map<String, Json> = account
        .lines
        .iter()
        .map(|line| (line.id.to_string(), Json::from(line.amount.clone())))
        .collect();
    entries.insert("currency".to_owned(), json!(account.currency));
    entries.insert("lines".to_owned(), json!(account.lines));
    entries.insert("total".to_owned(), json!(account.total));
    Json::Object(entries)
}
