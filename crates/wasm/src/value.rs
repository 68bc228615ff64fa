//! Values of JavaScript.

use std::borrow::Cow;

use counterfoil_engine::answers::{Data, MAX_DEPTH};
use wasm_bindgen::prelude::*;

/// A value of JavaScript as answers have it: what is nested too deeply is noted as such, `undefined` is
/// `null`, and a number is as JavaScript prints it.
///
/// # Errors
/// Where there is a function or a symbol in it.
pub fn data(value: JsValue) -> Result<Data, String> {
    read(value, 0)
}

fn read(value: JsValue, depth: u8) -> Result<Data, String> {
    if value.is_null() || value.is_undefined() {
        return Ok(Data::Null);
    }
    if let Some(value) = value.as_bool() {
        return Ok(Data::Bool(value));
    }
    if let Some(text) = value.as_string() {
        return Ok(Data::text(text));
    }
    if let Some(number) = value.dyn_ref::<js_sys::Number>() {
        return Ok(Data::number(js_text(number.to_string_with_radix(10).ok())));
    }
    if let Some(number) = value.dyn_ref::<js_sys::BigInt>() {
        return Ok(Data::number(js_text(number.to_string(10).ok())));
    }
    if !value.is_object() {
        return Err("a function or a symbol is no answer".to_owned());
    }
    if depth >= MAX_DEPTH {
        return Ok(Data::TooDeep);
    }
    if let Some(items) = value.dyn_ref::<js_sys::Array>() {
        let items = items.iter().map(|item| read(item, depth + 1));
        return items.collect::<Result<_, _>>().map(Data::List);
    }
    let mut entries = Vec::new();
    for entry in js_sys::Object::entries(value.unchecked_ref()).iter() {
        let entry: js_sys::Array = entry.unchecked_into();
        let key = entry.get(0).as_string().unwrap_or_default();
        entries.push((key.into(), read(entry.get(1), depth + 1)?));
    }
    Ok(Data::Record(entries))
}

fn js_text(text: Option<js_sys::JsString>) -> String {
    text.map(String::from).unwrap_or_default()
}

/// A text.
pub fn text(text: &str) -> Data {
    Data::text(text.to_owned())
}

/// A text, or `null`.
pub fn text_or_null(value: Option<&str>) -> Data {
    value.map_or(Data::Null, text)
}

/// A list of texts.
pub fn texts(items: &[Cow<'_, str>]) -> Data {
    Data::List(items.iter().map(|item| text(item)).collect())
}

/// An object.
pub fn record<const N: usize>(entries: [(&str, Data); N]) -> Data {
    let entries = entries.into_iter();
    Data::Record(
        entries
            .map(|(key, value)| (key.to_owned().into(), value))
            .collect(),
    )
}

/// A property of a value of JavaScript; `undefined` where there is none.
pub fn property(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

/// JSON text as an object of JavaScript.
pub fn object(json: &str) -> Result<JsValue, js_sys::Error> {
    js_sys::JSON::parse(json).map_err(JsCast::unchecked_into)
}
