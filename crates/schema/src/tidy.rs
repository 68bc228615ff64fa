//! What editors should not see of the way in which the schema is made.

use schemars::Schema;
use serde_json::{Map, Value as Json};

/// Takes out what only Rust has: `null` for a key that may be left out (a key with nothing behind it is a
/// mistake), and line ends within the paragraphs of a doc comment.
pub fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if let Some(Json::String(text)) = object.get_mut("description") {
        *text = joined(text);
    }
    without_null_type(object);
    without_null_branch(object);
}

fn without_null_type(object: &mut Map<String, Json>) {
    let Some(Json::Array(types)) = object.get_mut("type") else {
        return;
    };
    types.retain(|name| name != "null");
    if let [single] = types.as_slice() {
        let single = single.clone();
        object.insert("type".to_owned(), single);
    }
}

/// `anyOf` with `null` becomes the other branch, or a choice of the others.
fn without_null_branch(object: &mut Map<String, Json>) {
    let Some(Json::Array(branches)) = object.get_mut("anyOf") else {
        return;
    };
    branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
    let [single] = branches.as_slice() else {
        return;
    };
    let single = single.clone();
    object.remove("anyOf");
    match single {
        // Beside `$ref`, draft 7 heeds nothing else.
        Json::Object(branch) if !branch.contains_key("$ref") => {
            for (key, value) in branch {
                object.entry(key).or_insert(value);
            }
        }
        single => {
            object.insert("allOf".to_owned(), Json::Array(vec![single]));
        }
    }
}

/// One line a paragraph; a list keeps its lines.
fn joined(text: &str) -> String {
    text.split("\n\n")
        .map(|paragraph| paragraph.replace('\n', " "))
        .collect::<Vec<_>>()
        .join("\n\n")
}
