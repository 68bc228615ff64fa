//! The report of coverage.

use std::io::{self, Write};

use counterfoil_compiler::coverage::{Category, Coverage, Gap, LeftOut};
use serde_json::{Map, Value as Json, json};

use crate::output::Out;

/// The coverage as JSON.
pub fn json(coverage: &Coverage) -> Json {
    let by_category: Map<String, Json> = Category::ALL
        .iter()
        .zip(&coverage.by_category)
        .map(|(category, count)| (category.name().replace(' ', "_"), json!(count)))
        .collect();
    json!({
        "percent": coverage.all.percent(),
        "covered": coverage.all.covered,
        "total": coverage.all.total,
        "impossible": coverage.impossible,
        "by_category": by_category,
        "gaps": coverage.gaps,
    })
}

/// Prints the share that is covered and, with its line, everything that is not.
pub fn print(out: &mut Out, coverage: &Coverage, least: Option<u8>) -> io::Result<()> {
    let percent = coverage.all.percent();
    let enough = least.is_none_or(|least| percent >= usize::from(least));
    let style = match (enough, coverage.gaps.is_empty()) {
        (false, _) => out.styles.bad,
        (true, true) => out.styles.good,
        (true, false) => out.styles.open,
    };
    let aside = out.styles.aside;
    write!(
        out,
        "  coverage {style}{percent}%{style:#}, {} of {}",
        coverage.all.covered, coverage.all.total
    )?;
    let categories: Vec<String> = Category::ALL
        .iter()
        .zip(&coverage.by_category)
        .filter(|(_, count)| count.total > 0)
        .map(|(category, count)| format!("{} {}/{}", category.name(), count.covered, count.total))
        .collect();
    writeln!(out, "{aside} ({}){aside:#}", categories.join(", "))?;
    if let (false, Some(least)) = (enough, least) {
        let bad = out.styles.bad;
        writeln!(
            out,
            "  {bad}less than the {least}% that is asked for{bad:#}"
        )?;
    }
    for gap in &coverage.gaps {
        let place = place(gap);
        writeln!(out, "    {aside}{place}{aside:#}never: {}", gap.text)?;
    }
    if !coverage.impossible.is_empty() {
        let count = coverage.impossible.len();
        writeln!(
            out,
            "  {aside}{count} left out, proved to be impossible{aside:#}"
        )?;
    }
    for LeftOut { gap, reason } in &coverage.impossible {
        let place = place(gap);
        writeln!(out, "    {aside}{place}{} ({reason}){aside:#}", gap.text)?;
    }
    Ok(())
}

/// The line of an outcome, before what is said of it.
fn place(gap: &Gap) -> String {
    gap.place.as_ref().map_or_else(String::new, |place| {
        format!("{}:{}  ", place.file, place.line)
    })
}
