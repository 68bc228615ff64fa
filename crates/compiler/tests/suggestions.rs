//! Coverage, suggested tests and comparisons: what is claimed, the engine reproduces.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use counterfoil_compiler::{
    Files, compile,
    coverage::{Coverage, Places, impossible, measure},
    diff::{Kind, Version, compare},
    form_tests,
    search::{Case, Options, Search},
    suggest::{append, suggest},
};
use counterfoil_engine::{
    Plan,
    answers::{AnswersOf, Data},
    observe::{Goal, Observer},
};

const SMALL: &str = "
form: small
title: Small
currency: GBP
timezone: Europe/London
languages:
  - en
effective: 2026-01-01..2027-12-31
parameters:
  price:
    type: money
    periods:
      - value: 2.00
      - from: 2027-01-01
        value: 3.00
pages:
  - page: one
    title: One
    fields:
      - field: people
        type: integer
        min: 0
        max: 4
        label: Count
      - field: member
        type: boolean
        label: Member
      - field: discount
        type: integer
        min: 0
        max: 2
        label: Discount
        when: member and people > 1
        required: false
values:
  saved: if member { discount ?? 0 } else { 0 }
decisions:
  - decision: entry
    title: Entry
    rules:
      - rule: enough
        require: people - saved >= 2 or member
        say: Too few
fees:
  - fee: entry
    label: Entry
    amount: people * price
  - fee: never
    label: Never
    when: people > 3 and saved > 1
    amount: 1.00
";

fn files(form: &str) -> Files {
    Files::in_memory([("form.yaml", form)])
}

fn plan(files: &Files) -> Plan {
    let compiled = compile(files);
    Plan::load(
        compiled
            .plan
            .unwrap_or_else(|| panic!("{:?}", compiled.diagnostics)),
    )
    .unwrap()
}

fn coverage_of(files: &Files, plan: &Plan) -> Coverage {
    let run = form_tests::run(files, plan);
    assert!(run.passed(), "{:?} {:?}", run.diagnostics, run.tests);
    let cases: Vec<Case> = run.tests.into_iter().map(|test| test.case).collect();
    measure(
        &Observer::new(plan),
        &cases,
        &BTreeMap::new(),
        &Places::new(files),
    )
}

/// Appends suggestions to a form's tests and runs them.
fn with_suggestions(files: &Files, day: &str) -> (Coverage, usize) {
    let plan = plan(files);
    let observer = Observer::new(&plan);
    let known = String::from_utf8(files.get("tests.yaml").unwrap_or_default().to_vec()).unwrap();
    let run = form_tests::run(files, &plan);
    let cases: Vec<Case> = run.tests.iter().map(|test| test.case.clone()).collect();
    let names: Vec<String> = run.tests.iter().map(|test| test.test.clone()).collect();
    let places = Places::new(files);
    let before = measure(&observer, &cases, &BTreeMap::new(), &places);
    let options = Options::on(day.parse().unwrap());
    let found = suggest(&observer, &before.gaps, &cases, &names, options, &places);
    let again = suggest(&observer, &before.gaps, &cases, &names, options, &places);
    assert_eq!(found, again, "the search gives the same every time");
    let all = files
        .names()
        .filter(|name| *name != "tests.yaml")
        .map(|name| (name.to_owned(), files.get(name).unwrap().to_vec()))
        .chain([(
            "tests.yaml".to_owned(),
            append(&known, &found.tests)
                .expect("the tests stand one below the other")
                .into_bytes(),
        )]);
    let appended = Files::in_memory(all.collect::<Vec<_>>());
    let after = coverage_of(&appended, &plan);
    let missed: BTreeSet<Goal> = after.gaps.iter().map(|gap| gap.goal).collect();
    let unreached: BTreeSet<Goal> = found.unreached.iter().map(|gap| gap.goal).collect();
    assert_eq!(
        missed, unreached,
        "what was not reached is told, all else is covered"
    );
    (after, found.tests.len())
}

#[test]
fn suggested_tests_of_real_forms_pass_and_cover_all_of_them() {
    for form in ["street-party", "building-permit"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../forms")
            .join(form);
        let files = Files::on_disk(&folder).unwrap();
        let (coverage, _) = with_suggestions(&files, "2026-06-01");
        assert_eq!(coverage.all.percent(), 100, "{form}: {:?}", coverage.gaps);
    }
}

/// Every answer that the small form can be given, on days of both periods.
fn every_case() -> Vec<Case> {
    let number = |text: &str| Data::number(text.to_owned());
    let wrong = |text: &str| Data::text(text.to_owned());
    let numbers = |max: i32| {
        let mut all: Vec<Data> = (-1..=max + 1).map(|n| number(&n.to_string())).collect();
        all.extend([wrong("x"), Data::Null]);
        all
    };
    let mut cases = Vec::new();
    for day in ["2026-06-01", "2027-06-01"] {
        for people in numbers(4) {
            for member in [Data::Bool(true), Data::Bool(false), Data::Null] {
                for discount in numbers(2) {
                    let answers = [
                        ("people", people.clone()),
                        ("member", member.clone()),
                        ("discount", discount),
                    ];
                    let answers = answers.map(|(key, data)| (key.into(), data));
                    cases.push(Case {
                        answers: AnswersOf(answers.to_vec()),
                        ..Case::on(day.parse().unwrap())
                    });
                }
            }
        }
    }
    cases
}

#[test]
fn a_search_reaches_exactly_what_trying_everything_reaches() {
    let files = files(SMALL);
    let plan = plan(&files);
    let observer = Observer::new(&plan);
    let mut possible = BTreeSet::new();
    for case in every_case() {
        let (_, observation) = observer.observe(&case.answers, &case.context()).unwrap();
        possible.extend(
            observer
                .goals()
                .into_iter()
                .filter(|goal| observation.reaches(*goal)),
        );
    }
    let mut search = Search::new(&observer, Options::on("2026-06-01".parse().unwrap()));
    for goal in observer.goals() {
        let name = &observer.sites()[goal.site].name;
        let found = search.reach(goal);
        assert_eq!(
            found.is_some(),
            possible.contains(&goal),
            "{name} {}",
            goal.outcome
        );
        if let Some(case) = found {
            let (_, observation) = observer.observe(&case.answers, &case.context()).unwrap();
            assert!(
                observation.reaches(goal),
                "{name} {}: {case:?}",
                goal.outcome
            );
        }
    }
    with_suggestions(&files, "2026-06-01");
}

#[test]
fn names_of_places_are_unique_and_have_lines() {
    for form in ["street-party", "building-permit"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../forms")
            .join(form);
        let files = Files::on_disk(&folder).unwrap();
        let plan = plan(&files);
        let (observer, places) = (Observer::new(&plan), Places::new(&files));
        let names: BTreeSet<&str> = observer
            .sites()
            .iter()
            .map(|site| site.name.as_str())
            .collect();
        assert_eq!(names.len(), observer.sites().len());
        for site in observer.sites() {
            assert!(places.of(site).is_some(), "{}", site.name);
        }
    }
}

#[test]
fn observing_leaves_the_report_as_it_is() {
    let files = files(SMALL);
    let plan = plan(&files);
    let observer = Observer::new(&plan);
    for case in every_case() {
        let (report, _) = observer.observe(&case.answers, &case.context()).unwrap();
        let plain = counterfoil_engine::evaluate(&plan, &case.answers, &case.context()).unwrap();
        assert_eq!(report.to_json(), plain.to_json());
    }
}

#[test]
fn a_comparison_finds_each_change_with_its_cause() {
    let changed = SMALL
        .replace("value: 3.00", "value: 3.50")
        .replace(">= 2 or", ">= 3 or")
        .replace("max: 4", "max: 3");
    let (old, new) = (plan(&files(SMALL)), plan(&files(&changed)));
    let side = |plan| Version {
        plan,
        tests: Vec::new(),
    };
    let options = Options::on("2026-06-01".parse().unwrap());
    let found = compare(&side(&old), &side(&new), &[], options);
    let has = |kind: Kind, target: &str, cause: &str| {
        found.changes.iter().any(|change| {
            change.kind == kind && change.target == target && change.causes == [cause]
        })
    };
    assert!(
        has(Kind::Dearer, "fees.entry", "parameters.price.period.2"),
        "{found:#?}"
    );
    assert!(
        has(Kind::Lost, "decisions.entry", "rules.entry.enough"),
        "{found:#?}"
    );
    assert!(
        has(Kind::Refused, "errors.people: range", "fields.people"),
        "{found:#?}"
    );
    assert_eq!(found.drafts[0].text, "takes nothing above 3 now, before 4");
    let differs = |name: &str| {
        let mut definitions = found.definitions.iter();
        definitions
            .find(|definition| definition.name == name)
            .map(|d| d.text.as_str())
    };
    assert_eq!(differs("fields.people"), Some("max: 4 → 3"));
    assert_eq!(
        differs("rules.entry.enough"),
        Some("require: people - saved >= 2 or member → people - saved >= 3 or member")
    );
    let price = differs("parameters.price").unwrap_or_default();
    assert!(price.ends_with("3.00 → 3.50"), "{price}");

    let words = plan(&files(&SMALL.replace("say: Too few", "say: Not enough")));
    let found = compare(&side(&old), &side(&words), &[], options);
    assert!(found.is_texts_only(), "{found:#?}");
    assert!(compare(&side(&old), &side(&old), &[], options).is_same());
}

const CASES: &str = "\
test,as_of,people,member,=status,=fees.entry,=rules.entry.enough,=errors.people,=missing.member
Two,2026-06-01,2,false,complete,4.00,true,,
Too many,2026-06-01,5,false,invalid,,,range,
Not said,2026-06-01,2,,incomplete,4.00,null,,true
,2027-01-01,1,false,complete,3.00,false,,false
";

#[test]
fn tables_of_cases_are_tests() {
    let run = |csv: &str| {
        let tests = "tests:\n  - cases: tests/fees.csv\n";
        let files = Files::in_memory([
            ("form.yaml", SMALL),
            ("tests.yaml", tests),
            ("tests/fees.csv", csv),
        ]);
        form_tests::run(&files, &plan(&files))
    };
    let all = run(CASES);
    assert!(all.passed(), "{:#?} {:#?}", all.tests, all.diagnostics);
    assert_eq!(all.tests.len(), 4);
    assert_eq!(all.tests[3].test, "tests/fees.csv, row 4");
    assert_eq!(
        (all.tests[1].file.as_str(), all.tests[1].line),
        ("tests/fees.csv", 3)
    );
    for (right, wrong) in [
        ("complete,4.00", "complete,5.00"),
        (",range,", ",scale,"),
        (",true\n", ",false\n"),
        ("3.00,false,,false", "3.00,true,,false"),
        ("3.00,false,,false", "3.00,false,,true"),
    ] {
        let failing = run(&CASES.replace(right, wrong));
        assert!(!failing.passed(), "{wrong}");
    }
    let misspelt = run(&CASES.replace(",member,", ",membr,"));
    assert_eq!(misspelt.diagnostics[0].code.id, "CF0911");
    assert_eq!(
        misspelt.diagnostics[0].help.as_deref(),
        Some("Did you mean `member`?")
    );
}

#[test]
fn lists_can_be_expected_by_their_entries() {
    let run = |expect: &str| {
        let tests = format!(
            "tests:\n  - test: one\n    as_of: 2026-06-01\n    answers:\n      people: 5\n    expect:\n{expect}"
        );
        let files = Files::in_memory([("form.yaml", SMALL), ("tests.yaml", &tests)]);
        form_tests::run(&files, &plan(&files)).passed()
    };
    for (expect, passes) in [
        ("      errors:\n        people: range\n", true),
        ("      errors:\n        people: scale\n", false),
        ("      errors:\n        0:\n          code: range\n", true),
        (
            "      errors:\n        people:\n          params:\n            max: 4\n",
            true,
        ),
        ("      errors:\n        member: null\n", true),
        ("      missing:\n        member: true\n", true),
        ("      missing:\n        member: false\n", false),
        ("      missing:\n        people: false\n", true),
        ("      missing:\n        membr: false\n", false),
    ] {
        assert_eq!(run(expect), passes, "{expect}");
    }
}

const FUNCTIONS: &str = "
form: rates
title: Rates
currency: GBP
timezone: Europe/London
languages:
  - en
pages:
  - page: one
    title: One
    fields:
      - field: income
        type: money
        min: 0
        max: 1000
        label: Income
      - field: stay
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
        label: Stay
      - field: wait
        type: duration
        unit: days
        min: 0
        max: 30
        label: Wait
functions:
  - function: share
    arguments:
      amount:
        type: money
        min: 0
        max: 1000
    expr: |
      let over = max(amount - 400, 0);
      if over > 100 { over * 2 } else { over }
checks:
  - check: short
    at: stay
    require: days_in(stay) <= 14 or wait >= days(7)
    say: At most 14 days without a week of waiting
fees:
  - fee: share
    label: Share
    amount: share(income)
  - fee: extras
    label: Extras
    amount: sum(extras(income))
tables:
  extras:
    hit: collect
    inputs:
      income:
        same_as: income
    outputs:
      amount: money
    rows:
      - income: '> 100'
        amount: 1.00
      - income: '> 700'
        amount: 2.00
";

#[test]
fn functions_collected_rows_ranges_and_durations_are_covered_alike() {
    let files = files(FUNCTIONS);
    let observer = plan(&files);
    let names: Vec<String> = Observer::new(&observer)
        .sites()
        .iter()
        .map(|site| site.name.clone())
        .collect();
    for name in [
        "functions.share:result.if",
        "tables.extras.row.2",
        "fields.stay.errors.order",
    ] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
    let (coverage, _) = with_suggestions(&files, "2026-06-01");
    assert_eq!(coverage.all.percent(), 100, "{:?}", coverage.gaps);
}

#[test]
fn what_the_checker_has_refuted_does_not_count() {
    let form = SMALL.replace("people > 3 and saved > 1", "people > 5");
    let form = form.replace("people - saved >= 2 or member", "people < 9");
    let files = files(&form);
    let compiled = compile(&files);
    let plan = plan(&files);
    let observer = Observer::new(&plan);
    let places = Places::new(&files);
    let impossible = impossible(&observer, &compiled.diagnostics, &places);
    let coverage = measure(&observer, &[], &impossible, &places);
    let left_out: Vec<String> = coverage
        .impossible
        .iter()
        .map(|out| format!("{} ({})", out.gap.text, out.reason))
        .collect();
    assert_eq!(
        left_out,
        [
            "rule entry.enough does not hold (CF1001: a condition that is always true)",
            "fee never applies (CF1003: something that no answers lead to)",
            "fees.never is worked out (never: fee never applies)",
        ]
    );
    // With them, all that can come about would count, and nothing else.
    let all = measure(&observer, &[], &BTreeMap::new(), &places);
    assert_eq!(coverage.all.total + left_out.len(), all.all.total);
    assert_eq!(coverage.gaps.len(), coverage.all.total);
}

#[test]
fn a_period_that_is_read_on_other_days_counts() {
    let form = "
form: then
title: Then
currency: GBP
timezone: Europe/London
languages:
  - en
effective: 2024-01-01..2027-12-31
parameters:
  rate:
    type: money
    periods:
      - to: 2019-12-31
        value: 5.00
      - from: 2020-01-01
        value: 6.00
pages:
  - page: one
    title: One
    fields:
      - field: day
        type: date
        min: 2010-01-01
        max: 2027-12-31
        label: Day
fees:
  - fee: due
    label: Due
    amount: rate.on(day) ?? 0
";
    let files = files(form);
    let compiled = compile(&files);
    let plan = plan(&files);
    let observer = Observer::new(&plan);
    let places = Places::new(&files);
    let out = impossible(&observer, &compiled.diagnostics, &places);
    assert!(
        out.values().all(|reason| !reason.contains("in force")),
        "{out:?}"
    );
}
