//! Getting what the other tasks need. Each part is skipped when it is there.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    process::{exists, output, program, run, runs},
    stamp::Stamp,
};

/// The Rust target of the browser's engine.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian puts Chromium.
const CHROMIUM: &str = "/usr/bin/chromium";
/// Names another Chromium or Chrome for the browser tests.
const CHROMIUM_VARIABLE: &str = "COUNTERFOIL_CHROMIUM";
/// Set where every check is to run, as services for continuous integration do.
const CI: &str = "CI";

/// Everything, the browser and the Java for the tests included.
///
/// # Errors
/// Where something is missing and cannot be had; the message says how to get it.
pub fn everything() -> Result<()> {
    for_assets()?;
    chromium()?;
    java()
}

/// What building and serving need.
///
/// # Errors
/// Where something is missing and cannot be had; the message says how to get it.
pub fn for_assets() -> Result<()> {
    rust_target()?;
    npm_packages()
}

/// The Wasm target of the Rust toolchain.
///
/// # Errors
/// Where it is missing and rustup cannot add it.
pub fn rust_target() -> Result<()> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let target = PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET);
    if target.is_dir() {
        return Ok(());
    }
    eprintln!("setup: adding the Rust target {TARGET}");
    run(program("rustup").args(["target", "add", TARGET])).with_context(|| {
        format!(
            "the Rust target {TARGET} is missing: install it with `rustup target add {TARGET}`, \
             or with your distribution's package for that target"
        )
    })
}

/// The npm packages of package-lock.json: TypeScript, esbuild, Sass, Binaryen and what the browser
/// tests need.
///
/// # Errors
/// Where Node.js is missing or too old, or npm fails.
pub fn npm_packages() -> Result<()> {
    require_node()?;
    let stamp = Stamp::of(
        "npm",
        &[
            "package.json",
            "package-lock.json",
            "web/package.json",
            "examples/verify-node/package.json",
            "examples/vite-react/package.json",
            "examples/vite-vue/package.json",
        ],
        &["node_modules/.package-lock.json"],
        "",
    )?;
    if stamp.is_fresh() {
        return Ok(());
    }
    eprintln!("setup: installing the npm packages of package-lock.json");
    // No package needs its install script: those with programs bring them as packages of their own.
    run(program("npm").args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
    .context("`npm ci` could not install the npm packages; is the npm registry within reach?")?;
    stamp.write()
}

fn require_node() -> Result<()> {
    const ADVICE: &str = "Node.js 20 or later is needed, with npm: see https://nodejs.org, or \
                          install Debian's packages `nodejs` and `npm`";
    if !exists("node") || !exists("npm") {
        bail!(ADVICE);
    }
    let version = output(program("node").arg("--version"))?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("{ADVICE}; this is {}", version.trim());
    }
    Ok(())
}

/// Chromium, for the browser tests.
///
/// # Errors
/// Where it is missing and cannot be installed.
pub fn chromium() -> Result<()> {
    if let Some(path) = env::var_os(CHROMIUM_VARIABLE) {
        if !PathBuf::from(&path).exists() {
            bail!(
                "{CHROMIUM_VARIABLE} names {}, which does not exist",
                PathBuf::from(&path).display()
            );
        }
        return Ok(());
    }
    if PathBuf::from(CHROMIUM).exists() {
        return Ok(());
    }
    let advice = format!(
        "the browser tests need Chromium: install it as {CHROMIUM} (Debian: `apt-get install \
         chromium fonts-liberation`), or name a Chromium or Chrome in {CHROMIUM_VARIABLE}"
    );
    apt_install("Chromium", &["chromium", "fonts-liberation"]).context(advice)?;
    if !PathBuf::from(CHROMIUM).exists() {
        bail!("apt-get put no Chromium at {CHROMIUM}; name it in {CHROMIUM_VARIABLE}");
    }
    Ok(())
}

/// Java, for the Nu validator, which looks at the pages' HTML in the browser tests.
///
/// # Errors
/// Where it is missing and cannot be installed, and every check is to run. Elsewhere the tests say that
/// they go without it.
pub fn java() -> Result<()> {
    if runs("java", "-version") {
        return Ok(());
    }
    let advice = "the Nu validator needs Java: put `java` on PATH (Debian: `apt-get install \
                  default-jre-headless`)";
    let installed = apt_install("Java", &["default-jre-headless"]).context(advice);
    match installed {
        Err(error) if env::var_os(CI).is_none() => {
            eprintln!(
                "setup: going without Java, so that the HTML of the pages is not validated: {error:#}"
            );
            Ok(())
        }
        installed => installed,
    }
}

/// Installs packages of Debian's, as root or by `sudo` where it asks for no password.
fn apt_install(what: &str, packages: &[&str]) -> Result<()> {
    if !exists("apt-get") {
        bail!("there is no apt-get");
    }
    eprintln!("setup: installing {what} with apt-get");
    let as_root = output(program("id").arg("-u"))?.trim() == "0";
    let apt = |arguments: &[&str]| {
        let mut command = if as_root {
            program("apt-get")
        } else {
            let mut command = program("sudo");
            command.args(["--non-interactive", "apt-get"]);
            command
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["--yes", "--quiet=2"]).args(arguments);
        run(&mut command)
    };
    apt(&["update"])?;
    apt(&[&["install", "--no-install-recommends"], packages].concat())
}
