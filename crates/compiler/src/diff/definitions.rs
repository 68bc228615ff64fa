//! What two versions define differently.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::{
    Plan,
    plan::{Field, Literal, PageContent, Parameter, Rules, Table, Type},
};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::details;

/// A definition that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Which: `parameters.stall_fee`, `tables.base_fee`, `rules.closure.short_enough`, `fields.stalls`.
    pub name: String,
    /// How, for people.
    pub text: String,
}

/// A text or source that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// The locale; none for sources.
    pub locale: Option<String>,
    /// Its key.
    pub key: String,
}

/// The definitions that differ, in the order of their names.
pub(super) fn changes(old: &Rules, new: &Rules) -> Vec<Definition> {
    let (before, after) = (all(old), all(new));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| Definition {
            name: name.clone(),
            text: match (before.get(name), after.get(name)) {
                (None, _) => "new".to_owned(),
                (_, None) => "gone".to_owned(),
                _ => detail(name, old, new),
            },
        })
        .collect()
}

/// Every definition by name.
fn all(rules: &Rules) -> BTreeMap<String, Json> {
    let mut all = BTreeMap::new();
    let mut put = |kind: &str, id: &str, definition: Json| {
        all.insert(format!("{kind}.{id}"), definition);
    };
    let field = |field: &Field| json!([field.type_, field.when, field.required]);
    for page in &rules.pages {
        put("pages", &page.page, json!(page.when));
        match &page.content {
            PageContent::Fields(fields) => {
                for each in fields {
                    put("fields", &each.field, field(each));
                }
            }
            PageContent::Group(group) => {
                let own = json!([group.when, group.required, group.min, group.max]);
                put("groups", &group.group, own);
                for each in &group.fields {
                    put(
                        "fields",
                        &format!("{}.{}", group.group, each.field),
                        field(each),
                    );
                }
                for value in &group.values {
                    put(
                        "values",
                        &format!("{}.{}", group.group, value.value),
                        json!(value),
                    );
                }
            }
        }
    }
    for fact in &rules.facts {
        put("facts", &fact.fact, json!(fact));
    }
    for parameter in &rules.parameters {
        put("parameters", &parameter.parameter, json!(parameter));
    }
    for table in &rules.tables {
        put("tables", &table.table, json!(table));
    }
    for function in &rules.functions {
        put("functions", &function.function, json!(function));
    }
    for value in &rules.values {
        put("values", &value.value, json!(value));
    }
    for check in &rules.checks {
        put("checks", &check.check, json!(check));
    }
    for decision in &rules.decisions {
        put(
            "decisions",
            &decision.decision,
            json!(decision.if_ineligible),
        );
        for rule in &decision.rules {
            put(
                "rules",
                &format!("{}.{}", decision.decision, rule.rule),
                json!(rule),
            );
        }
    }
    for line in &rules.fees {
        put("fees", &line.line, json!(line));
    }
    for line in &rules.entitlements {
        put("entitlements", &line.line, json!(line));
    }
    put("form", "effective", json!(rules.effective));
    put("form", "rules_of", json!(rules.rules_of));
    put("form", "currency", json!(rules.currency));
    put("form", "timezone", json!(rules.timezone));
    put("form", "leap_birthday", json!(rules.leap_birthday));
    put("form", "weekend", json!(rules.weekend));
    all
}

fn detail(name: &str, old: &Rules, new: &Rules) -> String {
    let (kind, id) = name.split_once('.').unwrap_or((name, ""));
    let found = match kind {
        "parameters" => {
            let find = |rules: &Rules| {
                rules
                    .parameters
                    .iter()
                    .find(|parameter| parameter.parameter == id)
                    .cloned()
            };
            find(old).zip(find(new)).map(|(before, after)| {
                let digits = |rules: &Rules, parameter: &Parameter| match parameter.type_ {
                    Type::Money => rules.currency.as_ref().map(|currency| currency.digits),
                    _ => None,
                };
                let digits = (digits(old, &before), digits(new, &after));
                periods((&before, digits.0), (&after, digits.1))
            })
        }
        "tables" => {
            let find = |rules: &Rules| rules.tables.iter().find(|table| table.table == id).cloned();
            find(old).zip(find(new)).map(|(old, new)| rows(&old, &new))
        }
        "fields" => details::of_field(id, old, new),
        _ => details::of_expressions(kind, id, old, new),
    };
    found
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| "changed".to_owned())
}

/// The periods of two versions; amounts have the digits of their currency.
fn periods(old: (&Parameter, Option<u8>), new: (&Parameter, Option<u8>)) -> String {
    let from = |(parameter, digits): (&Parameter, Option<u8>)| -> Vec<(String, String)> {
        let periods = parameter.periods.iter().map(|(period, literal)| {
            let from = period
                .from
                .map_or_else(|| "always".to_owned(), |day| format!("from {day}"));
            let amount = match (literal, digits) {
                (Literal::Number(number), Some(digits)) => Some(number.to_string_with(digits)),
                _ => None,
            };
            (from, amount.unwrap_or_else(|| written(literal)))
        });
        periods.collect()
    };
    let (before, after) = (from(old), from(new));
    let mut parts = Vec::new();
    for (period, value) in &after {
        match before.iter().find(|(other, _)| other == period) {
            Some((_, old)) if old == value => {}
            Some((_, old)) => parts.push(format!("{period}: {old} → {value}")),
            None => parts.push(format!("{period}: {value} is new")),
        }
    }
    for (period, value) in &before {
        if !after.iter().any(|(other, _)| other == period) {
            parts.push(format!("{period}: {value} is gone"));
        }
    }
    parts.join("; ")
}

fn rows(old: &Table, new: &Table) -> String {
    if old.rows.len() != new.rows.len() {
        return format!("{} rows → {} rows", old.rows.len(), new.rows.len());
    }
    let mut parts = Vec::new();
    for (index, (old, new)) in old.rows.iter().zip(&new.rows).enumerate() {
        if old.when == new.when && old.then != new.then {
            let values =
                |literals: &[Literal]| literals.iter().map(written).collect::<Vec<_>>().join(", ");
            let (old, new) = (values(&old.then), values(&new.then));
            parts.push(format!("row {}: {old} → {new}", index + 1));
        } else if old.when != new.when {
            parts.push(format!("row {} applies to other cases", index + 1));
        }
    }
    const TOLD: usize = 3;
    if parts.len() > TOLD {
        let more = parts.len() - TOLD;
        parts.truncate(TOLD);
        parts.push(format!("and {more} more"));
    }
    parts.join("; ")
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
        Literal::Date(day) => day.to_string(),
    }
}

/// The texts and sources that differ.
pub(super) fn texts(old: &Plan, new: &Plan) -> Vec<TextChange> {
    let (old, new) = (old.published(), new.published());
    let locales: BTreeSet<&String> = old.texts.keys().chain(new.texts.keys()).collect();
    let mut changes = Vec::new();
    for locale in locales {
        let side = |texts: &BTreeMap<String, Box<counterfoil_engine::plan::Texts>>| {
            json!(texts.get(locale))
        };
        let (before, after) = (leaves(&side(&old.texts)), leaves(&side(&new.texts)));
        changes.extend(differing(&before, &after).map(|key| TextChange {
            locale: Some(locale.clone()),
            key,
        }));
    }
    let (before, after) = (leaves(&json!(old.sources)), leaves(&json!(new.sources)));
    changes.extend(differing(&before, &after).map(|key| TextChange { locale: None, key }));
    changes
}

fn differing<'a>(
    before: &'a BTreeMap<String, Json>,
    after: &'a BTreeMap<String, Json>,
) -> impl Iterator<Item = String> + 'a {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = |key: &&String| before.get(*key) != after.get(*key);
    keys.into_iter()
        .filter(differ)
        .cloned()
        .collect::<Vec<_>>()
        .into_iter()
}

/// The entries of a tree by their paths, without the level that only says what they are.
fn leaves(tree: &Json) -> BTreeMap<String, Json> {
    let mut leaves = BTreeMap::new();
    let Json::Object(sections) = tree else {
        return leaves;
    };
    for (section, value) in sections {
        match value {
            Json::Object(entries) => {
                for (key, value) in entries {
                    leaves.insert(key.clone(), value.clone());
                }
            }
            _ => {
                leaves.insert(section.clone(), value.clone());
            }
        }
    }
    leaves
}
