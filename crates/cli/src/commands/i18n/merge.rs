//! `counterfoil i18n merge`

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::Path,
};

use counterfoil_compiler::{Piece, Translation, as_template};
use serde_json::json;

use super::{
    locale_file::{self, Written},
    texts,
    xliff::{self, Unit, placeholders},
};
use crate::{
    args::{Format, I18nMerge},
    commands::build::write_atomically,
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::Out,
};

/// Most keys or mistakes that are named one by one.
const MAX_NAMED: usize = 10;

/// What a file that came back comes to.
#[derive(Default)]
struct Merged {
    /// The translations that are new, by key, as the locale file writes them.
    changed: BTreeMap<String, Written>,
    /// Keys of texts without a translation, neither here nor there.
    missing: Vec<String>,
    /// Keys of translations of a text that has changed since.
    outdated: Vec<String>,
}

/// Takes translations into a form's locale file.
pub fn run(args: &I18nMerge, out: &mut Out) -> Result<Outcome, Failure> {
    let form = Form::read(&args.form)?;
    let text = load::text(&args.file, "the translations")?;
    let named = args.file.display();
    let document = xliff::read(&text)
        .map_err(|broken| refused(&format!("{named}:{}: {}", broken.line, broken.message)))?;
    let (plan, texts) = texts(&form, &document.locale)?;
    let id = &plan.rules().form;
    if document.form != *id {
        return Err(refused(&format!(
            "{named} holds texts of the form `{}`, and this is `{id}`",
            document.form
        )));
    }
    let merged = merge(&document.units, &texts.texts).map_err(|mistakes| {
        let more = mistakes.len().saturating_sub(MAX_NAMED);
        let mistakes = mistakes.iter().take(MAX_NAMED);
        let mut lines: Vec<_> = mistakes
            .map(|(line, mistake)| format!("{named}:{line}: {mistake}"))
            .collect();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        refused(&lines.join("\n"))
    })?;

    let name = format!("locales/{}.yaml", document.locale);
    let file = form.place(&name);
    if !merged.changed.is_empty() {
        let present = form.files.get(&name).map(String::from_utf8_lossy);
        let order: Vec<&str> = texts.texts.iter().map(|text| text.key.as_str()).collect();
        let text = locale_file::with(present.as_deref(), &merged.changed, &order)?;
        let path = Path::new(&file);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| write_atomically(path, text.as_bytes()))
            .map_err(|error| Failure::file("cannot write", path, &error))?;
    }
    tell(args, out, &file, &merged)?;
    Ok(Outcome::fine_if(merged.outdated.is_empty()))
}

fn refused(what: &str) -> Failure {
    Failure::with_help(what, "nothing was written")
}

/// Compares what came back with what the form has.
///
/// # Errors
/// The lines of what cannot be taken, each with what is wrong.
fn merge(units: &[Unit], texts: &[Translation]) -> Result<Merged, Vec<(usize, String)>> {
    let by_id: BTreeMap<String, &Translation> =
        texts.iter().map(|text| (text.id(), text)).collect();
    let mut merged = Merged::default();
    let mut mistakes = Vec::new();
    let mut translated = BTreeSet::new();
    let mut forms: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for unit in units {
        let Some(text) = by_id.get(&unit.key) else {
            let mistake = format!("the form has no text `{}` to translate", unit.key);
            mistakes.push((unit.line, mistake));
            continue;
        };
        let new = as_template(&unit.target);
        if new.trim().is_empty() || text.target.as_deref().map(as_template).as_ref() == Some(&new) {
            continue;
        }
        if as_template(&unit.source) != as_template(&text.source) {
            merged.outdated.push(unit.key.clone());
            continue;
        }
        if let Some(mistake) = lost(text, &unit.target) {
            mistakes.push((unit.line, mistake));
            continue;
        }
        translated.insert(unit.key.as_str());
        match text.form {
            None => {
                merged.changed.insert(unit.key.clone(), Written::Text(new));
            }
            Some(_) => {
                let forms: &mut BTreeMap<_, _> = forms.entry(text.key.as_str()).or_default();
                forms.insert(unit.key.as_str(), new);
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    for (key, new) in &forms {
        let of_text = texts.iter().filter(|text| text.key == *key);
        match with_forms(of_text, new) {
            Some(written) => {
                merged.changed.insert((*key).to_owned(), written);
            }
            // Without a text for all other numbers a locale file cannot have the rest.
            None => translated.retain(|id| !new.contains_key(id)),
        }
    }
    let open = texts
        .iter()
        .filter(|text| text.target.is_none() && !translated.contains(text.id().as_str()));
    merged.missing = open.map(Translation::id).collect();
    Ok(merged)
}

/// A text with the forms that are new and those that it has; none while the form of all other numbers is
/// missing.
fn with_forms<'t>(
    of_text: impl Iterator<Item = &'t Translation>,
    new: &BTreeMap<&str, String>,
) -> Option<Written> {
    let mut number = None;
    let mut forms = Vec::new();
    for translation in of_text {
        let Some(form) = &translation.form else {
            continue;
        };
        number = form.named.clone();
        let new = new.get(translation.id().as_str()).cloned();
        let old = || translation.target.as_deref().map(as_template);
        if let Some(text) = new.or_else(old) {
            forms.push((form.name.clone(), text));
        }
    }
    // The order in which people count.
    let order = ["zero", "one", "two", "few", "many", "other"];
    forms.sort_by_key(|(form, _)| order.iter().position(|name| name == form));
    let whole = forms.last().is_some_and(|(form, _)| form == "other");
    whole.then_some(Written::Forms { number, forms })
}

/// What is wrong with the placeholders of a translation. Where a name stands in a sentence decides
/// whether it is capitalised. A form may leave out the number, or say it where the source does not.
fn lost(text: &Translation, target: &[Piece]) -> Option<String> {
    let (key, source) = (text.id(), text.source.as_slice());
    let counts = text.form.as_ref().map(|form| form.counts.to_lowercase());
    let sorted = |pieces: &[Piece]| {
        let mut names: Vec<_> = placeholders(pieces)
            .into_iter()
            .map(str::to_lowercase)
            .filter(|name| Some(name) != counts.as_ref())
            .collect();
        names.sort();
        names
    };
    if sorted(source) == sorted(target) {
        return None;
    }
    let written = |pieces: &[Piece]| {
        let names = placeholders(pieces);
        let names: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
        match names.is_empty() {
            true => "none".to_owned(),
            false => names.join(" "),
        }
    };
    Some(format!(
        "the placeholders of `{key}` are {}, and the translation has {}",
        written(source),
        written(target)
    ))
}

fn tell(args: &I18nMerge, out: &mut Out, file: &str, merged: &Merged) -> Result<(), Failure> {
    let changed: Vec<&String> = merged.changed.keys().collect();
    if args.output.format == Format::Json {
        out.json(&json!({
            "file": file,
            "changed": changed,
            "missing": merged.missing,
            "outdated": merged.outdated,
        }))?;
        return Ok(());
    }
    match changed.len() {
        0 => writeln!(out, "{file}: nothing is new")?,
        1 => writeln!(out, "{file}: 1 text is new, and the file is a draft")?,
        count => writeln!(
            out,
            "{file}: {count} texts are new, and the file is a draft"
        )?,
    }
    name(out, "without a translation", &merged.missing)?;
    name(
        out,
        "left out, since the text has changed that was translated",
        &merged.outdated,
    )?;
    Ok(())
}

fn name(out: &mut Out, what: &str, keys: &[String]) -> Result<(), Failure> {
    if keys.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {what}:")?;
    for key in keys.iter().take(MAX_NAMED) {
        writeln!(out, "    {key}")?;
    }
    if let Some(more) = keys.len().checked_sub(MAX_NAMED).filter(|&more| more > 0) {
        writeln!(out, "    and {more} more")?;
    }
    Ok(())
}
