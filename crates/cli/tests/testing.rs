//! `test` and `diff`: forms against their own tests, and against their earlier versions.

mod common;

use common::{ANSWERS, Fixture};
use snapbox::str;

#[test]
fn a_failing_test_shows_what_differs() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/tests.yaml",
        "        total: 57.00\n",
        "        total: 58.00\n",
    );
    fixture.edit("allotment/tests.yaml", "        - has_plot\n", "");
    fixture
        .run(["test", "allotment"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
failed a plot with water (allotment/tests.yaml:4)
  fees.total (line 20)
    expected  58.00
    actual    57.00

failed what is wrong and what is missing (allotment/tests.yaml:57)
  missing (line 74)
    - expected, + actual
      "wants_water"
    + "has_plot"

allotment: 2 passed, 2 failed
  coverage 63%, 23 of 36 (rules 7/8, conditions 6/6, table rows 2/3, periods 3/3, messages 2/13, figures 3/3)
    allotment/form.yaml:30  never: full_name is left empty
    allotment/form.yaml:30  never: full_name is too long
    allotment/form.yaml:36  never: birth_date is left empty
    allotment/form.yaml:36  never: birth_date is no date
    allotment/form.yaml:36  never: birth_date is below its minimum
    allotment/form.yaml:43  never: resident is left empty
    allotment/form.yaml:49  never: plot_size is left empty
    allotment/form.yaml:62  never: plot_number is left empty
    allotment/form.yaml:62  never: plot_number is no number
    allotment/form.yaml:62  never: plot_number is below its minimum
    allotment/form.yaml:62  never: plot_number is above its maximum
    allotment/form.yaml:85  never: rule tenancy.lives_here does not hold
    allotment/tables/plot_rent.csv:4  never: table plot_rent, row 3: `large,82.30`

"#]]);

    let json = fixture.json(["test", "allotment", "--format", "json"]);
    let form = &json["forms"][0];
    assert_eq!((&form["passed"], &form["failed"]), (&2.into(), &2.into()));
    assert_eq!(
        form["tests"][0]["differences"][0],
        serde_json::json!({"path": "fees.total", "line": 20, "expected": "58.00", "actual": "57.00", "because": null})
    );
}

#[test]
fn a_test_file_with_mistakes_is_a_finding() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/tests.yaml",
        "        total: 57.00\n",
        "        totl: 57.00\n",
    );
    fixture
        .run(["test", "allotment"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
error[CF0902]: the form has no `totl` among its fees
  --> allotment/tests.yaml:20:9
   |
20 |         totl: 57.00
   |         ^^^^
   |
help: Did you mean `total`?
   |
20 |         total: 57.00
   |            +

failed a plot with water (allotment/tests.yaml:4)
  fees.totl (line 20)
    expected  57.00
    actual    nothing there

allotment: 3 passed, 1 failed, and there are errors
  coverage 63%, 23 of 36 (rules 7/8, conditions 6/6, table rows 2/3, periods 3/3, messages 2/13, figures 3/3)
    allotment/form.yaml:30  never: full_name is left empty
    allotment/form.yaml:30  never: full_name is too long
    allotment/form.yaml:36  never: birth_date is left empty
    allotment/form.yaml:36  never: birth_date is no date
    allotment/form.yaml:36  never: birth_date is below its minimum
    allotment/form.yaml:43  never: resident is left empty
    allotment/form.yaml:49  never: plot_size is left empty
    allotment/form.yaml:62  never: plot_number is left empty
    allotment/form.yaml:62  never: plot_number is no number
    allotment/form.yaml:62  never: plot_number is below its minimum
    allotment/form.yaml:62  never: plot_number is above its maximum
    allotment/form.yaml:85  never: rule tenancy.lives_here does not hold
    allotment/tables/plot_rent.csv:4  never: table plot_rent, row 3: `large,82.30`
More about a code: counterfoil check --explain CF0902

"#]]);
}

#[test]
fn a_broken_form_does_not_keep_others_from_being_tested() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    fixture.run(["new", "sound"]).assert().success();
    fixture
        .run(["test", "allotment", "sound"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
error[CF0205]: [..]
  --> allotment/form.yaml:85:18
...
allotment: 0 passed, 0 failed, and there are errors
sound: 4 passed, 0 failed
  coverage 63%, 23 of 36 (rules 7/8, conditions 6/6, table rows 2/3, periods 3/3, messages 2/13, figures 3/3)
    sound/form.yaml:30  never: full_name is left empty
    sound/form.yaml:30  never: full_name is too long
    sound/form.yaml:36  never: birth_date is left empty
    sound/form.yaml:36  never: birth_date is no date
    sound/form.yaml:36  never: birth_date is below its minimum
    sound/form.yaml:43  never: resident is left empty
    sound/form.yaml:49  never: plot_size is left empty
    sound/form.yaml:62  never: plot_number is left empty
    sound/form.yaml:62  never: plot_number is no number
    sound/form.yaml:62  never: plot_number is below its minimum
    sound/form.yaml:62  never: plot_number is above its maximum
    sound/form.yaml:85  never: rule tenancy.lives_here does not hold
    sound/tables/plot_rent.csv:4  never: table plot_rent, row 3: `large,82.30`
More about a code: counterfoil check --explain CF0205

"#]]);
}

#[test]
fn suggestions_raise_coverage_to_all_that_is_reachable() {
    let fixture = Fixture::new();
    let percent = |fixture: &Fixture| {
        let json = fixture.json(["test", "allotment", "--format", "json"]);
        json["forms"][0]["coverage"]["percent"].as_u64().unwrap()
    };
    let before = percent(&fixture);
    assert!(before < 100);
    fixture
        .run(["test", "allotment", "--min-coverage", "100"])
        .assert()
        .code(1);
    fixture
        .run(["test", "allotment", "--suggest", "allotment/tests.yaml"])
        .assert()
        .success();
    assert_eq!(percent(&fixture), 100);
    fixture
        .run(["test", "allotment", "--min-coverage", "100"])
        .assert()
        .success();
}

#[test]
fn a_comparison_of_versions_names_cause_and_smallest_case() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    fixture
        .run(["diff", "allotment.plan.json", "allotment"])
        .assert()
        .success();
    fixture.edit("allotment/form.yaml", "value: 12.80", "value: 13.00");
    let printed = fixture.stdout(["diff", "allotment.plan.json", "allotment"]);
    assert!(
        printed.contains("because of parameters.water_charge.period.2"),
        "{printed}"
    );
    fixture
        .run(["diff", "allotment.plan.json", "allotment"])
        .assert()
        .code(1);
    fixture.write(
        "sent.ndjson",
        &format!("{{\"as_of\":\"2027-02-01\",\"answers\":{ANSWERS}}}\n"),
    );
    let json = fixture.json([
        "diff",
        "allotment.plan.json",
        "allotment",
        "--submissions",
        "sent.ndjson",
        "--format",
        "json",
    ]);
    let dearer = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["kind"] == "dearer");
    assert_eq!(dearer.unwrap()["submissions"], 1);
    fixture.write("sent.ndjson", "no json\n");
    fixture
        .run([
            "diff",
            "allotment.plan.json",
            "allotment",
            "--submissions",
            "sent.ndjson",
        ])
        .assert()
        .code(2);
}
