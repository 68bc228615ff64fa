//! Bytes of a published plan, as an office or a browser may be sent them: a plan that loads can be
//! evaluated, written out, explained and typed into. The hashes are put right first, so that what is
//! inside is looked at.
#![no_main]

use counterfoil_engine::{
    Answers, Context, Plan, changes::what_would_change, evaluate, explain, hash, input, words,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;

const ANSWERS: &str = include_str!("../corpus/answers/complete");

fuzz_target!(|input: &str| {
    // As it came: whatever is wrong is an error.
    let _ = Plan::from_json(input);
    let Some(sealed) = sealed(input) else {
        return;
    };
    let Ok(plan) = Plan::from_json(&sealed) else {
        return;
    };
    let answers = Answers::from_json(ANSWERS).expect("these are answers");
    let context = Context::on("2026-06-01".parse().expect("a day"));
    if let Ok(report) = evaluate(&plan, &answers, &context) {
        for locale in plan.locales() {
            words(&plan, locale, &report).to_json();
        }
        for decision in &report.decisions {
            let _ = what_would_change(&plan, &answers, &context, &decision.decision);
        }
    }
    for node in explain::explainable_nodes(&plan).iter().take(20) {
        let _ = explain::explain(&plan, "en", &answers, &context, node);
    }
    input::from_text(&plan, "en", &[("rows[3].m".to_owned(), "1".to_owned())]);
});

/// The plan with the hashes of its parts in the manifest.
fn sealed(text: &str) -> Option<String> {
    let mut plan: Json = serde_json::from_str(text).ok()?;
    let parts = plan.get("parts")?.as_object()?.clone();
    for (name, part) in parts {
        let hash = hash::sha256_hex(hash::canonical_json(&part).as_bytes());
        *plan.get_mut("manifest")?.get_mut("parts")?.as_object_mut()?.get_mut(&name)? = hash.into();
    }
    Some(hash::canonical_json(&plan))
}
