//! The README of this crate names tests and chapters for each rule; all of them are there.

use std::{fs, path::Path};

/// Texts and targets of the links in a line of Markdown.
fn links(line: &str) -> Vec<(&str, &str)> {
    line.split("](")
        .zip(line.split("](").skip(1))
        .filter_map(|(before, after)| {
            let (_, text) = before.rsplit_once('[')?;
            let (target, _) = after.split_once(')')?;
            Some((text, target))
        })
        .collect()
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .replace(' ', "-")
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_')
        .collect()
}

/// What is wrong with a link; nothing where it leads to the test or the chapter that it names.
fn wrong(crate_folder: &Path, text: &str, target: &str) -> Option<String> {
    let (path, wanted) = target.split_once('#').unwrap_or((target, ""));
    let Ok(source) = fs::read_to_string(crate_folder.join(path)) else {
        return Some(format!("there is no file {path}"));
    };
    if path.ends_with(".rs") {
        let name = text.trim_matches('`');
        let there = source.contains(&format!("fn {name}("));
        return (!there).then(|| format!("{path} has no test {name}"));
    }
    let headings = source.lines().filter_map(|line| line.strip_prefix('#'));
    let mut anchors = headings.map(|heading| anchor(heading.trim_start_matches('#').trim()));
    (!wanted.is_empty() && !anchors.any(|anchor| anchor == wanted))
        .then(|| format!("{path} has no heading for #{wanted}"))
}

#[test]
fn every_rule_names_tests_that_are_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(folder.join("README.md")).expect("the README");
    let mut faults = Vec::new();
    let mut rules = 0;
    for line in readme.lines() {
        let links = links(line);
        let is_rule =
            line.starts_with("| ") && !line.starts_with("| rule ") && !line.starts_with("|---");
        rules += usize::from(is_rule);
        if is_rule && links.is_empty() {
            faults.push(format!("nothing holds: {line}"));
        }
        faults.extend(
            links
                .into_iter()
                .filter_map(|(text, target)| wrong(folder, text, target)),
        );
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(rules > 60, "{rules} rules");
}
