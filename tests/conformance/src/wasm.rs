//! Evaluating cases with the Wasm build under Node.js.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{cases::Case, native::root};

/// The module in `web/pkg`, and what it is given to read.
#[derive(Debug)]
pub struct Module {
    plan: PathBuf,
    answers: PathBuf,
    contexts: PathBuf,
}

impl Module {
    /// Writes down what the module is to read: a plan, and the cases' submissions and days.
    ///
    /// # Errors
    /// Where the module has not been built, or nothing can be written into `target`.
    pub fn given(plan: &str, cases: &[Case<'_>]) -> Result<Self> {
        let module = root().join("web/pkg/counterfoil_bg.wasm");
        if !module.exists() {
            bail!("{} is not there: run `cargo xtask wasm`", module.display());
        }
        let folder = root().join("target/replay");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let submissions: Vec<_> = cases.iter().map(|case| case.submission.get()).collect();
        let days = cases
            .iter()
            .map(|case| format!("{{\"as_of\":\"{}\"}}", case.as_of));
        let days: Vec<_> = days.collect();
        Ok(Self {
            plan: written(folder.join("plan.json"), plan)?,
            answers: written(folder.join("answers.ndjson"), &submissions.join("\n"))?,
            contexts: written(folder.join("contexts.ndjson"), &days.join("\n"))?,
        })
    }

    /// Evaluates every case; returns the reports as JSON, one a case.
    ///
    /// # Errors
    /// Where Node.js cannot be started or the module throws.
    pub fn reports(&self) -> Result<Vec<String>> {
        let printed = self.run("reports")?;
        Ok(printed.lines().map(str::to_owned).collect())
    }

    /// The mean time of an evaluation over many rounds, in microseconds: JSON text in, report text out.
    ///
    /// # Errors
    /// Where Node.js cannot be started or the module throws.
    pub fn microseconds(&self) -> Result<u128> {
        let printed = self.run("time")?;
        printed
            .trim()
            .parse()
            .with_context(|| format!("the runner printed no number: {printed}"))
    }

    fn run(&self, task: &str) -> Result<String> {
        let output = Command::new("node")
            .arg(root().join("tests/conformance/reports.mjs"))
            .arg(task)
            .args([&self.plan, &self.answers, &self.contexts])
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start node")?;
        if !output.status.success() {
            bail!("the Wasm side failed ({})", output.status);
        }
        String::from_utf8(output.stdout).context("the Wasm side printed no UTF-8")
    }
}

fn written(file: PathBuf, text: &str) -> Result<PathBuf> {
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
