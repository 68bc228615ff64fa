//! What differs between two evaluations, found from their reports alone.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::{Report, answers::Data, report::Account, session::Changed};

/// For each path or node all that is said of it, in alphabetical order.
type Said = BTreeMap<String, Vec<String>>;

/// What a session should say has changed.
pub fn differences(
    before: &(Report, BTreeSet<String>),
    after: &(Report, BTreeSet<String>),
) -> Changed {
    Changed {
        paths: differing(&of_questions(before), &of_questions(after)),
        nodes: differing(&of_nodes(&before.0), &of_nodes(&after.0)),
    }
}

fn differing(before: &Said, after: &Said) -> Vec<String> {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differ = |key: &&&String| before.get(**key) != after.get(**key);
    keys.iter()
        .filter(differ)
        .map(|key| (*key).clone())
        .collect()
}

fn say(said: &mut Said, key: &str, what: String) {
    let list = said.entry(key.to_owned()).or_default();
    let place = list.partition_point(|other| *other <= what);
    list.insert(place, what);
}

fn of_questions((report, hidden): &(Report, BTreeSet<String>)) -> Said {
    let mut said = Said::new();
    for error in &report.errors {
        say(&mut said, &error.path, format!("{error:?}"));
    }
    for path in &report.missing {
        say(&mut said, path, "missing".to_owned());
    }
    for path in &report.ignored {
        say(&mut said, path, "ignored".to_owned());
    }
    for path in hidden {
        let question = path.split('=').next().unwrap();
        say(&mut said, question, path.clone());
    }
    for (key, data) in &report.answers.0 {
        of_data(&mut said, key, data);
    }
    said
}

fn of_data(said: &mut Said, path: &str, data: &Data) {
    match data {
        Data::List(items) if matches!(items.first(), Some(Data::Record(_))) => {
            say(said, path, format!("{} records", items.len()));
            for (position, item) in items.iter().enumerate() {
                let Data::Record(entries) = item else {
                    panic!("a list of records holds something else");
                };
                for (key, data) in entries {
                    of_data(said, &format!("{path}[{position}].{key}"), data);
                }
            }
        }
        Data::List(items) if items.is_empty() => say(said, path, "0 records".to_owned()),
        _ => say(said, path, data.to_json()),
    }
}

fn of_nodes(report: &Report) -> Said {
    let mut said = Said::new();
    say(&mut said, "status", format!("{:?}", report.status));
    for (key, data) in &report.values.0 {
        of_data(&mut said, &format!("values.{key}"), data);
    }
    for decision in &report.decisions {
        let node = format!("decisions.{}", decision.decision);
        say(&mut said, &node, format!("{decision:?}"));
    }
    of_account(&mut said, "fees", report.fees.as_ref());
    of_account(&mut said, "entitlements", report.entitlements.as_ref());
    said
}

fn of_account(said: &mut Said, name: &str, account: Option<&Account>) {
    let Some(account) = account else { return };
    for line in &account.lines {
        say(
            said,
            &format!("{name}.{}", line.id),
            format!("{:?}", line.amount),
        );
    }
    say(
        said,
        &format!("{name}.total"),
        format!("{:?}", account.total),
    );
}
