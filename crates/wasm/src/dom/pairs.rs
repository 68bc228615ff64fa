//! What a page's controls hold.

use counterfoil_engine::input;
use counterfoil_html::control;
use wasm_bindgen::prelude::*;
use web_sys::{Element, FormData, HtmlFormElement};

/// Pairs of name and value, as a form posts them.
pub type Pairs = Vec<(String, String)>;

/// The pairs that the page's form would post and that are answers.
pub fn of_form(form: &HtmlFormElement) -> Result<Pairs, JsValue> {
    let data = FormData::new_with_form(form)?;
    let mut pairs = Vec::new();
    for entry in js_sys::try_iter(&data)?.into_iter().flatten() {
        let entry = js_sys::Array::from(&entry?);
        // A file has no text; it is no answer of any form yet.
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string())
            && is_answer(&name)
        {
            pairs.push((name, value));
        }
    }
    Ok(pairs)
}

/// The pairs that other pages hold, which the server embeds as a data block.
pub fn of_other_pages(element: &Element) -> Result<Pairs, JsValue> {
    let Some(block) = element.query_selector("script[data-counterfoil=pairs]")? else {
        return Ok(Vec::new());
    };
    input::pairs_from_json(&block.text_content().unwrap_or_default()).map_err(|error| {
        js_sys::Error::new(&format!(
            "the pairs of the other pages cannot be read: {error}"
        ))
        .into()
    })
}

/// Names under which two lists of pairs hold different things.
pub fn differing<'p>(before: &'p Pairs, after: &'p Pairs) -> Vec<&'p str> {
    let (before, after) = apart(before, after);
    let missing = |from: &'p [(String, String)], other: &'p [(String, String)]| {
        from.iter()
            .filter(|pair| !other.contains(pair))
            .map(|(name, _)| name.as_str())
    };
    missing(before, after)
        .chain(missing(after, before))
        .collect()
}

/// What two lists hold between that with which both begin and that with which both end.
pub fn apart<'p, T: PartialEq>(mut before: &'p [T], mut after: &'p [T]) -> (&'p [T], &'p [T]) {
    while let ([a, rest @ ..], [b, others @ ..]) = (before, after)
        && a == b
    {
        (before, after) = (rest, others);
    }
    while let ([rest @ .., a], [others @ .., b]) = (before, after)
        && a == b
    {
        (before, after) = (rest, others);
    }
    (before, after)
}

fn is_answer(name: &str) -> bool {
    let told = [
        control::SHOWN_FEES,
        control::SHOWN_ENTITLEMENTS,
        control::REPORT_SHA256,
    ];
    !name.starts_with('_') && !told.contains(&name)
}
