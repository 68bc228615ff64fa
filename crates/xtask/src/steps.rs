//! Progress, step by step.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Runs named steps one after another, telling how far it has come and what each step took.
pub struct Steps {
    count: usize,
    taken: Vec<(&'static str, Duration)>,
    started: Instant,
}

impl Steps {
    /// A run of that many steps.
    pub fn new(count: usize) -> Self {
        Self {
            count,
            taken: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Runs the next step.
    ///
    /// # Errors
    /// Where the step fails; the error names it, after a summary of the steps before.
    pub fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        eprintln!("\n── {}/{} {name}", self.taken.len() + 1, self.count);
        let started = Instant::now();
        let outcome = step();
        let taken = started.elapsed();
        if outcome.is_err() {
            self.summary();
            eprintln!("  FAILED {name} after {}", seconds(taken));
        } else {
            eprintln!("── {name}: {}", seconds(taken));
            self.taken.push((name, taken));
        }
        outcome.with_context(|| format!("the step “{name}” failed"))
    }

    /// Tells what was done and how long it took.
    pub fn summary(&self) {
        eprintln!(
            "\n{} of {} steps done in {}",
            self.taken.len(),
            self.count,
            seconds(self.started.elapsed())
        );
        for (name, taken) in &self.taken {
            eprintln!("  {:>9}  {name}", seconds(*taken));
        }
    }
}

fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
