//! Files that forms share, in every command that takes a form.

mod common;

use common::Fixture;
use snapbox::str;

const FEES: &str = "\
language: en
currency: GBP
parameters:
  stall_fee:
    type: money
    label: Fee for a stall
    periods:
      - value: 12.50
        source: Fees Order 1
tables:
  size_fee:
    csv: tables/size_fee.csv
    inputs:
      size:
        type: choice
        options: sizes
    outputs:
      amount: money
option_sets:
  sizes:
    small: Small
    large: Large
";

/// A folder `forms` with a form and the folder of what it shares.
fn fixture() -> Fixture {
    let fixture = Fixture::empty();
    fixture.write(
        "forms/party/form.yaml",
        "form: party\ntitle: Party\ncurrency: GBP\ntimezone: Europe/London\nlanguages:\n  - en\neffective: 2026-01-01..\nuses:\n  - ../shared/fees.yaml\npages:\n  - page: first\n    title: First\n    fields:\n      - field: size\n        type: choice\n        options: sizes\n        label: How large?\nfees:\n  - fee: stall\n    label: Stall\n    amount: stall_fee + size_fee(size)\n",
    );
    fixture.write(
        "forms/party/tests.yaml",
        "tests:\n  - test: a small one\n    as_of: 2026-06-01\n    answers:\n      size: small\n    expect:\n      fees:\n        total: 22.50\n  - test: nothing yet\n    as_of: 2026-06-01\n    answers: {}\n    expect:\n      status: incomplete\n  - test: not on the list\n    as_of: 2026-06-01\n    answers:\n      size: huge\n    expect:\n      status: invalid\n",
    );
    fixture.write("forms/shared/fees.yaml", FEES);
    fixture.write(
        "forms/shared/tables/size_fee.csv",
        "size,amount\nsmall,10.00\nlarge,20.00\n",
    );
    fixture.write("answers.json", r#"{"size":"large"}"#);
    fixture
}

#[test]
fn check_takes_forms_and_what_they_share_alike() {
    let fixture = fixture();
    fixture
        .run(["check", "--deny", "warning", "forms/party", "forms/shared"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
forms/party: no errors, plan [..]
forms/shared: no errors, shared files

"#]]);
    fixture.write(
        "forms/shared/tables/size_fee.csv",
        "size,amount\nsmall,10.00\n",
    );
    fixture
        .run(["check", "forms/party", "forms/shared"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
error[CF0501]: the table `size_fee` has no row for size is “Large” (large)
  --> forms/shared/fees.yaml:11:3
   |
11 |   size_fee:
   |   ^^^^^^^^
   |
   = help: Add a row for it, or a last row of `-` with `hit: first`.

forms/party: 1 error
error[CF0501]: the table `size_fee` has no row for size is “Large” (large)
  --> forms/shared/fees.yaml:11:3
   |
11 |   size_fee:
   |   ^^^^^^^^
   |
   = help: Add a row for it, or a last row of `-` with `hit: first`.

forms/shared: 1 error, shared files
More about a code: counterfoil check --explain CF0501

"#]]);
}

#[test]
fn places_in_shared_files_are_told_from_where_the_command_stands() {
    let fixture = fixture();
    fixture.edit("forms/shared/fees.yaml", "value: 12.50", "value: dear");
    for (folder, form, expected) in [
        (".", "forms/party", "--> forms/shared/fees.yaml:8:16"),
        ("forms", "party", "--> shared/fees.yaml:8:16"),
        ("forms/party", ".", "--> ../shared/fees.yaml:8:16"),
        ("forms/party", "form.yaml", "--> ../shared/fees.yaml:8:16"),
    ] {
        let command = fixture.run(["check", form]);
        let command = command.current_dir(fixture.path().join(folder));
        let output = command.assert().code(1);
        let text = String::from_utf8(output.get_output().stdout.clone()).unwrap_or_default();
        assert!(text.contains(expected), "{folder}, {form}: {text}");
    }
}

#[test]
fn test_counts_nothing_of_what_is_shared() {
    let fixture = fixture();
    fixture
        .run([
            "test",
            "--min-coverage",
            "95",
            "forms/party",
            "forms/shared",
        ])
        .assert()
        .success()
        .stdout_eq(str![[r#"
forms/party: 3 passed, 0 failed
  coverage 100%, 2 of 2 (messages 1/1, figures 1/1)
forms/shared: shared files, which have no tests of their own

"#]]);
}

#[test]
fn eval_explain_build_and_schema_read_shared_files() {
    let fixture = fixture();
    let report = fixture.json([
        "eval",
        "forms/party",
        "answers.json",
        "--as-of",
        "2026-06-01",
        "--format",
        "json",
    ]);
    assert_eq!(report["fees"]["total"], "32.50");
    fixture
        .run([
            "explain",
            "forms/party",
            "answers.json",
            "fees.total",
            "--as-of",
            "2026-06-01",
        ])
        .assert()
        .success();
    fixture
        .run(["build", "forms/party", "--output", "party.plan.json"])
        .assert()
        .success();
    fixture.run(["schema", "forms/party"]).assert().success();
    fixture.run(["schema", "--of", "shared"]).assert().success();
    fixture
        .run(["build", "forms/shared"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: forms/shared holds shared files and no form
  name the folder of a form that uses them; `counterfoil check` takes both

"#]]);
}

#[test]
fn diff_tells_what_a_changed_shared_file_does_to_a_form() {
    let old = fixture();
    let new = fixture();
    new.edit("forms/shared/fees.yaml", "value: 12.50", "value: 15.00");
    let (old, new) = (
        old.path().join("forms/party"),
        new.path().join("forms/party"),
    );
    let fixture = Fixture::empty();
    fixture
        .run([
            "diff",
            old.to_str().unwrap_or_default(),
            new.to_str().unwrap_or_default(),
        ])
        .assert()
        .stdout_eq(str![[r#"
Defined differently
  parameters.stall_fee: always: 12.50 → 15.00

Dearer
  fees.stall by 2.5 (2 cases)
    because of parameters.stall_fee.period.1
    22.50 → 25.00
    on 2026-06-01: {"size":"small"} (test: a small one)

compared over 3 cases of tests, 1 generated

"#]]);
}
