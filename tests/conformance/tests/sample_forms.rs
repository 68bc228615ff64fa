//! Every form of this repository, and every form that the guide shows, is sound and passes its own tests.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::{fs, path::PathBuf};

use counterfoil_compiler::{Files, compile, form_tests, render};
use counterfoil_conformance::{Workload, native::root, workload};
use counterfoil_engine::{
    Answers, Context, Plan,
    date::Day,
    evaluate,
    report::{DecisionReport, Status, Verdict},
};

/// Forms that tell what somebody may be entitled to, of which nobody gets everything.
const SCREENERS: &[&str] = &["benefit-screener"];

fn sound_plan(name: &str, files: &Files) -> Plan {
    let compiled = compile(files);
    let said = render::human(&compiled.diagnostics, &compiled.sources, false);
    assert_eq!(said, "", "{name}");
    Plan::from_json(&compiled.plan.unwrap().to_json()).unwrap()
}

fn assert_tests_pass(name: &str, files: &Files, plan: &Plan) {
    let run = form_tests::run(files, plan);
    let said = render::human(&run.diagnostics, &run.sources, false);
    assert_eq!(said, "", "{name}");
    assert!(!run.tests.is_empty(), "{name}");
    for test in &run.tests {
        assert!(test.passed(), "{name}: {test:?}");
    }
}

fn forms() -> Vec<(String, PathBuf)> {
    let forms = workload::forms().unwrap();
    assert!(forms.len() >= 2);
    let folder = |name: String| {
        let folder = root().join("forms").join(&name);
        (name, folder)
    };
    forms.into_iter().map(folder).collect()
}

#[test]
fn every_form_is_sound_and_passes_its_tests() {
    for (name, folder) in forms() {
        let files = Files::on_disk(&folder).unwrap();
        assert_tests_pass(&name, &files, &sound_plan(&name, &files));
    }
}

#[test]
fn every_example_can_be_sent_as_it_is() {
    let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
    for (name, folder) in forms() {
        // The day that the README names or the forms' own tests begin with, and one under the
        // parameters of a later period, where the form is still in force.
        let first = Workload::of(&name).unwrap().day.unwrap_or(day(2026, 6, 1));
        let plan = sound_plan(&name, &Files::on_disk(&folder).unwrap());
        let example = fs::read_to_string(folder.join("example.json")).unwrap();
        let answers = Answers::from_json(&example).unwrap();
        assert!(
            evaluate(&plan, &answers, &Context::on(first)).is_ok(),
            "{name}"
        );
        for day in [first, day(2028, 6, 1)] {
            let Ok(report) = evaluate(&plan, &answers, &Context::on(day)) else {
                continue;
            };
            assert_eq!(report.status, Status::Complete, "{name}");
            assert_eq!(report.ignored, [""; 0], "{name}");
            // What only the office knows is not in an example, and all else is decided.
            let on_facts = !plan.rules().facts.is_empty();
            let open = |d: &DecisionReport| {
                on_facts && d.verdict == Verdict::Undetermined && d.needs.is_empty()
            };
            // An example qualifies for all that it asks for; who is screened for several things at once
            // does for one of them.
            let decisions = &report.decisions;
            let is_screened = SCREENERS.contains(&name.as_str());
            let eligible = |d: &DecisionReport| d.verdict == Verdict::Eligible;
            assert!(
                decisions.iter().all(|d| eligible(d)
                    || open(d)
                    || is_screened && d.verdict == Verdict::Ineligible),
                "{name}"
            );
            assert!(!is_screened || decisions.iter().any(eligible), "{name}");
            // A total stands wherever all that it hangs on is decided so.
            let rules = plan.rules();
            for (account, lines) in [
                (&report.fees, &rules.fees),
                (&report.entitlements, &rules.entitlements),
            ] {
                let Some(account) = account else { continue };
                let hangs_on = |d: &&DecisionReport| {
                    lines
                        .iter()
                        .any(|line| line.decisions.iter().any(|id| *id == d.decision))
                };
                let expected = decisions.iter().filter(hangs_on).all(eligible);
                assert_eq!(account.total.is_some(), expected, "{name}");
            }
        }
    }
}
