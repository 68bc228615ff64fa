//! What a citizen downloads: its budgets, and what must not be in it.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{
    assets,
    process::{cargo, output, program, root, run},
    setup::TARGET,
    wasm,
};

/// The plan that the budget of plans is for.
const FORM: &str = "forms/building-permit";
/// Where it is compiled to.
const PLAN: &str = "target/building-permit.plan.json";

/// Crates that belong to the compiler or to nothing at all: a browser must not download them. serde and
/// serde_json are in the graph for programs that use the engine natively; none of serde_json's code may
/// be left in the module.
const NOT_IN_GRAPH: &[&str] = &[
    "counterfoil-compiler",
    "jsonschema",
    "regex",
    "regex-automata",
    "regex-syntax",
    "rhai",
    "saphyr-parser",
    "serde_yaml",
];
/// Crates of which no function may be in the module.
const NOT_IN_MODULE: &[&str] = &[
    "jsonschema",
    "regex",
    "regex_automata",
    "regex_syntax",
    "rhai",
    "saphyr_parser",
    "serde_json",
];

/// Prints the table of sizes, and fails where a budget is exceeded or something is linked that must not
/// be.
///
/// # Errors
/// Where it is so, or a tool fails.
pub fn check() -> Result<()> {
    assets::all()?;
    run(cargo()
        .args(["run", "--quiet", "--locked", "--package", "counterfoil-cli"])
        .args(["--", "build", FORM, "--output", PLAN]))?;
    run(program("node").args(["web/tools/budgets.mjs", PLAN]))?;
    check_graph()?;
    check_module()
}

/// The crates that cargo builds for the module.
fn check_graph() -> Result<()> {
    let tree = output(cargo().args([
        "tree",
        "--locked",
        "--package=counterfoil-wasm",
        "--edges=normal",
        "--prefix=none",
        "--format={p}",
        "--target",
        TARGET,
    ]))?;
    let linked = tree.lines().filter_map(|line| line.split(' ').next());
    let found: Vec<_> = linked.filter(|name| NOT_IN_GRAPH.contains(name)).collect();
    if !found.is_empty() {
        bail!("the module depends on {}", found.join(", "));
    }
    Ok(())
}

/// The names of the functions in the module, before they are taken out of it.
fn check_module() -> Result<()> {
    let path = root().join(wasm::COMPILED);
    let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let named = |name: &str| {
        // A mangled name holds the length of each of its parts before it.
        let mangled = format!("{}{name}", name.len());
        let mangled = mangled.as_bytes();
        module
            .windows(mangled.len())
            .enumerate()
            .any(|(at, part)| part == mangled && !(at > 0 && module[at - 1].is_ascii_digit()))
    };
    if !named("counterfoil_engine") {
        bail!("{} has no names to look through", path.display());
    }
    let found: Vec<_> = NOT_IN_MODULE
        .iter()
        .copied()
        .filter(|name| named(name))
        .collect();
    if !found.is_empty() {
        bail!("the module holds functions of {}", found.join(", "));
    }
    eprintln!("sizes: nothing is linked that must not be");
    Ok(())
}
