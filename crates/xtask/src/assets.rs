//! What a browser loads: the module, the style sheets and the script.

use anyhow::Result;

use crate::{
    process::{npm_bin, program, run},
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

/// Compiles `web/styles/counterfoil.scss`, the theme over govuk-frontend.
///
/// # Errors
/// Where Sass finds a mistake.
pub fn styles() -> Result<()> {
    const SHEET: &str = "web/dist/counterfoil.css";
    let stamp = Stamp::of(
        "styles",
        &["package-lock.json", "web/styles"],
        &[SHEET],
        "1",
    )?;
    if stamp.is_fresh() {
        eprintln!("styles: up to date");
        return Ok(());
    }
    eprintln!("styles: compiling the style sheet");
    run(npm_bin("sass").args([
        "--no-source-map",
        "--style=compressed",
        "--quiet-deps",
        "--load-path=node_modules",
        "web/styles/counterfoil.scss",
        SHEET,
    ]))?;
    compress(&[SHEET])?;
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
