//! Links within the repository lead somewhere.

use std::{fs, path::Path};

use crate::page::{self, Page};

/// The links of a page that lead nowhere.
pub fn check(root: &Path, name: &str, page: &Page) -> Vec<(usize, String)> {
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let mut failures = Vec::new();
    for (line, target) in &page.links {
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = root.join(folder).join(file);
        let anchors = if file.is_empty() {
            page.anchors.clone()
        } else if !path.exists() {
            failures.push((*line, format!("there is no `{target}`")));
            continue;
        } else if anchor.is_empty() {
            continue;
        } else {
            page::read(&fs::read_to_string(&path).unwrap_or_default()).anchors
        };
        if !anchors.iter().any(|known| known == anchor) {
            failures.push((*line, format!("`{target}` has no such heading")));
        }
    }
    failures
}
