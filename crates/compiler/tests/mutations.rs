//! Forms with slips in them: the compiler never panics, and a plan that it gives always loads.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::path::Path;

use counterfoil_compiler::{Files, Severity, compile};
use counterfoil_engine::{Plan, plan::Published};
use proptest::prelude::*;

/// A change to a text, by positions that are taken modulo its length.
#[derive(Clone, Debug)]
enum Slip {
    DropLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    /// A word in place of another.
    Word(usize, usize),
    DropCharacter(usize),
    Indent(usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = 0..100_000_usize;
    prop_oneof![
        at.clone().prop_map(Slip::DropLine),
        at.clone().prop_map(Slip::DoubleLine),
        (at.clone(), at.clone()).prop_map(|(a, b)| Slip::SwapLines(a, b)),
        (at.clone(), at.clone()).prop_map(|(a, b)| Slip::Word(a, b)),
        (at.clone(), at.clone()).prop_map(|(a, b)| Slip::Word(a, b)),
        at.clone().prop_map(Slip::DropCharacter),
        at.prop_map(Slip::Indent),
    ]
}

fn apply(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let count = lines.len();
    match *slip {
        Slip::DropLine(at) => drop(lines.remove(at % count)),
        Slip::DoubleLine(at) => lines.insert(at % count, lines[at % count].clone()),
        Slip::SwapLines(a, b) => lines.swap(a % count, b % count),
        Slip::Indent(at) => lines[at % count].insert_str(0, "  "),
        Slip::DropCharacter(at) => {
            let mut characters: Vec<char> = text.chars().collect();
            characters.remove(at % characters.len());
            return characters.into_iter().collect();
        }
        Slip::Word(at, from) => {
            let words: Vec<&str> = text
                .split_inclusive(|c: char| !c.is_alphanumeric() && c != '_')
                .collect();
            let taken = words[from % words.len()].to_owned();
            let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            let at = at % words.len();
            let end = words[at].pop().unwrap_or_default();
            words[at] = format!(
                "{}{end}",
                &taken[..taken.len() - taken.chars().last().map_or(0, char::len_utf8)]
            );
            return words.concat();
        }
    }
    lines.join("\n") + "\n"
}

/// The files of a form by name, `form.yaml` first.
fn form(name: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../forms")
        .join(name);
    let files = Files::on_disk(&folder).unwrap();
    let text = |name: &str| String::from_utf8(files.get(name).unwrap().to_vec()).unwrap();
    let mut named: Vec<_> = files
        .names()
        .map(|name| (name.to_owned(), text(name)))
        .collect();
    named.sort_by_key(|(name, _)| name != "form.yaml");
    named
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn slips_never_panic_and_plans_load(
        name in prop_oneof![Just("street-party"), Just("street-party"), Just("building-permit")],
        elsewhere in prop::option::weighted(0.2, (any::<prop::sample::Index>(), slip())),
        slips in prop::collection::vec(slip(), 1..4),
    ) {
        let mut files = form(name);
        for slip in &slips {
            files[0].1 = apply(&files[0].1, slip);
        }
        if let Some((file, slip)) = &elsewhere {
            let file = file.index(files.len());
            files[file].1 = apply(&files[file].1, slip);
        }
        let compiled = compile(&Files::in_memory(files));
        let errors = compiled.diagnostics.iter().any(|d| d.severity == Severity::Error);
        prop_assert_eq!(compiled.plan.is_none(), errors);
        for found in &compiled.diagnostics {
            let length = compiled.sources.file(found.span.file).text().len();
            prop_assert!(found.span.start <= found.span.end && found.span.end <= length);
        }
        if let Some(plan) = compiled.plan {
            let published = Published::from_json(&plan.to_json());
            prop_assert_eq!(published.as_ref(), Ok(&plan));
            prop_assert!(Plan::load(plan).is_ok());
        }
    }
}
