//! A broken copy of a real form: ten mistakes, ten diagnostics, each at its line.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::path::Path;

use counterfoil_compiler::{Compiled, Files, compile, render};

fn broken() -> Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ten-mistakes");
    compile(&Files::on_disk(&folder).unwrap())
}

#[test]
fn each_mistake_is_reported_once_at_its_line() {
    let compiled = broken();
    assert!(compiled.plan.is_none());
    let found: Vec<String> = compiled
        .diagnostics
        .iter()
        .map(|found| {
            let file = compiled.sources.file(found.span.file);
            let line = file.position(found.span.start).line;
            let text = &file.text()[file.line_range(line)];
            format!("{} {}: {}", found.code.id, file.name(), text.trim())
        })
        .collect();
    assert_eq!(
        found,
        [
            r#"CF0206 form.yaml: when: applicant_kind == "compny""#,
            "CF0203 form.yaml: - field: applicant_street",
            "CF0104 form.yaml: when: !site_same_address",
            "CF0701 form.yaml: expr: min(sum(structures.floor_area_m2), highest_floor_area)",
            "CF0301 form.yaml: require: contractor_licence_expires >= applicant_postcode",
            "CF0401 form.yaml: require: site_flood_elevation_m >= flood_level",
            "CF0205 form.yaml: require: project_parking_spaces >= spaces_neded",
            "CF0601 form.yaml: amount: plan_tiers(works_declared_value)",
            "CF0501 form.yaml: base_fees:",
            "CF0502 tables/zone_uses.csv: C1,dwelling | industrial | accessory,false",
        ]
    );
}

#[test]
fn people_read_them_like_this() {
    let compiled = broken();
    insta::assert_snapshot!(render::human(
        &compiled.diagnostics,
        &compiled.sources,
        false
    ));
}
