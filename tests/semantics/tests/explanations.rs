//! Why a figure, verdict or question is what it is: every kind of node, in words and as data.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_engine::{
    Answers, explain,
    explain::{Explanation, Kind, Options, explain_with, explainable_nodes},
};
use counterfoil_semantics::Form;

const FORM: &str = "
rules_of: moved_in
parameters:
  share:
    type: decimal
    label: Share
    periods:
      - from: 2020-01-01
        to: 2025-12-31
        value: 0.1
        source: Order 2020
      - from: 2026-01-01
        value: 0.125
        source: Order 2026
pages:
  - page: one
    title: One
    fields:
      - field: moved_in
        type: date
        min: 2021-01-01
        max: 2026-12-31
        label: When did you move in?
      - field: children
        type: boolean
        label: Have you children?
      - field: number
        type: integer
        min: 1
        max: 20
        label: How many children?
        when: children
      - field: income
        type: money
        min: 0
        max: 100000
        label: Income
        required: false
      - field: helps
        type: set
        label: Which help do you get?
        required: false
        options:
          rent: Help with the rent
          food: Food parcels
  - page: flats_page
    title: Flats
    group: flats
    record: flat
    min: 1
    max: 3
    fields:
      - field: rooms
        type: integer
        min: 1
        max: 9
        label: Rooms
      - field: rent
        type: money
        min: 0
        max: 5000
        label: Rent
    values:
      per_room:
        expr: round(rent / rooms, 0.01)
        label: Rent for a room
values:
  all_rent:
    expr: sum(flats.rent)
    label: Rent in all
  counted:
    expr: income ?? 0
    label: Income that counts
  dearest:
    expr: max(flats.per_room)
    label: Dearest room
  rounded:
    expr: round_down(all_rent * 0.5, 10)
    label: Half of the rent
checks:
  - check: small
    at: flats.rooms
    require: rooms <= 5
    say: At most five rooms
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: poor
        require: counted < all_rent * 2
        say: The income must be small
      - rule: family
        require: children and number >= 2 or \"rent\" in helps
        say: You need two children or help with the rent
entitlements:
  - entitlement: grant
    label: Grant
    amount: 'round(if all_rent > 1000 { all_rent * share } else { bands(all_rent) }, 0.01)'
tables:
  bands:
    label: Small rents
    hit: marginal
    inputs:
      rent:
        type: money
        min: 0
        max: 15000
    outputs:
      rate: decimal
    rows:
      - rent: '[0..500]'
        rate: 0.5
      - rent: '> 500'
        rate: 0.25
";

fn tree(node: &str, answers: &str, options: Options) -> Explanation {
    let form = Form::new(FORM);
    let answers = Answers::from_json(answers).unwrap();
    explain_with(&form.plan, "en", &answers, &Form::context(), node, options).unwrap()
}

fn text(node: &str, answers: &str) -> String {
    tree(node, answers, Options::default()).to_text()
}

const FULL: &str = r#"{"moved_in": "2025-03-01", "children": false, "number": 3, "helps": ["food"],
    "flats": [{"rooms": 3, "rent": "700"}, {"rooms": 7, "rent": "65"}]}"#;

#[test]
fn a_rounding_says_what_it_does_and_a_quotient_stays_one() {
    assert_eq!(
        text("values.rounded", FULL),
        "Half of the rent: €380.00
  Rounded down to a multiple of €10.00: €380.00
    €765.00 × 0.5 = €382.50
      Rent in all: €765.00
        Added up over “Flats”: €765.00
          Flat 1, Rent: €700.00
          Flat 2, Rent: €65.00
"
    );
    assert_eq!(
        text("values.flats[0].per_room", FULL),
        "Flat 1, Rent for a room: €233.33
  Rounded to whole cents: €233.33
    €700.00 ÷ 3
      Flat 1, Rent: €700.00
      Flat 1, Rooms: 3
"
    );
}

#[test]
fn a_marginal_table_has_a_line_for_each_band() {
    assert_eq!(
        text("entitlements.grant", FULL),
        "Grant: €316.25
  It is worked out this way because: “Rent in all” (€765.00) is at most €1,000.00
    Rent in all: €765.00
      Added up over “Flats”: €765.00
        Flat 1, Rent: €700.00
        Flat 2, Rent: €65.00
  From the table “Small rents”: €316.25
    Rent in all: €765.00
    On the part from €0.00 to €500.00: €500.00 × 0.5 = €250.00
    On the part above €500.00: €265.00 × 0.25 = €66.25
"
    );
}

#[test]
fn a_decision_names_the_rules_that_decide_and_what_hidden_answers_count_for() {
    let against = text("decisions.grant", FULL);
    assert!(
        against.starts_with(
            "Grant: You do not qualify
  You need two children or help with the rent: not met
    Have you children? No
    “Which help do you get?” (Food parcels) does not include “Help with the rent”
"
        ),
        "{against}"
    );
    assert_eq!(
        text("number", FULL),
        "How many children? not asked, so the answer given does not count
  This is not asked because: Have you children? No
"
    );
    assert!(
        text("entitlements.total", FULL)
            .starts_with("Total: none, because a decision goes against it\n")
    );
}

#[test]
fn what_is_open_says_what_is_needed() {
    let open = tree(
        "decisions.grant",
        r#"{"children": true}"#,
        Options::default(),
    );
    assert_eq!(open.because[0].kind, Kind::Needs);
    let needed: Vec<_> = open.because[0]
        .because
        .iter()
        .map(|need| need.text.as_str())
        .collect();
    assert_eq!(needed, ["How many children?", "Flats"]);
    assert!(
        text("number", r#"{"children": true}"#)
            .starts_with("How many children? not answered yet\n")
    );
}

#[test]
fn a_blank_answer_says_what_stands_in_for_it() {
    assert_eq!(
        text("values.counted", FULL),
        "Income that counts: €0.00\n  “Income” is not answered, so this counts instead, €0.00\n"
    );
}

#[test]
fn a_parameter_names_its_day_period_and_source() {
    assert_eq!(
        text("parameters.share", FULL),
        "Share: 0.1 (from 1 January 2020 to 31 December 2025) [Order 2020]
  The rules are those of: 1 March 2025
    When did you move in? 1 March 2025
  since 1 January 2026: 0.125 [Order 2026]
"
    );
}

#[test]
fn a_check_of_a_group_is_told_for_every_record() {
    assert_eq!(
        text("checks.small", FULL),
        "At most five rooms:
  Flat 1, At most five rooms: nothing against it
    “Rooms” (3) is at most 5
  Flat 2, At most five rooms: not met
    “Rooms” (7) is more than 5
"
    );
}

#[test]
fn expressions_are_for_those_who_ask() {
    let options = Options { expressions: true };
    let told = tree("values.flats[1].per_room", FULL, options);
    assert_eq!(
        told.expression.as_deref(),
        Some("round(rent / rooms, 0.01)")
    );
    assert_eq!(
        told.because[0].because[0].expression.as_deref(),
        Some("rent / rooms")
    );
    let plain = tree("values.flats[1].per_room", FULL, Options::default());
    assert!(!plain.to_json().contains("rooms, 0.01"));
}

#[test]
fn every_node_has_a_sentence_whatever_is_answered() {
    let form = Form::new(FORM);
    let context = Form::context();
    let cases = [
        "{}",
        FULL,
        r#"{"flats": []}"#,
        r#"{"flats": 5, "moved_in": "x", "children": 1}"#,
    ];
    for answers in cases {
        let answers = Answers::from_json(answers).unwrap();
        for node in explainable_nodes(&form.plan) {
            for expressions in [false, true] {
                let options = Options { expressions };
                let told =
                    explain_with(&form.plan, "en", &answers, &context, &node, options).unwrap();
                let text = told.to_text();
                assert!(!text.contains("explain."), "{node}: {text}");
            }
        }
    }
}

#[test]
fn a_function_tells_its_arguments_and_a_collecting_table_its_rows() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: income
        type: money
        min: 0
        max: 1000
        label: Income
functions:
  - function: reduction
    label: Reduction
    arguments:
      looked_at:
        type: money
        min: 0
        max: 1000
        label: Income looked at
    expr: |
      let over = max(looked_at - 100, 0);
      round(over * 0.125, 0.01)
tables:
  grants:
    label: Grants
    hit: collect
    inputs:
      income:
        same_as: income
    outputs:
      amount: money
    rows:
      - income: < 500
        amount: 20
      - income: < 200
        amount: 5
      - income: '>= 300'
        amount: 1
values:
  reduced:
    expr: reduction(income)
    label: Reduced
  granted:
    expr: sum(grants(income))
    label: Granted
",
    );
    let answers = Answers::from_json(r#"{"income": "180"}"#).unwrap();
    let context = Form::context();
    let text = |node| {
        explain_with(
            &form.plan,
            "en",
            &answers,
            &context,
            node,
            Options::default(),
        )
        .unwrap()
        .to_text()
    };
    assert_eq!(
        text("values.reduced"),
        "Reduced: €10.00
  Reduction: €10.00
    Income looked at: €180.00
      Income: €180.00
    The greatest of €80.00 and €0.00: €80.00
      €180.00 − €100.00 = €80.00
    €80.00 × 0.125 = €10.00
"
    );
    assert_eq!(
        text("values.granted"),
        "Granted: €25.00
  Added up over “Grants”: €25.00
    Row 1: €20.00
    Row 2: €5.00
    Income: €180.00
"
    );
}

#[test]
fn years_are_written_without_a_separator() {
    let form = Form::new(
        "
pages:
  - page: one
    title: One
    fields:
      - field: day
        type: date
        label: Day
values:
  due: date(year_of(day) + 2, 1, 31)
  year: year_of(day) - 1
  days: days_between(day, \"2031-01-01\")
",
    );
    let text = |node: &str| {
        let answers = Answers::from_json(r#"{"day": "2022-04-06"}"#).unwrap();
        let context = Form::context();
        explain(&form.plan, "en", &answers, &context, node)
            .unwrap()
            .to_text()
    };
    let due = text("values.due");
    assert!(due.contains("The day of year 2024, month 1"), "{due}");
    assert!(due.contains("2022 + 2 = 2024"), "{due}");
    assert!(text("values.year").contains("2022 − 1 = 2021"));
    // Other numbers keep it.
    assert!(text("values.days").contains("3,192"));
}

#[test]
fn a_node_that_is_not_there_is_answered_with_those_of_its_kind() {
    let mut values = String::new();
    for index in 0..40 {
        values.push_str(&format!("  v{index}: 1 + {index}\n"));
    }
    let form = Form::new(&format!(
        "
pages:
  - page: one
    title: One
    fields:
      - field: day
        type: date
        label: Day
fees:
  - fee: base
    label: Base
    amount: 5.00
values:
{values}"
    ));
    let said = |node: &str| {
        let answers = Answers::from_json("{}").unwrap();
        let context = Form::context();
        let error = explain(&form.plan, "en", &answers, &context, node).unwrap_err();
        error.to_string()
    };
    assert!(said("fees.bass").ends_with("there is fees.total, fees.base"));
    assert!(said("values.base").ends_with("there is fees.base"));
    let all = said("values.w1");
    assert!(all.ends_with("values.v11 and 28 more"), "{all}");
}
