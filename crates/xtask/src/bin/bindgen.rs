//! Runs wasm-bindgen, as a library, over a compiled module: `bindgen INPUT.wasm OUTPUT_DIR NAME`.
//!
//! A program of its own because `wasm-bindgen-cli-support` takes long to compile and `cargo xtask`
//! has no other use for it. The workspace pins it to the version of `wasm-bindgen`, which it must
//! equal.

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, name] = arguments.as_slice() else {
        bail!("give three arguments: INPUT.wasm OUTPUT_DIR NAME");
    };
    Bindgen::new()
        .input_path(input)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(output)
        .with_context(|| format!("wasm-bindgen could not process {input}"))
}
