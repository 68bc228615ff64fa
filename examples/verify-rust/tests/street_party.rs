//! The street party's own example, checked as a server would.

use std::path::Path;

use counterfoil_compiler::{Files, compile};
use verify_rust::{summary, verify};

#[test]
fn the_example_application_is_complete_and_a_broken_one_is_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms/street-party");
    let plan = compile(&Files::on_disk(&folder).unwrap())
        .plan
        .unwrap()
        .to_json();
    let answers = std::fs::read_to_string(folder.join("example.json")).unwrap();
    let report = verify(&plan, &answers, "2026-06-01").unwrap();
    assert!(
        summary(&report).starts_with("complete, "),
        "{}",
        summary(&report)
    );
    let report = verify(&plan, r#"{"stalls": "many"}"#, "2026-06-01").unwrap();
    assert!(
        summary(&report).starts_with("incomplete, "),
        "{}",
        summary(&report)
    );
    assert!(verify(&plan, "[]", "2026-06-01").is_err());
}
