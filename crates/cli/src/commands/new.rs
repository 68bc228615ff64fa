//! `counterfoil new`

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use serde_json::json;

use super::schema;
use crate::{
    args::{Format, New},
    outcome::{Failure, Outcome},
    output::Out,
};

/// Longest id of a form.
const MAX_LENGTH: usize = 60;

/// The files of a new form; `form-name` stands for its id, `Form title` for its title. The schemas stand
/// beside it for editors, so that the folder can be moved.
const TEMPLATE: &[(&str, &str)] = &[
    ("form.yaml", include_str!("../../template/form.yaml")),
    ("tests.yaml", include_str!("../../template/tests.yaml")),
    ("example.json", include_str!("../../template/example.json")),
    ("README.md", include_str!("../../template/README.md")),
    (
        "tables/plot_rent.csv",
        include_str!("../../template/tables/plot_rent.csv"),
    ),
    ("schema/form.schema.json", schema::FORM),
    ("schema/tests.schema.json", schema::TESTS),
    ("schema/locale.schema.json", schema::LOCALE),
];

/// Writes the folder of a new form.
pub fn run(args: &New, out: &mut Out) -> Result<Outcome, Failure> {
    let folder = match &args.dir {
        Some(parent) => parent.join(&args.name),
        None => args.name.clone(),
    };
    let name = folder.file_name().and_then(|name| name.to_str());
    let Some(name) = name.filter(|name| is_form_id(name)) else {
        return Err(Failure::with_help(
            format!("`{}` cannot be the name of a form", args.name.display()),
            format!(
                "use at most {MAX_LENGTH} small letters, digits and hyphens, a letter first, such as \
                 street-party"
            ),
        ));
    };
    // A folder that is there already may hold somebody's work: it is never written into.
    folder
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::create_dir(&folder))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::with_help(
                format!("{} is there already", folder.display()),
                "choose another name; nothing is ever written over",
            ),
            _ => Failure::file("cannot make the folder", &folder, &error),
        })?;
    for (file, text) in TEMPLATE {
        let text = text
            .replace("form-name", name)
            .replace("Form title", &title(name));
        write(&folder.join(file), &text)?;
    }

    match args.output.format {
        Format::Json => {
            let files: Vec<_> = TEMPLATE.iter().map(|(file, _)| file).collect();
            out.json(&json!({
                "form": name,
                "folder": folder.display().to_string(),
                "files": files,
            }))?;
        }
        Format::Human => {
            let folder = folder.display();
            writeln!(out, "Wrote the form {name}. Now try:\n")?;
            for command in ["check", "test"] {
                writeln!(out, "  counterfoil {command} {folder}")?;
            }
            writeln!(
                out,
                "  counterfoil eval {folder} {folder}/example.json --as-of 2026-06-01"
            )?;
        }
    }
    Ok(Outcome::Fine)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Failure::file("cannot write", path, &error))
}

fn is_form_id(name: &str) -> bool {
    name.len() <= MAX_LENGTH
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `street-party` becomes `Street party`.
fn title(name: &str) -> String {
    let mut title = name.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}
