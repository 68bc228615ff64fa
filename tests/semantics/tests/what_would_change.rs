//! What would change a verdict: everything proposed is reproduced by the engine, and nothing nearer does.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_engine::{
    Answers, Plan,
    answers::{AnswersOf, Data, Entries},
    changes::{MAX_EVALUATIONS, MAX_PROPOSALS, WhatWouldChange, change_words, what_would_change},
    evaluate,
    report::Verdict,
};
use counterfoil_semantics::Form;
use proptest::prelude::*;

const FORM: &str = "
parameters:
  limit:
    type: money
    value: 1200.00
pages:
  - page: you
    title: You
    fields:
      - field: born
        type: date
        fixed: true
        label: When were you born?
      - field: resident
        type: boolean
        label: Do you live here?
      - field: people
        type: integer
        min: 1
        max: 20
        label: How many are you?
      - field: income
        type: money
        min: 0
        max: 100000
        label: Income
      - field: moved_in
        type: date
        label: When did you move in?
      - field: status
        type: choice
        label: What are you?
        options:
          student: Student
          worker: Worker
          pensioner: Pensioner
      - field: grant
        type: money
        min: 0
        max: 5000
        label: Grant
        when: status == \"student\"
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
values:
  allowed:
    expr: limit * people
    label: Allowed
decisions:
  - decision: benefit
    title: Benefit
    rules:
      - rule: adult
        require: age_on(born, today) >= 18
        say: Adults alone
      - rule: lives_here
        require: resident
        say: You must live here
      - rule: low_income
        require: income <= allowed
        say: Too much
      - rule: long_here
        require: days_between(moved_in, today) >= 90
        say: Not long enough
      - rule: no_large_grant
        when: status == \"student\"
        require: grant <= 600
        say: Too large
      - rule: small
        require: sum(flats.rooms) <= 5
        say: Too many rooms
  - decision: silent
    title: Silent
    suggest_changes: false
    rules:
      - rule: silent_lives_here
        require: resident
        say: You must live here
";

const ELIGIBLE: &str = r#"{"born": "1990-01-01", "resident": true, "people": 2, "income": "1850.00",
    "moved_in": "2020-01-01", "status": "worker", "flats": [{"rooms": 2}, {"rooms": 3}]}"#;

fn plan() -> Plan {
    Form::new(FORM).plan
}

fn put(answers: &mut Answers, path: &str, value: &Data) {
    let slot = |entries: &mut Entries<'static>, key: &str, value: &Data| {
        entries.retain(|(k, _)| k != key);
        entries.push((key.to_owned().into(), value.clone()));
    };
    let Some((group, rest)) = path.split_once('[') else {
        return slot(&mut answers.0, path, value);
    };
    let (index, field) = rest.split_once("].").unwrap();
    for (key, data) in &mut answers.0 {
        if let (true, Data::List(records)) = (key == group, data) {
            let Data::Record(entries) = &mut records[index.parse::<usize>().unwrap()] else {
                panic!("no record at {path}");
            };
            slot(entries, field, value);
        }
    }
}

fn with(changes: &[(&str, Data)]) -> Answers {
    let mut answers = Answers::from_json(ELIGIBLE).unwrap();
    for (path, value) in changes {
        put(&mut answers, path, value);
    }
    answers
}

fn text(text: &str) -> Data {
    Data::text(text.to_owned())
}

fn found(answers: &Answers, decision: &str) -> WhatWouldChange {
    what_would_change(&plan(), answers, &Form::context(), decision)
        .unwrap()
        .unwrap()
}

fn told(answers: &Answers) -> Vec<String> {
    let found = found(answers, "benefit");
    let words = change_words(&plan(), "en", &found.proposals);
    let one = |changes: &Vec<counterfoil_engine::changes::ChangeWords>| {
        let texts = changes.iter().map(|c| format!("{} {}", c.label, c.value));
        texts.collect::<Vec<_>>().join(" and ")
    };
    words.iter().map(one).collect()
}

fn is_eligible(plan: &Plan, answers: &Answers, decision: &str) -> bool {
    let report = evaluate(plan, answers, &Form::context()).unwrap();
    let mut decisions = report.decisions.iter();
    decisions.any(|d| d.decision == decision && d.verdict == Verdict::Eligible)
}

#[test]
fn a_single_answer_is_told() {
    let no = Data::Bool(false);
    assert_eq!(told(&with(&[("resident", no)])), ["Do you live here? Yes"]);
}

#[test]
fn the_nearest_number_is_found_though_no_constant_says_it() {
    assert_eq!(
        told(&with(&[("income", text("3000.00"))])),
        ["How many are you? 3", "Income €2,400.00"]
    );
}

#[test]
fn the_nearest_day_is_found() {
    assert_eq!(
        told(&with(&[("moved_in", text("2026-05-30"))])),
        ["When did you move in? 3 March 2026"]
    );
}

#[test]
fn options_are_told_together_and_a_question_that_goes_away_counts() {
    let student = with(&[("status", text("student")), ("grant", text("700.00"))]);
    assert_eq!(
        told(&student),
        ["What are you? Worker or Pensioner", "Grant €600.00"]
    );
}

#[test]
fn an_answer_of_a_record_is_told_with_its_record() {
    let large = with(&[("flats[1].rooms", Data::number("6"))]);
    assert_eq!(told(&large), ["flat 2: Rooms 3"]);
}

#[test]
fn two_answers_are_told_where_no_single_one_does() {
    let both = with(&[("resident", Data::Bool(false)), ("income", text("3000.00"))]);
    assert_eq!(
        told(&both),
        [
            "Do you live here? Yes and How many are you? 3",
            "Do you live here? Yes and Income €2,400.00"
        ]
    );
}

#[test]
fn nothing_is_proposed_where_nobody_can_change_it_or_the_form_will_not() {
    let child = with(&[("born", text("2020-01-01"))]);
    let result = found(&child, "benefit");
    assert_eq!((result.proposals.len(), result.finished), (0, true));
    let away = with(&[("resident", Data::Bool(false))]);
    assert!(found(&away, "silent").proposals.is_empty());
    assert_eq!(found(&away, "silent").evaluations, 1);
}

#[test]
fn an_undetermined_decision_lists_what_it_needs() {
    let mut answers = with(&[]);
    answers.0.retain(|(key, _)| key != "income");
    let result = found(&answers, "benefit");
    assert_eq!(result.verdict, Verdict::Undetermined);
    assert_eq!(result.needs, ["income"]);
    assert!(result.proposals.is_empty());
}

#[test]
fn an_unknown_decision_is_none() {
    let result = what_would_change(&plan(), &with(&[]), &Form::context(), "nothing");
    assert_eq!(result, Ok(None));
}

/// A step nearer to the answer as it is.
fn nearer(path: &str, value: &Data, given: &Answers) -> Option<Data> {
    match (path, value, given.get(path)?) {
        ("people", Data::Number(at), Data::Number(given)) => {
            let (at, given): (i64, i64) = (at.parse().unwrap(), given.parse().unwrap());
            Some(Data::number((at + (given - at).signum()).to_string()))
        }
        ("income" | "grant", Data::Text(at), Data::Text(given)) => {
            let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
            let (at, given) = (cents(at), cents(given));
            let at = at + (given - at).signum();
            Some(Data::text(format!("{}.{:02}", at / 100, at % 100)))
        }
        ("moved_in", Data::Text(at), Data::Text(given)) => {
            let day = |text: &str| text.parse::<counterfoil_engine::date::Day>().unwrap();
            let step = day(at).days_until(day(given)).signum();
            Some(Data::text(day(at).add_days(step).unwrap().to_string()))
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_proposal_is_reproduced_and_nothing_nearer_does(
        resident: bool,
        people in 1_i64..=20,
        income in 0_i64..=10_000_000,
        moved in 18_000_i64..21_000,
        status in 0_usize..3,
        grant in 0_i64..=500_000,
        rooms in 1_i64..=9,
    ) {
        let money = |cents: i64| Data::text(format!("{}.{:02}", cents / 100, cents % 100));
        let day = counterfoil_engine::date::Day::from_number(moved).unwrap();
        let status = ["student", "worker", "pensioner"][status];
        let mut answers = with(&[
            ("resident", Data::Bool(resident)),
            ("people", Data::number(people.to_string())),
            ("income", money(income)),
            ("moved_in", text(&day.to_string())),
            ("status", text(status)),
            ("flats[0].rooms", Data::number(rooms.to_string())),
        ]);
        if status == "student" {
            put(&mut answers, "grant", &money(grant));
        }
        let plan = plan();
        let result = what_would_change(&plan, &answers, &Form::context(), "benefit").unwrap().unwrap();
        prop_assert!(result.evaluations <= MAX_EVALUATIONS);
        prop_assert!(result.proposals.len() <= MAX_PROPOSALS);
        for changes in &result.proposals {
            prop_assert!((1..=2).contains(&changes.len()));
            for value in &changes[0].values {
                let mut other = answers.clone();
                put(&mut other, &changes[0].path, value);
                for change in &changes[1..] {
                    prop_assert!(!is_eligible(&plan, &other, "benefit"), "one alone would do");
                    put(&mut other, &change.path, &change.values[0]);
                }
                prop_assert!(is_eligible(&plan, &other, "benefit"));
            }
            if let [change] = &changes[..]
                && let Some(near) = nearer(&change.path, &change.values[0], &answers) {
                    let mut other = answers.clone();
                    put(&mut other, &change.path, &near);
                    prop_assert!(!is_eligible(&plan, &other, "benefit"), "a nearer one does");
                }
        }
    }
}

#[test]
fn a_search_ends_with_as_many_proposals_as_are_made() {
    let names: Vec<String> = (0..9).map(|n| format!("q{n}")).collect();
    let fields = names
        .iter()
        .map(|name| format!("      - field: {name}\n        type: boolean\n        label: Q\n"));
    let form = format!(
        "pages:\n  - page: one\n    title: One\n    fields:\n{}decisions:\n  - decision: some\n    title: Some\n    rules:\n      - rule: any\n        require: {}\n        say: One of them\n",
        fields.collect::<String>(),
        names.join(" or ")
    );
    let plan = Form::new(&form).plan;
    let answers = AnswersOf(
        names
            .iter()
            .map(|name| (name.clone().into(), Data::Bool(false)))
            .collect(),
    );
    let found = what_would_change(&plan, &answers, &Form::context(), "some");
    let found = found.unwrap().unwrap();
    let paths = found
        .proposals
        .iter()
        .map(|changes| changes[0].path.as_str());
    assert_eq!(paths.collect::<Vec<_>>(), ["q0", "q1", "q2", "q3", "q4"]);
    assert_eq!(found.proposals.len(), MAX_PROPOSALS);
    // The answers as they are, and one for each proposal.
    assert_eq!(found.evaluations, 6);
    assert!(found.finished);
}

#[test]
fn a_search_ends_with_what_it_may_take() {
    let fields: String = (0..60)
        .map(|n| {
            format!(
                "      - field: n{n}\n        type: money\n        min: 0\n        max: 100000\n        label: N\n"
            )
        })
        .collect();
    let sum: Vec<String> = (0..60).map(|n| format!("n{n}")).collect();
    let form = format!(
        "pages:\n  - page: one\n    title: One\n    fields:\n{fields}decisions:\n  - decision: low\n    title: Low\n    rules:\n      - rule: few\n        require: {} <= 10\n        say: Few\n",
        sum.join(" + ")
    );
    let plan = Form::new(&form).plan;
    let answers = AnswersOf(
        (0..60)
            .map(|n| (format!("n{n}").into(), text("7.00")))
            .collect(),
    );
    let result = what_would_change(&plan, &answers, &Form::context(), "low");
    let result = result.unwrap().unwrap();
    assert_eq!(result.evaluations, MAX_EVALUATIONS);
    assert!(!result.finished && result.proposals.is_empty());
}
