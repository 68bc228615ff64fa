//! The reference workload's own words: its fields in its order, and results that differ in the least.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::fs;

use counterfoil_conformance::{
    Workload, building_permit::names_in_field_order, cases, native, replay,
};
use counterfoil_engine::Plan;

struct Replayed {
    workload: Workload,
    plan: Plan,
    vectors: String,
}

fn folder() -> std::path::PathBuf {
    native::root().join("tests/conformance/building-permit")
}

fn building_permit() -> Replayed {
    Replayed {
        workload: Workload::of("building-permit").unwrap(),
        plan: Plan::from_json(&native::published_plan("building-permit").unwrap()).unwrap(),
        vectors: fs::read_to_string(folder().join("vectors.ndjson")).unwrap(),
    }
}

impl Replayed {
    fn cases(&self) -> Vec<cases::Case<'_>> {
        cases::read(&self.vectors, self.workload.day).unwrap()
    }

    fn reports(&self) -> Vec<String> {
        native::reports(&self.plan, &self.cases()).unwrap()
    }
}

#[test]
fn an_altered_fee_is_found_on_either_side() {
    let it = building_permit();
    let honest = it.reports();
    // The fee of an invalid submission may be known all the same, but is no part of its result.
    let complete = |report: &String| report.contains(r#""status":"complete""#);
    let line = honest
        .iter()
        .position(|report| complete(report) && report.contains(r#""total":"1"#))
        .unwrap();
    let mut altered = honest.clone();
    altered[line] = altered[line].replace(r#""total":"1"#, r#""total":"2"#);

    let results = replay::against_results(&it.workload, it.plan.rules(), &it.cases(), &altered);
    let native_altered = replay::against_each_other(&it.cases(), &altered, &honest);
    let wasm_altered = replay::against_each_other(&it.cases(), &honest, &altered);
    for outcome in [results, native_altered, wasm_altered] {
        let lines: Vec<_> = outcome
            .failures
            .iter()
            .map(|failure| failure.line)
            .collect();
        assert_eq!(lines, [line + 1], "{outcome}");
    }
    assert!(replay::against_each_other(&it.cases(), &honest, &honest).all_hold());
}

#[test]
fn the_form_has_the_workloads_fields_in_its_order() {
    let spec = fs::read_to_string(folder().join("SPEC.md")).unwrap();
    let rows = spec.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        cells.next()?.parse::<u32>().ok()?;
        cells.next().map(|key| key.replace("[i]", ""))
    });
    let expected: Vec<_> = rows.collect();
    assert_eq!(expected.len(), 44);
    assert_eq!(
        names_in_field_order(building_permit().plan.rules()),
        expected
    );
}
