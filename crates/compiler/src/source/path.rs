//! Paths of files that lie beside a form's folder.

use std::path::is_separator;

/// The path of a shared file as a form writes it: `../shared/holidays.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPath {
    /// The folder beside the form's own: `shared`.
    pub folder: String,
    /// The file in it: `holidays.yaml`.
    pub file: String,
}

impl SharedPath {
    /// Reads a path. It leads to a file ending in `.yaml` that lies right in a folder beside the form's
    /// own, and is none of the files that make that folder a form; all others are none.
    pub fn new(path: &str) -> Option<Self> {
        let (folder, file) = path.strip_prefix("../")?.split_once('/')?;
        let good = is_name(folder)
            && is_name(file)
            && file.ends_with(".yaml")
            && !matches!(file, "form.yaml" | "tests.yaml");
        good.then(|| Self {
            folder: folder.to_owned(),
            file: file.to_owned(),
        })
    }

    /// What the names of all files of its folder begin with: `../shared/`.
    pub fn prefix(&self) -> String {
        format!("../{}/", self.folder)
    }
}

/// Letters, digits, `_`, `-` and points, but none in front: no name leads out of its folder.
fn is_name(name: &str) -> bool {
    !name.starts_with('.')
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// A file's name behind its folder: `forms/street-party` and `form.yaml` give
/// `forms/street-party/form.yaml`; with `../shared/fees.yaml` they give `forms/shared/fees.yaml`.
pub fn joined(folder: &str, name: &str) -> String {
    let whole = || format!("{folder}/{name}");
    let Some(beside) = name.strip_prefix("../") else {
        return whole();
    };
    let last = folder.rfind(is_separator).map_or(0, |at| at + 1);
    match &folder[last..] {
        // What lies above these is not to be read off the path.
        "" | "." | ".." => whole(),
        _ => format!("{}{beside}", &folder[..last]),
    }
}

#[cfg(test)]
mod tests {
    use super::{SharedPath, joined};

    #[test]
    fn a_shared_file_lies_in_a_folder_beside_the_form() {
        let path = SharedPath::new("../shared/holidays.yaml").unwrap();
        assert_eq!(path.folder, "shared");
        assert_eq!(path.file, "holidays.yaml");
        assert_eq!(path.prefix(), "../shared/");
        for refused in [
            "holidays.yaml",
            "shared/holidays.yaml",
            "../holidays.yaml",
            "../../shared/holidays.yaml",
            "../shared/../x.yaml",
            "../shared/tables/x.yaml",
            "../../x.yaml",
            "../.hidden/x.yaml",
            "../shared/.x.yaml",
            "/shared/holidays.yaml",
            "..\\shared\\holidays.yaml",
            "../shared/holidays.csv",
            "../other-form/form.yaml",
            "../other-form/tests.yaml",
            "",
        ] {
            assert_eq!(SharedPath::new(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_path_beside_the_folder_is_told_without_points_where_it_can_be() {
        for (folder, name, expected) in [
            ("forms/party", "form.yaml", "forms/party/form.yaml"),
            ("forms/party", "../shared/x.yaml", "forms/shared/x.yaml"),
            ("party", "../shared/x.yaml", "shared/x.yaml"),
            ("/party", "../shared/x.yaml", "/shared/x.yaml"),
            ("..", "../shared/x.yaml", "../../shared/x.yaml"),
            ("a/.", "../shared/x.yaml", "a/./../shared/x.yaml"),
        ] {
            assert_eq!(joined(folder, name), expected);
        }
    }
}
