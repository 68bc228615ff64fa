//! The form that inputs are tried on.

use counterfoil_compiler::{Files, compile, render};
use counterfoil_engine::Plan;

pub const FORM: &str = include_str!("../form.yaml");

/// The sample form, compiled.
#[allow(dead_code)] // One target serves the form instead.
pub fn plan() -> Plan {
    let compiled = compile(&Files::in_memory([("form.yaml", FORM)]));
    let found = render::human(&compiled.diagnostics, &compiled.sources, false);
    Plan::load(compiled.plan.expect(&found)).expect("it loads")
}
