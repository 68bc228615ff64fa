//! How a definition differs: its expressions and limits before and after, as a form states them.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::plan::{Expr, Field, FieldType, Line, PageContent, Requirement, Rules};
use serde_json::{Value as Json, json};

/// What is longer is cut: the whole stands in the form.
const MOST_CHARACTERS: usize = 160;

/// The expressions of a rule, check, line or value, before and after; nothing where they are alike.
pub(super) fn of_expressions(kind: &str, id: &str, old: &Rules, new: &Rules) -> Option<String> {
    let before = expressions(kind, id, old)?;
    let after = expressions(kind, id, new)?;
    let parts = before.iter().zip(&after).filter(|(a, b)| a != b);
    let parts = parts.map(|((key, old), (_, new))| match (old, new) {
        (Some(old), Some(new)) => format!("{key}: {} → {}", cut(old), cut(new)),
        (None, Some(new)) => format!("{key}: {} is new", cut(new)),
        (Some(old), None) => format!("{key}: {} is gone", cut(old)),
        (None, None) => String::new(),
    });
    Some(parts.collect::<Vec<_>>().join("; "))
}

/// The type, limits, options and conditions of a question, before and after.
pub(super) fn of_field(path: &str, old: &Rules, new: &Rules) -> Option<String> {
    let (before, after) = (settings(path, old)?, settings(path, new)?);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut parts = Vec::new();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) if old != new => {
                parts.push(format!("{key}: {} → {}", cut(old), cut(new)));
            }
            (None, Some(new)) => parts.push(format!("{key}: {} is new", cut(new))),
            (Some(old), None) => parts.push(format!("{key}: {} is gone", cut(old))),
            _ => {}
        }
    }
    Some(parts.join("; "))
}

type Named = (&'static str, Option<String>);

fn expressions(kind: &str, id: &str, rules: &Rules) -> Option<Vec<Named>> {
    let text = |expr: &Expr, group: Option<&str>| rules.expression_text(expr, group);
    let condition = |when: &Option<Expr>, group| when.as_ref().map(|when| text(when, group));
    let line = |lines: &[Line]| {
        let line = lines.iter().find(|line| line.line == id)?;
        Some(vec![
            ("when", condition(&line.when, None)),
            ("amount", Some(text(&line.amount, None))),
        ])
    };
    match kind {
        "fees" => line(&rules.fees),
        "entitlements" => line(&rules.entitlements),
        "checks" => {
            let check = rules.checks.iter().find(|check| check.check == id)?;
            let group = check.at.split_once('.').map(|(group, _)| group);
            Some(vec![
                ("at", Some(check.at.clone())),
                ("when", condition(&check.when, group)),
                ("require", Some(text(&check.require, group))),
            ])
        }
        "rules" => {
            let (decision, rule) = id.split_once('.')?;
            let decision = rules.decisions.iter().find(|d| d.decision == decision)?;
            let rule = decision.rules.iter().find(|r| r.rule == rule)?;
            Some(vec![
                ("when", condition(&rule.when, None)),
                ("require", Some(text(&rule.require, None))),
            ])
        }
        "values" => {
            let (group, name) = id.split_once('.').unzip();
            let own = rules.pages.iter().find_map(|page| match &page.content {
                PageContent::Group(found) if Some(found.group.as_str()) == group => found
                    .values
                    .iter()
                    .find(|value| Some(value.value.as_str()) == name),
                _ => None,
            });
            let value = own.or_else(|| rules.values.iter().find(|value| value.value == id))?;
            Some(vec![("expr", Some(text(&value.expr, group)))])
        }
        _ => None,
    }
}

/// What a form states of a question, by key.
fn settings(path: &str, rules: &Rules) -> Option<BTreeMap<String, String>> {
    let (group, name) = path.split_once('.').unzip();
    let field = rules.pages.iter().find_map(|page| match &page.content {
        PageContent::Fields(fields) => fields.iter().find(|field| field.field == path),
        PageContent::Group(found) if Some(found.group.as_str()) == group => found
            .fields
            .iter()
            .find(|field| Some(field.field.as_str()) == name),
        PageContent::Group(_) => None,
    })?;
    let mut settings = of_type(&field.type_);
    let text = |expr: &Expr| rules.expression_text(expr, group);
    let Field { when, required, .. } = field;
    settings.extend(when.as_ref().map(|when| ("when".to_owned(), text(when))));
    let required = match required {
        Requirement::Always => "true".to_owned(),
        Requirement::Never => "false".to_owned(),
        Requirement::When(condition) => text(condition),
    };
    settings.insert("required".to_owned(), required);
    Some(settings)
}

fn of_type(type_: &FieldType) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let Json::Object(tagged) = json!(type_) else {
        return settings;
    };
    for (name, limits) in tagged {
        settings.insert("type".to_owned(), name);
        for (key, value) in limits.as_object().into_iter().flatten() {
            let text = match (key.as_str(), value) {
                ("options", Json::Array(options)) => {
                    let ids = options
                        .iter()
                        .filter_map(|option| option.get("option")?.as_str());
                    ids.collect::<Vec<_>>().join(", ")
                }
                (_, Json::String(text)) => text.clone(),
                (_, other) => other.to_string(),
            };
            settings.insert(key.clone(), text);
        }
    }
    settings
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
