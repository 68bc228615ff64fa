//! Bringing the page to the state of one drawn anew, touching only what differs.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

/// What of a control's markup tells its state; everything else stays as the server drew it.
const STATE: &[&str] = &["aria-describedby", "aria-required", "class", "hidden"];
/// Marks the message of an error, which comes and goes.
const ERROR_CLASS: &str = "govuk-error-message";

/// Brings a question to the state of one drawn anew: hidden or not, its options, its error. Controls
/// stay the same nodes, so that neither what is typed nor the focus is lost.
pub fn question(old: &Element, new: &Element) -> Result<(), JsValue> {
    for name in STATE {
        copy_attribute(old, new, name)?;
    }
    let wanted = children(new);
    let mut present = children(old).into_iter().peekable();
    for child in wanted {
        let next_is_error = present.peek().is_some_and(is_error);
        match (next_is_error, is_error(&child)) {
            (true, true) => {
                if let Some(error) = present.next() {
                    contents(&error, &child)?;
                }
            }
            (false, true) => {
                let before = present.peek().map(|next| next.unchecked_ref::<Node>());
                old.insert_before(&child, before)?;
            }
            (true, false) => {
                if let Some(error) = present.next() {
                    error.remove();
                }
                if let Some(same) = present.next() {
                    question(&same, &child)?;
                }
            }
            (false, false) => {
                if let Some(same) = present.next() {
                    question(&same, &child)?;
                }
            }
        }
    }
    for rest in present.filter(is_error) {
        rest.remove();
    }
    Ok(())
}

/// Brings the contents of an element to those of one drawn anew. Parts that are the same stay the
/// same nodes, so that a screen reader reads out only what has changed.
pub fn contents(old: &Element, new: &Node) -> Result<(), JsValue> {
    let present = nodes(old);
    let wanted = nodes(new);
    if present.len() != wanted.len() {
        old.replace_children_with_node(&wanted.into_iter().collect());
        return Ok(());
    }
    for (present, wanted) in present.iter().zip(&wanted) {
        if present.is_equal_node(Some(wanted)) {
            continue;
        }
        match (present.dyn_ref::<Element>(), wanted.dyn_ref::<Element>()) {
            (Some(present), Some(wanted)) if present.tag_name() == wanted.tag_name() => {
                attributes(present, wanted)?;
                contents(present, wanted)?;
            }
            _ => {
                old.replace_child(wanted, present)?;
            }
        }
    }
    Ok(())
}

/// Takes out of a summary of errors what has been mended; what has come to be wrong since stands at its
/// question alone, so that the summary's alert is not read out again.
pub fn mend_summary(old: &Element, new: Option<&Element>) -> Result<(), JsValue> {
    let Some(new) = new else {
        old.remove();
        return Ok(());
    };
    let still_wrong = items(new)?;
    for item in items(old)? {
        if !still_wrong
            .iter()
            .any(|wrong| wrong.is_equal_node(Some(&item)))
        {
            item.remove();
        }
    }
    if items(old)?.is_empty() {
        old.remove();
    }
    Ok(())
}

fn items(summary: &Element) -> Result<Vec<Element>, JsValue> {
    let found = summary.query_selector_all("li")?;
    Ok((0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect())
}

fn attributes(old: &Element, new: &Element) -> Result<(), JsValue> {
    let names = old
        .get_attribute_names()
        .into_iter()
        .chain(new.get_attribute_names());
    // What a person has opened stays open.
    for name in names
        .filter_map(|name| name.as_string())
        .filter(|name| name != "open")
    {
        copy_attribute(old, new, &name)?;
    }
    Ok(())
}

fn copy_attribute(old: &Element, new: &Element, name: &str) -> Result<(), JsValue> {
    match new.get_attribute(name) {
        Some(value) if old.get_attribute(name).as_ref() != Some(&value) => {
            old.set_attribute(name, &value)
        }
        None if old.has_attribute(name) => old.remove_attribute(name),
        _ => Ok(()),
    }
}

fn is_error(element: &Element) -> bool {
    element.class_list().contains(ERROR_CLASS)
}

fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length())
        .filter_map(|index| children.item(index))
        .collect()
}

fn nodes(parent: &Node) -> Vec<Node> {
    let nodes = parent.child_nodes();
    (0..nodes.length())
        .filter_map(|index| nodes.item(index))
        .collect()
}
