//! The engine as WebAssembly: cargo, then wasm-bindgen as a library, then Binaryen's wasm-opt.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::{
    process::{cargo, npm_bin, output, program, root, run, runs},
    setup::TARGET,
    stamp::Stamp,
};

/// Profile of Cargo.toml for what browsers download.
const PROFILE: &str = "release-wasm";
/// Stem of the files made.
const NAME: &str = "counterfoil";
/// Where they go, relative to the workspace's root.
const PACKAGE: &str = "web/pkg";
/// The module's file in [`PACKAGE`].
const MODULE: &str = "web/pkg/counterfoil_bg.wasm";

/// The module as cargo makes it, with its names, before wasm-bindgen and wasm-opt.
pub const COMPILED: &str = "target/wasm32-unknown-unknown/release-wasm/counterfoil_wasm.wasm";

/// What the module is made from.
const INPUTS: &[&str] = &[
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "crates/engine/Cargo.toml",
    "crates/engine/src",
    "crates/html/Cargo.toml",
    "crates/html/src",
    "crates/wasm/Cargo.toml",
    "crates/wasm/src",
    "crates/xtask/src/bin/bindgen.rs",
    "crates/xtask/src/wasm.rs",
    "package-lock.json",
    "rust-toolchain.toml",
    "web/tools/reader.mjs",
    "web/tools/shorten.mjs",
];

/// What in the workspace's root is no source of the module.
const NOT_SOURCE: &[&str] = &[".git", "data", "node_modules", "target", "web"];

/// Builds the module where something changed, and tells its size.
///
/// # Errors
/// Where a tool fails.
pub fn build_and_report() -> Result<()> {
    build()?;
    report_size()
}

/// Builds the module where something changed.
///
/// # Errors
/// Where a tool fails.
pub fn build() -> Result<()> {
    let stamp = Stamp::of("wasm", INPUTS, &[MODULE], "")?;
    if stamp.is_fresh() {
        eprintln!("wasm: up to date");
        return Ok(());
    }
    bundle(&root(), &root().join("target"), &root().join(PACKAGE))?;
    stamp.write()
}

/// Prints the module's size as it is and as servers send it.
///
/// # Errors
/// Where Node.js cannot read the module.
pub fn report_size() -> Result<()> {
    run(program("node").args(["web/tools/sizes.mjs", MODULE]))
}

/// Builds the module a second time from a copy of the sources in another folder, with nothing built
/// before, and compares.
///
/// # Errors
/// Where a byte differs or a tool fails.
pub fn check_reproducible() -> Result<()> {
    build()?;
    let folder = root().join("target/reproducible");
    let elsewhere = folder.join("somewhere/else");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for entry in fs::read_dir(root())? {
        let entry = entry?;
        if !NOT_SOURCE.iter().any(|name| entry.file_name() == *name) {
            copy_tree(&entry.path(), &elsewhere.join(entry.file_name()))?;
        }
    }
    let package = elsewhere.join(PACKAGE);
    bundle(&elsewhere, &elsewhere.join("target"), &package)?;
    let mut differing = Vec::new();
    for file in fs::read_dir(root().join(PACKAGE))? {
        let file = file?;
        let again = package.join(file.file_name());
        if fs::read(file.path())? != fs::read(&again).unwrap_or_default() {
            differing.push(file.file_name().to_string_lossy().into_owned());
        }
    }
    if !differing.is_empty() {
        bail!(
            "a second build differs in {}; both are kept: {PACKAGE} and {}",
            differing.join(", "),
            package.display()
        );
    }
    fs::remove_dir_all(&folder)?;
    eprintln!("wasm: a build in another folder gives the same bytes");
    Ok(())
}

/// Builds the module with wasm-pack where that is installed; nothing here needs it, but who embeds the
/// crate may use it.
///
/// # Errors
/// Where wasm-pack fails.
pub fn check_wasm_pack() -> Result<()> {
    if !runs("wasm-pack", "--version") {
        eprintln!("skipped: wasm-pack is not installed");
        return Ok(());
    }
    run(program("wasm-pack").args([
        "build",
        "crates/wasm",
        "--target=web",
        "--out-dir=../../target/wasm-pack",
    ]))
}

/// Builds the crate of a checkout and puts module, JavaScript and types into a folder.
fn bundle(checkout: &Path, target: &Path, package: &Path) -> Result<()> {
    eprintln!("wasm: compiling the engine for {TARGET}");
    run(cargo()
        .current_dir(checkout)
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "counterfoil-wasm",
        ])
        .args(["--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(target)
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", compiler_flags(checkout)?))?;
    let compiled = target
        .join(TARGET)
        .join(PROFILE)
        .join("counterfoil_wasm.wasm");

    if package.exists() {
        fs::remove_dir_all(package)?;
    }
    eprintln!("wasm: binding with wasm-bindgen");
    run(cargo()
        .args(["run", "--quiet", "--locked", "--package", "xtask"])
        .args(["--features", "bindgen", "--bin", "bindgen", "--"])
        .args([compiled.as_path(), package])
        .arg(NAME))?;

    eprintln!("wasm: optimising with wasm-opt");
    let module = package.join(format!("{NAME}_bg.wasm"));
    run(npm_bin("wasm-opt")
        // Once more after control flow was made anew: it is then smaller by a hundredth.
        .args(["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"])
        .args(["--strip-debug", "--strip-producers"])
        .arg(&module)
        .arg("--output")
        .arg(&module))?;
    run(program("node")
        .arg("web/tools/shorten.mjs")
        .args([module, package.join(format!("{NAME}.js"))]))
}

/// Compiler flags that keep folder names of this machine out of the module, and SHA-256's rounds in a
/// loop: written out they take four times the room.
fn compiler_flags(checkout: &Path) -> Result<String> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .context("neither CARGO_HOME nor a home folder is known")?;
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    Ok([
        remap(&PathBuf::from(sysroot.trim()), "/rust"),
        remap(&cargo_home, "/cargo"),
        remap(checkout, "/counterfoil"),
        "--cfg=sha2_backend_soft=\"compact\"".to_owned(),
    ]
    .join("\x1f"))
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let inner = entry.path().strip_prefix(from)?;
        // Joining nothing would leave a trailing separator, which no file may have.
        let place = if inner.as_os_str().is_empty() {
            to.to_path_buf()
        } else {
            to.join(inner)
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place)?;
        } else {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(entry.path(), &place)
                .with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}
