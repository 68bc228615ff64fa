//! `counterfoil verify`
//!
//! One thread reads batches of lines while all cores evaluate the batch before; results are printed in
//! the order of the lines. At most three batches are in memory, however long the file is.

mod case;
mod lines;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal, Write},
    sync::mpsc::sync_channel,
    thread,
};

use counterfoil_engine::{Plan, date::Day};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use self::{
    case::{Judged, Verdict, judge},
    lines::{Batch, Batches},
};
use crate::{
    args::{Format, Verify},
    load,
    outcome::{Failure, Outcome},
    output::Out,
};

/// Evaluates every submission of a file again and prints how it fares.
pub fn run(args: &Verify, out: &mut Out) -> Result<Outcome, Failure> {
    let plan = load::plan(&args.form)?;
    let as_of = args.as_of.unwrap_or_else(|| load::today(&plan));
    let (reader, size): (Box<dyn BufRead + Send>, _) = if load::is_dash(&args.file) {
        (Box::new(BufReader::new(io::stdin())), None)
    } else {
        let told = |error| Failure::file("cannot read the submissions", &args.file, &error);
        let file = File::open(&args.file).map_err(told)?;
        let size = file.metadata().map_err(told)?.len();
        (Box::new(BufReader::new(file)), Some(size))
    };
    let progress = progress(size);
    let mut printer = Printer {
        out,
        format: args.output.format,
        progress: &progress,
        counts: [0; Verdict::ALL.len()],
    };
    // The thread ends with the program: it may be waiting for input when the output closes.
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        for batch in Batches::new(reader) {
            if sender.send(batch).is_err() {
                return;
            }
        }
    });
    for batch in receiver {
        let batch = batch
            .map_err(|error| Failure::file("cannot read the submissions", &args.file, &error))?;
        let results = evaluate(&plan, &batch, as_of);
        printer.batch(&results)?;
        progress.inc(batch.bytes);
    }
    progress.finish_and_clear();
    printer.summary()
}

/// Judges the lines of a batch on all cores. Empty lines are passed over.
fn evaluate(plan: &Plan, batch: &Batch, as_of: Day) -> Vec<(u64, Judged)> {
    (batch.first..)
        .zip(&batch.lines)
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|(number, line)| match line.as_deref().map(str::trim) {
            Some("") => None,
            Some(line) => Some((number, judge(plan, line, as_of))),
            None => Some((
                number,
                Judged::unreadable("not a line of UTF-8 text of up to 16 MiB"),
            )),
        })
        .collect()
}

fn progress(size: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{bar:30} {bytes} of {total_bytes}, {eta} left",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A result as JSON has it.
#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(flatten)]
    judged: &'a Judged,
}

struct Printer<'a> {
    out: &'a mut Out,
    format: Format,
    progress: &'a ProgressBar,
    /// How many lines fare so, in the order of [`Verdict::ALL`].
    counts: [u64; Verdict::ALL.len()],
}

impl Printer<'_> {
    fn batch(&mut self, results: &[(u64, Judged)]) -> Result<(), Failure> {
        let Self { out, format, .. } = self;
        // The bar is out of the way while lines are printed on the same terminal.
        self.progress.suspend(|| {
            for (line, judged) in results {
                match format {
                    Format::Json => out.json_line(&Line {
                        line: *line,
                        judged,
                    })?,
                    Format::Human if !judged.result.is_fine() => {
                        let bad = out.styles.bad;
                        let name = judged.result.name();
                        let problem = judged.problem.as_deref().unwrap_or_default();
                        writeln!(out, "line {line}: {bad}{name}{bad:#}: {problem}")?;
                    }
                    Format::Human => {}
                }
            }
            out.flush()
        })?;
        for (_, judged) in results {
            self.counts[judged.result as usize] += 1;
        }
        Ok(())
    }

    fn summary(self) -> Result<Outcome, Failure> {
        let total: u64 = self.counts.iter().sum();
        let counts = || Verdict::ALL.into_iter().zip(self.counts);
        match self.format {
            Format::Json => {
                let mut summary = Map::new();
                summary.insert("lines".to_owned(), Json::from(total));
                summary.extend(
                    counts().map(|(verdict, n)| (verdict.name().to_owned(), Json::from(n))),
                );
                self.out.json_line(&json!({ "summary": summary }))?;
            }
            Format::Human => {
                let parts: Vec<_> = counts()
                    .filter(|(_, count)| *count > 0)
                    .map(|(verdict, count)| format!("{count} {}", verdict.name()))
                    .collect();
                let parts = if parts.is_empty() {
                    String::new()
                } else {
                    format!(": {}", parts.join(", "))
                };
                let noun = if total == 1 {
                    "submission"
                } else {
                    "submissions"
                };
                writeln!(self.out, "{total} {noun}{parts}")?;
            }
        }
        Ok(Outcome::fine_if(
            counts().all(|(verdict, count)| count == 0 || verdict.is_fine()),
        ))
    }
}
