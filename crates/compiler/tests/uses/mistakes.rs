//! What can be wrong with `uses`, and how it is told.

use super::{AGREED, compiled, fees, form, found};

const STALL: &str = "fees:\n  - fee: stall\n    label: Stall\n    amount: stall_fee\n";

/// What is found in a form with one line changed.
fn with_path(path: &str) -> String {
    let form = form(AGREED, STALL).replace("../shared/fees.yaml", path);
    found(&compiled(&form, &[]))
}

#[test]
fn a_path_leads_into_a_folder_beside_the_form() {
    for path in [
        "fees.yaml",
        "/shared/fees.yaml",
        "../../shared/fees.yaml",
        "../shared/tables/region_fee.csv",
        "../party/form.yaml",
        "../shared/../shared/fees.yaml",
    ] {
        let found = with_path(path);
        assert!(found.contains("error[CF0150]"), "{path}: {found}");
        assert_eq!(found.matches("error[").count(), 1, "{path}: {found}");
    }
    for path in ["shared/fees.yaml", "../shared/fees", "shared\\fees.yml"] {
        let found = with_path(path);
        assert!(
            found.contains("8 |   - ../shared/fees.yaml")
                || found.contains("8 +   - ../shared/fees.yaml"),
            "{path}: {found}"
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_the_only_error() {
    let misspelt = with_path("../shared/feez.yaml");
    assert!(
        misspelt.contains("the folder `shared` has no file `feez.yaml`"),
        "{misspelt}"
    );
    assert!(
        misspelt.contains("Did you mean `../shared/fees.yaml`?"),
        "{misspelt}"
    );
    assert_eq!(misspelt.matches("error[").count(), 1, "{misspelt}");
    let nowhere = with_path("../common/fees.yaml");
    assert!(
        nowhere.contains("there is no folder `common` with shared files"),
        "{nowhere}"
    );
}

#[test]
fn one_name_has_one_meaning() {
    let own = "parameters:\n  stall_fee:\n    type: money\n    periods:\n      - value: 1.00\n";
    let found = found(&compiled(&form(AGREED, &format!("{own}{STALL}")), &[]));
    assert!(
        found.contains("error[CF0203]: the name `stall_fee` is taken already"),
        "{found}"
    );
    assert!(found.contains("--> form.yaml:17:3"), "{found}");
    assert!(found.contains("::: ../shared/fees.yaml:4:3"), "{found}");
}

#[test]
fn two_shared_files_cannot_declare_the_same() {
    let second = "language: en\nparameters:\n  discount:\n    type: integer\n    periods:\n      - value: 1\n";
    let form = form(AGREED, STALL).replace("fees.yaml\n", "fees.yaml\n  - ../shared/more.yaml\n");
    let found = found(&compiled(&form, &[("../shared/more.yaml", second)]));
    assert!(found.contains("--> ../shared/more.yaml:3:3"), "{found}");
    assert!(found.contains("::: ../shared/fees.yaml:"), "{found}");
}

#[test]
fn option_sets_and_field_types_clash_too() {
    let own = "option_sets:\n  regions:\n    east: East\nfield_types:\n  - field_type: plate\n    type: text\n    label: Plate\n";
    let fields = "      - field: car\n        type: plate\n      - field: region\n        type: choice\n        options: regions\n        label: Region\n";
    let found = found(&compiled(&form(fields, own), &[]));
    assert_eq!(found.matches("error[CF0203]").count(), 2, "{found}");
}

#[test]
fn misspelt_names_are_looked_for_in_shared_files() {
    let further = "fees:\n  - fee: stall\n    label: Stall\n    amount: stall_fea\n  - fee: half\n    label: Half\n    amount: half_off(1.00)\n";
    let fields = "      - field: region\n        type: choice\n        options: region\n        label: Region\n      - field: car\n        type: plat\n        label: Car\n";
    let found = found(&compiled(&form(fields, further), &[]));
    for meant in ["`stall_fee`", "`half_of`", "`regions`", "`plate`"] {
        assert!(
            found
                .to_lowercase()
                .contains(&format!("did you mean {meant}?")),
            "{meant}: {found}"
        );
    }
}

#[test]
fn a_shared_file_stands_for_itself() {
    let leaning = super::FEES;
    let own = "parameters:\n  least_letters:\n    type: integer\n    periods:\n      - value: 2\n";
    let fields = "      - field: car\n        type: plate\n";
    let found = found(&compiled(
        &form(fields, own),
        &[("../shared/fees.yaml", leaning)],
    ));
    assert!(
        found.contains("error[CF0208]: `least_letters` is not declared in this file"),
        "{found}"
    );
}

#[test]
fn a_shared_table_takes_no_type_from_a_question() {
    let untyped = fees().replace(
        "    inputs:\n      region:\n        type: choice\n        options: regions\n",
        "",
    );
    let fields = "      - field: region\n        type: choice\n        options: regions\n        label: Which region?\n";
    let fee = "fees:\n  - fee: region\n    label: Region\n    amount: region_fee(region)\n";
    let found = found(&compiled(
        &form(fields, fee),
        &[("../shared/fees.yaml", untyped.as_str())],
    ));
    assert!(
        found.contains("error[CF0208]: the column `region` of a shared table has no type"),
        "{found}"
    );
    assert_eq!(found.matches("error[").count(), 1, "{found}");
}

#[test]
fn amounts_are_in_the_form_s_currency() {
    let form = form(AGREED, STALL).replace("currency: GBP", "currency: EUR");
    let found = found(&compiled(&form, &[]));
    assert!(
        found.contains(
            "error[CF0151]: the amounts of this file are in GBP, and those of the form in EUR"
        ),
        "{found}"
    );
}

#[test]
fn errors_in_a_shared_file_show_its_path_and_line() {
    let wrong = fees().replace("value: 12.50", "value: dear");
    let found = found(&compiled(
        &form(AGREED, STALL),
        &[("../shared/fees.yaml", wrong.as_str())],
    ));
    assert!(found.contains("--> ../shared/fees.yaml:8:16"), "{found}");
}

#[test]
fn a_file_of_which_nothing_is_used_need_not_be_named() {
    let found = found(&compiled(&form(AGREED, ""), &[]));
    assert!(
        found.contains("warning[CF1020]: the form uses nothing of `../shared/fees.yaml`"),
        "{found}"
    );
}

#[test]
fn a_csv_file_never_leads_out_of_its_folder() {
    let table = "tables:\n  mine:\n    csv: ../shared/tables/region_fee.csv\n";
    let found = found(&compiled(&form(AGREED, &format!("{table}{STALL}")), &[]));
    assert!(found.contains("error[CF0101]"), "{found}");
}

#[test]
fn a_shared_file_has_no_pages_and_uses_nothing() {
    let more = format!("{}uses:\n  - ../shared/more.yaml\npages: []\n", fees());
    let found = found(&compiled(
        &form(AGREED, STALL),
        &[("../shared/fees.yaml", more.as_str())],
    ));
    assert_eq!(found.matches("error[CF0107]").count(), 2, "{found}");
}
