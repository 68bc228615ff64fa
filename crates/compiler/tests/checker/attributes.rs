//! Attributes of options.

use counterfoil_engine::{Answers, Context, Plan, evaluate, explain};

use crate::{BASE, compiled, findings};

const SETS: &str = "option_sets:
  tax_years:
    attributes:
      starts: date
      rate: decimal
    options:
      2018-19:
        label: 2018 to 2019
        starts: 2018-04-06
        rate: 0.2
      2019-20:
        label: 2019 to 2020
        starts: 2019-04-06
        rate: 0.25
  colours:
";

fn form(values: &str) -> String {
    let base = BASE.replace("option_sets:\n  colours:\n", SETS);
    let base = base.replace(
        "      - field: note\n",
        "      - field: tax_year
        type: choice
        label: Year
        options: tax_years
      - field: earlier_year
        type: choice
        label: Earlier year
        required: false
        options: tax_years
      - field: band
        type: choice
        label: Band
        attributes:
          amount: money
        options:
          low:
            label: Low
            amount: 1.50
          high:
            label: High
            amount: 20
      - field: note
",
    );
    format!("{base}{values}")
}

#[test]
fn attributes_are_those_of_the_option_that_is_chosen() {
    let text = form(
        "functions:
  - function: start_of
    arguments:
      year:
        same_as: tax_year
    expr: year.starts
values:
  starts: tax_year.starts
  by_function: start_of(tax_year)
  due: round(tax_year.rate * band.amount, 0.01)
  earlier: earlier_year.rate ?? 0
",
    );
    let compiled = compiled(&text);
    let plan = compiled
        .plan
        .unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let plan = Plan::from_json(&plan.to_json()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let value = |answers: &str, id: &str| {
        let answers = Answers::from_json(answers).unwrap();
        let report = evaluate(&plan, &answers, &context).unwrap();
        report
            .values
            .get(id)
            .and_then(|v| v.as_text())
            .map(str::to_owned)
    };
    let answers = r#"{"tax_year": "2019-20", "band": "high"}"#;
    assert_eq!(value(answers, "starts").as_deref(), Some("2019-04-06"));
    assert_eq!(value(answers, "by_function").as_deref(), Some("2019-04-06"));
    assert_eq!(value(answers, "due").as_deref(), Some("5.00"));
    assert_eq!(value(answers, "earlier").as_deref(), Some("0"));
    assert_eq!(value("{}", "starts"), None);
    let earlier = r#"{"earlier_year": "2018-19"}"#;
    assert_eq!(value(earlier, "earlier").as_deref(), Some("0.2"));
    let answers = Answers::from_json(answers).unwrap();
    let tree = explain(&plan, "en", &answers, &context, "values.starts").unwrap();
    assert_eq!(
        tree.to_text(),
        "starts: 6 April 2019\n  starts: 6 April 2019\n    Year: 2019 to 2020\n"
    );
}

#[test]
fn attributes_are_checked_where_they_are_declared_and_read() {
    let none: [&str; 0] = [];
    let value = |expr: &str| findings(&form(&format!("values:\n  v: {expr}\n")));
    assert_eq!(value("tax_year.rate + 1"), none);
    assert_eq!(value("tax_year.starts < today"), none);
    assert_eq!(
        value("if answered(earlier_year) { earlier_year.rate } else { 0 }"),
        none
    );
    assert_eq!(value("earlier_year.rate + 1"), ["CF0401 earlier_year.rate"]);
    assert_eq!(value("tax_year.ends"), ["CF0205 ends"]);
    assert_eq!(value("organiser.rate"), ["CF0205 rate"]);
    assert_eq!(value("age.rate"), ["CF0207 age.rate"]);
    assert_eq!(value("features.rate"), ["CF0207 features.rate"]);
    let slip = form("").replacen("        rate: 0.2\n", "", 1);
    assert_eq!(findings(&slip), ["CF0142 2018-19"]);
    let slip = form("").replacen("starts: 2018-04-06", "starts: soon", 1);
    assert_eq!(findings(&slip), ["CF0110 soon"]);
    let slip = form("").replacen("      rate: decimal\n", "      when: decimal\n", 1);
    assert!(findings(&slip)[0].starts_with("CF0202 when"));
}

#[test]
fn attributes_are_written_out_as_they_are_read() {
    let text = form("values:\n  a: tax_year.rate + 1\n  b: earlier_year.rate ?? 0\n");
    let rules = compiled(&text).plan.unwrap().rules;
    let written: Vec<_> = rules
        .values
        .iter()
        .map(|value| rules.expression_text(&value.expr, None))
        .collect();
    assert_eq!(written, ["tax_year.rate + 1", "earlier_year.rate ?? 0"]);
}
