//! `eval` and `explain`: one case, in words and byte for byte.

mod common;

use common::{ANSWERS, Fixture};
use snapbox::str;

const DAY: &str = "2026-06-01";

#[test]
fn a_complete_case_in_words() {
    let fixture = Fixture::new();
    fixture
        .run(["eval", "allotment", "answers.json", "--as-of", DAY])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Allotment
on 2026-06-01, plan [..]

The answers are complete.

Plot: You qualify
  holds          Tenants must be at least 18 years old  [Garden Rules (invented), 2]
  holds          Plots are for people who live in the parish  [Garden Rules (invented), 3]

Fees
  Rent for a year  £45.00  [Charges 2026 (invented)]
  Water            £12.00
  Total            £57.00

"#]]);
}

#[test]
fn an_invalid_case_in_words() {
    let fixture = Fixture::new();
    fixture.write(
        "answers.json",
        r#"{"full_name":"Ada Example","birth_date":"2026-02-30","resident":false,"plot_number":7,"has_plot":false}"#,
    );
    fixture
        .run(["eval", "allotment", "answers.json", "--as-of", DAY])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
Allotment
on 2026-06-01, plan [..]

The answers are invalid.

Wrong
  birth_date  Your date of birth must be a real date

Missing
  plot_size    Select “Which size of plot would you like?”
  wants_water  Select yes or no for “Would you like a water tap?”

Ignored, since not asked
  plot_number

Plot: You do not qualify
  not decided    Tenants must be at least 18 years old  [Garden Rules (invented), 2]
  does not hold  Plots are for people who live in the parish  [Garden Rules (invented), 3]

Fees
  Rent for a year  not decided  [Charges 2026 (invented)]
  Water            not decided
  Total            not decided

"#]]);
}

#[test]
fn ineligible_is_no_finding_and_incomplete_is() {
    let fixture = Fixture::new();
    fixture.write("answers.json", &ANSWERS.replace("1990", "2015"));
    fixture
        .run(["eval", "allotment", "answers.json", "--as-of", DAY])
        .assert()
        .success();
    fixture.write("answers.json", "{}");
    fixture
        .run(["eval", "allotment", "answers.json", "--as-of", DAY])
        .assert()
        .code(1);
}

#[test]
fn json_is_the_report_byte_for_byte() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    let plan = counterfoil_engine::Plan::from_json(&fixture.read("allotment.plan.json")).unwrap();
    let answers = counterfoil_engine::Answers::from_json(ANSWERS).unwrap();
    let context = counterfoil_engine::Context::on(DAY.parse().unwrap());
    let report = counterfoil_engine::evaluate(&plan, &answers, &context).unwrap();

    for form in ["allotment", "allotment/form.yaml", "allotment.plan.json"] {
        let printed = fixture.stdout([
            "eval",
            form,
            "answers.json",
            "--as-of",
            DAY,
            "--format",
            "json",
        ]);
        assert_eq!(printed, report.to_json());
    }
    fixture
        .run(["eval", "allotment", "-", "--as-of", DAY, "--format", "json"])
        .stdin(ANSWERS)
        .assert()
        .success()
        .stdout_eq(report.to_json());
}

#[test]
fn what_cannot_be_evaluated_says_what_to_do() {
    let fixture = Fixture::new();
    fixture.write("broken.json", "{\"resident\": tru}");
    let eval = |form, answers, day| fixture.run(["eval", form, answers, "--as-of", day]);
    eval("allotment", "answers.json", "2025-12-31")
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: the form is in force from 2026-01-01 to …, not on 2025-12-31
  name a day with --as-of

"#]]);
    eval("allotment", "broken.json", DAY)
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: broken.json:1:17: expected ident
  write one JSON object, such as {"stalls": 2}

"#]]);
    eval("allotment", "nowhere.json", DAY)
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: cannot read the answers nowhere.json: No such file or directory (os error 2)

"#]]);
    eval("answers.json", "answers.json", DAY)
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: answers.json is no plan: the plan's outline cannot be read: unknown or repeated field `full_name`, expected `manifest` and `parts` at line 1 column 13
  name the folder of a form, or a file that `counterfoil build` wrote

"#]]);
    eval("allotment", "answers.json", "2026-02-30")
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: invalid value '2026-02-30' for '--as-of <DAY>': not a day of the calendar in the form 2026-01-31

For more information, try '--help'.

"#]]);
}

#[test]
fn a_broken_form_is_a_finding_and_told_on_the_standard_error() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    fixture
        .run([
            "eval",
            "allotment",
            "answers.json",
            "--as-of",
            DAY,
            "--format",
            "json",
        ])
        .assert()
        .code(1)
        .stdout_eq("");
}

#[test]
fn a_damaged_plan_is_refused() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    let plan = fixture.read("allotment.plan.json");
    fixture.write("allotment.plan.json", &plan.replace("\"24.5\"", "\"24.4\""));
    fixture
        .run([
            "eval",
            "allotment.plan.json",
            "answers.json",
            "--as-of",
            DAY,
        ])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: allotment.plan.json is no plan: the plan's part `rules` does not have the hash that its manifest states
  name the folder of a form, or a file that `counterfoil build` wrote

"#]]);
}

#[test]
fn explain_says_why() {
    let fixture = Fixture::new();
    let explain =
        |node| fixture.run(["explain", "allotment", "answers.json", node, "--as-of", DAY]);
    explain("fees.total").assert().success().stdout_eq(str![[r#"
Total: £57.00
  Rent for a year: £45.00 [Charges 2026 (invented)]
    From the table “plot_rent”, row 2: £45.00 [Charges 2026 (invented)]
      Which size of plot would you like? Medium (100 square metres)
  Water: £12.00
    This applies because: Would you like a water tap? Yes
    water_charge: £12.00 [Charges 2026 (invented)]

"#]]);
    explain("fees.totl").assert().code(2).stderr_eq(str![[r#"
counterfoil: the form has nothing named `fees.totl` to explain; there is fees.total, fees.rent, [..]

"#]]);

    let json = fixture.json([
        "explain",
        "allotment",
        "answers.json",
        "fees.water",
        "--as-of",
        DAY,
        "--format",
        "json",
    ]);
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    let mut expected = vec![
        "kind",
        "node",
        "label",
        "value",
        "text",
        "source",
        "expression",
        "because",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(json["kind"], "fee");
    assert_eq!(json["node"], "fees.water");
    assert_eq!(json["value"], "£12.00");
    assert_eq!(json["because"][0]["kind"], "condition");
    assert_eq!(json["because"][1]["kind"], "parameter");

    let html = fixture
        .run([
            "explain",
            "allotment",
            "answers.json",
            "fees.water",
            "--expressions",
            "--format",
            "html",
            "--as-of",
            DAY,
        ])
        .assert()
        .success();
    let html = String::from_utf8_lossy(&html.get_output().stdout).into_owned();
    assert!(
        html.starts_with("<!DOCTYPE html><html lang=\"en\""),
        "{html}"
    );
    assert!(
        html.contains("<code class=\"cf-why__expression\">water_charge</code>"),
        "{html}"
    );
}
