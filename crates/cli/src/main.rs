//! The `counterfoil` command: reads the command line, calls the libraries, prints what they say.

mod args;
mod commands;
mod diagnostic_pages;
mod load;
mod outcome;
mod output;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use crate::{
    args::{Cli, Command, I18n, Receipt},
    outcome::{Failure, Outcome},
    output::Out,
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Out::stdout();
    let result = run(&cli.command, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            // What was printed before still counts; if it cannot be written, neither can this be told.
            let _ = out.flush();
            if !matches!(failure, Failure::Closed) {
                let _ = writeln!(io::stderr(), "{failure}");
            }
            failure.exit_code()
        }
    }
}

fn run(command: &Command, out: &mut Out) -> Result<Outcome, Failure> {
    match command {
        Command::New(args) => commands::new::run(args, out),
        Command::Check(args) => commands::check::run(args, out),
        Command::Test(args) => commands::test::run(args, out),
        Command::Diff(args) => commands::diff::run(args, out),
        Command::Build(args) => commands::build::run(args, out),
        Command::Schema(args) => commands::schema::run(args, out),
        Command::Types(args) => commands::types::run(args, out),
        Command::Eval(args) => commands::eval::run(args, out),
        Command::Explain(args) => commands::explain::run(args, out),
        Command::Verify(args) => commands::verify::run(args, out),
        Command::Serve(args) => commands::serve::run(args),
        Command::I18n(I18n::Extract(args)) => commands::i18n::extract::run(args, out),
        Command::I18n(I18n::Merge(args)) => commands::i18n::merge::run(args, out),
        Command::Receipt(Receipt::Verify(args)) => commands::receipt::verify(args, out),
    }
}
