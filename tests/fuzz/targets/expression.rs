//! An expression: parsing it alone, and checking it as a value of a form with a question of every kind.
#![no_main]

use counterfoil_compiler::{
    Files, SourceMap, compile, expression::Parser, render, source::Text, yaml,
};
use libfuzzer_sys::fuzz_target;

const FORM: &str = include_str!("../form.yaml");

fuzz_target!(|input: &str| {
    let mut sources = SourceMap::default();
    let file = sources.add("form.yaml", input);
    let mut found = Vec::new();
    Parser::new().parse(&Text::verbatim(file, 0, input), &mut found);
    render::human(&found, &sources, true);

    let form = format!("{FORM}\nvalues:\n  x: {}\n", yaml::quoted(input));
    let compiled = compile(&Files::in_memory([("form.yaml", form)]));
    render::human(&compiled.diagnostics, &compiled.sources, false);
});
