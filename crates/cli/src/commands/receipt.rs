//! `counterfoil receipt`

use std::io::Write;

use counterfoil_server::receipt;
use serde_json::json;

use crate::{
    args::{Format, ReceiptVerify},
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Checks a receipt offline and prints what it states.
pub fn verify(args: &ReceiptVerify, out: &mut Out) -> Result<Outcome, Failure> {
    let result = receipt::verify(
        &load::text(&args.receipt, "the receipt")?,
        &load::text(&args.keys, "the keys")?,
        &load::text(&args.plan, "the plan")?,
        &load::text(&args.answers, "the answers")?,
        &load::facts(args.facts.as_deref())?,
    );
    match args.output.format {
        Format::Json => out.json(&json!({
            "verified": result.is_ok(),
            "problem": result.as_ref().err().map(ToString::to_string),
            "key": result.as_ref().ok().map(|verified| &verified.kid),
            "claims": result.as_ref().ok().map(|verified| &verified.claims),
        }))?,
        Format::Human => match &result {
            Ok(verified) => {
                let good = out.styles.good;
                let claims = &verified.claims;
                writeln!(out, "{good}The receipt holds.{good:#}")?;
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
            }
            Err(error) => {
                let bad = out.styles.bad;
                writeln!(out, "{bad}The receipt does not hold:{bad:#} {error}")?;
            }
        },
    }
    Ok(Outcome::fine_if(result.is_ok()))
}
