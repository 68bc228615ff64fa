//! From `tests.yaml` to tests, with diagnostics for what is no test.

use counterfoil_engine::{
    date::Day,
    plan::{PageContent, Rules},
};

use super::{cases::cases, shape::Shape};
use crate::{
    closest::closest,
    codes,
    definition::Context,
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

/// A test as written.
pub(super) struct Case<'n> {
    /// Its name, after `test:`.
    pub test: Spanned<String>,
    /// The day of evaluation.
    pub as_of: Day,
    /// What is answered.
    pub answers: Option<&'n Node>,
    /// What the office knows.
    pub facts: Option<&'n Node>,
    /// Sections of the report with what is expected of them.
    pub expect: &'n [Entry],
}

/// Sections that `expect` may have: those of the report, and `rules`.
pub(super) const SECTIONS: &[&str] = &[
    "status",
    "errors",
    "missing",
    "ignored",
    "answers",
    "values",
    "decisions",
    "rules",
    "fees",
    "entitlements",
];

/// The tests of a file as nodes, those of tables of cases as if each row were written out.
pub(super) fn nodes(context: &mut Context<'_>, rules: &Rules, root: &Node) -> Vec<Node> {
    let items = context
        .mapping(root, "the file of tests", &["tests"])
        .and_then(|file| context.required(&file, "tests", "…` and below it a list of `- test:"))
        .and_then(|list| context.items(list, "`tests`"));
    let mut nodes = Vec::new();
    for item in items.unwrap_or_default() {
        match item.get("cases") {
            Some(file) => {
                const KEYS: &[&str] = &["cases", "as_of", "answers", "facts", "expect"];
                let shared = item.as_mapping().unwrap_or_default();
                let known = context.mapping(item, "a table of cases", KEYS).is_some();
                // What is wrong with what the rows share is told once, and not in each of them.
                if shares_well(context, shared) && known {
                    nodes.extend(cases(context, rules, file, shared));
                }
            }
            None => nodes.push(item.clone()),
        }
    }
    nodes
}

/// Whether what the rows of a table of cases share can be read.
fn shares_well(context: &mut Context<'_>, shared: &[Entry]) -> bool {
    let before = context.diagnostics.len();
    for entry in shared {
        match entry.key.as_str() {
            "as_of" => drop(context.day(&entry.value)),
            "answers" => drop(context.entries(&entry.value, "`answers`")),
            "facts" => drop(context.entries(&entry.value, "`facts`")),
            "expect" => drop(context.mapping(&entry.value, "`expect`", SECTIONS)),
            _ => {}
        }
    }
    context.diagnostics.len() == before
}

/// The tests of nodes. One that cannot be read is reported and left out.
pub(super) fn tests<'n>(
    context: &mut Context<'_>,
    rules: &Rules,
    nodes: &'n [Node],
) -> Vec<Case<'n>> {
    let mut cases: Vec<Case<'n>> = Vec::new();
    for item in nodes {
        let Some(case) = test(context, rules, item) else {
            continue;
        };
        let same = |first: &&Case<'_>| first.test.value == case.test.value;
        if let Some(first) = cases.iter().find(same) {
            context.error(
                Diagnostic::error(
                    codes::TEST_NAME,
                    case.test.span,
                    "another test has the same name",
                )
                .label(first.test.span, "the other one")
                .help("Give each test a name of its own, so that a failure says which it is."),
            );
        }
        cases.push(case);
    }
    cases
}

fn test<'n>(context: &mut Context<'_>, rules: &Rules, node: &'n Node) -> Option<Case<'n>> {
    const KEYS: &[&str] = &["test", "as_of", "answers", "facts", "expect"];
    let mapping = context.mapping(node, "a test", KEYS)?;
    let name = context
        .required(&mapping, "test", "what it shows")
        .and_then(|name| context.text(name, "the name of the test"));
    let as_of = context
        .required(&mapping, "as_of", "2026-06-01")
        .and_then(|day| context.day(day));
    let answers = mapping.get("answers");
    let facts = mapping.get("facts");
    for (node, what) in [(answers, "`answers`"), (facts, "`facts`")] {
        if let Some(node) = node {
            context.entries(node, what);
            refuse_cut(context, node);
        }
    }
    let expect = context.required(&mapping, "expect", "…` and below it `status: complete")?;
    context.mapping(expect, "`expect`", SECTIONS)?;
    refuse_cut(context, expect);
    let sections = expect.as_mapping()?;
    for section in sections {
        refuse_unknown_names(context, rules, section);
    }
    let name = name?;
    Some(Case {
        test: Spanned::new(name.text.clone(), name.whole()),
        as_of: as_of?.value,
        answers,
        facts,
        expect: sections,
    })
}

/// Reports texts that YAML has cut short, wherever they stand.
fn refuse_cut(context: &mut Context<'_>, node: &Node) {
    match &node.kind {
        NodeKind::Scalar(_) => context.refuse_cut(node),
        NodeKind::List(items) => items.iter().for_each(|item| refuse_cut(context, item)),
        NodeKind::Mapping(entries) => {
            for entry in entries {
                refuse_cut(context, &entry.value);
            }
        }
        NodeKind::Empty | NodeKind::Error => {}
    }
}

/// Reports expectations of names that the form does not have: they could never be met.
fn refuse_unknown_names(context: &mut Context<'_>, rules: &Rules, section: &Entry) {
    let account = ["currency", "lines", "total"];
    if matches!(section.key.as_str(), "errors" | "missing" | "ignored") {
        refuse_unknown_paths(context, rules, section);
        return;
    }
    let names: Vec<String> = match section.key.as_str() {
        "answers" => owned(Shape::Answers(rules).names()),
        "values" => owned(Shape::Values(rules).names()),
        "decisions" => owned(rules.decisions.iter().map(|d| d.decision.as_str())),
        "rules" => rules
            .decisions
            .iter()
            .flat_map(|decision| {
                let rules = decision.rules.iter();
                rules.map(|rule| format!("{}.{}", decision.decision, rule.rule))
            })
            .collect(),
        "fees" => owned(rules.fees.iter().map(|l| l.line.as_str()).chain(account)),
        "entitlements" => {
            let lines = rules.entitlements.iter().map(|l| l.line.as_str());
            owned(lines.chain(account))
        }
        _ => return,
    };
    for entry in section.value.as_mapping().unwrap_or_default() {
        let name = &entry.key;
        if names.contains(&name.value) {
            continue;
        }
        let found = Diagnostic::error(
            codes::TEST_EXPECTATION,
            name.span,
            format!(
                "the form has no `{}` among its {}",
                name.value, section.key.value
            ),
        );
        context.error(
            match closest(&name.value, names.iter().map(String::as_str)) {
                Some(meant) => found
                    .help(format!("Did you mean `{meant}`?"))
                    .suggest(name.span, meant),
                None if names.is_empty() => found.help("It has none at all."),
                None => found.help(format!("It has {}.", names.join(", "))),
            },
        );
    }
}

/// Reports paths of questions that the form does not have, where errors and the like are written by path.
fn refuse_unknown_paths(context: &mut Context<'_>, rules: &Rules, section: &Entry) {
    let mut names = owned(Shape::Answers(rules).names());
    for page in &rules.pages {
        if let PageContent::Group(group) = &page.content {
            let fields = group.fields.iter();
            names.extend(fields.map(|field| format!("{}.{}", group.group, field.field)));
        }
    }
    for entry in section.value.as_mapping().unwrap_or_default() {
        let path = &entry.key;
        let mut plain = path.value.clone();
        if let (Some(open), Some(close)) = (plain.find('['), plain.find(']'))
            && open < close
        {
            plain.replace_range(open..=close, "");
        }
        // Errors also stand at values, rules and the like, and at keys that the form does not have.
        let elsewhere = section.key.value == "errors" && !names.contains(&plain);
        let code = entry.value.as_text().unwrap_or_default();
        let is_position = path.value.parse::<usize>().is_ok();
        if is_position
            || names.contains(&plain)
            || (elsewhere && matches!(code, "unknown" | "computed" | "fact" | "arithmetic"))
            || path.value.starts_with("facts.")
        {
            continue;
        }
        let found = Diagnostic::error(
            codes::TEST_EXPECTATION,
            path.span,
            format!("the form has no question `{}`", path.value),
        );
        context.error(match closest(&plain, names.iter().map(String::as_str)) {
            Some(meant) => found.help(format!("Did you mean `{meant}`?")),
            None => found.help("Write the path as reports have it, such as `streets[0].metres`."),
        });
    }
}

fn owned<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
