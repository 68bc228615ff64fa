//! `verify-rust PLAN.json ANSWERS.json YYYY-MM-DD`

use std::{env, error::Error, fs};

use verify_rust::{summary, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [plan, answers, as_of] = arguments.as_slice() else {
        return Err("usage: verify-rust PLAN.json ANSWERS.json YYYY-MM-DD".into());
    };
    let report = verify(
        &fs::read_to_string(plan)?,
        &fs::read_to_string(answers)?,
        as_of,
    )?;
    println!("{}", summary(&report));
    println!("report {}", report.sha256());
    Ok(())
}
