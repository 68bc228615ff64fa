//! Puts the pages of the diagnostics into the command.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let crate_folder = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&crate_folder).join("../../docs/diagnostics");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name.starts_with("CF") {
            pages.push(format!("    ({name:?}, include_str!({path:?})),\n"));
        }
    }
    pages.sort();
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(
        Path::new(&out).join("diagnostic_pages.rs"),
        format!("&[\n{}]\n", pages.concat()),
    )
}
