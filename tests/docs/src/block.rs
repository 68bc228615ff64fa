//! What a block is: its info string, such as `yaml fragment` or `text explain node=fees.total`.

use crate::page::Block;

/// What a block shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From here on fragments are completed from this.
    Base,
    /// A whole form.
    Form,
    /// A part of a form, completed from the base.
    Fragment,
    /// A part that is added to the form before it.
    Step(Place),
    /// A file beside the form.
    File(String),
    /// Further lines of a file beside the form.
    FileMore(String),
    /// How people read the diagnostics.
    Diagnostics,
    /// Answers, and the day on which they are given.
    Answers(String),
    /// What the office knows.
    Facts,
    /// Parts of the report, as in `expect` of a test.
    Expect,
    /// The whole report.
    Report,
    /// The report in words.
    Words(Option<String>),
    /// Why a figure is what it is.
    Explain(String, Option<String>),
    /// What a command prints.
    Console,
    /// Nothing that runs.
    Illustration,
}

/// Where a step goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Sections replace those of the same name or come last; items come last in their list.
    End,
    /// Behind the only line with that text.
    After(String),
    /// In place of the only line with that text.
    InsteadOf(String),
}

/// The day on which examples are evaluated where none is named.
pub const DAY: &str = "2026-06-01";

/// Reads a block's info string.
///
/// # Errors
/// What is wrong with it.
pub fn kind(block: &Block) -> Result<Kind, String> {
    let words = words(&block.info)?;
    let language = words.first().map_or("", String::as_str);
    let mut named: Vec<(&str, &str)> = Vec::new();
    let mut bare: Vec<&str> = Vec::new();
    for word in words.iter().skip(1) {
        match word.split_once('=') {
            Some((key, value)) => named.push((key, value)),
            None => bare.push(word),
        }
    }
    let mut take = |key: &str| {
        let found = named.iter().position(|(name, _)| *name == key)?;
        Some(named.remove(found).1.to_owned())
    };
    let kind = match (language, bare.as_slice()) {
        ("console", []) => Kind::Console,
        ("" | "text" | "sh" | "rust" | "html" | "js" | "ts", []) => Kind::Illustration,
        ("yaml" | "csv" | "json", ["illustration"]) => Kind::Illustration,
        ("yaml", ["base"]) => Kind::Base,
        ("yaml", ["form"]) => Kind::Form,
        ("yaml", ["fragment"]) => Kind::Fragment,
        ("yaml", ["step"]) => Kind::Step(match (take("after"), take("instead_of")) {
            (Some(line), _) => Place::After(line),
            (None, Some(line)) => Place::InsteadOf(line),
            (None, None) => Place::End,
        }),
        ("yaml" | "csv" | "json", [file]) if file.contains('.') => Kind::File((*file).to_owned()),
        ("yaml" | "csv" | "json", [file, "more"]) if file.contains('.') => {
            Kind::FileMore((*file).to_owned())
        }
        ("text", ["diagnostics"]) => Kind::Diagnostics,
        ("yaml", ["answers"]) => Kind::Answers(take("as_of").unwrap_or_else(|| DAY.to_owned())),
        ("yaml", ["facts"]) => Kind::Facts,
        ("yaml", ["expect"]) => Kind::Expect,
        ("json", ["report"]) => Kind::Report,
        ("text", ["words"]) => Kind::Words(take("locale")),
        ("text", ["explain"]) => {
            let node = take("node").ok_or("say which figure: `text explain node=fees.total`")?;
            Kind::Explain(node, take("locale"))
        }
        _ => {
            return Err(format!(
                "`{}` does not say what this block is; the README of tests/docs lists what there is",
                block.info
            ));
        }
    };
    match named.first() {
        Some((key, _)) => Err(format!("`{key}=` means nothing to this block")),
        None => Ok(kind),
    }
}

/// Words between spaces; a value may stand in double quotes.
fn words(info: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in info.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if quoted {
        return Err("a quote is not closed".to_owned());
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}
