//! The documentation shows what is so.

use std::{collections::BTreeSet, path::Path};

use counterfoil_compiler::{FUNCTIONS, codes};
use counterfoil_docs::{Failure, Runner, assert_none, index, page_of};

fn runner() -> Runner {
    Runner::from_environment(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

#[test]
fn the_language_reference() {
    let runner = runner();
    let mut pages = runner.pages_in("docs/language");
    assert!(!pages.is_empty());
    pages.push("docs/guide/writing-a-form.md".to_owned());
    let failures: Vec<Failure> = pages.iter().flat_map(|page| runner.run(page).1).collect();
    assert_none(&failures);
}

#[test]
fn the_index_has_every_function() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language/index.md");
    let text = std::fs::read_to_string(page).unwrap();
    let missing = FUNCTIONS
        .iter()
        .filter(|name| !text.contains(&format!("\n| `{name}(")));
    assert_eq!(missing.collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn every_code_has_a_page_with_a_wrong_and_a_right_example() {
    let runner = runner();
    let mut failures = Vec::new();
    let mut pages: BTreeSet<String> = runner.pages_in("docs/diagnostics").into_iter().collect();
    pages.remove("docs/diagnostics/README.md");
    for code in codes::ALL {
        let page = page_of(code);
        let mut fail = |message: String| {
            failures.push(Failure {
                page: page.clone(),
                line: 1,
                message,
            });
        };
        if !pages.remove(&page) {
            fail(format!("{}, {}, has no page", code.id, code.title));
            continue;
        }
        let (summary, found) = runner.run(&page);
        if summary.title != format!("{}: {}", code.id, code.title) {
            fail(format!(
                "the title should read `{}: {}`",
                code.id, code.title
            ));
        }
        // Nothing that a form says is known to lead there: its page asks for a report of one that does.
        if code == &codes::REFUSED {
            continue;
        }
        if !summary.codes.iter().any(|found| found == code.id) {
            fail(format!("no example is wrong with {}", code.id));
        }
        if summary.sound == 0 {
            fail("no example is right".to_owned());
        }
        failures.extend(found);
    }
    for page in pages {
        failures.push(Failure {
            page,
            line: 1,
            message: "no code has this page".to_owned(),
        });
    }
    assert_none(&failures);
}

#[test]
fn the_index_of_the_diagnostics_is_up_to_date() {
    assert_none(&runner().generated("docs/diagnostics/README.md", &index()));
}
