//! What goes with what: keys of a type, of a group, of a parameter with periods.

use schemars::Schema;
use serde_json::{Map, Value as Json, json};

/// The keys of limits with the types that each goes with.
const LIMITS: &[(&str, &[&str])] = &[
    ("min", BOUNDED),
    ("max", BOUNDED),
    ("scale", &["decimal"]),
    ("min_length", &["text"]),
    ("max_length", &["text"]),
    ("pattern", &["text"]),
    ("format", &["text"]),
    ("multiline", &["text"]),
    ("unit", &["integer", "decimal", "duration"]),
    ("accepted", &["boolean"]),
    ("options", &["choice", "set"]),
    ("attributes", &["choice", "set"]),
];

/// The types that have a least and a greatest value.
const BOUNDED: &[&str] = &[
    "integer",
    "decimal",
    "money",
    "date",
    "duration",
    "date_range",
];

/// Types of fields.
const FIELD_TYPES: &[&str] = &[
    "boolean",
    "integer",
    "decimal",
    "money",
    "text",
    "date",
    "duration",
    "date_range",
    "choice",
    "set",
    "file",
];

/// Types of constants, with the schema of one.
fn constants() -> [(&'static str, Json); 6] {
    let number = json!({"type": "number"});
    [
        ("boolean", json!({"type": "boolean"})),
        ("integer", json!({"type": "integer"})),
        ("decimal", number.clone()),
        ("money", number),
        ("text", json!({"type": ["string", "number", "boolean"]})),
        ("date", json!({"type": "string", "pattern": DAY})),
    ]
}

const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The limits of a type go with that type alone; a decimal needs its scale, a choice its options.
pub fn limits_of_question(schema: &mut Schema) {
    limits(schema, LIMITS);
    // Other types bring a label along.
    let condition = json!({"properties": {"type": {"enum": FIELD_TYPES}}, "required": ["type"]});
    add(schema, condition, json!({"required": ["label"]}), None);
}

/// A field type is one field with a type, or several parts; a check says what is wrong.
pub fn type_or_parts(schema: &mut Schema) {
    let of_one_field = [
        "type",
        "check",
        "say",
        "errors",
        "multiline",
        "fixed",
        "name",
        "autocomplete",
    ];
    let refused = of_one_field.iter().chain(LIMITS.iter().map(|(key, _)| key));
    let refused: Map<String, Json> = refused
        .map(|key| ((*key).to_owned(), false.into()))
        .collect();
    add(
        schema,
        json!({"required": ["fields"]}),
        json!({"properties": refused}),
        // One without a name is told that alone.
        Some(json!({"if": {"required": ["field_type"]}, "then": {"required": ["type"]}})),
    );
    let of_questions = json!({"properties": {"field": false, "when": false, "purpose": false}});
    add(
        schema,
        json!({"required": ["field_type"]}),
        of_questions,
        None,
    );
    for (key, needed) in [("check", "say"), ("say", "check")] {
        add(
            schema,
            json!({"required": [key]}),
            json!({"required": [needed]}),
            None,
        );
    }
}

/// The same of what no page asks: there `unit` says what a duration is counted in, and nothing else.
pub fn limits_of_type(schema: &mut Schema) {
    let unit: &[&str] = &["duration"];
    let limits_without_question: Vec<_> = LIMITS
        .iter()
        .map(|(key, types)| (*key, if *key == "unit" { unit } else { types }))
        .collect();
    limits(schema, &limits_without_question);
}

fn limits(schema: &mut Schema, limits: &[(&str, &[&str])]) {
    let known: Vec<String> = properties(schema).keys().cloned().collect();
    for type_ in FIELD_TYPES {
        let mut then = Map::new();
        for (key, types) in limits {
            if !known.iter().any(|name| name == key) {
                continue;
            }
            if !types.contains(type_) {
                then.insert((*key).to_owned(), Json::Bool(false));
                continue;
            }
            let limit = match (*key, *type_) {
                ("min" | "max", "date" | "date_range") => {
                    json!({"type": "string", "pattern": DAY})
                }
                ("min" | "max", "duration") => json!({"type": "integer", "minimum": 0}),
                ("min" | "max", _) => json!({"type": "number"}),
                ("unit", "duration") => json!({"enum": ["days", "weeks", "months", "years"]}),
                _ => continue,
            };
            then.insert((*key).to_owned(), limit);
        }
        let needed: &[&str] = match *type_ {
            "decimal" => &["scale"],
            "duration" => &["unit"],
            "choice" | "set" => &["options"],
            _ => &[],
        };
        let then = json!({"properties": then, "required": needed});
        add(schema, has("type", type_), then, None);
    }
}

/// A value is of the parameter's type, and stands once or in periods.
pub fn value_or_periods(schema: &mut Schema) {
    for (type_, constant) in constants() {
        let then = json!({"properties": {
            "value": constant,
            "periods": {"items": {"properties": {"value": constant}}},
        }});
        add(schema, has("type", type_), then, None);
    }
    add(
        schema,
        json!({"required": ["periods"]}),
        json!({"properties": {"value": false, "source": false}}),
        Some(json!({"required": ["value"]})),
    );
}

/// The keys of a group go with `group`, which needs its `max`.
pub fn keys_of_group(schema: &mut Schema) {
    add(
        schema,
        json!({"required": ["group"]}),
        json!({"required": ["max"]}),
        Some(json!({"properties": {
            "record": false,
            "min": false,
            "max": false,
            "required": false,
            "values": false,
        }})),
    );
}

/// The type of a column is taken from a field or written.
pub fn same_as_or_type(schema: &mut Schema) {
    limits_of_type(schema);
    add(
        schema,
        json!({"required": ["same_as"]}),
        json!({"properties": {"type": false}}),
        Some(json!({"required": ["type"]})),
    );
}

/// A case has a name, a day and expectations; a table of cases has them in its rows or beside it.
pub fn case_or_table(schema: &mut Schema) {
    add(
        schema,
        json!({"required": ["cases"]}),
        json!({"properties": {"test": false}}),
        Some(json!({"required": ["test", "as_of", "expect"]})),
    );
}

/// The rows of a table stand in a file or here.
pub fn csv_or_rows(schema: &mut Schema) {
    add(
        schema,
        json!({"required": ["csv"]}),
        json!({"properties": {"rows": false}}),
        Some(json!({"required": ["rows"]})),
    );
}

fn has(key: &str, value: &str) -> Json {
    json!({"properties": {key: {"const": value}}, "required": [key]})
}

fn add(schema: &mut Schema, condition: Json, then: Json, otherwise: Option<Json>) {
    let mut rule = Map::new();
    rule.insert("if".to_owned(), condition);
    rule.insert("then".to_owned(), then);
    if let Some(otherwise) = otherwise {
        rule.insert("else".to_owned(), otherwise);
    }
    let all = schema
        .ensure_object()
        .entry("allOf")
        .or_insert_with(|| Json::Array(Vec::new()));
    if let Json::Array(all) = all {
        all.push(Json::Object(rule));
    }
}

fn properties(schema: &mut Schema) -> Map<String, Json> {
    match schema.get("properties") {
        Some(Json::Object(properties)) => properties.clone(),
        _ => Map::new(),
    }
}
