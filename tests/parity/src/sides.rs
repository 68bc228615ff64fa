//! The module in Node.js and in Chromium, as processes that are asked.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use crate::root;

/// Another place where the engine runs.
pub trait Side {
    /// Where it runs.
    fn name(&self) -> &'static str;

    /// Gives it the form's plan.
    ///
    /// # Errors
    /// Where it refuses the plan or has ended.
    fn plan(&mut self, plan: &str) -> Result<()>;

    /// Asks for the hash of what cases come to; [`Self::hash`] gives it.
    ///
    /// # Errors
    /// Where it has ended.
    fn ask(&mut self, cases: &[(String, String)]) -> Result<()>;

    /// The hash that was asked for: the SHA-256 of the outcomes with a zero byte between them.
    ///
    /// # Errors
    /// Where it has ended.
    fn hash(&mut self) -> Result<String>;

    /// What a case comes to.
    ///
    /// # Errors
    /// Where it has ended.
    fn outcome(&mut self, case: (String, String)) -> Result<String>;
}

/// A process that evaluates with the Wasm build, in Node.js or in Chromium.
pub struct Module {
    name: &'static str,
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Request<'a> {
    Plan {
        plan: &'a str,
    },
    Cases {
        cases: &'a [(String, String)],
        full: bool,
    },
}

impl Module {
    /// Starts it: `node` or `chromium`.
    ///
    /// # Errors
    /// Where the module has not been built or Node.js cannot be started.
    pub fn start(name: &'static str) -> Result<Self> {
        if !root().join("web/pkg/counterfoil_bg.wasm").exists() {
            bail!("the module is not built: run `cargo xtask wasm`");
        }
        let mut child = Command::new("node")
            .arg(root().join("tests/parity/side.mjs"))
            .arg(name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")?;
        let input = child.stdin.take();
        let output = child.stdout.take().context("node has no output")?;
        Ok(Self {
            name,
            child,
            input,
            output: BufReader::new(output),
        })
    }

    fn answer(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            bail!("the module in {} ended early", self.name);
        }
        Ok(serde_json::from_str::<Option<String>>(&line)?.unwrap_or_default())
    }

    fn send(&mut self, request: &Request<'_>) -> Result<()> {
        let input = self.input.as_mut().context("the side is closed")?;
        let mut line = serde_json::to_string(request)?;
        line.push('\n');
        input
            .write_all(line.as_bytes())
            .with_context(|| format!("the module in {} ended early", self.name))
    }
}

impl Side for Module {
    fn name(&self) -> &'static str {
        self.name
    }

    fn plan(&mut self, plan: &str) -> Result<()> {
        self.send(&Request::Plan { plan })?;
        self.answer().map(drop)
    }

    fn ask(&mut self, cases: &[(String, String)]) -> Result<()> {
        self.send(&Request::Cases { cases, full: false })
    }

    fn hash(&mut self) -> Result<String> {
        self.answer()
    }

    fn outcome(&mut self, case: (String, String)) -> Result<String> {
        self.send(&Request::Cases {
            cases: &[case],
            full: true,
        })?;
        self.answer()
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        // It ends with its input.
        self.input = None;
        let _ = self.child.wait();
    }
}
