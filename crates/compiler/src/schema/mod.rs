//! JSON Schema (2020-12) of a form's answers, for those who send them by program.
//!
//! The schema describes answers that are complete, with nothing in them that was not asked. It refuses
//! no normalised answers of a complete report. Where the conditions of a form read booleans and choices
//! alone it says exactly which questions are asked, must be answered, and with which options.
//!
//! What it cannot say stays with the engine: checks, conditions that calculate or read numbers, dates,
//! texts, facts or the answers outside a record, limits of dates and durations, the order of a range's
//! ends, check digits, and lengths of texts with spaces around them.

mod condition;
mod pattern;
mod types;

use counterfoil_engine::{
    Plan,
    plan::{Choice, Expr, Field, FieldType, Group, PageContent, Requirement, Rules, Texts},
};
use serde_json::{Map, Value as Json, json};

use self::condition::{Scope, is, not};

/// The JSON Schema of the answers to a form, with titles and descriptions in a locale (the form's
/// first language where it has no such locale).
///
/// Every property is closed and limited as its field is. A property is `required` where its question
/// is always asked and must always be answered; elsewhere it may be blank, which is absent, `null`,
/// `""` or `[]`, unless a condition over booleans and choices asks for it.
pub fn answers_schema(plan: &Plan, locale: &str) -> Json {
    let texts = plan
        .texts(locale)
        .or_else(|| plan.texts(plan.default_locale()));
    let mut schema = Writer {
        rules: plan.rules(),
        texts,
        digits: plan.rules().currency.as_ref().map_or(0, |c| c.digits),
    }
    .form();
    schema.insert(
        "$id".to_owned(),
        Json::from(format!("urn:counterfoil:answers:{}", plan.id())),
    );
    Json::Object(schema)
}

/// The shape of one JSON object being described.
#[derive(Default)]
struct Properties {
    properties: Map<String, Json>,
    required: Vec<Json>,
    /// What hangs on other properties.
    conditions: Vec<Json>,
}

impl Properties {
    fn add(&mut self, key: &str, schema: Map<String, Json>, required: bool) {
        self.properties.insert(key.to_owned(), Json::Object(schema));
        if required {
            self.required.push(Json::from(key));
        }
    }

    fn into_object(self) -> Map<String, Json> {
        let mut object = object([
            ("type", Json::from("object")),
            ("properties", Json::Object(self.properties)),
            ("additionalProperties", Json::from(false)),
        ]);
        if !self.required.is_empty() {
            object.insert("required".to_owned(), Json::Array(self.required));
        }
        if !self.conditions.is_empty() {
            object.insert("allOf".to_owned(), Json::Array(self.conditions));
        }
        object
    }
}

struct Writer<'a> {
    rules: &'a Rules,
    texts: Option<&'a Texts>,
    /// Digits after the point of an amount of money.
    digits: u8,
}

impl Writer<'_> {
    fn form(&self) -> Map<String, Json> {
        let scope = Scope::form(self.rules);
        let mut properties = Properties::default();
        for page in &self.rules.pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        let asked = Asked {
                            shown: page.when.iter().chain(&field.when).collect(),
                            required: &field.required,
                        };
                        self.question(field, "", &asked, &scope, &mut properties);
                    }
                }
                PageContent::Group(group) => {
                    let asked = Asked {
                        shown: page.when.iter().chain(&group.when).collect(),
                        required: &group.required,
                    };
                    let title = format!("page.{}.title", page.page);
                    let schema = self.group(group, &title, asked.always());
                    properties.add(&group.group, schema, asked.always());
                    // Where no record is needed, an empty list is an answer.
                    let given = match group.min {
                        0 => json!({"type": "array"}),
                        _ => not(json!({"$ref": "#/$defs/blank"})),
                    };
                    let conditions = asked.conditions(&group.group, given, &scope);
                    properties.conditions.extend(conditions);
                }
            }
        }
        let mut schema = properties.into_object();
        schema.insert(
            "$schema".to_owned(),
            Json::from("https://json-schema.org/draft/2020-12/schema"),
        );
        schema.insert(
            "$defs".to_owned(),
            json!({"blank": {"enum": [null, "", []]}}),
        );
        self.describe(&mut schema, "form.title", "form.introduction");
        schema
    }

    fn group(&self, group: &Group, title: &str, required: bool) -> Map<String, Json> {
        let scope = Scope::record(self.rules, group);
        let mut record = Properties::default();
        let prefix = format!("{}.", group.group);
        for field in &group.fields {
            let asked = Asked {
                shown: field.when.iter().collect(),
                required: &field.required,
            };
            self.question(field, &prefix, &asked, &scope, &mut record);
        }
        // Pages use it to keep hold of a record that moves; no rule reads it.
        record.add("$id", object([("type", Json::from("string"))]), false);
        let mut records = object([
            ("type", Json::from("array")),
            ("maxItems", Json::from(group.max)),
            ("items", Json::Object(record.into_object())),
        ]);
        if group.min > 0 {
            records.insert("minItems".to_owned(), Json::from(group.min));
        }
        let mut schema = blank_unless(required, records);
        self.describe(&mut schema, title, "");
        schema
    }

    /// `prefix` is the group's id with a dot, or nothing.
    fn question(
        &self,
        field: &Field,
        prefix: &str,
        asked: &Asked<'_>,
        scope: &Scope<'_>,
        properties: &mut Properties,
    ) {
        let schema = self.field(field, prefix, asked.always());
        properties.add(&field.field, schema, asked.always());
        let given = not(json!({"$ref": "#/$defs/blank"}));
        let conditions = asked.conditions(&field.field, given, scope);
        properties.conditions.extend(conditions);
        if let FieldType::Choice { options } | FieldType::Set { options } = &field.type_ {
            properties
                .conditions
                .extend(offered(&field.field, options, scope));
        }
    }

    /// `prefix` is the group's id with a dot, or nothing.
    fn field(&self, field: &Field, prefix: &str, required: bool) -> Map<String, Json> {
        let key = format!("field.{prefix}{}", field.field);
        let mut schema = blank_unless(required, self.field_type(&field.type_, &key, required));
        self.describe(&mut schema, &format!("{key}.label"), &format!("{key}.hint"));
        schema
    }

    fn describe(&self, schema: &mut Map<String, Json>, title: &str, description: &str) {
        for (keyword, key) in [("title", title), ("description", description)] {
            if let Some(text) = self.text(key) {
                schema.insert(keyword.to_owned(), Json::from(text));
            }
        }
    }

    /// A text without placeholders, as people read it.
    fn text(&self, key: &str) -> Option<String> {
        let template = self.texts?.texts.get(key)?;
        Some(template.replace("{{", "{").replace("}}", "}"))
    }
}

/// When a question is asked and must be answered.
struct Asked<'a> {
    /// Conditions that all hold where it is asked.
    shown: Vec<&'a Expr>,
    required: &'a Requirement,
}

impl Asked<'_> {
    /// Whether it is asked and must be answered whenever its form or record is there.
    fn always(&self) -> bool {
        self.shown.is_empty() && *self.required == Requirement::Always
    }

    /// What its conditions mean for the key of its answer; nothing where a schema cannot say them.
    /// `given` is the schema of what answers it.
    fn conditions(&self, key: &str, given: Json, scope: &Scope<'_>) -> Vec<Json> {
        let mut conditions = Vec::new();
        if self.always() {
            return conditions;
        }
        let blank = json!({"properties": {key: {"$ref": "#/$defs/blank"}}});
        if !self.shown.is_empty()
            && let Some(shown) = scope.all(self.shown.iter().copied())
        {
            conditions.push(json!({"if": shown, "else": blank}));
        }
        let further = match self.required {
            Requirement::Always => None,
            Requirement::Never => return conditions,
            Requirement::When(condition) => Some(condition),
        };
        if let Some(required) = scope.all(self.shown.iter().copied().chain(further)) {
            conditions.push(json!({"if": required, "then": is(key, given)}));
        }
        conditions
    }
}

/// Where options with a condition may not be chosen.
fn offered(key: &str, options: &[Choice], scope: &Scope<'_>) -> Vec<Json> {
    let conditional = options
        .iter()
        .filter_map(|choice| Some((choice, scope.holds(choice.when.as_ref()?)?)));
    conditional
        .map(|(choice, offered)| {
            let chosen = json!({"const": choice.option});
            let chosen = json!({"anyOf": [chosen, {"type": "array", "contains": chosen}]});
            json!({"if": offered, "else": {"properties": {key: not(chosen)}}})
        })
        .collect()
}

/// The schema itself where an answer is required, otherwise the schema or a blank.
fn blank_unless(required: bool, schema: Map<String, Json>) -> Map<String, Json> {
    if required {
        return schema;
    }
    let blank = json!({"$ref": "#/$defs/blank"});
    object([("anyOf", Json::Array(vec![Json::Object(schema), blank]))])
}

fn object<const N: usize>(entries: [(&str, Json); N]) -> Map<String, Json> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
