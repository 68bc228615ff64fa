//! The report as tests write it: decisions, rules and fee lines by their ids.

use counterfoil_engine::{
    answers::Data,
    report::{Account, Report},
};

use crate::yaml::{Node, NodeKind};

/// What a section of `expect` is compared with; `None` where the report has no such section.
///
/// A section that is written as a list is compared with the report's own list. Otherwise `decisions`
/// are maps by id, `rules` are `decision.rule: true | false | null`, and the lines of `fees` and
/// `entitlements` stand beside their `total`.
pub(super) fn section(report: &Report, whole: &Data, key: &str, expected: &Node) -> Option<Data> {
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
fn decisions(whole: &Data, expected: &Node) -> Data {
    let Some(Data::List(decisions)) = whole.get("decisions") else {
        return Data::Record(Vec::new());
    };
    let entries = decisions.iter().filter_map(|decision| {
        let id = decision.get("decision")?.as_text()?;
        let in_full = expected
            .get(id)
            .is_some_and(|node| node.as_mapping().is_some());
        let data = if in_full {
            decision
        } else {
            decision.get("verdict")?
        };
        Some((id.to_owned(), data.clone()))
    });
    Data::Record(entries.collect())
}

fn rules(report: &Report) -> Data {
    let mut entries = Vec::new();
    for decision in &report.decisions {
        for rule in &decision.rules {
            let holds = rule.holds.map_or(Data::Null, Data::Bool);
            entries.push((format!("{}.{}", decision.decision, rule.rule), holds));
        }
    }
    Data::Record(entries)
}

fn account(account: &Account) -> Data {
    let amount = |amount: &Option<String>| amount.clone().map_or(Data::Null, Data::Text);
    let lines = account.lines.iter();
    let mut entries: Vec<_> = lines
        .clone()
        .map(|line| (line.id.clone(), amount(&line.amount)))
        .collect();
    let list = lines.map(|line| {
        Data::Record(vec![
            ("id".to_owned(), Data::Text(line.id.clone())),
            ("amount".to_owned(), amount(&line.amount)),
        ])
    });
    entries.push(("currency".to_owned(), Data::Text(account.currency.clone())));
    entries.push(("lines".to_owned(), Data::List(list.collect())));
    entries.push(("total".to_owned(), amount(&account.total)));
    Data::Record(entries)
}
