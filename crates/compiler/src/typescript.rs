//! TypeScript types of a form, for those who send its answers or read its reports by program.
//!
//! They are made from the published plan, so that a name which the form does not have is a mistake that
//! the reader's editor shows. What hangs on other answers stays with the engine.

use std::fmt::Write as _;

use counterfoil_engine::{
    Plan,
    plan::{Choice, Field, FieldType, Group, Line, PageContent, Rules, Texts, Type, Value},
};
use serde_json::Value as Json;

/// Types that a form may use, with what they stand for.
const HEAD: &str = "\
/** A civil day, such as `2026-01-31`. */
export type Day = `${number}-${number}-${number}`;
/** A number that may have a fraction. As a text it keeps every digit; reports have the text. */
export type Decimal = number | `${number}`;
/** A length of time, such as `P14M` or `P10D`. */
export type Duration = `P${string}`;
/** The days from a start to an end, both included. */
export type DateRange = { readonly start: Day; readonly end: Day };
";

/// The types of a form's answers, facts and values, and the ids of its questions, decisions, rules and
/// lines, as the text of a TypeScript module that imports nothing. Comments are the labels in a locale
/// (the form's first language where it has no such locale).
///
/// Every answer may be left out, as one that is not given yet, or blank, which is `null`.
pub fn form_types(plan: &Plan, locale: &str) -> String {
    let rules = plan.rules();
    let writer = Writer {
        rules,
        texts: plan.texts_or_default(locale),
    };
    let mut out = format!(
        "// Types of the form {}, written by `counterfoil types` from the plan\n// {}.\n\n{HEAD}",
        rules.form,
        plan.id()
    );
    writer.records(&mut out);
    writer.answers(&mut out);
    writer.facts(&mut out);
    writer.values(&mut out);
    writer.paths(&mut out);
    writer.decisions(&mut out);
    writer.lines(&mut out, "FeeId", "fee", &rules.fees);
    writer.lines(
        &mut out,
        "EntitlementId",
        "entitlement",
        &rules.entitlements,
    );
    out
}

struct Writer<'a> {
    rules: &'a Rules,
    texts: &'a Texts,
}

impl Writer<'_> {
    fn records(&self, out: &mut String) {
        let mut records = String::new();
        for (page, group) in self.groups() {
            self.comment(&mut records, "  ", &self.group_label(page, group));
            let _ = writeln!(records, "  readonly {}: {{", group.group);
            records.push_str("    /** Keeps hold of a record that moves; no rule reads it. */\n");
            records.push_str("    readonly $id?: string;\n");
            for field in &group.fields {
                self.field(&mut records, "    ", field, &format!("{}.", group.group));
            }
            records.push_str("  };\n");
        }
        out.push_str("\n/** A record of each group. */\n");
        declare(out, "Records", &records);
    }

    fn answers(&self, out: &mut String) {
        self.heading(out, "form.title", "The answers.");
        out.push_str("export type Answers = {\n");
        for page in &self.rules.pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        self.field(out, "  ", field, "");
                    }
                }
                PageContent::Group(group) => {
                    let id = &group.group;
                    self.comment(out, "  ", &self.group_label(&page.page, group));
                    let _ = writeln!(
                        out,
                        "  readonly {id}?: readonly Records[\"{id}\"][] | null;"
                    );
                }
            }
        }
        out.push_str("};\n");
    }

    fn facts(&self, out: &mut String) {
        let mut facts = String::new();
        for fact in &self.rules.facts {
            let id = &fact.fact;
            self.comment(&mut facts, "  ", &self.text(&format!("fact.{id}.label")));
            let type_ = given(&fact.type_);
            let _ = writeln!(facts, "  readonly {id}?: {type_} | null;");
        }
        out.push_str("\n/** What only the office knows. */\n");
        declare(out, "Facts", &facts);
    }

    fn values(&self, out: &mut String) {
        let mut values = String::new();
        for value in &self.rules.values {
            self.value(&mut values, "  ", value, "");
        }
        for (page, group) in self.groups() {
            if group.values.is_empty() {
                continue;
            }
            self.comment(&mut values, "  ", &self.group_label(page, group));
            let _ = writeln!(values, "  readonly {}?: readonly {{", group.group);
            for value in &group.values {
                self.value(&mut values, "    ", value, &format!("{}.", group.group));
            }
            values.push_str("  }[];\n");
        }
        out.push_str(
            "\n/** Values that reports have; one that is not determined yet is left out. */\n",
        );
        declare(out, "Values", &values);
    }

    fn paths(&self, out: &mut String) {
        let mut paths = Vec::new();
        for page in &self.rules.pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    paths.extend(fields.iter().map(|field| quoted(&field.field)));
                }
                PageContent::Group(group) => {
                    let id = &group.group;
                    paths.push(quoted(id));
                    let fields = group.fields.iter();
                    paths.extend(fields.map(|f| format!("`{id}[${{number}}].{}`", f.field)));
                }
            }
        }
        out.push_str("\n/** Where answers stand, as reports name the places. */\n");
        let _ = writeln!(out, "export type Path ={};", union(paths));
    }

    fn decisions(&self, out: &mut String) {
        out.push_str("\n/** The rules of each decision, by their ids. */\nexport type Rules = {\n");
        for decision in &self.rules.decisions {
            let id = &decision.decision;
            self.comment(out, "  ", &self.text(&format!("decision.{id}.title")));
            let rules = decision.rules.iter().map(|rule| quoted(&rule.rule));
            let _ = writeln!(out, "  readonly {id}: {};", alternatives(rules));
        }
        out.push_str("};\n\n/** The decisions. */\nexport type DecisionId = keyof Rules;\n");
    }

    fn lines(&self, out: &mut String, name: &str, kind: &str, lines: &[Line]) {
        let _ = write!(out, "\n/** The {kind} lines. */\nexport type {name} =");
        if lines.is_empty() {
            out.push_str(" never");
        }
        for line in lines {
            out.push('\n');
            let label = self.text(&format!("{kind}.{}.label", line.line));
            self.comment(out, "  ", &label);
            let _ = write!(out, "  | {}", quoted(&line.line));
        }
        out.push_str(";\n");
    }

    /// `prefix` is the group's id with a dot, or nothing.
    fn field(&self, out: &mut String, indent: &str, field: &Field, prefix: &str) {
        let id = &field.field;
        let own = self.text(&format!("field.{prefix}{id}.label"));
        // A part such as “Postcode” says little without what it is a part of.
        let whole = field.presentation.part_of.as_ref();
        let whole = whole.and_then(|whole| self.text(&format!("field.{prefix}{whole}.label")));
        let label = match (whole, own) {
            (Some(whole), Some(own)) => Some(format!("{whole} – {own}")),
            (whole, own) => own.or(whole),
        };
        self.comment(out, indent, &label);
        let type_ = given(&field.type_);
        let _ = writeln!(out, "{indent}readonly {id}?: {type_} | null;");
    }

    fn value(&self, out: &mut String, indent: &str, value: &Value, prefix: &str) {
        let id = &value.value;
        self.comment(
            out,
            indent,
            &self.text(&format!("value.{prefix}{id}.label")),
        );
        let type_ = self.reported(&value.type_);
        let _ = writeln!(out, "{indent}readonly {id}?: {type_} | null;");
    }

    /// The type of a value as reports have it.
    fn reported(&self, type_: &Type) -> String {
        match type_ {
            Type::Boolean => "boolean".to_owned(),
            Type::Integer => "number".to_owned(),
            Type::Decimal | Type::Money => "`${number}`".to_owned(),
            Type::Text => "string".to_owned(),
            Type::Date => "Day".to_owned(),
            Type::Duration { .. } => "Duration".to_owned(),
            Type::DateRange => "DateRange".to_owned(),
            Type::Choice { labels } => self.options_at(labels),
            Type::Set { labels } => format!("readonly ({})[]", self.options_at(labels)),
        }
    }

    /// The options of the field or fact whose texts begin so. An argument of a function may be of a type
    /// that no answer has.
    fn options_at(&self, labels: &str) -> String {
        let single = self
            .rules
            .pages
            .iter()
            .flat_map(|page| match &page.content {
                PageContent::Fields(fields) => fields.as_slice(),
                PageContent::Group(_) => &[],
            });
        let single = single.map(|field| (format!("field.{}", field.field), &field.type_));
        let repeated = self.groups().flat_map(|(_, group)| {
            let key = move |field: &Field| format!("field.{}.{}", group.group, field.field);
            group
                .fields
                .iter()
                .map(move |field| (key(field), &field.type_))
        });
        let facts = self.rules.facts.iter();
        let facts = facts.map(|fact| (format!("fact.{}", fact.fact), &fact.type_));
        let mut all = single.chain(repeated).chain(facts);
        match all.find(|(key, _)| key == labels) {
            Some((_, FieldType::Choice { options } | FieldType::Set { options })) => {
                literals(options)
            }
            _ => "string".to_owned(),
        }
    }

    fn groups(&self) -> impl Iterator<Item = (&str, &Group)> {
        self.rules
            .pages
            .iter()
            .filter_map(|page| match &page.content {
                PageContent::Group(group) => Some((page.page.as_str(), group.as_ref())),
                PageContent::Fields(_) => None,
            })
    }

    fn group_label(&self, page: &str, group: &Group) -> Option<String> {
        self.text(&format!("group.{}.title", group.group))
            .or_else(|| self.text(&format!("page.{page}.title")))
    }

    fn heading(&self, out: &mut String, key: &str, otherwise: &str) {
        out.push('\n');
        self.comment(
            out,
            "",
            &self.text(key).or_else(|| Some(otherwise.to_owned())),
        );
    }

    fn comment(&self, out: &mut String, indent: &str, text: &Option<String>) {
        if let Some(text) = text {
            // The end of a comment in a text must not end this one.
            let text = text.replace("*/", "*\u{200b}/");
            let _ = writeln!(out, "{indent}/** {text} */");
        }
    }

    /// A text in one line, without the marks of a template.
    fn text(&self, key: &str) -> Option<String> {
        let template = self.texts.texts.get(key)?;
        let text = template.replace("{{", "{").replace("}}", "}");
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Declares a type of those properties. One without any is not `{}`, which would take anything.
fn declare(out: &mut String, name: &str, properties: &str) {
    let _ = if properties.is_empty() {
        writeln!(out, "export type {name} = Record<string, never>;")
    } else {
        writeln!(out, "export type {name} = {{\n{properties}}};")
    };
}

/// The type of an answer or fact as it is sent.
fn given(type_: &FieldType) -> String {
    match type_ {
        FieldType::Boolean { accepted: true } => "true".to_owned(),
        FieldType::Boolean { accepted: false } => "boolean".to_owned(),
        FieldType::Integer { .. } => "number".to_owned(),
        FieldType::Decimal { .. } | FieldType::Money { .. } => "Decimal".to_owned(),
        FieldType::Text { .. } => "string".to_owned(),
        FieldType::Date { .. } => "Day".to_owned(),
        FieldType::Duration { .. } => "Duration".to_owned(),
        FieldType::DateRange { .. } => "DateRange".to_owned(),
        FieldType::Choice { options } => literals(options),
        FieldType::Set { options } => format!("readonly ({})[]", literals(options)),
    }
}

fn literals(options: &[Choice]) -> String {
    alternatives(options.iter().map(|choice| quoted(&choice.option)))
}

/// Alternatives in a line; of none, `never`.
fn alternatives(all: impl Iterator<Item = String>) -> String {
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return "never".to_owned();
    }
    all.join(" | ")
}

/// Alternatives below each other; of none, `never`.
fn union(alternatives: Vec<String>) -> String {
    match alternatives.as_slice() {
        [] => " never".to_owned(),
        [only] => format!(" {only}"),
        all => all.iter().map(|one| format!("\n  | {one}")).collect(),
    }
}

fn quoted(id: &str) -> String {
    Json::from(id).to_string()
}
