//! Several decisions, what the office knows, and entitlements.

use std::borrow::Cow;

use counterfoil_engine::{
    Answers, Context,
    date::Day,
    explain,
    report::{Account, Report, Status, Verdict},
};
use counterfoil_semantics::{Form, errors, value};

const FORM: &str = "
parameters:
  per_child:
    type: money
    value: 10
facts:
  income:
    type: money
    min: 0
    max: 100000
    label: Income on file
  marks:
    type: set
    label: Marks on file
    options:
      debt: Debt
      fraud: Fraud
pages:
  - page: one
    title: One
    fields:
      - field: age
        type: integer
        min: 0
        max: 120
        label: Age
      - field: children
        type: integer
        min: 0
        max: 20
        label: Children
      - field: urgent
        type: boolean
        label: Urgent
values:
  poor: income < 1000
decisions:
  - decision: grant
    title: Grant
    rules:
      - rule: adult
        require: age >= 18
        say: Adults alone
      - rule: means
        when: children == 0
        require: poor
        say: The income is above the limit
  - decision: speed
    title: Speed
    rules:
      - rule: asked
        require: urgent
        say: Nobody asked
      - rule: clean
        require: rules.adult and not(\"fraud\" in marks)
        say: There is a mark on file
entitlements:
  - entitlement: base
    label: Base
    amount: round(100 - income / 1000, 0.01)
    decisions:
      - grant
  - entitlement: child
    label: For children
    when: children > 0
    amount: children * per_child
    decisions:
      - grant
  - entitlement: bonus
    label: Bonus
    when: urgent
    amount: round(subtotal * 0.1, 0.01)
    decisions:
      - speed
  - entitlement: remainder
    label: What is left of the children's part
    omit_zero: true
    amount: max(entitlements.child - 20, 0)
    decisions:
      - grant
";

fn verdicts(report: &Report) -> Vec<Verdict> {
    report.decisions.iter().map(|d| d.verdict).collect()
}

fn account(report: &Report) -> (Vec<(&str, &str)>, Option<&str>) {
    let account: &Account = report.entitlements.as_ref().expect("entitlements");
    let lines = account.lines.iter();
    let lines = lines.map(|line| (&*line.id, line.amount.as_deref().unwrap_or("null")));
    (lines.collect(), account.total.as_deref())
}

const ANSWERS: &str = r#"{"age": 30, "children": 3, "urgent": true}"#;

#[test]
fn an_absent_fact_is_pending_and_no_question_decides_it() {
    let form = Form::new(FORM);
    let report = form.report(r#"{"age": 30, "children": 0, "urgent": true}"#);
    assert_eq!(report.status, Status::Complete);
    assert_eq!(value(&report, "poor"), "absent");
    assert_eq!(
        verdicts(&report),
        [Verdict::Undetermined, Verdict::Undetermined]
    );
    assert_eq!(report.decisions[0].needs, Vec::<String>::new());
    // What is open of the answers is still told.
    let report = form.report(r#"{"children": 0, "urgent": true}"#);
    assert_eq!(report.decisions[0].needs, ["age"]);
    assert_eq!(report.decisions[1].needs, ["age"]);
}

#[test]
fn facts_are_read_as_strictly_as_answers_and_named_apart_from_them() {
    let form = Form::new(FORM);
    let known = |facts: &str| form.report_knowing(ANSWERS, facts);
    let report = known(r#"{"income": "500.00", "marks": ["debt"]}"#);
    assert_eq!(errors(&report), []);
    assert_eq!(value(&report, "poor"), "true");
    for (facts, path, code) in [
        (r#"{"income": true}"#, "facts.income", "type"),
        (r#"{"income": "1.005"}"#, "facts.income", "scale"),
        (r#"{"income": -1}"#, "facts.income", "range"),
        (r#"{"marks": ["theft"]}"#, "facts.marks", "option"),
        (r#"{"wealth": 1}"#, "facts.wealth", "unknown"),
        (r#"{"age": 1}"#, "facts.age", "unknown"),
        (r#"{"income": 1, "income": 2}"#, "facts.income", "duplicate"),
    ] {
        let report = known(facts);
        assert_eq!(errors(&report), [(path, code)], "{facts}");
        assert_eq!(report.status, Status::Invalid, "{facts}");
    }
    // One that is in error decides nothing.
    assert_eq!(value(&known(r#"{"income": -1}"#), "poor"), "absent");
    // The first of two counts.
    assert_eq!(
        value(&known(r#"{"income": 1, "income": 5000}"#), "poor"),
        "true"
    );
    let sent = form.report(r#"{"age": 30, "income": 1, "marks": []}"#);
    assert_eq!(errors(&sent), [("income", "fact"), ("marks", "fact")]);
}

#[test]
fn a_fact_without_a_value_is_as_good_as_absent() {
    let form = Form::new(FORM);
    for facts in [r#"{"income": null}"#, r#"{"income": ""}"#] {
        let report = form.report_knowing(ANSWERS, facts);
        assert_eq!(errors(&report), [], "{facts}");
        assert_eq!(value(&report, "poor"), "absent", "{facts}");
    }
    // An empty set is known: there are no marks. Where none are given nobody knows.
    let none = form.report_knowing(ANSWERS, r#"{"income": 500, "marks": []}"#);
    assert_eq!(verdicts(&none), [Verdict::Eligible, Verdict::Eligible]);
    let unknown = form.report_knowing(ANSWERS, r#"{"income": 500, "marks": null}"#);
    assert_eq!(
        verdicts(&unknown),
        [Verdict::Eligible, Verdict::Undetermined]
    );
}

#[test]
fn each_decision_has_a_verdict_of_its_own_and_can_read_rules_of_others() {
    let form = Form::new(FORM);
    let facts = r#"{"income": 5000, "marks": []}"#;
    let of = |answers: &str| {
        let report = form.report_knowing(answers, facts);
        let rules: Vec<Vec<(String, Option<bool>)>> = report
            .decisions
            .iter()
            .map(|d| {
                d.rules
                    .iter()
                    .map(|r| (r.rule.to_string(), r.holds))
                    .collect()
            })
            .collect();
        (verdicts(&report), rules)
    };
    let rule = |id: &str, holds: bool| (id.to_owned(), Some(holds));
    // A rule whose condition is false is left out.
    assert_eq!(
        of(ANSWERS),
        (
            vec![Verdict::Eligible, Verdict::Eligible],
            vec![
                vec![rule("adult", true)],
                vec![rule("asked", true), rule("clean", true)]
            ]
        )
    );
    assert_eq!(
        of(r#"{"age": 30, "children": 0, "urgent": true}"#),
        (
            vec![Verdict::Ineligible, Verdict::Eligible],
            vec![
                vec![rule("adult", true), rule("means", false)],
                vec![rule("asked", true), rule("clean", true)]
            ]
        )
    );
    assert_eq!(
        of(r#"{"age": 17, "children": 1, "urgent": true}"#).0,
        [Verdict::Ineligible, Verdict::Ineligible]
    );
    // One rule that fails decides, whatever is open.
    assert_eq!(
        of(r#"{"age": 17}"#).0,
        [Verdict::Ineligible, Verdict::Ineligible]
    );
}

#[test]
fn entitlements_add_up_like_fees_and_hang_on_their_own_decisions() {
    let form = Form::new(FORM);
    let report = form.report_knowing(ANSWERS, r#"{"income": "1234.50", "marks": []}"#);
    assert_eq!(report.fees, None);
    // 100 − 1.2345 is 98.77; a tenth of 98.77 + 30 is 12.877.
    assert_eq!(
        account(&report),
        (
            vec![
                ("base", "98.77"),
                ("child", "30.00"),
                ("bonus", "12.88"),
                ("remainder", "10.00")
            ],
            Some("151.65")
        )
    );
    // Without the bonus nothing hangs on the second decision.
    let slow = r#"{"age": 30, "children": 2, "urgent": false}"#;
    let report = form.report_knowing(slow, r#"{"income": 0, "marks": ["fraud"]}"#);
    assert_eq!(verdicts(&report), [Verdict::Eligible, Verdict::Ineligible]);
    assert_eq!(
        account(&report),
        (vec![("base", "100.00"), ("child", "20.00")], Some("120.00"))
    );
    // With it nothing is due before that decision is eligible.
    for marks in [r#"["fraud"]"#, "null"] {
        let facts = format!(r#"{{"income": 0, "marks": {marks}}}"#);
        let report = form.report_knowing(ANSWERS, &facts);
        assert_eq!(account(&report).1, None, "{marks}");
        assert_eq!(account(&report).0[2], ("bonus", "13.00"), "{marks}");
    }
    // A line that is open leaves the sum open, and those that build on it.
    let report = form.report(ANSWERS);
    assert_eq!(
        account(&report),
        (
            vec![
                ("base", "null"),
                ("child", "30.00"),
                ("bonus", "null"),
                ("remainder", "10.00")
            ],
            None
        )
    );
}

#[test]
fn entitlements_and_facts_are_explained() {
    let form = Form::new(FORM);
    let answers = Answers::from_json(ANSWERS).unwrap();
    let context = Context::from_json(
        r#"{"as_of": "2026-06-01", "facts": {"income": "1234.50", "marks": []}}"#,
    )
    .unwrap();
    assert_eq!(context.as_of, Day::from_ymd(2026, 6, 1).unwrap());
    let text = |node: &str| {
        explain(&form.plan, "en", &answers, &context, node)
            .unwrap()
            .to_text()
    };
    assert_eq!(
        text("entitlements.base"),
        "Base: €98.77\n  Rounded to whole cents: €98.77\n    €100.00 − (€1,234.50 ÷ 1,000)\n      \
         Income on file: €1,234.50\n"
    );
    let total = text("entitlements.total");
    assert!(total.contains("Bonus: €12.88"), "{total}");
}

/// A form with two decisions, a question that hangs on a rule of one, and lines that hang on either, both
/// or none.
const CHAINED: &str = "
pages:
  - page: one
    title: One
    fields:
      - field: age
        type: integer
        min: 0
        max: 120
        label: Age
      - field: student
        type: boolean
        label: Student
      - field: school
        type: text
        label: School
        when: rules.young == true and student
decisions:
  - decision: first
    title: First
    rules:
      - rule: young
        when: student
        require: age < 30
        say: Students under 30
  - decision: second
    title: Second
    if_ineligible: stop
    rules:
      - rule: either
        require: (rules.young ?? false) or age >= 60
        say: Young students and old people
fees:
  - fee: both
    label: Both
    amount: 1
  - fee: neither
    label: Neither
    amount: 2
    decisions: []
  - fee: only_second
    label: Second
    when: age >= 60
    amount: 4
    decisions:
      - second
";

#[test]
fn a_rule_that_does_not_apply_reads_as_blank_and_decides_nothing() {
    let form = Form::new(CHAINED);
    let of = |answers: &str| {
        let report = form.report(answers);
        let total = report.fees.as_ref().and_then(|fees| fees.total.clone());
        (verdicts(&report), report.missing.clone(), total)
    };
    let total = |amount: &str| Some(Cow::from(amount.to_owned()));
    assert_eq!(
        of(r#"{"age": 20, "student": true}"#),
        (
            vec![Verdict::Eligible, Verdict::Eligible],
            vec!["school".into()],
            total("3.00")
        )
    );
    // No rule of the first decision applies, and so none speaks against it.
    assert_eq!(
        of(r#"{"age": 70, "student": false}"#),
        (
            vec![Verdict::Eligible, Verdict::Eligible],
            vec![],
            total("7.00")
        )
    );
    assert_eq!(
        of(r#"{"age": 40, "student": false}"#),
        (vec![Verdict::Eligible, Verdict::Ineligible], vec![], None)
    );
    assert_eq!(
        of(r#"{"age": 70, "student": true}"#),
        (vec![Verdict::Ineligible, Verdict::Eligible], vec![], None)
    );
    let report = form.report(r#"{"age": 40}"#);
    assert_eq!(
        verdicts(&report),
        [Verdict::Undetermined, Verdict::Undetermined]
    );
    assert_eq!(report.decisions[0].needs, ["student"]);
    assert_eq!(report.decisions[1].needs, ["student"]);
    assert_eq!(report.missing, ["student"]);
}

#[test]
fn a_line_that_hangs_on_no_decision_waits_for_none() {
    let alone = CHAINED.replacen("    amount: 1\n", "    amount: 1\n    decisions: []\n", 1);
    let report = Form::new(&alone).report(r#"{"age": 40, "student": false}"#);
    let fees = report.fees.expect("fees");
    assert_eq!(fees.total.as_deref(), Some("3.00"));
}
