//! Which forms have published cases, where, and on which day they are evaluated.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use counterfoil_engine::{Report, date::Day, plan::Rules};

use crate::{building_permit, native::root};

/// The form whose cases are evaluated, and how.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The form's id, the name of its folder.
    pub form: String,
    /// The day of cases without one, as the form's README names it.
    pub day: Option<Day>,
    /// What its cases expect.
    pub expects: Expects,
}

/// What a case's `out` holds.
#[derive(Clone, Copy, Debug)]
pub enum Expects {
    /// Values of the form by id; other values of the report are as they like.
    Values,
    /// All that the report says, in words that this function writes.
    Line(fn(&Rules, &Report) -> String),
}

impl Workload {
    /// The workload of a form.
    ///
    /// # Errors
    /// Where there is no such form, or its README names several days for the cases without one.
    pub fn of(form: &str) -> Result<Self> {
        let folder = root().join("forms").join(form);
        if !forms()?.iter().any(|known| known == form) {
            bail!(
                "there is no form `{form}`; there are: {}",
                forms()?.join(", ")
            );
        }
        let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        Ok(Self {
            form: form.to_owned(),
            day: day_in(&readme).with_context(|| format!("the README of `{form}`"))?,
            expects: match form {
                "building-permit" => Expects::Line(building_permit::result_line),
                _ => Expects::Values,
            },
        })
    }

    /// The files of cases that this repository holds for it, in order of their names.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let folder = root().join("tests/conformance").join(&self.form);
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut files = entries(&folder)?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "ndjson")
        });
        Ok(files)
    }
}

/// Every form of this repository, in order of their names.
///
/// # Errors
/// Where the folder cannot be read.
pub fn forms() -> Result<Vec<String>> {
    let forms = entries(&root().join("forms"))?
        .into_iter()
        .filter(|folder| folder.join("form.yaml").is_file());
    Ok(forms
        .filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned()))
        .collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}

/// The day that a README names in the words “as of **YYYY-MM-DD**”.
fn day_in(readme: &str) -> Result<Option<Day>> {
    let mut days: Vec<Day> = readme
        .split("as of **")
        .skip(1)
        .filter_map(|rest| rest.split_once("**")?.0.parse().ok())
        .collect();
    days.dedup();
    if days.len() > 1 {
        bail!("it names several days on which cases without a day are evaluated");
    }
    Ok(days.pop())
}

#[cfg(test)]
mod tests {
    use super::day_in;

    #[test]
    fn a_readme_names_one_day_or_none() {
        let day = |text: &str| day_in(text).map(|day| day.map(|day| day.to_string()));
        assert_eq!(
            day("they run as of **2024-12-31**.").ok(),
            Some(Some("2024-12-31".into()))
        );
        let twice = "as of **2024-12-31**, as of **2024-12-31**";
        assert_eq!(day(twice).ok(), Some(Some("2024-12-31".into())));
        for none in [
            "as of 2024-12-31",
            "on **2024-12-31**",
            "as of **2024-02-31**",
            "as of **",
        ] {
            assert_eq!(day(none).ok(), Some(None), "{none}");
        }
        assert!(day("as of **2024-12-31** or as of **2025-12-31**").is_err());
    }
}
