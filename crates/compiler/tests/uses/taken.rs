//! What a form takes from a shared file, and what it leaves there.

use counterfoil_engine::{
    Answers, Context, Plan,
    date::Day,
    evaluate,
    plan::{FieldType, Published},
};

use super::{AGREED, form, plan};

fn names(plan: &Published) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    let rules = &plan.rules;
    (
        rules
            .parameters
            .iter()
            .map(|p| p.parameter.as_str())
            .collect(),
        rules.tables.iter().map(|t| t.table.as_str()).collect(),
        rules
            .functions
            .iter()
            .map(|f| f.function.as_str())
            .collect(),
    )
}

#[test]
fn only_what_is_used_enters_the_plan() {
    let fees = "fees:\n  - fee: stall\n    label: Stall\n    amount: stall_fee\n";
    let plan = plan(&form(AGREED, fees), &[]);
    assert_eq!(names(&plan), (vec!["stall_fee"], vec![], vec![]));
    let texts = &plan.texts["en"].texts;
    assert_eq!(texts["parameter.stall_fee.label"], "Fee for a stall");
    assert!(!texts.contains_key("function.half_of.label"));
    assert_eq!(plan.sources["parameter.stall_fee.0"], "Fees Order 1");
}

#[test]
fn what_is_used_brings_what_it_uses_itself() {
    let fees = "fees:\n  - fee: stall\n    label: Stall\n    amount: half_of(stall_fee)\n";
    let plan = plan(&form(AGREED, fees), &[]);
    let mut parameters = names(&plan).0;
    parameters.sort_unstable();
    assert_eq!(parameters, ["discount", "stall_fee"]);
    assert_eq!(names(&plan).2, ["half_of"]);
}

#[test]
fn tables_option_sets_and_field_types_work_as_if_they_stood_in_the_form() {
    let fields = "      - field: region\n        type: choice\n        options: regions\n        label: Which region?\n      - field: car\n        type: plate\n";
    let fees = "fees:\n  - fee: region\n    label: Region\n    amount: region_fee(region)\n";
    let published = plan(&form(fields, fees), &[]);
    let (parameters, tables, _) = names(&published);
    assert_eq!(
        (parameters, tables),
        (vec!["least_letters"], vec!["region_fee"])
    );
    let counterfoil_engine::plan::PageContent::Fields(fields) = &published.rules.pages[0].content
    else {
        panic!("a page of fields");
    };
    assert!(matches!(&fields[0].type_, FieldType::Choice { options } if options.len() == 2));
    let plan = Plan::load(published).unwrap();
    let context = Context {
        as_of: Day::from_ymd(2026, 6, 1).unwrap(),
        facts: Vec::new(),
    };
    let report =
        |answers: &str| evaluate(&plan, &Answers::from_json(answers).unwrap(), &context).unwrap();
    let good = report(r#"{"region":"south","car":"AB12"}"#);
    assert_eq!(good.fees.unwrap().total.unwrap().to_string(), "20.00");
    let bad = report(r#"{"region":"south","car":"A"}"#);
    assert_eq!(bad.errors.len(), 1);
}

#[test]
fn the_plan_is_that_of_a_form_that_declares_everything_itself() {
    let fees = "fees:\n  - fee: stall\n    label: Stall\n    amount: half_of(stall_fee)\n";
    let shared = plan(&form(AGREED, fees), &[]);
    let own = "parameters:\n  stall_fee:\n    type: money\n    label: Fee for a stall\n    periods:\n      - value: 12.50\n        source: Fees Order 1\n  discount:\n    type: decimal\n    periods:\n      - value: 0.5\nfunctions:\n  - function: half_of\n    label: Half\n    arguments:\n      amount: money\n    expr: round(amount * discount, 0.01)\n";
    let form =
        form(AGREED, &format!("{own}{fees}")).replace("uses:\n  - ../shared/fees.yaml\n", "");
    let own = plan(&form, &[]);
    assert_eq!(shared.id(), own.id());
}

#[test]
fn names_within_a_function_of_the_form_take_nothing() {
    let functions = "functions:\n  - function: twice\n    arguments:\n      unread: integer\n    expr: unread * 2\nvalues:\n  four:\n    label: Four\n    expr: twice(2)\nfees:\n  - fee: stall\n    label: Stall\n    amount: stall_fee\n";
    let compiled = super::compiled(&form(AGREED, functions), &[]);
    // The name means two things there, as it would if the form declared the parameter itself.
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|d| d.code.id).collect();
    assert_eq!(codes, ["CF0211"]);
}

#[test]
fn names_within_a_shared_function_are_its_own() {
    // The form has a field and a value of the same names, and the value calls the function.
    let fields = "      - field: discounted\n        type: boolean\n        label: Discounted?\n";
    let further = "values:\n  amount:\n    label: Amount\n    expr: half_of(12.50)\nfees:\n  - fee: stall\n    label: Stall\n    amount: amount + half_of(stall_fee)\n";
    let plan = plan(&form(fields, further), &[]);
    assert_eq!(names(&plan).2, ["half_of"]);
}

#[test]
fn rows_that_one_form_does_not_reach_are_for_others() {
    let fees = "fees:\n  - fee: north\n    label: North\n    amount: region_fee(\"north\")\n";
    plan(&form(AGREED, fees), &[]);
}
