//! Forms on disk.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use counterfoil_compiler::{Files, Severity, compile, render, source::FORM_FILE};
use counterfoil_engine::Plan;

use super::Offer;

/// Answers for the button that fills an example in.
const EXAMPLE: &str = "example.json";

/// Tells whether a form's files have changed: each file's path, time of change and length.
pub(super) type Fingerprint = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// Whether a name can be a form's: small letters, digits and hyphens. Nothing else reaches the disk.
pub(super) fn is_form_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Names of the folders that hold a form, in alphabetical order.
pub(super) fn form_folders(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_form_name(name) && folder.join(name).join(FORM_FILE).is_file())
        .collect();
    names.sort();
    names
}

/// The folders beside a form's own of which it uses files.
pub(super) fn shared_folders(folder: &Path) -> BTreeSet<String> {
    let form = fs::read(folder.join(FORM_FILE));
    let form = form.map(|text| Files::in_memory([(FORM_FILE, text)]));
    form.map_or_else(|_| BTreeSet::new(), |form| form.shared_folders())
}

/// The fingerprint of a form's folder and of those beside it of which it uses files; `None` where it
/// holds no form.
pub(super) fn fingerprint(folder: &Path, shared: &BTreeSet<String>) -> Option<Fingerprint> {
    if !folder.join(FORM_FILE).is_file() {
        return None;
    }
    let mut files = Vec::new();
    // A folder that vanishes while it is read shows as a change the next time.
    let _ = collect(folder, 1, &mut files);
    for beside in shared {
        let _ = collect(&folder.join("..").join(beside), 1, &mut files);
    }
    files.sort();
    Some(files)
}

fn collect(folder: &Path, deeper: u8, files: &mut Fingerprint) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let data = fs::metadata(entry.path())?;
        if data.is_dir() {
            if deeper > 0 {
                collect(&entry.path(), deeper - 1, files)?;
            }
        } else {
            files.push((entry.path(), data.modified().ok(), data.len()));
        }
    }
    Ok(())
}

/// Compiles a form's folder; the plan's JSON comes along where there is a plan.
pub(super) fn compile_folder(form: &str, folder: &Path) -> (Offer, Option<String>) {
    let mut offer = Offer {
        form: form.to_owned(),
        plan: None,
        diagnostics: String::new(),
        errors: 1,
        example: fs::read_to_string(folder.join(EXAMPLE)).ok(),
    };
    let files = match Files::on_disk(folder) {
        Ok(files) => files,
        Err(error) => {
            offer.diagnostics = format!("The folder of this form cannot be read: {error}");
            return (offer, None);
        }
    };
    let compiled = compile(&files);
    offer.diagnostics = render::human(&compiled.diagnostics, &compiled.sources, false);
    offer.errors = compiled
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    let Some(published) = compiled.plan else {
        return (offer, None);
    };
    let json = published.to_json();
    match Plan::load(published) {
        Ok(plan) if plan.rules().form == form => {
            offer.plan = Some(Arc::new(plan));
            return (offer, Some(json));
        }
        Ok(plan) => {
            offer.diagnostics = format!(
                "The form calls itself `{}`, but its folder is named `{form}`",
                plan.rules().form
            );
        }
        Err(error) => offer.diagnostics = error.to_string(),
    }
    offer.errors = 1;
    (offer, None)
}
