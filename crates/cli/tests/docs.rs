//! The consoles that the documentation shows, and the pages that the command carries.

mod common;

use std::path::Path;

use common::Fixture;

use counterfoil_docs::{Failure, Runner, assert_none};

#[test]
fn consoles_show_what_the_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let runner = Runner::from_environment(root).with_command(env!("CARGO_BIN_EXE_counterfoil"));
    let mut failures: Vec<Failure> = Vec::new();
    for folder in ["docs/language", "docs/diagnostics"] {
        for page in runner.pages_in(folder) {
            failures.extend(runner.run(&page).1);
        }
    }
    assert_none(&failures);
}

#[test]
fn the_command_carries_the_pages() {
    let fixture = Fixture::empty();
    let page = fixture.stdout(["check", "--explain", "cf0205"]);
    assert!(
        page.starts_with("# CF0205: a name that the form does not declare\n"),
        "{page}"
    );
    assert!(page.contains("```yaml\npages:"), "{page}");
    fixture
        .run(["check", "--explain", "CF9999"])
        .assert()
        .code(2)
        .stderr_eq("counterfoil: there is no diagnostic `CF9999`\n  a code is `CF` and four digits, [..]\n");
}
