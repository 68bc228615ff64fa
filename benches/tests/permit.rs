//! What is written by hand for comparison gives the published results: no one may be timed that does not.

use std::path::Path;

use counterfoil_benches::permit;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Vector<'a> {
    #[serde(borrow, rename = "in")]
    submission: &'a RawValue,
    #[serde(borrow, rename = "out")]
    result: &'a RawValue,
}

#[test]
fn the_program_written_by_hand_gives_the_published_results() {
    let file = "../tests/conformance/building-permit/vectors.ndjson";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(file).expect("the cases are there");
    let mut cases = 0;
    for line in text.lines() {
        let vector: Vector<'_> = serde_json::from_str(line).expect("a case");
        let found = permit::line(vector.submission.get());
        assert_eq!(found.as_deref(), Some(vector.result.get()), "{line}");
        cases += 1;
    }
    assert_eq!(cases, 200);
}
