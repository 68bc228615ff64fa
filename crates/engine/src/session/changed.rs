//! What differs between two reports of one session.

use std::borrow::Cow;

use crate::{
    answers::DataOf,
    json::{to_json, writes},
    report::{Account, ReportError},
    sort::sort,
};

/// What has come to be different; in alphabetical order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Paths of questions, groups and records (`stalls`, `streets`, `streets[0].metres`) of which something
    /// differs: the answer that counts, whether it is missing or ignored, its errors, whether it is asked, or
    /// its options that are offered. Other paths too at which an error has come or gone. A group is listed
    /// itself where it has come to have more or fewer records.
    pub paths: Vec<String>,
    /// What was worked out and differs: `values.area`, `values.streets[0].charge`, `decisions.closure`,
    /// `fees.stalls`, `fees.total`, `entitlements.grant`, `entitlements.total`, and `status`.
    pub nodes: Vec<String>,
}

writes!(Changed { required paths, required nodes });

impl Changed {
    /// The same as JSON.
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// Whether nothing differs.
    pub const fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.nodes.is_empty()
    }

    pub(super) fn tidy(&mut self) {
        for list in [&mut self.paths, &mut self.nodes] {
            sort(list);
            list.dedup();
        }
    }
}

/// Statements about paths: each with its path and what it says.
pub(super) type Statements = Vec<(String, String)>;

/// Adds the paths of which one side says something that the other does not.
pub(super) fn differing(mut before: Statements, mut after: Statements, paths: &mut Vec<String>) {
    sort(&mut before);
    sort(&mut after);
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    loop {
        let path = match (before.peek(), after.peek()) {
            (Some(a), Some(b)) if a == b => {
                after.next();
                before.next();
                continue;
            }
            (Some(a), Some(b)) if a > b => after.next(),
            (Some(_), _) => before.next(),
            (None, _) => after.next(),
        };
        match path {
            Some((path, _)) => paths.push(path),
            None => return,
        }
    }
}

/// What a list of errors states.
pub(super) fn of_errors(errors: &[ReportError], statements: &mut Statements) {
    statements.extend(
        errors
            .iter()
            .map(|error| (error.path.to_string(), to_json(error))),
    );
}

/// What a list of paths states.
pub(super) fn of_paths(paths: &[Cow<'_, str>], list: &str, statements: &mut Statements) {
    statements.extend(paths.iter().map(|path| (path.to_string(), list.to_owned())));
}

/// What paths that are not asked state; an option stands for its question.
pub(super) fn of_hidden(paths: &[String], statements: &mut Statements) {
    statements.extend(paths.iter().map(|path| {
        let question = path.split('=').next().unwrap_or_default();
        (question.to_owned(), format!("hidden {path}"))
    }));
}

/// What an answer or value states; those in records state their own.
pub(super) fn of_entry(path: &str, data: &DataOf<'_>, statements: &mut Statements) {
    let records = match data {
        DataOf::List(items) if items.iter().all(|item| matches!(item, DataOf::Record(_))) => items,
        _ => {
            statements.push((path.to_owned(), to_json(data)));
            return;
        }
    };
    statements.push((path.to_owned(), records.len().to_string()));
    for (position, record) in records.iter().enumerate() {
        if let DataOf::Record(entries) = record {
            for (key, data) in entries {
                statements.push((format!("{path}[{position}].{key}"), to_json(data)));
            }
        }
    }
}

/// What fees or entitlements state.
pub(super) fn of_account(name: &str, account: Option<&Account>) -> Statements {
    let Some(account) = account else {
        return Vec::new();
    };
    let node = |id: &str, amount: &Option<Cow<'_, str>>| (format!("{name}.{id}"), to_json(amount));
    let lines = account
        .lines
        .iter()
        .map(|line| node(&line.id, &line.amount));
    // A line may be called as the total is, but both are in one report.
    lines.chain([node("total", &account.total)]).collect()
}
