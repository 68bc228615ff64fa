//! Writing translations into a locale file, in which all else stays as people wrote it: the order,
//! comments, and how texts are broken into lines.

use std::collections::BTreeMap;

use counterfoil_compiler::{SourceMap, yaml};

use crate::outcome::Failure;

const STATUS: &str = "status";
const DRAFT: &str = "status: draft\n";

/// A translation as a locale file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One text.
    Text(String),
    /// A text for each kind of number.
    Forms {
        /// `number`, where the file names the placeholder that decides.
        number: Option<String>,
        /// The forms by name, in order.
        forms: Vec<(String, String)>,
    },
}

/// An entry as it stands in the file.
struct Block {
    key: String,
    /// Comments and empty lines before it.
    lead: String,
    /// The lines of the key and its value.
    body: String,
}

/// The file with some translations put in. A text that is there is replaced; another comes behind the
/// text that is before it in the form, of those that the file has. The file is a draft then, since nobody
/// has looked at what is new.
///
/// # Errors
/// Where the file is no mapping.
pub fn with(
    present: Option<&str>,
    new: &BTreeMap<String, Written>,
    order: &[&str],
) -> Result<String, Failure> {
    let present = present.unwrap_or_default();
    let present = present.strip_prefix('\u{feff}').unwrap_or(present);
    let (mut blocks, tail) = blocks(present)?;
    match blocks.iter_mut().find(|block| block.key == STATUS) {
        // Whoever wrote `draft` may have written a comment beside it.
        Some(block) if block.body.starts_with("status: draft") => {}
        Some(block) => DRAFT.clone_into(&mut block.body),
        None => {
            let mut status = Block {
                key: STATUS.to_owned(),
                lead: String::new(),
                body: DRAFT.to_owned(),
            };
            // What stands at the head of the file stays there.
            if let Some(first) = blocks.first_mut() {
                status.lead = std::mem::take(&mut first.lead);
            }
            blocks.insert(0, status);
        }
    }
    let mut before = None;
    for key in order {
        let at = blocks.iter().position(|block| block.key == **key);
        let Some(text) = new.get(*key) else {
            before = at.or(before);
            continue;
        };
        let body = match text {
            Written::Text(text) => entry(key, text, ""),
            Written::Forms { number, forms } => {
                let number = number.iter().map(|number| entry("number", number, "  "));
                let forms = forms.iter().map(|(form, text)| entry(form, text, "  "));
                let lines: String = number.chain(forms).collect();
                format!("{key}:\n{lines}")
            }
        };
        if let Some(at) = at {
            blocks[at].body = body;
            before = Some(at);
            continue;
        }
        let status = || blocks.iter().position(|block| block.key == STATUS);
        let at = before.or_else(status).map_or(0, |at| at + 1);
        let block = Block {
            key: (*key).to_owned(),
            lead: String::new(),
            body,
        };
        blocks.insert(at, block);
        before = Some(at);
    }
    let mut text = String::new();
    for block in &blocks {
        text.push_str(&block.lead);
        text.push_str(&block.body);
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text.push_str(&tail);
    proved(text, new)
}

/// The entries of a file, and what follows the last.
fn blocks(text: &str) -> Result<(Vec<Block>, String), Failure> {
    let is_empty = |line: &str| {
        let line = line.trim_end();
        line.is_empty() || line.starts_with('#')
    };
    if text.lines().all(is_empty) {
        // There is nothing yet but comments.
        let status = Block {
            key: STATUS.to_owned(),
            lead: text.to_owned(),
            body: DRAFT.to_owned(),
        };
        return Ok((vec![status], String::new()));
    }
    let keys = keys(text).ok_or_else(|| Failure::new("the locale file cannot be read"))?;
    let mut blocks = Vec::new();
    let mut from = 0;
    for (index, (start, key)) in keys.iter().enumerate() {
        let next = keys.get(index + 1).map_or(text.len(), |(next, _)| *next);
        // Comments and empty lines before the next entry are that one's.
        let mut end = *start;
        let mut at = *start;
        for line in text[*start..next].split_inclusive('\n') {
            at += line.len();
            if !is_empty(line) {
                end = at;
            }
        }
        blocks.push(Block {
            key: key.clone(),
            lead: text[from..*start].to_owned(),
            body: text[*start..end].to_owned(),
        });
        from = end;
    }
    Ok((blocks, text[from..].to_owned()))
}

/// The keys of a file, each with the offset of the line on which it stands.
fn keys(text: &str) -> Option<Vec<(usize, String)>> {
    let entries = entries(text)?;
    let keys = entries.into_iter();
    let keys = keys.map(|(start, key, _)| {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        (line, key)
    });
    Some(keys.collect())
}

/// The entries of a file: offset, key and text.
fn entries(text: &str) -> Option<Vec<(usize, String, Written)>> {
    let mut sources = SourceMap::default();
    let file = sources.add("locale", text);
    let mut diagnostics = Vec::new();
    let node = yaml::parse(&sources, file, &mut diagnostics)?;
    if !diagnostics.is_empty() {
        return None;
    }
    let entries = node.as_mapping()?.iter();
    let entries = entries.map(|entry| {
        let (start, key) = (entry.key.span.start, entry.key.value.clone());
        (start, key, read(&entry.value))
    });
    Some(entries.collect())
}

fn read(node: &yaml::Node) -> Written {
    let text = |node: &yaml::Node| node.as_text().unwrap_or_default().to_owned();
    let Some(entries) = node.as_mapping() else {
        return Written::Text(text(node));
    };
    let mut number = None;
    let mut forms = Vec::new();
    for entry in entries {
        match entry.key.as_str() {
            "number" => number = Some(text(&entry.value)),
            form => forms.push((form.to_owned(), text(&entry.value))),
        }
    }
    Written::Forms { number, forms }
}

/// Gives the file back if it says what it shall, so that a text which YAML would read otherwise is never
/// written.
fn proved(text: String, new: &BTreeMap<String, Written>) -> Result<String, Failure> {
    let entries = entries(&text).unwrap_or_default();
    let read: BTreeMap<_, _> = entries
        .iter()
        .map(|(_, key, text)| (key.as_str(), text))
        .collect();
    let differs = new
        .iter()
        .find(|(key, text)| read.get(key.as_str()) != Some(text));
    match differs {
        None => Ok(text),
        Some((key, _)) => Err(Failure::with_help(
            format!("the translation of `{key}` cannot be written down in YAML"),
            "take unusual characters out of it; nothing was written",
        )),
    }
}

/// An entry in the style of the project: in one line, or as a block where the text has several.
fn entry(key: &str, text: &str, indent: &str) -> String {
    if let Some(block) = block(text, indent) {
        return format!("{indent}{key}: {block}");
    }
    if is_plain(text) {
        return format!("{indent}{key}: {text}\n");
    }
    format!("{indent}{key}: {}\n", yaml::quoted(text))
}

/// A text of several lines as a block; none for a text of one line, or one that a block would change.
fn block(text: &str, indent: &str) -> Option<String> {
    let content = text.strip_suffix('\n').unwrap_or(text);
    let odd = |c: char| c.is_control() && c != '\n';
    if !content.contains('\n')
        || content.starts_with([' ', '\n'])
        || content.ends_with('\n')
        || content.contains(odd)
    {
        return None;
    }
    let mut block = if content.len() == text.len() {
        "|-\n".to_owned()
    } else {
        "|\n".to_owned()
    };
    for line in content.split('\n') {
        if !line.is_empty() {
            block.push_str(indent);
            block.push_str("  ");
            block.push_str(line);
        }
        block.push('\n');
    }
    Some(block)
}

/// Whether YAML reads a text as it stands.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let begins = |c: char| c.is_alphabetic() || "«„“¿¡".contains(c);
    text.starts_with(begins)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(char::is_control)
        && !WORDS.contains(&text.to_lowercase().as_str())
}
