//! JSON Schema (2020-12) of a form's answers, for those who send them by program.
//!
//! The schema describes answers that are complete: whatever it can say of each answer alone it says,
//! and it refuses no normalised answers of a complete report. What hangs on other answers (conditions,
//! checks) stays with the engine, so that a form's rules are written down once.

mod pattern;
mod types;

use counterfoil_engine::{
    Plan,
    plan::{Field, Group, PageContent, Requirement, Rules, Texts, When},
};
use serde_json::{Map, Value as Json, json};

/// The JSON Schema of the answers to a form, with titles and descriptions in a locale (the form's
/// first language where it has no such locale).
///
/// Every property is closed and limited as its field is. A property is `required` where its question
/// is always asked and must always be answered; elsewhere it may be blank, which is absent, `null`,
/// `""` or `[]`.
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
        let mut properties = Properties::default();
        for page in &self.rules.pages {
            match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        let required = always(&page.when, field);
                        properties.add(&field.field, self.field(field, "", required), required);
                    }
                }
                PageContent::Group(group) => {
                    let required = page.when.is_none()
                        && group.when.is_none()
                        && group.required == Requirement::Always;
                    let title = format!("page.{}.title", page.page);
                    let schema = self.group(group, &title, required);
                    properties.add(&group.group, schema, required);
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
        let mut record = Properties::default();
        let prefix = format!("{}.", group.group);
        for field in &group.fields {
            let required = always(&None, field);
            record.add(&field.field, self.field(field, &prefix, required), required);
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

/// Whether a field is asked and must be answered whenever its page or record is there.
fn always(page: &When, field: &Field) -> bool {
    page.is_none() && field.when.is_none() && field.required == Requirement::Always
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
