//! The form's own tests: how answers are typed, what counts as expected, what is no test.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::{fmt::Write as _, path::Path};

use counterfoil_compiler::{
    Files, compile,
    form_tests::{self, TestOutcome, TestRun},
    render,
};
use counterfoil_engine::Plan;

const FORM: &str = "
form: sample
title: Sample
currency: GBP
timezone: Europe/London
languages:
  - en
effective: 2026-01-01..2026-12-31
pages:
  - page: about
    title: About
    fields:
      - field: code
        type: text
        label: Code
      - field: amount
        type: money
        min: 0
        max: 1000
        label: Amount
      - field: people
        type: integer
        min: 0
        max: 10
        label: People
      - field: agreed
        type: boolean
        label: Agreed
      - field: day
        type: date
        label: Day
        when: agreed
      - field: colours
        type: set
        label: Colours
        required: false
        options:
          red: Red
          blue: Blue
  - page: things
    title: Things
    group: things
    record: thing
    max: 3
    fields:
      - field: price
        type: money
        min: 0
        max: 100
        label: Price
    values:
      double: price * 2
values:
  spent: sum(things.price)
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: cheap
        require: amount <= 500
        say: Not more than 500
      - rule: agreed
        require: agreed
        say: You must agree
fees:
  - fee: base
    label: Base
    amount: amount
  - fee: extra
    label: Extra
    when: agreed
    amount: 2.50
";

/// Answers that are complete, to be followed by the expectations of a test.
const COMPLETE: &str = "
tests:
  - test: sample
    as_of: 2026-06-01
    answers:
      code: 007
      amount: 12.50
      people: 3
      agreed: false
      day: 2026-06-01
      colours:
        - red
      things:
        - price: 1.10
        - price: 2
    expect:
";

fn run(tests: &str) -> TestRun {
    let files = Files::in_memory([("form.yaml", FORM), ("tests.yaml", tests)]);
    let compiled = compile(&files);
    let diagnostics = render::human(&compiled.diagnostics, &compiled.sources, false);
    let plan = Plan::load(compiled.plan.expect(&diagnostics)).unwrap();
    form_tests::run(&files, &plan)
}

/// The outcome of the only test with these expectations, a line a difference.
fn expecting(expectations: &str) -> String {
    let indented: String = expectations
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    outcome(&run(&format!("{COMPLETE}{indented}")))
}

fn outcome(run: &TestRun) -> String {
    assert_eq!(
        render::human(&run.diagnostics, &run.sources, false),
        "",
        "the test file is sound"
    );
    let [test] = run.tests.as_slice() else {
        panic!("one test, not {:?}", run.tests);
    };
    match &test.outcome {
        TestOutcome::Passed => "passed".to_owned(),
        TestOutcome::Refused(message) => message.clone(),
        TestOutcome::Failed(differences) => {
            let mut text = String::new();
            for d in differences {
                let actual = d.actual.as_deref().unwrap_or("nothing");
                let _ = writeln!(text, "{}: {} is {actual}", d.path, d.expected);
            }
            text
        }
    }
}

#[test]
fn answers_are_typed_by_the_form() {
    assert_eq!(
        expecting(
            r#"status: complete
answers:
  code: "007"
  amount: 12.5
  people: 3
  agreed: false
  colours:
    - red
  things:
    - price: 1.1
    - price: 2.00
ignored:
  - day"#
        ),
        "passed"
    );
}

#[test]
fn what_does_not_look_like_its_type_is_sent_as_text() {
    let tests = "
tests:
  - test: wrong types
    as_of: 2026-06-01
    answers:
      code: 12
      amount: 1,000.00
      people: \"3\"
      agreed: no
      colours: red
      things: none
      colour: red
    expect:
      status: invalid
      errors:
        - path: amount
          code: type
        - path: people
          code: type
        - path: agreed
          code: type
        - path: colours
          code: type
        - path: things
          code: type
        - path: colour
          code: unknown
      answers:
        code: 12
";
    assert_eq!(outcome(&run(tests)), "passed");
}

#[test]
fn any_part_of_the_report_can_be_expected() {
    assert_eq!(
        expecting(
            "values:
  spent: 3.1
  things:
    - double: 2.2
    - double: 4
decisions:
  grant: ineligible
rules:
  grant.cheap: true
  grant.agreed: false
fees:
  base: 12.5
  extra: null
  total: null
  currency: GBP"
        ),
        "passed"
    );
    assert_eq!(
        expecting(
            "decisions:
  grant:
    verdict: ineligible
    needs: []
    rules:
      - holds: true
      - rule: agreed
fees:
  lines:
    - id: base
      amount: 12.50"
        ),
        "passed"
    );
}

#[test]
fn differences_name_path_expectation_and_report() {
    assert_eq!(
        expecting(
            "status: incomplete
missing:
  - code
answers:
  people: 4
  day: 2026-06-01
values:
  things:
    - double: 2.21
    - double: 4
decisions:
  grant: eligible
rules:
  grant.agreed: true
fees:
  extra: 2.50
  total: 0"
        ),
        r#"status: "incomplete" is "complete"
missing: ["code"] is []
answers.people: 4 is 3
answers.day: "2026-06-01" is null
values.things[0].double: 2.21 is 2.20
decisions.grant: "eligible" is "ineligible"
rules.grant.agreed: true is false
fees.extra: 2.50 is nothing
fees.total: 0 is null
"#
    );
}

#[test]
fn texts_are_not_compared_as_numbers() {
    assert_eq!(
        expecting("answers:\n  code: 7"),
        "answers.code: \"7\" is \"007\"\n"
    );
}

#[test]
fn a_day_on_which_the_form_is_not_in_force_fails_the_test() {
    let run = run(&COMPLETE
        .replace("as_of: 2026-06-01", "as_of: 2027-01-01")
        .replace("    expect:\n", "    expect:\n      status: complete\n"));
    assert!(!run.passed());
    assert_eq!(
        outcome(&run),
        "the form is in force from 2026-01-01 to 2026-12-31, not on 2027-01-01"
    );
}

#[test]
fn mistakes_in_the_test_file_are_found_in_one_run() {
    let run = run("
tests:
  - test: one
    as_of: 2026-02-30
    answer:
      code: A
    expect:
      status: complete
  - test: two
    as_of: 2026-06-01
    expect:
      stauts: complete
      decisions:
        grants: eligible
      rules:
        grant.cheep: true
      values:
        spend: 1
      fees:
        bass: 1
  - test: two
    as_of: 2026-06-01
    answers: none
  - as_of: 2026-06-01
    expect:
      status: complete
");
    assert!(!run.passed());
    insta::assert_snapshot!(render::human(&run.diagnostics, &run.sources, false));
}

#[test]
fn a_form_without_tests_is_told_so() {
    let files = Files::in_memory([("form.yaml", FORM)]);
    let plan = Plan::load(compile(&files).plan.unwrap()).unwrap();
    let run = form_tests::run(&files, &plan);
    assert!(run.passed());
    insta::assert_snapshot!(render::human(&run.diagnostics, &run.sources, false));
}

#[test]
fn the_forms_of_this_repository_pass_their_tests() {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    let mut count = 0;
    for entry in std::fs::read_dir(forms).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("form.yaml").is_file() {
            continue;
        }
        let files = Files::on_disk(&folder).unwrap();
        let compiled = compile(&files);
        let diagnostics = render::human(&compiled.diagnostics, &compiled.sources, false);
        let plan = Plan::load(compiled.plan.expect(&diagnostics)).unwrap();
        let run = form_tests::run(&files, &plan);
        assert!(
            run.passed() && !run.tests.is_empty(),
            "{}: {run:#?}",
            folder.display()
        );
        count += 1;
    }
    assert!(count >= 2);
}
