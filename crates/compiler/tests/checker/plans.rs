//! What comes out of a sound form.

use std::path::Path;

use counterfoil_compiler::{Files, Severity, compile};
use counterfoil_engine::{Plan, plan::Published};

fn form(name: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../forms")
        .join(name);
    Files::on_disk(&folder).unwrap()
}

#[test]
fn the_forms_of_the_house_compile_without_a_word_and_load() {
    for name in ["street-party", "building-permit"] {
        let compiled = compile(&form(name));
        let found: Vec<_> = compiled
            .diagnostics
            .iter()
            .map(|d| {
                format!(
                    "{} {} {:?}",
                    d.code.id,
                    d.message,
                    compiled.sources.position(d.span)
                )
            })
            .collect();
        assert_eq!(found, Vec::<String>::new(), "{name}");
        let published = compiled.plan.unwrap();
        let text = published.to_json();
        let plan = Plan::from_json(&text).unwrap();
        assert_eq!(plan.id(), published.id());
        assert_eq!(Published::from_json(&text).unwrap().to_json(), text);
    }
}

#[test]
fn the_same_files_give_the_same_plan() {
    let plan = || compile(&form("building-permit")).plan.unwrap().to_json();
    assert_eq!(plan(), plan());
}

#[test]
fn the_base_form_loads() {
    let compiled = crate::compiled(crate::BASE);
    assert!(
        compiled
            .diagnostics
            .iter()
            .all(|d| d.severity < Severity::Error)
    );
    Plan::load(compiled.plan.unwrap()).unwrap();
}
