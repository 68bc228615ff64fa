//! What a browser loads: the module, the style sheets and the script.

use std::fs;

use anyhow::Result;

use crate::{
    process::{npm_bin, program, root, run},
    stamp::Stamp,
    wasm,
};

/// Builds everything a browser loads, each part only where something changed.
///
/// # Errors
/// Where a tool fails.
pub fn all() -> Result<()> {
    wasm::build()?;
    styles()?;
    web()?;
    integrity()
}

/// Writes the hashes of what pages load, for the attribute `integrity`.
fn integrity() -> Result<()> {
    run(program("node").args(["web/tools/integrity.mjs", "web/dist"]))
}

/// Compiles the default theme, `web/styles/counterfoil.scss`, and the example of an agency's own, which
/// stands with its header and footer in `target/themes/harbour`.
///
/// # Errors
/// Where Sass finds a mistake.
pub fn styles() -> Result<()> {
    const SHEET: &str = "web/dist/counterfoil.css";
    const HARBOUR: &str = "target/themes/harbour";
    let own_sheet = format!("{HARBOUR}/theme.css");
    let stamp = Stamp::of(
        "styles",
        &["package-lock.json", "web/styles", "web/themes"],
        &[SHEET, &own_sheet],
        "2",
    )?;
    if stamp.is_fresh() {
        eprintln!("styles: up to date");
        return Ok(());
    }
    eprintln!("styles: compiling the style sheets");
    run(npm_bin("sass").args([
        "--no-source-map",
        "--style=compressed",
        "--quiet-deps",
        "--load-path=node_modules",
        &format!("web/styles/counterfoil.scss:{SHEET}"),
        &format!("web/themes/harbour/theme.scss:{own_sheet}"),
    ]))?;
    for part in ["header.html", "footer.html"] {
        let from = root().join("web/themes/harbour").join(part);
        fs::copy(from, root().join(HARBOUR).join(part))?;
    }
    compress(&[SHEET, &own_sheet])?;
    stamp.write()
}

/// Checks the types of the TypeScript in `web/src` and bundles it with the module of `web/pkg`.
///
/// # Errors
/// Where the compiler or the bundler finds a mistake.
pub fn web() -> Result<()> {
    wasm::build()?;
    let stamp = Stamp::of(
        "web",
        &[
            "package-lock.json",
            "web/pkg",
            "web/src",
            "web/tools",
            "web/tsconfig.json",
            "web/tsconfig.worker.json",
        ],
        &[
            "web/dist/counterfoil-device.js",
            "web/dist/counterfoil-form.js",
            "web/dist/counterfoil-pages-worker.js",
            "web/dist/counterfoil-pages.js",
            "web/dist/counterfoil-worker.js",
            "web/dist/counterfoil.wasm",
            "web/dist/index.d.ts",
            "web/dist/index.js",
            "web/dist/react.js",
            "web/dist/vue.js",
        ],
        "",
    )?;
    if stamp.is_fresh() {
        eprintln!("web: up to date");
        return Ok(());
    }
    eprintln!("web: checking types and bundling the script");
    run(npm_bin("tsc").args(["--project", "web/tsconfig.json"]))?;
    run(npm_bin("tsc").args(["--project", "web/tsconfig.worker.json"]))?;
    run(program("node").arg("web/tools/bundle.mjs"))?;
    compress(&[
        "web/dist/counterfoil-device.js",
        "web/dist/counterfoil-form.js",
        "web/dist/counterfoil-pages-worker.js",
        "web/dist/counterfoil-pages.js",
        "web/dist/counterfoil-worker.js",
        "web/dist/counterfoil.wasm",
    ])?;
    stamp.write()
}

/// Puts compressed copies beside files, for the office to send.
fn compress(files: &[&str]) -> Result<()> {
    run(program("node").arg("web/tools/compress.mjs").args(files))
}
