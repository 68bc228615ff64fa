//! `counterfoil receipt`

use std::{io::Write, path::PathBuf};

use counterfoil_server::receipt::{self, Record};
use serde_json::json;

use crate::{
    args::{Format, ReceiptVerify},
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Checks a receipt offline and prints what it states.
pub fn verify(args: &ReceiptVerify, out: &mut Out) -> Result<Outcome, Failure> {
    let case = case(args)?;
    let result = receipt::verify(
        &case.receipt,
        &case.keys,
        &case.plan,
        &case.answers,
        &load::facts(args.facts.as_deref())?,
    );
    match args.output.format {
        Format::Json => out.json(&json!({
            "verified": result.is_ok(),
            "keys": if case.keys_given { "given" } else { "record" },
            "problem": result.as_ref().err().map(ToString::to_string),
            "key": result.as_ref().ok().map(|verified| &verified.kid),
            "claims": result.as_ref().ok().map(|verified| &verified.claims),
        }))?,
        Format::Human => match &result {
            Ok(verified) => {
                let good = out.styles.good;
                let claims = &verified.claims;
                let held = if case.keys_given {
                    "The receipt holds."
                } else {
                    "The receipt holds, if its key is the office's."
                };
                writeln!(out, "{good}{held}{good:#}")?;
                writeln!(out, "  reference  {}", claims.reference)?;
                writeln!(out, "  form       {}", claims.form)?;
                writeln!(out, "  plan       {}", claims.plan)?;
                writeln!(out, "  day        {}", claims.as_of)?;
                writeln!(out, "  report     {}", claims.report_sha256)?;
                if let Some(total) = &claims.total {
                    writeln!(out, "  total      {} {}", total.currency, total.amount)?;
                }
                writeln!(out, "  issued     {}", claims.issued_at)?;
                writeln!(out, "  key        {}", verified.kid)?;
                if !case.keys_given {
                    writeln!(
                        out,
                        "The key came with the file, so whoever made the file chose it. That it is the \
                         office's is shown by the office alone: give the keys that it publishes at \
                         /.well-known/jwks.json with `--keys FILE`."
                    )?;
                }
            }
            Err(error) => {
                let bad = out.styles.bad;
                writeln!(out, "{bad}The receipt does not hold:{bad:#} {error}")?;
            }
        },
    }
    Ok(Outcome::fine_if(result.is_ok()))
}

/// All that a receipt is checked against.
struct Case {
    receipt: String,
    keys: String,
    /// Whether the keys were given apart from the file, whose maker chooses those in it.
    keys_given: bool,
    plan: String,
    answers: String,
}

/// Takes each part from the file that an option names, or else from the file with the receipt.
fn case(args: &ReceiptVerify) -> Result<Case, Failure> {
    let text = load::text(&args.receipt, "the receipt")?;
    // A JWS begins with base64url, a downloaded record with a brace.
    let record = text
        .trim_start()
        .starts_with('{')
        .then(|| Record::from_json(&text))
        .transpose()
        .map_err(|error| {
            Failure::with_help(
                format!(
                    "{} is no record of a submission: {error}",
                    args.receipt.display()
                ),
                "give the file that was downloaded after sending, or the receipt alone",
            )
        })?;
    let part = |path: &Option<PathBuf>, what: &str, option: &str, own: Option<String>| {
        if let Some(path) = path {
            return load::text(path, what);
        }
        own.ok_or_else(|| {
            Failure::with_help(
                format!("the file holds the receipt alone, without {what}"),
                format!("name {what} with `{option} FILE`"),
            )
        })
    };
    let of = |part: fn(&Record) -> String| record.as_ref().map(part);
    Ok(Case {
        keys: part(&args.keys, "the keys", "--keys", of(Record::keys_json))?,
        keys_given: args.keys.is_some(),
        plan: part(
            &args.plan,
            "the plan",
            "--plan",
            of(|record| record.plan.clone()),
        )?,
        answers: part(
            &args.answers,
            "the answers",
            "--answers",
            of(|record| record.answers.clone()),
        )?,
        receipt: record.map_or(text, |record| record.receipt),
    })
}
