//! The bound of an evaluation's work, and the work that is done.

use std::{borrow::Cow, path::Path};

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{
    Answers, Context, Plan,
    answers::{AnswersOf, Data},
    evaluate_metered,
    plan::PageContent,
};
use proptest::prelude::*;

use crate::{QUESTIONS, compiled, findings};

fn heavy(max: u32) -> String {
    let group = |name: &str| {
        format!(
            "  - page: {name}_page\n    title: T\n    group: {name}\n    max: {max}\n    fields:\n      - \
             field: {name}_n\n        type: integer\n        min: 0\n        max: 9\n        label: N\n"
        )
    };
    let values = "    values:\n      both:\n        label: Both\n        expr: sum(rights.rights_n) + lefts_n\n";
    format!("{QUESTIONS}{}{}{values}", group("rights"), group("lefts"))
}

#[test]
fn work_beyond_what_is_usual_is_told_and_beyond_the_cap_refused() {
    assert_eq!(findings(&heavy(100)), Vec::<String>::new());
    let found = findings(&heavy(1_000));
    assert_eq!(found, ["CF1030 note sample"]);
    let found = findings(&heavy(10_000));
    assert_eq!(found, ["CF1030 error sample"]);
    assert!(compiled(&heavy(10_000)).plan.is_none());
}

fn plans() -> Vec<Plan> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    let houses = ["street-party", "building-permit"].map(|name| {
        let files = Files::on_disk(&folder.join(name)).unwrap();
        compile(&files).plan.unwrap()
    });
    let heavy = compiled(&heavy(6)).plan.unwrap();
    houses
        .into_iter()
        .chain([heavy])
        .map(|plan| Plan::load(plan).unwrap())
        .collect()
}

/// An answer of any kind, fitting or not.
fn anything() -> impl Strategy<Value = Data> {
    prop_oneof![
        Just(Data::Null),
        any::<bool>().prop_map(Data::Bool),
        (0..200_u32).prop_map(|n| Data::number(n.to_string())),
        prop::sample::select(vec![
            "neighbours",
            "charity",
            "company",
            "R1",
            "new",
            "gold",
            "email"
        ])
        .prop_map(|text| Data::text(text.to_owned())),
        Just(Data::text("2026-06-01")),
        Just(Data::List(vec![Data::text("pool")])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_answers_take_more_work_than_the_bound_or_less(
        choices in prop::collection::vec(prop::option::of(anything()), 60),
        records in 0..8_usize,
    ) {
        for plan in plans_once() {
            let mut choices = choices.iter().cycle();
            let mut next = |id: &str| {
                let data = choices.next().cloned().flatten()?;
                Some((Cow::from(id.to_owned()), data))
            };
            let mut answers = Vec::new();
            for page in &plan.rules().pages {
                match &page.content {
                    PageContent::Fields(fields) => {
                        answers.extend(fields.iter().filter_map(|f| next(&f.field)));
                    }
                    PageContent::Group(group) => {
                        let records = (0..records.min(group.max as usize)).map(|_| {
                            Data::Record(group.fields.iter().filter_map(|f| next(&f.field)).collect())
                        });
                        answers.push((group.group.clone().into(), Data::List(records.collect())));
                    }
                }
            }
            let context = Context::on("2026-06-01".parse().unwrap());
            let (_, work) = evaluate_metered(plan, &AnswersOf(answers), &context).unwrap();
            let bound = plan.work();
            prop_assert!(bound.least <= work && work <= bound.most, "{bound:?} {work}");
        }
    }
}

fn plans_once() -> &'static [Plan] {
    static PLANS: std::sync::OnceLock<Vec<Plan>> = std::sync::OnceLock::new();
    PLANS.get_or_init(plans)
}

#[test]
fn what_would_decide_is_followed_once_however_often_it_is_read() {
    // Each question hangs on the one before it twice; followed twice each, a hundred take for ever.
    let mut text = "form: chain\ntitle: Chain\ntimezone: Europe/London\nlanguages: [en]\npages:\n  - page: p\n    \
                    title: P\n    fields:\n      - field: f0\n        type: boolean\n        label: F\n"
        .to_owned();
    for index in 1..100 {
        let before = index - 1;
        text.push_str(&format!(
            "      - field: f{index}\n        type: boolean\n        label: F\n        when: answered(f{before}) \
             or f{before} == true\n"
        ));
    }
    text.push_str(
        "decisions:\n  - decision: d\n    title: D\n    rules:\n      - rule: r\n        require: answered(f99)\n        \
         say: No\n",
    );
    let plan = Plan::load(compiled(&text).plan.unwrap()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let (report, work) = evaluate_metered(&plan, &Answers::default(), &context).unwrap();
    assert_eq!(report.decisions[0].needs, ["f0"]);
    assert!(work <= plan.work().most && work < 10_000, "{work}");
}

#[test]
fn a_decision_that_follows_functions_takes_no_more_than_the_bound() {
    // Each level calls the one below three times, and all arguments stay open.
    let function = |name: &str, max: u32, body: &str| {
        format!(
            "  - function: {name}\n    label: F\n    arguments:\n      n:\n        type: integer\n        \
             min: 0\n        max: {max}\n    expr: |\n      {body}\n"
        )
    };
    let mut text = format!(
        "{QUESTIONS}functions:\n{}",
        function("f0", 100_000_000, "n + 1")
    );
    for level in 1..6 {
        let (below, max) = (level - 1, 100_000_000 / 10_u32.pow(level));
        let body = format!(
            "let twice = f{below}(n) * 2; min(f{below}(min(twice, 9)) + f{below}(n), {max})"
        );
        text.push_str(&function(&format!("f{level}"), max, &body));
    }
    text.push_str(
        "decisions:\n  - decision: d\n    title: D\n    rules:\n      - rule: r\n        \
         require: f5(age + (guests ?? 0)) > 3\n        say: No\n",
    );
    let plan = Plan::load(compiled(&text).plan.unwrap()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let (report, work) = evaluate_metered(&plan, &Answers::default(), &context).unwrap();
    assert_eq!(report.decisions[0].needs, ["age"]);
    assert!(work <= plan.work().most, "{work} {:?}", plan.work());
}
