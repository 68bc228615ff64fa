//! How a command ends: its exit code, and what it says when it cannot go on.

use std::{fmt, io, path::Path, process::ExitCode};

/// A command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about: exit code 0.
    Fine,
    /// The work found something: exit code 1.
    Findings,
}

impl Outcome {
    /// [`Outcome::Fine`] where the condition holds.
    pub const fn fine_if(condition: bool) -> Self {
        if condition {
            Self::Fine
        } else {
            Self::Findings
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The reader of the output has closed it; there is nobody to tell.
    Closed,
    /// The form does not compile; the diagnostics, rendered. Exit code 1.
    Unsound(String),
    /// Misuse, or a file that cannot be read or written. Exit code 2.
    Misuse {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl Failure {
    /// A failure with nothing to advise.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Misuse {
            message: message.into(),
            help: None,
        }
    }

    /// A failure with advice.
    pub fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Misuse {
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// A file or folder that cannot be used; `what` reads as `cannot read the answers`.
    pub fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{what} {}: {error}", path.display()))
    }

    /// The exit code.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Closed => ExitCode::SUCCESS,
            Self::Unsound(_) => ExitCode::from(1),
            Self::Misuse { .. } => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => Ok(()),
            Self::Unsound(diagnostics) => f.write_str(diagnostics.trim_end()),
            Self::Misuse { message, help } => {
                write!(f, "counterfoil: {message}")?;
                match help {
                    Some(help) => write!(f, "\n  {help}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// Errors of writing to the standard output; those of files are told with [`Failure::file`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::new(format!("cannot write the output: {error}"))
        }
    }
}
