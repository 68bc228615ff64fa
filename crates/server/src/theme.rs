//! An agency's own face: a folder with a style sheet, and what stands above and below every page.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use counterfoil_html::Frame;

/// The style sheet that a theme's folder must hold.
const STYLESHEET: &str = "theme.css";
/// Most bytes of a header or footer, which stands in every page.
const MAX_FRAME_BYTES: u64 = 64 * 1024;

/// A theme. Its folder is served at `/theme/`, so that the style sheet finds its pictures and fonts; what
/// stands above and below the pages is read once, when the office opens.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The folder.
    pub folder: PathBuf,
    headers: Own,
    footers: Own,
}

/// HTML by language; that for every other language stands under the empty tag.
type Own = BTreeMap<String, String>;

impl Theme {
    /// Opens a theme: `theme.css`, and where they are there `header.html` and `footer.html`, each with
    /// variants for a language such as `header.cy.html`.
    ///
    /// # Errors
    /// Where the folder has no style sheet, or a file cannot be read, is no UTF-8 or longer than 64 KiB.
    pub fn open(folder: &Path) -> io::Result<Self> {
        if !folder.join(STYLESHEET).is_file() {
            let message = format!("a theme needs the file {STYLESHEET}");
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        Ok(Self {
            folder: folder.to_owned(),
            headers: own(folder, "header")?,
            footers: own(folder, "footer")?,
        })
    }

    /// The address of the style sheet.
    pub const fn stylesheet() -> &'static str {
        "/theme/theme.css"
    }

    /// What stands above and below the pages in a language.
    pub fn frame(&self, locale: &str) -> Frame<'_> {
        Frame {
            header: in_language(&self.headers, locale),
            footer: in_language(&self.footers, locale),
        }
    }
}

fn in_language<'a>(own: &'a Own, locale: &str) -> Option<&'a str> {
    let language = locale.split('-').next().unwrap_or(locale);
    let mut tags = [locale, language, ""].into_iter();
    tags.find_map(|tag| own.get(tag)).map(String::as_str)
}

/// The files `part.html` and `part.<tag>.html` of a folder.
fn own(folder: &Path, part: &str) -> io::Result<Own> {
    let mut own = Own::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(".html"));
        let Some(rest) = stem.and_then(|stem| stem.strip_prefix(part)) else {
            continue;
        };
        let tag = match rest.strip_prefix('.') {
            Some(tag) => tag,
            None if rest.is_empty() => "",
            None => continue,
        };
        if entry.metadata()?.len() > MAX_FRAME_BYTES {
            let message = format!("{part}{rest}.html is longer than 64 KiB");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        own.insert(tag.to_owned(), fs::read_to_string(entry.path())?);
    }
    Ok(own)
}
