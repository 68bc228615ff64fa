//! A folder of shared files by itself.

use counterfoil_compiler::{Files, check_shared, render};

use super::{FEES, REGION_FEE, fees};

fn found(files: &[(&str, &str)]) -> String {
    let files = Files::in_memory(files.iter().copied());
    assert!(files.are_shared());
    let compiled = check_shared(&files);
    assert!(compiled.plan.is_none());
    render::human(&compiled.diagnostics, &compiled.sources, false)
}

fn with(fees: &str) -> String {
    found(&[("fees.yaml", fees), ("tables/region_fee.csv", REGION_FEE)])
}

#[test]
fn a_sound_folder_has_no_findings_though_nothing_is_used() {
    assert_eq!(with(&fees()), "");
}

#[test]
fn names_types_and_tables_are_checked_though_no_form_uses_them() {
    let leaning = with(FEES);
    assert!(leaning.contains("error[CF0205]"), "{leaning}");
    let clash = with(&fees().replace(
        "expr: round(amount * discount, 0.01)",
        "expr: amount + \"x\"",
    ));
    assert!(clash.contains("error[CF03"), "{clash}");
    let gap = found(&[
        ("fees.yaml", fees().as_str()),
        ("tables/region_fee.csv", "region,amount\nnorth,10.00\n"),
    ]);
    assert!(gap.contains("error[CF0501]"), "{gap}");
    assert!(gap.contains("south"), "{gap}");
    let money = with(&fees().replace("currency: GBP\n", ""));
    assert!(money.contains("error[CF0605]"), "{money}");
    let pattern = with(&fees().replace("max_length: 8\n", "max_length: 8\n    pattern: \"(\"\n"));
    assert!(pattern.contains("error[CF0308]"), "{pattern}");
}

#[test]
fn files_of_one_folder_may_declare_the_same() {
    let found = found(&[
        ("fees.yaml", fees().as_str()),
        ("fees_2027.yaml", fees().as_str()),
        ("tables/region_fee.csv", REGION_FEE),
    ]);
    assert_eq!(found, "");
}

#[test]
fn translations_and_tables_without_use_are_warned_of() {
    let found = found(&[
        ("fees.yaml", fees().as_str()),
        ("tables/region_fee.csv", REGION_FEE),
        ("tables/old.csv", "a,b\n1,2\n"),
        (
            "locales/cy.yaml",
            "parameter.stall_fee.labl: Ffi stondin\noption_set.regions.north: Y gogledd\n",
        ),
    ]);
    assert!(
        found.contains("no shared file has a text `parameter.stall_fee.labl`"),
        "{found}"
    );
    assert!(
        found.contains("Did you mean `parameter.stall_fee.label`?"),
        "{found}"
    );
    assert!(found.contains("no translation of `"), "{found}");
    assert!(
        found.contains("no shared file uses `tables/old.csv`"),
        "{found}"
    );
}

#[test]
fn types_of_several_parts_are_checked_too() {
    let found = found(&[(
        "people.yaml",
        "language: en\nfield_types:\n  - field_type: holder\n    label: Holder\n    fields:\n      - field: name\n        type: text\n        max_length: 40\n        label: Name\n      - field: since\n        type: date\n        label: Since\n        when: nam == \"x\"\n",
    )]);
    assert!(found.contains("error[CF0205]"), "{found}");
    assert!(found.contains("--> people.yaml:13:"), "{found}");
}

/// Where the folder of a form is a link, the shared folder may stand beside what it leads to or beside it.
#[cfg(unix)]
#[test]
fn a_form_behind_a_link_finds_what_it_shares() {
    use std::{fs, os::unix::fs::symlink};

    let top = std::env::temp_dir().join(format!("counterfoil-links-{}", std::process::id()));
    let write = |path: &str, text: &str| {
        let path = top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let names = |folder: &str| -> Vec<String> {
        let files = Files::on_disk(&top.join(folder)).unwrap();
        files.names().map(str::to_owned).collect()
    };
    write(
        "kept/party/form.yaml",
        "form: party\nuses:\n  - ../shared/fees.yaml\n",
    );
    write("offered/shared/fees.yaml", "language: en\n");
    symlink(top.join("kept/party"), top.join("offered/party")).unwrap();
    assert_eq!(names("kept/party"), ["form.yaml"]);
    assert_eq!(names("offered/party"), ["../shared/fees.yaml", "form.yaml"]);
    write("kept/shared/fees_2027.yaml", "language: en\n");
    assert_eq!(
        names("offered/party"),
        ["../shared/fees_2027.yaml", "form.yaml"]
    );
    // A link to the shared folder is followed too.
    fs::remove_dir_all(top.join("kept/shared")).unwrap();
    symlink(top.join("offered/shared"), top.join("kept/shared")).unwrap();
    assert_eq!(names("kept/party"), ["../shared/fees.yaml", "form.yaml"]);
    fs::remove_dir_all(&top).unwrap();
}
